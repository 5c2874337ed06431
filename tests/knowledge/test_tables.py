"""The built-in tables: every row a fact that leads a name in a text to one side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest

from parley.knowledge import Knowledge
from parley.knowledge.rows import Person

SHARED_NAMES = {
    ("DPA", "dpa"),  # a party in North Macedonia, a news agency in Germany: told apart by their capitals
    ("JEM", "Jaish-e-Mohammed"),  # JEM in Darfur, JeM in Kashmir: told apart by their capitals
}
"""Names that two rows share but for their capitals, each pair with the reason why neither gives it up."""

SECTORS = {
    "", "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "ISM", "IMG", "MNC",
}  # fmt: skip
"""Sector codes and non-state codes of the PLOVER manual (draft 0.8)."""

ONE_AT_A_TIME = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Secretary-General", "King", "Pope")
TWO_AT_A_TIME = {
    ("Cambodia", "Prime Minister"): "two prime ministers shared the office from 1993 to 1998",
    ("Ivory Coast", "President"): "two men claimed the presidency from December 2010 to April 2011",
    ("Madagascar", "President"): "two men claimed the presidency in 2002",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def sides(knowledge: Knowledge) -> set[str]:
    return {row.name for table in (knowledge.states, knowledge.groups, knowledge.organisations) for row in table}


def names_of_sides(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for state in knowledge.states:
        for name in (state.name, *state.aliases, *state.demonyms, *state.capitals, *state.seats):
            yield name, state.name
    for organisation in knowledge.organisations:
        for name in (organisation.name, *organisation.aliases, *organisation.seats):
            yield name, organisation.name
    for group in knowledge.groups:
        for name in (group.name, *group.aliases):
            yield name, group.name


def test_a_name_leads_to_one_side_only(knowledge: Knowledge) -> None:
    sides_by_name: dict[str, set[str]] = defaultdict(set)
    for name, side in names_of_sides(knowledge):
        sides_by_name[name.casefold()].add(side)
    shared = {tuple(sorted(found)) for found in sides_by_name.values() if len(found) > 1}
    assert shared == SHARED_NAMES


def test_a_people_belongs_to_one_state(knowledge: Knowledge) -> None:
    states_by_people: dict[str, set[str]] = defaultdict(set)
    for state in knowledge.states:
        for people in state.demonyms:
            states_by_people[people.casefold()].add(state.name)
    assert {people: found for people, found in states_by_people.items() if len(found) > 1} == {}


def test_every_person_speaks_for_a_side_that_has_a_row(knowledge: Knowledge, sides: set[str]) -> None:
    assert {person.party for person in knowledge.people} - sides == set()


def test_every_body_and_grouping_names_sides_that_have_rows(knowledge: Knowledge, sides: set[str]) -> None:
    assert {body.speaks_for for body in knowledge.organisations} - sides - {""} == set()
    assert {side for grouping in knowledge.groupings for side in (*grouping.members, grouping.party)} - sides - {""} == set()


def test_countries_of_groups_and_bodies_are_those_of_states(knowledge: Knowledge) -> None:
    codes = {state.alpha3 for state in knowledge.states}
    assert {row.country for row in (*knowledge.organisations, *knowledge.groups) if row.country} - codes == set()


def test_sectors_are_those_of_the_plover_manual(knowledge: Knowledge) -> None:
    rows = (*knowledge.organisations, *knowledge.groups, *knowledge.offices, *knowledge.agents)
    assert {row.sector for row in rows} - SECTORS == set()


def test_an_alias_of_a_person_is_not_that_of_another(knowledge: Knowledge) -> None:
    people_by_name: dict[str, set[str]] = defaultdict(set)
    for person in knowledge.people:
        for name in (person.name, *person.aliases):
            people_by_name[name.casefold()].add(person.name)
    assert {name: found for name, found in people_by_name.items() if len(found) > 1} == {}


def test_nobody_leaves_an_office_before_taking_it(knowledge: Knowledge) -> None:
    dated = [row for row in (*knowledge.people, *knowledge.groups, *knowledge.states) if row.from_ and row.until]
    backwards = [row for row in dated if row.until[: len(row.from_)] < row.from_[: len(row.until)]]
    assert backwards == []


def months(person: Person) -> tuple[int, int]:
    """The months that a person surely held the office: a year alone leaves its first or last month."""
    year, month = int(person.from_[:4] or 1900), int(person.from_[5:7] or 12)
    last_year, last_month = int(person.until[:4] or 9999), int(person.until[5:7] or 1)
    return year * 12 + month, last_year * 12 + last_month


def test_an_office_for_one_has_one_holder_at_a_time(knowledge: Knowledge) -> None:
    holders: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in knowledge.people:
        if person.role in ONE_AT_A_TIME:
            holders[person.party, person.role].append(person)
    clashes = [
        (office, one.name, other.name)
        for office, people in holders.items()
        for one, other in combinations(people, 2)
        if office not in TWO_AT_A_TIME and min(months(one)[1], months(other)[1]) - max(months(one)[0], months(other)[0]) > 0
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Kremlin", "Russia"),
        ("Downing Street", "United Kingdom"),
        ("Rangoon", "Myanmar"),
        ("Türkiye", "Turkey"),
        ("D.P.R.K.", "North Korea"),
        ("Sinn Féin", "Sinn Fein"),
        ("Tamil Tigers", "LTTE"),
        ("Moro Islamic Liberation Front", "MILF"),
        ("Ansar Allah", "Houthis"),
        ("Médecins Sans Frontières", "MSF"),
        ("Organization of American States", "OAS"),
        ("Holy See", "Vatican"),
    ],
)
def test_usual_names_lead_to_the_plain_one(knowledge: Knowledge, name: str, side: str) -> None:
    assert dict(names_of_sides(knowledge))[name] == side


def test_missions_and_state_bodies_say_whose_they_are(knowledge: Knowledge) -> None:
    bodies = {body.name: body.speaks_for for body in knowledge.organisations}
    assert bodies["UNIFIL"] == "United Nations"
    assert bodies["KFOR"] == "NATO"
    assert bodies["Knesset"] == "Israel"
    assert bodies["Reuters"] == "", "a news agency speaks for nobody"


def test_names_of_one_letter_case_that_are_common_words_stay_out(knowledge: Knowledge) -> None:
    ordinary = {"us", "is", "it", "who", "peace", "united", "the", "state", "north", "south", "he", "an", "as", "am", "or"}
    written_small = {name for name, _ in names_of_sides(knowledge) if name in ordinary}
    assert written_small == set()


def test_nouns_and_titles_are_written_as_the_reader_looks_them_up(knowledge: Knowledge) -> None:
    assert [o.title for o in knowledge.offices if o.title != o.title.lower()] == []
    assert [a.noun for a in knowledge.agents if a.noun != a.noun.lower() or a.plural != a.plural.lower()] == []
    plurals = {a.noun: a.plural for a in knowledge.agents}
    assert plurals["gunman"] == "gunmen"
    assert plurals["authorities"] == "authorities"
    assert plurals["opposition"] == ""


def test_both_spellings_of_a_title_give_one_role(knowledge: Knowledge) -> None:
    roles = {office.title: office.role for office in knowledge.offices}
    assert roles["defense minister"] == roles["defence minister"] == roles["minister of defense"] == "Defence Minister"
    assert roles["premier"] == roles["prime minister"]
    assert roles["spokeswoman"] == roles["spokesman"] == "Spokesperson"


def test_the_tables_are_as_wide_as_the_guide_says(knowledge: Knowledge) -> None:
    assert len(knowledge.states) >= 240
    assert len(knowledge.groups) >= 300
    assert len(knowledge.organisations) >= 250
    assert len(knowledge.offices) >= 200
    assert len(knowledge.agents) >= 300
    assert len(knowledge.people) >= 900


def test_places_lie_in_states_of_today_and_have_no_name_of_a_side(knowledge: Knowledge) -> None:
    states = {state.alpha3 for state in knowledge.states if not state.until}
    assert [place.name for place in knowledge.places if place.country not in states] == []
    of_states = {n.casefold() for s in knowledge.states for n in (s.name, *s.aliases, *s.demonyms, *s.capitals)}
    assert [place.name for place in knowledge.places if place.name.casefold() in of_states] == []
    assert len({place.name for place in knowledge.places}) == len(knowledge.places)
