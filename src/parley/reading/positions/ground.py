"""What every step of a climb may ask: whose a stance is, whether a clause is a condition, a doubt or a question."""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.holders import Holders, Parties
from parley.reading.positions.lexicon import Lexicon, act_at, let_go
from parley.reading.positions.steps import Mentioned, Stance, Step
from parley.reading.positions.syntax import SUBJECTS, Syntax
from parley.reading.positions.topics import Topic

HYPOTHETICAL = frozenset("if unless whether until till before once provided providing assuming".split())
_SOMETIMES_HYPOTHETICAL = frozenset(("when", "as", "while", "after", "where"))
PRONOUNS = frozenset(("it", "they", "he", "she"))


class Ground:
    """The reading that a climb moves in, the topic that it is on, and what it has found."""

    topic: Topic

    def __init__(self, syntax: Syntax, lexicon: Lexicon, holders: Holders, topics: list[Topic]) -> None:
        self.syntax, self.lexicon, self.holders = syntax, lexicon, holders
        self.words = lexicon.words
        self.topic_heads = {t.head: t for t in topics}
        self.found: list[Stance] = []
        self.conditions: list[Mentioned] = []
        """What clauses of condition speak of."""

    def _held(self, holder: int | None, verb: int) -> Parties:
        """The parties of a holder; a pronoun or "the group" that nothing else resolves is the speaker's side."""
        if holder is None:
            return ()
        if parties := self.holders.of(holder):
            together = self._speaker_above(verb) if self.syntax.low[holder] in ("they", "we") else ()
            return together if set(parties) < set(together) else parties  # "both said they had agreed"
        syntax = self.syntax
        if syntax.lemma[holder] in self.words["proposals"]:
            return self._proposers(holder)
        definite = any(syntax.low[c] in ("the", "its", "his", "their", "our") for c in syntax.children[holder])
        own_side = definite and syntax.lemma[holder] in self.words["own-side"]
        return self._speaker_above(verb) if syntax.low[holder] in PRONOUNS or own_side else ()

    def _under_plan(self, verb: int) -> Parties:
        """ "Under the plan, the army would leave": those whose plan it is propose it."""
        syntax = self.syntax
        for child in syntax.children[verb]:
            if syntax.dep[child] == "prep" and syntax.low[child] == "under":
                thing = syntax.child(child, "pobj")
                if thing is not None and syntax.lemma[thing] in self.words["proposals"]:
                    return self.holders.owner(thing) or self._proposers(thing)
        return ()

    def _under_agreement(self, verb: int) -> bool:
        """ "Under the accord, the army will leave", "In return, the rebels will ...": a term that its doer has agreed to."""
        syntax = self.syntax
        for child in syntax.children[verb]:
            thing = syntax.child(child, "pobj") if syntax.dep[child] == "prep" else None
            if thing is None:
                continue
            if syntax.low[child] == "under" and syntax.lemma[thing] in self.words["agreements"]:
                return True
            if syntax.low[child] == "in" and syntax.low[thing] in ("return", "exchange") and not syntax.children[thing]:
                return child == syntax.sentence[verb][0]
        return False

    def _proposers(self, noun: int) -> Parties:
        """Whose "the plan" is: the last one in the text of whom a noun like it was said to be."""
        for token in range(noun - 1, max(-1, noun - 250), -1):
            if self.syntax.lemma[token] in self.words["proposals"] and self.syntax.pos[token] == "NOUN":
                if owners := self.holders.owner(token):
                    return owners
                governor = self.syntax.head[token]
                act = act_at(self.lexicon, self.syntax, governor) if self.syntax.verbal(governor) else None
                if act is not None and act.act in ("proposes", "offers") and self.syntax.dep[token] == "dobj":
                    subject = self.syntax.subject(governor)
                    if subject is not None and (parties := self.holders.of(subject)):
                        return parties
        return ()

    def _doubtful_report(self, verb: int) -> bool:
        """ "has not confirmed that it will meet": what is not said is no stance."""
        above = self.syntax.head[verb]
        return self.syntax.dep[verb] == "ccomp" and above != verb and self.syntax.negated(above)

    def _speaker_above(self, at: int) -> Parties:
        """Who says the clause of this verb: the speaker of the statement, else the subject of a verb of saying above."""
        if said := self.holders.speaker(at):
            return said
        syntax = self.syntax
        for _ in range(4):
            above = syntax.head[at]
            if above == at:
                return ()
            if syntax.dep[at] in ("ccomp", "parataxis") and syntax.lemma[above] in self.words["telling"]:
                subject = syntax.subject(above)
                return self.holders.of(subject) if subject is not None else ()
            at = above
        return ()

    def _performed(self, step: Step, act: str) -> None:
        syntax, at = self.syntax, step.at
        holder = syntax.agent(at) if syntax.passive(at) else syntax.subject(at)
        if holder is None or holder in self.topic.tokens or self._selects(at, holder):
            return
        if parties := self._held(holder, at):
            self._leave(parties, step, act, at, 0.6, "step-taken")

    def _selects(self, verb: int, noun: int) -> bool:
        """ "Fighters who renounce violence": the clause tells which of them are meant, not what they have done."""
        syntax = self.syntax
        if syntax.dep[verb] != "relcl" or syntax.head[verb] != noun or syntax.pos[noun] != "NOUN":
            return False
        return syntax.tag[verb] in ("VB", "VBP", "VBZ") and syntax.child(noun, "det", "poss") is None and not any(
            syntax.low[t] == "," for t in range(noun + 1, verb))  # fmt: skip

    def _foreseen(self, step: Step, speakers: Parties) -> None:
        """ "The offensive will end if ...", said by those whose offensive it is: their own step; else only a forecast."""
        owners = self.holders.owner(self.topic.head)
        own = bool(set(owners) & set(speakers))
        self._leave(speakers, step, step.act or "offers", step.at, 0.6 if own else 0.35, "foreseen")

    def _leave(self, parties: Parties, step: Step, act: str, anchor: int, confidence: float, rule: str,
               condition: tuple[int, int] | None = None) -> None:  # fmt: skip
        if step.needs_operator or not parties or let_go(self.lexicon, self.syntax, step.path):
            return
        if (
            rule in ("own-step", "step-taken", "noun", "below", "foreseen")
            and not (rule == "own-step" and step.sign < 0)
            and self.topic.words in self.words["generic-encounters"]
        ):
            confidence *= 0.5
        if rule in ("judged", "said-judged") and step.sign < 0 and self.topic.issue == "talks" and self._only_so():
            confidence *= 0.6
        self.found.append(Stance(parties, self.topic, step.sign, act, anchor, step.path,
                                 round(confidence * step.certainty, 3), rule, condition))  # fmt: skip

    def _only_so(self) -> bool:
        """ "Talks at such a level are pointless": the way is blamed, not the thing."""
        syntax, topic = self.syntax, self.topic
        near = range(*syntax.edges(topic.head)) if not syntax.verbal(topic.head) else range(topic.head, topic.head + 1)
        ways = [t for t in range(*syntax.sentence[topic.head]) if syntax.lemma[t] in self.words["manner"]]
        return any(t in near or syntax.head[syntax.head[t]] in (topic.head, syntax.head[topic.head]) for t in ways)

    def _negate(self, step: Step, at: int) -> Step:
        return replace(step, sign=-step.sign) if self.syntax.negated(at) else step

    def _hypothetical(self, verb: int) -> bool:
        """Whether a verb stands in a clause of condition or time: "if it accepts", "until they leave"."""
        syntax = self.syntax
        if syntax.dep[verb] == "conj" and syntax.verbal(syntax.head[verb]):
            return self._hypothetical(syntax.head[verb])
        if syntax.dep[verb] not in ("advcl", "pcomp", "ccomp"):
            return False
        subject = syntax.child(verb, *SUBJECTS)
        if subject is not None and any(syntax.low[c] in ("should", "had", "were") and c < subject
                                       for c in syntax.children[verb]):  # fmt: skip
            return True  # "should they go on"
        for c in syntax.children[verb]:
            if syntax.dep[c] in ("mark", "advmod"):
                if syntax.low[c] in HYPOTHETICAL:
                    return True
                if syntax.low[c] in _SOMETIMES_HYPOTHETICAL and syntax.dep[verb] == "advcl":
                    return (
                        syntax.low[c - 1] == "only"
                        or (syntax.low[c] == "as" and syntax.low[c - 1] in ("long", "soon"))
                        or (syntax.low[c] in ("when", "after") and syntax.tag[verb] in ("VBZ", "VBP"))
                    )
        return False

    def _within_condition(self, step: Step) -> Step | None:
        if not step.needs_operator:
            syntax, at = self.syntax, step.at
            while syntax.dep[at] == "conj" and syntax.verbal(syntax.head[at]):
                at = syntax.head[at]  # "until they leave and hand over the town"
            marks = [syntax.low[c] for c in syntax.children[at] if syntax.dep[c] in ("mark", "advmod")]
            word = next((mark for mark in marks if mark in HYPOTHETICAL), "if")
            self.conditions.append(Mentioned(at, word, self.topic, step.sign))
        return None

    def _asked_about(self, verb: int) -> bool:
        """Whether the sentence of this verb is a question."""
        last = self.syntax.sentence[verb][1]
        return any(self.syntax.low[t] == "?" for t in range(max(verb, last - 3), last))

    def _factual(self, gerund: int) -> bool:
        before = self.syntax.head[gerund]
        blamed = self.syntax.lemma[self.syntax.head[before]] in self.words["blame"]
        return not blamed and self.syntax.low[before] in ("after", "by", "despite", "in", "while")
