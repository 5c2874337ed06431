"""`parley explain`: one entry of a record, with its words in their surroundings and the rule or model that made it."""

from __future__ import annotations

from json import JSONDecodeError, loads
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import Encoding, KnowledgeFolder, Parser, Published
from parley.cli.output import give_up, print_out
from parley.cli.reader import open_reader
from parley.errors import DocumentError, ParleyError

if TYPE_CHECKING:
    from parley.record import Record

ID_HELP = "The entry's id, as the views show it: a1, s3, p2 ..."
FILE_HELP = "The report, or a record of it that `parley read --format json` printed."


def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help=ID_HELP)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE_HELP)],
    published: Published = None,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
    encoding: Encoding = None,
) -> None:
    """Show which words an entry rests on, and which rule or model, with which version, made it."""
    from parley.views.explanation import explanation

    try:
        record = _record_in(file) or _read(file, published, knowledge, parser, encoding)
    except ParleyError as error:
        give_up(error)
    if id not in {entry.id for entry in record.entries()}:
        give_up(f"{file}: has no entry {id!r}; it has {_ids(record)}")
    print_out(explanation(record, id))


def _record_in(file: Path) -> Record | None:
    """The record in a file that `parley read --format json` wrote, or None if the file is something else."""
    from pydantic import ValidationError

    from parley.record import Record

    try:
        if file.suffix != ".json":
            return None
        found = loads(file.read_text(encoding="utf-8"))
        return Record.model_validate(found)
    except (OSError, UnicodeDecodeError, JSONDecodeError):
        return None
    except ValidationError as error:
        first = error.errors()[0]
        raise DocumentError(
            str(file), f"is JSON but no record ({'.'.join(map(str, first['loc']))}: {first['msg']})"
        ) from None


def _read(file: Path, published: str | None, knowledge: Path | None, parser: str | None, encoding: str | None) -> Record:
    from parley.documents import read_file

    document = read_file(file, published=published, encoding=encoding)
    return open_reader(knowledge, parser).read(document)


def _ids(record: Record) -> str:
    from parley.record import LISTS

    ranges = [f"{entries[0].id} to {entries[-1].id}" if len(entries) > 1 else entries[0].id
              for name in LISTS if (entries := getattr(record, name))]  # fmt: skip
    return ", ".join(ranges) or "no entries"
