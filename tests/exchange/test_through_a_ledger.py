"""What was coded in bulk goes into a ledger without being read again, and comes out of it in any format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parley.cli import app
from parley.exchange import export
from parley.ledger.store import Ledger
from parley.record import Record

pytest.importorskip("pyarrow", reason="needs the archive extra")


def test_an_archive_goes_into_a_ledger_as_it_was_coded(record: Record, tmp_path: Path) -> None:
    found = {"date_method": "url", "date_reliability": "medium"}
    record = record.model_copy(update={"document": record.document.model_copy(update=found)})
    export([record], "parquet", tmp_path / "coded")
    ledger = str(tmp_path / "ledger.db")
    for expected in ("1 added, 0 known", "0 added, 1 known"):
        result = CliRunner().invoke(app, ["add", str(tmp_path / "coded"), "--ledger", ledger])
        assert result.exit_code == 0, result.output
        assert expected in result.output
    with Ledger.open(ledger) as opened:
        assert list(opened.records()) == [record]
        (id_,) = (id_ for id_, _ in opened.documents())
    shown = CliRunner().invoke(app, ["show", id_, "--ledger", ledger])
    assert "date_method: url" in shown.output
    assert "date_reliability: medium" in shown.output


def test_a_ledger_is_exported_like_records(record: Record, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        ledger.add(record)
    out = tmp_path / "events.jsonl"
    result = CliRunner().invoke(app, ["export", "polecat", str(tmp_path / "ledger.db"), "--output", str(out)])
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["Event Type"] for line in out.read_text("utf-8").splitlines()] == [
        "ASSAULT",
        "CONSULT",
        "CONSULT",
    ]
