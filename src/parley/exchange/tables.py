"""The exchange tables: scores and cross-walks to other codebooks, each with its source in its first lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "tables"


class PaxCategory(NamedTuple):
    """A PA-X issue category and how well a Parley issue fits it."""

    code: str
    label: str
    fit: str


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


def goldstein_score(cameo: str | None) -> float | None:
    """The Goldstein score of a CAMEO code (-10 to 10), by its longest known prefix; None where there is none."""
    for length in range(len(cameo or ""), 1, -1):
        if cameo and (score := _goldstein().get(cameo[:length])) is not None:
            return score
    return None


def plover_score(type_: str, mode: str | None) -> float:
    """The PLOVER score (-10 to 10) of a type with its mode, or of the type alone where the mode has none."""
    table = _plover()
    return table.get((type_, mode or ""), table[type_, ""])[1]


def quad_class(type_: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (PLOVER manual)."""
    return _plover()[type_, ""][0]
