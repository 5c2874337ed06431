"""Hide who acts: a sentence and a pair of actors become a text in which no name of theirs is left.

The classifier must judge what is done, never who does it. Within the two spans each proper name (a run of words with a
capital letter, joined by "of", "and the", "al-", "van" ...) becomes the one word "nation"; common nouns ("police",
"a court", "49 journalists") stay, because they say what kind of actor it is. The source stands between ``@``, the target
between ``#``. The same function serves training and reading, so that both see the same text.
"""

from __future__ import annotations

import re

SOURCE_MARK, TARGET_MARK, NAME = "@", "#", "nation"

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?|[^\w\s]", re.UNICODE)
_LINK = frozenset({"of", "the", "for", "al", "el", "bin", "ibn", "de", "del", "della", "da", "dos", "du", "la", "le", "van",
                   "von", "der", "den", "ter", "abu", "ul", "-", "–", ".", "'", "’", "&", "/"})  # fmt: skip
_ARTICLES = frozenset(
    {"the", "a", "an", "some", "several", "two", "three", "many", "most", "all", "both", "our", "their", "his", "her", "its"}
)
_CHUNK = re.compile(r"\S+")
BEFORE, AFTER = 8, 14
"""How many words are kept before the first actor and after the last: what is done to whom stands there."""
Span = tuple[int, int]


def hide_names(words: str, *, begins_sentence: bool = False) -> str:
    """The words with each proper name replaced by "nation". "The Ruritanian army" and "Ruritanian army": "nation army"."""
    hidden: list[str] = []
    pending: list[str] = []
    tokens = [match.group() for match in _WORD.finditer(words)]
    for position, token in enumerate(tokens):
        lower = token.lower()
        first = position == 0
        capital = any(character.isupper() for character in token)
        if capital and not (first and lower in _ARTICLES) and not _common_at_start(tokens, first and begins_sentence):
            if not hidden or hidden[-1] != NAME:
                if hidden and hidden[-1] == "the":
                    hidden.pop()
                hidden.append(NAME)
            pending = []
        elif lower in _LINK and hidden and hidden[-1] == NAME:
            pending.append(lower)
        else:
            hidden += [*pending, lower]
            pending = []
    return " ".join(hidden + pending)


def _common_at_start(tokens: list[str], begins: bool) -> bool:
    """Whether the sentence's first word, a common noun, has its capital letter for its place alone."""
    word = tokens[0]
    return begins and word[:1].isupper() and word[1:].islower() and word.lower() in _COMMON


_COMMON = frozenset(
    """
    police protesters demonstrators workers students teachers rebels militants insurgents gunmen troops soldiers forces
    lawmakers officials authorities prosecutors investigators activists militiamen fighters guerrillas separatists villagers
    residents farmers miners doctors nurses journalists prisoners peacekeepers inspectors observers judges courts leaders
    thousands hundreds dozens tens scores members supporters opponents opposition government parliament army navy security
    military unknown unidentified armed suspected about around more nearly over senior top former local federal state
    masked employees family relatives critics donors diplomats envoys mediators negotiators refugees migrants civilians
    government
""".split()
)


def pair_text(sentence: str, source: Span, target: Span | None) -> str:
    """The sentence with the two actors marked and their names hidden: ``@ nation @ attacked # nation # on Monday.``

    Spans are (start, end) characters of `sentence`. Raises ``ValueError`` where a span is empty or outside the sentence.
    Where the two overlap (a target within a long source span), the outer one is cut at the inner one.
    """
    for span in (source, target):
        if span is not None and not 0 <= span[0] < span[1] <= len(sentence):
            raise ValueError(f"the span {span} does not lie within the sentence of {len(sentence)} characters")
    if target is not None and source[0] < target[1] and target[0] < source[1]:
        source, target = _apart(source, target)
    marked = sorted([(source, SOURCE_MARK)] + ([(target, TARGET_MARK)] if target else []))
    sentence = _window(sentence, marked[0][0][0], marked[-1][0][1])
    parts, at = [], 0
    for (start, end), mark in marked:
        parts += [sentence[at:start], f"{mark} {hide_names(sentence[start:end], begins_sentence=start == 0)} {mark}"]
        at = end
    parts.append(sentence[at:])
    return " ".join(" ".join(parts).split())


def _window(sentence: str, first: int, last: int) -> str:
    """The sentence without what is far from the pair, its characters before `last` kept in their places by blanks."""
    before = [match.start() for match in _CHUNK.finditer(sentence, 0, first)]
    after = [match.end() for match in _CHUNK.finditer(sentence, last)]
    start = before[-BEFORE] if len(before) > BEFORE else 0
    end = after[AFTER - 1] if len(after) > AFTER else len(sentence)
    return " " * start + sentence[start:end]


def _apart(source: Span, target: Span) -> tuple[Span, Span]:
    """Two overlapping spans made apart, the longer one cut at the shorter."""
    longer, shorter = (source, target) if source[1] - source[0] >= target[1] - target[0] else (target, source)
    before, after = (longer[0], shorter[0]), (shorter[1], longer[1])
    cut = before if before[1] - before[0] >= after[1] - after[0] else after
    if cut[0] >= cut[1]:
        cut = longer
    return (cut, shorter) if longer is source else (shorter, cut)
