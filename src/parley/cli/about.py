"""Commands about Parley itself: its contract and its version."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

import parley
from parley.cli.output import print_out, write_whole


def schema(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Print the JSON Schema of the record."""
    from parley.views.json import schema as schema_of_record

    text = dumps(schema_of_record(), indent=2, ensure_ascii=False) + "\n"
    if output:
        write_whole(output, text)
    else:
        print_out(text)


def version() -> None:
    """Print the versions of Parley, of the record's contract and of what it reads with."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as version_of

    from parley.models import DEFAULT_PARSER
    from parley.record import CONTRACT_VERSION

    lines = [f"parley {parley.__version__}", f"record contract {CONTRACT_VERSION}"]
    for distribution in ("spacy", DEFAULT_PARSER.replace("_", "-"), "onnxruntime"):
        try:
            lines.append(f"{distribution} {version_of(distribution)}")
        except PackageNotFoundError:
            lines.append(f"{distribution} not installed")
    print_out("\n".join(lines) + "\n")
