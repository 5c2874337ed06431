"""The one module that loads the knowledge tables and checks them.

A table is a tab-separated file with a header, named after its attribute of `Knowledge` (``states.tsv``). Lines that start
with ``#`` are comments. A folder of a user's own tables may hold any of them: a row with the key of a built-in row
replaces it, other rows are added.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar, get_args, get_type_hints

from pydantic import ValidationError

from parley.errors import KnowledgeError
from parley.knowledge.rows import (
    Act,
    Agent,
    BodyNoun,
    Conflict,
    Cue,
    EventCode,
    EventWord,
    Group,
    Grouping,
    IssuePhrase,
    NounClass,
    Office,
    Operator,
    Organisation,
    Person,
    Place,
    Row,
    Setting,
    State,
    TalksWord,
    TimeWord,
)

BUILT_IN = Path(__file__).parent / "tables"
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All tables, checked. Compared and hashed by identity, so that stages can cache what they derive from it."""

    states: tuple[State, ...]
    places: tuple[Place, ...]
    organisations: tuple[Organisation, ...]
    groups: tuple[Group, ...]
    groupings: tuple[Grouping, ...]
    people: tuple[Person, ...]
    offices: tuple[Office, ...]
    agents: tuple[Agent, ...]
    actor_words: tuple[NounClass, ...]
    body_nouns: tuple[BodyNoun, ...]
    conflicts: tuple[Conflict, ...]
    time_words: tuple[TimeWord, ...]
    talks_words: tuple[TalksWord, ...]
    talks_classes: tuple[NounClass, ...]
    cues: tuple[Cue, ...]
    speech_classes: tuple[NounClass, ...]
    claim_words: tuple[NounClass, ...]
    settings: tuple[Setting, ...]
    noun_classes: tuple[NounClass, ...]
    stance_words: tuple[NounClass, ...]
    issues: tuple[IssuePhrase, ...]
    operators: tuple[Operator, ...]
    acts: tuple[Act, ...]
    event_words: tuple[EventWord, ...]
    event_codes: tuple[EventCode, ...]
    event_classes: tuple[NounClass, ...]

    @classmethod
    def load(cls, extra: Path | None = None) -> Self:
        """Read the built-in tables and those of the folder `extra`. Raises ``KnowledgeError`` on a bad row or table."""
        hints = get_type_hints(cls)
        row_types: dict[str, type[Row]] = {table.name: get_args(hints[table.name])[0] for table in fields(cls)}
        if extra is not None:
            _refuse_strangers(extra, set(row_types))
        tables: dict[str, tuple[Row, ...]] = {}
        for name, row_type in row_types.items():
            rows = {row.key: row for row in read_table(BUILT_IN / f"{name}.tsv", row_type)}
            if extra is not None and (path := extra / f"{name}.tsv").exists():
                rows |= {row.key: row for row in read_table(path, row_type)}
            tables[name] = tuple(rows.values())
        return cls(**tables)  # type: ignore[arg-type]

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Names of the capitals of states, in lower case."""
        return frozenset(name.lower() for state in self.states for name in state.capitals)


def _refuse_strangers(folder: Path, known: set[str]) -> None:
    if not folder.is_dir():
        raise KnowledgeError(str(folder), "folder", "there is no such folder; give one that holds tables such as people.tsv")
    for path in sorted(folder.glob("*.tsv")):
        if path.stem not in known:
            raise KnowledgeError(path.name, "file", f"is not a knowledge table; the tables are {', '.join(sorted(known))}")


def read_table(path: Path, row_type: type[R]) -> tuple[R, ...]:
    """The rows of one table. Raises ``KnowledgeError`` naming the file, the line and the column of a bad cell."""
    rows: dict[str, R] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise KnowledgeError(path.name, "file", "is not UTF-8 text; save it as UTF-8, tab-separated") from error
    numbered = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise KnowledgeError(path.name, "line 1", "the table has no header")
    header = numbered[0][1]
    for number, cells in numbered[1:]:
        if len(cells) > len(header):
            raise KnowledgeError(path.name, f"line {number}", f"has {len(cells)} cells, but the header has {len(header)}")
        try:
            row = row_type.model_validate(dict(zip(header, cells, strict=False)))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "row"
            raise KnowledgeError(path.name, f"line {number}", f"{where}: {first['msg']}") from error
        if (key := row.key) in rows:
            raise KnowledgeError(path.name, f"line {number}", f"the key {key!r} stands twice")
        rows[key] = row
    return tuple(rows.values())
