"""The command `parley`: one file for each group of commands; here they are put together."""

from __future__ import annotations

import os
import sys

import typer

from parley.cli.about import schema, version
from parley.cli.archive import archive
from parley.cli.explain import explain
from parley.cli.export import export
from parley.cli.fetch import fetch
from parley.cli.ledger import COMMANDS as KEEPING
from parley.cli.ledger_decisions import COMMANDS as DECISIONS
from parley.cli.ledger_decisions import process_app
from parley.cli.ledger_questions import COMMANDS as QUESTIONS
from parley.cli.read import read
from parley.cli.serve import serve

app = typer.Typer(
    name="parley",
    help="Read what is reported about a conflict into a record in which every entry carries its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for command in (read, explain, schema, version, archive, export, fetch, serve, *KEEPING, *QUESTIONS, *DECISIONS):
    app.command()(command)
app.add_typer(process_app, name="process")


def main() -> None:
    """Run the command line, and end quietly where the reader of its output has gone (`parley ... | head`)."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
