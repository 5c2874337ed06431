"""Datelines: where and by whom a report was written ("VELM, Torland, May 4 (Newswire) -"), which is nobody's act or word."""

from __future__ import annotations

from parley.reading.actors.words import Words

LONGEST = 16
"""Words that a dateline has at most."""
DASHES = frozenset(("-", "–", "—", "--", "_", ")_"))
BETWEEN = frozenset((",", ".", "(", ")", "/", "and", "&", "'", "’"))


def in_datelines(words: Words) -> frozenset[int]:
    """The words of all datelines, which stand at the heads of paragraphs."""
    found: set[int] = set()
    for i in range(len(words)):
        if i == 0 or words.paragraph[i] != words.paragraph[i - 1]:
            found.update(range(i, _end(words, i)))
    return frozenset(found)


def _end(words: Words, start: int) -> int:
    """Where the dateline that begins at a word ends, after its dash; `start` where there is none.

    It begins with a town in capitals, or names the agency in brackets ("Geneva (Newswire) -"), and has no small words.
    """
    agency = False
    for k in range(start, min(start + LONGEST, len(words))):
        word = words.text[k]
        if words.paragraph[k] != words.paragraph[start]:
            return start
        if word in DASHES:
            apart = word not in ("-", "–") or words.begin[k] > words.finish[k - 1]
            return k + 1 if k > start and apart and (agency or _town(words.text[start])) else start
        agency = agency or word == ")"
        if not (word in BETWEEN or word[:1].isupper() or word[:1].isdigit()):
            return start
    return start


def _town(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word.isupper()
