"""Who acts and on whom: also where nobody is named, where only a noun or a place says whose they are, and what is intended."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Document, Event, Record


def read(reader: Reader, text: str) -> Record:
    return reader.read(Document(text=text, published="2019-05-08"))


def sides(record: Record, event: Event) -> tuple[set[str | None], set[str | None]]:
    """The countries of source and target."""
    of = {actor.id: actor.country for actor in record.actors}
    return {of[a] for a in event.source}, {of[a] for a in event.target}


def check(reader: Reader, text: str, type: str, source: set[str], target: set[str]) -> None:
    record = read(reader, text)
    found = [(e.type, *sides(record, e)) for e in record.events]
    assert (type, source, target) in found, found


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("A car bomb killed three Chilean soldiers near the port.", "ASSAULT", set(), {"CHL"}),
        ("Two Chilean reporters were arrested in Norway on Friday.", "COERCE", {"NOR"}, {"CHL"}),
        ("Three Chilean nurses were expelled from Norway.", "COERCE", {"NOR"}, {"CHL"}),
    ],
)
def test_a_deed_by_nobody_named_is_an_event(
    reader: Reader, text: str, type: str, source: set[str], target: set[str]
) -> None:
    record = read(reader, text)
    found = [sides(record, e) for e in record.events if e.type in (type, "SANCTION")]
    assert (source, target) in found, [(e.type, *sides(record, e)) for e in record.events]


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("Norwegian police arrested four protesters.", "COERCE", {"NOR"}, {"NOR"}),
        ("Chilean warplanes bombed a school in southern Norway.", "ASSAULT", {"CHL"}, {"NOR"}),
        ("The Norwegian army banned the main opposition party.", "COERCE", {"NOR"}, {"NOR"}),
    ],
)
def test_those_whom_only_a_noun_names_have_the_country_of_their_place_or_state(
    reader: Reader, text: str, type: str, source: set[str], target: set[str]
) -> None:
    check(reader, text, type, source, target)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Norway will lend Chile two ships.", "AGREE"),
        ("Norway said it would not extradite the banker to Chile.", "REJECT"),
        ("The Norwegian defence minister said his troops would attack Chile.", "THREATEN"),
        ("Norway broke off talks with Chile.", "SANCTION"),
        ("Norway cancelled a meeting with Chile.", "REJECT"),
        ("Norway resumed talks with Chile.", "CONSULT"),
    ],
)
def test_an_intention_is_coded_by_what_is_intended(reader: Reader, text: str, type: str) -> None:
    check(reader, text, type, {"NOR"}, {"CHL"})


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian and Chilean officials met in Geneva.",
        "Norway and Chile agreed to set up a joint commission on the islands.",
        "Talks between Norway and Chile ended on Monday.",
    ],
)
def test_what_two_do_together_has_both_for_its_sides(reader: Reader, text: str) -> None:
    record = read(reader, text)
    assert [sides(record, e) for e in record.events] == [({"NOR"}, {"CHL"})]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Norway imposed a fee on lorries, according to the government of Peru.", set()),
        ("Norway lifted sanctions on Chile, falling in line with Peru.", {"CHL"}),
        ("Norway issued a statement condemning Chile.", {"CHL"}),
        ("The Norwegian prime minister arrived in Santiago for talks.", {"CHL"}),
    ],
)
def test_the_side_is_who_is_acted_on_and_not_who_stands_by(reader: Reader, text: str, target: set[str]) -> None:
    record = read(reader, text)
    assert all(sides(record, e)[1] == target for e in record.events), [(e.type, *sides(record, e)) for e in record.events]
    assert record.events or not target


def test_a_government_that_speaks_of_itself_is_no_event_but_one_that_deals_with_its_people_is(reader: Reader) -> None:
    itself = read(reader, "The Norwegian foreign minister called on Norway to stay calm.")
    assert [e for e in itself.events if e.type == "REQUEST"] == []
    check(reader, "The Norwegian government urged Norwegian farmers to stay calm.", "REQUEST", {"NOR"}, {"NOR"})


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Norway demanded the return of Norwegian sailors.", set()),
        ("Norway demanded the return of Norwegian sailors by Chile.", {"CHL"}),
        ("Norway proposed a ceasefire and the release of Norwegian children.", set()),
    ],
)
def test_who_is_to_be_returned_is_not_who_is_asked(reader: Reader, text: str, target: set[str]) -> None:
    record = read(reader, text)
    assert [(e.type, sides(record, e)[1]) for e in record.events] == [("REQUEST", target)]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Police in Istanbul detained two editors.", {"TUR"}, {"TUR"}),
        ("Two editors were detained in a raid in Istanbul.", {"TUR"}, set()),
        ("Gunmen killed three nurses in Karachi.", {"PAK"}, {"PAK"}),
        ("Norwegian warplanes bombed a school in Mosul.", {"NOR"}, {"IRQ"}),
        ("A Munich court jailed a Norwegian sailor.", {"DEU"}, {"NOR"}),
        ("The California legislature condemned Chile.", {"USA"}, {"CHL"}),
    ],
)
def test_a_city_or_region_tells_the_country(reader: Reader, text: str, source: set[str], target: set[str]) -> None:
    record = read(reader, text)
    found = [sides(record, e) for e in record.events]
    assert any(s == source and (not target or t == target) for s, t in found), found


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("A Norwegian judge opened an inquiry into killings by Chilean officers.", "ACCUSE", {"NOR"}, {"CHL"}),
        (
            "Norwegian unions threatened to strike unless the government restored the subsidies.",
            "THREATEN",
            {"NOR"},
            {"NOR"},
        ),
        ("Norwegian and Chilean generals sat down together in Geneva.", "CONSULT", {"NOR"}, {"CHL"}),
        ("The Norwegian and Chilean navies began a week of joint exercises.", "COOPERATE", {"NOR"}, {"CHL"}),
    ],
)
def test_sides_are_found_where_the_sentence_hides_them(
    reader: Reader, text: str, type: str, source: set[str], target: set[str]
) -> None:
    check(reader, text, type, source, target)
