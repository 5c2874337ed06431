"""One thing that waits for another: "talks will hinge on it", "is a condition for talks", "made it a condition"."""

from __future__ import annotations

from parley.reading.positions.ground import Ground
from parley.reading.positions.steps import Step
from parley.reading.positions.syntax import SUBJECTS


class Waiting(Ground):
    """Conditions that are named by words of their own, not by "if" and "until"."""

    def _made_condition(self, step: Step) -> bool:
        """ "Set their release as a condition": it is demanded."""
        syntax, at = self.syntax, step.at
        named = [syntax.child(c, "pobj") for c in syntax.children[at] if syntax.low[c] == "as"]
        named += [syntax.child(at, "oprd"), syntax.child(at, "ccomp")]
        if not any(noun is not None and syntax.lemma[noun] in self.words["preconditions"] for noun in named):
            return False
        subject = syntax.subject(at)
        if syntax.modality(at) == "asserted" and not syntax.negated(at) and (parties := self._held(subject, at)):
            self._leave(parties, step, "demands", at, 0.75, "act")
        return True

    def _depending(self, step: Step, word: int) -> bool:
        """ "Any talks will hinge on a withdrawal": the talks come on a condition, the condition is asked for."""
        syntax, at = self.syntax, step.at
        if syntax.lemma[word] not in self.words["depending"] or step.needs_operator:
            return False
        below = (*syntax.children[word], *(c for c in syntax.children[at] if c > word))
        on = next((c for c in below if syntax.low[c] in ("on", "upon", "to")), None)
        speakers = self._speaker_above(at)
        if on is None or not speakers or syntax.negated(at) or self._hypothetical(at):
            return on is not None
        if step.via in SUBJECTS:
            self._leave(speakers, step, "accepts", at, 0.75, "depending", syntax.edges(on))
        elif on in step.path or syntax.edges(on)[0] <= step.path[-2] < syntax.edges(on)[1]:
            self._leave(speakers, step, "demands", at, 0.65, "depended-on")
        return True

    def _waits_for_subject(self, step: Step, condition: int) -> bool:
        """ "Their release is a condition for talks": the talks come on the condition that the subject names."""
        syntax, verb = self.syntax, self.syntax.head[condition]
        made = syntax.dep[condition] in ("oprd", "ccomp") or (
            syntax.dep[condition] == "dobj" and syntax.child(condition, "nsubj") is not None
        )
        subject = syntax.child(condition, "nsubj") or syntax.child(verb, "dobj") if made else syntax.child(verb, "nsubj")
        if not (made or syntax.dep[condition] == "attr") or subject is None or syntax.negated(verb):
            return False
        maker = syntax.subject(verb) if made else None
        parties = self.holders.of(maker) if maker is not None else self.holders.owner(condition) or self._speaker_above(verb)
        if parties:
            self._leave(parties, step, "accepts", condition, 0.7, "put-after", syntax.edges(subject))
        return True
