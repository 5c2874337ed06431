"""What an export says of itself: how many rows it wrote, by which codebook and edition, and what it could not carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from parley.record import Record


@dataclass
class Report:
    """The outcome of one export; `not_carried` counts entries or fields that the format has no place for, by name."""

    format: str
    edition: str
    rows: int = 0
    not_carried: Counter[str] = field(default_factory=Counter)

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count something that the format cannot carry."""
        if count:
            self.not_carried[what] += count

    def leave_out_lists(self, record: Record, *lists: str) -> None:
        """Count all entries of a record's lists for which the format has no place."""
        for name in lists:
            self.leave_out(name, len(getattr(record, name)))

    def sentence(self) -> str:
        """The report in one line, for a terminal."""
        lost = ", ".join(f"{count} {what}" for what, count in sorted(self.not_carried.items()))
        return f"{self.rows} rows as {self.format} ({self.edition}); not carried: {lost or 'nothing'}"
