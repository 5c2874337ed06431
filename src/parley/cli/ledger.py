"""The commands that keep a ledger: add, reread, verify, rebuild; and what all commands of the ledger share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.options import KnowledgeFolder, Parser
from parley.cli.output import complain, give_up, print_out
from parley.errors import DocumentError, LedgerError, ParleyError

if TYPE_CHECKING:
    from parley.ledger.adding import Found, Outcome
    from parley.ledger.store import Change, Ledger
    from parley.ledger.view import View
    from parley.record import Document, Record

LEDGER_HELP = "The ledger: a file, or postgresql://user@host/name."
LedgerOption = Annotated[str, typer.Option("--ledger", metavar="FILE|URL", envvar="PARLEY_LEDGER", help=LEDGER_HELP)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The state as of this day; default: all known.")]
ProcessOption = Annotated[str | None, typer.Option("--process", "-p", metavar="NAME", help="Which process, by name or id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
DEFAULT = "parley.db"
FOUND_WRONG = 1
"""Exit code where something was done and something was found wrong."""


@contextmanager
def opened(ledger: str, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, for one command; what is wrong with it ends the command with one sentence and exit code 2."""
    from parley.ledger.store import Ledger

    try:
        with Ledger.open(ledger, create=create) as found:
            yield found
    except ParleyError as error:
        give_up(error)


@contextmanager
def viewed(ledger: str, as_of: str | None) -> Iterator[View]:
    """The state of the ledger, for one command."""
    with opened(ledger) as found, found.view(as_of) as view:
        yield view


def chosen(view: View, name: str | None) -> dict[str, Any]:
    """The process asked for, or the only one. Raises ``LedgerError`` where it has to be named."""
    process = view.process(name)
    if process is None:
        known = [p["name"] for p in view.processes(5) if p["documents"]]
        if not known:
            raise LedgerError("the ledger holds no documents yet; add some with: parley add PATHS")
        raise LedgerError(f"the ledger holds several processes; name one with --process: {', '.join(known)}")
    return process


def as_json(data: Any) -> None:
    """Print data as JSON."""
    print_out(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


# Adding


def _reading(knowledge: Path | None, parser: str | None) -> Callable[[Document], Record]:
    from parley.cli.reader import open_reader

    return open_reader(knowledge, parser).read


def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Reports, collections, folders, coded archives.")],
    ledger: LedgerOption = DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="How many processes read.")] = 1,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="As for `parley archive`.")
    ] = None,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Read documents into a ledger. What is there already is left; stopped at any moment, the same command does the rest.

    The folder of `parley archive --out` is taken in as it was coded, without reading again.

    What is known of a plain file (published, updated, publisher, title, url) may stand in a manifest.tsv beside it, or in
    FILE.meta.json.
    """
    from parley.cli.archive import columns_given, tell_passed_over
    from parley.exchange.records import holds_tables
    from parley.ledger.adding import add_all

    columns = columns_given(column)
    counts: dict[str, int] = {"added": 0, "known": 0, "failed": 0}
    with opened(ledger, create=True) as book:
        coded = [path for path in paths if path.is_dir() and holds_tables(path)]
        plain = [path for path in paths if path not in coded]
        outcomes = add_all(book, _found(plain, columns), partial(_reading, knowledge, parser), workers=workers)
        for outcome in _with_progress(chain(outcomes, _coded(book, coded))):
            counts[outcome.what] += 1
            if outcome.what == "failed":
                complain(outcome.problem)
        name = book.name
        tell_passed_over(plain)
        if book.outdated():
            complain(f"the known conflicts changed since {name} was made; `parley rebuild` forms its processes anew")
    complain(f"{name}: {counts['added']:,} added, {counts['known']:,} known before, {counts['failed']:,} failed")
    if counts["failed"]:
        raise typer.Exit(FOUND_WRONG if counts["added"] or counts["known"] else 2)


def _with_progress(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} documents"),
               TimeElapsedColumn())  # fmt: skip
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        for outcome in outcomes:
            progress.update(task, advance=1)
            yield outcome


def _found(paths: list[Path], columns: dict[str, str]) -> Iterator[Found]:
    from parley.documents.items import Item, document_of, items_in
    from parley.ledger.adding import Found

    for path in paths:
        try:
            for item in items_in(path, columns):
                modified = _modified(item.source)
                yield Found(item.source, partial(document_of, item), modified, item.updated)
        except DocumentError as error:
            yield Found(error.source, partial(document_of, Item(error.source, problem=error.problem)))


def _coded(book: Ledger, folders: list[Path]) -> Iterator[Outcome]:
    """The records of archives that were coded before, each added as it is."""
    from parley.exchange.records import records_in
    from parley.ledger.adding import Outcome

    for folder in folders:
        for record in records_in(folder):
            yield Outcome(str(folder), book.add(record, origin=str(folder)))


def _modified(source: str) -> str | None:
    path = Path(source)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds") if path.is_file() else None


def reread(
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help="The beginning of a document's id; default: all.")
    ] = "",
    ledger: LedgerOption = DEFAULT,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Read the documents again with today's reader, store what differs as a further reading, and show what changed."""
    changed = total = 0
    with opened(ledger) as book:
        read = _reading(knowledge, parser)
        for id_, text in book.documents(document):
            total += 1
            if change := book.reread(id_, read(text)):
                changed += 1
                _print_change(text, change)
        with book.view() as view:
            flagged = view.flagged()
        for flag in flagged:
            print_out(f"review to look at: {flag['entry']}: {flag['flag']}\n")
    complain(f"{total:,} documents read again, {changed:,} of them differently; {len(flagged):,} decisions to look at")


def _print_change(document: Document, change: Change) -> None:
    print_out(f"{change.document} {document.title or ''}\n")
    for mark, entries in (("-", change.gone), ("+", change.new)):
        for id_, fields in entries.items():
            print_out(f"  {mark} {id_} {_brief_fields(fields)}\n")
    for id_, (old, new) in change.changed.items():
        moved = ", ".join(f"{k}: {old.get(k)!r} -> {v!r}" for k, v in new.items() if old.get(k) != v)
        print_out(f"  ~ {id_} {moved}\n")


def _brief_fields(fields: dict[str, Any]) -> str:
    return ", ".join(f"{k}={v}" for k, v in fields.items() if v not in (None, "", [], False))


def verify(ledger: LedgerOption = DEFAULT) -> None:
    """Check every stored span against its text, and every text against its digest; exit with 1 on the first lie."""
    from parley.ledger.check import lies

    with opened(ledger) as book:
        spans = documents = 0
        for checked in lies(book):
            if checked.lie:
                complain(checked.lie)
                raise typer.Exit(FOUND_WRONG)
            documents, spans = documents + 1, spans + checked.spans
    print_out(f"{documents:,} readings, {spans:,} spans: every one holds its words\n")


def rebuild(ledger: LedgerOption = DEFAULT) -> None:
    """Make all that is derived again, from documents, readings and decisions; bring an older ledger up to date first."""
    with opened(ledger, create=True) as book:
        book.rebuild()
    print_out("everything derived was made again\n")


COMMANDS = (add, verify, reread, rebuild)
