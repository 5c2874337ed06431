"""Hostile input ends in the table of failures, within its limits, and never costs another document."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="needs the archive extra")

from parley.archive import read_archive  # noqa: E402
from parley.documents import tables  # noqa: E402
from parley.documents.items import MAX_ITEM_BYTES, Item, items_in  # noqa: E402

STORY = "The two delegations met in Port Alba on Monday, and the mediator said that they would meet again in June. " * 6
ROW = json.dumps({"text": STORY}).encode() + b"\n"
PAGE = f"<html><head>{{}}<title>Talks</title></head><body><article><p>{STORY}</p></article></body></html>"


def failures(path: Path, folder: Path, reader: str) -> tuple[int, list[str]]:
    """How many documents an archive run reads there, and what it says of the others."""
    out = folder / "out"
    done = list(read_archive([path], out, reader=reader))
    rows = [row for part in sorted((out / "failures").glob("*.parquet")) for row in pq.read_table(part).to_pylist()]
    assert all(row["kind"] == "document" for row in rows)
    return sum(d.documents for d in done), [row["problem"] for row in rows]


def deep(inside: str, tag: str = "div") -> bytes:
    return ("<html><body>" + f"<{tag}>" * 100_000 + f"<p>{inside}</p>" + f"</{tag}>" * 100_000).encode()


def bomb(megabytes: int) -> bytes:
    """A gzip file that unpacks to so many megabytes of empty lines."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        for _ in range(megabytes):
            file.write(b"\n" * 1_000_000)
    return packed.getvalue()


def test_a_folder_of_traps_costs_only_the_traps(tmp_path: Path, fake_reader: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed = gzip.compress(ROW * 2 + json.dumps({"text": "".join(f"{n * n:x}" for n in range(9000))}).encode())
    (folder / "a-cut.jsonl.gz").write_bytes(packed[:-2000])
    (folder / "b-cut.csv.gz").write_bytes(gzip.compress(f'text\n"{STORY}"\n'.encode())[:-9])
    (folder / "c-bomb.jsonl.gz").write_bytes(bomb(30))
    (folder / "d-bomb.csv.gz").write_bytes(bomb(30))
    (folder / "e-cut.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 40)[:40])
    (folder / "f-deep.html").write_bytes(deep(STORY))
    (folder / "g-deep.html").write_bytes(deep(STORY, "table><tr><td"))
    (folder / "h-deep.jsonl").write_bytes(b'{"text": ' + b"[" * 500_000 + b"\n" + ROW)
    (folder / "i-wrong.html").write_bytes(PAGE.format('<meta charset="utf-8">').encode().replace(b"Port", b"P\xf3rt"))
    (folder / "j-wrong.html").write_bytes(PAGE.format('<meta charset="utf-16">').encode())
    (folder / "k-laughs.xml").write_bytes(
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'
    )
    with zipfile.ZipFile(folder / "l-bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"\0" * 60_000_000)
    (folder / "m-cut.zip").write_bytes((folder / "l-bomb.zip").read_bytes()[:3000])
    (folder / "z-good.txt").write_text(STORY)
    documents, problems = failures(folder, tmp_path, fake_reader)
    assert documents == 2 + 1 + 1  # the whole rows before a-cut breaks off, that after the deep one, and the good one
    expected = ["read further", "read further", "unpacks to more", "unpacks to more", "", "without an article",
                "without an article", "not a JSON object", "not valid at byte", "", "entities", "unpacks to more",
                "not a ZIP archive"]  # fmt: skip
    assert len(problems) == len(expected)
    assert [words for words, problem in zip(expected, problems, strict=True) if words not in problem] == []


class _OneLine(io.RawIOBase):
    """A stream of one line of so many bytes, then one row."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.row = io.BytesIO(b"\n" + ROW)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.left:
            return self.row.readinto(buffer)
        size = min(len(buffer), self.left)
        buffer[:size] = bytes(size)
        self.left -= size
        return size


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_line_of_a_gigabyte_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    path = tmp_path / f"long{suffix}"
    path.touch()
    read: list[int] = []

    class Watched(io.BufferedReader):
        def readline(self, size: int | None = -1) -> bytes:
            read.append(len(line := super().readline(size)))
            return line

    monkeypatch.setattr(tables, "_open", lambda path: Watched(_OneLine(1_000_000_000), 1 << 20))
    found = list(items_in(path))
    assert max(read) <= MAX_ITEM_BYTES + 1
    assert "more than the 16 MB" in str(found[0].problem)
    assert [bool(item.problem) for item in found] == ([True, False] if suffix == ".jsonl" else [True])


def test_rows_of_every_odd_kind_are_failures_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b'{"text": null}\n{"text": ""}\n[1]\n"x"\n\xff\xfe\n{"text": "\\ud800"}\n' + ROW)
    found: list[Item] = list(items_in(path))
    assert [bool(item.problem) for item in found] == [True, True, True, True, True, False, False]
