"""`parley fetch`: what is wrong is said in one sentence, and what was fetched stays whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parley.cli import app
from parley.cli.fetch import _append


def fetch(*words: str) -> tuple[int, list[str]]:
    done = CliRunner().invoke(app, ["fetch", *words, "--pause", "0"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr.splitlines()


def test_a_place_that_cannot_hold_articles_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    for out, says in ((tmp_path / "news.txt", "name a file that ends in .jsonl"),
                      (tmp_path / "no" / "news.jsonl", f"the folder {tmp_path / 'no'} does not exist; make it")):  # fmt: skip
        code, said = fetch("https://news.example/", "--out", str(out))
        assert (code, len(said)) == (2, 1)
        assert says in said[0]


@pytest.mark.parametrize("held", ["{", "[]", "\xff"])
def test_a_damaged_memory_is_named_and_left(tmp_path: Path, held: str) -> None:
    memory = tmp_path / "news.jsonl.seen.json"
    memory.write_bytes(held.encode("latin-1"))
    code, said = fetch("https://news.example/", "--out", str(tmp_path / "news.jsonl"))
    assert (code, len(said)) == (2, 1)
    assert "is damaged, so that nobody knows what was fetched; delete it" in said[0]
    assert memory.read_bytes() == held.encode("latin-1")


@pytest.mark.parametrize("url", ["ftp://news.example/a", "news.example", "http://127.0.0.1:9/", "https://no-such.invalid/"])
def test_an_address_that_cannot_be_fetched_is_named_with_its_reason(tmp_path: Path, url: str) -> None:
    code, said = fetch(url, "--out", str(tmp_path / "news.jsonl"))
    assert code == 2
    assert said[0].endswith("news.jsonl: 0 new articles, 1 failures")
    assert len(said) == 2
    assert said[1].startswith(f"parley: {url}: ")
    assert not (tmp_path / "news.jsonl").exists()


def test_a_line_that_an_earlier_run_left_half_written_costs_no_other(tmp_path: Path) -> None:
    out = tmp_path / "news.jsonl"
    for line in ('{"text": "one"}', '{"text": "two"}'):
        _append(out, line)
    out.write_bytes(out.read_bytes()[:-4])
    _append(out, '{"text": "three"}')
    lines = out.read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in (lines[0], lines[2])] == ["one", "three"]
    assert len(lines) == 3
