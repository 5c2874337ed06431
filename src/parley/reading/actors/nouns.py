"""Common nouns for actors: which actor "the government", "a rebel spokesman", "officials" or "the president" stands for."""

from __future__ import annotations

from parley.knowledge.rows import Agent, BodyNoun, Office, Person, State
from parley.reading.actors.cast import GOVERNMENT_SECTORS, SAME_NOUN, Cast, Draft
from parley.reading.actors.names import short_of
from parley.reading.actors.phrases import Phrase
from parley.reading.actors.sides import owners_of, settle_person_once, speaks

LEADERS = frozenset(
    ("president", "prime minister", "king", "queen", "chancellor", "leader", "chief", "head", "ruler", "chairman", "emir",
     "supreme leader", "rebel leader", "commander", "sultan", "general secretary", "secretary-general", "founder")
)  # fmt: skip
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
RANKS = frozenset(
    ("top", "chief", "lead", "senior", "main", "head", "special", "deputy", "acting", "former", "key", "leading")
)
ANY_OFFICIAL = frozenset(("official", "senior official", "diplomat"))
FOREIGN = frozenset(
    ("foreign", "international", "coalition", "allied", "western", "occupation", "occupying", "peacekeeping", "multinational",
     "opposition", "rival", "enemy", "other", "invading", "breakaway")
)  # fmt: skip
"""Words that say that a force or a government is not that of the state which the text is about."""
FIGHTING = frozenset(("rebel", "separatist", "insurgent", "guerrilla", "secessionist", "militant"))
ACTING = frozenset(("government", "military", "armed-group", "party"))
ACTING_BODIES = frozenset(("police", "parliament", "court", "delegation", "opposition", "congress", "senate", "judiciary"))
"""What a noun before another noun must be to stand for an actor: "a government demand", but not "a press conference"."""
QUANTITIES = frozenset(
    ("several", "some", "many", "most", "few", "more", "other", "numerous", "various", "of", "at", "least", "over")
)
COMMUNITIES = frozenset(("majority", "minority", "community", "population", "people", "side"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "your", "my", "whose"))
EMBEDDED = ("government", "ministry", "army", "military", "police", "palace", "cabinet", "security", "state", "presidential")


def noun_of(p: Phrase) -> str:
    """The noun at the head, singular and in its commonest form."""
    if p.noun is None:
        return ""
    row = p.noun.term.rows[0]
    text = getattr(row, "noun", "") or getattr(row, "title", "")
    return SAME_NOUN.get(text, text)


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
        return _persons(cast, p, noun) if p.plural or cast.words.tag[p.head] == "NNS" else _person(cast, p, noun)
    assert agent is not None
    if p.modifier and ((cast.words.tag[p.head] == "JJ" and noun not in FIGHTING) or (agent.kind not in ACTING
                       and noun not in ACTING_BODIES)):  # fmt: skip
        return ()
    if kind == "other" and not p.links:
        return ()
    if agent.sector == "REB" or (kind == "armed-group" and agent.sector != "UAF"):
        return _rebels(cast, p, noun)
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
    return (_described(cast, p, noun),)


def _owned(cast: Cast, p: Phrase) -> bool:
    """Whether the phrase says whose the body is, other than by a person: "his group" is that person's side."""
    return any(relation != "place" and not owner.person for relation, owner in owners_of(cast, p, cast.resolve))


def _official(agent: Agent | BodyNoun) -> bool:
    """Whether with a nationality the noun speaks for that state."""
    return isinstance(agent, Agent) and agent.speaks_for_state


def _links(p: Phrase) -> bool:
    return any(relation != "place" for relation, _ in p.links)


def _of_owner(cast: Cast, p: Phrase, q: Phrase) -> tuple[Draft, ...]:
    """One of the actors of "Torlish and Velmian officials"."""
    owners = cast.resolve(q) or (tuple(cast.state(s) for s in q.match.rows(State)[:1]) if q.match else ())  # type: ignore[arg-type]
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
        if agent is None or kind != "person" or owner.kind != "state" or _official(agent) or p.offices():
            draft.party = owner.party
        found.append(draft)
    return tuple(found)


