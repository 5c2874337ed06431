"""What speaks for and against a stance of a party on a topic, as named signs, which the stance weights weigh.

A sign never names a party, a place or a person: only how party and topic stand to each other, in the parse, in the line
of words and in speech, and which kinds of words (of wanting, refusing, turning, denying, telling) stand with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parley.reading.positions.holders import Holders
from parley.reading.positions.lexicon import Lexicon, act_at, operator_at
from parley.reading.positions.steps import Stance
from parley.reading.positions.syntax import ENABLING, INTENDING, NEGATIONS, OBLIGING, Syntax
from parley.reading.positions.topics import Topic
from parley.record import Statement

_CONDITIONS = frozenset("if unless until till before once provided only while without after when".split())
_DENIALS = NEGATIONS | {"without", "nothing", "nobody", "none"}
_MOODS = (("oblige", OBLIGING), ("intend", INTENDING), ("can", ENABLING))
_RELATIONS = frozenset("ccomp xcomp advcl acl relcl nsubj nsubjpass dobj poss agent conj attr".split())
_HIGHEST = 9
"""Words of the chain above a topic that are looked at."""
_CROSSED = ("wanted=", "voice=", "fork=", "above0:", "mood0:", "act=", "turned=")
"""Signs of these kinds also count in pairs."""
Chain = list[tuple[int, str]]


@dataclass(frozen=True)
class Candidate:
    """A party and a topic that may be its concern, with the words above the topic and the signs found."""

    party: str
    topic: Topic
    chain: Chain
    signs: frozenset[str]


@dataclass(frozen=True)
class Signs:
    """Gathers candidates and their signs in one reading."""

    syntax: Syntax
    lexicon: Lexicon
    holders: Holders
    climbed: Sequence[Stance]
    _kinds: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def candidates(self, topics: Iterable[Topic], settled: frozenset[tuple[str, str]] = frozenset()) -> list[Candidate]:
        """Every party of a topic's sentence or statement, but for the (party, issue) already settled."""
        reading, found = self.holders.reading, list[Candidate]()
        for topic in topics:
            said = self.holders.voice(topic.head)
            speakers = self.holders.told_by(said) if said else ()
            mentioned: dict[str, list[int]] = {}
            for mention in reading.mentions.within(*self.syntax.sentence[topic.head]):
                for party in reading.parties(mention.actors):
                    mentioned.setdefault(party, []).append(mention.head)
            parties = [p for p in dict.fromkeys([*mentioned, *speakers]) if (p, topic.issue) not in settled]
            if not parties:
                continue
            chain = self.chain(topic)
            own = self._of_topic(topic, chain)
            for party in parties:
                best = self._nearest(mentioned.get(party, []), chain)
                signs = own | self._of_speech(topic, said, speakers, party) | self._of_climbs(topic, party)
                signs |= self._of_standing(topic, chain, best) if best is not None else {"unnamed"}
                signs.add(f"parties={min(4, len(mentioned))}")
                found.append(Candidate(party, topic, chain, frozenset(signs | _pairs(signs))))
        return found

    def kinds(self, token: int) -> tuple[str, ...]:
        """The kinds of words that a token is one of, of those that matter for stances."""
        if token not in self._kinds:
            self._kinds[token] = tuple(self._kinds_of(token))
        return self._kinds[token]

    def _kinds_of(self, token: int) -> Iterable[str]:
        syntax, words = self.syntax, self.lexicon.words
        if act := act_at(self.lexicon, syntax, token):
            yield f"{act.sign}.{act.act}"
        if operator := operator_at(self.lexicon, syntax, token):
            yield f"op.{operator.effect}"
        if syntax.verbal(token):
            lemma = syntax.lemma[token]
            named = (("tell", "telling"), ("blame", "blame"), ("copula", "copulas"), ("light", "light-verbs"))
            yield from (kind for kind, name in named if lemma in words[name])
        if syntax.low[token] in _DENIALS:
            yield "neg"
        if syntax.pos[token] == "AUX":
            yield from (f"modal.{mood}" for mood, modals in _MOODS if syntax.low[token] in modals)

    def chain(self, topic: Topic) -> Chain:
        """The words that govern the topic, from its head up, each with the relation by which it was reached."""
        at, via, chain = topic.head, "self", Chain()
        while len(chain) < _HIGHEST:
            chain.append((at, via))
            above = self.syntax.head[at]
            if above == at:
                break
            via, at = self.syntax.dep[at], above
        return chain

    def _nearest(self, heads: list[int], chain: Chain) -> int | None:
        """Of several mentions of a party, the one that stands nearest to what governs the topic."""
        governors = {at for at, _ in chain}

        def rank(head: int) -> tuple[int, int]:
            at = head
            for step in range(6):
                if at in governors:
                    return (0 if self.syntax.dep[head] == "nsubj" else 1, step)
                at = self.syntax.head[at]
            return (2, abs(head - chain[0][0]))

        return min(heads, key=rank) if heads else None

    def _of_topic(self, topic: Topic, chain: Chain) -> set[str]:
        """The topic itself, and what the words above it make of it: `turned` is -1 where they point the other way."""
        syntax = self.syntax
        signs = {f"issue={topic.issue}", f"pole={topic.sign}", f"verbal={syntax.verbal(topic.head)}"}
        signs |= {
            name for name, holds in (("needs-operator", topic.needs_operator), ("performed", topic.performed)) if holds
        }
        turned, wanted, level = 1, "", 0
        for at, via in chain:
            inside = at in topic.tokens
            for kind in self.kinds(at) if not inside else ():
                signs |= {f"above:{kind}", f"above{level}:{kind}"} if level < 3 else {f"above:{kind}"}
                if kind == "op.ends" or kind.startswith("refuses"):
                    turned = -turned
                if not wanted and kind.startswith(("wants", "refuses")):
                    wanted = kind
                    signs |= {f"wanted={kind}", f"reached={via}"}
            if syntax.negated(at):
                turned = -turned
                signs.add("denied:self" if inside else "denied")
            if syntax.verbal(at):
                signs |= self._of_mood(topic, at, first=level == 0 or inside)
            if via in _RELATIONS:
                signs.add(f"via:{via}")
            level += not inside
        signs.add(f"turned={turned}")
        return signs | ({f"{wanted}&turned={turned}"} if wanted else set())

    def _of_mood(self, topic: Topic, verb: int, *, first: bool) -> set[str]:
        syntax = self.syntax
        mood = syntax.modality(verb)
        signs = {f"mood:{mood}", f"mood0:{mood}"} if first else {f"mood:{mood}"}
        for child in syntax.children[verb]:
            if syntax.dep[child] in ("mark", "advmod", "prep") and syntax.low[child] in _CONDITIONS:
                signs.add(f"{'under' if child < topic.head else 'beside'}:{syntax.low[child]}")
        return signs

    def _of_standing(self, topic: Topic, chain: Chain, head: int) -> set[str]:
        """How the party's mention stands to the topic in the parse and in the line of words."""
        syntax = self.syntax
        signs = {f"dep={syntax.dep[head]}"}
        governors = {at: level for level, (at, _) in enumerate(chain)}
        at, path = head, list[str]()
        for _ in range(6):
            if at in governors or (path and at == syntax.head[at]):
                break
            path.append(syntax.dep[at])
            at = syntax.head[at]
        if at not in governors:
            return signs | {"apart"} | self._of_line(topic, head)
        last, level = path[-1] if path else "self", governors[at]
        signs |= {f"meets={min(level, 4)}", "path=" + "<".join(path[-3:]), f"fork={last}|{chain[level][1]}"}
        if at in topic.tokens:
            signs.add("within-topic")
        else:
            signs |= {f"fork:{kind}|{last}" for kind in self.kinds(at)}
        if syntax.verbal(at):
            signs.add(f"fork-mood={syntax.modality(at)}|{last}")
            if syntax.negated(at):
                signs.add("fork-denied")
        return signs | self._of_line(topic, head)

    def _of_line(self, topic: Topic, head: int) -> set[str]:
        """The words between the mention and the topic, and how many they are."""
        syntax, reading = self.syntax, self.holders.reading
        low, high = min(head, topic.head), max(head, topic.head)
        side = "before" if head < topic.head else "after"
        signs = {f"{side}={sum(high - low >= far for far in (4, 8, 14))}"}
        denials = 0
        for token in range(low + 1, high):
            if token in topic.tokens:
                continue
            kinds = self.kinds(token)
            signs |= {f"{side}:{kind}" for kind in kinds}
            denials += sum(kind in ("neg", "op.ends") or kind.startswith("refuses") for kind in kinds)
            if syntax.pos[token] == "PUNCT" and syntax.low[token] in ',;“”"':
                signs.add(f"{side}:pause")
            if syntax.low[token] in _CONDITIONS:
                signs.add(f"{side}:cond")
        others = sum(bool(reading.parties(m.actors)) for m in reading.mentions.within(low + 1, high))
        return signs | {f"{side}-odd={denials % 2}", f"{side}-others={min(2, others)}"}

    def _of_speech(self, topic: Topic, said: Statement | None, speakers: Sequence[str], party: str) -> set[str]:
        """Whose words the topic stands in, and how these are reported."""
        if said is None:
            return {"voice=narrator"}
        reading = self.holders.reading
        who = "own" if party in speakers else "other" if speakers else "nobody"
        signs = {f"voice={who}", f"act={said.act}|{who}", f"kind={said.kind}|{who}"}
        if said.denies:
            signs.add(f"denies|{who}")
        if said.cue is not None:
            cue = range(reading.token_at(said.cue.start), reading.token_at(said.cue.end - 1) + 1)
            signs |= {f"cue:{kind}|{who}" for at in cue for kind in self.kinds(at)}
        distance = topic.head - reading.token_at(said.content[0].start)
        return signs | {f"into={sum(distance >= far for far in (4, 10, 25))}|{who}"}

    def _of_climbs(self, topic: Topic, party: str) -> set[str]:
        """What the climb left on this topic, also where it was too unsure to count."""
        signs: set[str] = set()
        for stance in self.climbed:
            if stance.topic.head != topic.head or stance.issue != topic.issue:
                continue
            toward = "for" if stance.sign * topic.sign > 0 else "against"
            own = {f"rule:{stance.rule}", f"rule:{toward}", f"sure:{toward}={int(stance.confidence * 5)}"}
            signs |= own if party in stance.parties else {"rule-of-another"}
        return signs


def _pairs(signs: set[str]) -> set[str]:
    chosen = sorted(sign for sign in signs if sign.startswith(_CROSSED))
    return {f"{a} & {b}" for k, a in enumerate(chosen) for b in chosen[k + 1 :] if a.split("=")[0] != b.split("=")[0]}
