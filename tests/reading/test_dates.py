"""What the dates stage promises: which words are time expressions, and what they mean on the day of publication."""

from __future__ import annotations

import pytest

from parley.knowledge import Knowledge
from parley.models import Models
from parley.reading import Reader
from parley.reading.dates import find_dates
from parley.reading.dates.calendar import Anchor, carried, easter, shifted
from parley.reading.layers import Reading, TimeExpression
from parley.reading.parse import parse
from parley.record import Document

WEDNESDAY = "2031-06-04"


@pytest.fixture(scope="session")
def stages(reader: Reader) -> tuple[Knowledge, Models]:
    return reader.knowledge, reader.models


def dates(stages: tuple[Knowledge, Models], text: str, published: str | None = WEDNESDAY) -> tuple[TimeExpression, ...]:
    parsed = parse.run(Reading(Document(text=text, published=published)), *stages)
    return find_dates.run(parsed, *stages).dates


def read(stages: tuple[Knowledge, Models], text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(text[d.start : d.end], d.value) for d in dates(stages, text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # calendar dates
        ("The accord was signed on Dec. 19, 2013.", [("Dec. 19, 2013", "2013-12-19")]),
        ("It was signed on 19 December 2013 in Orsk.", [("19 December 2013", "2013-12-19")]),
        ("It was signed on the 3rd of May, 1998.", [("the 3rd of May, 1998", "1998-05-03")]),
        ("On Sunday, March 3, the two sat down.", [("Sunday, March 3", "2031-03-03")]),
        ("The panels meet on May 13-14, 2032.", [("May 13", "2032-05-13"), ("14, 2032", "2032-05-14")]),
        ("They will meet on 13-14 June.", [("13", "2031-06-13"), ("14 June", "2031-06-14")]),
        ("They met from 30 April to 2 May 2031.", [("from 30 April", "2031-04-30"), ("2 May 2031", "2031-05-02")]),
        ("Posted 2031-06-01.", [("2031-06-01", "2031-06-01")]),
        ("Posted 25/12/2030.", [("25/12/2030", "2030-12-25")]),
        # years and decades
        ("The truce has held since 2014.", [("2014", "2014")]),
        ("They want the 1967 borders back.", [("1967", "1967")]),
        ("Fighting flared in the early 1990s and in mid-1999.", [("the early 1990s", "199"), ("mid-1999", "1999")]),
        ("He recalled the February 2022 invasion.", [("February 2022", "2022-02")]),
        ("The fighting of 2003-2005 was worse.", [("2003", "2003"), ("2005", "2005")]),
        # weekdays by tense and preposition
        ("The envoys met on Tuesday.", [("Tuesday", "2031-06-03")]),
        ("The envoys will meet on Friday.", [("Friday", "2031-06-06")]),
        ("The envoys met on Friday.", [("Friday", "2031-05-30")]),
        ("The talks are due to resume on Monday.", [("Monday", "2031-06-09")]),
        ("They agreed to a truce until Saturday.", [("Saturday", "2031-06-07")]),
        ("They agreed to meet next Friday.", [("next Friday", "2031-06-06")]),
        ("They spoke on Wednesday.", [("Wednesday", "2031-06-04")]),
        ("They spoke last Wednesday.", [("last Wednesday", "2031-05-28")]),
        ("They met on Tuesday of last week.", [("Tuesday of last week", "2031-05-27")]),
        ("They could meet next week, probably on Monday or Tuesday.",
         [("next week", "2031-W24"), ("Monday", "2031-06-09"), ("Tuesday", "2031-06-10")]),
        ("They met late on Sunday; Monday night it failed.", [("Sunday", "2031-06-01"), ("Monday night", "2031-06-02TNI")]),
        # counted from the day of publication
        ("They met yesterday and will meet tomorrow.", [("yesterday", "2031-06-03"), ("tomorrow", "2031-06-05")]),
        ("\"We met yesterday [Tuesday],\" she said.", [("yesterday", "2031-06-03"), ("Tuesday", "2031-06-03")]),
        ("They met last week.", [("last week", "2031-W22")]),
        ("They met earlier this month.", [("earlier this month", "2031-06")]),
        ("They will meet next month.", [("next month", "2031-07")]),
        ("The war began three years ago.", [("three years ago", "2028")]),
        ("The shelling began six days ago.", [("six days ago", "2031-05-29")]),
        ("They will meet again in two weeks.", [("two weeks", "2031-W25")]),
        ("They met in May.", [("May", "2031-05")]),
        ("They met in November.", [("November", "2030-11")]),
        ("They will meet in November.", [("November", "2031-11")]),
        ("They will meet in January.", [("January", "2032-01")]),
        ("Last October the talks failed.", [("Last October", "2030-10")]),
        # counted from the date spoken of
        ("On March 3 they met. Two days later they left.", [("March 3", "2031-03-03"), ("Two days later", "2031-03-05")]),
        ("On March 3 they sat down. The next day they left.", [("March 3", "2031-03-03"), ("The next day", "2031-03-04")]),
        # durations and sets
        ("She proposed a 30-day truce.", [("30-day", "P30D")]),
        ("It lasted more than four hours.", [("more than four hours", "PT4H")]),
        ("It was the second round in three years.", [("three years", "P3Y")]),
        ("After nearly four decades of war", [("nearly four decades", "P4DE")]),
        ("They fought for a year and a half.", [("a year and a half", "P1Y6M")]),
        ("There was shelling every day.", [("every day", "P1D")]),
        ("The truce starts at 4 a.m. on Wednesday", [("4 a.m.", "2031-06-04T04:00"), ("Wednesday", "2031-06-04")]),
        # no time expressions
        ("Theresa May may march on.", []),
        ("Some 2000 soldiers and 1,500 civilians fled.", []),
        ("Resolution 1701 calls for it.", []),
        ("The 238-year-old monarchy will fall.", []),
        ("Jan Moroz sat down in the second seat.", []),
    ],
)  # fmt: skip
def test_what_words_of_time_mean(stages: tuple[Knowledge, Models], text: str, expected: list[tuple[str, str]]) -> None:
    assert read(stages, text) == expected


