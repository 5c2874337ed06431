"""The quicker parser annotates exactly as the pipeline that it is made of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.models import DEFAULT_PARSER, Models

SENTENCES = [
    "There's no truce, there are talks, and there were two rounds before.",
    "It ain't over: they're gonna talk, we've gotta wait, let's go. Y'all c'mon!",
    'The rebels\' leader said "we will not leave" — and left.\n\n  The army had been shelling Melle since June 2.',
    "Karsan’s forces, who haven't withdrawn, say they'd sign if asked to; none of them has.",
    "Mr. Dorn (a minister) met Ms. Orsk at 10 a.m. 50% of 1,200 prisoners weren't freed.",
    "that's that.\tThat that is, is.\r\nHow's one to know what's been said?",
]


@pytest.fixture(scope="module")
def plain() -> Any:
    import spacy

    from parley.models import line_breaks  # noqa: F401

    pipeline = spacy.load(DEFAULT_PARSER)
    pipeline.add_pipe("parley_line_breaks", before="parser")
    return pipeline


@pytest.fixture(scope="module")
def quick() -> Any:
    return Models().parser


def annotations(doc: Any) -> list[tuple[Any, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
    ]


def test_the_rules_are_remembered(quick: Any) -> None:
    assert "parley_tag_rules" in quick.pipe_names
    assert "attribute_ruler" not in quick.pipe_names


def test_the_entities_are_found_at_once(quick: Any) -> None:
    assert "parley_entities" in quick.pipe_names
    assert "ner" not in quick.pipe_names


def test_a_text_is_annotated_the_same_in_company_and_alone(quick: Any) -> None:
    texts = [*SENTENCES, "", " \n", "Orsk met Dorn in New York on June 2, 2024, at the United Nations.", " ".join(SENTENCES)]
    alone = [annotations(quick(text)) for text in texts]
    for size in (1, 3, 16):
        assert [annotations(doc) for doc in quick.pipe(texts, batch_size=size)] == alone


def test_entities_that_a_pipeline_has_set_before_are_kept(quick: Any) -> None:
    doc = quick.make_doc("The Karsan Front met Ms. Orsk in Geneva.")
    doc.set_ents([doc.char_span(4, 16, "ORG")], default="missing")
    assert next(e.text for e in quick.get_pipe("parley_entities")(quick.get_pipe("tok2vec")(doc)).ents) == "Karsan Front"


@pytest.mark.parametrize("text", SENTENCES)
def test_annotations_are_those_of_the_pipeline_when_new_and_when_known(plain: Any, quick: Any, text: str) -> None:
    expected = annotations(plain(text))
    assert annotations(quick(text)) == expected
    assert annotations(quick(text)) == expected


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(" ".join(SENTENCES).split(" ")),
            st.sampled_from(["\n", "  ", "\u00a0", "there", "is", "'s", "gon", "na", "🕊", "n't", "ai"]),
            st.text(max_size=5),
        ),
        max_size=25,
    )
)
def test_annotations_are_those_of_the_pipeline_for_any_words(plain: Any, quick: Any, words: list[str]) -> None:
    text = " ".join(words)
    assert annotations(quick(text)) == annotations(plain(text))
