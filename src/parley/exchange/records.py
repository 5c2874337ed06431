"""Records back from where they were written: JSON, JSON Lines, or the Parquet tables of an archive or an export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from parley.errors import DocumentError
from parley.record import LISTS, Record


def holds_tables(path: Path) -> bool:
    """Whether a folder holds the tables of an archive or of an export."""
    return (path / "documents.parquet").is_file() or any((path / "documents").glob("part-*.parquet"))


def records_in(path: Path) -> Iterator[Record]:
    """The records of a file or of a folder of tables. Raises ``DocumentError`` naming the file and the line."""
    if path.is_dir():
        yield from _from_tables(path)
    elif not path.exists():
        raise DocumentError(str(path), "there is no such file or folder; check the path")
    else:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DocumentError(
                str(path), f"cannot be read as records ({error}); give JSON, a folder or a ledger"
            ) from error
        single = text.lstrip().startswith("{") and "\n" in text.strip() and not path.name.endswith(".jsonl")
        pieces = [(1, text)] if single else list(enumerate(text.splitlines(), 1))
        for number, piece in pieces:
            if piece.strip():
                yield _parsed(piece, f"{path}:{number}")


def _parsed(text: str, source: str) -> Record:
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"is not a record of Parley ({'.'.join(map(str, first['loc']))}: {first['msg']})"
        raise DocumentError(source, f"{problem}; give what `parley read --format json` printed") from error


def _from_tables(folder: Path) -> Iterator[Record]:
    import pyarrow as pa

    try:
        yield from _from_parts(folder)
    except (OSError, pa.ArrowException) as error:
        raise DocumentError(str(folder), f"holds a table that cannot be read ({error}); make the folder anew") from error


def _from_parts(folder: Path) -> Iterator[Record]:
    import pyarrow.parquet as pq

    parts = sorted((folder / "documents").glob("part-*.parquet"))
    if parts:
        for part in parts:
            yield from _joined(
                {table: pq.read_table(folder / table / part.name).to_pylist() for table in ("documents", *LISTS)}
            )
    elif (folder / "documents.parquet").exists():
        yield from _joined(
            {table: pq.read_table(folder / f"{table}.parquet").to_pylist() for table in ("documents", *LISTS)}
        )
    else:
        raise DocumentError(str(folder), "holds no tables of Parley; give the folder of `parley archive --out`")


def _joined(tables: dict[str, list[dict[str, Any]]]) -> Iterator[Record]:
    """Records from their rows. Documents with the same text share an id and their rows are alike; each gets one set."""
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {name: defaultdict(list) for name in LISTS}
    for name in LISTS:
        for row in tables[name]:
            document = row.pop("document")
            if not any(row["id"] == other["id"] for other in rows[name][document]):
                rows[name][document].append(row)
    for row in tables["documents"]:
        document, parley, contract = row.pop("document"), row.pop("parley"), row.pop("contract")
        row.pop("source", None)
        lists = {name: rows[name][document] for name in LISTS}
        yield Record.model_validate({"document": row, "parley": parley, "contract": contract, **lists})
