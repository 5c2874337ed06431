"""Many reports are read as each would be read by itself: what stands beside a report in an archive never changes its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from parley.documents import files_in, from_text, read_file
from parley.reading import Reader
from parley.reading.parse import CHARACTERS, TOGETHER, parsed_together
from parley.record import Document

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    files = [file for file in files_in(EXAMPLES) if file.suffix == ".txt"]
    return [read_file(file, published="2024-03-05") for file in files]


def batched(documents: Iterable[Document], size: int) -> Iterator[tuple[Document, ...]]:
    rest = iter(documents)
    while group := tuple(islice(rest, size)):
        yield group


def test_the_records_are_those_of_single_readings(
    reader: Reader, reports: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [reader.read(report).model_dump_json() for report in reports]
    monkeypatch.setattr("parley.reading.parsed_together", lambda documents: batched(documents, 5))
    assert len(reports) > 10
    assert [record.model_dump_json() for record in reader.read_many(reports)] == alone
    turned = [record.model_dump_json() for record in reader.read_many(reversed(reports))]
    assert turned == alone[::-1]


def test_a_reading_may_begin_between_two_others(reader: Reader, reports: list[Document]) -> None:
    records = reader.read_many([*reports[:2] * (TOGETHER // 2), reports[2]])
    first = next(records)
    assert reader.read(reports[0]) == first
    assert len(list(records)) == TOGETHER


def test_groups_are_bounded_in_number_and_length() -> None:
    short, long = from_text("The truce holds."), from_text("The truce holds. " * 6500)
    groups = list(parsed_together([short] * (TOGETHER + 1) + [long, long] + [short]))
    assert [len(group) for group in groups] == [TOGETHER, 2, 2]
    assert all(sum(len(d.text) for d in group) <= CHARACTERS for group in groups)
    too_long = from_text("The truce holds. " * 12_000)
    assert [len(group) for group in parsed_together([short, too_long, short])] == [1, 1, 1]
    assert list(parsed_together([])) == []


def test_words_are_kept_of_the_first_reports_only(reports: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = from_text("Zerquant envoys met."), from_text("Zerquant envoys met Yerquant ones.")
    keeping = Reader()
    keeping.read(early)
    monkeypatch.setattr("parley.reading.KEPT", 0)
    forgetting = Reader()
    assert keeping.read(late) == forgetting.read(late)
    vocab = keeping.models.parser.vocab
    assert ("Zerquant" in vocab, "Yerquant" in vocab) == (True, False)
    assert "Zerquant" not in forgetting.models.parser.vocab
    assert [keeping.read(report) for report in reports[:5]] == [forgetting.read(report) for report in reports[:5]]
