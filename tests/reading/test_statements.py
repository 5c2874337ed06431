"""Who says what: the hard cases of attribution, in sentences of our own with invented names."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Record, Statement


def told(record: Record, words: str) -> Statement:
    """The statement whose content holds these words most tightly."""
    holding = [s for s in record.statements if any(words in piece.quote for piece in s.content)]
    assert holding, f"nobody says {words!r} in {[[c.quote for c in s.content] for s in record.statements]}"
    return min(holding, key=lambda s: sum(len(c.quote) for c in s.content))


def speaker(statement: Statement) -> str:
    return statement.speaker_name or ""


MARTA = "Kestrian foreign minister Marta Velin arrived in Geneva on Monday. "


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        pytest.param("“The border stays closed,” said Tomas Brel, a doctor from the north.", "The border stays closed",
                     "Tomas Brel", id="apposition after the name"),
        pytest.param("Tomas Brel, the rebels' chief negotiator, said the border would stay closed.",
                     "the border would stay closed", "Tomas Brel", id="apposition before the cue"),
        pytest.param("The president's spokesman, Tomas Brel, told reporters that the border would stay closed.",
                     "the border would stay closed", "Tomas Brel", id="the name is the apposition"),
        pytest.param("According to Tomas Brel, the border will stay closed until spring.",
                     "the border will stay closed until spring", "Tomas Brel", id="according to, before"),
        pytest.param("The border will stay closed until spring, according to Tomas Brel.",
                     "The border will stay closed until spring", "Tomas Brel", id="according to, after"),
        pytest.param("The border, Tomas Brel said on Friday, would stay closed until spring.",
                     "would stay closed until spring", "Tomas Brel", id="cue in between"),
        pytest.param("Tomas Brel: “The border stays closed until spring comes.”", "The border stays closed",
                     "Tomas Brel", id="a label for a cue"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_wherever_he_stands(reader: Reader, text: str, content: str, name: str) -> None:
    assert name in speaker(told(reader.read(text), content))


def test_a_quotation_over_paragraphs_keeps_its_speaker(reader: Reader) -> None:
    record = reader.read(
        "“We came here to end this war,” Tomas Brel told the delegates.\n\n"
        "“Nobody should leave this room before we have a text that both of our peoples can live with.”\n\n"
        "The session was then closed."
    )
    assert "Brel" in speaker(told(record, "Nobody should leave"))
    assert told(record, "Nobody should leave").cue is None


def test_an_open_quotation_goes_on_in_the_next_paragraph(reader: Reader) -> None:
    record = reader.read(
        "Tomas Brel said: “We came here to end this war, and we will stay as long as it takes.\n\n"
        "“Nobody should leave this room before we have a text.”"
    )
    assert "Brel" in speaker(told(record, "Nobody should leave"))
    assert "Brel" in speaker(told(record, "we will stay"))


@pytest.mark.parametrize(
    "text",
    [
        '"We will not give up a single village, said Tomas Brel.\n\nThe talks go on. "We are patient," he added.',
        'We will not give up a single village," said Tomas Brel.\n\nThe talks go on. "We are patient," he added.',
    ],
    ids=["closing mark lost", "opening mark lost"],
)
def test_odd_marks_spoil_no_other_quotation(reader: Reader, text: str) -> None:
    statement = told(reader.read(text), "We are patient")
    assert [c.quote for c in statement.content] == ["We are patient"]


def test_a_quotation_interrupted_by_its_cue_is_two_statements(reader: Reader) -> None:
    record = reader.read("“We are ready to talk,” Tomas Brel said, “but we will not beg for a meeting.”")
    first, second = told(record, "We are ready to talk"), told(record, "we will not beg")
    assert first.id != second.id
    assert "Brel" in speaker(first)
    assert "Brel" in speaker(second)


def test_a_quotation_goes_on_without_a_cue(reader: Reader) -> None:
    record = reader.read("“The road is open,” said Tomas Brel. “Everyone who wants to leave the town can do so today.”")
    statement = told(record, "Everyone who wants")
    assert "Brel" in speaker(statement)
    assert statement.cue is None


def test_he_said_adding_that(reader: Reader) -> None:
    record = reader.read(
        "Tomas Brel said the army had left the valley, adding that the families could return before the winter."
    )
    assert "Brel" in speaker(told(record, "the army had left the valley"))
    assert "Brel" in speaker(told(record, "the families could return"))


def test_pronouns_and_roles_stand_for_the_speaker(reader: Reader) -> None:
    record = reader.read(
        MARTA + "She said the prisoners would be freed this week.\n\n“This is a first step,” the minister said."
    )
    assert "Velin" in speaker(told(record, "the prisoners would be freed"))
    assert "Velin" in speaker(told(record, "This is a first step"))


def test_two_speakers_in_one_sentence(reader: Reader) -> None:
    record = reader.read(
        "Tomas Brel said the shelling had stopped, but Ana Dunn insisted that it went on through the night."
    )
    assert "Brel" in speaker(told(record, "the shelling had stopped"))
    assert "Dunn" in speaker(told(record, "it went on through the night"))


def test_a_tweet_is_signed_below(reader: Reader) -> None:
    record = reader.read(
        "The deal drew answers at once.\n\n"
        "“The agreement must be carried out in full and without any delay.” — Ana Dunn (@anadunn) March 3, 2021"
    )
    assert "Ana Dunn" in speaker(told(record, "must be carried out"))


def test_translated_words_are_one_quotation(reader: Reader) -> None:
    record = reader.read(
        "“We want one thing, the (government panel) wants another thing [now],” said Tomas Brel in Spanish."
    )
    assert told(record, "We want one thing").kind == "direct"
    assert "wants another thing" in told(record, "We want one thing").content[0].quote


def test_headlines_say_nothing(reader: Reader) -> None:
    headline = "Rebel chief says border to stay closed"
    record = reader.read(
        f"{headline}\n\nRebel leader Ana Dunn said on Friday that the border would stay closed until spring."
    )
    assert all(s.content[0].start > len(headline) for s in record.statements)
    assert "Dunn" in speaker(told(record, "the border would stay closed"))


def test_capitals_are_read(reader: Reader) -> None:
    record = reader.read("TOMAS BREL SAID ON FRIDAY THAT THE BORDER WOULD STAY CLOSED UNTIL THE SPRING.")
    assert "BREL" in speaker(told(record, "THE BORDER WOULD STAY CLOSED")).upper()


def test_old_wire_spacing_is_read(reader: Reader) -> None:
    record = reader.read('" We will not leave the valley , " said Tomas Brel . The talks go on , he said .')
    statement = told(record, "We will not leave the valley")
    assert statement.kind == "direct"
    assert "Brel" in speaker(statement)


def test_a_claim_within_a_claim(reader: Reader) -> None:
    record = reader.read("Ana Dunn said that Tomas Brel had promised to free the prisoners within a week.")
    outer, inner = told(record, "Tomas Brel had promised"), told(record, "free the prisoners within a week")
    assert "Dunn" in speaker(outer)
    assert "Brel" in speaker(inner)
    assert inner.within == outer.id
    assert inner.act == "promise"


@pytest.mark.parametrize(
    ("text", "act", "denies"),
    [
        ("Tomas Brel denied that his men had shelled the town.", "deny", True),
        ("Tomas Brel demanded that the army leave the valley.", "demand", False),
        ("Tomas Brel accused the army of shelling the town.", "accuse", False),
        ("Tomas Brel rejected the offer of a three-day truce.", "reject", False),
        ("Tomas Brel warned that the talks could fail.", "warn", False),
        ("Tomas Brel called for an immediate ceasefire.", "call-for", False),
        ("Tomas Brel promised that the prisoners would be freed.", "promise", False),
        ("Tomas Brel threatened to walk out of the talks.", "threaten", False),
    ],
)
def test_the_cue_tells_the_act(reader: Reader, text: str, act: str, denies: bool) -> None:
    statements = reader.read(text).statements
    assert [(s.act, s.denies) for s in statements[:1]] == [(act, denies)]
    assert "Brel" in speaker(statements[0])


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Brel declined to comment on the talks.",
        "Tomas Brel criticised the agreement on Friday.",
        "The army has not announced any plans to leave the valley.",
        "The talks seem to go well.",
    ],
)
def test_what_reports_no_content_is_no_statement(reader: Reader, text: str) -> None:
    assert reader.read(text).statements == ()


def test_when_where_and_on_what_occasion(reader: Reader) -> None:
    record = reader.read(
        "Speaking at a press conference in Geneva on June 4, Tomas Brel said the talks would go on.", published="2021-06-05"
    )
    statement = told(record, "the talks would go on")
    assert (statement.date, statement.place, statement.setting) == ("2021-06-04", "Geneva", "press conference")


def test_a_text_without_statements(reader: Reader) -> None:
    assert reader.read("It rained in the valley. The river rose.").statements == ()
    assert reader.read("").statements == ()
