"""Names: which actor a name stands for. Names of the tables, and names that only this text knows."""

from __future__ import annotations

from collections import Counter, defaultdict

from parley.knowledge.rows import Agent, BodyNoun, Group, Organisation, Person, State
from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.phrases import Phrase
from parley.reading.actors.words import Words
from parley.record import ActorKind

PLACE_PREPOSITIONS = frozenset(
    ("in", "at", "near", "inside", "outside", "across", "throughout", "around", "into", "through", "toward", "towards",
     "off")
)  # fmt: skip
MOVING = frozenset(
    ("go", "travel", "fly", "return", "arrive", "come", "visit", "head", "move", "leave", "drive", "flee", "land",
     "deport", "depart", "invite", "summon", "bring", "take", "transfer", "rush")
)  # fmt: skip
SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))
CAUSES = frozenset(
    ("liberation", "resistance", "revolutionary", "freedom", "independence", "salvation", "mujahideen", "jihad", "separatist",
     "insurgent", "rebel", "patriotic", "guerrilla")
)  # fmt: skip
"""Words in the name of an army or a movement that say that it fights a state."""
FROM_PLACES = frozenset(
    ("phone", "telephone", "mile", "kilometer", "kilometre", "km", "flight", "road", "way", "report", "video", "speak", "say",
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


def locative(words: Words, p: Phrase) -> bool:
    """Whether the phrase names where something is: "in Torland", "near Velm"."""
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
    bodies = set(cast.bodies.values())
    for name in sorted(at, key=len, reverse=True):
        kind = cast.name_kind[name] = _kind_of(cast, name, at[name], names_described, bodies)
        if kind == "person" and len(name) > 1:
            cast.full_names.append(name)


def is_person_name(cast: Cast, p: Phrase) -> bool:
    """Whether the phrase is the name of a person."""
    return p.kind_of_match == "person" or (p.form == "name" and cast.name_kind.get(name_words(cast.words, p)) == "person")


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
            if short.form == "table" and p.form != "table":
                cast.same[p] = short


def _kind_of(cast: Cast, name: tuple[str, ...], places: list[Phrase], described: set[Phrase], bodies: set[Phrase]) -> str:
    words, count = cast.words, Counter[str]()
    speaking = where = acting = 0
    for p in places:
        if p.titles or p in described or p.honorific:
            return "person"
        if p in bodies and len(places) <= 2 * sum(q in bodies for q in places):
            return "organisation"
        count.update(words.entity[i] or "-" for i in range(*p.name))  # type: ignore[misc]
        above = words.head[p.head]
        subject = words.dep[p.head] in SUBJECTS or (words.dep[above] in SUBJECTS and words.dep[p.head] == "conj")
        acting += subject
        speaking += subject and words.lemma[words.head[p.head]] in cast.lexicon.saying
        where += locative(words, p) or _dateline(words, p)
    if len(name) == 1 and name[0] in cast.acronyms:
        return "alias"
    if len(name) == 1 and any(name[0] in full for full in cast.full_names):
        return "person"
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


def _beside_fighters(cast: Cast, places: list[Phrase]) -> bool:
    """Whether the name stands before a noun for fighters: "Karvoni rebels"."""
    return any((agent := _noun_after(cast, p)) is not None and agent.sector == "REB" for p in places)


def _half(cast: Cast, p: Phrase) -> State | None:
    """The state that "the North" or "the South" means, where the text names only one such state."""
    first = cast.words.folded[p.core]
    if first not in ("north", "south", "east", "west") or p.end - p.core != 1:
        return None
    found = {s.name: s for q in cast.phrases if q.match is not None and q.kind_of_match == "state" for s in q.match.rows(State)
             if isinstance(s, State) and s.name.lower().startswith(first + " ")}  # fmt: skip
    return next(iter(found.values())) if len(found) == 1 else None


def _like_a_person(cast: Cast, p: Phrase) -> bool:
    """Whether the name stands where a person would: not only as what is left, taken or shelled, or where something is."""
    words, dep, above = cast.words, cast.words.dep[p.head], cast.words.head[p.head]
    if dep in ("dobj", "pobj"):
        verb = above if dep == "dobj" else words.head[above]
        if dep == "pobj" and words.folded[above] in ("with", "by", "between", "like", "including", "against"):
            return True
        return words.lemma[verb] in cast.lexicon.saying or words.lemma[verb] in WITH_PEOPLE
    return True


WITH_PEOPLE = frozenset(
    ("meet", "thank", "arrest", "kill", "appoint", "elect", "support", "back", "succeed", "replace", "free", "release",
     "phone", "host", "oppose", "beat", "trust", "jail", "detain", "sack", "fire", "nominate", "choose", "assassinate",
     "murder", "extradite", "indict", "convict", "sentence", "receive", "send", "name", "welcome", "brief", "greet")
)  # fmt: skip
"""Verbs whose object is a person."""


def _definite(words: Words, p: Phrase) -> bool:
    return p.determiner in ("the", "a", "an")


def resolve_name(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """The actor that a phrase with a name stands for."""
    if p.form == "name" and (half := _half(cast, p)) is not None:
        return () if locative(cast.words, p) else (cast.state(half),)
    if p.form == "table":
        return _from_table(cast, p)
    if p.form == "body":
        return (_body(cast, p),)
    name = name_words(cast.words, p)
    if name == ("european",):
        return _european(cast)
    kind = cast.name_kind.get(name, "place")
    if kind == "alias":
        return cast.resolve(cast.acronyms[name[0]])
    if kind == "person":
        return (person(cast, p, name, ()),)
    if kind in ("organisation", "people"):
        return (_unknown_body(cast, p, name, kind),)
    if kind == "polity" and not locative(cast.words, p):
        text = cast.words.phrase(*p.name)  # type: ignore[misc]
        draft = cast.draft(("polity", *name), text, "other", "unknown name that speaks")
        draft.party = text
        return (draft,)
    return ()


def _european(cast: Cast) -> tuple[Draft, ...]:
    """ "European" means the European Union where the text names it, else nobody."""
    union = next((q for q in cast.phrases if q.match is not None and any(r.name == "European Union" for r in q.match.rows(Organisation)
                  if isinstance(r, Organisation))), None)  # fmt: skip
    return (_organisation(cast, union),) if union is not None else ()


def _from_table(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    assert p.match is not None
    words, kind = cast.words, p.kind_of_match
    if kind == "person":
        rows: tuple[Person, ...] = p.match.rows(Person)  # type: ignore[assignment]
        return (person(cast, p, name_words(words, p), rows),)
    if kind == "group":
        return _group(cast, p)
    if kind in ("organisation", "organisation-seat"):
        if kind == "organisation-seat" and locative(words, p):
            return ()
        return (_organisation(cast, p),)
    rows_of_states: tuple[State, ...] = p.match.rows(State)  # type: ignore[assignment]
    state = _which_state(cast, rows_of_states)
    if kind == "state":
        return () if locative(words, p) else (cast.state(state),)
    if kind == "demonym":
        return _people_of(cast, p, state)
    if kind == "capital" and (locative(words, p) or _dateline(words, p)):
        return ()
    text = words.phrase(*p.name)  # type: ignore[misc]
    draft = cast.draft(("metonym", state.name, words.folded[p.core]), text, "government", f"{kind} for its state")
    draft.country, draft.party, draft.sector = state.alpha3, state.name, "GOV"
    return (draft,)


def _dateline(words: Words, p: Phrase) -> bool:
    """Whether the name only says where the report was written: "VELM, May 4 (Newswire) -", "VELM/TOR —"."""
    k, start = p.end, p.core
    while start > 0 and words.paragraph[start - 1] == words.paragraph[p.core]:
        start -= 1
    if p.core - start > 6 or k >= len(words):
        return False
    if p.core == start and words.text[k] in ("(", "—", "–", "--"):
        return True
    return words.text[p.core].isupper() and words.text[k] in (",", "(", "—", "–", "-", "--", ":", "/", "and")


def _which_state(cast: Cast, rows: tuple[State, ...]) -> State:
    """Of several states with the name (a name in use before and after a break-up), the one that held at the time."""
    held = [s for s in rows if cast.holds(s.from_, s.until)] or list(rows)
    here = cast.countries()
    return max(held, key=lambda s: here.get(s.alpha3, 0)) if len(held) > 1 else held[0]


def _people_of(cast: Cast, p: Phrase, state: State) -> tuple[Draft, ...]:
    """A demonym: an adjective stands for the state, "the Torlish" or "Torlanders" for its people."""
    words = cast.words
    if p.core > 0 and words.folded[p.core - 1] == "ethnic":
        return (_community(cast, p, state),)
    last = p.end - 1
    noun = words.tag[last] in ("NNS", "NNPS") or (words.folded[last].endswith("s") and words.folded[last] not in ("swiss",)
        and words.tag[last] in ("NNP", "NN"))  # fmt: skip
    heads = words.dep[p.head] in ("nsubj", "nsubjpass", "pobj", "dobj", "conj", "ROOT", "attr") and p.determiner == "the"
    if not noun and not heads:
        return (cast.state(state),)
    if locative(words, p):
        return ()
    definite = p.determiner == "the" and words.folded[p.start] == "the"
    text = words.phrase(p.core, p.end)
    draft = cast.draft(("people", state.name), text, "population", "people of a state")
    draft.country, draft.plural = state.alpha3, True
    if definite or state.name == text:
        draft.party = state.name
    return (draft,)


def _community(cast: Cast, p: Phrase, state: State) -> Draft:
    """ "Torland's ethnic Velmians": a community by the state that it lives in and the people whose name it has."""
    plurals = [d for d in state.demonyms if d.endswith("s")]
    people = plurals[0] if plurals else cast.words.phrase(p.core, p.end)
    where = next((q for q in cast.phrases if q.kind_of_match == "state" and q.end <= p.core <= q.end + 4
                  and cast.words.tag[q.end] == "POS"), None)  # fmt: skip
    name = f"{cast.words.phrase(where.core, where.end)} {people}" if where is not None else f"ethnic {people}"
    draft = cast.draft(("community", name), name, "population", "community by its people")
    draft.party, draft.plural, draft.sector = name, True, "CVL"
    draft.country = where.match.rows(State)[0].alpha3 if where is not None and where.match is not None else None  # type: ignore[attr-defined]
    return draft


def _group(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    assert p.match is not None
    rows: tuple[Group, ...] = p.match.rows(Group)  # type: ignore[assignment]
    group = rows[0]
    if len(rows) > 1:
        here = cast.countries()
        held = [g for g in rows if cast.holds(g.from_, g.until)] or list(rows)
        group = max(held, key=lambda g: here.get(g.country or "", 0))
    draft = cast.draft(("group", group.name), group.name, group.kind, "group of the tables")
    draft.party, draft.country, draft.sector, draft.wikidata = group.name, group.country, group.sector, group.wikidata
    if group.name.lower().startswith("pro-"):
        draft.party = group.name.split()[-1]  # A leaning is no name: "separatists", as where the text gives no more.
    _fuller(cast, draft, p)
    return (draft,)


def _organisation(cast: Cast, p: Phrase) -> Draft:
    assert p.match is not None
    row: Organisation = p.match.rows(Organisation)[0]  # type: ignore[assignment]
    draft = cast.draft(("organisation", row.name), row.name, row.kind, "organisation of the tables")
    draft.country, draft.sector, draft.wikidata = row.country, row.sector, row.wikidata
    state = next((s for s in cast.lexicon.states.values() if s.alpha3 == row.country), None)
    if row.speaks_for:
        draft.party = row.speaks_for
    elif row.sector in ("JRN", "EDU"):
        draft.party = None
    elif row.kind in ("government", "military") and state is not None:
        draft.party = state.name
    else:
        draft.party = row.name
    _fuller(cast, draft, p)
    return draft


def _fuller(cast: Cast, draft: Draft, p: Phrase) -> None:
    """Let the draft's name be the fullest that the text has."""
    text = cast.words.phrase(*p.name)  # type: ignore[misc]
    known = draft.phrases and any(q.name for q in draft.phrases)
    if not known or len(text) > len(draft.name):
        draft.name = text


def person(cast: Cast, p: Phrase, name: tuple[str, ...], rows: tuple[Person, ...]) -> Draft:
    """The person of this name: known from the text by the full name or a part of it, or from the table by the last name."""
    draft = _known_person(cast, p, name, rows)
    if draft is None:
        if not rows and len(name) == 1:
            rows = _by_surname(cast, name[0])
        text = cast.words.phrase(*p.name)  # type: ignore[misc]
        draft = cast.draft(("person", *name), text, "person", "name of a person")
        draft.rows = rows
        if rows and len(name) == 1:
            draft.name = rows[0].name
        cast.persons.append((name, draft))
    else:
        draft.rows = draft.rows or rows
        text = cast.words.phrase(*p.name)  # type: ignore[misc]
        if len(name) > 1 and len(name) >= max(len(n) for n, d in cast.persons if d is draft) and len(text) > len(draft.name):
            draft.name = text
        if (name, draft) not in cast.persons:
            if len(name) > 1 and all(len(n) == 1 for n, d in cast.persons if d is draft):
                draft.name = text
            cast.persons.append((name, draft))
    return draft


def _known_person(cast: Cast, p: Phrase, name: tuple[str, ...], rows: tuple[Person, ...]) -> Draft | None:
    same_row = {r.name for r in rows}
    tokens = set(name)
    candidates: list[tuple[int, Draft]] = []
    for known, draft in cast.persons:
        if known == name or (same_row and any(r.name in same_row for r in draft.rows)):
            candidates.append((3, draft))
        elif tokens <= set(known) or set(known) <= tokens:
            short = name if len(name) <= len(known) else known
            full = known if short is name else name
            candidates.append((2 if short[-1] == full[-1] else 1, draft))
    if len(name) == 1 and not candidates:
        full_name = next((f for f in cast.full_names if len(f) > 1 and f[-1] == name[0]), None)
        if full_name is not None:
            return _person_to_come(cast, p, full_name)
    if not candidates:
        return None
    best = max(rank for rank, _ in candidates)
    among = [d for rank, d in candidates if rank == best]
    latest = next((d for d in cast.recent(p.head + 1) if d in among), None)
    return latest or among[0]


def _person_to_come(cast: Cast, p: Phrase, full: tuple[str, ...]) -> Draft | None:
    """A person whose full name the text gives only later."""
    for q in cast.phrases:
        if q.name and q is not p and q.form in ("name", "table") and name_words(cast.words, q) == full:
            rows: tuple[Person, ...] = q.match.rows(Person) if q.match else ()  # type: ignore[assignment]
            return person(cast, q, full, rows)
    return None


def _by_surname(cast: Cast, surname: str) -> tuple[Person, ...]:
    rows = [r for r in cast.lexicon.surnames.get(surname, ()) if cast.holds(r.from_, r.until)]
    if len({r.name for r in rows}) != 1:
        return ()
    return cast.lexicon.people[rows[0].name]


def _body(cast: Cast, p: Phrase) -> Draft:
    """A body that no table has: a ministry, an army, a movement, by the noun in its name."""
    if p in cast.same:
        return cast.resolve(cast.same[p])[0]
    words, agent = cast.words, p.agent()
    text = words.phrase(*p.name)  # type: ignore[misc]
    name = name_words(words, p)
    from parley.reading.actors.nouns import institution

    kind: ActorKind = agent.kind if agent else "organisation"
    if kind == "person":
        kind = "organisation"
    sector = (agent.sector if agent else "") or None
    cause = any(word in CAUSES for word in name)
    if cause and kind in ("military", "organisation", "government"):
        kind, sector = "armed-group", "REB"
    elif kind in ("government", "military") or sector in ("GOV", "MIL", "LEG", "JUD", "COP", "SPY"):
        return institution(cast, p, text)
    draft = cast.draft(("body", *name), text, kind, "body by its noun")
    draft.sector = sector
    if p.acronym:
        draft.party = p.acronym if kind in ("armed-group", "party") else text
    else:
        draft.party = draft.party or (text if sector not in ("JRN", "MED", "EDU") else None)
    _country_by_links(cast, draft, p)
    return draft


def _country_by_links(cast: Cast, draft: Draft, p: Phrase) -> None:
    for _, q in p.links:
        if q.match is not None and (rows := q.match.rows(State)):
            draft.country = draft.country or rows[0].alpha3  # type: ignore[attr-defined]
    if draft.country is None and draft.kind in ("armed-group", "party") and cast.home is not None:
        draft.country = cast.home.alpha3


def _unknown_body(cast: Cast, p: Phrase, name: tuple[str, ...], kind: str) -> Draft:
    if len(name) == 1 and (known := short_of(cast, p, name[0])) is not None:
        return known
    text = cast.words.phrase(*p.name)  # type: ignore[misc]
    what: ActorKind = "population" if kind == "people" else "organisation"
    draft = cast.draft(("body", *name), text, what, "unknown name")
    following = next((q.agent() for q, name in cast.bodies.items() if name is p), None) or _noun_after(cast, p)
    if following is not None and following.kind in ("armed-group", "party", "organisation") and not draft.sector:
        draft.kind, draft.sector = following.kind, following.sector or None
    if draft.sector not in ("JRN", "EDU"):
        draft.party = draft.party or (p.acronym if p.acronym and draft.kind != "organisation" else text)
    else:
        draft.party = None
    draft.plural = kind == "people"
    _country_by_links(cast, draft, p)
    return draft


def short_of(cast: Cast, p: Phrase, word: str) -> Draft | None:
    """The body named before of whose name this is one word: "the Front", "the Tigers"."""
    forms = {word, word.rstrip("s"), word + "s"}
    for draft in cast.recent(p.head):
        if draft.kind in ("armed-group", "party", "organisation", "government", "military") and any(
            forms & set(cast.words.folded[q.core : q.end]) for q in draft.phrases if q.name is not None
        ):
            return draft
    return None


def _noun_after(cast: Cast, p: Phrase) -> Agent | BodyNoun | None:
    return next((q.agent() for q in cast.phrases if q.form == "agent" and q.core == p.end and q.agent() is not None), None)
