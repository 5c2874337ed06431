"""What nouns, adjectives and copulas on the way make of a topic: "a refusal of", "ready for", "is unacceptable"."""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.edges import Edges
from parley.reading.positions.ground import PRONOUNS
from parley.reading.positions.holders import FIRST_PERSON
from parley.reading.positions.lexicon import act_at, given_up, operator_at
from parley.reading.positions.steps import Step
from parley.reading.positions.syntax import SUBJECTS


class Naming(Edges):
    """Nouns and predicates of wanting and refusing."""

    def _weigh_noun(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        if at in self.topic.tokens:
            return self._negate(step, at)
        act = act_at(self.lexicon, syntax, at)
        operator = operator_at(self.lexicon, syntax, at)
        other = self.topic_heads.get(at)
        if other is not None and other.issue == "talks" and act is None and step.via != "acl":
            return None
        if other is not None and act is None and step.via == "acl":
            return replace(step, certainty=step.certainty)
        if operator is not None and (act is None or operator.effect == "ends" or step.needs_operator):
            sign = -step.sign if operator.effect == "ends" else step.sign
            return self._negate(replace(step, sign=sign, needs_operator=False), at)
        if act is not None:
            if step.needs_operator and act.act not in ("offers", "demands"):
                return None
            dropped = given_up(self.lexicon, syntax, at)
            if dropped and act.act in ("demands", "calls-for"):
                return None  # who no longer demands a thing need not be against it
            sign = step.sign if act.sign == "wants" else -step.sign
            if syntax.negated(at) and act.sign == "wants" and syntax.lemma[at] not in self.words["refused-by-negation"]:
                return None  # "gave no pledge" tells nothing, "has no intention" refuses
            owners = () if dropped else self.holders.owner(at)
            if owners and not syntax.negated(at):
                self._leave(owners, replace(step, sign=sign), act.act, at, 0.75, "noun")
            return self._negate(replace(step, sign=sign, needs_operator=False, act=step.act or act.act), at)
        if step.via == "compound":
            watchers = self.topic.issue == "monitoring" and syntax.lemma[at] in self.words["watchers"]
            return step if watchers else None
        if syntax.lemma[at] == "time" and step.via in ("acl", "advcl", "prep") and syntax.lemma[syntax.head[at]] == "be":
            return replace(step, frame="obliged", at=syntax.head[at], via="attr")
        passing = self.words["light-nouns"] | self.words["trying"]
        if step.via in ("acl", "advcl") and syntax.lemma[at] not in passing and not self._laid_down(step.path[-2]):
            return None
        if step.needs_operator and step.via == "prep" and syntax.lemma[at] not in self.words["light-nouns"]:
            return None  # "an inquiry into the attack" is about the inquiry
        lowered = step.certainty if syntax.lemma[at] in self.words["light-nouns"] else step.certainty * 0.7
        return self._negate(replace(step, certainty=lowered), at)

    def _weigh_adjective(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        if at in self.topic.tokens:
            return self._negate(step, at)
        act = act_at(self.lexicon, syntax, at)
        if act is None or (step.needs_operator and act.act != "offers"):
            return None
        if syntax.lemma[at] in self.words["scheduled"] and self.topic.words in self.words["appointments"]:
            return None  # "is due to meet" reports an appointment
        sign = step.sign if act.sign == "wants" else -step.sign
        if syntax.negated(at):
            if syntax.lemma[at] not in self.words["refused-by-negation"] and act.sign == "wants":
                return None
            sign = -sign
        step = replace(step, sign=sign, act=act.act, needs_operator=False)
        if syntax.dep[at] in ("acomp", "attr", "oprd", "ccomp", "xcomp") and syntax.verbal(syntax.head[at]):
            return replace(step, frame="judged")
        subject = syntax.child(at, *SUBJECTS)
        if subject is None and syntax.dep[at] in ("amod", "acl", "relcl", "appos"):
            subject = syntax.head[at]
        if subject is None and syntax.dep[at] in ("advcl", "conj"):
            subject = syntax.subject(at)
        if subject is not None and (parties := self.holders.of(subject)):
            self._leave(parties, step, act.act, at, 0.7, "adjective")
        return None

    def _weigh_copula(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        modality, negated = syntax.modality(at), syntax.negated(at)
        if negated:
            step = replace(step, sign=-step.sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        if step.frame == "judged" and step.via in ("acomp", "attr", "oprd"):
            return self._judged(step, modality, negated=negated)
        if step.via in ("acomp", "oprd") and step.path[-2] in self.topic.tokens and modality in (
                "infinitive", "obliged", "intended"):  # fmt: skip
            return replace(step, frame=modality)  # "wants the border to stay open"
        predicate = syntax.child(at, "acomp", "attr", "oprd")
        if predicate is None and step.via in SUBJECTS:  # "is out of the question", "is against a vote"
            predicate = next((c for c in syntax.children[at] if syntax.dep[c] in ("prep", "advmod", "prt")
                              and (syntax.low[c], "adjective") in self.lexicon.acts), None)  # fmt: skip
        if step.via in ("attr", "acomp") and syntax.child(at, "expl") is not None:
            turned = step.sign != self.topic.sign
            return replace(step, frame="judged", act="rejects") if turned else None
        if predicate is not None and syntax.lemma[predicate] in self.words["depending"] and step.via in SUBJECTS and (
                self._depending(step, predicate)):  # fmt: skip
            return None
        if predicate is not None and syntax.lemma[predicate] == "time" and step.via in ("xcomp", "ccomp", "advcl"):
            return replace(step, frame="obliged")
        if predicate is not None and step.via in SUBJECTS and not step.needs_operator and self._the_only(predicate):
            return replace(step, frame="judged", act="rejects" if negated else "calls-for")
        if predicate is not None and predicate != step.at and step.via in (*SUBJECTS, "xcomp", "ccomp", "advcl"):
            act = act_at(self.lexicon, syntax, predicate)
            if act is not None and not step.needs_operator:
                sign = step.sign if act.sign == "wants" else -step.sign
                if syntax.pos[predicate] == "NOUN":
                    owners = self.holders.owner(predicate)
                    if not owners and syntax.lemma[predicate] in self.words["preconditions"] and not negated:
                        owners = self._speaker_above(at)
                    if owners:
                        self._leave(owners, replace(step, sign=sign), act.act, predicate, 0.75, "predicate-noun")
                    return None
                if syntax.negated(predicate):
                    sign = -sign
                certainty = step.certainty * (0.7 if modality == "possible" else 1.0)
                return replace(step, sign=sign, frame="judged", act=act.act, certainty=certainty)
        if step.via in ("xcomp", "ccomp", "attr"):
            subject = syntax.child(at, "nsubj")
            act = act_at(self.lexicon, syntax, subject) if subject is not None else None
            if act is None and at > 0 and syntax.pos[at - 1] == "NOUN":  # where the parse missed the subject
                subject, act = at - 1, act_at(self.lexicon, syntax, at - 1)
            if subject is not None and act is not None and not step.needs_operator:
                sign = step.sign if act.sign == "wants" else -step.sign
                owners = self.holders.owner(subject)
                if owners:
                    self._leave(owners, replace(step, sign=sign), act.act, subject, 0.75, "subject-noun")
                    return None
                return replace(step, sign=sign, frame="judged", act=act.act)
        if modality == "obliged":
            return replace(step, frame="obliged")
        if modality == "infinitive" and step.via in (*SUBJECTS, "attr"):
            return replace(step, frame="infinitive")
        if step.via in SUBJECTS and modality == "intended":
            return replace(step, frame="intended")
        named = syntax.low[syntax.subject(at) or at] not in ("it", "this", "that")
        if step.via in ("xcomp", "advcl") and step.frame == "infinitive" and modality == "asserted" and named and (
                not step.needs_operator):  # fmt: skip
            return self._intended(step, negated=negated)  # "is to leave", "are here to stay"; "it is to help" is an aim
        return None

    def _intended(self, step: Step, *, negated: bool) -> Step | None:
        """What is meant to be done: left to the verbs."""
        raise NotImplementedError

    def _the_only(self, predicate: int) -> bool:
        """ "Autonomy is the only basis for a settlement": what is called the only way is wanted."""
        syntax = self.syntax
        sole = any(syntax.low[c] in ("only", "sole", "best") for c in syntax.children[predicate])
        return sole and syntax.lemma[predicate] in self.words["ways"]

    def _judged(self, step: Step, modality: str, *, negated: bool) -> Step | None:
        """An adjective of wanting or judging: the subject's own ("is ready to") or the speaker's ("is unacceptable")."""
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        parties = self._held(subject, at) if subject not in self.topic.tokens else ()
        act = "rejects" if negated and step.act != "rejects" else step.act
        if modality in ("infinitive", "obliged"):
            return replace(step, frame="obliged" if modality == "obliged" else "infinitive", act=act)
        if modality == "possible" and not negated:
            step = replace(step, certainty=step.certainty * 0.7)
        if self._asked_about(at):
            return None
        if parties and subject is not None and (self.holders.reading.mentions.at(subject) is not None
                                                or syntax.low[subject] in PRONOUNS):  # fmt: skip
            self._leave(parties, step, act or "offers", at, 0.85, "adjective")
            return None
        if subject is not None and syntax.low[subject] in FIRST_PERSON and (said := self._speaker_above(at)):
            self._leave(said, step, act or "offers", at, 0.85, "adjective")
            return None
        return replace(step, frame="judged", act=act)
