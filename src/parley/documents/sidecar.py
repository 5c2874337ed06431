"""What is known of a file's report, written beside it: a ``manifest.tsv`` in its folder, or ``FILE.meta.json``.

The manifest has a header with ``file`` and any of ``published``, ``updated``, ``publisher``, ``title``, ``url``; the JSON
file
has the same names as keys and wins over the manifest.
"""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path

from parley.errors import DocumentError

FIELDS = ("published", "updated", "publisher", "title", "url")
MANIFEST, SUFFIX = "manifest.tsv", ".meta.json"


def is_sidecar(path: Path) -> bool:
    """Whether a file tells of others and is no report itself."""
    return path.name == MANIFEST or path.name.endswith(SUFFIX)


def known_beside(path: Path) -> dict[str, str | None]:
    """What is written beside a file about its report. Raises ``DocumentError`` if that cannot be read."""
    known: dict[str, str | None] = {}
    manifest, own = path.parent / MANIFEST, path.with_name(path.name + SUFFIX)
    if manifest.is_file():
        known |= _manifest(manifest, manifest.stat().st_mtime_ns).get(path.name, {})
    if own.is_file():
        known |= _checked(own, _object(own))
    return {name: value for name, value in known.items() if value}


@lru_cache(maxsize=64)
def _manifest(path: Path, _changed: int) -> dict[str, dict[str, str | None]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DocumentError(str(path), f"cannot be read as a table ({error}); save it as UTF-8 with tabs") from None
    if rows and "file" not in rows[0]:
        raise DocumentError(str(path), "has no column named file; its first line must name the columns")
    return {str(row["file"]): _checked(path, {k: v for k, v in row.items() if k != "file"}) for row in rows}


def _object(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DocumentError(str(path), f"is not JSON ({error})") from None
    if not isinstance(found, dict):
        raise DocumentError(str(path), "is not a JSON object")
    return found


def _checked(path: Path, given: dict[str, object]) -> dict[str, str | None]:
    for name, value in given.items():
        if name not in FIELDS:
            raise DocumentError(str(path), f"tells of {name!r}; it can tell of {', '.join(FIELDS)}")
        if value is not None and not isinstance(value, str):
            raise DocumentError(str(path), f"{name} must be text")
    return {name: str(value) for name, value in given.items() if value}
