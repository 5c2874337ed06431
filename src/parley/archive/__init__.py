"""Whole archives in bulk: collections of reports in, one folder of Parquet tables out; stopped and resumed at will."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import parley
from parley.archive.shards import SHARD_ITEMS, Folder, Receipt, Shard, shards_of
from parley.documents.items import Columns
from parley.errors import DocumentError, ParleyError
from parley.models import DEFAULT_PARSER

__all__ = ["Progress", "read_archive"]


@dataclass(frozen=True)
class Progress:
    """A shard that is done: in this run, or (`earlier`) in one before it."""

    shard: int
    documents: int
    failures: int
    earlier: bool
    kinds: dict[str, int] = field(default_factory=dict)
    """How many failures of each kind: document, language, fault, crash."""
    languages: dict[str, int] = field(default_factory=dict)
    """How many documents were set aside because they are in this language and not in English."""
    undated: int = 0
    """How many documents have no date of publication."""


def read_archive(inputs: Sequence[Path], out: Path, *, columns: Columns | None = None, workers: int = 1,
                 engine: str = "local", address: str | None = None, knowledge: Path | None = None,
                 parser: str = DEFAULT_PARSER, shard_items: int = SHARD_ITEMS,
                 reader: str | None = None) -> Iterator[Progress]:  # fmt: skip
    """Read all inputs into partitioned Parquet tables under `out`; yields each shard as it is done.

    Running the same call again goes on where the last run stopped. Raises ``ParleyError`` if `out` was begun otherwise, lies
    within an input or cannot be written to, ``DocumentError`` if an input is missing, ``ImportError`` without the extra
    ``parley-record[archive]``.
    """
    if engine not in ("local", "ray"):
        raise ParleyError(f"there is no engine {engine!r}; the engines are local and ray")
    # Asked here, not in the workers: one that cannot write its tables would die over and over, as if on its documents.
    import_module("pyarrow")
    settings: dict[str, Any] = {"knowledge": str(knowledge) if knowledge else None, "parser": parser, "reader": reader}
    for path in inputs:
        if not path.exists():
            raise DocumentError(str(path), "there is no such file or folder; check the path")
        if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            raise ParleyError(f"{out}: lies within the input {path}, and its tables would be read as reports; "
                              "name a folder outside it with --out")  # fmt: skip
    folder = Folder(out)
    folder.open({
        "inputs": [str(path) for path in inputs], "columns": dict(columns or {}), "shard_items": shard_items,
        "parley": parley.__version__, **settings,
    })  # fmt: skip
    earlier: list[tuple[Shard, Receipt]] = []

    def still_to_do() -> Iterator[Shard]:
        for shard in shards_of(inputs, columns or {}, items=shard_items):
            receipt = folder.receipt(shard)
            if receipt is None:
                yield shard
            else:
                earlier.append((Shard(shard.number, ()), receipt))

    if engine == "ray":
        from parley.archive import on_ray

        finished = on_ray.run(still_to_do(), out, settings, workers, address)
    else:
        from parley.archive import local

        finished = local.run(still_to_do(), out, settings, workers)
    for shard, receipt in finished:
        while earlier:
            yield _progress(*earlier.pop(0), earlier=True)
        yield _progress(shard, receipt, earlier=False)
    while earlier:
        yield _progress(*earlier.pop(0), earlier=True)


def _progress(shard: Shard, receipt: Receipt, *, earlier: bool) -> Progress:
    return Progress(shard.number, receipt.documents, receipt.failures, earlier, receipt.kinds, receipt.languages,
                    receipt.undated)  # fmt: skip
