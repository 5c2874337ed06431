"""The commands of the ledger, on the story's records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger.story import story
from typer.testing import CliRunner

from parley.cli import app
from parley.ledger.store import Ledger


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "story.db"
    with Ledger.open(path, create=True) as ledger:
        for record, updated in story():
            ledger.add(record, updated=updated)
    return str(path)


def run(ledger: str, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*words, "--ledger", ledger])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["status"], "▲ supports"),
        (["status", "--as-of", "2019-01-31"], "▼ opposes"),
        (["status", "--between", "Maravel", "Highland Front"], "contested"),
        (["timeline", "--kind", "reversal"], "had opposed"),
        (["talks"], "accounts disagree on the outcome: no-agreement or partial"),
        (["proposals"], "2019-04-20 violated"),
        (["claims"], "denied by Highland Front"),
        (["positions", "highland front"], "(reversal)"),
        (["actors", "velk"], "Commander"),
        (["brief", "--since", "2019-03-31"], "[^1]: “"),
        (["search", "market", "of", "Tarn"], "[market] [of] [Tarn]"),
        (["process", "list"], "Highland Front – Maravel"),
        (["verify"], "every one holds its words"),
        (["figures"], "Krippendorff's alpha"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_question_is_answered(told: str, words: list[str], says: str) -> None:
    code, out, problem = run(told, *words)
    assert (code, problem) == (0, "")
    assert says in " ".join(out.split()) or says in out


def test_an_entry_is_shown_reviewed_and_its_history_told(told: str) -> None:
    moments = json.loads(run(told, "timeline", "--json", "--kind", "reversal")[1])
    entry = moments[0]["quotes"][0]["entry"]
    assert run(told, "review", entry, "--by", "Ann", "--accept", "--reason", "the words say so")[0] == 0
    shown = json.loads(run(told, "show", entry, "--json")[1])
    assert (shown["status"], shown["fields"]["stance"]) == ("accepted", "supports")
    assert "accept by Ann: the words say so" in run(told, "history", entry)[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["positions", "Nobody"], "the ledger holds no position of 'Nobody'"),
        (["status", "--as-of", "soon"], "'soon' is not a date; give it as YYYY-MM-DD, YYYY-MM or YYYY"),
        (["show", "0123456789abcdef-p00000000"], "there is no document 0123456789abcdef in the ledger"),
        (["show", "0123456789abcdef"], "there is no document 0123456789abcdef in the ledger"),
        (["show", "012"], "'012' is too short to name a document; give 4 letters of its id or more"),
        (["reread", "0123456789abcdef"], "there is no document 0123456789abcdef in the ledger"),
        (["talks", "--process", "Moon"], "the ledger knows no process 'Moon'"),
        (["review", "x", "--by", "Ann"], "give one of --accept, --reject, --set FIELD=VALUE, --withdraw"),
        (["brief", "--since", "2031-01-01"], "nothing can have changed since 2031-01-01"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(told: str, words: list[str], sentence: str) -> None:
    code, out, problem = run(told, *words)
    assert (code, out) == (2, "")
    assert problem.startswith("parley: ")
    assert sentence in problem
    assert problem.count("\n") == 1


def test_a_ledger_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    code, _, problem = run(str(tmp_path / "none.db"), "status")
    assert code == 2
    assert "there is no ledger at" in problem
