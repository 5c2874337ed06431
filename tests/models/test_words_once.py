"""Each word is made once, and what the pipeline makes of it stays the same to the last digit."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import Model
from thinc.types import Ragged

from parley.models import DEFAULT_PARSER
from parley.models.words_once import make_words_once, once

TEXTS = [
    "The envoy said the truce holds. The envoy said the truce would hold, and the truce held.",
    "Halt.",
    "",
    "“The truce holds,” the envoy of Kestria said on 5 May 2024 in Velm; the TRUCE, she said, must hold.",
]


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return spacy.load(DEFAULT_PARSER)


def vectors(pipeline: Language, texts: list[str]) -> list[np.ndarray]:
    docs = [pipeline.make_doc(text) for text in texts]
    networks = [pipeline.get_pipe("tok2vec").model, pipeline.get_pipe("ner").model.get_ref("tok2vec").layers[0]]
    return [np.concatenate([np.asarray(rows) for rows in model.predict(docs)]) for model in networks]


def test_the_vectors_are_those_of_the_pipeline_as_it_came(pipeline: Language) -> None:
    changed = spacy.load(DEFAULT_PARSER)
    make_words_once(changed)
    for texts in (TEXTS, TEXTS[:1], TEXTS[1:2], TEXTS * 9):
        for before, after in zip(vectors(pipeline, texts), vectors(changed, texts), strict=True):
            assert np.array_equal(before, after)


def test_both_networks_of_the_pipeline_are_changed() -> None:
    changed = spacy.load(DEFAULT_PARSER)
    make_words_once(changed)
    for name in ("tok2vec", "ner"):
        assert [node.name for node in changed.get_pipe(name).model.walk()].count("once") == 1


def test_rows_that_are_alike_are_asked_for_once() -> None:
    asked: list[np.ndarray] = []

    def tenfold(model: Model, rows: Ragged, is_train: bool) -> tuple[Ragged, object]:
        asked.append(rows.dataXd)
        return Ragged(rows.dataXd * 10, rows.lengths), None

    rows = np.array([[1, 2], [3, 4], [1, 2], [1, 5], [3, 4]], dtype=np.uint64)
    lengths = np.array([2, 3], dtype=np.int32)
    found = once(Model("tenfold", tenfold)).predict(Ragged(rows, lengths))
    assert [r.tolist() for r in asked] == [[[1, 2], [3, 4], [1, 5]]]
    assert found.dataXd.tolist() == (rows * 10).tolist()
    assert found.lengths.tolist() == [2, 3]


def test_a_text_without_words_has_no_vectors() -> None:
    nothing = Ragged(np.zeros((0, 6), dtype=np.uint64), np.array([0], dtype=np.int32))
    layer: Model[Ragged, Ragged] = Model("same", lambda model, rows, is_train: (rows, None))
    assert len(once(layer).predict(nothing).dataXd) == 0
