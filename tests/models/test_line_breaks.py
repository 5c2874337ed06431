from __future__ import annotations

from typing import Any

import pytest

from parley.models import Models


@pytest.fixture(scope="module")
def parser() -> Any:
    return Models().parser


def sentences(parser: Any, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in parser(text).sents]


@pytest.mark.parametrize("dateline", [
    "MELLE, March 5, 2024 - ", "ORSHA (Northern Wire) — ", "UNITED NATIONS (NW) -- ", "MELLE – ", "ORSHA, Tovar — ", "NEW ORSHA/MELLE, 5 March - ",
])  # fmt: skip
def test_a_sentence_starts_after_the_dateline(parser: Any, dateline: str) -> None:
    assert "The rebels and the government agreed on Friday to a truce." in sentences(
        parser, f"Truce agreed\n\n{dateline}The rebels and the government agreed on Friday to a truce."
    )


def test_a_dash_within_a_sentence_starts_none(parser: Any) -> None:
    for text in ("NATO — which met on Monday — agreed to the talks.", "The truce — Orsk called it fragile — holds."):
        assert sentences(parser, text) == [text]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n", "\u2028"])
def test_a_headline_is_a_sentence_of_its_own(parser: Any, ending: str) -> None:
    assert sentences(parser, f"Rebels accept truce{ending}The rebels accepted a truce.")[0] == "Rebels accept truce"
