"""What the unknown names of a text are: people, bodies, communities or places, from all places where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict

from parley.knowledge.rows import Agent, BodyNoun
from parley.reading.actors.cast import OCCASIONS, Cast
from parley.reading.actors.links import LEADING
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.words import Words, fold

PLACE_PREPOSITIONS = frozenset(
    ("in", "at", "near", "inside", "outside", "across", "throughout", "around", "into", "through", "toward", "towards",
     "off")
)  # fmt: skip
MOVING = frozenset(
    ("go", "travel", "fly", "return", "arrive", "come", "visit", "head", "move", "leave", "drive", "flee", "land",
     "deport", "depart", "invite", "summon", "bring", "take", "transfer", "rush")
)  # fmt: skip
SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))
FROM_PLACES = frozenset(
    ("phone", "telephone", "mile", "kilometer", "kilometre", "km", "flight", "road", "way", "report", "video", "speak",
     "say",
     "tell", "withdraw", "evacuate", "escape", "retreat", "dispatch", "interview", "call")
)  # fmt: skip
PLACE_NOUNS = frozenset(
    ("town", "city", "village", "province", "district", "region", "area", "county", "governorate", "island", "port",
     "suburb", "outskirts", "neighborhood", "neighbourhood", "airport", "river", "valley", "peninsula", "crossing", "border",
     "camp", "stronghold", "enclave", "highway", "state")
)  # fmt: skip
PARTS = frozenset(
    ("northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "rural", "downtown",
     "neighboring", "neighbouring")
)  # fmt: skip


LONGEST = 4
SHORTEST = 3
"""So many letters an acronym has at least, to be that of a name which the text does not explain by it."""


def locative(words: Words, p: Phrase) -> bool:
    """Whether the phrase names where something is: "in Torland", "near Velm"."""
    if venue(words, p):
        return True
    k = p.start - 1
    while k >= words.first[p.start] and (words.folded[k] in PARTS or words.folded[k] == "the"):
        k -= 1
    if k < words.first[p.start]:
        return False
    before = words.folded[k]
    if before == "of" and k > 0 and words.folded[k - 1] in PLACE_NOUNS:
        return True
    if p.form == "name" and p.end < len(words) and words.folded[p.end] in PLACE_NOUNS and words.tag[p.end] == "NN":
        return True
    if before in PLACE_PREPOSITIONS:
        return p.end >= len(words) or words.tag[p.end] not in ("NN", "NNS", "NNP", "POS") or words.dep[p.head] == "pobj"
    if before in ("to", "from") and p.kind_of_match in ("capital", ""):
        above = words.head[k]
        return words.lemma[above] in MOVING or (before == "from" and words.lemma[above] in FROM_PLACES)
    return False


def venue(words: Words, p: Phrase) -> bool:
    """Whether a capital is only named for what is held there: "Velm talks", "the latest Velm round"."""
    return p.kind_of_match == "capital" and p.end < len(words) and words.folded[p.end] in OCCASIONS


def dateline(words: Words, p: Phrase) -> bool:
    """Whether the name only says where the report was written: "VELM, May 4 (Newswire) -", "VELM/TOR —"."""
    k, start = p.end, p.core
    while start > 0 and words.paragraph[start - 1] == words.paragraph[p.core]:
        start -= 1
    if p.core - start > 6 or k >= len(words):
        return False
    if p.core == start and words.text[k] in ("(", "—", "–", "--"):
        return True
    return words.text[p.core].isupper() and words.text[k] in (",", "(", "—", "–", "-", "--", ":", "/", "and")


def survey(cast: Cast) -> None:
    """Find out what kind of thing each unknown name is, from all places where it stands."""
    words = cast.words
    _acronyms(cast)
    at: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for p in cast.phrases:
        if p.form == "name" and p.name:
            at[name_words(words, p)].append(p)
        elif p.kind_of_match == "person" and p.name:
            cast.full_names.append(name_words(words, p))
    names_described = set(cast.described.values())
    cast.led = _led(cast)
    bodies = set(cast.bodies.values())
    for name in sorted(at, key=len, reverse=True):
        kind = cast.name_kind[name] = _kind_of(cast, name, at[name], names_described, bodies)
        if kind == "person" and len(name) > 1:
            cast.full_names.append(name)


def _led(cast: Cast) -> Counter[tuple[str, ...]]:
    """How often each unknown name has a leader, a spokesman or fighters: what has them is a body or a movement."""
    found: Counter[tuple[str, ...]] = Counter()
    for p in cast.phrases:
        agent = p.agent()
        fights = agent is not None and agent.sector in ("REB", "PRM")
        bodies = [q for _, q in p.links if q.form == "body" and q.name] if fights else []
        cast.fielded.update(name_words(cast.words, cast.acronyms.get(cast.words.folded[q.core], q)) for q in bodies)
        leads = not p.plural and any(not o.sector or o.sector == "REB" for o in p.offices())
        if leads or fights:
            found.update(name_words(cast.words, q) for r, q in p.links if r != "place" and q.form == "name" and q.name)
            if fights and p.plural and p.noun is not None:
                for q in (q for r, q in p.links if r == "modifier" and q.form == "name" and q.name):
                    cast.fighters.setdefault(name_words(cast.words, q), cast.words.phrase(q.core, p.noun.end))
    for name in list(found):
        if len(name) == 1:  # "Torvad fighters", and then "the Torvads"
            found[(f"{name[0]}s",)] += found[name]
    return found


def is_person_name(cast: Cast, p: Phrase) -> bool:
    """Whether the phrase is the name of a person."""
    if p.form == "name" and p.name is not None:
        return cast.name_kind.get(name_words(cast.words, p)) == "person"
    return p.kind_of_match == "person"


def name_words(words: Words, p: Phrase) -> tuple[str, ...]:
    """The words of the name itself, folded, without hyphens."""
    assert p.name is not None
    return tuple(w for w in words.folded[p.name[0] : p.name[1]] if w not in ("-", "'", '"'))


def _acronyms(cast: Cast) -> None:
    """Acronyms that the text explains: "Torlish People's Front (TPF)"."""
    words = cast.words
    starts = {p.name[0]: p for p in cast.phrases if p.name}
    for p in cast.phrases:
        k = p.end
        if p.name is None or k + 2 >= len(words) or words.text[k] != "(" or words.text[k + 2] not in (")", ",", ";"):
            continue
        if words.acronym(k + 1) and (short := starts.get(k + 1)) is not None and p.form in ("body", "name", "table"):
            p.acronym = words.text[k + 1]
            cast.acronyms[words.folded[k + 1]] = p
            if short.form == "table" and p.form != "table" and _may_be_same(cast, p, short):
                cast.same[p] = short
    _initials(cast)


def _may_be_same(cast: Cast, p: Phrase, short: Phrase) -> bool:
    """Whether the acronym of a table may be that of the name: they have a word in common that is a name itself."""
    rows = short.match.term.rows if short.match else ()
    known = {fold(w) for r in rows for form in (getattr(r, "name", ""), *getattr(r, "aliases", ())) for w in form.split()}
    plain = cast.lexicon.words["plain-in-names"] | cast.lexicon.bodies.keys()
    return any(w in known and w not in plain for w in name_words(cast.words, p)) or initials(cast.words, p) not in (
        p.acronym.lower(), "")  # fmt: skip


def initials(words: Words, p: Phrase) -> str:
    """The first letters of the capitalised words of a name, in lower case."""
    start, end = p.name or (p.core, p.end)
    return "".join(words.folded[k][0] for k in range(start, end) if words.upper(k))


def _initials(cast: Cast) -> None:
    """Acronyms that the text uses without explaining them: the letters are those of a body's name, in whatever order."""
    words = cast.words
    bodies = [p for p in cast.phrases if p.form == "body" and p.name is not None and not p.acronym]
    for p in cast.phrases:
        if p.form != "name" or p.name is None or p.name[1] - p.name[0] != 1 or not words.acronym(p.head):
            continue
        short = words.folded[p.head]
        if len(short) < SHORTEST or short in cast.acronyms:
            continue
        exact = [q for q in bodies if initials(words, q) == short]
        other = [q for q in bodies if sorted(initials(words, q)) == sorted(short)]
        if exact or other:
            full = (exact or other)[0]
            cast.acronyms[short] = full
            for q in bodies:
                if name_words(words, q) == name_words(words, full):
                    q.acronym = words.text[p.head]