def institution(cast: Cast, p: Phrase, name: str | None) -> Draft:
    """A part of a government ("the defence ministry", "government troops"): of the state beside it, else at hand."""
    noun, words = noun_of(p) if name is None else _body_noun(cast, p), cast.words
    owner = next((o for _, o in owners_of(cast, p, cast.resolve) if o.party or o.kind == "person"), None)
    if owner is not None and owner.person:
        settle_person_once(cast, owner, cast.resolve)
    rule = "office of the side beside it"
    agent = p.agent()
    if owner is None and agent is not None and agent.sector == "IGO":
        return _described(cast, p, noun)
    if owner is None and any(words.folded[k] in FOREIGN for k in range(p.start, p.core)):
        return _described(cast, p, noun)
    if owner is None:
        earlier = _same_institution(cast, p, noun)
        if earlier is not None:
            return earlier
        home = _government_at_hand(cast, p)
        owner = cast.state(home) if home is not None else None
        rule = "office of the state that the text is about"
    side = owner.party if owner is not None else None
    agent = p.agent()
    kind = agent.kind if agent is not None and agent.kind != "person" else "government"
    whose = side or (owner.name if owner is not None else "")
    draft = cast.draft(("institution", whose, noun), name or _text(cast, p), kind, rule)
    if owner is not None:
        draft.country, draft.party = owner.country, side
        if owner.kind in ("armed-group", "party", "organisation"):
            draft.sector = owner.sector
    draft.sector = draft.sector or (agent.sector if agent is not None else "") or "GOV"
    draft.plural = p.plural
    text = name or _text(cast, p)
    if len(text) > len(draft.name) and _links(p) and len(text.split()) <= 8 and text.lower() != draft.name.lower():
        draft.name = text
    return draft


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
    return next((d for d in cast.recent(p.head) if d.key[0] == "institution" and d.key[2] == noun and d.key[1]), None)


def _government_at_hand(cast: Cast, p: Phrase) -> State | None:
    """The state of a government that a text names without its state: the one that the sentence is about, else the text."""
    words = cast.words
    for at, _, drafts in cast.before(p.start):
        draft = drafts[0]
        if at < words.first[p.head]:
            break
        if draft.kind in ("state", "government") and draft.party in cast.lexicon.states \
                and words.dep[at] in ("nsubj", "nsubjpass"):  # fmt: skip
            return cast.lexicon.states[draft.party or ""]
    return cast.home


