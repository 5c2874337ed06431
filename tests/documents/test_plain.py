from __future__ import annotations

import pytest

from parley.documents import MAX_CHARACTERS, from_text, headline
from parley.errors import DocumentError

PARAGRAPH = (
    "The Karsan Front said on Monday that it would accept a truce if aid convoys were let into the besieged town of Melle."
)

HEADLINES = [
    "Karsan rebels accept truce",
    "Envoy: ‘no talks’ with Karsan before winter, says U.S.",
    "Who will speak for the Karsan Front?",
    "Tovar's PM meets rebels in Geneva",
    "Truce talks stall; convoys wait",
]
NO_HEADLINES = [
    "The Karsan Front accepted a truce on Monday.",
    "MELLE, March 5, 2024",
    "MELLE (Northern Wire) —",
    "By Ann Ode",
    "“We will hold our fire,” he said",
    "Truce",
    "5 March 2024",
    "The parties agreed on the following points:",
    "Karsan " * 40,
]


@pytest.mark.parametrize("line", HEADLINES)
@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n\r\n", "\n \n"])
def test_a_short_first_line_over_the_report_is_its_title(line: str, between: str) -> None:
    document = from_text(line + between + PARAGRAPH)
    assert document.title == line
    assert document.text == line + between + PARAGRAPH


@pytest.mark.parametrize("line", NO_HEADLINES)
def test_sentences_datelines_bylines_and_lists_are_no_titles(line: str) -> None:
    assert from_text(f"{line}\n\n{PARAGRAPH}").title is None


def test_a_line_that_stands_alone_is_no_title() -> None:
    assert headline("Karsan rebels accept truce") is None
    assert headline("") is None
    assert headline("\n \n") is None


def test_a_given_title_stays() -> None:
    assert from_text(f"Karsan rebels accept truce\n\n{PARAGRAPH}", title="Truce").title == "Truce"


@pytest.mark.parametrize("text", ["", "\ufeff", "a\r\nb", "e\u0301 \u202eרמה\u202c \U0001f54a\ufe0f\u00a0\u00ad", "x\n\n\n"])
def test_the_text_is_never_altered(text: str) -> None:
    assert from_text(text).text == text


def test_more_than_a_report_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"at most 1,000,000; split it"):
        from_text("a" * (MAX_CHARACTERS + 1))


def test_half_a_surrogate_pair_is_refused_with_its_place() -> None:
    with pytest.raises(DocumentError, match="surrogate pair at character 2"):
        from_text("ab\ud83d")
