"""Where things stand: the issue x party matrix, the words behind a cell, what changed, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parley.desk.pages.frame import Frame, address, frame_of
from parley.ledger.days import shifted
from parley.ledger.sentences import ISSUE_NAMES, sentence
from parley.ledger.view import ISSUES, View, gap_of

CHANGES_SHOWN = 60
WIDEST = 8
"""Parties that the matrix shows side by side; the others are counted below it."""
GAPS = ("contested", "agreed", "one-sided", "unaddressed")


@dataclass(frozen=True)
class Cell:
    """Where one party stands on one issue."""

    party: str
    issue: str
    stance: str
    summary: dict[str, Any]
    changed: bool
    href: str

    @property
    def key(self) -> str:
        return address("", party=self.party, issue=self.issue)


@dataclass(frozen=True)
class Row:
    """An issue across the parties."""

    issue: str
    means: str
    gap: str
    cells: list[Cell | None]


@dataclass(frozen=True)
class Change:
    """Something that became known in the period, as a sentence with its words."""

    day: str
    known: str
    kind: str
    text: str
    accounts: int
    quotes: list[dict[str, Any]]
    party: str = ""
    issue: str = ""


@dataclass(frozen=True)
class StandingPage:
    """The process page."""

    frame: Frame
    parties: list[str]
    rows: list[Row]
    between: tuple[str, str] | None
    choices: list[str]
    left_out: int
    since: str
    changes: list[Change]
    more_changes: bool
    next_talks: list[dict[str, Any]]
    open_proposals: list[dict[str, Any]]
    periods: list[tuple[str, str]]
    counts: dict[str, int]
    opened: CellPage | None = None


@dataclass(frozen=True)
class CellPage:
    """The words behind one cell, over time."""

    frame: Frame
    party: str
    issue: str
    means: str
    now: dict[str, Any] | None
    course: list[dict[str, Any]]
    told: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    before: str = ""
    earlier: str = ""


def standing_page(view: View, process: dict[str, Any], *, since: str | None, between: tuple[str, str] | None,
                  cell: tuple[str, str] | None = None, before: str = "", contested: bool = False
                  ) -> StandingPage:  # fmt: skip
    """The process page. `since` is the first day of the period of "what changed"; default: the last seven days.

    With `contested` it has those issues alone that the two sides contest.
    """
    one, other = between or ("", "")
    frame = frame_of(view, process, "", "Where things stand", contested=contested, one=one, other=other)
    since = since or shifted(frame.today, -7)
    matrix = view.matrix(process["id"])
    parties = list(matrix)[:WIDEST]
    pair = _pair(parties, list(matrix), between)
    changes = changes_of(view, process["id"], since, CHANGES_SHOWN + 1)
    moved = {(change.party, change.issue) for change in changes if change.kind in ("reversal", "shift", "position")}
    rows = [_row(frame, issue, parties, matrix, pair, moved, since)
            for issue in ISSUES if any(issue in matrix[party] for party in parties)]  # fmt: skip
    counts = {gap: sum(row.gap == gap for row in rows) for gap in GAPS}
    rows = [row for row in rows if row.gap == "contested" or not contested]
    planned = (t for t in view.talks(process["id"], 40) if t["status"] in ("scheduled", "proposed"))
    talks = [t for t in planned if is_ahead(t, frame.today)]
    return StandingPage(
        frame, parties, rows, pair, list(matrix), len(matrix) - len(parties), since, changes[:CHANGES_SHOWN],
        len(changes) > CHANGES_SHOWN, talks[:6], open_proposals(view, process["id"])[:6], _periods(frame), counts,
        cell_page(view, process, *cell, before) if cell else None,
    )  # fmt: skip


def _pair(parties: list[str], known: list[str], asked: tuple[str, str] | None) -> tuple[str, str] | None:
    if asked and asked[0] in known and asked[1] in known and asked[0] != asked[1]:
        return asked
    return (parties[0], parties[1]) if len(parties) > 1 else None


def _row(frame: Frame, issue: str, parties: list[str], matrix: dict[str, dict[str, dict[str, Any]]],
         pair: tuple[str, str] | None, moved: set[tuple[str, str]], since: str) -> Row:  # fmt: skip
    cells: list[Cell | None] = []
    for party in parties:
        summary = matrix[party].get(issue)
        if summary is None:
            cells.append(None)
            continue
        changed = (party, issue) in moved and (summary["since"] or "") > since
        href = frame.to("cell", party=party, issue=issue)
        cells.append(Cell(party, issue, summary["stance"], summary, changed, href))
    sides: list[dict[str, Any] | None] = []
    for name in pair or ():
        found = matrix[name].get(issue)
        sides.append(found if found and found["stance"] != "unknown" else None)
    return Row(issue, ISSUE_NAMES[issue], gap_of(sides) if pair else "", cells)


def is_ahead(talks: dict[str, Any], today: str) -> bool:
    """Whether talks are still to come: on a later day, or on no known day and not long announced."""
    if talks["date"]:
        return bool(talks["date"] >= today[: len(talks["date"])])
    return bool(talks["last_reported"] >= shifted(today, -31))


def open_proposals(view: View, process: str) -> list[dict[str, Any]]:
    """Proposals with a term that is neither settled nor gone, the latest first."""
    return [p for p in view.proposals(process, 60) if any(term["status"] in ("tabled", "countered") for term in p["terms"])]


def changes_of(view: View, process: str, since: str, limit: int) -> list[Change]:
    """What became known after a day, the latest first, as sentences."""
    found = view.changes(process, since, limit)
    return [
        Change(m["day"], m["known"], m["kind"], sentence(m), m.get("accounts", 1), m["quotes"], m["party"], m["issue"])
        for m in sorted(found, key=lambda m: (m["known"], m["day"], m["ref"], m["step"]), reverse=True)
    ]


def _periods(frame: Frame) -> list[tuple[str, str]]:
    if not frame.today:
        return []
    days = ((7, "week"), (30, "month"), (91, "quarter"), (365, "year"))
    return [(name, shifted(frame.today, -number)) for number, name in days]


def cell_page(view: View, process: dict[str, Any], party: str, issue: str, before: str = "") -> CellPage:
    """The words of a party on an issue, stance after stance, the latest first; `before` a day, the earlier ones."""
    frame = frame_of(view, process, "", f"{party} on {issue}")
    of = view.course((process["id"], party, issue), before=before)
    course = list(reversed(of["course"])) if of else []
    told = [{"teller": w.teller, "stance": w.stance, "day": w.said, "quote": w.quote, "entry": w.entry,
             "document": w.document} for w in of["told"]] if of else []  # fmt: skip
    documents = [q["document"] for run in course for q in run["quotes"]] + [w["document"] for w in told]
    earlier = frame.to("cell", party=party, issue=issue, before=of["earlier"]) if of and of["earlier"] else ""
    return CellPage(frame, party, issue, ISSUE_NAMES.get(issue, issue), of["now"] if of else None, course, told,
                    view.sources(documents), before, earlier)  # fmt: skip
