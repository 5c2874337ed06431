"""The reader of the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.reading import Reader


def open_reader(knowledge: Path | None = None, parser: str | None = None) -> Reader:
    """A reader with its parser loaded. Raises ``KnowledgeError`` or ``ModelError``."""
    from parley.models import DEFAULT_PARSER, leave_out_torch

    leave_out_torch(parser)
    from parley.reading import Reader

    return Reader(knowledge=knowledge, parser=parser or DEFAULT_PARSER)
