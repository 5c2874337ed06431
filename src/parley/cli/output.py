"""Where the command line writes: standard output in UTF-8, files whole or not at all, one sentence an error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NoReturn

import typer

from parley.errors import ParleyError
from parley.whole_files import in_place_of

BAD_INPUT = 2
"""Exit code for input that cannot be read."""


def complain(sentence: str) -> None:
    """Say one sentence on standard error."""
    print(f"parley: {sentence}", file=sys.stderr)


def give_up(error: ParleyError | str) -> NoReturn:
    """Say what is wrong with the input, in one sentence, and end with exit code 2."""
    complain(str(error))
    raise typer.Exit(BAD_INPUT)


def print_out(text: str) -> None:
    """Write to standard output in UTF-8, whatever the locale is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A file that takes its name only when all is written; if writing fails, nothing is left and an older file stays.

    Ends the command with one sentence if the place cannot be written to.
    """
    try:
        with ExitStack() as stack:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = stack.enter_context(in_place_of(path))
            except OSError as error:
                give_up(f"{path}: cannot be written ({(error.strerror or str(error)).lower()}); choose another --output")
            with temporary.open("w", encoding="utf-8", newline="") as file:
                yield file
    except IsADirectoryError:
        give_up(f"{path}: is a folder; name a file, or end the name with / to have one file for each report in it")


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with whole_file(path) as file:
        file.write(text)
