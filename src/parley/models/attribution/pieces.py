"""A text as the attribution tagger sees it: word pieces with their places and features, in windows of whole paragraphs."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from parley.models.quotation_marks import Quotation, quotations

Ints = npt.NDArray[np.int64]

PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
CLS, BREAK = 101, 2
"""Word piece ids: the window's first piece ([CLS]), and an unused one that stands for a paragraph's beginning."""
WINDOW = 192
"""Word pieces in a window at most. Attention costs little more than at 128, and whole paragraphs mostly fit."""
FEATURES = 10
"""How many values a piece's feature takes: five shapes of word, outside and inside quotation marks."""


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a text; a paragraph's first piece is a break mark of no width. All arrays have one length."""

    ids: Ints
    starts: Ints
    ends: Ints
    features: Ints
    first: npt.NDArray[np.bool_]
    """Whether a piece begins a word; break marks do not."""
    breaks: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def pieces_of(text: str, tokenizer: Any, marks: tuple[Quotation, ...] | None = None) -> Pieces:
    """Cut a text into word pieces. `tokenizer` is a ``tokenizers.Tokenizer`` without truncation or padding.

    `marks` are the quotations of the text, where they are known already.
    """
    paragraphs = [m for m in PARAGRAPH.finditer(text) if not m.group().isspace()]
    encoded = tokenizer.encode_batch([m.group() for m in paragraphs], add_special_tokens=False)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    first: list[bool] = []
    breaks: list[bool] = []
    for match, code in zip(paragraphs, encoded, strict=True):
        at = match.start()
        ids += [BREAK, *code.ids]
        starts += [at, *(at + a for a, _ in code.offsets)]
        ends += [at, *(at + b for _, b in code.offsets)]
        words = code.word_ids
        first += [False, *(i == 0 or words[i] != words[i - 1] for i in range(len(words)))]
        breaks += [True, *([False] * len(words))]
    features = _features(text, starts, ends, quotations(text) if marks is None else marks)
    return Pieces(np.array(ids, np.int64), np.array(starts, np.int64), np.array(ends, np.int64), features,
                  np.array(first, bool), np.array(breaks, bool))  # fmt: skip


def _features(text: str, starts: list[int], ends: list[int], marks: tuple[Quotation, ...]) -> Ints:
    inside = np.zeros(len(text) + 1, np.int64)
    for quotation in marks:
        inside[quotation.start : quotation.end] = 1
    shapes = [_shape(text[a:b]) if a < b else 0 for a, b in zip(starts, ends, strict=True)]
    return np.array(shapes, np.int64) * 2 + inside[np.array(starts, np.int64)]


def _shape(piece: str) -> int:
    if piece.islower():
        return 1
    if piece[0].isupper():
        return 3 if len(piece) > 1 and piece.isupper() else 2
    return 4 if piece[0].isdigit() else 0


def windows_of(pieces: Pieces, size: int = WINDOW) -> list[tuple[int, int]]:
    """Ranges of pieces, each at most `size` long: whole paragraphs, as many as fit; a longer one is cut at a word."""
    paragraph_starts = [*np.flatnonzero(pieces.breaks).tolist(), len(pieces)]
    windows: list[tuple[int, int]] = []
    start = 0
    for a, b in itertools.pairwise(paragraph_starts):
        if b - start > size and a > start:
            windows.append((start, a))
            start = a
        while b - start > size:
            cut = start + size
            while cut > start + size // 2 and not pieces.first[cut]:
                cut -= 1
            windows.append((start, cut))
            start = cut
    if start < len(pieces):
        windows.append((start, len(pieces)))
    return windows
