"""Names: which actor a name stands for. Names of the tables, and names that only this text knows."""

from __future__ import annotations

from parley.knowledge.rows import Agent, BodyNoun, Group, Grouping, Organisation, Person, State
from parley.reading.actors.bodies import institution
from parley.reading.actors.cast import GOVERNMENT_SECTORS, Cast, Draft
from parley.reading.actors.lexicon import Match
from parley.reading.actors.links import BACKED
from parley.reading.actors.persons import person
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.survey import dateline, locative, name_words, noun_after
from parley.record import ActorKind

SECTORS_OF_GROUPINGS = {"armed-group": "REB", "military": "MIL", "population": "CVL"}
FEW = 3
"""Up to so many members a grouping stands for each of them; above that it is an actor itself."""


def _half(cast: Cast, p: Phrase) -> State | None:
    """The state that "the North" or "the South" means, where the text names only one such state."""
    first = cast.words.folded[p.core]
    if first not in ("north", "south", "east", "west") or p.end - p.core != 1:
        return None
    states = (s for q in cast.phrases if q.match is not None and q.kind_of_match == "state" for s in q.match.rows(State))
    found = {s.name: s for s in states if s.name.lower().startswith(first + " ")}
    return next(iter(found.values())) if len(found) == 1 else None


def resolve_name(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """The actor that a phrase with a name stands for."""
    if p.form == "name" and (half := _half(cast, p)) is not None:
        return () if locative(cast.words, p) else (cast.state(half),)
    if p.form == "table":
        full = cast.acronyms.get(cast.words.folded[p.core]) if p.kind_of_match in ("group", "organisation") else None
        if full is not None and full.form != "table" and full not in cast.same and p.end - p.core == 1:
            return cast.resolve(full)  # The text gives an acronym of the tables another meaning.
        return _from_table(cast, p)
    if p.form == "body":
        return (_body(cast, p),)
    if p.name is None:
        return ()
    name = name_words(cast.words, p)
    if name == ("european",):
        return _european(cast)
    kind = cast.name_kind.get(name, "place")
    if kind in ("place", "polity") and len(name) == 1 and p.determiner == "the" and (known := short_of(cast, p, name[0])):
        return (known,)
    if kind == "alias":
        return cast.resolve(cast.acronyms[name[0]])
    if kind == "person":
        return (person(cast, p, name, ()),)
    if kind in ("organisation", "people"):
        return (_unknown_body(cast, p, name, kind),)
    if kind == "polity" and not locative(cast.words, p):
        text = cast.words.phrase(*p.name)
        draft = cast.draft(("polity", *name), text, "other", "unknown name that speaks")
        draft.party = text
        return (draft,)
    return ()


def _european(cast: Cast) -> tuple[Draft, ...]:
    """ "European" means the European Union where the text names it, else nobody."""
    union = next((q for q in cast.phrases if q.match is not None and _names_union(q.match)), None)
    return (_organisation(cast, union),) if union is not None else ()


def _names_union(match: Match) -> bool:
    return any(r.name == "European Union" for r in match.rows(Organisation))


def _from_table(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    assert p.match is not None
    words, kind = cast.words, p.kind_of_match
    if kind == "person":
        rows = p.match.rows(Person)
        return (person(cast, p, name_words(words, p), rows),)
    if kind == "group":
        return _group(cast, p)
    if kind == "grouping":
        return _grouping(cast, p)
    if kind in ("organisation", "organisation-seat"):
        if kind == "organisation-seat" and locative(words, p):
            return ()
        return (_organisation(cast, p),)
    rows_of_states = p.match.rows(State)
    state = _which_state(cast, rows_of_states)
    if kind == "state":
        return () if locative(words, p) else (cast.state(state),)
    if kind == "demonym":
        return _people_of(cast, p, state)
    if kind == "capital" and (locative(words, p) or dateline(words, p)):
        return ()
    text = words.phrase(*p.name)  # type: ignore[misc]
    draft = cast.draft(("metonym", state.name, words.folded[p.core]), text, "government", f"{kind} for its state")
    draft.country, draft.party, draft.sector = state.alpha3, state.name, "GOV"
    return (draft,)


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
    before, after = cast.demonym_beside(p)
    if after is not None and after.match is not None:
        return (_people_within(cast, p, after, _which_state(cast, after.match.rows(State))),)
    if before is not None:
        return (_people_within(cast, before, p, state),)
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


def _people_within(cast: Cast, first: Phrase, p: Phrase, state: State) -> Draft:
    """ "Torlish Velmians": a people by two adjectives, its own and that of the land that it lives in."""
    text = cast.words.phrase(p.core, p.end)
    plural = next((d for d in state.demonyms if d.startswith(text) and d.endswith("s")), text)
    if plural == text and not text.endswith(("s", "sh", "ese")):
        plural = f"{text}s"
    name = f"{cast.words.phrase(first.core, first.end)} {plural}"
    draft = cast.draft(("community", name), name, "population", "people by two adjectives")
    draft.party, draft.plural, draft.sector = name, True, "CVL"
    return draft


def _community(cast: Cast, p: Phrase, state: State) -> Draft:
    """ "Torland's ethnic Velmians": a community by the state that it lives in and the people whose name it has."""
    plurals = [d for d in state.demonyms if d.endswith("s")]
    people = plurals[0] if plurals else cast.words.phrase(p.core, p.end)
    where = next((q for q in cast.phrases if q.kind_of_match == "state" and q.end <= p.core <= q.end + 4
                  and cast.words.tag[q.end] == "POS"), None)  # fmt: skip
    name = f"{cast.words.phrase(where.core, where.end)} {people}" if where is not None else f"ethnic {people}"
    draft = cast.draft(("community", name), name, "population", "community by its people")
    draft.party, draft.plural, draft.sector = name, True, "CVL"
    draft.country = where.match.rows(State)[0].alpha3 if where is not None and where.match is not None else None
    return draft


def _group(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    assert p.match is not None
    rows = p.match.rows(Group)
    group = rows[0]
    if len(rows) > 1:
        here = cast.countries()
        held = [g for g in rows if cast.holds(g.from_, g.until)] or list(rows)
        group = max(held, key=lambda g: here.get(g.country or "", 0))
    group = _living_in(cast, p, group)
    draft = cast.draft(("group", group.name), group.name, group.kind, "group of the tables")
    draft.party, draft.country, draft.sector, draft.wikidata = group.name, group.country, group.sector, group.wikidata
    if group.name.lower().startswith("pro-"):
        draft.party = group.name.split()[-1]  # A leaning is no name: "separatists", as where the text gives no more.
    _fuller(cast, draft, p)
    return (draft,)


def _grouping(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """ "Western nations", "EU leaders": the members that the phrase means, or the body that it stands for, or itself."""
    assert p.match is not None
    row = p.match.rows(Grouping)[0]
    states = cast.lexicon.states
    if 0 < len(row.members) <= FEW and all(member in states for member in row.members):
        return tuple(cast.state(states[member]) for member in row.members)
    text = cast.words.phrase(*p.name)  # type: ignore[misc]
    kind: ActorKind = "other" if row.kind == "state" else row.kind
    draft = cast.draft(("grouping", row.phrase), text, kind, "grouping of the tables")
    draft.plural, draft.sector = True, SECTORS_OF_GROUPINGS.get(row.kind, "GOV")
    draft.country = _country_of(cast, p)
    draft.party = row.party or (None if row.kind == "person" else text[:1].upper() + text[1:])
    return (draft,)


def _country_of(cast: Cast, p: Phrase) -> str | None:
    """The state whose adjective begins the phrase: "South Korean officials"."""
    text = "".join(cast.words.folded[p.core : p.end])
    terms = [
        t for t in cast.lexicon.names.get(cast.words.key[p.core], ()) if t.kind == "demonym" and text.startswith(t.text)
    ]
    found = {row.alpha3 for term in terms for row in term.rows if isinstance(row, State) and not row.until}
    return found.pop() if len(found) == 1 else None


def _living_in(cast: Cast, p: Phrase, group: Group) -> Group:
    """The community of a state, where the text says whose it is and a table knows it: "Torland's ethnic Velmians"."""
    owner = next((q for relation, q in p.links if relation == "possessor" and q.kind_of_match == "state"), None)
    if owner is None or not group.name.lower().startswith("ethnic "):
        return group
    return cast.lexicon.groups.get(f"{cast.words.phrase(owner.core, owner.end)} {group.name[len('ethnic ') :]}", group)


def _organisation(cast: Cast, p: Phrase) -> Draft:
    assert p.match is not None
    row = p.match.rows(Organisation)[0]
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
    if any(word in BACKED for word in cast.words.folded[p.core : p.end]):
        return
    if not known or len(text) > len(draft.name):
        draft.name = text


def _body(cast: Cast, p: Phrase) -> Draft:
    """A body that no table has: a ministry, an army, a movement, by the noun in its name."""
    if p in cast.same:
        return cast.resolve(cast.same[p])[0]
    words, agent = cast.words, p.agent()
    text = words.phrase(*p.name)  # type: ignore[misc]
    name = name_words(words, p)
    kind: ActorKind = agent.kind if agent else "organisation"
    if kind == "person":
        kind = "organisation"
    sector = (agent.sector if agent else "") or None
    described = _described_by(cast, p)
    _own_by_leader(cast, p)
    cause = (
        any(word in cast.lexicon.words["causes"] for word in name)
        or (kind == "military" and _fights_for_itself(cast, p))
        or (kind == "organisation" and name in cast.fielded)
        or (kind in ("organisation", "military") and described is not None and described.kind == "armed-group")
    )
    if cause and kind in ("military", "organisation", "government"):
        kind, sector = "armed-group", "REB"
    elif kind == "organisation" and sector == "GOV" and _own_council(cast, p):
        sector = None
    elif kind in ("government", "military") or sector in GOVERNMENT_SECTORS or _of_government(cast, p, kind):
        return institution(cast, p, text)
    draft = cast.draft(("body", *name), text, kind, "body by its noun")
    draft.sector = sector
    if p.acronym:
        draft.party = p.acronym if kind in ("armed-group", "party") else text
    else:
        draft.party = draft.party or (text if sector not in ("JRN", "MED", "EDU") else None)
    _country_by_links(cast, draft, p)
    return draft


def _own_by_leader(cast: Cast, p: Phrase) -> None:
    """Let a person whose own the text calls a movement or a force stand for it: "Dar, whose Unity Front holds the coast"."""
    for q in [q for relation, q in p.links if relation == "possessor" and q.form == "pronoun"]:
        owners = cast.resolve(q)
        offices = [o for d in owners for r in d.phrases for o in r.offices()]
        if len(owners) == 1 and owners[0].person and not any(o.head and o.sector in GOVERNMENT_SECTORS for o in offices):
            q.links.append(("of", p))


def _of_government(cast: Cast, p: Phrase, kind: ActorKind) -> bool:
    """Whether a body is a government's own: "the government's National Committee on Land"."""
    owners = [d for relation, q in p.links if relation == "possessor" for d in cast.resolve(q)]
    return kind == "organisation" and any(d.kind == "government" for d in owners)


def _described_by(cast: Cast, p: Phrase) -> Agent | BodyNoun | None:
    """The noun for agents that the text puts beside the name of a body."""
    return next((q.agent() for q, named in cast.bodies.items() if named is p), None)


def _fights_for_itself(cast: Cast, p: Phrase) -> bool:
    """Whether an army's name says more than whose army it is: "Free Torlish Army", but "Torlish National Army"."""
    words, regular = cast.words, cast.lexicon.words["state-forces"]
    start, end = p.name or (p.core, p.end)
    owned = any(relation == "possessor" and q.form == "pronoun" for relation, q in p.links)  # "his Falcon Brigade"
    unit = p.noun is not None and not p.plural and words.folded[p.noun.end - 1] in cast.lexicon.words["units"] and not owned
    of_state = {k for q in cast.named_within(start, end) for k in range(q.core, q.end)}
    rest = [words.folded[k] for k in range(start, end) if k not in of_state and words.upper(k)]
    return not unit and len(rest) > 1 and any(word not in regular for word in rest)


def _own_council(cast: Cast, p: Phrase) -> bool:
    """Whether a council is no state's or city's: "National Resistance Council", but "Torlish Security Council"."""
    start, end = p.name or (p.core, p.end)
    rest = [w for k, w in enumerate(cast.words.folded[start : end - 1], start) if cast.words.upper(k)]
    return not p.links and bool(rest) and not any(w in cast.lexicon.words["councils-of-states"] for w in rest)


def _country_by_links(cast: Cast, draft: Draft, p: Phrase) -> None:
    for match in (*(q.match for _, q in p.links if q.match is not None), *p.within):
        if rows := match.rows(State):
            draft.country = draft.country or rows[0].alpha3
    if draft.country is None and draft.kind in ("armed-group", "party") and cast.home is not None:
        draft.country = cast.home.alpha3


def _unknown_body(cast: Cast, p: Phrase, name: tuple[str, ...], kind: str) -> Draft:
    if len(name) == 1 and (known := short_of(cast, p, name[0])) is not None:
        return known
    text = _plural_in_text(cast, cast.words.phrase(*p.name)) if cast.led[name] else cast.words.phrase(*p.name)  # type: ignore[misc]
    what: ActorKind = "population" if kind == "people" else "organisation"
    draft = cast.draft(("body", *name), text, what, "unknown name")
    following = _described_by(cast, p) or noun_after(cast, p)
    if following is not None and following.kind in ("armed-group", "party", "organisation") and not draft.sector:
        draft.kind, draft.sector = following.kind, following.sector or None
    if draft.sector not in ("JRN", "EDU"):
        draft.party = draft.party or (p.acronym if p.acronym and draft.kind != "organisation" else text)
    else:
        draft.party = None
    draft.plural = kind == "people"
    _country_by_links(cast, draft, p)
    return draft


def _plural_in_text(cast: Cast, name: str) -> str:
    """A movement's name as its members are called, where the text does: "Torvads" rather than "Torvad"."""
    if f"{name}s" in cast.words.text:
        return f"{name}s"
    fighters = cast.fighters.get((name.lower(),))
    shaped = any(name.lower().endswith(ending) for ending in cast.lexicon.words["demonym-endings"])
    return fighters if fighters and shaped else name


def short_of(cast: Cast, p: Phrase, word: str) -> Draft | None:
    """The body named before of whose name this is one word: "the Front", "the Tigers"."""
    forms = {word, word.rstrip("s"), word + "s"}
    for draft in cast.recent(p.head):
        if draft.kind in ("armed-group", "party", "organisation", "government", "military") and any(
            forms & set(cast.words.folded[q.core : q.end]) for q in draft.phrases if q.name is not None
        ):
            return draft
    return None
