"""Candidates so plain that the table of words settles their type, and the classifier need not be asked."""

from __future__ import annotations

from parley.reading.events.finding import Candidate
from parley.reading.events.status import COOPERATIVE, HOSTILE, negated, status_of
from parley.reading.events.tree import Tree
from parley.reading.events.words import ANY
from parley.record import PloverType

PAST_OR_PRESENT = frozenset(("have", "be", "do"))
"""Lemmas of the auxiliaries that leave a verb plainly said."""

PARTICLES = frozenset(("back", "out", "up", "down", "off", "away"))
SURE = 0.92
"""How sure such a type is: of 545 plain pairs among 1,600 sentences of PLV's training part (which the table was not written
from), the table named the root of 93 in 100; a little less, because there each sentence is known to report an event."""


def intended_type(tree: Tree, candidate: Candidate) -> PloverType | None:
    """The type of a verb that is said to be done in the future, by its own type; else None.

    The codebooks code an intention by what is intended: cooperation is AGREE, conflict is THREATEN, not to do it REJECT
    (CAMEO 03, 13, 12). "would" counts where it is the future of what somebody said.
    """
    verb, rows = candidate.trigger, [row for row in candidate.rows if row.word.split()[0] == tree.lemma[candidate.trigger]]
    auxes = {tree.low[aux] for aux in tree.kids(verb, "aux", "auxpass")}
    told = tree.dep[verb] == "ccomp" and tree.among(tree.head[verb], "declare")
    if not tree.verbal(verb) or not (auxes & tree.classes["will"] or (told and "would" in auxes)) or tree.passive(verb):
        return None
    if tree.dep[verb] not in ("ROOT", "ccomp", "conj") or _supposed(tree, verb):
        return None
    exact = [row for row in rows if row.objects and row.objects != (ANY,)] or rows
    types = {row.type for row in exact}
    if not types or tree.child(verb, "neg") is not None:
        return "REJECT" if types and types <= COOPERATIVE else None
    return "AGREE" if types <= COOPERATIVE else "THREATEN" if types <= HOSTILE else None


def _supposed(tree: Tree, verb: int) -> bool:
    return any(tree.low[c] in ("if", "whether", "unless") for c in tree.kids(verb, "mark", "advmod"))


def plain_type(tree: Tree, candidate: Candidate) -> PloverType | None:
    """The type of a finite verb for which the table knows one type only, and that is said to be done; else None.

    Rows that name the verb's object count before those that do not. Not plain: what is negated, modal, governed by another
    verb or supposed; what acts on nobody, unless a row names its object; a verb that lives by its object ("gave") where no
    row names it; a verb with a particle ("pushed back") that no such row has, because it may say anything.
    """
    verb, lemma = candidate.trigger, tree.lemma[candidate.trigger]
    if not tree.verbal(verb) or tree.tag[verb] in ("VBG", "VB") or negated(tree, verb):
        return None
    rows = [row for row in candidate.rows if row.word.split()[0] == lemma]
    exact = [row for row in rows if row.objects and row.objects != (ANY,)]
    exact = [row for row in exact if " " in row.word] or exact
    types = {row.type for row in (exact or candidate.rows)}
    if tree.among(verb, "say") and not rows and types == {"REQUEST"}:
        return "REQUEST"  # "says that it must"
    if tree.among(verb, "promise") and not rows and types in ({"REJECT"}, {"THREATEN"}):
        type_of_promise: PloverType = candidate.rows[0].type
        return type_of_promise if status_of(tree, verb, type_of_promise) == "occurred" else None
    drill = types == {"COOPERATE", "MOBILIZE"}
    if not drill and (len(types) != 1 or (not exact and len(rows) < len(candidate.rows))):
        return None
    if any(tree.lemma[aux] not in PAST_OR_PRESENT for aux in tree.kids(verb, "aux", "auxpass")):
        return None
    if drill:  # alone it musters, with another it cooperates
        return "COOPERATE" if _with_another(tree, candidate) else "MOBILIZE"
    row = (exact or rows)[0]
    if row.mode == "resign":
        exact = [row]
    turned = any(tree.dep[c] == "prt" or tree.low[c] in PARTICLES for c in tree.children[verb])
    if (turned or any(" " in r.word for r in rows)) and not (exact and (" " in row.word or not turned)):
        return None
    if not exact and (candidate.target is None or lemma in tree.classes["carry"]):
        return None
    if tree.dep[verb] == "relcl" and tree.passive(verb) and tree.subject(verb) != tree.head[verb]:
        return None  # "sailors that Peru claims were seized": the parse takes who claims for who was seized
    type: PloverType = row.type
    return type if status_of(tree, verb, type) == "occurred" else None


def _with_another(tree: Tree, candidate: Candidate) -> bool:
    links = [
        *tree.kids(candidate.trigger, "prep"),
        *(p for n in tree.kids(candidate.trigger, "dobj") for p in tree.kids(n, "prep")),
    ]
    return candidate.target is not None and (candidate.target.tier == 0 or any(tree.low[link] == "with" for link in links))
