"""A spaCy component: a sentence starts after every line break and after every dateline."""

from __future__ import annotations

import re

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

_CAPITALS = r"[A-Z][A-Z.'’/]+(?:[ -][A-Z][A-Z.'’/]+){0,3}"
DATELINE = re.compile(rf"^{_CAPITALS}(?:,? [^\n\r–—]{{1,45}}?)?(?: --? | ?[–—] ?)(?=[A-Z0-9\"“‘'])", re.MULTILINE)
"""A place or an agency in capitals that opens a line, perhaps a country, date or agency, then a dash before a sentence."""
_BREAK = re.compile("[\n\r]|^[\u2028\u2029]$")


@Language.component("parley_line_breaks")
def line_breaks(doc: Doc) -> Doc:
    """Mark the token after a line break, and that after a dateline, as a sentence start."""
    for at in np.flatnonzero(doc.to_array([IS_SPACE])[:-1]).tolist():  # a break is always in a token of white space
        if _BREAK.search(doc[at].text):
            doc[at + 1].is_sent_start = True
    for dateline in DATELINE.finditer(doc.text):
        after = doc.char_span(dateline.end(), dateline.end() + 1, alignment_mode="expand")
        if after is not None and after.start_char == dateline.end():
            after[0].is_sent_start = True
    return doc
