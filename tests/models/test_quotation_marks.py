"""Where quotations begin and end in text as it comes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.models.quotation_marks import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We wait,” she said.", ["We wait,"]),
        ('"We wait," she said, "and hope."', ["We wait,", "and hope."]),
        ("„Wir warten“ is what he said.", ["Wir warten"]),
        ("«We wait», he said.", ["We wait"]),
        ("``We wait,'' he said.", ["We wait,"]),
        ("‘We wait,’ said Tomas Brel.", ["We wait,"]),
        ("The council’s ‘open door’ stays open.", ["open door"]),
        ("It was the council’s own plan, the envoys’ last.", []),
        ('He said the "peace plan" and the "road map" were one.', ["peace plan", "road map"]),
        ('" We wait , " said Brel .', [" We wait , "]),
        ("“They said ‘never’ to us,” said Brel.", ["They said ‘never’ to us,"]),
    ],
)
def test_marks_of_every_kind_pair_up(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "“We will wait for an answer.\n\n“And then we will act,” said Brel."
    assert quoted(text) == ["We will wait for an answer.", "And then we will act,"]


def test_a_lost_closing_mark_spoils_no_other_paragraph() -> None:
    text = '"We will wait for an answer, said Brel.\n\n"We will act," said Dunn.'
    assert quoted(text)[-1] == "We will act,"


def test_a_lost_opening_mark_leaves_the_quotation_at_the_start_of_its_paragraph() -> None:
    assert quoted('We will wait for an answer," said Brel.') == ["We will wait for an answer,"]


@given(st.text(alphabet="ab .,\n\"“”‘’'«»`", max_size=80))
def test_quotations_lie_in_the_text_in_order_and_in_one_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) and "\n" not in text[q.start : q.end] for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
