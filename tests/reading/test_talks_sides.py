"""Contacts that a text tells of without naming who met belong to the two sides whose process it is about."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Talks

PUBLISHED = "2031-06-04"


def talks(reader: Reader, text: str) -> tuple[Talks, ...]:
    return reader.read(text, published=PUBLISHED).talks


@pytest.mark.parametrize(
    ("sentence", "status", "date", "place"),
    [
        ("The next round is due to start on July 8 in Lisbon.", "scheduled", "2031-07-08", "Lisbon"),
        ("A previous round collapsed in March.", "collapsed", "2031-03", None),
        ("Talks were frozen in March.", "collapsed", "2031-03", None),
        ("The next meeting is to be held in Lisbon in July.", "scheduled", "2031-07", "Lisbon"),
    ],
)
def test_the_two_whom_the_lead_joins_take_part_where_nobody_is_named(
    reader: Reader, sentence: str, status: str, date: str, place: str | None
) -> None:
    text = f"Chad's government and the FACT rebels said on Monday they had extended a truce.\n\n{sentence}"
    (found,) = talks(reader, text)
    assert (found.status, found.date, found.place) == (status, date, place)
    assert len(found.participants) == 2
    assert "Chad" in found.participants


def test_no_side_is_guessed_where_the_text_speaks_of_many_alike(reader: Reader) -> None:
    text = "Talks were frozen in March. Chad, Niger, Mali, Benin and Togo closed their borders."
    assert all(t.participants == () for t in talks(reader, text))


def test_both_leaders_are_the_two_sides_of_the_text(reader: Reader) -> None:
    text = (
        "A dinner between Armenian leader Aram Petrosyan and Azerbaijani leader Ilham Guliyev broke up without agreement.\n\n"
        "Iran and Turkey want a corridor through the south.\n\nA UN envoy will meet both leaders next week."
    )
    dinner, visit = talks(reader, text)
    assert (dinner.status, dinner.outcome, set(dinner.participants)) == ("held", "no-agreement", {"Armenia", "Azerbaijan"})
    assert set(visit.participants) - {"United Nations"} == {"Armenia", "Azerbaijan"}


def test_officials_met_in_a_town_are_not_those_of_the_town(reader: Reader) -> None:
    text = (
        "Mali and the JNIM rebels held talks in Tunis in May.\n\nRebel envoys had met government officials in Doha in April."
    )
    found = next(t for t in talks(reader, text) if t.place == "Doha")
    assert "Qatar" not in found.participants


def test_coming_back_to_the_table_resumes_talks(reader: Reader) -> None:
    (found,) = talks(reader, "Envoys of Chad and Sudan returned to the negotiating table in Tunis on Tuesday.")
    assert (found.status, found.date, found.place) == ("ongoing", "2031-06-03", "Tunis")
    assert set(found.participants) == {"Chad", "Sudan"}


@pytest.mark.parametrize(
    "text",
    [
        "Chad put a plan on the negotiating table.",
        "Chad insists that Sudan apologise before formal talks can restart.",
        "Chad would come to the negotiating table with Sudan.",
        "The president had lunch in Tunis on Monday.",
    ],
)
def test_a_condition_a_plan_on_the_table_and_a_meal_are_no_contact(reader: Reader, text: str) -> None:
    assert talks(reader, text) == ()


def test_both_are_found_where_the_second_has_a_title(reader: Reader) -> None:
    text = (
        "Sudan and the SPLM-N rebels signed a truce.\n\nA summit between General Abdel Fattah al-Burhan of Sudan and "
        "Chadian leader Idriss Ali is planned for November in Addis Ababa."
    )
    (found,) = talks(reader, text)
    assert set(found.participants) == {"Sudan", "Chad"}


def test_what_is_talked_about_takes_no_part(reader: Reader) -> None:
    text = "Chad and the Velm Liberation Front ended a round of talks on Libya and the Velm Hills on Monday."
    (found,) = talks(reader, text)
    assert set(found.participants) == {"Chad", "Velm Liberation Front"}


def test_who_mediates_takes_no_part_in_the_next_meeting(reader: Reader) -> None:
    text = (
        "Envoys of Chad and the Velm Liberation Front met near Oslo on Monday with Norway acting as mediator.\n\n"
        "Norwegian Foreign Minister Kari Aune said both sides had agreed to meet again on June 20."
    )
    held, planned = talks(reader, text)
    assert set(held.participants) == set(planned.participants) == {"Chad", "Velm Liberation Front"}
    assert held.mediators == ("Norway",)
