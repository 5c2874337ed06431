"""Sides: whom a phrase's actor speaks for, by the phrases that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.knowledge.rows import Agent, State
from parley.reading.actors.cast import GOVERNMENT_SECTORS, RIVAL_KINDS, Cast, Draft
from parley.reading.actors.phrase import Phrase, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

INSIDERS = frozenset(("source", "representative", "delegate", "insider", "mediator", "facilitator", "peace envoy"))


def owners_of(cast: Cast, p: Phrase, resolve: Callable[[Phrase], tuple[Draft, ...]]) -> list[tuple[Relation, Draft]]:
    """Whose agent a phrase's actor may be, the likeliest first.

    A group or party beats a state ("the Torlish rebel leader"), a possessor the adjectives ("Torland's UN envoy"), these
    the "of" after the noun, and that the place where somebody works ("officials in Torland").
    """
    found: list[tuple[int, Relation, Draft]] = []
    for relation, q in p.links:
        drafts = resolve(q)
        if not drafts and q.match is not None and relation in ("place", "modifier", "of"):
            drafts = tuple(cast.state(s) for s in q.match.rows(State)[:1])
        for draft in drafts[:1]:
            rival = draft.kind in RIVAL_KINDS or draft.sector == "REB"
            rank = {"possessor": 1, "modifier": 2, "of": 3, "apposition": 4, "place": 5}[relation]
            if relation == "possessor" and q.form == "pronoun":
                rank = 3  # "his Torlish counterpart" is Torlish.
            found.append((0 if rival and relation != "place" else rank, relation, draft))
    return [(relation, draft) for _, relation, draft in sorted(found, key=lambda f: f[0])]


def speaks(p: Phrase, relation: Relation, owner: Draft) -> bool:
    """Whether somebody so described speaks for the owner: an official of a state does, its analysts and actors do not."""
    state = owner.kind == "state"
    if p.relative:
        return False
    agents = [r for m in (*p.titles, p.noun) if m is not None for r in m.rows(Agent)]
    if any(_looks_on(a) for a in agents):
        return False
    offices = p.offices()
    if relation == "place":
        return any(a.speaks_for_state for a in agents)
    if offices and owner.kind == "population":
        return any(not o.sector for o in offices)
    if offices:
        return not state or any(o.sector not in PRIVATE for o in offices)
    persons = [a for a in agents if a.kind == "person"]
    if persons:
        return any(a.speaks_for_state or a.noun == "source" for a in persons) or (
            not state and all(a.sector not in ONLOOKERS for a in persons)
        )
    if p.form in ("name", "table"):
        return relation in ("possessor", "of") or owner.kind in RIVAL_KINDS
    return relation in ("possessor", "of") or not state


PRIVATE = frozenset(("REL", "EDU", "JRN", "BUS", "CVL", "SOC", "MED"))
ONLOOKERS = frozenset(("JRN", "EDU", "CVL"))


def _looks_on(agent: Agent) -> bool:
    """Whether the noun is for people who speak for themselves: analysts, critics, journalists."""
    return agent.unnamed_source and not agent.speaks_for_state and (agent.sector in ONLOOKERS or not agent.sector) \
        and agent.noun not in INSIDERS  # fmt: skip


def settle_person(cast: Cast, draft: Draft, resolve: Callable[[Phrase], tuple[Draft, ...]]) -> None:
    """Party, country, sector, role and `former` of a person: by the text, then by the table of people."""
    draft.party = draft.country = draft.sector = None
    draft.former = any(p.former for p in draft.phrases) and not any(p.offices() and not p.former for p in draft.phrases)
    _role_and_sector(draft)
    settled = (
        _by_words_beside(cast, draft, resolve)
        or _as_rebel(cast, draft)
        or _by_table(cast, draft)
        or _by_namesakes(cast, draft)
    )
    if draft.rows:
        draft.wikidata = draft.rows[0].wikidata
    if settled:
        return
    if draft.former:
        draft.sector = "ELI"
    else:
        _by_office(cast, draft)


def _role_and_sector(draft: Draft) -> None:
    offices = [o for p in draft.phrases for o in p.offices()]
    main = next((o for o in offices if o.head), offices[0] if offices else None)
    draft.role = main.role if main is not None else draft.role
    agents = [a for p in draft.phrases if (a := p.agent()) is not None and a.kind == "person"]
    draft.sector = next((o.sector for o in offices if o.sector), None) or next((a.sector for a in agents if a.sector), None)


def _by_words_beside(cast: Cast, draft: Draft, resolve: Callable[[Phrase], tuple[Draft, ...]]) -> bool:
    """The side that a possessor, a nationality or an "of the X" gives, in text order."""
    for p in draft.phrases:
        for relation, owner in owners_of(cast, p, resolve):
            if owner is draft:
                continue
            if owner.person:
                settle_person_once(cast, owner, resolve)
            draft.country = draft.country or owner.country
            if owner.party and not p.former and speaks(p, relation, owner):
                draft.party = owner.party
                if owner.kind in RIVAL_KINDS or owner.sector in ("IGO", "NGO", "REB") or draft.sector is None:
                    draft.sector = owner.sector
                return True
    return False


def _as_rebel(cast: Cast, draft: Draft) -> bool:
    """ "The rebel leader": the group in focus, else the plain "rebels"."""
    for p in draft.phrases:
        if any(o.sector == "REB" for o in p.offices()) and not p.former:
            focus = cast.group_in_focus(p.head)
            known = {r.party for r in draft.rows} & {d.party for d in cast.drafts.values() if d.key[0] == "group"}
            if known:
                return False
            draft.party = focus.party if focus else "rebels"
            draft.country = focus.country if focus else cast.home.alpha3 if cast.home else None
            return True
    return False


def _by_table(cast: Cast, draft: Draft) -> bool:
    """The office that the table of people gives for the time, the latest if there are several."""
    rows = [r for r in draft.rows if cast.holds(r.from_, r.until)]
    if not rows:
        return False
    row = max(rows, key=lambda r: r.from_)
    draft.party, draft.role = row.party, draft.role or row.role
    state = cast.lexicon.states.get(row.party)
    body = cast.lexicon.groups.get(row.party) or cast.lexicon.organisations.get(row.party)
    draft.country = draft.country or (state.alpha3 if state else body.country if body else None)
    draft.sector = draft.sector or (body.sector if body else "GOV" if state else None)
    return True


def _by_namesakes(cast: Cast, draft: Draft) -> bool:
    """The side of all whom the table has by this last name and office, if it is open who is meant ("President Bush")."""
    name = draft.key[1:]
    if draft.key[0] != "person" or len(name) != 1 or draft.role is None or draft.former:
        return False
    rows = [r for r in cast.lexicon.surnames.get(name[0], ()) if r.role == draft.role and cast.holds(r.from_, r.until)]
    state = cast.lexicon.states.get(rows[0].party) if len({r.party for r in rows}) == 1 else None
    if state is None:
        return False
    draft.party, draft.country, draft.sector = state.name, state.alpha3, draft.sector or "GOV"
    return True


def settle_person_once(cast: Cast, draft: Draft, resolve: Callable[[Phrase], tuple[Draft, ...]]) -> None:
    """Settle somebody on whom another's side hangs, without going round in a circle."""
    if draft.party is None and draft not in cast.settling:
        cast.settling.add(draft)
        settle_person(cast, draft, resolve)
        cast.settling.discard(draft)


