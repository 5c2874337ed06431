"""The record as text for a terminal: as wide as asked, plain when piped, its stances told by sign and word, not colour."""

from __future__ import annotations

import io
import re

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from parley.record import Proposal, Provenance, Record, Span
from parley.views.wording import HEADINGS, Side, Stand, Told, Wording, one_line

STYLES = {"supports": "green", "opposes": "red", "conditional": "yellow"}
NARROWEST = 40
UNSURE = 0.75
"""Entries of a lower confidence are shown with it."""
_ISSUE_COLUMN, _PARTY_COLUMN = 15, 18
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text(record: Record, *, width: int = 80, colour: bool = False, explain: bool = False) -> str:
    """The whole record as a person reads it, lines of at most `width` columns, with ANSI colours if `colour`.

    Control characters and direction overrides of the report are shown as "·", so that it cannot steer the terminal.
    """
    page = _Page(Wording(record), explain)
    out = io.StringIO()
    console = Console(file=out, width=max(width, NARROWEST), force_terminal=colour, no_color=not colour,
                      color_system="standard" if colour else None, highlight=False, legacy_windows=False,
                      emoji=False, markup=False)  # fmt: skip
    console.print(page.whole(record))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def printable(words: str) -> str:
    """Words of the report on one line, without characters that a terminal would obey."""
    return _UNPRINTABLE.sub("·", one_line(words))


class _Page:
    def __init__(self, wording: Wording, explain: bool) -> None:
        self.wording, self.explain = wording, explain

    def whole(self, record: Record) -> Group:
        parts: list[RenderableType] = [self.header(record)]
        for name, heading in HEADINGS.items():
            if not (entries := getattr(record, name)):
                continue
            parts += [Text(), Text(f"{heading.upper()} ({len(entries)})" if name != "actors" else heading.upper(), "bold")]
            if name == "actors":
                parts += [self.side(side) for side in self.wording.sides]
                continue
            if name == "positions":
                parts += [*self.stance_tables(), Text()]
            for entry in entries:
                parts.append(self.entry(self.wording.told(entry)))
                if isinstance(entry, Proposal):
                    parts += [self.term(n, self.wording.told(p)) for n, p in enumerate(self.wording.terms(entry), 1)]
        missing = [heading.lower() for name, heading in HEADINGS.items() if not getattr(record, name)]
        if missing:
            parts += [Text(), Text(f"Nothing found for: {', '.join(missing)}.", "dim")]
        return Group(*parts)

    def header(self, record: Record) -> Group:
        document = record.document
        about = [self.wording.published, document.publisher, document.url]
        counts = self.wording.counts
        return Group(
            Text(printable(document.title or "Untitled report"), "bold"),
            Text(printable(" · ".join(part for part in about if part))),
            Text(f"{len(document.text):,} characters, {len(self.wording.paragraphs)} paragraphs: {counts}", "dim"),
        )

    def side(self, side: Side) -> RenderableType:
        lines: list[RenderableType] = [Text(printable(side.party or "Speaking for no known party"), "bold")]
        for actor in side.actors:
            told = self.wording.told(actor)
            line = Text(printable(told.head), "cyan")
            line.append(Text(f", {', '.join(told.facts)}", "default"))
            more = f", {len(actor.mentions)} mentions" if len(actor.mentions) > 1 else ""
            line.append(f" {self.wording.place(actor.mentions[0])}{more}", "dim default")
            lines.append(self.hanging(told.id, [line, *self.origin(told.made_by)]))
        return Group(*lines)

    def stance_tables(self) -> list[RenderableType]:
        """One table, or several with some of the parties each where they do not fit side by side."""
        parties = self.wording.parties_with_positions
        return [_Fitting(self, parties)] if parties else []

    def stance_table(self, parties: tuple[str, ...]) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
        table.add_column("issue", no_wrap=True, min_width=_ISSUE_COLUMN - 2)
        for party in parties:
            table.add_column(printable(party), overflow="fold", min_width=_PARTY_COLUMN - 2)
        for issue, cells in self.wording.stances.items():
            if any(party in cells for party in parties):
                row = [Text("\n").join(_stand(s) for s in cells.get(party, ())) for party in parties]
                table.add_row(Text(issue), *row)
        return table

    def entry(self, told: Told) -> RenderableType:
        line = Text(printable(told.head), "cyan")
        facts = [printable(fact) for fact in told.facts]
        if told.confidence is not None and (self.explain or told.confidence < UNSURE):
            facts.append(f"confidence {told.confidence:.2f}")
        if facts:
            line.append(f" [{', '.join(facts)}]", "default")
        return self.hanging(told.id, [line, *self.origin(told.made_by), *(self.quote(*quote) for quote in told.quotes)])

    def term(self, number: int, told: Told) -> RenderableType:
        line = Text(f"{number}. {printable(told.head)} ({told.id})")
        line.append(f" [{printable(told.facts[0])}]" if told.facts else "")
        return Padding(line, (0, 0, 0, 4))

    def quote(self, label: str, span: Span) -> Text:
        line = Text(f"{label}: " if label else "")
        line.append(f"“{printable(span.quote)}”", "italic")
        line.append(f" {self.wording.place(span)}", "dim")
        return line

    def hanging(self, id: str, lines: list[Text]) -> RenderableType:
        """The id in a column of its own, so that the lines beside it hang under each other."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(style="dim", no_wrap=True, min_width=3)
        grid.add_column()
        grid.add_row(id, Group(*lines))
        return grid

    def origin(self, made_by: Provenance) -> list[Text]:
        made = f"by {made_by.stage}: {made_by.rule}, version {made_by.version}"
        return [Text(made, "magenta")] if self.explain else []


class _Fitting:
    """The table of stances, cut into as many as the width asks for."""

    def __init__(self, page: _Page, parties: tuple[str, ...]) -> None:
        self.page, self.parties = page, parties

    def __rich_console__(self, console: Console, options: object) -> list[RenderableType]:
        widest = max(_PARTY_COLUMN, *(min(cell_len(party), 24) + 2 for party in self.parties))
        fitting = max(1, (console.width - _ISSUE_COLUMN) // widest)
        groups = [self.parties[i : i + fitting] for i in range(0, len(self.parties), fitting)]
        tables: list[RenderableType] = []
        for group in groups:
            tables += [*([Text()] if tables else []), self.page.stance_table(group)]
        return tables


def _stand(stand: Stand) -> Text:
    ids = " ".join(position.id for position in stand.positions)
    cell = Text.assemble((f"{stand.sign} {stand.stance}", STYLES[stand.stance]), (f" {ids}", "dim"))
    if stand.told_by:
        cell.append(f" (says {printable(stand.told_by)})")
    return cell
