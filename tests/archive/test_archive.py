"""An archive run loses nothing, whether it is stopped or a worker dies, and gives the same tables each time."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="needs the archive extra")
pq = pytest.importorskip("pyarrow.parquet", reason="needs the archive extra")

from parley.archive import Progress, local, read_archive  # noqa: E402
from parley.errors import DocumentError, ParleyError  # noqa: E402

STORY = "The two delegations met in Port Alba on Monday, and the mediator said that they would meet again in June. Story"


def corpus(folder: Path, count: int, odd: dict[int, str] | None = None) -> Path:
    path = folder / "articles.jsonl"
    rows = [{"text": f"{STORY} {n}. {(odd or {}).get(n, '')}", "date": "2021-05-03"} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def table(out: Path, name: str) -> list[dict[str, object]]:
    return [row for part in sorted((out / name).glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


def everything(out: Path) -> dict[str, list[dict[str, object]]]:
    return {
        folder.name: table(out, folder.name) for folder in sorted(out.iterdir()) if not folder.name.startswith(("_", "."))
    }


def run(inputs: list[Path], out: Path, reader: str, **options: object) -> list[Progress]:
    return list(read_archive(inputs, out, reader=reader, shard_items=10, **options))  # type: ignore[arg-type]


def test_every_document_and_every_failure_is_in_a_table(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 25, {3: "FAULT"})
    with path.open("a") as file:
        file.write("{broken\n")
        french = (
            "Les deux délégations se sont rencontrées lundi et le médiateur a dit que la réunion aurait lieu en juin. " * 5
        )
        file.write(json.dumps({"text": french}) + "\n")
    done = run([path], tmp_path / "out", fake_reader)
    assert sum(p.documents for p in done) == len(table(tmp_path / "out", "documents")) == 24
    failures = table(tmp_path / "out", "failures")
    assert [f["kind"] for f in failures] == ["fault", "document", "language"]
    assert [f["language"] for f in failures] == [None, None, "French"]
    assert sum((Counter(p.kinds) for p in done), Counter()) == {"fault": 1, "document": 1, "language": 1}
    assert sum((Counter(p.languages) for p in done), Counter()) == {"French": 1}
    assert "ZeroDivisionError" in str(failures[0]["problem"])
    assert [d["source"] for d in table(tmp_path / "out", "documents")][:2] == [f"{path}:1", f"{path}:2"]


def test_a_second_run_reads_nothing_again(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 25)
    first = run([path], tmp_path / "out", fake_reader)
    again = run([path], tmp_path / "out", fake_reader, workers=2)
    assert [p.earlier for p in first] == [False] * 3
    assert [p.earlier for p in again] == [True] * 3


def test_one_worker_and_two_give_the_same_tables(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 45)
    run([path], tmp_path / "one", fake_reader)
    run([path], tmp_path / "two", fake_reader, workers=2)
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_a_document_on_which_workers_die_is_set_aside_and_the_others_are_read(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 25, {7: "CRASH", 13: "CRASH"})
    run([path], tmp_path / "out", fake_reader, workers=2)
    assert len(table(tmp_path / "out", "documents")) == 23
    assert [(f["kind"], str(f["source"]).rsplit(":", 1)[1]) for f in table(tmp_path / "out", "failures")] == [
        ("crash", "8"),
        ("crash", "14"),
    ]


def test_a_document_that_hangs_is_set_aside(tmp_path: Path, fake_reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local.run, "__defaults__", (8.0,))
    path = corpus(tmp_path, 5, {2: "HANG"})
    run([path], tmp_path / "out", fake_reader)
    assert [f["kind"] for f in table(tmp_path / "out", "failures")] == ["crash"]


def test_changed_inputs_and_foreign_folders_are_refused(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 15)
    run([path], tmp_path / "out", fake_reader)
    with pytest.raises(ParleyError, match="begun with other"):
        list(read_archive([path], tmp_path / "out", reader=fake_reader, shard_items=11))
    path.write_text(path.read_text().replace("Monday", "Sunday evening"))
    with pytest.raises(ParleyError, match="changed since"):
        run([path], tmp_path / "out", fake_reader)
    with pytest.raises(ParleyError, match="not empty"):
        run([path], tmp_path, fake_reader)
    with pytest.raises(DocumentError, match="no such file"):
        run([tmp_path / "missing"], tmp_path / "other", fake_reader)
    with pytest.raises(ParleyError, match="local and ray"):
        run([path], tmp_path / "more", fake_reader, engine="spark")


def test_without_the_extra_it_says_so_before_any_worker_starts(
    tmp_path: Path, fake_reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match="pyarrow"):
        run([corpus(tmp_path, 3)], tmp_path / "out", fake_reader)
    assert not (tmp_path / "out").exists()


KILLS = int(os.environ.get("PARLEY_KILLS", "3"))
"""How often the fault test kills a run: few by default; the bar's 20 with PARLEY_KILLS=20."""


def test_killed_at_random_moments_and_run_again_the_tables_are_those_of_an_undisturbed_run(
    tmp_path: Path, fake_reader: str
) -> None:
    path = corpus(tmp_path, 400)
    run([path], tmp_path / "whole", fake_reader)
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(f"""
        from pathlib import Path
        from parley.archive import read_archive
        if __name__ == "__main__":
            list(read_archive([Path({str(path)!r})], Path({str(tmp_path / "killed")!r}), reader="fake_reader:make",
                              shard_items=10, workers=2))
        """)
    )
    chance = random.Random(7)
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
        time.sleep(chance.uniform(0.3, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([sys.executable, str(script)], check=True)
    assert everything(tmp_path / "killed") == everything(tmp_path / "whole")


@pytest.mark.filterwarnings("ignore")  # Ray warns of its own settings
def test_the_ray_engine_gives_the_same_tables_whatever_a_document_does_to_its_reader(
    tmp_path: Path, fake_reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="needs the ray extra")
    if not os.environ.get("PARLEY_RAY"):
        pytest.skip("starting Ray takes half a minute; run with PARLEY_RAY=1, as .ci/run does")
    monkeypatch.setenv("RAY_worker_niceness", "0")  # else a busy machine hardly lets its workers run
    path = corpus(tmp_path, 45, {13: "CRASH", 20: "FAULT", 31: "SEGFAULT", 37: "MEMORY"})
    run([path], tmp_path / "local", fake_reader)
    run([path], tmp_path / "ray", fake_reader, engine="ray")
    assert [f["kind"] for f in table(tmp_path / "ray", "failures")] == ["crash", "fault", "crash", "fault"]
    assert everything(tmp_path / "local") == everything(tmp_path / "ray")
    (tmp_path / "states.tsv").write_text("name\nNowhere\n")
    with pytest.raises(ParleyError, match=r"states\.tsv: line 2"):
        list(read_archive([path], tmp_path / "other", engine="ray", knowledge=tmp_path))