def _kind_of(cast: Cast, name: tuple[str, ...], places: list[Phrase], described: set[Phrase], bodies: set[Phrase]) -> str:
    words, count = cast.words, Counter[str]()
    speaking = where = acting = 0
    if len(name) == 1 and cast.led[name] > 1 and not any(p.titles or p.honorific or locative(words, p) for p in places) \
            and not any(name[0] in full for full in cast.full_names):  # fmt: skip
        return "organisation"
    for p in places:
        if p.titles or p in described or p.honorific or (1 < len(name) <= LONGEST and _leads(words, p)):
            return "person"
        if p in bodies and len(places) <= 2 * sum(q in bodies for q in places):
            return "organisation"
        count.update(words.entity[i] or "-" for i in range(*p.name))  # type: ignore[misc]
        above = words.head[p.head]
        subject = words.dep[p.head] in SUBJECTS or (words.dep[above] in SUBJECTS and words.dep[p.head] == "conj")
        acting += subject
        speaking += subject and words.lemma[words.head[p.head]] in cast.lexicon.saying
        where += locative(words, p) or dateline(words, p)
    if len(name) == 1 and name[0] in cast.acronyms:
        return "alias"
    if len(name) == 1 and any(name[0] in full for full in cast.full_names):
        return "person"
    if cast.led[name] and not where and not count["PERSON"] and len(name) <= 2:
        return "organisation"
    person, body = count["PERSON"], count["ORG"]
    place = count["GPE"] + count["LOC"] + count["FAC"]
    shaped = 2 <= len(name) <= 4 and not any(_definite(words, p) or words.acronym(p.head) for p in places)
    owned = any(relation == "possessor" for p in places for relation, _ in p.links)
    if shaped and not where and (speaking or (owned and acting)):
        return "person"
    capitals = (
        len(name) == 1 and words.acronym(places[0].head) and words.tag[places[0].head] == "NNP" and (acting or body > 0)
    )
    if capitals and not where and place <= body + person + count["-"] + count["NORP"]:
        return "organisation"
    if person and person >= max(body, place) and where * 2 <= len(places) and any(_like_a_person(cast, p) for p in places):
        return "person"
    if speaking and len(name) > 1 and not where and person + body + count["-"] >= place:
        return "person" if body <= person + count["-"] else "organisation"
    if body and body >= place and (acting or len(name) > 1) and not where:
        return "organisation"
    if speaking:
        return "polity" if place > person + body + count["-"] else "person"
    if count["NORP"] > place + body and (words.tag[places[0].head] in ("NNS", "NNPS") or _beside_fighters(cast, places)):
        return "people"
    return "place"


