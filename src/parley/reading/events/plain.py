"""Candidates so plain that the table of words settles their type, and the classifier need not be asked."""

from __future__ import annotations

from parley.reading.events.finding import CARRYING, Candidate
from parley.reading.events.status import negated, status_of
from parley.reading.events.tree import Tree
from parley.record import PloverType

PAST_OR_PRESENT = frozenset(("have", "be", "do"))
"""Lemmas of the auxiliaries that leave a verb plainly said."""

PARTICLES = frozenset(("back", "out", "up", "down", "off", "away"))
SURE = 0.92
"""How sure such a type is: of 545 plain pairs among 1,600 sentences of PLV's training part (which the table was not written
from), the table named the root of 93 in 100; a little less, because there each sentence is known to report an event."""


def plain_type(tree: Tree, candidate: Candidate) -> PloverType | None:
    """The type of a finite verb for which the table knows one type only, and that is said to be done; else None.

    Not plain: what is negated, modal, governed by another verb or supposed; what acts on nobody; a verb that lives by its
    object ("gave") where no row names the object; a verb with a particle ("pushed back", "turned to"), which says much.
    """
    verb, rows = candidate.trigger, candidate.rows
    if not tree.verbal(verb) or tree.tag[verb] in ("VBG", "VB") or len({row.type for row in rows}) != 1:
        return None
    lemma = tree.lemma[verb]
    if any(row.word.split()[0] != lemma for row in rows) or negated(tree, verb):
        return None
    if any(tree.lemma[aux] not in PAST_OR_PRESENT for aux in tree.kids(verb, "aux", "auxpass")):
        return None
    turned = any(tree.dep[c] == "prt" or tree.low[c] in PARTICLES for c in tree.children[verb])
    if candidate.target is None or turned or any(" " in row.word for row in rows):
        return None
    if tree.dep[verb] == "relcl" and tree.passive(verb) and tree.subject(verb) != tree.head[verb]:
        return None  # "sailors that Peru claims were seized": the parse takes who claims for who was seized
    if not rows[0].objects and lemma in CARRYING:
        return None
    type: PloverType = rows[0].type
    return type if status_of(tree, verb, type) == "occurred" else None
