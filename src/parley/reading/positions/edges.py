"""The edges that a climb follows: from a word to the one that governs it, and where it stops."""

from __future__ import annotations

from dataclasses import replace

from parley.reading.positions.lexicon import act_at, operator_at
from parley.reading.positions.steps import Mentioned, Step
from parley.reading.positions.syntax import OBJECT_CONTROL, SUBJECTS
from parley.reading.positions.waiting import Waiting

_PLACES = frozenset(("away", "back", "out", "off"))
_SHORT = frozenset(("less", "more", "short", "other"))
"""After "nothing" they make what follows the only thing wanted."""


class Edges(Waiting):
    """The way from a word to its governor."""

    def _above(self, step: Step) -> Step | None:
        """The step to the word that governs this one, or None where nothing that matters does."""
        syntax, at = self.syntax, step.at
        above, relation = syntax.head[at], syntax.dep[at]
        if above == at:
            return None
        if relation in ("pobj", "pcomp"):
            return self._through_preposition(step, above)
        if relation == "prep" or relation in ("poss", "dative", "agent", "npadvmod", "intj", "dep", "meta", "punct"):
            return None
        if relation in ("relcl", "acl") and not syntax.verbal(above) and step.frame == "infinitive":
            asked = self._asked(above)
            if asked is not None:
                return replace(step, at=asked, via="xcomp", skip=False)
        if relation == "relcl" and syntax.lemma[at] in ("lead", "result", "cause", "bring"):
            return None  # "a vote, which would lead to war": what comes of it is not wanted with it
        if relation == "relcl" and self._laid_down(at):
            return replace(step, at=above, via="acl", frame="")
        if relation == "relcl":
            known = above in self.topic_heads or act_at(self.lexicon, syntax, above) is not None
            planned = step.frame in ("intended", "possible", "obliged", "infinitive") and known and not syntax.verbal(above)
            likely = 0.9 if step.frame == "infinitive" else 1.5 if step.frame == "possible" else 0.8
            return replace(step, at=above, via="acl", frame="", certainty=step.certainty * likely) if planned else None
        if relation in ("conj", "appos"):
            return self._joined(step, above)
        if relation in ("acl", "advcl"):
            return self._modifying(step, above, relation)
        if relation == "amod":
            relation = "compound"
        if relation == "compound" and (topic := self.topic_heads.get(above)) is not None and topic is not self.topic and (
                topic.issue in ("talks", "monitoring")):  # fmt: skip
            return None
        return replace(step, at=above, via=relation, skip=above in self.topic.tokens)

    def _second_clause(self, verb: int) -> bool:
        """ "Demanded that A stay and that B leave": the second clause hangs from what the first hangs from."""
        syntax, first = self.syntax, self.syntax.head[verb]
        return syntax.dep[verb] == "conj" and syntax.dep[first] == "ccomp" and any(
            syntax.dep[c] == "mark" and syntax.low[c] == "that" for c in syntax.children[verb])  # fmt: skip

    def _laid_down(self, verb: int) -> bool:
        """ "A plan under which the rebels would disarm": the clause tells what the plan lays down."""
        syntax = self.syntax
        if syntax.dep[verb] != "relcl" or syntax.lemma[syntax.head[verb]] not in self.words["proposals"]:
            return False
        relatives = (syntax.child(c, "pobj") for c in syntax.children[verb] if syntax.low[c] in ("under", "by", "in"))
        return any(r is not None and syntax.low[r] == "which" for r in relatives)

    def _asked(self, addressee: int) -> int | None:
        """The verb of asking whose addressee this is, where the parse hung the request from the addressee."""
        syntax = self.syntax
        governor = syntax.head[addressee]
        if syntax.dep[addressee] == "pobj" and syntax.low[governor] in ("on", "to", "for", "with"):
            governor = syntax.head[governor]
        elif syntax.dep[addressee] not in ("dobj", "dative"):
            return None
        known = syntax.lemma[governor] in self.words["asking"] | {"tell", "press", "order", "be"}
        return governor if known and syntax.verbal(governor) else None

    def _through_preposition(self, step: Step, preposition: int) -> Step | None:
        syntax = self.syntax
        word, above = syntax.low[preposition], syntax.head[preposition]
        if syntax.dep[preposition] == "conj" and syntax.pos[above] == "ADP":
            above = syntax.head[above]  # "for a truce and for talks"
        if syntax.dep[preposition] == "prep" and above != preposition and syntax.dep[above] == "prep":
            word = "from" if syntax.low[above] == "out" else syntax.low[above]  # "out of", "ahead of"
            above = syntax.head[above]
        if syntax.dep[preposition] == "agent" and self._watched(above):
            return replace(step, at=above, via="dobj", skip=False)
        if above == preposition or syntax.dep[preposition] == "agent":
            return None
        if syntax.dep[above] in ("advmod", "prt") and syntax.low[above] in _PLACES and syntax.verbal(syntax.head[above]):
            above = syntax.head[above]  # "walked away from the talks"
        thing = syntax.child(above, "dobj") if word == "for" and syntax.verbal(above) else None
        papers = self.words["proposals"] | self.words["asked"]
        if thing is not None and thing == preposition - 1 and syntax.lemma[thing] in papers:
            above = thing  # "put a proposal for a truce to them"
        if word == "against" and (predicate := self._predicate(above)) is not None and not step.needs_operator:
            return replace(step, at=predicate, via="acomp", frame="judged", act="rejects", sign=-step.sign)
        if word in ("than", "of") and syntax.low[above] in _SHORT and syntax.low[above - 1] == "nothing":
            return replace(step, at=syntax.head[above] if syntax.low[syntax.head[above]] == "nothing" else above, via="prep",
                           skip=True)  # fmt: skip
        if word in ("for", "of", "to") and syntax.lemma[above] in self.words["preconditions"] and not step.needs_operator:
            if syntax.low[syntax.head[above]] == "as":
                self.conditions.append(Mentioned(syntax.head[above], "before", self.topic, step.sign))
                return None
            if self._waits_for_subject(step, above):
                return None
        if word in ("until", "before", "without", "pending", "barring") and not step.needs_operator:
            self.conditions.append(Mentioned(preposition, word, self.topic, step.sign))
            return self._put_after(step, above) if word == "before" else None
        act, operator = act_at(self.lexicon, syntax, above), operator_at(self.lexicon, syntax, above)
        known = act is not None or operator is not None or syntax.lemma[above] in self.words["copulas"]
        if word in ("of", "into", "toward", "towards", "upon", "behind"):
            passes = True
        elif word == "against":
            passes = act is not None
            if act is not None and act.sign == "wants":
                step = replace(step, sign=-step.sign)
        elif word == "in":
            passes = (
                syntax.lemma[above] in self.words["with-in"]
                or syntax.lemma[above] in ("point", "sense")
                or (operator is not None and operator.words == "take part")
            )
            if syntax.lemma[syntax.head[preposition]] in ("favour", "favor"):
                passes = True
        elif word == "from":
            passes = (operator is not None and operator.effect == "ends") or (act is not None and act.sign == "refuses")
            if syntax.lemma[above] in self.words["withheld"] and syntax.child(above, "dobj") is not None:
                passes = False  # "withhold recognition from the regime"
        elif word == "with" and syntax.lemma[above] in self.words["handing"] and syntax.child(above, "dobj") is not None:
            passes = True  # "presented the rebels with a plan"
        elif word == "under":
            passes = self.topic.issue == "monitoring" and operator is not None  # "put it under U.N. supervision"
        elif word == "at":
            passes = syntax.lemma[above] in ("aim", "sit", "strive")
        elif word == "off" and syntax.lemma[above] in ("get", "take", "strike", "come"):
            turned = operator is None or operator.effect != "ends"  # else "take off" turns it itself
            passes, step = True, replace(step, sign=-step.sign if turned else step.sign, needs_operator=False)
        elif word == "as":
            passes = act is not None and act.act in ("demands", "calls-for") and syntax.verbal(above)
        elif word == "about":
            passes = act is not None and not syntax.verbal(above)
        elif word == "for" and syntax.lemma[above] in ("leave", "depart", "quit") and syntax.verbal(above):
            passes = False  # "left for talks in Oslo"
        elif word in ("to", "for"):
            passes = known or (word == "for" and syntax.lemma[above] in self.words["proposals"])
        elif word == "on" and syntax.lemma[above] in self.words["depending"]:
            passes = True
        elif word in ("on", "with"):
            passes = self.topic_heads.get(above) is None and (
                act is not None or syntax.lemma[above] in self.words["with-on"]
            )
        else:
            passes = False
        return replace(step, at=above, via="prep", skip=False) if passes else None

    def _watched(self, verb: int) -> bool:
        """ "Should be supervised by U.N. troops": who watches is asked for with it."""
        return self.topic.issue == "monitoring" and self.syntax.lemma[verb] in self.words["watching"]

    def _predicate(self, at: int) -> int | None:
        """The copula of "was against", "is dead against"."""
        syntax = self.syntax
        verb = syntax.head[at] if syntax.dep[at] in ("acomp", "advmod") else at
        return verb if syntax.verbal(verb) and syntax.lemma[verb] in self.words["copulas"] else None

    def _put_after(self, step: Step, above: int) -> Step | None:
        """ "Before any truce, the army wants a list": the truce comes on a condition."""
        syntax = self.syntax
        act = act_at(self.lexicon, syntax, above) if syntax.verbal(above) else None
        wanted = syntax.child(above, "xcomp", "ccomp", "dobj")
        subject = syntax.subject(above)
        if act is None or act.act not in ("demands", "calls-for") or wanted is None or subject is None:
            return None
        if syntax.modality(above) == "asserted" and not syntax.negated(above) and (parties := self.holders.of(subject)):
            self._leave(parties, step, "accepts", above, 0.7, "put-after", syntax.edges(wanted))
        return None

    def _joined(self, step: Step, above: int) -> Step | None:
        """To the word that this one is joined to: what governs that one governs this one too."""
        syntax, at = self.syntax, step.at
        if self._second_clause(at):
            return replace(step, at=syntax.head[above], via="ccomp")  # "demanded that A stay and that B go"
        if syntax.verbal(at) and syntax.verbal(above):
            shared = syntax.tag[at] == syntax.tag[above] == "VBN" and not syntax.auxiliaries(above)
            if (syntax.child(at, *SUBJECTS) is not None and not shared) or syntax.tag[at] not in ("VB", "VBG", "VBN"):
                return None
            frame = syntax.modality(above)
            return replace(step, at=above, via="conj", skip=True, frame=frame if frame != "asserted" else step.frame)
        if syntax.verbal(at) != syntax.verbal(above):
            return None
        if (ended := self._ended_beside(step, above)) is not None:
            return replace(step, at=ended, via="conj", skip=True)
        return replace(step, at=above, via="conj", skip=True)

    def _ended_beside(self, step: Step, joined: int) -> int | None:
        """ "An end to the siege and elections": what is good to have is wanted beside the end, whatever the parse says."""
        syntax, preposition = self.syntax, self.syntax.head[joined]
        if syntax.dep[joined] != "pobj" or step.sign < 0 or step.needs_operator:
            return None
        noun, beside = syntax.head[preposition], self.topic_heads.get(joined)
        operator = operator_at(self.lexicon, syntax, noun) if not syntax.verbal(noun) else None
        if operator is None or operator.effect != "ends" or (beside is not None and beside.sign > 0):
            return None
        return noun

    def _modifying(self, step: Step, above: int, relation: str) -> Step | None:
        syntax, at = self.syntax, step.at
        outcome = relation == "advcl" and syntax.tag[at] == "VBG" and not step.act
        infinitive = (step.frame == "infinitive" and not outcome) or syntax.modality(at) == "infinitive"
        if not syntax.verbal(above) and (step.frame in ("obliged", "intended", "base") or (
                syntax.tag[at] in ("VB", "VBP", "VBZ", "VBD") or (syntax.tag[at] == "VBG" and step.act))):  # fmt: skip
            return replace(step, at=above, via="acl") if act_at(self.lexicon, syntax, above) is not None else None
        if infinitive and syntax.verbal(above) and (noun := self._noun_before(at)) is not None:
            return replace(step, at=noun, via="acl", skip=False)
        if not infinitive:
            told = relation == "advcl" and syntax.lemma[above] in self.words["telling"]
            return replace(step, at=above, via="advcl") if told and step.frame in ("obliged", "judged") else None
        if not syntax.verbal(above):
            return replace(step, at=above, via="acl", skip=False)
        if syntax.lemma[above] in self.words["committing"] and above < at:
            return replace(step, at=above, via="xcomp", skip=False)
        act = act_at(self.lexicon, syntax, above)
        wanted = act is not None and (act.act in ("demands", "calls-for", "proposes", "offers") or act.sign == "refuses"
                                      or syntax.lemma[above] in ("agree", "vote"))  # fmt: skip
        presses = syntax.lemma[above] in OBJECT_CONTROL and act is not None and act.act in ("demands", "calls-for")
        if (wanted and syntax.child(above, "dobj") is None) or presses or (
                syntax.lemma[above] in self.words["asking"] | {"tell"}):  # fmt: skip
            return replace(step, at=above, via="xcomp", skip=False)
        if syntax.lemma[above] in self.words["copulas"]:
            return replace(step, at=above, via="xcomp", skip=False)
        return None

    def _noun_before(self, infinitive: int) -> int | None:
        """The noun right before "to": "an initiative to free" is one, also where the parse hung the verb elsewhere."""
        syntax = self.syntax
        thing = syntax.child(syntax.head[infinitive], "dobj")
        if thing is not None and thing < infinitive and any(
                syntax.low[c] == "for" and syntax.dep[c] == "mark" for c in syntax.children[infinitive]) and (
                act_at(self.lexicon, syntax, thing) is not None):  # fmt: skip
            return thing  # "renewed its call for the army to leave"
        to = next((c for c in syntax.children[infinitive] if syntax.low[c] == "to" and c < infinitive), None)
        if to is None or to == 0 or syntax.pos[to - 1] != "NOUN":
            return None
        return to - 1 if act_at(self.lexicon, syntax, to - 1) is not None else None
