"""The clause in which an event stands: what it tells only as awaited, whose voice it has, and which dates are its own."""

from __future__ import annotations

from parley.reading.events.tree import Tree
from parley.reading.layers import Reading, TimeExpression

AWAITING = frozenset(("until", "till", "before", "once", "when", "after"))
"""Conjunctions whose clause in the present tense tells of what has not come yet ("until the leaders meet")."""
SUPPOSING = frozenset(("if", "unless", "whether", "lest"))
PRESENT = frozenset(("VB", "VBP", "VBZ"))
PAST = frozenset(("was", "were", "had", "did"))
SET_OFF = frozenset((",", "(", "-", "--", "–", "—"))
OPENING = frozenset(("DT", "CD", "JJ", "PRP$", "IN", "POS"))
"""Tags of the words that open a noun phrase: a participle right behind one tells of its noun."""


def awaited(tree: Tree, token: int) -> bool:
    """Whether a token stands in a clause of "until", "before" or the like in the present tense."""
    return _under(tree, token, AWAITING, present=True)


def not_come(tree: Tree, token: int) -> bool:
    """Whether a token stands in a clause of what is awaited or supposed."""
    return awaited(tree, token) or _under(tree, token, SUPPOSING, present=False)


def _under(tree: Tree, token: int, marks: frozenset[str], *, present: bool) -> bool:
    for at in [token, *tree.above(token)]:
        if tree.dep[at] in ("advcl", "pcomp") and (not present or _present(tree, at)):
            if any(tree.low[c] in marks for c in tree.kids(at, "mark", "advmod")):
                return True
            if tree.dep[at] == "pcomp" and tree.low[tree.head[at]] in marks and tree.child(at, "nsubj") is not None:
                return True
        if tree.dep[at] == "relcl" or (tree.dep[at] == "ccomp" and tree.tag[at] == "VBD"):
            return False
    return False


def _present(tree: Tree, verb: int) -> bool:
    """Whether a clause is in the present: by its first auxiliary, else by its verb."""
    first = next(iter(tree.kids(verb, "aux", "auxpass")), verb)
    return tree.tag[first] in PRESENT and tree.low[first] not in PAST


def modifies(tree: Tree, token: int) -> bool:
    """Whether a participle only tells of the noun behind it ("two partly occupied provinces"), whatever its head."""
    if tree.tag[token] != "VBN" or token + 1 >= len(tree.low) or tree.child(token, "aux", "auxpass", "agent") is not None:
        return False
    before = token - 1
    while before >= 0 and tree.pos[before] == "ADV":
        before -= 1
    return before >= 0 and tree.tag[before] in OPENING and tree.pos[token + 1] in ("NOUN", "PROPN", "ADJ")


def voice_of(reading: Reading, tree: Tree, trigger: int) -> str:
    """The statement whose words these are, or "narrator".

    A relative clause in the past tense that commas or dashes set off within reported, unquoted words is the reporter's.
    """
    at = reading.tokens[trigger].idx
    voice = reading.voice_at(at)
    if voice == "narrator" or (clause := _aside(tree, trigger)) is None:
        return voice
    begins = reading.tokens[tree.below(clause)[0]].idx
    around = [s for s in reading.statements if any(span.start <= at < span.end for span in s.content)]
    ours = all(s.kind == "indirect" and any(span.start < begins and at < span.end for span in s.content) for s in around)
    return "narrator" if ours else voice


def _aside(tree: Tree, trigger: int) -> int | None:
    """The verb of the relative clause around a trigger, if the clause is past and set off."""
    for at in [trigger, *tree.above(trigger)]:
        if tree.dep[at] == "relcl":
            first = tree.below(at)[0]
            auxes = {tree.low[c] for c in tree.kids(at, "aux", "auxpass")}
            bare = tree.tag[at] == "VBN" and not auxes  # "which they seized": past, whatever the tagger says
            past = tree.tag[at] == "VBD" or bare or bool(auxes & PAST)
            return at if past and first > 0 and tree.low[first - 1] in SET_OFF else None
    return None


def own_dates(reading: Reading, tree: Tree, trigger: int, start: int, end: int) -> list[TimeExpression]:
    """The dates between these characters that are not told of something else: in a clause below the trigger or aside."""
    above = {trigger, *tree.above(trigger)}

    def own(date: TimeExpression) -> bool:
        chain = [(at := reading.token_at(date.start)), *tree.above(at)]
        if trigger in chain:
            return not any(_apart(tree, at) for at in chain[: chain.index(trigger)])
        return not any(tree.dep[at] in ("relcl", "acl") for at in chain if at not in above)

    return [date for date in reading.dates_between(start, end) if date.date and own(date)]


def _apart(tree: Tree, at: int) -> bool:
    """Whether a token heads a clause that tells of another act than the one above it."""
    if tree.dep[at] in ("relcl", "acl"):
        return True
    return tree.dep[at] in ("advcl", "ccomp") and tree.child(at, "nsubj", "nsubjpass") is not None
