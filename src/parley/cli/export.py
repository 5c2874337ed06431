"""`parley export`: records in the formats of the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.output import complain, give_up
from parley.errors import ParleyError
from parley.whole_files import not_written

if TYPE_CHECKING:
    from parley.record import Record

FORMAT_HELP = (
    "polecat, gdelt, icews, pax, negotiations, dyads, ceasefires, acled, dna, csv, parquet, duckdb, graphml, gexf, "
    "jsonld, followthemoney, icalendar or atom."
)
RECORDS_HELP = "Records as `parley read --format json` prints them (.json, .jsonl), the folder of an archive, or a ledger."


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=FORMAT_HELP, show_default=False)],
    records: Annotated[list[str], typer.Argument(metavar="RECORDS...", help=RECORDS_HELP, show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE_OR_DIR", help="Where to write.", show_default=False)
    ],
) -> None:
    """Write records for other programs, and say what the format could not carry."""
    from parley.exchange import export as write

    try:
        report = write(_records(records), format, output)
    except ImportError as error:
        give_up(f"{error.name} is not installed; install it with pip install 'parley-record[tables,networks]'")
    except ParleyError as error:
        give_up(error)
    except OSError as error:
        give_up(not_written(output, error))
    complain(f"{output}: {report.sentence()}")


def _records(sources: list[str]) -> Iterator[Record]:
    from parley.exchange.records import records_in

    for source in sources:
        if "://" in source or _is_sqlite(Path(source)):
            from parley.ledger.store import Ledger

            with Ledger.open(source) as ledger:
                yield from ledger.records()
        else:
            yield from records_in(Path(source))


def _is_sqlite(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
