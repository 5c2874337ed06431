"""States and territories that only this text knows: what it gives a government, an army, officials or a people of their own.

A name that no table has is a land of that name where the text speaks of its government ("Torland's army", "the president of
Torland"), where an adjective for its people goes with one ("Torlish troops"), or where it acts and is a place too. What is
learnt becomes rows of the text's own lexicon, so that all rules for known states hold for it. Nothing is guessed: where a
text has only the adjective, the side is called by it ("Torlish government").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from parley.knowledge.rows import Agent, State
from parley.reading.actors.lexicon import Lexicon
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.survey import SUBJECTS, dateline, locative, name_words
from parley.reading.actors.words import Words

Name = tuple[str, ...]
Endings = frozenset[str]
GOVERNING = frozenset(("GOV", "MIL", "LEG"))
ENTITIES_OF_LANDS = frozenset(("GPE", "LOC", "NORP"))
HELD = 2
LEAST_STEM = 3
FEW = 3
"""Fewer known states than this in a text leave room for lands that no table has."""
CODES = tuple(f"Q{a}{b}" for a in "MNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Codes that ISO 3166 leaves to users: they tell lands apart inside one reading, and never reach the record."""


@dataclass
class Signs:
    """What a text says of one name, all places taken together."""

    text: str
    governs: int = 0
    """How often it has a government, an army, a president."""
    tends: int = 0
    """How often it has officials, diplomats, envoys."""
    dated: int = 0
    sides: int = 0
    """How often it has negotiators, leaders, a delegation: a movement may have them too."""
    acts: int = 0
    owns: int = 0
    lies: int = 0
    """How often it is where something is."""
    places: int = 0
    entities: int = 0
    """How often the parser takes it for a place or a people."""
    speaks: int = 0
    within: int = 0
    """How often the text calls it a province, a city or another part of a state."""
    with_article: int = 0
    beside_states: int = 0


@dataclass
class Land:
    """A state or territory of the text, as it is put together."""

    name: str
    demonyms: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    once: bool = False
    """Whether all that speaks for it is one place of the text, or that it acts."""
    acts: bool = False
    """Whether all that speaks for it is that it acts as other lands of the text do."""
    dated: bool = False
    """Whether the report was written there."""


def learn_lands(words: Words, lexicon: Lexicon, phrases: list[Phrase]) -> Lexicon:
    """The lexicon with the states and territories that the text shows by what it says of them; itself if there are none."""
    signs = _signs(words, lexicon, phrases)
    persons = _persons(words, lexicon, phrases)
    known = {p.match.rows(State)[0].key for p in phrases if p.match is not None and p.kind_of_match in ("state", "demonym")}
    lands = _lands(words, lexicon, signs, persons, FEW - len(known))
    if not lands:
        return lexicon
    _find_capitals(words, lexicon, phrases, [land for land in lands if not land.acts], persons)
    lands = _without_seats(lands)
    rows = [
        State(name=land.name, alpha3=code, demonyms=tuple(land.demonyms), capitals=tuple(land.capitals), source="the text")
        for land, code in zip(lands, CODES, strict=False)
    ]
    return lexicon.taught(rows)


def _without_seats(lands: list[Land]) -> list[Land]:
    """The lands without what turned out to be a seat of government: their capitals, and where the report was written."""
    capitals = {capital for land in lands for capital in land.capitals}
    kept = [land for land in lands if not (land.acts and (land.dated or land.name in capitals))]
    kept[0].capitals.extend(land.name for land in lands if land.dated and land.acts and land.name not in capitals)
    return kept


