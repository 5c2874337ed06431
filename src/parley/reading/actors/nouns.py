"""Common nouns for actors: which actor "the government", "a rebel spokesman", "officials" or "the president" stands for."""

from __future__ import annotations

from parley.knowledge.rows import BodyNoun, State
from parley.reading.actors.bodies import described_body, institution, is_official, noun_of, rebels, text_of
from parley.reading.actors.cast import GOVERNMENT_SECTORS, SAME_NOUN, Cast, Draft
from parley.reading.actors.holders import one_person, several_persons
from parley.reading.actors.names import short_of
from parley.reading.actors.phrase import DEFINITE, Phrase
from parley.reading.actors.sides import owners_of

ANAPHORIC = {
    "group": ("armed-group", "organisation", "party"), "movement": ("armed-group", "organisation", "party"),
    "organisation": ("organisation", "armed-group"), "organization": ("organisation", "armed-group"),
    "militia": ("armed-group",), "faction": ("armed-group", "party"), "front": ("armed-group",),
    "party": ("party",), "bloc": ("organisation",), "alliance": ("organisation",), "agency": ("organisation", "government"),
    "union": ("organisation",), "council": ("organisation", "government"), "commission": ("organisation", "government"),
    "coalition": ("organisation", "party", "armed-group"), "country": ("state",), "nation": ("state",),
    "republic": ("state",), "kingdom": ("state",), "state": ("state",), "committee": ("organisation",),
    "court": ("organisation",), "body": ("organisation",),
}  # fmt: skip
ACTING = frozenset(("government", "military", "armed-group", "party"))


def resolve_noun(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """The actors that a phrase with a common noun at its head stands for."""
    if p in cast.described:
        return cast.resolve(cast.described[p])
    if p.tentative:
        return ()
    if p.joint:
        return tuple(d for q in p.joint for d in _of_owner(cast, p, q))
    agent = p.agent()
    kind = "person" if p.offices() or agent is None else agent.kind
    noun = noun_of(p)
    if kind == "person":
        return several_persons(cast, p, noun) if p.plural or cast.words.tag[p.head] == "NNS" else one_person(cast, p, noun)
    assert agent is not None
    if noun in cast.lexicon.words["short-for-bodies"] and (p.modifier or p.determiner in DEFINITE) and not _owned(cast, p):
        known_body = short_of(cast, p, noun)
        if known_body is not None:
            return (known_body,)
    if isinstance(agent, BodyNoun):
        return ()
    classes = cast.lexicon.words
    if p.modifier and cast.words.tag[p.head] == "JJ" and noun not in classes["fighting-adjectives"]:
        return ()
    if p.modifier and agent.kind not in ACTING and noun not in classes["acting-bodies"]:
        return ()
    if kind == "other" and not p.links:
        return ()
    if agent.sector == "REB" or (kind == "armed-group" and agent.sector != "UAF"):
        return rebels(cast, p, noun)
    if kind == "state" and p.plural:
        return _states(cast, p)
    if noun in ANAPHORIC and not p.plural and p.determiner in DEFINITE and not _owned(cast, p):
        known = _anaphor(cast, p, noun)
        if known:
            return known
    if kind == "state":
        return ()
    if kind in ("government", "military") or agent.sector in GOVERNMENT_SECTORS:
        return (institution(cast, p, None),)
    if kind == "other" and noun in ("report", "statement", "communique"):
        return ()
    return (described_body(cast, p, noun),)


def _owned(cast: Cast, p: Phrase) -> bool:
    """Whether the phrase says whose the body is, other than by a person: "his group" is that person's side."""
    return any(relation != "place" and not owner.person for relation, owner in owners_of(cast, p, cast.resolve))


def _of_owner(cast: Cast, p: Phrase, q: Phrase) -> tuple[Draft, ...]:
    """One of the actors of "Torlish and Velmian officials"."""
    owners = cast.resolve(q) or (tuple(cast.state(s) for s in q.match.rows(State)[:1]) if q.match else ())
    agent = p.agent()
    kind = agent.kind if agent else "person"
    words = cast.words
    noun = words.phrase(p.head, p.head + 1)
    found = []
    for owner in owners[:1]:
        if kind in ("state", "government") and owner.kind == "state" and noun_of(p) in ("country", "nation", "state"):
            found.append(owner)
            continue
        key, name = ("agents", owner.party or owner.name, noun_of(p) or noun), f"{words.phrase(q.core, q.end)} {noun}"
        draft = cast.draft(key, name, kind, "noun with two nationalities")
        draft.country, draft.sector, draft.plural = owner.country, (agent.sector if agent else "") or owner.sector, True
        if agent is None or kind != "person" or owner.kind != "state" or is_official(agent) or p.offices():
            draft.party = owner.party
        found.append(draft)
    return tuple(found)


def _state_at_hand(cast: Cast, p: Phrase) -> Draft | None:
    """The state that the sentence, or the one before, says something of."""
    words = cast.words
    for at, _, drafts in cast.before(p.start):
        if words.sentence[p.head] - words.sentence[at] > 1:
            return None
        if drafts[0].kind == "state" and words.dep[at] in ("nsubj", "nsubjpass"):
            return drafts[0]
    return None


def _anaphor(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """ "the group", "the country": the last actor of that kind."""
    kinds = ANAPHORIC[noun]
    if kinds == ("state",) and cast.home is not None:
        near = _state_at_hand(cast, p)
        return (near if near is not None else cast.state(cast.home),)
    for _, owner in owners_of(cast, p, cast.resolve):
        if owner.person and (side := cast.side_of(owner)) and (found := cast.of_side(side, kinds)) is not None:
            return (found,)
    if (known := short_of(cast, p, noun)) is not None:
        return (known,)
    for draft in cast.recent(p.head):
        if draft.kind in kinds and draft.name and not draft.plural:
            return (draft,)
    return ()


def _states(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """ "Western nations", "neighbouring countries": states that the text does not name."""
    text = text_of(cast, p)
    if p.modifier or not p.plural or len(text.split()) < 2:
        return ()
    draft = cast.draft(("states", text.lower()), text, "other", "states that are not named")
    draft.party, draft.sector, draft.plural = text[:1].upper() + text[1:], "GOV", True
    return (draft,)


def _title(cast: Cast, p: Phrase) -> str:
    """The title or noun with the words that narrow it, in lower case: "deputy foreign minister"."""
    return SAME_NOUN.get(noun_of(p), noun_of(p)) or cast.words.lemma[p.head].lower()
