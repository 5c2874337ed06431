"""Views: pure functions from a record to text that a person or a program reads. One file a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from parley.record import Record

Format = Literal["text", "json", "markdown", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIX: dict[Format, str] = {"text": ".txt", "json": ".json", "markdown": ".md", "html": ".html"}
"""How a file with this view is named."""


def render(record: Record, format: Format = "text", *, width: int = 80, colour: bool = False, explain: bool = False) -> str:
    """The record in one of the four views.

    `width` (in columns) and `colour` are for text. With `explain`, text and Markdown also say which rule or model made each
    entry; JSON and HTML always do.
    """
    # Imported here, so that one view does not load the libraries of the others.
    match format:
        case "text":
            from parley.views.text import text

            return text(record, width=width, colour=colour, explain=explain)
        case "markdown":
            from parley.views.markdown import markdown

            return markdown(record, explain=explain)
        case "html":
            from parley.views.html import html

            return html(record)
        case "json":
            from parley.views.json import json

            return json(record)
