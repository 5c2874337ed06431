from __future__ import annotations

import re
from html import unescape

import pytest
from factory import GOLDEN, lake_document, lake_record
from rich.cells import cell_len

from parley.documents import from_text
from parley.record import Actor, Provenance, Record
from parley.views import render
from parley.views.text import printable

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def test_the_record_of_the_lake_report_reads_as_agreed(golden: object) -> None:
    golden("lake.text", render(lake_record()))  # type: ignore[operator]


@pytest.mark.parametrize("width", [40, 60, 80, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = render(lake_record(), width=width).splitlines()
    assert max(cell_len(line) for line in lines) <= width


def test_every_entry_stands_in_the_text_with_its_words_and_place() -> None:
    record, shown = lake_record(), " ".join(render(lake_record(), width=400).split())
    for statement in record.statements:
        for span in statement.content:
            assert f"“{span.quote}”" in shown
            assert f"{span.start}–{span.end}" in shown
    assert all(re.search(rf"\b{entry.id}\b", shown) for entry in record.entries())


def test_piped_text_is_plain_and_a_terminal_has_colour_over_the_same_words() -> None:
    plain, coloured = render(lake_record()), render(lake_record(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in ANSI.sub("", coloured).splitlines()] == plain.splitlines()


def test_stances_are_told_by_sign_and_word_and_by_whom_where_another_says_so() -> None:
    shown = render(lake_record())
    assert re.search(r"^ceasefire +\+ supports p1 p3 p4$", shown, re.M)
    assert re.search(r"^talks +± conditional p9$", shown, re.M)
    assert re.search(r"^sanctions +− opposes p8 \(says Tovar\)$", shown, re.M)


def test_parties_that_do_not_fit_beside_each_other_stand_below() -> None:
    shown = render(lake_record(), width=40)
    assert re.search(r"^issue +Tovar$", shown, re.M)
    assert re.search(r"^issue +Karsan$", shown, re.M)


def test_explain_names_the_rule_of_each_entry() -> None:
    shown = render(lake_record(), width=120, explain=True)
    assert shown.count("by positions: issue-lexicon, version 1") == 9
    assert "confidence 0.98" in shown


def test_an_empty_record_says_what_was_not_found() -> None:
    record = Record(parley="0", document=from_text("Nothing."))
    shown = render(record)
    assert shown.startswith("Untitled report\ndate of publication not known\n")
    assert "Nothing found for: parties and who speaks for them, where the parties stand" in shown


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_the_head_says_how_a_pages_date_was_found(format: str) -> None:
    document = from_text("Nothing.", published="2024-03-05")
    assert "2024-03-05 (" not in render(Record(parley="0", document=document), format)
    found = document.model_copy(update={"date_method": "url", "date_reliability": "medium"})
    told = render(Record(parley="0", document=found), format)
    assert "2024-03-05 (by the page's address, reliability medium)" in unescape(told).replace("\\", "")


def test_a_report_cannot_steer_the_terminal() -> None:
    document = from_text("\x1b[2JRana\u202e Vasko\x07 spoke.")
    actor = Actor(id="a1", name="Rana\x1b[31m", kind="person", mentions=(document.span(0, 18),),
                  made_by=Provenance(stage="actors", rule="r", version="1"))  # fmt: skip
    shown = render(Record(parley="0", document=document, actors=(actor,)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)
    assert printable("a\x1b[31m\n b\u2066") == "a·[31m b·"


def test_places_count_paragraphs_of_the_report_without_its_headline() -> None:
    assert lake_document().title
    assert "“to sign a ceasefire” ¶1" in render(lake_record(), width=200)


def test_the_golden_report_is_there() -> None:
    assert (GOLDEN / "lake.txt").exists()
