"""The Ray engine: the same shards, read by actors of Ray Data, on this machine or on a cluster.

The only file that imports ray. On a cluster, `out` must be a folder that every node sees. An actor does not read by itself
but in a worker process of the local engine, so that a document that kills or hangs its reader costs that process and not
the actor: it is replaced and the document set aside, just as without Ray. An actor lost with its node is Ray's to replace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from parley.archive.local import Pool
from parley.archive.shards import Receipt, Shard
from parley.errors import ParleyError

SHARDS_A_WORKER = 32
"""How many shards a worker is given before the next ones are taken from the input: its models are loaded once for these."""


class _ShardReader:
    """One model a worker: made once, then called for shard after shard."""

    def __init__(self, out: str, settings: dict[str, Any]) -> None:
        self.pool = Pool(Path(out), settings, workers=1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        import pickle

        shards: list[Shard] = [pickle.loads(data) for data in batch["shard"]]
        try:
            done: dict[int, Receipt | str] = {shard.number: receipt for shard, receipt in self.pool.read(iter(shards))}
        except ParleyError as error:  # told as data: Ray would wrap it into pages of its own
            done = {shard.number: str(error) for shard in shards}
        return {"number": list(batch["number"]), "done": [pickle.dumps(done[shard.number]) for shard in shards]}


def run(shards: Iterable[Shard], out: Path, settings: dict[str, Any], workers: int,
        address: str | None = None) -> Iterator[tuple[Shard, Receipt]]:  # fmt: skip
    """Read the shards on Ray; yields each as it is done. Shards go to Ray some at a time, so that memory stays bounded.

    Raises ``ParleyError`` if the workers cannot be started.
    """
    import logging
    import pickle

    import ray.data

    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
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
                done: Receipt | str = pickle.loads(row["done"])
                if isinstance(done, str):
                    raise ParleyError(done)
                yield by_number[row["number"]], done
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
