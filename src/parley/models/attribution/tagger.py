"""The attribution tagger: finds source, cue and content of every attribution in a text. Card: card.md beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from parley.errors import ModelError
from parley.models.attribution.decoding import (
    CONTENT,
    CUE,
    IMPOSSIBLE,
    SOURCE,
    Costs,
    Floats,
    TaggedSpan,
    linked,
    log_softmax,
    spans_of,
    tags_of_paragraphs,
    transitions,
)
from parley.models.attribution.pieces import CLS, Pieces, pieces_of, windows_of
from parley.models.quotation_marks import Quotation

FOLDER = Path(__file__).parent
Characters = tuple[int, int]
_SLOWER = ["SkipLayerNormFusion", "EmbedLayerNormFusion"]
"""Fusions of ONNX Runtime (1.32, measured on AVX512) that are a tenth slower on CPU than the plain operators."""


@dataclass(frozen=True)
class Attributed:
    """One attribution as the model sees it: characters of its cue, its source and its pieces of content, in text order.

    `cue` or `source` is None where the model finds none. `confidence` is the mean probability of its parts.
    """

    cue: Characters | None
    source: Characters | None
    content: tuple[Characters, ...]
    confidence: float


class AttributionTagger:
    """A loaded tagger. Not bound to a thread: the session may run beside other work."""

    def __init__(self, session: Any, tokenizer: Any, costs: Costs, version: str) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._costs, self._steps = costs, transitions(costs)
        self.version = version

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 1) -> Self:
        """Load tagger.onnx, tokenizer.json and tagger.json of a folder. Raises ``ModelError`` if one is missing."""
        import onnxruntime
        from tokenizers import Tokenizer

        for name in ("tagger.onnx", "tokenizer.json", "tagger.json"):
            if not (folder / name).exists():
                raise ModelError("attribution", f"has no {name} in its folder; train it with training/attribution")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        about = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        return cls(session, Tokenizer.from_file(str(folder / "tokenizer.json")), Costs(**about["costs"]), about["version"])

    def attributions(self, text: str, marks: tuple[Quotation, ...] | None = None) -> tuple[Attributed, ...]:
        """Every attribution of the text, in the order of their first content; `marks` are its quotations, if known."""
        pieces = pieces_of(text, self._tokenizer, marks)
        if not len(pieces):
            return ()
        return self.decoded(pieces, self.scores(pieces))

    def scores(self, pieces: Pieces) -> list[tuple[int, Floats, Floats, Floats]]:
        """For each window its first piece, and for each of its pieces (after [CLS]) scores of tags and link vectors."""
        found = []
        for first, last in windows_of(pieces):
            inputs = {
                "ids": np.concatenate([[CLS], pieces.ids[first:last]])[None],
                "features": np.concatenate([[0], pieces.features[first:last]])[None],
            }
            tags, queries, keys = self._session.run(None, inputs)
            found.append((first, tags[0], queries[0], keys[0]))
        return found

    def decoded(
        self, pieces: Pieces, windows: list[tuple[int, Floats, Floats, Floats]], costs: Costs | None = None
    ) -> tuple[Attributed, ...]:
        """The attributions that the scores tell, at the tagger's own costs or others."""
        steps = self._steps if costs is None else transitions(costs)
        costs = costs or self._costs
        words, logs, breaks = [], [], []
        for first, tags, _, _ in windows:
            at = np.flatnonzero((pieces.first | pieces.breaks)[first : first + len(tags) - 1])
            log = log_softmax(tags[1:][at])
            words.append(at)
            breaks.append(pieces.breaks[first + at])
            log[breaks[-1], 1:] = IMPOSSIBLE
            logs.append(log)
        tags_by_window = tags_of_paragraphs(logs, breaks, steps)
        found: list[Attributed] = []
        for (first, _, queries, keys), at, log, best in zip(windows, words, logs, tags_by_window, strict=True):
            spans = spans_of(best, log)
            paragraphs = np.cumsum(pieces.breaks[first : first + len(queries) - 1])
            found += _assembled(
                spans,
                at + 1,
                queries,
                keys,
                np.concatenate([[-1], paragraphs]),
                costs.nothing,
                lambda s, f=first, a=at: _characters(pieces, f, a, s),
            )
        return tuple(each for each in found if each.confidence >= costs.least)


def _characters(pieces: Pieces, first: int, words: Any, span: TaggedSpan) -> Characters:
    """The characters of a span of words: to the end of the last word's last piece."""
    start, last = first + int(words[span.first]), first + int(words[span.last])
    while last + 1 < len(pieces) and not pieces.first[last + 1] and not pieces.breaks[last + 1]:
        last += 1
    return int(pieces.starts[start]), int(pieces.ends[last])


def _assembled(spans: list[TaggedSpan], rows: Any, queries: Floats, keys: Floats, paragraphs: Any, nothing: float,
               characters: Any) -> list[Attributed]:  # fmt: skip
    """Attributions of one window: contents led to their cues, cues to their sources; contents of one cue belong together."""
    half = queries.shape[1] // 2
    sources, cues, contents = ([s for s in spans if s.kind == kind] for kind in (SOURCE, CUE, CONTENT))
    row = {id(s): int(rows[s.first]) for s in spans}
    to_cue = linked(
        [row[id(c)] for c in contents], [row[id(c)] for c in cues], queries[:, :half], keys[:, :half], paragraphs, nothing
    )
    to_source = linked(
        [row[id(c)] for c in cues], [row[id(s)] for s in sources], queries[:, half:], keys[:, half:], paragraphs, nothing
    )
    groups: dict[int, list[tuple[TaggedSpan, float]]] = {}
    for i, (content, (cue, sure)) in enumerate(zip(contents, to_cue, strict=True)):
        groups.setdefault(cue if cue >= 0 else -1 - i, []).append((content, sure))
    found = []
    for cue, members in groups.items():
        source, sure = to_source[cue] if cue >= 0 else (-1, 1.0)
        parts = [c.sureness for c, _ in members] + [s for _, s in members]
        if cue >= 0:
            parts += [cues[cue].sureness, sure]
        if source >= 0:
            parts.append(sources[source].sureness)
        found.append(Attributed(
            characters(cues[cue]) if cue >= 0 else None, characters(sources[source]) if source >= 0 else None,
            tuple(characters(c) for c, _ in members), float(np.mean(parts))))  # fmt: skip
    return found
