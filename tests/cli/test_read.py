from __future__ import annotations

import json
from pathlib import Path

import pytest
from factory import GOLDEN
from typer.testing import CliRunner, Result

from parley.cli import app
from parley.record import Record

LAKE = str(GOLDEN / "lake.txt")
SHORT = "Foreign Minister Lena Orsk said on Monday that Tovar would accept a truce.\n"


def parley(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("b", "a", "c"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"Report {name}. {SHORT}")
    return tmp_path / "in"


def test_one_file_gives_one_record() -> None:
    result = parley("read", LAKE, "--published", "2024-03-05", "--format", "json")
    assert result.exit_code == 0
    record = Record.model_validate_json(result.stdout)
    assert record.document.published == "2024-03-05"
    assert record.document.title == "Tovar’s president urges truce with Karsan before lake summit"
    assert record.document.text == Path(LAKE).read_text(encoding="utf-8")
    assert result.stderr == ""


def test_without_a_date_the_document_has_none() -> None:
    assert Record.model_validate_json(parley("read", LAKE, "-f", "json").stdout).document.published is None
    assert (
        Record.model_validate_json(parley("read", LAKE, "-f", "json", "--published", "").stdout).document.published is None
    )


def test_the_default_is_text_for_a_person() -> None:
    result = parley("read", LAKE, "--published", "2024-03-05", "--publisher", "Northern Wire")
    assert result.stdout.startswith(
        "Tovar’s president urges truce with Karsan before lake summit\n2024-03-05 · Northern Wire\n"
    )
    assert "\x1b" not in result.stdout


def test_standard_input_is_a_report() -> None:
    result = parley("read", "-", "--format", "json", "--title", "T", "--url", "https://x.example/", stdin=SHORT.encode())
    document = Record.model_validate_json(result.stdout).document
    assert (document.text, document.title, document.url) == (SHORT, "T", "https://x.example/")


def test_several_files_or_a_folder_give_json_lines_in_order(folder: Path) -> None:
    result = parley("read", str(folder), "--format", "json")
    assert [json.loads(line)["document"]["text"][7] for line in result.stdout.splitlines()] == ["a", "b", "c"]
    result = parley("read", str(folder / "c.txt"), str(folder / "a.txt"), "--format", "json")
    assert [json.loads(line)["document"]["text"][7] for line in result.stdout.splitlines()] == ["c", "a"]


def test_several_files_as_text_stand_under_their_names(folder: Path) -> None:
    shown = parley("read", str(folder)).stdout
    assert [line for line in shown.splitlines() if line.startswith("===")] == [
        f"=== {folder / name}.txt ===" for name in ("a", "b", "c")
    ]


@pytest.mark.parametrize(("format", "suffix"), [("html", ".html"), ("markdown", ".md"), ("json", ".json"), ("text", ".txt")])
def test_a_folder_as_output_gets_one_file_for_each_report(folder: Path, tmp_path: Path, format: str, suffix: str) -> None:
    result = parley("read", str(folder), "--format", format, "--output", f"{tmp_path}/out/")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"{n}{suffix}" for n in "abc"]
    if format == "json":
        assert Record.model_validate_json((tmp_path / "out" / "a.json").read_text())


def test_a_file_as_output_gets_json_lines(folder: Path, tmp_path: Path) -> None:
    parley("read", str(folder), "--format", "json", "--output", str(tmp_path / "all.jsonl"))
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 3


def test_pages_of_several_reports_need_a_folder(folder: Path) -> None:
    result = parley("read", str(folder), "--format", "html")
    assert result.exit_code == 2
    assert result.stderr.startswith("parley: pages of several reports cannot stand in one output; name a folder")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = tmp_path / "record.json"
    kept.write_text("what stood here before")
    result = parley("read", str(tmp_path / "none.txt"), "--format", "json", "--output", str(kept))
    assert result.exit_code == 2
    assert kept.read_text() == "what stood here before"
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]


def test_an_output_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = parley("read", LAKE, "--output", str(tmp_path / "file" / "record.txt"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_tables_of_the_users_own_are_read(tmp_path: Path) -> None:
    result = parley("read", LAKE, "--knowledge", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    (tmp_path / "weather.tsv").write_text("name\tsource\n")
    result = parley("read", LAKE, "--knowledge", str(tmp_path))
    assert (result.exit_code, result.stderr.startswith("parley: weather.tsv: file: is not a knowledge table")) == (2, True)


def test_a_parser_that_is_not_installed_is_told_in_a_sentence() -> None:
    result = parley("read", LAKE, "--parser", "en_no_such_pipeline")
    assert result.exit_code == 2
    assert result.stderr.startswith("parley: model en_no_such_pipeline: cannot be loaded; install it with pip")
    assert result.stderr.count("\n") == 1


def test_schema_and_version() -> None:
    schema = json.loads(parley("schema").stdout)
    assert schema["title"] == "Record"
    assert parley("version").stdout.startswith("parley 0.1.0\nrecord contract 1.0\nspacy 3.8")
