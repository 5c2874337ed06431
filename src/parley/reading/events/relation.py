"""Classify what the source of a sentence does to its target: the public door to the relation classifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.models.events import RelationModel
from parley.reading.events.coding import Coding, code_words
from parley.reading.events.masking import Span, pair_text

if TYPE_CHECKING:
    from parley.knowledge import Knowledge


@dataclass(frozen=True)
class Relation:
    """A distribution over PLOVER's types for one pair, with the mode, context and CAMEO code of the likeliest."""

    probabilities: Mapping[str, float]
    """Each PLOVER type with its probability, likeliest first; they sum to 1."""
    no_event: float
    """How likely it is that the source does nothing to the target here; apart from `probabilities`."""
    mode: str | None
    context: str | None
    cameo: str

    @property
    def type(self) -> str:
        """The likeliest PLOVER type."""
        return next(iter(self.probabilities))

    @property
    def root(self) -> str:
        """The likeliest of PLV's 15 roots, in which CONCEDE and RETREAT together are YIELD."""
        return max(self.roots.items(), key=lambda item: item[1])[0]

    @property
    def roots(self) -> dict[str, float]:
        """The distribution over PLV's 15 roots."""
        merged: dict[str, float] = {}
        for name, share in self.probabilities.items():
            root = "YIELD" if name in ("CONCEDE", "RETREAT") else name
            merged[root] = merged.get(root, 0.0) + share
        return merged

    @property
    def confidence(self) -> float:
        """The probability of the likeliest type, given that there is an event."""
        return next(iter(self.probabilities.values()))


def classify(sentence: str, source_span: Span, target_span: Span | None = None, *, model: RelationModel | None = None,
             knowledge: Knowledge | None = None) -> Relation:  # fmt: skip
    """What the actor at `source_span` does to the one at `target_span`; spans are (start, end) characters of `sentence`.

    Names never change the answer: they are hidden from the model. Raises ``ValueError`` for a span that is empty or
    outside the sentence, ``ModelError`` if the model's files are missing.
    """
    return classify_all([(sentence, source_span, target_span)], model=model, knowledge=knowledge)[0]


def classify_all(pairs: Iterable[tuple[str, Span, Span | None]], *, model: RelationModel | None = None,
                 knowledge: Knowledge | None = None) -> list[Relation]:  # fmt: skip
    """`classify` for many (sentence, source span, target span) at once, in their order; far cheaper than one by one."""
    model, knowledge = model or RelationModel.load(), knowledge or _built_in()
    texts = [pair_text(sentence, source, target) for sentence, source, target in pairs]
    if not texts:
        return []
    return [
        _relation(text, row, model, knowledge) for text, row in zip(texts, model.probabilities(texts).tolist(), strict=True)
    ]


def _relation(text: str, row: list[float], model: RelationModel, knowledge: Knowledge) -> Relation:
    by_class = dict(zip(model.classes, row, strict=True))
    no_event = by_class.pop("NONE")
    total = sum(by_class.values()) or 1.0
    ranked = {name: share / total for name, share in sorted(by_class.items(), key=lambda item: (-item[1], item[0]))}
    coding: Coding = code_words(next(iter(ranked)), text, knowledge)
    return Relation(ranked, no_event, coding.mode, coding.context, coding.cameo)


@lru_cache(maxsize=1)
def _built_in() -> Knowledge:
    from parley.knowledge import Knowledge

    return Knowledge.load()
