from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parley.cli import app

GOOD = "Foreign Minister Lena Orsk said on Monday that Tovar would accept a truce.\n"
BAD = {
    "empty.txt": (b"", "is empty; there is nothing to read"),
    "binary.txt": (bytes(range(256)) * 20, "is binary, not text; save its text as UTF-8"),
    "report.pdf": (b"%PDF-1.7\n...", "is a PDF, not text"),
    "latin.txt": ("The minister drank caf\u00e9.".encode("latin-1"), "is not UTF-8 at byte 22 (line 1); name its encoding"),
    "french.txt": ("Le président a dit lundi que la paix est possible.".encode(), "is in French, and Parley reads English"),
    "large.txt": (b"The talks go on, he said. " * 800_000, "is 20.8 MB, and a report has at most 1,000,000 characters"),
    "page.html": (b"<html><body><a href='/'>Home</a></body></html>", "is a page without an article"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path: Path, name: str) -> None:
    data, problem = BAD[name]
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(app, ["read", str(tmp_path / name), "--format", "json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"parley: {tmp_path / name}: {problem}")
    assert result.stderr.count("\n") == 1


def test_a_missing_file_is_one_sentence_and_exit_code_2() -> None:
    result = CliRunner().invoke(app, ["read", "none.txt"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "parley: none.txt: there is no such file; check the path\n"


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", "2024-02-30", "04/06/2025", "0000-00-00"])
def test_a_nonsense_date_is_told_before_anything_is_read(tmp_path: Path, date: str) -> None:
    result = CliRunner().invoke(app, ["read", "none.txt", "--published", date])
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"parley: --published: {date!r} is not a date; give the publication date as YYYY-MM-DD, YYYY-MM or YYYY\n"
    )


def test_standard_input_without_text_is_refused() -> None:
    result = CliRunner().invoke(app, ["read", "-"], input=b"")
    assert (result.exit_code, result.stderr) == (2, "parley: standard input: is empty; there is nothing to read\n")


def test_the_other_files_are_read_and_failures_are_listed_at_the_end(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "a-good.txt").write_text(GOOD)
    (tmp_path / "z-good.txt").write_text(GOOD)
    paths = [str(path) for path in sorted(tmp_path.iterdir())] + [str(tmp_path / "none.txt")]
    result = CliRunner().invoke(app, ["read", *paths, "--format", "json"])
    assert result.exit_code == 2
    assert [json.loads(line)["document"]["text"] for line in result.stdout.splitlines()] == [GOOD, GOOD]
    complaints = result.stderr.splitlines()
    assert complaints[0] == "parley: 8 of 10 could not be read:"
    assert len(complaints) == 9
    for name, (_, problem) in BAD.items():
        assert any(line.startswith(f"parley: {tmp_path / name}: {problem}") for line in complaints)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(tmp_path), "--format", "json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no files to read; they end in .txt" in result.stderr
