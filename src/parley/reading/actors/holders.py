"""Persons by title or noun: "the president", "a rebel spokesman", "officials"."""

from __future__ import annotations

from parley.knowledge.rows import Office, Person
from parley.reading.actors.bodies import government_at_hand, noun_of, text_of
from parley.reading.actors.cast import GOVERNMENT_SECTORS, Cast, Draft
from parley.reading.actors.phrase import DEFINITE, Phrase
from parley.reading.actors.sides import owners_of, settle_person_once, speaks

LEADERS = frozenset(
    ("president", "prime minister", "king", "queen", "chancellor", "leader", "chief", "head", "ruler", "chairman", "emir",
     "supreme leader", "rebel leader", "commander", "sultan", "general secretary", "secretary-general", "founder")
)  # fmt: skip
RANKS = frozenset(
    ("top", "chief", "lead", "senior", "main", "head", "special", "deputy", "acting", "former", "key", "leading")
)
ANY_OFFICIAL = frozenset(("official", "senior official", "diplomat"))
EMBEDDED = ("government", "ministry", "army", "military", "police", "palace", "cabinet", "security", "state", "presidential")


def one_person(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """One person by title or noun: somebody named before or after, the holder of an office, or somebody unnamed."""
    noun = noun or cast.words.lemma[p.head].lower()
    owners = owners_of(cast, p, cast.resolve)
    owner = owners[0][1] if owners else None
    definite = (
        p.determiner in DEFINITE or any(r == "possessor" for r, _ in p.links) or (not p.determiner and bool(p.offices()))
    )
    if p.modifier:
        return ()
    if not p.determiner and not p.links and cast.words.dep[p.head] in ("pobj", "dobj", "compound", "nmod"):
        return ()
    if definite:
        known = _holder(cast, p, noun, owner)
        if known is not None:
            known.titles.append(noun)
            return (known,)
        if p.determiner in DEFINITE and not p.links:
            earlier = next((d for d in cast.recent(p.head) if d.key[0] == "somebody" and noun in d.titles), None)
            if earlier is not None:
                return (earlier,)
        if p.determiner in ("the", "this") and (untitled := _untitled(cast, p, owner)) is not None:
            untitled.titles.append(noun)
            return (untitled,)
    if owner is not None and owner.person:
        settle_person_once(cast, owner, cast.resolve)
    key: tuple[str, ...] = ("somebody", str(p.head))
    if owner is not None and definite:
        key = ("holder", owner.party or owner.name, noun)
    draft = cast.draft(key, text_of(cast, p), "person", "unnamed person")
    if noun not in draft.titles:
        draft.titles.append(noun)
    if not p.links and not draft.phrases:
        _embedded_side(cast, draft, p)
    return (draft,)


def several_persons(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """Several unnamed persons: "officials", "Torlish negotiators"; "the officials" are those before."""
    owners = owners_of(cast, p, cast.resolve)
    noun = noun or cast.words.lemma[p.head].lower()
    if p.determiner in DEFINITE and not owners and not p.links:
        earlier = next((d for d in cast.recent(p.head) if d.key[0] == "agents" and d.plural and d.key[2] == noun), None)
        if earlier is not None:
            return (earlier,)
    relation, owner = owners[0] if owners else (None, None)
    side = (owner.party or owner.name) if owner is not None else ""
    draft = cast.draft(
        ("agents", side, noun if owner else text_of(cast, p).lower()), text_of(cast, p), "person", "unnamed persons"
    )
    agent = p.agent()
    office = next(iter(p.offices()), None)
    draft.plural = True
    draft.sector = (office.sector if office else "") or (agent.sector if agent else "") or None
    if owner is not None and relation is not None:
        if owner.person:
            settle_person_once(cast, owner, cast.resolve)
        draft.country = owner.country
        if speaks(p, relation, owner):
            draft.party, draft.sector = owner.party, draft.sector or owner.sector
    else:
        _embedded_side(cast, draft, p)
    return (draft,)


def _embedded_side(cast: Cast, draft: Draft, p: Phrase) -> None:
    """ "government negotiators", "rebel leaders", "army officers": the noun itself says whose they are."""
    text = noun_of(p)
    sector = draft.sector or ""
    if "rebel" in text or "guerrilla" in text or "separatist" in text or sector == "REB":
        focus = cast.group_in_focus(p.head)
        draft.party, draft.sector = (focus.party if focus else "rebels"), "REB"
        draft.country = focus.country if focus else cast.home.alpha3 if cast.home else None
    elif text.startswith("administration") and (state := cast.lexicon.states.get("United States")) is not None:
        draft.party, draft.country = state.name, state.alpha3  # News English says it of no other government's officials.
    elif sector in GOVERNMENT_SECTORS and any(text.startswith(e) for e in EMBEDDED) and cast.home is not None:
        home = government_at_hand(cast, p) or cast.home
        draft.party, draft.country = home.name, home.alpha3


def _untitled(cast: Cast, p: Phrase, owner: Draft | None) -> Draft | None:
    """The person named last, if the text has given them no title yet: "Tarn ...", then "the prime minister"."""
    if not p.offices() or not any(o.head or o.role in ("Official", "Diplomat", "Ambassador") for o in p.offices()):
        return None
    sentence = cast.words.sentence[p.head]
    for at, _, drafts in cast.before(p.start):
        if sentence - cast.words.sentence[at] > 3:
            return None
        draft = drafts[0]
        if draft.person and draft.key[0] == "person":
            if cast.titles_of(draft) or (owner is not None and cast.side_of(draft) not in (None, owner.party)):
                return None
            return draft
    return None


def _holder(cast: Cast, p: Phrase, noun: str, owner: Draft | None) -> Draft | None:
    """The person named in the text who has this title and, where the phrase says whose it is, that side."""
    side = owner.party if owner is not None else None
    for draft in cast.recent(p.head):
        if draft.kind != "person" or draft.plural or draft.key[0] == "somebody":
            continue
        titles = cast.titles_of(draft)
        if noun in ANY_OFFICIAL and p.determiner == "the" and owner is None:
            return draft if cast.side_of(draft) in cast.lexicon.states else None
        if not any(same_title(noun, t) for t in titles):
            continue
        if side is not None:
            settle_person_once(cast, draft, cast.resolve)
            if draft.party != side:
                continue
        return draft
    if noun not in ("spokesman", "negotiator", "envoy", "ambassador", "official", "diplomat", "leader", "aide"):
        return _from_people(cast, p, noun, side)
    return None


def same_title(noun: str, title: str) -> bool:
    """Whether somebody with the title may be called by the noun: "the minister", "the Torlish leader" for a president."""
    if noun in ("leader", "chief", "head") and title in LEADERS:
        return True
    noun, title = _plain(noun), _plain(title)
    return noun == title or title.endswith(f" {noun}")


def _plain(title: str) -> str:
    """The title without its words of rank: "nuclear negotiator" of "chief nuclear negotiator"."""
    kept = [word for word in title.split() if word not in RANKS]
    return " ".join(kept) or title


def _from_people(cast: Cast, p: Phrase, noun: str, side: str | None) -> Draft | None:
    """The holder of an office at the time, by the table of people, where there is only one."""
    offices: list[Office] = [o for o in p.offices() if o.head]
    if not offices or not cast.published:
        return None
    side = side or (cast.home.name if cast.home is not None else None)
    roles = {o.role for o in offices}
    rows: list[Person] = [
        r for r in cast.lexicon.holders.get(side or "", ()) if r.role in roles and cast.holds(r.from_, r.until)
    ]
    if len({r.name for r in rows}) != 1 or p.former:
        return None
    draft = cast.draft(("person", rows[0].name), rows[0].name, "person", "holder of the office by the table of people")
    draft.rows = cast.lexicon.people[rows[0].name]
    return draft
