"""Files that are there whole or not at all: what is written takes its name only when all of it is written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_place_of(path: Path, *, lasting: bool = False) -> Iterator[Path]:
    """A new file beside `path` to write to: it takes the name of `path` when the block ends well, and is deleted otherwise.

    `lasting` waits until the disk has it, so that it is whole even if the machine stops. Raises ``OSError`` if the place
    cannot be written to, ``IsADirectoryError`` if `path` is a folder.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        if lasting:
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())  # mkstemp keeps it from all others
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, text: str, *, lasting: bool = False) -> None:
    """Write a text to a file whole or not at all; for `lasting` and what is raised see `in_place_of`."""
    with in_place_of(path, lasting=lasting) as temporary:
        temporary.write_text(text, "utf-8", newline="")


def not_written(path: Path, error: OSError) -> str:
    """What a person is told where a file or a folder could not be written: the disk is full, or the place is no good."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{path}: cannot be written, because the disk is full; make room and run the command again"
    why = (error.strerror or str(error)).lower()
    return f"{path}: cannot be written ({why}); choose another place, or check the permissions of this one"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
