"""Loading the tables: quickly, and with one clear error for a bad one; a user's folder adds and replaces rows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parley.errors import KnowledgeError
from parley.knowledge import Knowledge
from parley.knowledge.load import read_table
from parley.knowledge.rows import Person, State

STATES = "name\talpha3\taliases\tdemonyms\tcapitals\tseats\tfrom\tuntil\twikidata\tsource"
PEOPLE = "name\taliases\trole\tparty\tfrom\tuntil\twikidata\tsource"


def table(folder: Path, name: str, *lines: str) -> Path:
    path = folder / f"{name}.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_all_tables_load_within_three_tenths_of_a_second_of_work() -> None:
    Knowledge.load()
    times = []
    for _ in range(3):
        start = time.process_time()
        Knowledge.load()
        times.append(time.process_time() - start)
    assert min(times) < 0.3


def test_cells_become_columns(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "states",
        "# a comment",
        STATES,
        "Torland\tTOR\tTorlia; Old Torland ;\tTorlish\tTor City\t\t1991\t\t\tatlas",
    )
    (state,) = read_table(path, State)
    assert state.aliases == ("Torlia", "Old Torland")
    assert state.from_ == "1991"
    assert state.seats == ()
    assert state.wikidata is None


def test_a_table_saved_on_windows_reads_alike(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{PEOPLE}\r\nIda Ross\t\tEnvoy\tRussia\t\t\t\tgazette\r\n".encode())
    (person,) = read_table(path, Person)
    assert (person.name, person.source) == ("Ida Ross", "gazette")


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        ((), "line 1", "no header"),
        ((STATES, "Torland\ttor\t\t\t\t\t\t\t\tatlas"), "line 2", "alpha3"),
        ((STATES, "# why", "Torland\tTOR\t\t\t\t\tMay 1991\t\t\tatlas"), "line 3", "from"),
        ((STATES, "Torland\tTOR\t\t\t\t\t\t\t\t"), "line 2", "source"),
        ((STATES, "Torland\tTOR"), "line 2", "source"),
        ((STATES, "Torland\tTOR\t\t\t\t\t\t\t\tatlas\tmore"), "line 2", "11 cells"),
        ((STATES, "Torland\tTOR\t\t\t\t\t\t\t\ta", "Torland\tTOR\t\t\t\t\t\t\t\tb"), "line 3", "'Torland' stands twice"),
        (("name\talpha3\tcolour\tsource", "Torland\tTOR\tred\tatlas"), "line 2", "colour"),
    ],
)
def test_a_bad_table_is_one_clear_error(tmp_path: Path, lines: tuple[str, ...], place: str, problem: str) -> None:
    table(tmp_path, "states", *lines)
    with pytest.raises(KnowledgeError) as raised:
        Knowledge.load(tmp_path)
    message = str(raised.value)
    assert message.startswith(f"states.tsv: {place}: ")
    assert problem in message
    assert "\n" not in message


def test_a_table_that_is_not_text_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "people.tsv").write_bytes(PEOPLE.encode() + b"\n\xff\xfe\x00\n")
    with pytest.raises(KnowledgeError, match=r"^people\.tsv: file: is not UTF-8 text"):
        Knowledge.load(tmp_path)


def test_a_stranger_among_the_tables_is_named(tmp_path: Path) -> None:
    table(tmp_path, "persons", PEOPLE)
    with pytest.raises(KnowledgeError, match=r"^persons\.tsv: file: is not a knowledge table; the tables are .*people"):
        Knowledge.load(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        Knowledge.load(tmp_path / "nowhere")


def test_a_users_row_is_added(tmp_path: Path) -> None:
    table(tmp_path, "states", STATES, "Torland\tTOR\t\tTorlish\tTor City\t\t\t\t\tatlas")
    plain, extended = Knowledge.load(), Knowledge.load(tmp_path)
    assert len(extended.states) == len(plain.states) + 1
    assert extended.states[-1].name == "Torland"
    assert extended.people == plain.people


def test_a_users_row_replaces_the_built_in_one_in_its_place(tmp_path: Path) -> None:
    plain = Knowledge.load()
    old = next(state for state in plain.states if state.name == "Ukraine")
    table(tmp_path, "states", STATES, "Ukraine\tUKR\tUkraina\tUkrainian\tKyiv\t\t\t\t\tour own style")
    changed = Knowledge.load(tmp_path)
    new = changed.states[plain.states.index(old)]
    assert (new.name, new.aliases, new.source) == ("Ukraine", ("Ukraina",), "our own style")
    assert len(changed.states) == len(plain.states)


def test_one_person_may_hold_several_offices(tmp_path: Path) -> None:
    table(
        tmp_path, "people", PEOPLE,
        "Ida Ross\t\tEnvoy\tRussia\t2001\t2003\t\tgazette",
        "Ida Ross\t\tEnvoy\tRussia\t2009\t\t\tgazette",
        "Ida Ross\t\tForeign Minister\tRussia\t2004\t2008\t\tgazette",
    )  # fmt: skip
    assert [p.from_ for p in Knowledge.load(tmp_path).people if p.name == "Ida Ross"] == ["2001", "2009", "2004"]
