"""What only a process of its own shows: hash seeds, import cost, exit codes, what a terminal gets."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from factory import GOLDEN

LAKE = str(GOLDEN / "lake.txt")


def run(*arguments: str, seed: str = "0", stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONUTF8": "0"}
    return subprocess.run([sys.executable, *arguments], capture_output=True, env=environment, input=stdin, check=False)


def test_the_same_report_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    outputs = [
        run("-m", "parley", "read", LAKE, "--published", "2024-03-05", "-f", "json", seed=seed) for seed in ("1", "2", "77")
    ]
    assert {output.returncode for output in outputs} == {0}
    assert len({output.stdout for output in outputs}) == 1
    assert outputs[0].stdout.startswith(b'{\n  "contract"')


def test_a_pipe_gets_utf8_whatever_the_locale() -> None:
    result = run("-m", "parley", "read", "-", "-f", "text", stdin="Zoë Õun said “yes” to a truce.".encode())
    assert result.returncode == 0
    assert "“" in result.stdout.decode("utf-8")


def test_bad_input_has_no_traceback() -> None:
    result = run("-m", "parley", "read", "none.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"parley: none.txt: there is no such file; check the path\n"


def test_importing_parley_is_quick_and_loads_no_spacy() -> None:
    code = "import time; t = time.perf_counter(); import parley, sys; print(time.perf_counter() - t, 'spacy' in sys.modules)"
    runs = [run("-c", code).stdout.split() for _ in range(3)]
    assert {loaded for _, loaded in runs} == {b"False"}
    assert min(float(seconds) for seconds, _ in runs) < 0.2


@pytest.mark.parametrize("command", ["--help", "schema", "version"])
def test_commands_that_read_nothing_load_no_spacy(command: str) -> None:
    code = f"import sys; sys.argv = ['parley', {command!r}]; from parley.cli import app; app(standalone_mode=False); print('spacy' in sys.modules)"
    assert run("-c", code).stdout.split()[-1] == b"False"


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m parley read {LAKE} | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert result.stderr == b""
