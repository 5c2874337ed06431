from __future__ import annotations

from pathlib import Path

import pytest
from factory import GOLDEN, lake_record
from typer.testing import CliRunner, Result

from parley.cli import app
from parley.views import render


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "lake.json").write_text(render(lake_record(), "json"), encoding="utf-8")
    return tmp_path / "lake.json"


def explain(id: str, file: Path) -> Result:
    return CliRunner().invoke(app, ["explain", id, str(file)])


def test_an_entry_is_explained_by_its_words_their_place_and_what_made_it(saved: Path) -> None:
    shown = explain("p8", saved).stdout
    assert shown.startswith("p8: position\nKarsan: − opposes sanctions\n")
    assert "evidence, ¶7" in shown
    assert "saying [[its aim was to delay new U.S. sanctions]]. In response" in shown
    assert "Made by the stage positions, rule or model issue-lexicon, version 1 (Parley 0.1.0)." in shown
    assert "s7: Lena Orsk (Tovar) says" in shown


def test_every_entry_can_be_explained(saved: Path) -> None:
    for entry in lake_record().entries():
        result = explain(entry.id, saved)
        assert result.exit_code == 0
        assert "Made by the stage" in result.stdout


def test_an_unknown_id_names_those_that_there_are(saved: Path) -> None:
    result = explain("p99", saved)
    assert result.exit_code == 2
    assert "has no entry 'p99'; it has a1 to a8, s1 to s10, e1 to e5, p1 to p9, r1 to r3, t1 to t2, c1" in result.stderr


def test_a_report_is_read_to_explain_it() -> None:
    result = explain("x1", GOLDEN / "lake.txt")
    assert result.exit_code == 2
    assert "has no entry 'x1'" in result.stderr


def test_json_that_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"a": 1}')
    result = explain("s1", tmp_path / "other.json")
    assert result.exit_code == 2
    assert "is JSON but no record" in result.stderr
