"""The sample reports: listed with their dates, of the length of a report, and each read into a record worth looking at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parley.documents.files import read_file
from parley.reading import Reader

EXAMPLES = Path(__file__).parent.parent / "examples"
LIST = Path(__file__).parent.parent / "docs" / "examples.md"
LISTED = dict(re.findall(r"^\| `([\w.-]+)` \|[^|]*\| ([^|]*?) \|", LIST.read_text(encoding="utf-8"), re.MULTILINE))
PARTIES = {
    "havana-truce.txt": {"Colombia", "ELN"},
    "aceh-helsinki.txt": {"Indonesia", "GAM"},
    "pretoria-statement.txt": {"Ethiopia", "TPLF", "African Union"},
    "karabakh-questions.txt": {"Armenia", "Azerbaijan", "Nagorno-Karabakh"},
    "cyprus-live.txt": {"Greek Cypriots", "Turkish Cypriots", "United Nations"},
    "mozambique-third-accord.txt": {"Mozambique", "Renamo", "Renamo Military Junta"},
    "sudan-jeddah.html": {"Sudan", "RSF", "Saudi Arabia"},
}


def test_every_report_is_listed() -> None:
    assert set(LISTED) == {path.name for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html")}
    assert set(PARTIES) == set(LISTED)


@pytest.mark.parametrize("name", sorted(PARTIES))
def test_a_report_reads_into_a_record(reader: Reader, name: str) -> None:
    date = LISTED[name] if LISTED[name][0].isdigit() else None
    document = read_file(EXAMPLES / name, published=date)
    assert document.title
    assert document.published is not None
    assert 200 <= len(document.text.split()) <= 500
    record = reader.read(document)
    assert record.statements
    assert record.positions
    assert {actor.party for actor in record.actors} >= PARTIES[name]


def test_a_page_gives_its_own_date_and_leaves_its_furniture_behind() -> None:
    document = read_file(EXAMPLES / "sudan-jeddah.html")
    assert (document.published, document.publisher) == ("2023-05-12", "The Example Wire")
    assert "Cookies" not in document.text
    assert "Khartoum in maps" not in document.text
