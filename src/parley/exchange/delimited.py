"""Delimited text: the one writer that every column layout uses."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def write_rows(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, delimiter: str = ",", header: bool = True
) -> int:
    """Write rows (column -> value; None is an empty cell) as UTF-8, and return how many."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        if header:
            writer.writerow(columns)
        for row in rows:
            if strangers := row.keys() - set(columns):
                raise KeyError(f"{path.name} has no column {sorted(strangers)[0]}")
            writer.writerow(["" if row.get(column) is None else _plain(row[column]) for column in columns])
            written += 1
    return written


def _plain(value: Any) -> Any:
    # Line breaks and tabs inside a cell break the line-based readers that these layouts are made for.
    return " ".join(value.split()) if isinstance(value, str) else value
