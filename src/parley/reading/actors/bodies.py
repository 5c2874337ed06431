"""Bodies by noun: parts of governments, unnamed fighters, communities and organisations that a text does not name."""

from __future__ import annotations

from parley.knowledge.rows import Agent, BodyNoun, State
from parley.reading.actors.cast import SAME_NOUN, Cast, Draft
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.sides import owners_of, settle_person_once

QUANTITIES = frozenset(
    ("several", "some", "many", "most", "few", "more", "other", "numerous", "various", "of", "at", "least", "over")
)


def noun_of(p: Phrase) -> str:
    """The noun at the head, singular and in its commonest form."""
    if p.noun is None:
        return ""
    row = p.noun.term.rows[0]
    text = getattr(row, "noun", "") or getattr(row, "title", "")
    return SAME_NOUN.get(text, text)


def text_of(cast: Cast, p: Phrase) -> str:
    """The words of the phrase without its article."""
    words, start, end = cast.words, p.start, p.end
    while start < p.head and (words.tag[start] in ("DT", "PRP$", "CD", "PDT", "WP$") or words.folded[start] in QUANTITIES):
        start += 1
    return words.phrase(start, end)


def linked(p: Phrase) -> bool:
    """Whether other words in the phrase say whose it is."""
    return any(relation != "place" for relation, _ in p.links)


def is_official(agent: Agent | BodyNoun) -> bool:
    """Whether with a nationality the noun speaks for that state."""
    return isinstance(agent, Agent) and agent.speaks_for_state


def institution(cast: Cast, p: Phrase, name: str | None) -> Draft:
    """A part of a government ("the defence ministry", "government troops"): of the state beside it, else at hand."""
    noun, words = noun_of(p) if name is None else _body_noun(cast, p), cast.words
    owner = next((o for _, o in owners_of(cast, p, cast.resolve) if o.party or o.kind == "person"), None)
    if owner is not None and owner.person:
        settle_person_once(cast, owner, cast.resolve)
    rule = "office of the side beside it"
    agent = p.agent()
    if owner is None and agent is not None and (agent.sector == "IGO" or "led" in words.folded[p.start : p.core]):
        return described_body(cast, p, noun)
    if owner is None and name is None and _of_elsewhere(cast, p):
        return described_body(cast, p, noun)
    if owner is None and any(words.folded[k] in cast.lexicon.words["foreign-forces"] for k in range(p.start, p.core)):
        return described_body(cast, p, noun)
    if owner is None:
        earlier = _same_institution(cast, p, noun)
        if earlier is not None:
            return earlier
        home = government_at_hand(cast, p)
        owner = cast.state(home) if home is not None else None
        rule = "office of the state that the text is about"
    side = owner.party if owner is not None else None
    agent = p.agent()
    kind = agent.kind if agent is not None and agent.kind != "person" else "government"
    whose = side or (owner.name if owner is not None else "")
    draft = cast.draft(("institution", whose, noun), name or text_of(cast, p), kind, rule)
    if owner is not None:
        draft.country, draft.party = owner.country, side
        if owner.kind in ("armed-group", "party", "organisation"):
            draft.sector = owner.sector
    draft.sector = draft.sector or (agent.sector if agent is not None else "") or "GOV"
    draft.plural = p.plural
    text = name or text_of(cast, p)
    if len(text) > len(draft.name) and linked(p) and len(text.split()) <= 8 and text.lower() != draft.name.lower():
        draft.name = text
    return draft


def _of_elsewhere(cast: Cast, p: Phrase) -> bool:
    """Whether a name that no table has says whose the body is ("the California legislature"): not the text's own state."""
    words, first = cast.words, cast.words.first[p.head]
    return any(words.upper(k) and words.tag[k] in ("NNP", "JJ") for k in range(p.start, p.core) if k > first)


def _body_noun(cast: Cast, p: Phrase) -> str:
    """The words of a body's name without those of its state: "foreign ministry" of "Foreign Ministry of Torland"."""
    words = cast.words
    start, end = p.name or (p.core, p.end)
    left_out = {k for q in cast.named_within(start, end) for k in range(q.core, q.end)}
    kept = [words.folded[k] for k in range(start, end) if k not in left_out]
    while kept and kept[-1] in ("of", "the", "for"):
        kept.pop()
    text = " ".join(kept)
    return SAME_NOUN.get(text, text)


def _same_institution(cast: Cast, p: Phrase, noun: str) -> Draft | None:
    """The institution of this noun that the text named last."""
    earlier = (d for d in cast.recent(p.head) if d.key[0] == "institution" and d.key[1])
    return next((d for d in earlier if d.key[2] == noun or d.key[2].endswith(f" {noun}")), None)


def government_at_hand(cast: Cast, p: Phrase) -> State | None:
    """The state of a government that a text names without its state: the one that the sentence is about, else the text."""
    words = cast.words
    for at, _, drafts in cast.before(p.start):
        draft = drafts[0]
        if at < words.first[p.head]:
            break
        if draft.kind in ("state", "government") and draft.party in cast.lexicon.states \
                and words.dep[at] in ("nsubj", "nsubjpass") and not _asked(cast, p):  # fmt: skip
            return cast.lexicon.states[draft.party or ""]
    return cast.home


