"""From the scores of pieces to attributions: the best tag sequence that is well-formed, then the links between its spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SOURCE, CUE, CONTENT = 1, 3, 5
"""The tags with which spans of each kind begin; the next number is their inside."""
IMPOSSIBLE = np.float32(-1e6)


@dataclass(frozen=True)
class Costs:
    """What it costs, in log probability, to begin a span of each kind, and to leave a piece of content without a cue.

    Tuned on training articles held out: a positive cost joins what flickers, a negative one finds more.
    """

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    nothing: float = 0.0
    least: float = 0.0
    """Confidence below which an attribution is left out."""


@dataclass(frozen=True)
class TaggedSpan:
    """Pieces first..last (inclusive) of a window with one kind, and how sure their tags are (mean probability)."""

    kind: int
    first: int
    last: int
    sureness: float


def log_softmax(scores: Floats) -> Floats:
    """Scores as log probabilities over the last axis."""
    top = scores - scores.max(-1, keepdims=True)
    return np.asarray(top - np.log(np.exp(top).sum(-1, keepdims=True)), np.float32)


def transitions(costs: Costs) -> Floats:
    """The cost of each step from tag to tag: an inside only follows its own beginning or inside."""
    steps = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for begin, cost in ((SOURCE, costs.source), (CUE, costs.cue), (CONTENT, costs.content)):
        steps[:, begin] -= cost
        steps[:, begin + 1] = IMPOSSIBLE
        steps[begin, begin + 1] = steps[begin + 1, begin + 1] = 0.0
    return steps


def best_tags(scores: list[Floats], steps: Floats) -> list[npt.NDArray[np.int64]]:
    """The best well-formed sequence (Viterbi) for each window's log probabilities, all windows side by side."""
    longest = max(map(len, scores))
    padded = np.zeros((len(scores), longest, len(TAGS)), np.float32)
    padded[:, :, 1:] = IMPOSSIBLE
    for row, window in zip(padded, scores, strict=True):
        row[: len(window)] = window
    best = padded[:, 0] + np.where(np.arange(len(TAGS)) % 2 == 0, IMPOSSIBLE, 0.0)
    best[:, 0] = padded[:, 0, 0]
    best[:, 1::2] += steps[0, 1::2]
    back = np.zeros((longest, len(scores), len(TAGS)), np.int64)
    for at in range(1, longest):
        through = best[:, :, None] + steps
        back[at] = through.argmax(1)
        best = through.max(1) + padded[:, at]
    tag = best.argmax(1)
    found = np.zeros((len(scores), longest), np.int64)
    rows = np.arange(len(scores))
    for at in range(longest - 1, -1, -1):
        found[:, at] = tag
        tag = back[at, rows, tag]
    return [found[i, : len(window)] for i, window in enumerate(scores)]


def tags_of_paragraphs(
    scores: list[Floats], breaks: list[npt.NDArray[np.bool_]], steps: Floats
) -> list[npt.NDArray[np.int64]]:
    """The best tags of each window, its paragraphs side by side; `breaks` tells the rows that begin one.

    Such a row has no tag, so that what stands before it says nothing of what follows.
    """
    windows = np.cumsum([len(window) for window in scores])[:-1]
    cuts = np.union1d(windows, np.flatnonzero(np.concatenate(breaks)))
    tags = best_tags(np.split(np.concatenate(scores), cuts[cuts > 0]), steps)
    return np.split(np.concatenate(tags), windows)


def spans_of(tags: npt.NDArray[np.int64], scores: Floats) -> list[TaggedSpan]:
    """The spans of a tag sequence, in order."""
    found: list[TaggedSpan] = []
    begins = np.flatnonzero(np.isin(tags, (SOURCE, CUE, CONTENT)))
    for begin in begins.tolist():
        kind, last = int(tags[begin]), begin
        while last + 1 < len(tags) and tags[last + 1] == kind + 1:
            last += 1
        sure = np.exp(np.logaddexp(scores[begin : last + 1, kind], scores[begin : last + 1, kind + 1])).mean()
        found.append(TaggedSpan(kind, begin, last, float(sure)))
    return found


def linked(starts: list[int], targets: list[int], queries: Floats, keys: Floats, paragraphs: npt.NDArray[np.int64],
           nothing: float) -> list[tuple[int, float]]:  # fmt: skip
    """For each start the target in its paragraph that it leads to (-1 for none) and how sure that is.

    `starts` and `targets` are rows of `queries`, `keys` and `paragraphs`; row 0 of `keys` stands for "nothing", at a cost.
    """
    if not starts:
        return []
    scores = queries[starts] @ keys[[0, *targets]].T * np.float32(queries.shape[1] ** -0.5)
    scores[:, 0] -= nothing
    scores[:, 1:][paragraphs[starts][:, None] != paragraphs[targets][None, :]] = IMPOSSIBLE
    chances = np.exp(log_softmax(scores))
    picks = chances.argmax(1)
    return [(int(p) - 1, float(c[p])) for p, c in zip(picks, chances, strict=True)]
