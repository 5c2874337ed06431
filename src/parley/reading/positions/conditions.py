"""On what a stance depends: clauses with "if", "until", "unless", "in exchange for", and how long and how much."""

from __future__ import annotations

from dataclasses import dataclass

from parley.reading.positions.steps import Stance
from parley.reading.positions.syntax import SUBJECTS, Syntax

_AFTER_REFUSAL = frozenset(("until", "till", "unless", "before", "without", "while", "if", "barring", "pending", "as"))
_AFTER_ACCEPTANCE = frozenset(("if", "unless", "provided", "providing", "once", "assuming"))
_AFTER_ONLY = frozenset(("after", "when", "once", "if", "on", "with", "through", "under", "upon", "as"))
_EXCHANGE = frozenset(("exchange", "return", "condition"))
_LASTING = frozenset(("continue", "remain", "stay", "keep", "fight", "maintain"))
_ALL = frozenset(("all", "full", "complete", "total", "every", "entire"))
_WHILE = frozenset(("as", "while"))


@dataclass(frozen=True)
class Condition:
    """Tokens of a condition (first, last exclusive), its clause's verb or preposition, and whether it must cease."""

    first: int
    last: int
    at: int
    must_cease: bool


def condition_of(syntax: Syntax, stance: Stance) -> Condition | None:
    """The condition of a stance that its sentence states, or None."""
    if stance.condition is not None:
        return Condition(*stance.condition, stance.anchor, False)
    if stance.rule.startswith("said-") or stance.rule == "told":
        return None  # who says what others must do states a reason with "if", not a condition of its own
    refusing = stance.act == "rejects" or any(syntax.negated(t) for t in stance.path)
    refusing = refusing or (presses(stance) and any(lasts(syntax, t) for t in stance.path))
    first, last = syntax.sentence[stance.anchor]
    governed = set(stance.path) | {stance.anchor}
    for marker in range(first, last):
        at = _clause(syntax, marker)
        if syntax.low[marker] == "in" and stance.act in ("demands", "calls-for", "proposes"):
            continue  # an exchange that is asked for, not a condition
        if at is None or at in governed or marker in governed or not _fits(syntax, marker, refusing=refusing):
            continue
        attached = syntax.head[at]
        if not _hangs_from(syntax, attached, governed):
            continue
        begin, end = syntax.edges(at)
        begin = marker if syntax.dep[at] == "advcl" and begin < marker and marker - begin > 2 else begin
        if begin <= stance.topic.head < end:
            continue
        if syntax.low[max(0, begin - 1)] == "only":
            begin -= 1
        threatens = syntax.low[marker] == "if" and (refusing or syntax.lemma[stance.anchor] in ("threaten", "warn"))
        must_cease = threatens or (refusing and syntax.low[marker] in _WHILE)
        return Condition(begin, _trimmed(syntax, begin, end), at, must_cease)
    return None


def lasts(syntax: Syntax, verb: int) -> bool:
    """Whether a verb tells that something goes on: "fighting will continue", "sanctions remain"."""
    return syntax.lemma[verb] in _LASTING


def presses(stance: Stance) -> bool:
    """Whether what is to last presses the other side: a siege, a war, sanctions. A truce or talks that go on do not."""
    return stance.sign < 0 or stance.issue == "sanctions"


def _hangs_from(syntax: Syntax, at: int, governed: set[int]) -> bool:
    """Whether a clause hangs from the words of the stance, or from a noun that does: "any meeting between them until"."""
    for _ in range(4):
        if at in governed or syntax.head[at] in governed:
            return True
        if syntax.verbal(at):
            return False
        at = syntax.head[at]
    return False


def _clause(syntax: Syntax, marker: int) -> int | None:
    """The verb of the clause that the marker opens, or the marker itself where it is a preposition."""
    word, relation = syntax.low[marker], syntax.dep[marker]
    if relation in ("mark", "advmod") and syntax.dep[syntax.head[marker]] == "advcl":
        return syntax.head[marker]
    if word in ("provided", "providing") and syntax.child(marker, "ccomp", "pcomp", "advcl") is not None:
        return marker
    if relation == "prep" and (word in _AFTER_REFUSAL | _AFTER_ONLY or word == "in"):
        clause = syntax.child(marker, "pcomp")
        if clause is not None and word in ("until", "before", "after", "without") and syntax.child(clause, "nsubj"):
            return clause
        return marker
    return None


def _fits(syntax: Syntax, marker: int, *, refusing: bool) -> bool:
    word = syntax.low[marker]
    if word in ("in", "on"):
        thing = syntax.child(marker, "pobj")
        if thing is not None and syntax.low[thing] in _EXCHANGE:
            return syntax.child(thing, "prep", "acl", "ccomp", "relcl") is not None
    only = marker > 0 and syntax.low[marker - 1] == "only"
    if only and word in _AFTER_ONLY:
        return True
    if word == "as":
        clause = syntax.head[marker] if syntax.dep[marker] == "mark" else marker
        return "long" in syntax.low[marker - 1 : marker + 2] and syntax.child(clause, *SUBJECTS) is not None
    if word in _AFTER_ACCEPTANCE:
        return True
    return refusing and word in _AFTER_REFUSAL and syntax.dep[marker] in ("mark", "prep", "advmod")


def _trimmed(syntax: Syntax, first: int, last: int) -> int:
    while last > first + 1 and syntax.pos[last - 1] == "PUNCT":
        last -= 1
    return last


def quantity_of(syntax: Syntax, stance: Stance) -> str | None:
    """How much is wanted, in the text's words: "all", "full", "1,200"."""
    for token in (stance.topic.object, stance.topic.head):
        if token is None:
            continue
        for child in syntax.children[token]:
            if syntax.dep[child] == "nummod" or syntax.low[child] in _ALL:
                return "all" if syntax.low[child] in _ALL else syntax.low[child]
    return None