def _signs(words: Words, lexicon: Lexicon, phrases: list[Phrase]) -> dict[Name, Signs]:
    """The signs of each unknown name of one or more words."""
    found: dict[Name, Signs] = {}
    by_phrase: dict[Phrase, Signs] = {}
    states = {p.head for p in phrases if p.kind_of_match == "state"}
    for p in phrases:
        if p.form != "name" or p.name is None or p.titles or p.honorific or words.acronym(p.head):
            continue
        start = _begin(words, lexicon, p)
        name = name_words(words, p)[start - p.name[0] :]
        if not name or len(name) > 3:
            continue
        signs = by_phrase[p] = found.setdefault(name, Signs(words.phrase(start, p.name[1])))
        signs.places += 1
        acts, dated = words.dep[p.head] in SUBJECTS, dateline(words, p)
        signs.acts += acts
        signs.speaks += acts and words.lemma[words.head[p.head]] in lexicon.saying
        signs.within += _part_of_state(words, lexicon, start, p.name[1])
        signs.lies += (dated or locative(words, p)) and not words.text[p.head].isupper()
        signs.dated += dated
        signs.entities += words.entity[p.head] in ENTITIES_OF_LANDS
        signs.with_article += p.determiner in ("the", "a", "an")
        above = words.head[p.head]
        joined = words.dep[p.head] == "conj" and above in states
        signs.beside_states += joined or any(words.dep[s] == "conj" and words.head[s] == p.head for s in states)
    named = {i for p in phrases if p.name is not None for i in range(*p.name)}
    for p in phrases:
        weight = _government(p)
        first = p.core - 1
        shaped = first >= 0 and words.tag[first] == "JJ" and _ending(words.folded[first], lexicon.words["demonym-endings"])
        if weight and shaped and first == words.first[p.core] and first not in named:
            own = found.setdefault((words.folded[first],), Signs(words.text[first]))  # "Torlish troops" at a sentence's head
            own.places, own.tends, own.governs = own.places + 1, own.tends + 1, own.governs + (weight == HELD)
            own.entities += words.entity[first] in ENTITIES_OF_LANDS
        side = p.form == "agent" and _stands_for_side(lexicon, p)
        for relation, q in (*p.links, *(("of", q) for q in p.joint)) if weight or side else ():
            if relation == "place" or q not in by_phrase:
                continue
            signs = by_phrase[q]
            signs.governs += weight == HELD
            signs.tends += weight > 0
            signs.sides += side
            signs.owns += relation == "possessor"
    _with_capitals(words, phrases, by_phrase)
    return found


def _stands_for_side(lexicon: Lexicon, p: Phrase) -> bool:
    """Whether the noun is one for those whom either side of a conflict has: negotiators, leaders, a delegation."""
    nouns = {getattr(row, "noun", "") or getattr(row, "title", "") for row in (p.noun.term.rows if p.noun else ())}
    return bool(nouns & lexicon.words["of-lands"])


def _with_capitals(words: Words, phrases: list[Phrase], by_phrase: dict[Phrase, Signs]) -> None:
    """What has a capital is a state or a territory: "the Torlish capital", "Torland's capital"."""
    ends = {p.end: p for p in phrases if p in by_phrase}
    for i, word in enumerate(words.folded):
        if word == "capital" and words.tag[i] == "NN":
            owner = ends.get(i - 1) if words.tag[i - 1] == "POS" else ends.get(i)
            if owner is not None:
                by_phrase[owner].governs += 1
                by_phrase[owner].owns += words.tag[i - 1] == "POS"


