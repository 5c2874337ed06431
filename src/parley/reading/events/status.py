"""Whether an event happened, goes on, is planned, proposed, threatened, denied or supposed: read off the verbs above it."""

from __future__ import annotations

from parley.reading.events.clauses import awaited
from parley.reading.events.tree import Tree
from parley.record import EventStatus, PloverType

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "AGREE"))
HOSTILE = frozenset(("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"))


def status_of(tree: Tree, trigger: int, type: PloverType) -> EventStatus:
    """The status of the event that a verb or noun reports, given its PLOVER type.

    An act of words (agreeing, asking, refusing, threatening) has occurred when the words were said; what it is about has
    not, but that is no event of its own.
    """
    verb = trigger if tree.verbal(trigger) else next((a for a in tree.above(trigger)[:4] if tree.verbal(a)), None)
    aux = {tree.low[c] for c in tree.kids(verb, "aux", "auxpass")} if verb is not None else set()
    if verb is not None and type != "REJECT" and negated(tree, verb):
        return "denied"
    if _conditional(tree, trigger):
        return "hypothetical"
    if awaited(tree, trigger):
        return "planned" if type == "CONSULT" else "hypothetical"
    if not tree.verbal(trigger) and verb is not None and tree.dep[trigger] in ("nsubj", "nsubjpass"):
        trigger = verb  # what is said of a deed's going on or coming is said by the verb that it is the subject of
    if tree.verbal(trigger) and (aux & tree.classes["will"] or _going_to(tree, trigger)) and type != "REJECT":
        return "threatened" if type in HOSTILE else "planned"
    if (governed := _governed(tree, trigger, type)) is not None:
        return governed
    if aux & tree.classes["might"] and type != "REJECT":
        return "hypothetical"
    if _goes_on(tree, trigger):
        return "ongoing"
    return "occurred"


def negated(tree: Tree, verb: int) -> bool:
    """Whether a verb is put with "not", "never" or "failed to"."""
    if tree.child(verb, "neg") is not None:
        return True
    if tree.lemma[verb] == "fail" or any(tree.low[c] in ("never", "neither") for c in tree.children[verb]):
        return True
    head = tree.head[verb]
    return tree.dep[verb] == "xcomp" and (tree.child(head, "neg") is not None or tree.lemma[head] == "fail")


def _conditional(tree: Tree, trigger: int) -> bool:
    """Whether the trigger stands in a clause of "if" or "unless"."""
    for at in [trigger, *tree.above(trigger)]:
        if tree.dep[at] in ("advcl", "ccomp") and any(
            tree.low[c] in tree.classes["if"] for c in tree.kids(at, "mark", "advmod")
        ):
            return True
    return False


def _going_to(tree: Tree, verb: int) -> bool:
    """ "is going to attack", "is to meet", "is due to meet"."""
    head = tree.head[verb]
    if tree.dep[verb] != "xcomp":
        return False
    if tree.lemma[head] == "go" and tree.tag[head] == "VBG":
        return True
    return tree.lemma[head] == "be" or (tree.lemma[head] in ("due", "schedule", "set", "expect", "slate") and head != verb)


def _governed(tree: Tree, trigger: int, type: PloverType) -> EventStatus | None:
    """What the words above a trigger make of it: the nearest that says something decides."""
    modified = {tree.lemma[c] for c in tree.kids(trigger, "amod", "compound", "advmod")}
    if modified & tree.classes["planned"]:
        return "planned"
    if modified & tree.classes["proposed"]:
        return "proposed"
    if modified & (tree.classes["possible"] | {"threatened"}):
        return "threatened" if "threatened" in modified else "hypothetical"
    at = trigger
    for above in tree.above(trigger)[:5]:
        if tree.dep[at] in ("nsubj", "conj", "advcl", "parataxis", "relcl", "nsubjpass", "ROOT"):
            return None
        word = tree.lemma[above]
        if any(tree.low[c] in ("no", "neither") for c in tree.kids(above, "det")) and not tree.verbal(above):
            return "denied"  # "has no plans to"
        if type == "REJECT" and word in tree.classes["deny"] | tree.classes["prevent"]:
            return None  # it is what the word says
        if word in tree.classes["deny"]:
            return "denied"
        if word in tree.classes["avert"] and type in HOSTILE:
            return "threatened"
        if word in tree.classes["prevent"]:
            return "denied" if tree.verbal(above) else "hypothetical"
        if word in tree.classes["threaten"]:
            return "threatened"
        if word in tree.classes["propose"]:
            return "proposed"
        if word in tree.classes["plan"] and tree.dep[at] in ("xcomp", "ccomp", "pobj", "dobj", "acl", "prep", "pcomp"):
            return "threatened" if type in HOSTILE else "planned"
        if word in tree.classes["possible"]:
            return "hypothetical"
        at = above
    return None


def _goes_on(tree: Tree, trigger: int) -> bool:
    aux = {tree.low[c] for c in tree.kids(trigger, "aux")}
    if tree.tag[trigger] == "VBG" and aux & {"is", "are", "am", "'s", "'re", "been"}:
        return True
    if tree.dep[trigger] == "xcomp" and tree.among(tree.head[trigger], "go-on"):
        return True
    head = tree.head[trigger]
    return tree.dep[trigger] in ("nsubj", "dobj") and tree.among(head, "go-on") and tree.tag[head] in ("VBZ", "VBP", "VBG")
