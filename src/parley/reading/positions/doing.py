"""What verbs on the way make of a topic: wanting, refusing and telling it, meaning to do it, having done it."""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.holders import FIRST_PERSON
from parley.reading.positions.lexicon import act_at, operator_at
from parley.reading.positions.naming import Naming
from parley.reading.positions.steps import Step
from parley.reading.positions.syntax import OBJECT_CONTROL


class Doing(Naming):
    """Verbs of wanting, refusing, telling and doing."""

    def _weigh_verb(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        if at not in self.topic.tokens:
            if syntax.lemma[at] in self.words["copulas"] and syntax.child(at, "dobj") is None:
                return self._weigh_copula(step)
            if self._committed(step) or self._depending(step, at):
                return None
            if step.via in ("dobj", "ccomp") and self._made_condition(step):
                return None
            act = act_at(self.lexicon, syntax, at)
            if syntax.lemma[at] in self.words["telling"] and self._only_told(step, act is not None):
                if step.via in ("ccomp", "xcomp", "advcl", "parataxis"):
                    return self._told(step)
                if step.via not in ("dobj", "nsubjpass"):
                    return None
            if act is not None and not (syntax.lemma[at] in ("need", "have") and step.via == "xcomp") and not (
                    syntax.lemma[at] in self.words["never-with-object"] and step.via in ("dobj", "nsubjpass")):  # fmt: skip
                return self._weigh_act(step, act.sign == "wants", act.act, adjective=act.pos == "adjective")
            if syntax.lemma[at] in self.words["blame"]:
                return None
            if syntax.lemma[at] in self.words["contains"] and (contained := self._contained(step)) is not None:
                return contained
        return self._weigh_step(step)

    def _contained(self, step: Step) -> Step | None:
        """ "The plan includes a truce": its contents are proposed by whose plan it is."""
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        if subject is None or syntax.lemma[subject] not in self.words["proposals"] | self.words["asked"]:
            return None
        if step.needs_operator or syntax.negated(at) or syntax.modality(at) == "obliged":
            return None
        if syntax.dep[at] == "relcl" and syntax.head[at] == subject:
            return replace(step, frame="intended")
        if parties := self.holders.of(subject) or self._proposers(subject):
            self._leave(parties, step, "proposes", at, 0.65, "contents")
        return replace(step, certainty=0.0)

    def _in_a_proposal(self, verb: int) -> bool:
        """ "Endorsed a platform which calls for a vote": its contents are wanted by those who want it."""
        syntax = self.syntax
        noun = syntax.head[verb]
        if syntax.dep[verb] != "relcl" or syntax.lemma[noun] not in self.words["proposals"]:
            return False
        if syntax.dep[noun] not in ("dobj", "pobj", "nsubjpass") or syntax.subject(verb) != noun:
            return False
        return act_at(self.lexicon, syntax, syntax.head[noun]) is not None

    def _committed(self, step: Step) -> bool:
        """ "The deal commits the rebels to disarm": a term that they have agreed to."""
        syntax, at = self.syntax, step.at
        if syntax.lemma[at] not in self.words["committing"] or step.via not in ("xcomp", "ccomp", "prep"):
            return False
        subject, bound = syntax.child(at, "nsubj"), syntax.child(at, "dobj")
        if subject is None or bound is None or syntax.lemma[subject] not in self.words["agreements"]:
            return False
        if syntax.modality(at) == "asserted" and not syntax.negated(at) and (parties := self.holders.of(bound)):
            self._leave(parties, step, "accepts", at, 0.65, "under-agreement")
        return True

    def _only_told(self, step: Step, is_act: bool) -> bool:
        """Whether a verb of saying takes the clause below as what is said, not as what is wanted."""
        if not is_act:
            return True
        lemma = self.syntax.lemma[step.at]
        if step.via in ("ccomp", "advcl", "parataxis"):
            if lemma == "insist" and self.syntax.tag[step.path[-2]] in ("VB", "VBP"):
                return False
            wanted = lemma in self.words["asking"] or (lemma in self.words["intending"] and step.frame == "intended")
            return not wanted
        return False

    def _told(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        subject = syntax.agent(at) if syntax.passive(at) else syntax.subject(at)
        if step.via == "xcomp" and step.act and (passive := syntax.child(at, "nsubjpass")) is not None:
            self._leave(self.holders.of(passive), step, step.act, at, 0.7, "told-of")  # "is said to favour a truce"
            return None
        holders = self.holders.of(subject) if subject is not None else ()
        if not holders and (statement := self.holders.cued_by(at)):
            holders = self.holders.told_by(statement)
        if not holders or syntax.modality(at) not in ("asserted", "participle"):
            return None
        if step.frame == "obliged" or (step.frame == "infinitive" and syntax.lemma[at] in ("tell", "warn")):
            self._leave(holders, step, "demands" if step.sign > 0 or step.act != "accepts" else step.act, at, 0.75, "told")
        elif step.frame in ("judged", "base"):
            self._leave(holders, step, step.act or "demands", step.path[-2] if len(step.path) > 1 else at, 0.65, "judged")
        elif step.frame == "intended":
            self._foreseen(step, holders)
        return None

    def _weigh_act(self, step: Step, wants: bool, act: str, *, adjective: bool) -> Step | None:
        syntax, at = self.syntax, step.at
        lemma = syntax.lemma[at]
        if step.via in ("nsubj", "csubj", "agent", "npadvmod"):
            return None
        if self._in_a_proposal(at) and wants and not step.needs_operator:
            return replace(step, frame="intended", act="")
        if lemma == "call" and step.via in ("ccomp", "xcomp") and not self._asked_somebody(at, step.path[-2]):
            return None  # "called the vote a success" names, "called on them to vote" asks
        if lemma == "insist" and step.via == "ccomp" and syntax.tag[step.path[-2]] in ("VB", "VBP"):
            step = replace(step, frame="base")
        told = step.via == "ccomp" and lemma not in self.words["asking"]
        if told and step.frame not in ("obliged", "intended", "base", "infinitive", "judged"):
            return None
        if step.via == "dobj" and lemma in OBJECT_CONTROL and syntax.child(at, "xcomp", "ccomp") is not None:
            return None  # "asked the mission to leave": who is asked, not what is wanted
        if step.needs_operator:
            if lemma not in ("vow", "threaten", "pledge", "promise", "plan", "order", "reject", "oppose", "rule"):
                return None
            step = replace(step, needs_operator=False, certainty=step.certainty * 0.8)
        if lemma in self.words["dismissing"]:
            step = replace(step, certainty=step.certainty * 0.7)
        if lemma == "call" and step.via == "prep" and syntax.low[syntax.head[step.path[-2]]] in ("on", "upon"):
            return None  # who is called on, not what is called for
        if lemma == "deny" and step.via in ("xcomp", "ccomp", "pcomp"):
            return None  # a deed is denied, nothing refused
        sign = step.sign if wants else -step.sign
        negated = syntax.negated(at)
        if negated:
            if (
                wants
                and lemma not in self.words["refused-by-negation"]
                and syntax.low[at] not in self.words["refused-by-negation"]
            ):
                return None
            if not wants:
                step = replace(step, certainty=step.certainty * 0.6)
            sign, act = -sign, "rejects" if wants else "accepts"
        step = replace(step, sign=sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        return self._placed(step, act, adjective=adjective, negated=negated)

    def _placed(self, step: Step, act: str, *, adjective: bool, negated: bool) -> Step | None:
        """Leave the stance where the verb of wanting is asserted, else carry it up to what governs it."""
        syntax, at = self.syntax, step.at
        modality = syntax.modality(at)
        if self._asked_about(at):
            return None
        governor = syntax.head[at]
        if syntax.dep[at] in ("ccomp", "acl") and modality == "asserted" and (
                (syntax.lemma[governor] in self.words["asking"] and syntax.verbal(governor)) or (
                    syntax.dep[at] == "acl" and syntax.child(at, "nsubj") is not None
                    and act_at(self.lexicon, syntax, governor) is not None)):  # fmt: skip
            return replace(step, frame="base", act=act)  # "demands that all parties allow": no act of theirs yet
        if modality == "obliged":
            return replace(step, frame="obliged", act=act)
        if modality in ("infinitive", "base") and syntax.dep[at] != "ROOT":
            return replace(step, frame="infinitive" if not step.frame else step.frame, act=act)
        if modality == "base":
            return replace(step, frame="base", act=act)
        if modality == "possible" and not negated:
            step = replace(step, certainty=step.certainty * 0.5)
        if modality == "participle" and syntax.dep[at] == "acl" and syntax.tag[at] == "VBG" and (
                act_at(self.lexicon, syntax, syntax.head[at]) is not None):  # fmt: skip
            return replace(step, act=act)  # "a resolution calling for": the noun tells whose
        if modality == "participle" and syntax.dep[at] in ("xcomp", "amod"):
            return replace(step, act=act) if syntax.dep[at] == "xcomp" else None
        if modality == "participle" and syntax.dep[at] == "pcomp" and not self._factual(at):
            return None
        if adjective and syntax.child(at, "nsubjpass") in (*self.topic.tokens, *step.path):
            return replace(step, frame="judged", act=act)  # "observers are not needed"
        passive = syntax.passive(at) and not adjective
        holder = syntax.agent(at) if passive else syntax.subject(at)
        parties = self._held(holder, at)
        if not parties and not passive and (statement := self.holders.cued_by(at)) and (
                holder is None or self.holders.reading.mentions.at(holder) is None):  # fmt: skip
            parties = self.holders.told_by(statement)
        if (holder is not None and ((syntax.lemma[syntax.head[at]] == "join" and syntax.dep[at] == "pcomp") or (
                syntax.dep[at] == "prep"))) or syntax.lemma[syntax.head[syntax.head[at]]] == "join":  # fmt: skip
            joined = syntax.child(syntax.head[syntax.head[at]], "dobj")
            parties = tuple(dict.fromkeys(parties + (self.holders.of(joined) if joined is not None else ())))
        if parties:
            base = 0.9 if modality == "asserted" else 0.75
            self._leave(parties, step, act, at, base, "act")
        return None

    def _asked_somebody(self, verb: int, clause: int) -> bool:
        """ "Called on them to leave", "called for them to leave"."""
        below = (*self.syntax.children[verb], *self.syntax.children[clause])
        return any(self.syntax.low[c] in ("on", "upon", "for") and c > verb for c in below)

    def _weigh_step(self, step: Step) -> Step | None:
        syntax, at = self.syntax, step.at
        inside = at in self.topic.tokens
        operator = None if inside else operator_at(self.lexicon, syntax, at)
        modality = syntax.modality(at)
        if not inside:
            let_work = self.topic.issue == "monitoring" and modality in ("base", "infinitive")  # "let monitors run the port"
            if step.via == "nsubj" and not let_work and (
                    syntax.child(at, "dobj") is not None or (operator is None and modality != "obliged")):  # fmt: skip
                return None
            if operator is None:
                if step.via in ("prep", "advcl", "npadvmod", "agent"):
                    return None
                step = replace(step, certainty=step.certainty * 0.75)
            elif operator.effect == "ends":
                step = replace(step, sign=-step.sign)
            elif syntax.lemma[at] in self.words["opening-up"] and self.topic.sign < 0 and not self.topic.needs_operator:
                step = replace(step, sign=-step.sign)  # who will not discuss sovereignty keeps it
            step = replace(step, needs_operator=step.needs_operator and operator is None)
        negated = syntax.negated(at)
        if negated:
            step = replace(step, sign=-step.sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        if not inside and not negated and modality == "asserted" and self._handed(step):
            return None
        ends = operator is not None and operator.effect == "ends"
        light = step.via in ("dobj", "conj") and (ends or syntax.lemma[at] in self.words["light-verbs"])
        if step.act and light and not inside and not negated and modality in ("asserted", "participle"):
            if ends:
                step = replace(step, act="rejects" if step.sign * self.topic.sign < 0 else "accepts")
            self._performed(replace(step, certainty=step.certainty * 1.25), step.act)
            return None
        begun = step.via == "xcomp" and syntax.lemma[at] in self.words["beginning"] and step.frame == "infinitive"
        if begun and modality == "asserted" and not negated and step.path[-2] in self.topic.tokens:
            self._performed(step, "offers" if step.sign * self.topic.sign > 0 else "rejects")
            return None
        if syntax.lemma[at] == "go" and step.via == "xcomp":
            return replace(step, sign=-step.sign) if negated else step
        performed = self.topic.performed if inside else operator.performed if operator else ""
        return self._own(step, modality, negated=negated, performed=performed)

    def _handed(self, step: Step) -> bool:
        """ "Handed the rebels a draft under which ...": who hands over a paper proposes what it holds."""
        syntax, at = self.syntax, step.at
        paper = step.path[-2]
        known = syntax.lemma[paper] in self.words["proposals"] and syntax.pos[paper] == "NOUN"
        if not known or syntax.lemma[at] not in self.words["handing"] or step.via not in ("dobj", "prep"):
            return False
        holder = syntax.agent(at) if syntax.passive(at) else syntax.subject(at)
        if holder is not None and (parties := self._held(holder, at)):
            act = step.act if step.act in ("demands", "calls-for") else "proposes"
            self._leave(parties, replace(step, needs_operator=False), act, at, 0.8, "act")
        return True

    def _own(self, step: Step, modality: str, *, negated: bool, performed: str) -> Step | None:
        """What a verb that is no verb of wanting tells by its mood: a demand, an intention, a step taken."""
        syntax, at = self.syntax, step.at
        if self._laid_down(at):
            return replace(step, frame="intended", needs_operator=False)
        if modality == "obliged":
            return replace(step, frame="obliged")
        if modality == "infinitive":
            return replace(step, frame=step.frame or "infinitive")
        if modality == "base":
            imperative = syntax.dep[at] in ("ROOT", "ccomp", "conj") and syntax.child(at, "nsubj") is None
            return replace(step, frame="base" if imperative else step.frame or "infinitive")
        if modality == "participle":
            return step
        if step.needs_operator and not (modality == "intended" and at in self.topic.tokens):
            return replace(step, frame=modality if modality == "intended" else step.frame)
        step = replace(step, needs_operator=False)
        governor = syntax.head[syntax.head[at]] if self._second_clause(at) else syntax.head[at]
        act = act_at(self.lexicon, syntax, governor)
        governed = act is not None and (
            (
                (syntax.dep[at] == "ccomp" or self._second_clause(at))
                and syntax.lemma[governor] in self.words["intending"] | self.words["asking"]
            )
            or (syntax.dep[at] in ("ccomp", "acl") and act.pos == "noun")
        )
        if modality == "intended" and not governed:
            return self._intended(step, negated=negated)
        if modality == "intended":
            return replace(step, frame="intended")
        if modality == "possible":
            if not negated:
                return replace(step, frame="possible", certainty=step.certainty * 0.6)
            return self._intended(step, negated=True)
        if governed:
            return replace(step, frame="intended")
        if performed and step.via == "nsubj" and not syntax.passive(at):
            return None  # "the talks ended": nobody's act
        if performed and not negated:
            refused = performed == "offers" and step.sign < 0 < self.topic.sign  # "halted food aid", not "halted attacks"
            self._performed(step, "rejects" if refused and at not in self.topic.tokens else performed)
            return None
        if negated and performed and syntax.tag[at] in ("VB", "VBZ", "VBP"):
            self._performed(step, "rejects" if performed != "rejects" else "accepts")
            return None
        if syntax.dep[at] == "acl" and act_at(self.lexicon, syntax, governor) is not None:
            return step
        return step if syntax.dep[at] in ("xcomp", "ccomp") and step.via != "nsubj" else None

    def _intended(self, step: Step, *, negated: bool) -> Step | None:
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        passive = syntax.passive(at)
        parties = self._held(subject, at) if not passive and step.via != "nsubj" else ()
        if not parties:
            return replace(step, frame="judged" if negated else "intended", act="rejects" if negated else step.act)
        if self.topic.head == at and self.topic.words in self.words["appointments"] and not negated:
            return None  # "will meet" reports an appointment
        if self._doubtful_report(at):
            return None
        if self._under_agreement(at) and not negated:
            self._leave(parties, step, "accepts", at, 0.6, "under-agreement")
            return None
        if proposers := self._under_plan(at):
            self._leave(proposers, step, "proposes", at, 0.6, "under-plan")
            return None
        said = self._speaker_above(at)
        own = subject is not None and (syntax.low[subject] in FIRST_PERSON or bool(set(said) & set(parties)))
        if said and not own:
            return None
        confidence = 0.8 if own else 0.55 if negated else 0.4
        act = step.act or ("rejects" if negated else "offers")
        self._leave(parties, step, act, at, confidence, "own-step")
        return None
