"""What a command was told to read: files, folders, standard input, each to be opened when its turn comes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parley.documents import files_in, read_bytes, read_file
from parley.documents.files import MAX_PAGE_BYTES
from parley.errors import DocumentError
from parley.record import Document

STDIN = "standard input"


@dataclass(frozen=True)
class Source:
    """One report to read: its name for messages, its short name for files, and how to open it."""

    name: str
    path: Path
    open: Callable[[], Document]


def sources(paths: list[str], **known: str | None) -> tuple[list[Source], list[DocumentError]]:
    """The reports that `paths` name, folders taken apart, and what is wrong with paths that name none."""
    found: list[Source] = []
    problems: list[DocumentError] = []
    for given in paths:
        if given == "-":
            found.append(Source(STDIN, Path("stdin"), lambda: _from_stdin(known)))
            continue
        path = Path(given)
        try:
            inside = files_in(path) if path.is_dir() else [path]
        except DocumentError as error:
            problems.append(error)
            continue
        found.extend(Source(str(file), file, _opener(file, known)) for file in inside)
    return found, problems


def is_many(paths: list[str]) -> bool:
    """Whether the command asks for many records (several paths, or a folder), even if it finds one or none."""
    return len(paths) > 1 or (paths[0] != "-" and Path(paths[0]).is_dir())


def _opener(path: Path, known: dict[str, str | None]) -> Callable[[], Document]:
    return lambda: read_file(path, **known)


def _from_stdin(known: dict[str, str | None]) -> Document:
    return read_bytes(sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), STDIN, **known)  # type: ignore[arg-type]
