"""`parley read`: reports in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import Encoding, KnowledgeFolder, Parser, Published, Publisher, Title, Url, ViewFormat
from parley.cli.output import BAD_INPUT, complain, give_up, print_out, whole_file, write_whole
from parley.cli.reader import open_reader
from parley.cli.sources import Source, is_many, sources
from parley.documents.dates import published_date
from parley.documents.files import names_for
from parley.errors import DocumentError, ParleyError
from parley.views import SUFFIX, render
from parley.views.json import json_line

if TYPE_CHECKING:
    from parley.reading import Reader
    from parley.record import Record

PATHS_HELP = "Files of text or HTML, folders of them, or - for standard input."
OUTPUT_HELP = "Write to this file; to this folder, one file for each report, if it is one or ends with /."


def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATHS...", help=PATHS_HELP, show_default=False)],
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    title: Title = None,
    format: Annotated[ViewFormat, typer.Option("--format", "-f", help="How to show the record.")] = ViewFormat.text,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE_OR_DIR", help=OUTPUT_HELP)] = None,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
    encoding: Encoding = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule or model made each entry.")] = False,
) -> None:
    """Read reports, and show the record of each.

    One file gives one record. Several files or a folder give one record after the other, as JSON Lines with --format json.
    Files that cannot be read are named at the end, the others are read all the same; the exit code is then 2.
    """
    known = {"published": _checked(published), "publisher": publisher, "url": url, "title": title, "encoding": encoding}
    found, problems = sources(paths, **known)
    many = is_many(paths)
    run = _Run(found, problems, many, knowledge, parser)
    if format is ViewFormat.html and many and not output:
        give_up("pages of several reports cannot stand in one output; name a folder with --output, as in --output pages/")
    if output and (output.endswith(("/", "\\")) or Path(output).is_dir() or (many and format is ViewFormat.html)):
        _into_folder(run, Path(output), format, explain)
    elif output:
        _into_file(run, Path(output), format, explain)
    else:
        for source, record in run.records():
            print_out(_shown(record, source, format, many, explain, on_terminal=True))
    run.report()


def _checked(published: str | None) -> str | None:
    try:
        return published_date(published) if published else None
    except DocumentError as error:
        give_up(error)


class _Run:
    """The reading of all that one command was given; failures are kept for the end."""

    def __init__(self, found: list[Source], problems: Iterable[ParleyError], many: bool, knowledge: Path | None,
                 parser: str | None) -> None:  # fmt: skip
        self.found, self.many, self.knowledge, self.parser = found, many, knowledge, parser
        self.failures: list[str] = [str(problem) for problem in problems]

    def records(self) -> Iterator[tuple[Source, Record]]:
        """Each report that can be read, with its record."""
        reader: Reader | None = None
        with _progress(len(self.found)) as step:
            for source in self.found:
                try:
                    document = source.open()
                    reader = reader or open_reader(self.knowledge, self.parser)  # only now: bad input is told at once
                    record = reader.read(document)
                except DocumentError as error:
                    self.failures.append(str(error))
                except ParleyError as error:  # knowledge or a model: it would be the same for every file
                    give_up(error)
                except Exception as error:
                    if not self.many:
                        raise
                    self.failures.append(f"{source.name}: Parley failed on it ({_fault(error)}); please report this")
                else:
                    yield source, record
                step()

    def report(self) -> None:
        """Name what could not be read, and end with exit code 2 if there is any."""
        if not self.failures:
            return
        if self.many:
            total = max(len(self.found), len(self.failures))
            complain(f"{len(self.failures)} of {total} could not be read:")
        for failure in self.failures:
            complain(failure)
        raise typer.Exit(BAD_INPUT)


def _shown(record: Record, source: Source, format: ViewFormat, many: bool, explain: bool, *, on_terminal: bool) -> str:
    if format is ViewFormat.json and many:
        return json_line(record)
    width, colour = _terminal() if on_terminal else (80, False)
    shown = render(record, format.value, width=width, colour=colour, explain=explain)
    if not many:
        return shown
    return f"=== {source.name} ===\n{shown}\n" if format is ViewFormat.text else f"{shown}\n---\n\n"


def _into_file(run: _Run, path: Path, format: ViewFormat, explain: bool) -> None:
    if not run.many:
        for source, record in run.records():
            write_whole(path, _shown(record, source, format, False, explain, on_terminal=False))
        return
    with whole_file(path) as file:
        for source, record in run.records():
            file.write(_shown(record, source, format, True, explain, on_terminal=False))


def _into_folder(run: _Run, folder: Path, format: ViewFormat, explain: bool) -> None:
    if folder.exists() and not folder.is_dir():
        give_up(f"{folder}: is a file; name a folder with --output")
    names = dict(zip(map(id, run.found), names_for([source.path for source in run.found]), strict=True))
    for source, record in run.records():
        path = folder / f"{names[id(source)]}{SUFFIX[format.value]}"
        write_whole(path, _shown(record, source, format, False, explain, on_terminal=False))


def _terminal() -> tuple[int, bool]:
    """Width in columns, and whether to use colour: on a terminal, unless NO_COLOR is set."""
    from rich.console import Console

    console = Console(file=sys.stdout)
    return console.width, console.is_terminal and not console.no_color


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, if that is a terminal and there is more than one report; what it gives moves it."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        yield lambda: progress.advance(task)


def _fault(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
