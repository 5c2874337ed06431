"""What a researcher is told on the way from a folder of mixed files to tables, and what is left when something is wrong."""

from __future__ import annotations

import csv
import json
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="needs the archive extra")

from archive.test_archive import corpus, everything, run, table  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from parley.cli import app  # noqa: E402
from parley.cli.archive import tell_passed_over  # noqa: E402
from parley.documents.items import document_of, items_in  # noqa: E402
from parley.errors import DocumentError, ParleyError  # noqa: E402

TEXT = "The two delegations met in Port Alba on Monday, and the mediator said that they would meet again in June."


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, in this process and in those that it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_ends_the_run_with_one_sentence_and_costs_no_document(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 25)
    with full_disk(1500), pytest.raises(ParleyError, match="cannot be written, because the disk is full; make room and run"):
        run([path], tmp_path / "out", fake_reader)
    assert not list((tmp_path / "out").rglob("*.part"))
    run([path], tmp_path / "out", fake_reader)
    assert len(table(tmp_path / "out", "documents")) == 25
    assert table(tmp_path / "out", "failures") == []


def test_two_runs_at_once_into_one_folder_give_the_tables_of_one(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 45)
    with ThreadPoolExecutor(2) as pool:
        for run_of in [pool.submit(run, [path], tmp_path / "both", fake_reader) for _ in range(2)]:
            assert sum(done.documents for done in run_of.result()) == 45
    run([path], tmp_path / "one", fake_reader)
    assert everything(tmp_path / "both") == everything(tmp_path / "one")


def test_a_run_that_was_stopped_before_it_wrote_its_plan_goes_on(tmp_path: Path, fake_reader: str) -> None:
    (tmp_path / "out" / "_receipts").mkdir(parents=True)
    (tmp_path / "out" / "._plan.json.a1b2.part").write_text('{"colu')
    assert sum(done.documents for done in run([corpus(tmp_path, 3)], tmp_path / "out", fake_reader)) == 3


def test_a_wrong_place_is_refused_before_anything_is_made(tmp_path: Path, fake_reader: str) -> None:
    path = corpus(tmp_path, 3)
    taken = tmp_path / "notes.txt"
    taken.write_text("These are notes.")
    with pytest.raises(ParleyError, match=r"notes\.txt: cannot be written \(not a directory\)"):
        run([path], taken, fake_reader)
    assert taken.read_text() == "These are notes."
    with pytest.raises(DocumentError, match="no such file or folder"):
        run([path, tmp_path / "missing"], tmp_path / "out", fake_reader)
    with pytest.raises(ParleyError, match=r"lies within the input .*, and its tables would be read as reports"):
        run([path.parent], path.parent / "out", fake_reader)
    assert not (tmp_path / "out").exists()
    assert not (path.parent / "out").exists()


def test_a_damaged_plan_or_receipt_is_named(tmp_path: Path, fake_reader: str) -> None:
    path, out = corpus(tmp_path, 3), tmp_path / "out"
    run([path], out, fake_reader)
    for damaged in (out / "_receipts" / "000000.json", out / "_plan.json"):
        damaged.write_text('{"digest": ')
        with pytest.raises(ParleyError, match=f"{damaged.name}: is damaged; name another folder"):
            run([path], out, fake_reader)


def test_files_of_no_known_kind_are_named_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "photo.jpg", "below/other.JPG", "sheet.xlsx", ".hidden", "a.txt.meta.json", "manifest.tsv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    tell_passed_over([tmp_path, tmp_path / "a.txt"])
    assert capsys.readouterr().err == (
        f"parley: 3 files are of no kind that Parley takes, such as {tmp_path}/below/other.JPG, and passed over: "
        ".jpg 2, .xlsx 1\n"
    )


def test_tables_as_archives_export_them_need_no_mapping(tmp_path: Path) -> None:
    with (tmp_path / "table.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["Headline", "BODY", "PubDate", "Outlet ", "Link"],
                                    ["Talks in June", TEXT, "2024-03-06", "Gull Wire", "https://gull.example/1"]])  # fmt: skip
    [item] = items_in(tmp_path / "table.csv")
    document = document_of(item)
    assert (document.title, document.published, document.publisher) == ("Talks in June", "2024-03-06", "Gull Wire")
    assert (document.text, document.url) == (TEXT, "https://gull.example/1")


def test_a_parquet_file_without_a_text_is_one_failure_that_names_its_columns(tmp_path: Path) -> None:
    import pyarrow as pa

    pq.write_table(pa.table({"headline": ["a"] * 500, "words": [TEXT] * 500}), tmp_path / "table.parquet")
    [item] = items_in(tmp_path / "table.parquet")
    assert item.problem == (
        "has no text; its columns are headline, words; name the column of the text with --column text=NAME"
    )
    assert len(list(items_in(tmp_path / "table.parquet", {"text": "words"}))) == 500


def test_documents_without_a_date_are_counted(tmp_path: Path, fake_reader: str) -> None:
    path = tmp_path / "lines.jsonl"
    rows = [{"text": f"{TEXT} {n}.", **({"published": "2024-03-06"} if n % 3 else {})} for n in range(24)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for _ in range(2):
        assert sum(done.undated for done in run([path], tmp_path / "out", fake_reader)) == 8


def test_the_help_names_the_extra_for_ray() -> None:
    shown = " ".join(CliRunner().invoke(app, ["archive", "--help"]).stdout.replace("│", " ").split())
    assert "install the extra `ray`" in shown
