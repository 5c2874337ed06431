"""Articles as training examples: windows of word pieces with a tag for each word and the links between spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from corpus import Article

from parley.models.attribution.pieces import CLS, Pieces, pieces_of, windows_of

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
IGNORE = -100


@dataclass(frozen=True)
class Example:
    """One window: the first piece is [CLS]. `links` are rows (relation, from piece, to piece); to 0 is "to nothing".

    Relation 0 leads from a content's first piece to its cue's, relation 1 from a cue's first piece to its source's.
    """

    ids: np.ndarray
    features: np.ndarray
    tags: np.ndarray
    links: np.ndarray


def label(article: Article, pieces: Pieces) -> tuple[np.ndarray, list[tuple[int, int, int]]]:
    """A tag for each piece (``IGNORE`` inside words) and the links, by piece index (-1 for "to nothing")."""
    tags = np.where(pieces.first, 0, IGNORE)
    heads = np.flatnonzero(pieces.first)
    starts, ends = pieces.starts[heads], pieces.ends[heads]

    def mark(spans: tuple[tuple[int, int], ...], begin: int) -> list[int]:
        firsts = []
        for a, b in spans:
            inside = heads[(starts < b) & (ends > a)]
            inside = inside[tags[inside] == 0]
            if len(inside):
                tags[inside] = begin + 1
                tags[inside[0]] = begin
                firsts.append(int(inside[0]))
        return firsts

    links: list[tuple[int, int, int]] = []
    for attribution in article.attributions:
        sources, cues = mark(attribution.source, 1), mark(attribution.cue, 3)
        contents = mark(attribution.content, 5)
        cue = cues[0] if cues else -1
        links += [(0, c, cue) for c in contents]
        if cues:
            links += [(1, c, sources[0] if sources else -1) for c in cues]
    return tags, links


def examples_of(article: Article, tokenizer: Any, size: int, offset: int = 0) -> list[Example]:
    """The article's windows of at most `size` pieces; `offset` shortens the first, so that windows differ by epoch."""
    pieces = pieces_of(article.text, tokenizer)
    if not len(pieces):
        return []
    tags, links = label(article, pieces)
    examples = []
    for a, b in _windows(pieces, size, offset):
        inside = [(r, i - a + 1, 0 if j < 0 else j - a + 1) for r, i, j in links if a <= i < b and (j < 0 or a <= j < b)]
        examples.append(Example(
            np.concatenate([[CLS], pieces.ids[a:b]]), np.concatenate([[0], pieces.features[a:b]]),
            np.concatenate([[IGNORE], tags[a:b]]), np.array(inside, np.int64).reshape(-1, 3)))  # fmt: skip
    return examples


def _windows(pieces: Pieces, size: int, offset: int) -> list[tuple[int, int]]:
    if not offset:
        return windows_of(pieces, size)
    breaks = np.flatnonzero(pieces.breaks)
    cut = int(breaks[min(offset, len(breaks) - 1)])
    if cut == 0 or cut > size:
        return windows_of(pieces, size)
    rest = Pieces(*(getattr(pieces, f)[cut:] for f in ("ids", "starts", "ends", "features", "first", "breaks")))
    return [(0, cut), *((a + cut, b + cut) for a, b in windows_of(rest, size))]