def _part_of_state(words: Words, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether the words beside a name say that it is a province or a city: "the province of Velm", "Velm province"."""
    parts = lexicon.words["parts-of-states"]
    if end < len(words) and words.folded[end] in parts and words.tag[end] == "NN" and not words.upper(end):
        return True
    k = start - 2 if start > 1 and words.folded[start - 1] == "of" else start - 1
    apart = k > 0 and words.folded[k - 1] in lexicon.words["beside-lands"]
    return k >= words.first[start] and words.folded[k] in parts and words.tag[k] == "NN" and not apart


def _begin(words: Words, lexicon: Lexicon, p: Phrase) -> int:
    """Where the name itself begins: without "Neighbouring" at the head of a sentence."""
    start, end = p.name or (p.core, p.end)
    while start + 1 < end and start == words.first[start] and words.folded[start] in lexicon.words["beside-lands"]:
        start += 1
    return start


def _government(p: Phrase) -> int:
    """`HELD` where the phrase is for what only a state or a territory has (an army), 1 for officials, else 0."""
    for office in p.offices():
        if office.sector in GOVERNING and office.head:
            return HELD
        if office.sector in GOVERNING:
            return 1
    agents = [r for m in (*p.titles, p.noun) if m is not None for r in m.rows(Agent)]
    for agent in agents:
        if agent.speaks_for_state and agent.sector in GOVERNING and agent.kind != "person":
            return HELD
        if agent.speaks_for_state:
            return 1
    return 0


def _persons(words: Words, lexicon: Lexicon, phrases: list[Phrase]) -> set[str]:
    """Words that are names of persons here: after a title, or the last of a longer name of a person."""
    found: set[str] = set()
    for p in phrases:
        if p.name is None or p.form not in ("name", "table") or (p.form == "table" and p.kind_of_match != "person"):
            continue
        name = name_words(words, p)
        if p.titles or p.honorific or p.form == "table":
            found.update(name)
        elif len(name) > 1 and name[0] not in lexicon.words["parts-of-lands"] and not locative(words, p) \
                and _begin(words, lexicon, p) == p.name[0]:  # fmt: skip
            found.add(name[-1])
            if _related(words, p):
                found.add(name[0])
    return found


def _related(words: Words, p: Phrase) -> bool:
    """Whether a pronoun's noun stands before the name: "his cousin, Marek Tal"."""
    k = p.start - 1 - (words.text[p.start - 1] == ",")
    return k > 0 and words.tag[k] == "NN" and words.tag[k - 1] == "PRP$"


def _lands(words: Words, lexicon: Lexicon, signs: dict[Name, Signs], persons: set[str], trust: int) -> list[Land]:
    """The names that are lands, each with the adjectives and nouns for its people.

    The tables know the states there are. Among several of them a name that stands only once, in no other form, is rather
    something else; only where the text has few (`trust` above 0) or shows other lands that they lack is one sign enough.
    """
    endings = lexicon.words["demonym-endings"], lexicon.words["land-endings"], lexicon.words["people-endings"]
    none = lexicon.words["no-lands"]
    able = {
        n: s for n, s in signs.items()
        if not any(word in persons or word in lexicon.surnames for word in n) and " ".join(n) not in none and not s.within
    }  # fmt: skip
    shaped = {n[0]: s for n, s in able.items() if len(n) == 1 and _ending(n[0], endings[0])}
    lands, peoples = dict[Name, Land](), _people_words(words, endings)
    people_of: dict[str, Name] = {}
    for adjective in shaped:
        names = [n for n in able if n[0] != adjective and same_land(adjective, n[-1], *endings)]
        if names:
            people_of[adjective] = max(names, key=lambda n: (able[n].tends + able[n].acts + able[n].lies, -len(n)))
    shaped = {a: s for a, s in shaped.items() if a in people_of or not (s.acts or s.lies or s.owns)}
    adjectives: dict[Name, list[str]] = defaultdict(list)
    for adjective, name in people_of.items():
        adjectives[name].append(adjective)
    for name, own in able.items():
        if len(name) == 1 and name[0] in shaped:
            continue
        people = [shaped[a] for a in adjectives[name]]
        forms = [text for word, text in peoples.items() if word != name[-1] and same_land(word, name[-1], *endings)]
        if _is_land(own, people, bool(forms)):
            held = own.governs or own.tends or any(s.governs or s.tends for s in people)
            lands[name] = Land(own.text, forms, once=not forms and (own.places == 1 or not held))
    for adjective, own in shaped.items():
        if adjective not in people_of and (own.governs or own.tends) and (adjective,) not in lands:
            lands[(adjective,)] = Land(f"{own.text} government", [own.text], once=own.places == 1)
    shown = any(not land.once for land in lands.values())
    if shown:
        for name, own in able.items():
            if name not in lands and len(name) == 1 and name[0] not in shaped and own.acts and not own.with_article:
                # Beside lands that no table has, what acts by one plain name is another, or a seat of government.
                lands[name] = Land(own.text, acts=True, dated=own.dated > 0)
    named = sorted(lands.items(), key=lambda item: -able[item[0]].places)
    return [land for _, land in named if shown or trust > 0 or not land.once]


def _is_land(own: Signs, people: list[Signs], named: bool) -> bool:
    """Whether a name with these signs is a land; `named`: whether the text has a word for its people too."""
    if own.with_article * 2 > own.places:
        return False
    if own.governs or any(s.governs or s.tends for s in people):
        return True
    if named and (own.acts or own.tends or own.places > own.lies) and (own.lies or own.entities):
        return True
    if (own.tends or own.sides) and own.entities * 2 > own.places:
        return True
    return bool(own.speaks and (own.lies or own.beside_states) and own.entities * 2 > own.places)


def _people_words(words: Words, endings: tuple[Endings, Endings, Endings]) -> dict[str, str]:
    """All words of the text, folded and as written, that may be adjectives or nouns for a people by their endings."""
    found: dict[str, str] = {}
    for i, word in enumerate(words.folded):
        if words.upper(i) and not words.text[i].isupper() and word not in found and _ending(word, endings[0] | endings[2]):
            found[word] = words.text[i]
    return found


def _ending(word: str, endings: Endings) -> str:
    """The longest ending for peoples that the word has, with enough before it; empty if it has none."""
    plain = _singular(word)
    fitting = (e for e in endings if plain.endswith(e) and len(plain) - len(e) >= LEAST_STEM)
    return max(fitting, key=len, default="")


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def same_land(people: str, land: str, demonym_endings: Endings, land_endings: Endings, people_endings: Endings) -> bool:
    """Whether the one word may be for the people of the other: "Torlish" of "Torland", "Velmese" of "Velma"."""
    plain = _singular(people)
    if people == land or plain == land or len(land) < LEAST_STEM:
        return False
    if plain.startswith(land) and plain[len(land) :] in people_endings:
        return True
    for ending in demonym_endings:
        stem = plain.removesuffix(ending)
        if stem == plain or len(stem) < LEAST_STEM:
            continue
        if land.startswith(stem) and (land[len(stem) :] in land_endings or not land[len(stem) :]):
            return True
        if stem.startswith(land) and len(stem) - len(land) <= 1:  # "Peruvian", "Togolese"
            return True
    return False


def _find_capitals(words: Words, lexicon: Lexicon, phrases: list[Phrase], lands: list[Land], persons: set[str]) -> None:
    """The seats of the lands' governments: "the capital, Velm", "Velm, the Torlish capital"."""
    names = {p.core: p for p in phrases if p.form == "name" and p.name and not p.titles}
    ends = {p.end: p for p in names.values()}
    own = {form.lower() for land in lands for form in (land.name, *land.demonyms)}
    for i, word in enumerate(words.folded):
        if word != "capital" or words.tag[i] != "NN":
            continue
        start = i
        while start > words.first[i] and words.tag[start - 1] in ("DT", "JJ", "POS", "NNP", "NN", "PRP$", "NNPS"):
            start -= 1
        beside = [land for land in lands if _stands(words, land, start, min(i + 4, len(words)))]
        after = names.get(i + 1) or (names.get(i + 2) if words.text[i + 1 : i + 2] == [","] else None)
        before = ends.get(start - 1) if words.text[start - 1 : start] == [","] else None
        city = next((p for p in (before, after) if p is not None and words.phrase(*p.name).lower() not in own), None)  # type: ignore[misc]
        other = any(lexicon.names.get(words.key[k]) for k in range(start, i) if words.upper(k))
        if city is not None and (beside or not other) and words.folded[city.head] not in persons:
            (beside or lands)[0].capitals.append(words.phrase(*city.name))  # type: ignore[misc]


def _stands(words: Words, land: Land, start: int, end: int) -> bool:
    text = words.phrase(start, end).lower()
    return any(form.lower() in text for form in (land.name, *land.demonyms))
