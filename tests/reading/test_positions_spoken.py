"""A side that speaks of talks or releases in words of its own that are quoted, and does not refuse them, stands for them."""

from __future__ import annotations

import pytest

from parley.reading import Reader


def stances(reader: Reader, text: str) -> set[tuple[str, str, str]]:
    return {(p.party, p.issue, p.stance) for p in reader.read(text, published="2021-05-03").positions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The talks in Lusaka will settle the matter," Angola\'s president said.', ("Angola", "talks", "supports")),
        ('"The release of 40 soldiers is on Monday," Colombia\'s president said.', ("Colombia", "prisoners", "supports")),
    ],
)
def test_a_side_stands_for_the_common_step_that_it_speaks_of(
    reader: Reader, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in stances(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "Angola's president said there would be no talks in Lusaka.",
        "Angola's president said that tanks had been seen near the border.",
        "The talks in Lusaka ended on Monday.",
        '"Before the talks in Lusaka we saw tanks near the border," Angola\'s president said.',
    ],
)
def test_nothing_is_read_into_refusals_descriptions_and_the_narrators_words(reader: Reader, text: str) -> None:
    assert not {s for s in stances(reader, text) if s[2] == "supports"}
