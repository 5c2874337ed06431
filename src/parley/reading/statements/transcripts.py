"""Transcripts: what stands after a speaker's label ("VELIN: We will wait.") up to the next label is that speaker's."""

from __future__ import annotations

import re
from collections import Counter

from parley.reading.layers import Paragraph, Reading
from parley.reading.statements.found import Found, Place, length, overlap, trimmed, words_in

_LABEL = re.compile(r"[\"“”'‘’]?(?P<label>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?: \([^)\n]{1,40}\))?\s?:\s")
_ASIDE = re.compile(r"[\"“”]?[(\[][^)\]\n]*[)\]]\W*$")
_LEAST = 3
"""Labelled paragraphs from which on a text is a transcript; one speaker at least must speak twice."""


def transcribed(reading: Reading, found: list[Found]) -> list[Found]:
    """What was found, and in a transcript each turn with the speaker that its label names in place of what stood there."""
    turns = _turns(reading)
    if not turns:
        return found
    kept = [f for f in found if not any(_is_turn(f, turn, label) for label, turn in turns)]
    spoken = [Found(turn, (label[1], label[1] + 1), label, "transcript", 0.9) for label, turn in turns]
    return sorted([*kept, *spoken], key=lambda f: (f.start, f.end))


def _turns(reading: Reading) -> list[tuple[Place, tuple[Place, ...]]]:
    """Each label with the paragraphs of its turn; none where the text is no transcript."""
    labels = {n: m for n, p in enumerate(reading.paragraphs) if (m := _LABEL.match(reading.text, p.start, p.end))}
    counts = Counter(m["label"].lower() for m in labels.values())
    if len(labels) < _LEAST or len(counts) < 2 or max(counts.values()) < 2:
        return []
    last = max(labels)
    turns: list[tuple[Place, tuple[Place, ...]]] = []
    for number, match in labels.items():
        following = min((n for n in labels if n > number), default=last + 1)
        own = trimmed(reading.text, (match.end(), reading.paragraphs[number].end))
        more = [_words(reading, p) for p in reading.paragraphs[number + 1 : following]]
        said = tuple(place for place in (own, *more) if words_in(reading.text, place))
        if said:
            turns.append((match.span("label"), said))
    return turns


def _words(reading: Reading, paragraph: Paragraph) -> Place:
    """A further paragraph of a turn, but for an aside ("(Applause.)")."""
    aside = _ASIDE.match(reading.text, paragraph.start, paragraph.end)
    return (paragraph.start, paragraph.start) if aside else trimmed(reading.text, (paragraph.start, paragraph.end))


def _is_turn(found: Found, turn: tuple[Place, ...], label: Place) -> bool:
    """Whether an attribution only repeats a turn: without a cue of its own in it, or with most of its words."""
    if not overlap(found.content, [label, *turn]):
        return False
    inside = found.cue is not None and overlap([found.cue], turn) and (found.source is None or overlap([found.source], turn))
    return not inside or overlap(found.content, turn) > 0.6 * length(turn) or bool(overlap(found.content, [label]))


__all__ = ["transcribed"]
