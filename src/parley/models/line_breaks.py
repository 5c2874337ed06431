"""A spaCy component: a sentence starts after every line break, so that headlines and paragraphs do not run together."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("parley_line_breaks")
def line_breaks(doc: Doc) -> Doc:
    """Mark the token after a line break as a sentence start."""
    for token in doc[:-1]:
        if "\n" in token.text or "\r" in token.text or token.text in ("\u2028", "\u2029"):
            doc[token.i + 1].is_sent_start = True
    return doc
