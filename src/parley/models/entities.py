"""A spaCy component: the entities that the pipeline's own recogniser finds, all tokens scored at once.

spaCy's recogniser walks through a text and asks, at every token, for the scores of its 74 actions and for which of them are
allowed; since spaCy 3.8 each of these questions takes the interpreter's lock, which is a fifth of a whole parse. But outside
an entity the scores depend on the token alone, and inside one on the token and on where the entity began: so they are
multiplied for all tokens of all documents together, by its own weights, and the walk is a look-up. Its rules are
those of `spacy.pipeline._parser_internals.ner` for text without entities set beforehand. The entities are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch
from thinc.api import NumpyOps

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_FEATURES = 3
"""The token, the entity's first token and the one before: the features of a recogniser that can be asked all at once."""


class EntitiesAtOnce:
    """Annotates as `recogniser` does. Raises ``ValueError`` if its model is of another make."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        self.recogniser, self.model = recogniser, recogniser.model
        attributes = self.model.attrs
        if (type(recogniser) is not EntityRecognizer or recogniser.cfg.get("beam_width", 1) != 1
                or not attributes.get("has_upper") or attributes.get("unseen_classes")
                or self.model.get_ref("lower").get_dim("nF") != _FEATURES):  # fmt: skip
            raise ValueError("the entity recogniser is of another make")
        system = recogniser.moves
        moves = [system.get_class_name(at).partition("-")[::2] for at in range(system.n_moves)]
        place = {move: at for at, move in enumerate(moves)}
        self._labels = [label for _, label in moves]
        self._begin, self._unit = (np.array([m == kind and label != "" for m, label in moves]) for kind in "BU")
        self._out = np.array([m == "O" for m, _ in moves])
        if any(("I", label) not in place or ("L", label) not in place for kind, label in moves if kind == "B" and label):
            raise ValueError("the entity recogniser has labels that it cannot end")
        self._in, self._last = (np.array([place.get((kind, label), -1) for _, label in moves]) for kind in "IL")
        # The library's walk multiplies by BLIS, whose sums differ from NumPy's in the last digit.
        self._blis = NumpyOps(use_blis=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Set the entities of many documents, so many together."""
        for docs in minibatch(stream, size=batch_size):
            self._annotate(docs)
            yield from docs

    def _annotate(self, docs: list[Doc]) -> None:
        ours = [doc for doc in docs if len(doc) and not doc.has_annotation("ENT_IOB")]
        for doc in docs:
            if len(doc) and doc.has_annotation("ENT_IOB"):
                self.recogniser(doc)
        if not ours:
            return
        columns = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in ours])
        ends = np.cumsum([len(doc) for doc in ours])
        closing = np.append(columns[1:, 1] == 1, True)  # after this token a sentence or the document ends
        closing[ends - 1] = True
        actions, after = self._actions(self.model.predict(ours), columns[:, 0] == 1, closing)
        for doc, end in zip(ours, ends.tolist(), strict=True):
            _set(doc, end - len(doc), actions, after, self._labels)

    def _actions(self, step: Any, space: Flags, closing: Flags) -> tuple[dict[int, int], Numbers]:
        """The action at each token where an entity begins unless one is open there, and the token after that entity."""
        tokens = np.arange(len(space))
        nowhere = np.full(len(space), -1)
        scores = self._scores(step, tokens, nowhere, nowhere)
        scores[:, ~(self._begin | self._unit | self._out)] = -np.inf
        scores[np.ix_(closing, self._begin)] = -np.inf
        scores[np.ix_(space, self._begin | self._unit)] = -np.inf
        best = scores.argmax(1)
        after = tokens + 1
        first = np.flatnonzero(self._begin[best])
        at = first + 1
        while len(first):
            scores, rows = self._scores(step, at, first, at - 1), np.arange(len(at))
            inside, last = self._in[best[first]], self._last[best[first]]
            going, ending = scores[rows, inside], scores[rows, last]
            on = ~closing[at] & ((going > ending) | ((going == ending) & (inside < last)))
            after[first[~on]] = at[~on] + 1
            first, at = first[on], at[on] + 1
        found = np.flatnonzero(~self._out[best])
        return dict(zip(found.tolist(), best[found].tolist(), strict=True)), after

    def _scores(self, step: Any, token: Numbers, first: Numbers, before: Numbers) -> npt.NDArray[np.float32]:
        """The scores of all actions at these tokens, of entities that began at `first`; -1 where none is open."""
        ids = np.ascontiguousarray(np.stack([token, first, before], axis=1), dtype=np.int32)
        hidden, _ = step.state2vec.begin_update(ids)
        weights, bias = step.vec2scores.get_param("W"), step.vec2scores.get_param("b")
        scores: npt.NDArray[np.float32] = self._blis.gemm(hidden, weights, trans2=True) + bias
        return scores


def _set(doc: Doc, offset: int, actions: dict[int, int], after: Numbers, labels: list[str]) -> None:
    """Walk through the document from entity to entity."""
    found, at, end = [], offset, offset + len(doc)
    while at < end:
        action = actions.get(at)
        if action is not None:
            found.append(Span(doc, at - offset, int(after[at]) - offset, label=labels[action]))
            at = int(after[at])
        else:
            at += 1
    doc.set_ents(found, default="outside")


@Language.factory("parley_entities")
def entities_at_once(nlp: Language, name: str) -> EntitiesAtOnce:
    """The component for a pipeline that has an entity recogniser. Raises ``ValueError`` where it cannot stand in for it."""
    return EntitiesAtOnce(nlp.get_pipe("ner"))
