"""Parse: paragraphs, sentences, tokens, parts of speech, dependencies and entities (spaCy)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from parley.reading.layers import Paragraph, Reading
from parley.reading.pipeline import stage

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models
    from parley.record import Document

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
TOGETHER, CHARACTERS = 32, 200_000
"""How many documents, and of how many characters, are parsed together: more takes more memory and hardly less time."""


def parsed_together(documents: Iterable[Document]) -> Iterator[tuple[Document, ...]]:
    """The documents in order, in the groups that are parsed together; a longer one is alone."""
    group: list[Document] = []
    for document in documents:
        if group and (len(group) == TOGETHER or sum(len(d.text) for d in [*group, document]) > CHARACTERS):
            yield tuple(group)
            group = []
        group.append(document)
    if group:
        yield tuple(group)


@stage("parse", gives=("tokens", "paragraphs"))
def parse(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Parse the text; a paragraph is a run of lines without a line break, and a sentence never crosses one.

    A reading that has its tokens already, because its text was parsed together with others, keeps them.
    """
    tokens = reading.tokens if reading.tokens is not None else models.parser(reading.text)
    paragraphs = []
    by_tokens = reading.with_layer(tokens=tokens)
    for match in _PARAGRAPH.finditer(reading.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if start < end:
            paragraphs.append(Paragraph(start, end, *by_tokens.tokens_between(start, end)))
    return by_tokens.with_layer(paragraphs=tuple(paragraphs))