def _rebels(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """Unnamed fighters: those of the group beside the noun, else the group in focus, else "the rebels" of the text."""
    owners = [o for relation, o in owners_of(cast, p, cast.resolve) if relation != "place"]
    group = next((o for o in owners if o.kind == "armed-group" or o.sector in ("REB", "PRM")), None)
    group = group or next((o for o in owners if o.kind in ("organisation", "party", "population") and o.party), None)
    if group is not None:
        return (group,)
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
    if focus is not None and (not bare or noun in PLAIN_REBELS or len(cast.armed_groups()) == 1):
        return (focus,)
    agent = p.agent()
    plain = agent.plural or agent.noun if isinstance(agent, Agent) else words.folded[p.head]
    if noun in ("insurgency", "rebellion"):
        plain = "rebels"
    if noun not in PEOPLE_OF_REBELS:
        plain = words.phrase(p.core, p.noun.end if p.noun else p.end)
    key = ("rebels", state.name if foreign and state else "", noun if noun not in PEOPLE_OF_REBELS else "")
    draft = cast.draft(
        key, f"{_nationality(cast, p)} {plain}".strip() if foreign else plain, "armed-group", "unnamed fighters"
    )
    draft.sector = (agent.sector if agent else "") or "REB"
    draft.country = state.country if state is not None else cast.home.alpha3 if cast.home is not None else None
    draft.plural = True
    if not bare or noun in PEOPLE_OF_REBELS:
        draft.party = draft.party or draft.name
    return (draft,)


PLAIN_REBELS = frozenset(("rebel", "guerrilla", "insurgent", "separatist"))


PEOPLE_OF_REBELS = frozenset(
    ("rebel", "guerrilla", "guerilla", "insurgent", "separatist", "rebellion", "insurgency", "rebel force", "rebel group",
     "rebel movement", "guerrilla group")
)  # fmt: skip


def _nationality(cast: Cast, p: Phrase) -> str:
    return next(
        (cast.words.phrase(q.core, q.end) for r, q in p.links if r == "modifier" and q.kind_of_match == "demonym"), ""
    )


def _anaphor(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
    """ "the group", "the country": the last actor of that kind."""
    kinds = ANAPHORIC[noun]
    if kinds == ("state",) and cast.home is not None:
        return (cast.state(cast.home),)
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
    text = _text(cast, p)
    if p.modifier or not p.plural or len(text.split()) < 2:
        return ()
    draft = cast.draft(("states", text.lower()), text, "other", "states that are not named")
    draft.party, draft.sector, draft.plural = text[:1].upper() + text[1:], "GOV", True
    return (draft,)


def _described(cast: Cast, p: Phrase, noun: str) -> Draft:
    """Populations, organisations and others that only a description names."""
    agent = p.agent()
    assert agent is not None
    owners = [o for _, o in owners_of(cast, p, cast.resolve)]
    people = next((o for o in owners if o.kind == "population" and o.party), None)
    if agent.kind == "population" and people is not None and noun in COMMUNITIES:
        return people
    owner = owners[0] if owners else None
    side = (owner.party or owner.name) if owner is not None else ""
    draft = cast.draft(("agents", side, _text(cast, p).lower()), _text(cast, p), agent.kind, "noun for an actor")
    draft.sector, draft.plural = agent.sector or (owner.sector if owner else None), p.plural
    if owner is not None:
        draft.country = owner.country
        if _official(agent) or (owner.kind != "state" and agent.sector not in ("JRN", "CVL", "REF", "MED", "EDU")) \
                or noun in ("delegation", "panel", "team", "side"):  # fmt: skip
            draft.party = owner.party
    elif agent.sector == "OPP" and agent.kind == "party":
        draft.party = "opposition"
    if draft.country is None and agent.kind in ("population",) and cast.home is not None:
        draft.country = cast.home.alpha3
    return draft


def _text(cast: Cast, p: Phrase) -> str:
    """The words of the phrase without its article."""
    words, start, end = cast.words, p.start, p.end
    while start < p.head and (words.tag[start] in ("DT", "PRP$", "CD", "PDT", "WP$") or words.folded[start] in QUANTITIES):
        start += 1
    return words.phrase(start, end)


def _title(cast: Cast, p: Phrase) -> str:
    """The title or noun with the words that narrow it, in lower case: "deputy foreign minister"."""
    return SAME_NOUN.get(noun_of(p), noun_of(p)) or cast.words.lemma[p.head].lower()


def _persons(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
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
        ("agents", side, noun if owner else _text(cast, p).lower()), _text(cast, p), "person", "unnamed persons"
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
    elif sector in GOVERNMENT_SECTORS and any(text.startswith(e) for e in EMBEDDED) and cast.home is not None:
        home = _government_at_hand(cast, p) or cast.home
        draft.party, draft.country = home.name, home.alpha3


def _person(cast: Cast, p: Phrase, noun: str) -> tuple[Draft, ...]:
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
    draft = cast.draft(key, _text(cast, p), "person", "unnamed person")
    if noun not in draft.titles:
        draft.titles.append(noun)
    if not p.links and not draft.phrases:
        _embedded_side(cast, draft, p)
    return (draft,)


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
