"""The plan of an archive run: which documents go into which shard, and which shards are done.

A shard is a run of consecutive items, cut by count and by bytes alone, so that the same inputs always give the same shards
and a run that was stopped can go on. Its rows are one Parquet file in each table; its receipt, written last, makes it done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from parley.documents.items import Columns, Item, items_in
from parley.errors import ParleyError
from parley.whole_files import not_written, write_whole

SHARD_ITEMS = 200
SHARD_BYTES = 32_000_000
"""A shard is held in memory by one worker: this bounds what a worker needs, whatever the input."""


@dataclass(frozen=True)
class Shard:
    """Consecutive items, with the number that names its files."""

    number: int
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        return f"{self.number:06d}"

    @property
    def digest(self) -> str:
        """What tells this shard from another of the same number: its sources and their lengths."""
        listing = "\n".join(f"{item.source}\t{len(item.data)}\t{item.problem}" for item in self.items)
        return sha256(listing.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Receipt:
    """What a finished shard holds."""

    digest: str
    documents: int
    failures: int
    seconds: float
    kinds: dict[str, int] = field(default_factory=dict)
    """How many failures of each kind."""
    languages: dict[str, int] = field(default_factory=dict)
    """How many documents were set aside in each language."""
    undated: int = 0
    """How many documents have no date of publication."""


def shards_of(inputs: Sequence[Path], columns: Columns, *, items: int = SHARD_ITEMS) -> Iterator[Shard]:
    """All items of the inputs, in order, cut into shards. Raises ``DocumentError`` if an input does not exist."""
    batch: list[Item] = []
    size = number = 0
    for path in inputs:
        for item in items_in(path, columns):
            if batch and (len(batch) >= items or size + len(item.data) > SHARD_BYTES):
                yield Shard(number, tuple(batch))
                batch, size, number = [], 0, number + 1
            batch.append(item)
            size += len(item.data)
    if batch:
        yield Shard(number, tuple(batch))


def _kept(path: Path) -> dict[str, Any]:
    """What the plan or a receipt says. Raises ``ParleyError`` if it says nothing that can be read."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ParleyError(f"{path}: is damaged; name another folder with --out, or delete this one") from error
    return found


class Folder:
    """The output folder: its plan, its tables and its receipts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._receipts, self._plan = path / "_receipts", path / "_plan.json"

    def open(self, plan: dict[str, object]) -> None:
        """Make the folder, or go on with one made by the same plan.

        Raises ``ParleyError`` if it was made by another, or cannot be written to.
        """
        try:
            self._open(plan)
        except OSError as error:
            raise ParleyError(not_written(self.path, error)) from error

    def _open(self, plan: dict[str, object]) -> None:
        if self._plan.exists():
            earlier = _kept(self._plan)
            if earlier != plan:
                differs = ", ".join(sorted(k for k in {*earlier, *plan} if earlier.get(k) != plan.get(k)))
                raise ParleyError(f"{self.path}: was begun with other {differs}; name another folder with --out")
        elif self.path.exists() and any(self._strange(below) for below in self.path.iterdir()):
            raise ParleyError(
                f"{self.path}: is not empty and not an archive that Parley began; name another folder with --out"
            )
        self._receipts.mkdir(parents=True, exist_ok=True)
        write_whole(self._plan, json.dumps(plan, indent=1, sort_keys=True), lasting=True)

    def _strange(self, below: Path) -> bool:
        """Whether a file was there before the archive: a run that begins, or was stopped while it did, has no plan yet."""
        return below != self._receipts and not (below.name.startswith(f".{self._plan.name}.") and below.suffix == ".part")

    def receipt(self, shard: Shard) -> Receipt | None:
        """The receipt of a shard that is done. Raises ``ParleyError`` if the inputs have changed since."""
        path = self._receipts / f"{shard.name}.json"
        if not path.exists():
            return None
        receipt = Receipt(**_kept(path))
        if receipt.digest != shard.digest:
            first, last = shard.items[0].source, shard.items[-1].source
            raise ParleyError(
                f"{self.path}: the inputs from {first} to {last} have changed since it was begun; name another folder with "
                "--out"
            )
        return receipt

    def finish(self, shard: Shard, receipt: Receipt) -> None:
        """Write the receipt: from now on the shard is done."""
        write_whole(self._receipts / f"{shard.name}.json", json.dumps(asdict(receipt)), lasting=True)

    def part(self, table: str, shard: Shard) -> Path:
        """The file that holds a shard's rows of one table."""
        folder = self.path / table
        folder.mkdir(exist_ok=True)
        return folder / f"part-{shard.name}.parquet"
