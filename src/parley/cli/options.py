"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ViewFormat(StrEnum):
    """The four views of a record."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"


Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When it was published: YYYY-MM-DD, YYYY-MM or YYYY. Relative dates rest on it."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Its address.")]
Title = Annotated[str | None, typer.Option(metavar="TITLE", help="Its headline, where the text has none.")]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of the files, where it is not UTF-8: windows-1252, say.")
]
KnowledgeFolder = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A folder with knowledge tables of your own (people.tsv, groups.tsv ...).")
]
Parser = Annotated[str | None, typer.Option(metavar="NAME", help="Another English spaCy pipeline that is installed.")]
