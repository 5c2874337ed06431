"""Somebody first met by title alone and named later: "an army spokesman said ...", then "Captain Noel Tarn told ..."."""

from __future__ import annotations

from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.holders import same_title
from parley.reading.actors.phrase import Phrase

NEAR = 3
"""How many sentences after the title the name may stand."""


def find_names_for_titles(cast: Cast) -> dict[Draft, Draft]:
    """Which unnamed person is which named one. Only where one name fits."""
    unnamed = [d for d in cast.drafts.values() if d.person and d.key[0] in ("somebody", "holder") and d.phrases]
    named = [d for d in cast.drafts.values() if d.person and d.key[0] == "person" and d.phrases]
    found: dict[Draft, Draft] = {}
    for draft in unnamed:
        match = _by_title(cast, draft, named) or _by_place(cast, draft, named)
        if match is not None:
            found[draft] = match
    return found


def _by_title(cast: Cast, draft: Draft, named: list[Draft]) -> Draft | None:
    """The one named person with the same title and no other side, named close by where the title is not definite."""
    fitting = []
    for other in named:
        if not any(same_title(title, t) for title in draft.titles for t in cast.titles_of(other)):
            continue
        sides = {cast.side_of(draft), cast.side_of(other)} - {None}
        if len(sides) > 1 or (draft.key[0] == "somebody" and not _follows(cast, draft, other)):
            continue
        fitting.append(other)
    return fitting[0] if len(fitting) == 1 and not _anonymous(cast, draft) else None


def _by_place(cast: Cast, draft: Draft, named: list[Draft]) -> Draft | None:
    """A person without a title of their own who first speaks soon after somebody unnamed has spoken."""
    start = min(p.head for p in draft.phrases)
    if not any(_speaks(cast, p) for p in draft.phrases) or _anonymous(cast, draft):
        return None
    nearest = min((d for d in named if _first(d).head > start), key=lambda d: _first(d).head, default=None)
    if nearest is None or nearest.rows or not _follows(cast, draft, nearest) or not _speaks(cast, _first(nearest)):
        return None
    offices = [o for p in nearest.phrases for o in p.offices()]
    if any(o.sector != "MIL" for o in offices) or (not offices and cast.side_of(nearest)):
        return None
    return nearest


def _first(draft: Draft) -> Phrase:
    return min(draft.phrases, key=lambda p: p.head)


def _follows(cast: Cast, draft: Draft, other: Draft) -> bool:
    """Whether the name is first given within a few sentences after the title."""
    words, first = cast.words, _first(other).head
    before = max((p.head for p in draft.phrases if p.head < first), default=None)
    return before is not None and words.sentence[first] - words.sentence[before] <= NEAR


def _speaks(cast: Cast, p: Phrase) -> bool:
    words = cast.words
    return words.dep[p.head] == "nsubj" and words.lemma[words.head[p.head]] in cast.lexicon.saying


def _anonymous(cast: Cast, draft: Draft) -> bool:
    if "source" in draft.titles:
        return True
    words = cast.words
    sentences = {words.sentence[p.head] for p in draft.phrases}
    return any(w in cast.lexicon.words["anonymity"] and words.sentence[i] in sentences for i, w in enumerate(words.folded))
