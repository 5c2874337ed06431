"""What refers back to something asked or proposed before: "rejected the demand", "a plan that Paris opposes", "refused"."""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.doing import Doing
from parley.reading.positions.lexicon import answer_at
from parley.reading.positions.steps import Stance, Step
from parley.reading.positions.topics import Topic

_REACH, _REACH_OF_BARE_ANSWER = 150, 50
"""Tokens back to what is meant: "the plan" reaches farther than a mere "refused"."""
_PUT = frozenset(("proposes", "offers", "demands", "calls-for"))


class Recalling(Doing):
    """Topics and stances that are named by what was put before them."""

    def _put(self) -> list[Stance]:
        found = (s for s in self.found if s.act in _PUT and not s.recalled)
        return sorted(found, key=lambda s: (s.anchor, s.topic.head))

    def _acts_named(self, noun: int) -> frozenset[str]:
        """Which acts a noun stands for: an offer is offered or proposed, a demand demanded or called for."""
        lemma = self.syntax.lemma[noun]
        if lemma in self.words["asked"]:
            return frozenset(("demands", "calls-for"))
        return frozenset(("offers", "proposes")) if lemma in self.words["offered"] | self.words["agreements"] else _PUT

    def _has_terms(self, noun: int) -> bool:
        """ "Rejected calls to stop": the noun brings its own words, "rejected the call" looks back."""
        syntax = self.syntax
        if syntax.lemma[noun] not in self.words["asked"]:
            return False
        definite = any(syntax.dep[c] == "poss" or syntax.low[c] in ("the", "this", "that", "these", "those", "both")
                       for c in syntax.children[noun])  # fmt: skip
        return not definite or syntax.child(noun, "acl", "relcl", "ccomp", "prep") is not None

    def _recalled(self) -> list[Topic]:
        """ "The plan", "it": nouns of putting without words of their own stand for what was put last."""
        syntax, recalled = self.syntax, list[Topic]()
        heads, put = sorted(self.topic_heads), self._put()
        nouns = self.words["proposals"] | self.words["asked"]
        for token, lemma in enumerate(syntax.lemma):
            noun = lemma in nouns and syntax.pos[token] == "NOUN" and syntax.dep[token] in ("dobj", "nsubjpass", "pobj")
            if not noun and not (syntax.low[token] == "it" and syntax.dep[token] == "nsubjpass"):
                continue
            first, last = syntax.edges(token)
            if any(first <= h < last for h in heads) or not self._answered(token) or (noun and self._has_terms(token)):
                continue
            acts = self._acts_named(token) if noun else _PUT
            before = [s for s in put if s.act in acts and max(s.anchor, s.topic.head) < token < s.anchor + _REACH]
            recalled += [self._standing_for(s, token) for s in before if s.anchor == before[-1].anchor]
        return recalled

    def _standing_for(self, stance: Stance, token: int) -> Topic:
        return replace(stance.topic, tokens=(token,), head=token, object=None, sign=stance.sign,
                       needs_operator=False, words=f"{self.syntax.lemma[token]} = {stance.topic.words}")  # fmt: skip

    def _answered(self, token: int) -> bool:
        """Whether the noun is what a verb accepts or rejects."""
        syntax = self.syntax
        governor = syntax.head[token]
        if syntax.dep[token] == "pobj":
            governor = syntax.head[governor]
        return answer_at(self.lexicon, syntax, governor) is not None

    def _judge_what_was_put(self) -> None:
        """Leave the stances of who rejects "an idea that ...", and of who is asked and only "refused"."""
        syntax, put = self.syntax, self._put()
        for verb in range(len(syntax.lemma)):
            act = answer_at(self.lexicon, syntax, verb)
            if act is None or syntax.modality(verb) != "asserted":
                continue
            if syntax.negated(verb) or self._hypothetical(verb) or self._asked_about(verb):
                continue
            subject, noun = syntax.child(verb, "nsubj"), syntax.head[verb]
            if subject is None:
                continue
            if syntax.dep[verb] == "relcl" and syntax.dep[noun] in ("appos", "conj", "npadvmod", "dep", "dobj"):
                if syntax.lemma[noun] not in self.words["summing-up"] or syntax.lemma[subject] in ("that", "which"):
                    continue
                last = [s for s in put if s.topic.head < noun and syntax.sentence[s.topic.head] == syntax.sentence[noun]]
            elif syntax.lemma[verb] in self.words["answering-alone"] and self._alone(verb):
                noun, reach = verb, verb - _REACH_OF_BARE_ANSWER
                first = syntax.sentence[verb][0]
                last = [s for s in put if s.act != "offers" and reach < s.topic.head < first]
            else:
                continue
            parties = self.holders.of(subject)
            last = [s for s in last if s.anchor == last[-1].anchor and not set(s.parties) & set(parties)]
            for stance in last if parties else ():
                self.topic = self._standing_for(stance, noun)
                sign = stance.sign if act.sign == "wants" else -stance.sign
                self._leave(parties, Step(verb, "", sign, False, path=(verb,)), act.act, verb, 0.65, "answer")

    def _alone(self, verb: int) -> bool:
        """Whether a verb of answering says nothing of what is answered: "the army refused, saying ..."."""
        syntax = self.syntax
        taken = ("dobj", "xcomp", "ccomp", "prep", "prt", "dative", "acomp", "nsubjpass", "auxpass")
        return syntax.child(verb, *taken) is None and syntax.dep[verb] in ("ROOT", "conj") and not syntax.passive(verb)