def _asked(cast: Cast, p: Phrase) -> bool:
    """Whether the sentence's subject speaks to the government or of it: nobody urges, accuses or praises their own."""
    words = cast.words
    if words.dep[p.head] in ("dobj", "dative"):
        return True
    above = words.head[p.head]
    asked = words.dep[p.head] == "nsubj" and words.tag[above] == "VB"  # "urged the army to leave"
    return asked and any(words.head[k] == above and words.folded[k] == "to" for k in range(p.head, above))


def rebels(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """Unnamed fighters: those of the group beside the noun, else the group in focus, else "the rebels" of the text.

    Rebels without a name are a side; of "militants" or "fighters" whom the text ties to no group, nobody knows the side.
    """
    owners = [o for relation, o in owners_of(cast, p, cast.resolve) if relation != "place"]
    group = next((o for o in owners if o.kind == "armed-group" or o.sector in ("REB", "PRM")), None)
    group = group or next((o for o in owners if o.kind in ("organisation", "party") and o.party), None)
    if group is not None:
        return (group,)
    people = next((o for o in owners if o.kind == "population" and o.party), None)
    if people is not None:
        return (_fighters_of(cast, p, people),)
    for owner in owners:
        if (
            owner.person
            and (side := cast.side_of(owner))
            and (known := cast.of_side(side, ("armed-group", "party", "organisation", "government"))) is not None
        ):
            return (known,)
    words = cast.words
    state = next((o for o in owners if o.kind == "state"), None)
    foreign = state is not None and (cast.home is None or state.name != cast.home.name)
    bare = p.determiner in ("a", "an", "some", "several", "other", "another") or (not p.determiner and not p.modifier)
    jihadist = noun in ("militant", "fighter", "jihadist", "extremist")
    focus = cast.group_in_focus(p.head, militant=jihadist, country=state.country) if state is not None else None
    if focus is None and not foreign:
        focus = cast.group_in_focus(p.head, militant=jihadist)
    rebel = noun in cast.lexicon.words["nouns-for-rebels"]
    if focus is not None and not rebel and len(cast.armed_groups()) > 1:
        near = cast.armed_groups(since=words.sentence[p.head] - 1)
        focus = near[0] if len(near) == 1 else None  # Of several groups, "the fighters" are of the one just named.
    if focus is not None and (not bare or noun in cast.lexicon.words["plain-rebels"] or len(cast.armed_groups()) == 1):
        return (focus,)
    agent = p.agent()
    plain = agent.plural or agent.noun if isinstance(agent, Agent) else words.folded[p.head]
    if noun in ("insurgency", "rebellion"):
        plain = "rebels"
    if not rebel:
        plain = words.phrase(p.core, p.noun.end if p.noun else p.end)
    key = (
        "rebels",
        state.name if foreign and state else "",
        "" if rebel else noun,
    )
    draft = cast.draft(
        key, f"{_nationality(cast, p)} {plain}".strip() if foreign else plain, "armed-group", "unnamed fighters"
    )
    draft.sector = (agent.sector if agent else "") or "REB"
    draft.country = state.country if state is not None else cast.home.alpha3 if cast.home is not None else None
    draft.plural = True
    if rebel or foreign:
        draft.party = draft.party or draft.name
    return (draft,)


def _fighters_of(cast: Cast, p: Phrase, people: Draft) -> Draft:
    """The fighters of a people that is no state ("Hutu militias"): they stand for its side, but are not all of it."""
    agent = p.agent()
    draft = cast.draft(("fighters", people.name), text_of(cast, p), "armed-group", "fighters of a people")
    draft.sector = (agent.sector if agent else "") or "REB"
    draft.country, draft.party, draft.plural = people.country, people.party, True
    return draft


def _nationality(cast: Cast, p: Phrase) -> str:
    return next(
        (cast.words.phrase(q.core, q.end) for r, q in p.links if r == "modifier" and q.kind_of_match == "demonym"), ""
    )


def described_body(cast: Cast, p: Phrase, noun: str) -> Draft:
    """Populations, organisations and others that only a description names."""
    agent = p.agent()
    assert agent is not None
    owners = [o for _, o in owners_of(cast, p, cast.resolve)]
    people = next((o for o in owners if o.kind == "population" and o.party), None)
    if agent.kind == "population" and people is not None and noun in cast.lexicon.words["communities"]:
        return people
    owner = owners[0] if owners else None
    side = (owner.party or owner.name) if owner is not None else ""
    draft = cast.draft(("agents", side, text_of(cast, p).lower()), text_of(cast, p), agent.kind, "noun for an actor")
    draft.sector, draft.plural = agent.sector or (owner.sector if owner else None), p.plural
    if owner is not None:
        draft.country = owner.country
        if is_official(agent) or (owner.kind != "state" and agent.sector not in ("JRN", "CVL", "REF", "MED", "EDU")) \
                or noun in ("delegation", "panel", "team", "side"):  # fmt: skip
            draft.party = cast.side_of(owner)
    elif agent.sector == "OPP" and agent.kind == "party":
        draft.party = "opposition"
    if "led" in cast.words.folded[p.start : p.core] and agent.kind in ("organisation", "military"):
        draft.party = text_of(cast, p)
    placed = any(cast.words.upper(k) for k in range(p.noun.end if p.noun else p.end, p.end)) or _of_elsewhere(cast, p)
    if draft.country is None and agent.kind in ("population",) and cast.home is not None and not placed:
        draft.country = cast.home.alpha3
    return draft
