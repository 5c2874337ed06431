from __future__ import annotations

from factory import lake_record

from parley.documents import from_text
from parley.record import Actor, Provenance, Record
from parley.views import render
from parley.views.markdown import escaped


def test_the_record_of_the_lake_report_reads_as_agreed(golden: object) -> None:
    golden("lake.md", render(lake_record(), "markdown"))  # type: ignore[operator]


def test_words_of_a_report_are_no_markdown() -> None:
    assert escaped("*a* _b_ [c](d) <e> `f` | g\nh") == r"\*a\* \_b\_ \[c\](d) \<e\> \`f\` \| g h"
    assert escaped("# 1. one") == r"\# 1. one"
    assert escaped("AT&T &amp; co") == r"AT&T \&amp; co"


def test_names_with_a_bar_do_not_break_the_table() -> None:
    document = from_text("A|B spoke.")
    made = Provenance(stage="actors", rule="r", version="1")
    actor = Actor(id="a1", name="A|B", kind="other", party="A|B", mentions=(document.span(0, 3),), made_by=made)
    assert r"**A\|B**" in render(Record(parley="0", document=document, actors=(actor,)), "markdown")


def test_explain_names_the_rule_and_the_confidence() -> None:
    shown = render(lake_record(), "markdown", explain=True)
    assert "by `talks: noun-frame`, version 1, confidence 0.90" in shown
