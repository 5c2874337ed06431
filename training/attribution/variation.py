"""Vary an article as badly scraped and old wire text varies, so that the tagger meets it in training.

Each change keeps the attributions at their words. Shares are of articles, small enough not to cost clean text anything.
"""

from __future__ import annotations

import random
import re

from corpus import Article, Attribution

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def varied(article: Article, chance: random.Random) -> Article:
    """The article, perhaps in another guise (straight marks, capitals, lost marks, old wire spacing)."""
    text, draw = article.text, chance.random()
    if draw < 0.20:
        text = text.translate(_STRAIGHT)
    elif draw < 0.24:
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    elif draw < 0.30:
        text = re.sub('[”"]', lambda m: " " if chance.random() < 0.2 else m.group(), text)
    elif draw < 0.33:
        text = re.sub('[“”"]', " ", text)
    elif draw < 0.38:
        return _spaced(article)
    return Article(article.stem, text, article.attributions)


def _spaced(article: Article) -> Article:
    """Old wire text: spaces before commas and full stops, and around quotation marks."""
    text = article.text.translate(_STRAIGHT)
    moved, out, at = [0] * (len(text) + 1), [], 0
    for i, c in enumerate(text):
        if c in ",.?!" and i and text[i - 1].isalnum() and (i + 1 == len(text) or text[i + 1] in ' \n"'):
            out.append(" ")
            at += 1
        moved[i] = at
        out.append(c)
        at += 1
    moved[len(text)] = at

    def shift(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((moved[a], moved[b - 1] + 1) for a, b in spans)

    return Article(article.stem, "".join(out), tuple(
        Attribution(shift(a.source), shift(a.cue), shift(a.content)) for a in article.attributions))  # fmt: skip
