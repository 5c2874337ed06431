"""The attribution tagger: its pieces, its decoding and its files."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import ModelError
from parley.models.attribution import AttributionTagger
from parley.models.attribution.decoding import (
    CONTENT,
    IMPOSSIBLE,
    TAGS,
    Costs,
    best_tags,
    linked,
    log_softmax,
    spans_of,
    tags_of_paragraphs,
    transitions,
)
from parley.models.attribution.pieces import WINDOW, pieces_of, windows_of
from parley.models.attribution.tagger import FOLDER


@pytest.fixture(scope="module")
def tagger() -> AttributionTagger:
    return AttributionTagger.load()


def test_the_model_loads_within_a_second_and_weighs_at_most_30_megabytes() -> None:
    import onnxruntime  # noqa: F401  (its import is not the model's loading)
    import tokenizers  # noqa: F401

    began = time.process_time()
    AttributionTagger.load()
    assert time.process_time() - began < 1.0
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 30e6


def test_a_folder_without_a_model_is_refused_with_a_reason(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match="train it"):
        AttributionTagger.load(tmp_path)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_every_place_that_the_tagger_gives_lies_in_the_text(tagger: AttributionTagger, text: str) -> None:
    for found in tagger.attributions(text):
        for start, end in [*found.content, *(p for p in (found.cue, found.source) if p)]:
            assert 0 <= start < end <= len(text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="abc de,.“”", min_size=1, max_size=200), max_size=8))
def test_windows_cover_all_pieces_once_in_order(tagger: AttributionTagger, paragraphs: list[str]) -> None:
    pieces = pieces_of("\n".join(paragraphs), tagger._tokenizer)
    windows = windows_of(pieces)
    assert all(b - a <= WINDOW for a, b in windows)
    assert [i for a, b in windows for i in range(a, b)] == list(range(len(pieces)))


@given(st.lists(st.integers(1, 12), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_the_best_tags_are_well_formed(lengths: list[int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = [log_softmax(chance.normal(size=(n, len(TAGS))).astype(np.float32)) for n in lengths]
    for tags in best_tags(scores, transitions(Costs())):
        for before, tag in zip([0, *tags], tags, strict=False):
            assert tag == 0 or tag % 2 == 1 or before in (tag, tag - 1)


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=12), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_paragraphs_have_the_tags_that_they_have_in_their_window(breaks: list[list[bool]], seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = [log_softmax(chance.normal(size=(len(window), len(TAGS))).astype(np.float32)) for window in breaks]
    for window, score in zip(breaks, scores, strict=True):
        score[window, 1:] = IMPOSSIBLE
    steps = transitions(Costs(content=0.5))
    apart = tags_of_paragraphs(scores, [np.array(window) for window in breaks], steps)
    assert [tags.tolist() for tags in apart] == [tags.tolist() for tags in best_tags(scores, steps)]


def test_a_cost_for_beginning_joins_what_flickers() -> None:
    scores = np.full((1, 5, len(TAGS)), -5.0, np.float32)
    scores[0, :, CONTENT + 1] = 0.0
    scores[0, 0, CONTENT], scores[0, 2, 0] = 1.0, 0.4
    logs = [log_softmax(scores[0])]
    assert len(spans_of(best_tags(logs, transitions(Costs(content=2.0)))[0], logs[0])) == 1


def test_a_link_never_leaves_its_paragraph() -> None:
    queries = keys = np.ones((3, 4), np.float32)
    assert linked([1], [2], queries, keys, np.array([-1, 1, 2]), nothing=9.0)[0][0] == -1
    assert linked([1], [2], queries, keys, np.array([-1, 1, 1]), nothing=9.0)[0][0] == 0


def test_the_same_text_gives_the_same_attributions(tagger: AttributionTagger) -> None:
    text = "“We wait,” Ana Dunn said.\n\nTomas Brel said the army had left, adding that families could return."
    assert tagger.attributions(text) == tagger.attributions(text) != ()
