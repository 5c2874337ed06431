"""The Ray engine: the same shards, read by actors of Ray Data, on this machine or on a cluster.

The only file that imports ray. On a cluster, `out` must be a folder that every node sees. A worker that dies is restarted
by Ray and its shard read again; what it had begun is noted in `out`, so that what two workers died on is set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from parley.archive.local import make_reader
from parley.archive.shards import Folder, Receipt, Shard
from parley.whole_files import write_whole

SHARDS_A_WORKER = 32
"""How many shards a worker is given before the next ones are taken from the input: its models are loaded once for these."""

BEGUN = "_begun"
"""The folder within the archive in which workers note what they begin."""


class _ShardReader:
    """One model a worker: made once, then called for shard after shard."""

    def __init__(self, out: str, settings: dict[str, Any]) -> None:
        self.folder, self.reader = Folder(Path(out)), make_reader(settings)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        import pickle

        from parley.archive.worker import read_shard

        receipts = []
        for data in batch["shard"]:
            shard: Shard = pickle.loads(data)
            tries = Tries(self.folder.path, shard)
            receipts.append(read_shard(shard, self.folder, self.reader, set_aside=tries.set_aside(),
                                       one_by_one=bool(tries.earlier), begin=tries.begin))  # fmt: skip
            tries.path.unlink(missing_ok=True)
        return {"number": list(batch["number"]), "receipt": [pickle.dumps(receipt) for receipt in receipts]}


class Tries:
    """What workers began to read of a shard and did not finish, in a file of its own: each line is the try of one worker.

    A line holds the items that the worker began last, so that a later one knows where it died.
    """

    def __init__(self, out: Path, shard: Shard) -> None:
        self.path = out / BEGUN / shard.name
        self.path.parent.mkdir(exist_ok=True)
        self.earlier = self.path.read_text("utf-8").splitlines() if self.path.exists() else []

    def begin(self, items: range) -> None:
        """Note that a worker begins these items."""
        write_whole(self.path, "\n".join([*self.earlier, f"{items.start} {items.stop}"]))

    def set_aside(self) -> set[int]:
        """The items on which two workers died that read nothing beside them."""
        alone = Counter(first for first, end in (map(int, line.split()) for line in self.earlier) if end == first + 1)
        return {item for item, deaths in alone.items() if deaths >= 2}


def run(shards: Iterable[Shard], out: Path, settings: dict[str, Any], workers: int,
        address: str | None = None) -> Iterator[tuple[Shard, Receipt]]:  # fmt: skip
    """Read the shards on Ray; yields each as it is done. Shards go to Ray some at a time, so that memory stays bounded."""
    import logging
    import pickle
    import shutil

    import ray

    shutil.rmtree(out / BEGUN, ignore_errors=True)  # what an earlier run left when it was stopped tells of no worker's death

    logging.getLogger("ray").setLevel(logging.ERROR)
    ray.init(address=address, num_cpus=None if address else workers, include_dashboard=False, log_to_driver=False,
             configure_logging=False, ignore_reinit_error=True)  # fmt: skip
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    try:
        for group in _groups(shards, SHARDS_A_WORKER * workers):
            rows = [{"number": shard.number, "shard": pickle.dumps(shard)} for shard in group]
            by_number = {shard.number: shard for shard in group}
            pool = ray.data.ActorPoolStrategy(size=min(workers, len(rows)))
            data = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
                _ShardReader, fn_constructor_args=(str(out.resolve()), settings), batch_size=1, compute=pool,
                num_cpus=1)  # fmt: skip
            for row in data.iter_rows():
                yield by_number[row["number"]], pickle.loads(row["receipt"])
    finally:
        ray.shutdown()


def _groups(shards: Iterable[Shard], size: int) -> Iterator[list[Shard]]:
    group: list[Shard] = []
    for shard in shards:
        group.append(shard)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
