"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.whole_files import in_place_of, write_whole


def test_a_file_takes_its_name_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "first\r\n", lasting=True)
    assert path.read_bytes() == b"first\r\n"
    with in_place_of(path) as temporary:
        temporary.write_text("second")
        assert path.read_bytes() == b"first\r\n"
    assert path.read_text() == "second"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_writer_that_fails_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "first")

    def fail_half_way() -> None:
        with in_place_of(path) as temporary:
            temporary.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert path.read_text() == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_others_may_read_it_as_any_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_whole(tmp_path / "whole", "x")
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "folder", "x")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
