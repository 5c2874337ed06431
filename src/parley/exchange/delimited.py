"""Delimited text: the one writer that every column layout uses."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def write_rows(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, delimiter: str = ",", header: bool = True
) -> int:
    """Write rows (column -> value; None is an empty cell) as UTF-8, and return how many."""
    written = 0
    with open_rows(path, columns, delimiter=delimiter, header=header) as add:
        for row in rows:
            add(row)
            written += 1
    return written


@contextmanager
def open_rows(
    path: Path, columns: Sequence[str], *, delimiter: str = ",", header: bool = True
) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """A new file and what adds a row to it. Raises ``KeyError`` on a row with a column that the file has not."""
    known = set(columns)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        if header:
            writer.writerow(columns)

        def add(row: Mapping[str, Any]) -> None:
            if strangers := row.keys() - known:
                raise KeyError(f"{path.name} has no column {sorted(strangers)[0]}")
            writer.writerow(["" if row.get(column) is None else _plain(row[column]) for column in columns])

        yield add


def _plain(value: Any) -> Any:
    # Line breaks and tabs inside a cell break the line-based readers that these layouts are made for.
    return " ".join(value.split()) if isinstance(value, str) else value
