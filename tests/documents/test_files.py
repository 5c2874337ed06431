from __future__ import annotations

from pathlib import Path

import pytest

from parley.documents import files_in, read_bytes, read_file
from parley.documents.files import names_for
from parley.errors import DocumentError

REPORT = "The Karsan Front said on Monday that it would accept a truce.\r\nThe talks go on."


def test_a_file_keeps_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode())
    assert read_file(tmp_path / "a.txt", published="2024-03-05").text == REPORT


def test_a_folder_gives_its_reports_by_name_and_leaves_out_others(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "notes.docx", ".hidden.txt", "sub/c.TXT", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT)
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)] == ["a.html", "b.txt", "sub/c.TXT"]


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="has no files to read"):
        files_in(tmp_path)


def test_a_page_is_known_by_its_look_where_it_has_no_name() -> None:
    with pytest.raises(DocumentError, match="standard input: is a page without an article"):
        read_bytes(b"<!DOCTYPE html><html><body>Nothing here</body></html>", "standard input")


@pytest.mark.parametrize(("name", "data", "problem"), [
    ("empty.txt", b"", "is empty"), ("blank.txt", b" \r\n\t\n", "is empty"), ("mark.txt", b"\xef\xbb\xbf", "is empty"),
    ("large.txt", b"The talks go on. " * 300_000, "MB, and a report has at most 1,000,000 characters"),
    ("larger.txt", b"The talks go on. " * 1_200_000, "is 20.4 MB, and a report has at most"),
    ("french.txt", "Le président a dit lundi que la paix est possible.".encode(), "is in French, and Parley reads English"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=problem) as caught:
        read_file(tmp_path / name)
    assert caught.value.source == str(tmp_path / name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no such file"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read_file(tmp_path)


def test_files_that_are_written_beside_each_other_have_names_of_their_own() -> None:
    assert names_for([Path("a/x.txt"), Path("b/x.html"), Path("x-2.txt")]) == ["x", "x-2", "x-2-2"]
