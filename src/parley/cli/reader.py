"""The reader of the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.reading import Reader


def open_reader(knowledge: Path | None = None, parser: str | None = None) -> Reader:
    """A reader with its parser loaded. Raises ``KnowledgeError`` or ``ModelError``.

    spaCy imports torch wherever it is installed, which takes seconds and memory that the default pipeline has no use for; in
    this process, which is ours alone, it is kept out unless the user names a pipeline that may need it.
    """
    if parser is None and "spacy" not in sys.modules:
        sys.modules.setdefault("torch", None)  # type: ignore[arg-type]
    from parley.models import DEFAULT_PARSER
    from parley.reading import Reader

    return Reader(knowledge=knowledge, parser=parser or DEFAULT_PARSER)
