"""`parley archive`: collections of reports in, a folder of Parquet tables out."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import KnowledgeFolder, Parser
from parley.cli.output import complain, give_up
from parley.errors import ParleyError

INPUTS_HELP = "WARC, ZIP, JSON Lines, CSV, Parquet, ninjs, NewsML-G2, RSS, HTML or text files, or folders of them."
COLUMN_HELP = "Which column of a table holds what: text=body, published=date, title=..., publisher=..., url=..."
FAILURES = {
    "document": "broken, empty, too large or without an article",
    "fault": "on which Parley failed",
    "crash": "on which workers stopped",
}
"""What the kinds of failures mean, but for documents in another language."""


def archive(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help=INPUTS_HELP, show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the tables.", show_default=False)],
    column: Annotated[list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help=COLUMN_HELP)] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes read.")] = 1,
    engine: Annotated[str, typer.Option(help="local, or ray (install the extra `ray`).")] = "local",
    address: Annotated[str | None, typer.Option(help="The Ray cluster; without it Ray runs on this machine.")] = None,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Read whole archives into partitioned Parquet, one table for each list of the record, plus documents and failures.

    Run the same command again after any stop, and it goes on where it was. What cannot be read is a row of failures.
    """
    from parley.archive import read_archive
    from parley.models import DEFAULT_PARSER

    documents = failures = earlier = undated = 0
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    started = time.monotonic()
    try:
        from rich.console import Console

        console = Console(stderr=True)
        with console.status("loading the models") as status:
            for done in read_archive(inputs, out, columns=columns_given(column), workers=workers, engine=engine,
                                     address=address,
                                     knowledge=knowledge, parser=parser or DEFAULT_PARSER):  # fmt: skip
                documents, failures = documents + done.documents, failures + done.failures
                undated += done.undated
                kinds.update(done.kinds)
                languages.update(done.languages)
                earlier += (done.documents + done.failures) if done.earlier else 0
                seconds = time.monotonic() - started
                rate = (documents + failures - earlier) / seconds if seconds else 0.0
                status.update(f"{documents:,} documents, {failures:,} failures, {rate:.1f} a second")
    except ImportError as error:
        give_up(f"{error.name} is not installed; install it with pip install 'parley-record[archive]' (or [ray] for Ray)")
    except ParleyError as error:
        give_up(error)
    before = f" ({earlier:,} of them by earlier runs)" if earlier else ""
    complain(f"{out}: {documents:,} documents and {failures:,} failures{before}")
    if undated:
        lack = "has no date" if undated == 1 else "have no date"
        complain(f"{undated:,} of the documents {lack} of publication; --column published=NAME says where a table holds it")
    tell_passed_over(inputs)
    if other := sum(kinds.values()) - kinds["language"]:
        told = (f"{kinds[kind]:,} {meaning}" for kind, meaning in FAILURES.items() if kinds[kind])
        complain(f"{other:,} could not be read: {', '.join(told)}; see the table failures")
    if languages:
        told = (f"{language} {count:,}" for language, count in sorted(languages.items(), key=lambda x: (-x[1], x[0])))
        complain(f"{languages.total():,} not in English were set aside: {', '.join(told)}")


def tell_passed_over(inputs: list[Path]) -> None:
    """Say which files of the folders are of no kind that Parley takes, so that nothing is left out without a word."""
    from parley.documents.items import passed_over

    left = [path for folder in inputs if folder.is_dir() for path in passed_over(folder)]
    if left:
        kinds = Counter(path.suffix.lower() or "without an ending" for path in left)
        shown = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items(), key=lambda x: (-x[1], x[0]))[:8])
        many = "file is" if len(left) == 1 else "files are"
        complain(f"{len(left):,} {many} of no kind that Parley takes, such as {left[0]}, and passed over: {shown}")


def columns_given(given: list[str] | None) -> dict[str, str]:
    """The mapping that --column options give; a bad one ends the command with one sentence."""
    from parley.documents.tables import USUAL

    columns = {}
    for pair in given or []:
        field, equals, name = pair.partition("=")
        if not equals or field not in USUAL or not name:
            give_up(f"--column {pair}: write FIELD=NAME, where FIELD is one of {', '.join(USUAL)}")
        columns[field] = name
    return columns
