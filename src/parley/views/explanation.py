"""One entry explained: its fields, its words where they stand, what made it, and what it hangs together with."""

from __future__ import annotations

from parley.record import LISTS, Entry, Record, Span, references_of
from parley.views.text import printable
from parley.views.wording import Wording

AROUND = 60
"""Characters of the text that are shown on either side of an entry's words."""


def explanation(record: Record, id: str) -> str:
    """The explanation of one entry, as text. Raises ``KeyError`` if the record has no entry `id`."""
    wording = Wording(record)
    entry = wording.by_id[id]
    told = wording.told(entry)
    made = told.made_by
    lines = [f"{id}: {told.kind}", printable(told.head), *(f"  {printable(fact)}" for fact in told.facts), ""]
    lines += ["Its words:"]
    lines += [f"  {field}, {wording.place(span)}: {_in_context(record, span)}" for field, span in wording.spans(entry)]
    lines += [
        "",
        f"Made by the stage {made.stage}, rule or model {made.rule}, version {made.version} (Parley {record.parley}).",
    ]
    if related := _related(record, entry):
        lines += ["", "Hangs together with:"]
        lines += [f"  {other.id}: {printable(wording.told(other).head)}" for other in related]
    return "\n".join(lines) + "\n"


def _in_context(record: Record, span: Span) -> str:
    text = record.document.text
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    before = ("…" if start else "") + text[start : span.start]
    after = text[span.end : end] + ("…" if end < len(text) else "")
    return printable(f"{before}[[{span.quote}]]{after}")


def _related(record: Record, entry: Entry) -> list[Entry]:
    """The entries that this one refers to, then those that refer to it, in the record's order."""
    to = set(references_of(entry))
    entries = [other for name in LISTS for other in getattr(record, name)]
    return [e for e in entries if e.id in to] + [e for e in entries if entry.id in references_of(e)]