def _leads(words: Words, p: Phrase) -> bool:
    """Whether the name is that of a leader: "a delegation headed by Hanna Vey"."""
    by = words.head[p.head]
    return words.folded[by] == "by" and words.dep[p.head] == "pobj" and words.lemma[words.head[by]] in LEADING


def _beside_fighters(cast: Cast, places: list[Phrase]) -> bool:
    """Whether the name stands before a noun for fighters: "Karvoni rebels"."""
    return any((agent := noun_after(cast, p)) is not None and agent.sector == "REB" for p in places)


def _like_a_person(cast: Cast, p: Phrase) -> bool:
    """Whether the name stands where a person would: not only as what is left, taken or shelled, or where something is."""
    words, dep, above = cast.words, cast.words.dep[p.head], cast.words.head[p.head]
    if dep in ("dobj", "pobj"):
        verb = above if dep == "dobj" else words.head[above]
        if dep == "pobj" and words.folded[above] in ("with", "by", "between", "like", "including", "against"):
            return True
        return words.lemma[verb] in cast.lexicon.saying or words.lemma[verb] in cast.lexicon.words["done-to-persons"]
    return True


def _definite(words: Words, p: Phrase) -> bool:
    return p.determiner in ("the", "a", "an")


def noun_after(cast: Cast, p: Phrase) -> Agent | BodyNoun | None:
    """The noun for agents that stands right after a name."""
    return next((q.agent() for q in cast.phrases if q.form == "agent" and q.core == p.end and q.agent() is not None), None)
