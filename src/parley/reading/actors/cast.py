"""The cast: the actors of one text while they are put together, and what the text has said of them so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from parley.knowledge.rows import Group, Person, State
from parley.reading.actors.datelines import in_datelines
from parley.reading.actors.helping import helping_phrases
from parley.reading.actors.lexicon import Lexicon
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.words import Words
from parley.record import ActorKind

GOVERNMENT_SECTORS = frozenset(("GOV", "MIL", "SPY", "COP", "JUD", "LEG"))
SAME_NOUN = {
    "premier": "prime minister", "pm": "prime minister", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "chairwoman": "chairman", "aide": "adviser", "presidential aide": "presidential adviser", "senior aide": "adviser",
    "chairperson": "chairman", "chair": "chairman", "advisor": "adviser",
    "defense minister": "defence minister", "defense secretary": "defence secretary", "strongman": "leader",
    "dictator": "leader", "top diplomat": "foreign minister", "chief diplomat": "foreign minister",
    "defense ministry": "defence ministry", "ministry of foreign affairs": "foreign ministry",
    "foreign affairs ministry": "foreign ministry", "ministry of defence": "defence ministry",
    "ministry of defense": "defence ministry", "military": "army", "regime": "government", "administration": "government",
    "authorities": "government", "leadership": "government", "special envoy": "envoy",
}  # fmt: skip
"""Nouns and titles that news texts use for the same office or body, with the one by which they are compared."""
FIGHTING = frozenset(("REB", "PRE", "SEP"))
RIVAL_KINDS = frozenset(("armed-group", "party"))


def _place(mention: tuple[Any, ...]) -> int:
    return int(mention[0])


@dataclass(eq=False)
class Draft:
    """An actor that is being put together."""

    key: tuple[str, ...]
    name: str
    kind: ActorKind
    rule: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    former: bool = False
    party: str | None = None
    wikidata: str | None = None
    rows: tuple[Person, ...] = ()
    """The rows of the table of people that have this name, where the name is known."""
    titles: list[str] = field(default_factory=list)
    """Titles and nouns by which the text called this person, in lower case."""
    phrases: list[Phrase] = field(default_factory=list)
    gender: str = ""
    plural: bool = False

    @property
    def person(self) -> bool:
        return self.kind == "person" and not self.plural


class Cast:
    """All drafts of one text. `published` picks among the rows of a table by date ("" if it is unknown)."""

    def __init__(self, words: Words, lexicon: Lexicon, phrases: list[Phrase], published: str) -> None:
        self.words, self.lexicon, self.phrases, self.published = words, lexicon, phrases, published
        self.drafts: dict[tuple[str, ...], Draft] = {}
        self.of: dict[Phrase, tuple[Draft, ...]] = {}
        self.described: dict[Phrase, Phrase] = {}
        """Appositions: which description belongs to which name."""
        self.bodies: dict[Phrase, Phrase] = {}
        """Nouns for bodies that stand beside their names."""
        self.renamed: dict[Draft, Draft] = {}
        self.said: list[tuple[int, Draft]] = []
        """The mentions so far, as (head, draft), in text order."""
        self.heard: list[tuple[int, Phrase, tuple[Draft, ...]]] = []
        self.datelines = in_datelines(words)
        self.helping = helping_phrases(words, phrases, lexicon.words)
        self.home: State | None = home_state(words, phrases, self.helping)
        self._countries: Counter[str] | None = None
        self._stately: list[Phrase] | None = None
        self._demonyms: tuple[dict[int, Phrase], dict[int, Phrase]] | None = None
        self.settling: set[Draft] = set()
        self.full_names: list[tuple[str, ...]] = []
        self.name_kind: dict[tuple[str, ...], str] = {}
        self.acronyms: dict[str, Phrase] = {}
        self.fighters: dict[tuple[str, ...], str] = {}
        """What the text calls the fighters of an unknown people or place: "Velmi separatists"."""
        self.fielded: set[tuple[str, ...]] = set()
        """Names of bodies that have fighters."""
        self.led: Counter[tuple[str, ...]] = Counter()
        """How often each unknown name has a leader, a spokesman or fighters."""
        self.same: dict[Phrase, Phrase] = {}
        """Names that the text equates: a name unknown to the tables, and the acronym that they know."""
        self.persons: list[tuple[tuple[str, ...], Draft]] = []
        """Persons so far by the words of each form of their names."""
        self.helpers: frozenset[str] | None = None
        """Sides that only mediate or host, once they are asked for."""
        self._resolver: Callable[[Phrase], tuple[Draft, ...]] = lambda p: ()
        self._busy: set[Phrase] = set()
        self.settle: Callable[[Draft], None] = lambda draft: None

    def resolve_with(self, resolver: Callable[[Phrase], tuple[Draft, ...]]) -> None:
        """Set the rules by which phrases become actors."""
        self._resolver = resolver

    def resolve(self, p: Phrase) -> tuple[Draft, ...]:
        """The actors that a phrase stands for; none if it is a place, or unclear."""
        if p in self.of:
            return self.of[p]
        if p in self._busy:
            return ()
        self._busy.add(p)
        found = self._resolver(p)
        self._busy.discard(p)
        self.of[p] = found
        for draft in found:
            if len(found) == 1:
                draft.phrases.append(p)
            insort(self.said, (p.head, draft), key=_place)
        if found:
            insort(self.heard, (p.head, p, found), key=_place)
        return found

    def rename(self, names: dict[Draft, Draft]) -> None:
        """Let each named person take over the phrases of the unnamed one that turned out to be the same."""
        self.renamed = names
        for unnamed, named in names.items():
            named.phrases = sorted([*named.phrases, *unnamed.phrases], key=lambda p: p.head)
            named.titles += unnamed.titles
            self.drafts.pop(unnamed.key, None)

    def countries(self) -> Counter[str]:
        """How often the text names each country, by its alpha-3 code."""
        if self._countries is None:
            found = (p.match.rows(State) for p in self.phrases if p.match is not None)
            self._countries = Counter(s.alpha3 for rows in found if len(rows) == 1 for s in rows)
        return self._countries

    def draft(self, key: tuple[str, ...], name: str, kind: ActorKind, rule: str) -> Draft:
        """The draft with this key, made if there is none."""
        found = self.drafts.get(key)
        if found is None:
            found = self.drafts[key] = Draft(key, name, kind, rule)
        return found

    def state(self, state: State) -> Draft:
        """The draft of a state."""
        rule = "land that the text shows" if state.alpha3 in self.lexicon.learnt else "state name"
        draft = self.draft(("state", state.name), state.name, "state", rule)
        draft.country, draft.party, draft.wikidata, draft.sector = state.alpha3, state.name, state.wikidata, "GOV"
        return draft

    def recent(self, before: int) -> list[Draft]:
        """Drafts mentioned before a word, the last first, each once."""
        end = bisect_left(self.said, before, key=_place)
        return list(dict.fromkeys(self.said[i][1] for i in range(end - 1, -1, -1)))

    def holds(self, since: str, until: str) -> bool:
        """Whether a row with these dates holds when the text was published; it does where that is unknown."""
        day = self.published
        return not day or (
            (not since or since[: len(day)] <= day[: len(since)]) and (not until or day[: len(until)] <= until)
        )

    def named_within(self, start: int, end: int) -> list[Phrase]:
        """Names of states and their peoples within words start..end."""
        if self._stately is None:
            self._stately = [p for p in self.phrases if p.kind_of_match in ("state", "demonym")]
        return [p for p in self._stately if p.core >= start and p.end <= end]

    def demonym_beside(self, p: Phrase) -> tuple[Phrase | None, Phrase | None]:
        """The adjectives for peoples right before and right after this one: "Torlish Velmians" are Velmians."""
        if self._demonyms is None:
            found = [q for q in self.phrases if q.kind_of_match == "demonym"]
            self._demonyms = {q.end: q for q in found}, {q.core: q for q in found}
        ends, starts = self._demonyms
        return ends.get(p.core), starts.get(p.end)

    def titles_of(self, draft: Draft) -> list[str]:
        """All titles that the text, or the table of people for its date, gives a person; in lower case."""
        found = list(draft.titles)
        for p in draft.phrases:
            found += [SAME_NOUN.get(o.title, o.title) for o in p.offices()]
            if p.role_words is not None:
                found.append(self.words.phrase(*p.role_words).lower())
        found += [SAME_NOUN.get(r.role.lower(), r.role.lower()) for r in draft.rows if self.holds(r.from_, r.until)]
        return found

    def before(self, i: int) -> Iterator[tuple[int, Phrase, tuple[Draft, ...]]]:
        """Mentions whose head stands before word i, as (head, phrase, drafts), the last first."""
        for k in range(bisect_left(self.heard, i, key=_place) - 1, -1, -1):
            yield self.heard[k]

    def in_sentence(self, i: int) -> Iterator[tuple[int, Phrase, tuple[Draft, ...]]]:
        """Mentions after word i in its sentence, as (head, phrase, drafts), in text order."""
        for k in range(bisect_right(self.heard, i, key=_place), len(self.heard)):
            if self.words.sentence[self.heard[k][0]] != self.words.sentence[i]:
                return
            yield self.heard[k]

    def gender(self, draft: Draft) -> str:
        """ "m" or "f" where a title says so or a pronoun has stood for the person, else ""."""
        if not draft.gender:
            for p in draft.phrases:
                first = p.role_words[0] if p.role_words else p.core
                before = {self.words.folded[k] for k in range(max(0, first - 1), p.end)}
                if p.form == "pronoun":
                    draft.gender = "f" if before & {"she", "her", "hers", "herself"} else "m"
                elif before & self.lexicon.words["titles-of-women"]:
                    draft.gender = "f"
                elif before & self.lexicon.words["titles-of-men"]:
                    draft.gender = "m"
        return draft.gender

    def side_of(self, draft: Draft) -> str | None:
        """The side of a person by what the text has said so far."""
        if draft.person and draft.party is None:
            self.settle(draft)
        return draft.party

    def paired(self, at: int) -> bool:
        """Whether the mention at this word is one of two that "and" or "with" joins ("between A and B")."""
        words = self.words
        return words.dep[at] == "conj" or any(
            words.dep[k] == "cc" and words.head[k] == at for k in range(at, min(at + 12, len(words)))
        )

    def group_in_focus(self, before: int, *, militant: bool = False, country: str | None = None) -> Draft | None:
        """The armed group that "the rebels" means: the one named most in the sentences before, else the text's only one.

        `militant`: the noun is one for jihadists too ("the militants"); `country`: only groups of this country.
        """
        weights: Counter[Draft] = Counter()
        sentence = self.words.sentence[before]
        for at, draft in self.said:
            if (
                draft.kind == "armed-group"
                and draft.sector in (FIGHTING | {"IMG"} if militant else FIGHTING)
                and draft.party
            ):
                if draft.key[0] == "rebels" or (country is not None and draft.country != country):
                    continue
                gap = sentence - self.words.sentence[at]
                weights[draft] += (1.0 / (1 + max(gap, 0)) + 0.2) if at < before else 0.1  # type: ignore[assignment]
        if weights:
            return max(weights, key=lambda d: weights[d])
        fighting = {name for q, name in self.bodies.items() if (agent := q.agent()) and agent.kind == "armed-group"}
        later = [
            d for p in self.phrases if p.head > before and (p in fighting or _names_fighters(p)) for d in self.resolve(p)[:1]
        ]  # fmt: skip
        fitting = (d for d in later if d.sector in FIGHTING and d.party and country in (None, d.country))
        named = Counter(fitting).most_common(2)
        return named[0][0] if named and (len(named) == 1 or named[0][1] >= 2 * named[1][1]) else None

    def armed_groups(self, since: int = 0) -> list[Draft]:
        """The named armed groups so far, or those named from a sentence on."""
        found = [d for d in self.drafts.values() if d.kind == "armed-group" and d.key[0] != "rebels"]
        return [d for d in found if any(self.words.sentence[p.head] >= since for p in d.phrases)] if since else found

    def of_side(self, party: str, kinds: tuple[str, ...]) -> Draft | None:
        """The first actor of these kinds that stands for a side."""
        return next((d for _, d in self.said if d.party == party and d.kind in kinds and not d.person), None)


def _names_fighters(p: Phrase) -> bool:
    if p.kind_of_match == "group":
        rows = p.match.rows(Group) if p.match else ()
        return any(r.kind == "armed-group" for r in rows)
    agent = p.agent() if p.form == "body" else None
    return agent is not None and agent.kind == "armed-group"


def home_state(words: Words, phrases: list[Phrase], helping: list[Phrase]) -> State | None:
    """The state that the text is about: the one named most, names in the dateline and beside offices counting more.

    A state that only hosts or mediates ("in Torland's capital", "the Torlish mediation") is named for the venue; one whose
    armed groups or movements the text names is a party of the conflict. `helping` are the names of those who mediate.
    """
    weights: Counter[State] = Counter()
    helpers = {s.alpha3 for p in helping if p.match is not None for s in p.match.rows(State)}
    acting = {q for p in phrases if p.titles or p.form == "agent" for _, q in p.links}
    for p in phrases:
        if p.match is None or p.backs:
            continue
        states = p.match.rows(State)
        if len(states) == 1:
            state = states[0]
            first = words.paragraph[p.head] <= 1 and p.start < 12
            dateline = first and p.kind_of_match == "capital" and words.text[p.core].isupper()
            if p.kind_of_match == "capital" and not dateline and words.folded[p.start - 1 : p.start] in (["in"], ["at"]):
                continue  # where they meet
            if p.kind_of_match == "capital" and words.folded[max(0, p.start - 2) : p.start] == ["capital", ","]:
                continue  # "Torland's capital, Velm": named for Torland
            if _hosts(words, p) or p in helping or (dateline and state.alpha3 in helpers):
                continue
            weights[state] += 2 if dateline or p in acting else 1
    at_war = {g.country for p in phrases if p.match is not None for g in p.match.rows(Group)}
    at_war |= {s.alpha3 for p in phrases for m in p.within for s in m.rows(State)}
    for state in weights:
        weights[state] += 2 if state.alpha3 in at_war else 0
    return max(weights, key=lambda s: weights[s]) if weights else None


_HOSTING = frozenset(("capital", "mediation", "mediator", "mediators", "facilitation", "facilitators", "brokers"))


def _hosts(words: Words, p: Phrase) -> bool:
    """Whether the name says whose capital or mediation it is, or what is held in it ("Velm talks")."""
    k = p.end + (1 if words.tag[p.end : p.end + 1] == ["POS"] else 0)
    after = words.folded[k : k + 1]
    return bool(after) and (after[0] in _HOSTING or (p.kind_of_match == "capital" and after[0] in OCCASIONS))


OCCASIONS = frozenset(("talks", "round", "rounds", "conference", "summit", "negotiations", "meeting", "meetings"))
"""What a capital is named with for being held there ("Velm talks"): its government is not meant."""
