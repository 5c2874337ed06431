"""`parley fetch`: pages and feeds from the web, politely, into a file that `parley archive` and `parley add` read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.output import BAD_INPUT, complain, give_up, write_whole
from parley.errors import DocumentError
from parley.whole_files import not_written

OUT_HELP = "The JSON Lines file that articles are added to; what it holds already is not fetched again."


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of articles, or of RSS and Atom feeds.",
                                              show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.jsonl", help=OUT_HELP, show_default=False)],
    pause: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to the same host.")] = 1.0,
) -> None:  # fmt: skip
    """Fetch articles, and those that feeds link to: by robots.txt, with pauses, each once, nothing from private networks."""
    from parley.documents.client import Client
    from parley.documents.follow import items_at
    from parley.documents.items import document_of

    if not out.name.endswith(".jsonl"):
        give_up(f"{out}: name a file that ends in .jsonl, so that the other commands know what it holds")
    memory = out.with_name(f"{out.name}.seen.json")
    seen = _remembered(memory)
    if not out.parent.is_dir():
        give_up(f"the folder {out.parent} does not exist; make it, or name another file with --out")
    new, failures = 0, []
    for item in items_at(urls, Client(pause=pause), seen):
        try:
            document = document_of(item)
        except DocumentError as error:
            failures.append(str(error))
            continue
        row = document.model_dump(include={"text", "title", "published", "publisher", "url"})
        try:
            _append(out, json.dumps(row, ensure_ascii=False))
        except OSError as error:
            give_up(not_written(out, error))
        new += 1
        write_whole(memory, json.dumps(seen, indent=1))
    complain(f"{out}: {new} new articles, {len(failures)} failures")
    for failure in failures:
        complain(failure)
    if failures:
        raise typer.Exit(BAD_INPUT)


def _remembered(memory: Path) -> dict[str, str | None]:
    """The addresses that were fetched before, each with its tag."""
    if not memory.exists():
        return {}
    try:
        seen = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        seen = None
    if not isinstance(seen, dict):
        give_up(f"{memory}: is damaged, so that nobody knows what was fetched; delete it to fetch all anew")
    return seen


def _append(out: Path, line: str) -> None:
    """Add a line to a file, whole or not at all; what an earlier run left half-written stays a line of its own."""
    with out.open("ab") as file:
        end = file.tell()
        begun = end and not _ends_a_line(out)
        try:
            file.write(("\n" if begun else "").encode() + line.encode("utf-8") + b"\n")
            file.flush()
        except OSError:
            file.truncate(end)
            raise


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
