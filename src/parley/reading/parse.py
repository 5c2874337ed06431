"""Parse: paragraphs, sentences, tokens, parts of speech, dependencies and entities (spaCy)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parley.reading.layers import Paragraph, Reading
from parley.reading.pipeline import stage

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


@stage("parse", gives=("tokens", "paragraphs"))
def parse(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Parse the text; a paragraph is a run of lines without a line break, and a sentence never crosses one."""
    tokens = models.parser(reading.text)
    paragraphs = []
    by_tokens = reading.with_layer(tokens=tokens)
    for match in _PARAGRAPH.finditer(reading.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if start < end:
            paragraphs.append(Paragraph(start, end, *by_tokens.tokens_between(start, end)))
    return by_tokens.with_layer(paragraphs=tuple(paragraphs))