UNTIED = frozenset(("Official", "Senior Official", "Diplomat", "Adviser", "Aide", "Senior Aide", "Envoy", "Deputy"))
"""Offices that, with nobody said to be behind them, may be any side's."""
BODIES = frozenset(("government", "military", "armed-group", "organisation", "party", "state"))
SPOKESMEN = frozenset(("Spokesperson", "Chief Spokesperson", "Deputy Spokesperson", "Press Secretary"))


def _body_before(cast: Cast, p: Phrase) -> Draft | None:
    """The body whose spokesman somebody is, of whom only "spokesman" is said: the one that the sentences before speak of."""
    words = cast.words
    for at, _, drafts in cast.before(p.start):
        if words.sentence[p.head] - words.sentence[at] > 2:
            break
        if drafts[0].party and drafts[0].kind in BODIES and words.dep[at] in ("nsubj", "nsubjpass", "pobj"):
            return drafts[0]
    return None


def _by_office(cast: Cast, draft: Draft) -> None:
    """Without a word on whose office it is: a government's is that of the state which the text is about."""
    for p in draft.phrases:
        if not p.links and any(o.role in SPOKESMEN for o in p.offices()) and (body := _body_before(cast, p)) is not None:
            draft.party, draft.country, draft.sector = body.party, body.country, draft.sector or body.sector
            return
        for office in p.offices():
            if (
                office.sector in GOVERNMENT_SECTORS
                and cast.home is not None
                and (draft.key[0] == "person" or (p.determiner == "the" and office.role not in UNTIED))
            ):
                draft.party, draft.country = cast.home.name, cast.home.alpha3
                return
