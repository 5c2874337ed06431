"""The exchange tables: scores and cross-walks to other codebooks, each with its source in its first lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from parley.knowledge.load import BUILT_IN, read_table
from parley.knowledge.rows import EventCode, Place, State

_FOLDER = Path(__file__).parent / "tables"
T = TypeVar("T")


class PaxCategory(NamedTuple):
    """A PA-X issue category and how well a Parley issue fits it."""

    code: str
    label: str
    fit: str


class Country(NamedTuple):
    """A country's codes; `fips` is the code of GDELT's places."""

    alpha3: str
    alpha2: str
    numeric: str
    fips: str
    name: str


class StateNumbers(NamedTuple):
    """A state's numbers in conflict research: Correlates of War, and Gleditsch and Ward, whose list UCDP follows."""

    alpha3: str
    cow: str
    cow_abbreviation: str
    gw: str


class Sector(NamedTuple):
    """A PLOVER sector as a CAMEO agent type and in the words of ICEWS, each empty where the codebook has none."""

    plover: str
    cameo: str
    icews: str


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@cache
def _goldstein() -> dict[str, float]:
    return {code: float(score) for code, score in _rows("goldstein.tsv")}


@cache
def _plover() -> dict[tuple[str, str], tuple[int, float]]:
    return {(type_, mode): (int(quad), float(score)) for type_, mode, quad, score in _rows("plover_scores.tsv")}


@cache
def pax_categories() -> dict[str, PaxCategory]:
    """The PA-X category of each Parley issue."""
    return {issue: PaxCategory(*rest) for issue, *rest in _rows("pax_issues.tsv")}


@cache
def _countries() -> dict[str, Country]:
    return {row[0]: Country(*row) for row in _rows("countries.tsv")}


@cache
def _sectors() -> dict[str, Sector]:
    return {row[0]: Sector(*row) for row in _rows("sectors.tsv")}


def country_of_code(alpha3: str | None) -> Country | None:
    """The country of an ISO 3166 alpha-3 code; None where there is none, as for a state that a user's table invents."""
    return _countries().get(alpha3 or "")


def sector_of_code(plover: str | None) -> Sector:
    """A PLOVER sector in the terms of the older codebooks."""
    return _sectors().get(plover or "") or Sector(plover or "", "", "")


@cache
def _state_numbers() -> dict[str, StateNumbers]:
    return {row[0]: StateNumbers(*row) for row in _rows("state_numbers.tsv")}


def numbers_of_code(alpha3: str | None) -> StateNumbers | None:
    """The state numbers of an ISO 3166 alpha-3 code; None for territories that neither list counts as states."""
    return _state_numbers().get(alpha3 or "")


@cache
def _gw_by_name() -> dict[str, str]:
    found: dict[str, tuple[str, str]] = {}
    for state in read_table(BUILT_IN / "states.tsv", State):
        numbers = numbers_of_code(state.alpha3)
        if numbers:  # breakaway regions come after the state whose code they carry, and have no number of their own
            found.setdefault(state.alpha3, (state.name, numbers.gw))
    return dict(found.values())


def gw_of_state(name: str) -> str | None:
    """The Gleditsch and Ward number of a party that is a state; None for all others."""
    return _gw_by_name().get(name)


@cache
def _known_groups() -> dict[str, str]:
    return {name: code for code, names in _rows("known_groups.tsv") for name in names.split(";")}


def known_group(name: str, party: str | None) -> str:
    """The CAMEO code of a known group, by its own name or else by that of the party for which somebody speaks."""
    groups = _known_groups()
    return groups.get(name) or groups.get(party or "") or ""


@cache
def _cameo_names() -> dict[str, str]:
    return {row.code: row.name for row in read_table(BUILT_IN / "event_codes.tsv", EventCode)}


def cameo_name(code: str | None) -> str | None:
    """What a CAMEO code means, in short words, by its longest known prefix."""
    return _by_prefix(_cameo_names(), code or "")


@cache
def _places() -> dict[str, tuple[str, bool]]:
    states = read_table(BUILT_IN / "states.tsv", State)
    found = {place.name: (place.country, False) for place in read_table(BUILT_IN / "places.tsv", Place)}
    found |= {name: (state.alpha3, False) for state in states if not state.until for name in state.capitals}
    return found | {name: (state.alpha3, True) for state in states for name in (state.name, *state.aliases)}


def country_of_place(place: str | None) -> tuple[Country | None, bool]:
    """The country in which a place lies by the tables of states, capitals and places, and whether it is a country itself."""
    alpha3, whole = _places().get(place or "", ("", False))
    return country_of_code(alpha3), whole


def goldstein_score(cameo: str | None) -> float | None:
    """The Goldstein score of a CAMEO code (-10 to 10), by its longest known prefix; None where there is none."""
    return _by_prefix(_goldstein(), cameo or "")


def _by_prefix(table: dict[str, T], code: str) -> T | None:
    return next((table[code[:n]] for n in range(len(code), 1, -1) if code[:n] in table), None)


def plover_score(type_: str, mode: str | None) -> float:
    """The PLOVER score (-10 to 10) of a type with its mode, or of the type alone where the mode has none."""
    table = _plover()
    return table.get((type_, mode or ""), table[type_, ""])[1]


def quad_class(type_: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (PLOVER manual)."""
    return _plover()[type_, ""][0]
