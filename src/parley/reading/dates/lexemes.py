"""The words of a text as the grammar of dates sees them: one lexeme a word, one letter for its class.

The grammar is a set of regular expressions over the string of those letters, so that a rule reads like the phrase that
it finds, and a text without words of time costs next to nothing. Classes come from the knowledge table ``time_words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from parley.knowledge import Knowledge

LETTERS = {
    "month": "M", "weekday": "W", "weekdays": "w", "unit": "U", "units": "V", "number": "n", "ordinal": "o",
    "quantity": "X", "article": "a", "article-the": "t", "last": "l", "next": "x", "this": "h", "following": "f",
    "same": "s", "these": "i", "ago": "g", "earlier": "e", "later": "L", "hence": "G", "ahead": "G", "early": "m",
    "edge": "B", "day": "R", "daypart": "p", "dayparts": "P", "clock": "K", "season": "S", "fiscal": "F", "half": "H",
    "of": "k", "in": "I", "to": "T", "and": "&", "between": "b", "every": "c", "set": "q", "reference": "r",
    "recent": "y", "about": "A", "zone": "z", "holiday": "v", "easter": "E", "bound": "C",
}  # fmt: skip
"""The letter of each kind of word. Of the shapes: D day number, O day with suffix, Y year, N other number, d decade,
# numeric date, K clock time, j a.m./p.m.; punctuation stands for itself, | for a line break, _ for any other word."""

_LEXEME = re.compile(
    r"(?P<number_date>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?![\d/]|\.\d))"
    r"|(?P<decade>(?:1[0-9]|20)\d0['’]?s\b|['’][2-9]0s\b)"
    r"|(?P<clock>(?:[01]?\d|2[0-4])[:.][0-5]\d(?=\s?(?:[apAP]\.?[mM]\b|GMT|UTC|hours|local))|(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:]))"
    r"|(?P<suffixed>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<half_day>[apAP]\.[mM]\.?|[aApP][mM]\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<line>[\n\r\u2028\u2029]+)"
    r"|(?P<other>[^\w\s]|_)"
)
_HYPHENS = dict.fromkeys("-‐‑–—", "-")


class Lexeme(NamedTuple):
    """A word, number or mark: characters start..end, lower-case form, class letter, value (number or TIMEX3 part)."""

    start: int
    end: int
    form: str
    letter: str
    value: str = ""


@dataclass(frozen=True)
class TimeWords:
    """The knowledge table as look-ups: single words, and phrases by their first word, the longest first."""

    words: dict[str, tuple[str, str, bool]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]]


@lru_cache(maxsize=4)
def time_words(knowledge: Knowledge) -> TimeWords:
    """The words of time of this knowledge."""
    words: dict[str, tuple[str, str, bool]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in knowledge.time_words:
        letter = LETTERS[row.kind]
        parts = tuple(part for part in re.split(r"\s+|(?=['’-])|(?<=['’-])", row.word) if part)
        if len(parts) == 1:
            words[row.word] = (letter, row.value, row.needs_cue)
        else:
            phrases.setdefault(parts[0], []).append((parts, letter, row.value))
    for options in phrases.values():
        options.sort(key=lambda option: -len(option[0]))
    return TimeWords(words, phrases)


def lexemes(text: str, known: TimeWords) -> list[Lexeme]:
    """The lexemes of a text in order, phrases of the table as one, words that need a cue only where they have one."""
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        found.append(_lexeme(match, known))
    return _with_cues(_with_phrases(found, known), known)


def _lexeme(match: re.Match[str], known: TimeWords) -> Lexeme:
    start, end, form = match.start(), match.end(), match.group()
    match match.lastgroup:
        case "word":
            lower = form.lower()
            letter, value, needs_cue = known.words.get(lower, ("_", "", False))
            if needs_cue and not form[0].isupper() and letter in "MW":
                letter = "_"
            return Lexeme(start, end, lower, letter, value)
        case "number":
            return Lexeme(start, end, form, _number_letter(form), form.replace(",", ""))
        case "suffixed":
            day = int(form[:-2])
            return Lexeme(start, end, form, "O" if 1 <= day <= 31 else "o", str(day))
        case "other":
            mark = _HYPHENS.get(form, form)
            return Lexeme(start, end, mark, mark if mark in ",.-/()[]'’:" else ";", "")
        case kind:
            letter = {"number_date": "#", "decade": "d", "clock": "K", "half_day": "j", "line": "|"}[kind or ""]
            return Lexeme(start, end, form.lower(), letter, form.lower())


def _number_letter(form: str) -> str:
    if form.isdecimal() and form.isascii():
        if len(form) <= 2 and 1 <= int(form) <= 31:
            return "D"
        if len(form) == 4 and 1000 <= int(form) <= 2199:
            return "Y"
    return "N"


def _with_phrases(found: list[Lexeme], known: TimeWords) -> list[Lexeme]:
    merged: list[Lexeme] = []
    at = 0
    while at < len(found):
        first = found[at]
        for parts, letter, value in known.phrases.get(first.form, ()):
            if at + 1 >= len(found) or found[at + 1].form.replace("’", "'") != parts[1]:
                continue
            rest = found[at : at + len(parts)]
            if tuple(x.form.replace("’", "'") for x in rest) == parts:
                merged.append(Lexeme(first.start, rest[-1].end, " ".join(parts), letter, value))
                at += len(parts)
                break
        else:
            merged.append(first)
            at += 1
    return merged


_CUE_WORDS = frozenset(
    {"since", "until", "by", "before", "after", "during", "in", "on", "through", "of", "and", "earlier", "late", "early",
     "mid", "next", "last", "this", "to", "from", "sometime"}
)  # fmt: skip


def _with_cues(found: list[Lexeme], known: TimeWords) -> list[Lexeme]:
    """Take back the class of a word that needs a cue ("may", "fall", "sat") and has none beside it."""
    for i, lexeme in enumerate(found):
        if lexeme.letter not in "MWSUV" or not known.words.get(lexeme.form, ("", "", False))[2]:
            continue
        before = found[i - 1] if i else None
        after = [x.letter for x in found[i + 1 : i + 4]]
        dated = bool(after) and (after[0] in "DOY" or (after[0] in ".," and len(after) > 1 and after[1] in "DOMY"))
        led = before is not None and (before.form in _CUE_WORDS or before.letter in "DOlxhmBs" or before.letter in "n-U")
        if lexeme.letter in "UV":
            keep = before is not None and before.letter in "DNn"
        elif lexeme.letter == "S":
            keep = before is not None and (before.letter in "lxhms" or before.form in ("in", "by", "since", "until", "the"))
        elif len(lexeme.form) <= 4 and lexeme.form not in ("may",):
            keep = dated or (before is not None and before.letter in "DO")
        else:
            keep = dated or led
        if not keep:
            found[i] = Lexeme(lexeme.start, lexeme.end, lexeme.form, "_")
    return found
