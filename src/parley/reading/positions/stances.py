"""From a topic to the party that wants or refuses it: a climb through the parse that turns at each word that turns.

The climb starts at the words that name an issue and follows them upward: operators ("lift", "an end to") keep or turn the
pole, words of wanting and refusing take it up, a negation turns it, a modal verb tells whether it is asked for or meant.
Where the climb meets somebody who holds it, it leaves a stance.
"""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.conditions import lasts, presses
from parley.reading.positions.lexicon import act_at, operator_at
from parley.reading.positions.recalling import Recalling
from parley.reading.positions.steps import Mentioned, Stance, Step
from parley.reading.positions.syntax import RELATIVE_PRONOUNS
from parley.reading.positions.topics import Topic


class Climb(Recalling):
    """Finds the stances on the topics of one reading."""

    def stances(self, topics: list[Topic]) -> list[Stance]:
        """Stances on each topic, in the order of the topics."""
        for topic in topics:
            self.topic = topic
            self._below()
            self._climb()
        for topic in self._recalled():
            self.topic = topic
            self._climb()
        self._judge_what_was_put()
        return self.found

    def demanded(self, mentioned: Mentioned) -> Stance | None:
        """What "unless", "until" and "only if" ask for, of him whose refusal or threat they bound."""
        syntax, at = self.syntax, mentioned.at
        main = syntax.head[at]
        if main == at or not syntax.verbal(main) or mentioned.topic.needs_operator or self._asked_about(main):
            return None
        only = any(syntax.low[c] == "only" for c in (*syntax.children[main], *syntax.children[at]))
        refused = syntax.negated(main) or any(syntax.negated(c) for c in syntax.children[main])
        kept = mentioned.word == "until" and lasts(syntax, main) and any(main in s.path and presses(s) for s in self.found)
        refused = refused and mentioned.word in ("until", "before", "without")
        if not (mentioned.word == "unless" or only or refused or kept):
            return None
        subject = syntax.subject(main)
        parties = self._speaker_above(main) or (self._held(subject, main) if subject is not None else ())
        if not parties:
            return None
        return Stance(parties, mentioned.topic, mentioned.sign, "demands", main, (mentioned.topic.head,), 0.5, "bound")

    def _climb(self) -> None:
        topic = self.topic
        nothing = topic.object is not None and topic.object != topic.head and self.syntax.negated(topic.object)
        step: Step | None = Step(topic.head, "", -topic.sign if nothing else topic.sign, topic.needs_operator)
        for _ in range(16):
            assert step is not None
            step = replace(step, path=(*step.path, step.at))
            after = step if step.skip else self._weigh(step)
            if after is None:
                return
            above = self._above(after)
            if above is None:
                self._said(after)
                return
            step = above

    def _weigh(self, step: Step) -> Step | None:
        """What the word at this step does to the topic; None where the climb has ended."""
        if self.syntax.verbal(step.at):
            return self._weigh_verb(step)
        if self.syntax.pos[step.at] in ("NOUN", "PROPN", "PRON", "NUM", "X"):
            return self._weigh_noun(step)
        return self._weigh_adjective(step)

    def _said(self, step: Step) -> None:
        """At the top of a clause: what must be, or is judged, within a statement is its speaker's position."""
        if step.frame not in ("obliged", "judged", "base", "intended") or step.needs_operator:
            return
        if said := self.holders.speaker(step.at):
            if step.frame == "intended":
                self._foreseen(step, said)
                return
            act = step.act or ("demands" if step.frame != "judged" else "calls-for")
            self._leave(said, step, act, step.at, 0.65, f"said-{step.frame}")

    def _ended(self, noun: int) -> bool:
        """ "A suspension of arms sales, a step that ...": the step is the suspension."""
        of = self.syntax.head[noun]
        operator = operator_at(self.lexicon, self.syntax, self.syntax.head[of]) if self.syntax.low[of] == "of" else None
        return operator is not None and operator.effect == "ends"

    def _relatives(self, verb: int) -> list[int]:
        return [c for c in self.syntax.children[verb] if self.syntax.low[c] in RELATIVE_PRONOUNS]

    def _below(self) -> None:
        """Acts that hang from the topic itself: "a truce demanded by the rebels", "a vote that the army opposes"."""
        syntax, topic = self.syntax, self.topic
        if syntax.verbal(topic.head) or topic.needs_operator:
            return
        above = syntax.head[topic.head]
        outcomes = [c for c in syntax.children[topic.head] if syntax.dep[c] == "appos"]
        compound = [above] if syntax.dep[topic.head] == "compound" and not syntax.verbal(above) else []
        named = [*outcomes, *compound]
        for child in [c for head in (topic.head, *named) for c in syntax.children[head]]:
            if syntax.dep[child] not in ("acl", "relcl") or not syntax.verbal(child):
                continue
            act = act_at(self.lexicon, syntax, child)
            if act is None or syntax.negated(child):
                continue
            if syntax.passive(child) or syntax.tag[child] == "VBN":
                holder = syntax.agent(child)
            else:
                holder = syntax.child(child, "nsubj")
                if holder is None or syntax.low[holder] in ("which", "that", "who"):
                    continue
                if syntax.child(child, "dobj", "xcomp") not in (None, *self._relatives(child)):
                    continue
            if holder is not None and (parties := self.holders.of(holder)):
                sign = topic.sign if act.sign == "wants" else -topic.sign
                if syntax.head[child] in outcomes and self._ended(topic.head):
                    sign = -sign
                step = Step(child, "", sign, False, path=(topic.head, child))
                self._leave(parties, step, act.act, child, 0.7, "below")
