"""Several actors at once: "both sides", "the two leaders", "the warring parties", "the three countries"."""

from __future__ import annotations

from collections import Counter

from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.helping import helpers_of
from parley.reading.actors.holders import same_title
from parley.reading.actors.negotiators import negotiators
from parley.reading.actors.phrase import Phrase

NUMBERS = {"both": 2, "two": 2, "2": 2, "three": 3, "four": 4, "five": 5}
COUNTED = ("sides", "leaders-in-pairs", "nouns-for-states", "bodies-in-pairs")
"""Classes of the nouns that a text counts actors by ("two sides", "three presidents")."""
ALL = 8
"""Where the text says no number ("the foreign ministers"): all that it named in the sentences before."""
FAR = 6
"""How many sentences back a pair may have been named."""


def number_of(cast: Cast, p: Phrase, noun: str) -> int:
    """How many actors the phrase stands for; 0 if it is no such phrase."""
    words, classes = cast.words, cast.lexicon.words
    if p.form != "agent" or (noun not in classes["warring-sides"] and any(relation != "place" for relation, _ in p.links)):
        return 0
    before = [words.folded[k] for k in range(max(words.first[p.start], p.start - 1), p.core)]
    number = next((NUMBERS[word] for word in before if word in NUMBERS), 0)
    if number and p.plural and any(noun in classes[name] for name in COUNTED):
        return number
    definite = "the" in before or "all" in before or "rival" in before or "warring" in before or "opposing" in before
    if (
        noun in ("side", "warring party", "warring side", "delegation", "rival", "foe", "adversary", "belligerent")
        and p.plural
    ):
        return 2 if definite else 0
    if noun in ("side",) and before[-1:] in (["either"], ["each"], ["neither"]):
        return 2
    return (
        2
        if noun in ("party", "neighbour", "neighbor", "negotiator", "leader", "president", "foreign minister")
        and p.plural
        and before[-1:] == ["the"]
        else 0
    )


def members(cast: Cast, p: Phrase, noun: str, number: int) -> tuple[Draft, ...]:
    """The actors that the text named last and most, of the kind that the noun wants, in the order of the text.

    Those who mediate and the bodies of states count only where two others are not to be found; leaders who are not named are
    their sides.
    """
    helpers = helpers_of(cast) if noun in cast.lexicon.words["sides"] else frozenset[str]()
    outside = _subjects(cast, p)
    for others, bodies in (helpers, False), (frozenset[str](), False), (frozenset[str](), True):
        found = () if bodies else _negotiating(cast, p, noun, number, outside | others)
        found = found or _near(cast, p, noun, number, outside | others, bodies)
        if found:
            return found
    if noun in ("man", "official", "diplomat") or noun not in cast.lexicon.words["leaders-in-pairs"]:
        return ()
    noun = "side" if noun == "leader" else "state"
    return _negotiating(cast, p, noun, number, outside) or _near(cast, p, noun, number, outside, False)


def _negotiating(cast: Cast, p: Phrase, noun: str, number: int, outside: frozenset[str]) -> tuple[Draft, ...]:
    """Those that stand for the two sides that the text shows as negotiating, where the noun is one for sides only."""
    classes = cast.lexicon.words
    if number != 2 or noun not in classes["sides"] - classes["leaders-in-pairs"] - classes["nouns-for-states"]:
        return ()
    sides = negotiators(cast, p, outside)
    standing = [min((d for _, d in cast.said if cast.side_of(d) == s), key=_rank) for s in sides]
    return tuple(sorted(standing, key=lambda d: min(at for at, other in cast.said if other is d)))


def _near(cast: Cast, p: Phrase, noun: str, number: int, outside: frozenset[str], bodies: bool) -> tuple[Draft, ...]:
    """The actors named nearest and most; `outside` are sides that are not meant, `bodies` whether those of states are."""
    near: dict[str, float] = {}
    often: Counter[str] = Counter()
    first: dict[str, tuple[int, Draft]] = {}
    words = cast.words
    here = words.sentence[p.head]
    for at, draft in cast.said:
        side = cast.side_of(draft)
        if not side or side in outside or not _fits(cast, draft, noun) or (draft.sector == "IGO" and not bodies):
            continue
        gap = here - words.sentence[at]
        after = at > p.head
        if gap > (FAR if number < ALL else 3) or (after and gap < -1):
            continue
        key = draft.name if noun in cast.lexicon.words["leaders-in-pairs"] else side
        weight = (0.5 if after else 1.0) / (1 + abs(gap))
        near[key] = max(near.get(key, 0.0), weight * (1.3 if cast.paired(at) else 1.0))
        often[key] += weight  # type: ignore[assignment]
        known = first.get(key)
        if known is None or (_rank(draft) < _rank(known[1])):
            first[key] = (at if known is None else known[0], draft)
    weights = {key: near[key] + 0.1 * often[key] for key in near}
    best = sorted(weights, key=lambda k: (-weights[k], first[k][0]))[:number]
    return tuple(first[k][1] for k in sorted(best, key=lambda k: first[k][0])) if len(best) > 1 else ()


def _subjects(cast: Cast, p: Phrase) -> frozenset[str]:
    """The sides that do something to the group in its own sentence: who invites both sides is neither of them."""
    words = cast.words
    if words.dep[p.head] not in ("dobj", "pobj", "dative"):
        return frozenset()
    found = set()
    for at, _, drafts in cast.before(p.start):
        if words.sentence[at] != words.sentence[p.head]:
            break
        subject = words.dep[at] == "nsubj" or (words.dep[at] == "conj" and words.dep[words.head[at]] == "nsubj")
        if subject and len(drafts) == 1 and (side := cast.side_of(drafts[0])):
            found.add(side)
    return frozenset(found)


def _fits(cast: Cast, draft: Draft, noun: str) -> bool:
    if noun in cast.lexicon.words["leaders-in-pairs"]:
        if not draft.person or draft.key[0] != "person":
            return False
        return noun in ("man", "official", "diplomat") or any(same_title(noun, title) for title in cast.titles_of(draft))
    if noun in cast.lexicon.words["nouns-for-states"]:
        return draft.kind in ("state", "government") or (draft.kind == "person" and noun != "country")
    return draft.sector not in ("JRN", "CVL", "MED", "EDU", "REF")


def _rank(draft: Draft) -> int:
    """States and groups stand for their sides rather than their officials do."""
    order = ("state", "armed-group", "party", "organisation", "population", "government", "military", "other", "person")
    return order.index(draft.kind)