def test_without_a_date_of_publication_a_yearless_date_stays_yearless(stages: tuple[Knowledge, Models]) -> None:
    found = dates(stages, "On June 2 they met, after the 2014 war. On Monday he left. They met again in June.", None)
    assert [(d.value, d.date) for d in found] == [
        ("XXXX-06-02", "XXXX-06-02"), ("2014", "2014"), ("XXXX-WXX-1", None), ("XXXX-06", "XXXX-06"),
    ]  # fmt: skip


def test_full_dates_of_the_text_settle_the_year(stages: tuple[Knowledge, Models]) -> None:
    text = "The accord was signed on 3 May 2019. On 5 June the exchange began."
    assert read(stages, text, None)[1] == ("5 June", "2019-06-05")
    two_years = "Signed on 3 May 2019, renewed on 4 May 2020. On 5 June the exchange began."
    assert read(stages, two_years, None)[2] == ("5 June", "XXXX-06-05")


def test_a_dateline_gives_the_date_where_none_is_published(stages: tuple[Knowledge, Models]) -> None:
    text = "ORSK, Maravia, April 25 , 1997 (NNA)\n\nThe talks ended Thursday and resume on May 13."
    assert read(stages, text, None) == [
        ("April 25 , 1997", "1997-04-25"), ("Thursday", "1997-04-24"), ("May 13", "1997-05-13"),
    ]  # fmt: skip


def test_the_date_of_publication_outweighs_a_dateline(stages: tuple[Knowledge, Models]) -> None:
    text = "ORSK, April 25, 1997 (NNA)\n\nThe talks ended Thursday."
    assert read(stages, text, WEDNESDAY)[1] == ("Thursday", "2031-05-29")


def test_a_full_date_in_running_text_is_no_dateline(stages: tuple[Knowledge, Models]) -> None:
    text = "The accord was signed on April 25, 1997 (a Friday). It was broken on Tuesday."
    assert read(stages, text, None)[-1] == ("Tuesday", "XXXX-WXX-2")


def test_a_vague_date_of_publication_is_not_made_more_exact(stages: tuple[Knowledge, Models]) -> None:
    assert read(stages, "They met last year, and on Friday.", "2031") == [("last year", "2030"), ("Friday", "XXXX-WXX-5")]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2031-06-02", "2031-06-02"), ("2031-06", "2031-06"), ("2031", "2031"), ("XXXX-06-02", "XXXX-06-02"),
        ("2031-06-02TNI", "2031-06-02"), ("2031-W24", "2031-06"), ("2031-W22", None), ("2031-SU", None),
        ("2031-Q3", "2031"), ("PAST_REF", None), ("199", None), ("XXXX-WXX-1", None),
    ],
)  # fmt: skip
def test_what_a_record_can_carry_of_a_value(value: str, date: str | None) -> None:
    assert carried(value) == date


def test_reckoning_keeps_the_grain_of_the_unit() -> None:
    anchor = Anchor.of("2031-01-31")
    assert [shifted(anchor, unit, -1) for unit in ("D", "W", "M", "Q", "Y", "DE")] == [
        "2031-01-30", "2031-W04", "2030-12", "2030-Q4", "2030", "202",
    ]  # fmt: skip
    assert shifted(Anchor.of("2031"), "M", 1) is None
    assert shifted(anchor, "Y", 9000) is None
    assert shifted(anchor, "Y", -3000) is None


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_not_stop_the_stage(stages: tuple[Knowledge, Models], published: str) -> None:
    text = "They will meet on Monday and next week; they met on Tuesday, yesterday, tomorrow, 300 years ago, last night."
    for found in dates(stages, text, published):
        assert text[found.start : found.end]


def test_a_quoted_post_dates_an_undated_text(stages: tuple[Knowledge, Models]) -> None:
    text = '"No talks tonight" - Lena Ruiz (@LenaRuiz) September 7, 2019\nThe talks planned for Sunday were called off.'
    assert ("Sunday", "2019-09-08") in read(stages, text, None)


def test_easter_is_reckoned() -> None:
    assert [easter(year).isoformat() for year in (1998, 2024)] == ["1998-04-12", "2024-03-31"]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n", "99999999999999 years ago", "0 days ago", "31 Feb 2020", "30 February", "9999999 days ago",
        "the the May", "١٢ May 2020", "in ½ year", "Y" * 50, "5 p.m. p.m. 99/99/9999", "the 40th quarter of 2020",
    ],
)  # fmt: skip
def test_odd_text_does_not_stop_the_stage(stages: tuple[Knowledge, Models], text: str) -> None:
    for found in dates(stages, text):
        assert text[found.start : found.end]
