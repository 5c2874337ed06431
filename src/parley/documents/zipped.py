"""ZIP archives of any of the other formats, unpacked into a temporary folder, never more than the limit."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from parley.documents.items import Columns, Item, items_in, opener_of, unpacked_bound

MAX_MEMBER_BYTES = 2_000_000_000
"""The most that one member may unpack to: a large table or WARC, not a bomb."""
_CHUNK = 1 << 20


def items(path: Path, columns: Columns) -> Iterator[Item]:
    """The items of each readable member, in the archive's order; an archive within the archive is not opened."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            for number, member in enumerate(archive.infolist()):
                name = PurePosixPath(member.filename).name
                if member.is_dir() or name.startswith(".") or opener_of(Path(name)) is None:
                    continue
                source = f"{path}!{member.filename}"
                if name.lower().endswith(".zip"):
                    yield Item(source, problem="is an archive within an archive; unpack it first")
                    continue
                unpacked = Path(folder) / f"{number}-{name}"
                problem = _unpack(archive, member, unpacked)
                if problem:
                    yield Item(source, problem=problem)
                else:
                    for item in items_in(unpacked, columns):
                        yield replace(item, source=item.source.replace(str(unpacked), source, 1))
                unpacked.unlink(missing_ok=True)
    except (zipfile.BadZipFile, OSError) as error:
        yield Item(str(path), problem=f"is not a ZIP archive that can be read ({error})")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str | None:
    """Unpack a member within the limits; what is wrong with it, or None. Sizes are counted, not believed."""
    bound = min(MAX_MEMBER_BYTES, unpacked_bound(member.compress_size))
    try:
        with archive.open(member) as packed, target.open("wb") as out:
            size = 0
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > bound:
                    packed_size = member.compress_size / 1e6
                    return f"unpacks to more than {bound / 1e6:.0f} MB from {packed_size:.1f} MB; it was left packed"
                out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        return f"cannot be unpacked ({error})"
    return None
