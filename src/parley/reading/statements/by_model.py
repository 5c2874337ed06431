"""Attributions as the tagger finds them, their edges corrected by the quotation marks of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.models.quotation_marks import Quotation
from parley.reading.statements.found import Found, Place, length, overlap, trimmed, words_in

if TYPE_CHECKING:
    from parley.models.attribution import AttributionTagger

_TRANSCRIPT = re.compile(r"(?P<source>[A-Z][A-Z.' -]{1,40}[A-Z])\s?:\s")
"""The label of a speaker in a transcript ("VELIN: We will wait.")."""
_STRAY = 14
"""Characters that a content may have outside the marks and still be meant as the quotation alone (a "that")."""


def attributions_of(text: str, tagger: AttributionTagger, marks: tuple[Quotation, ...]) -> list[Found]:
    """Every attribution that the tagger finds, numbered in order."""
    found = []
    quoted = [(q.start, q.end) for q in marks if words_in(text, (q.start, q.end)) >= 2]
    for number, each in enumerate(tagger.attributions(text, marks)):
        cue, source = each.cue, each.source
        if source is None and cue is None and (label := _TRANSCRIPT.match(text, *each.content[0])):
            source = (label.start("source"), label.end("source"))
            each = replace(each, content=((label.end(), each.content[0][1]), *each.content[1:]))
        said, source = _without_quotation(text, source, quoted)
        pieces = [_snapped(text, p, quoted, [o for o in (cue, source) if o]) for p in (*each.content, *said)]
        content = joined(text, merged(p for p in (trimmed(text, piece) for piece in pieces) if p[0] < p[1]), [cue, source])
        if content:
            found.append(Found(content, cue, source, "tagger", each.confidence, number))
    return _whole_quotations(found, [q for q in quoted if words_in(text, q) >= 3])


def _without_quotation(text: str, source: Place | None, quoted: list[Place]) -> tuple[list[Place], Place | None]:
    """What a source says in the quotation that ends it ("said Ana Bo, the minister, “until they leave”"), and the source."""
    for q in quoted:
        if source and source[0] < q[0] < source[1] <= q[1] + 2 and words_in(text, q) >= 3:
            return [q], (source[0], source[0] + len(text[source[0] : q[0]].rstrip(' ,"“„«')))
    return [], (source[0], source[0] + len(text[source[0] : source[1]].rstrip(" ,"))) if source else None


def _whole_quotations(found: list[Found], quoted: list[Place]) -> list[Found]:
    """The same, a quotation that was found in pieces being one: of the attribution whose cue stands outside of it."""
    for q in quoted:
        inside = [f for f in found if overlap(f.content, [q])]
        pieces = [p for f in inside for p in f.content if overlap([p], [q])]
        if len(pieces) < 2 or any(p[0] < q[0] or p[1] > q[1] for p in pieces) or overlap(pieces, [q]) < 0.5 * length([q]):
            continue
        owners = [f for f in inside if f.cue is None or not overlap([f.cue], [q])]
        if len(owners) < len(inside) or not owners:
            continue  # a cue within the quotation: a claim within a claim
        owner = min(owners, key=lambda f: (f.cue is None, f.start))
        found = [_holding(f, q, f is owner) for f in found if f not in inside or f is owner or _elsewhere(f, q)]
    return found


def _elsewhere(found: Found, q: Place) -> bool:
    return any(not overlap([p], [q]) for p in found.content)


def _holding(found: Found, q: Place, owner: bool) -> Found:
    """An attribution with a quotation whole in its content, or not at all."""
    rest = [p for p in found.content if not overlap([p], [q])]
    return found.at(sorted([*rest, q])) if owner else found.at(rest)


def _snapped(text: str, piece: Place, quoted: list[Place], others: list[Place]) -> Place:
    """The piece with edges that fall inside a quotation moved to its marks, unless its cue or source lies in between."""
    start, end = piece
    for q in quoted:
        shared = overlap([piece], [q])
        if not shared or overlap([q], others):
            continue
        outside = length([piece]) - shared
        if shared >= 0.5 * length([q]) and outside <= _STRAY and not _clause_beside(text, piece, q):
            return q
        if words_in(text, q) >= 5 and _introduced(text, (start, end), q):
            return q
        if q[0] < start < q[1]:
            start = q[0]
        if q[0] < end < q[1] and shared >= 0.5 * length([q]):
            end = q[1]
    return start, end


def _clause_beside(text: str, piece: Place, q: Place) -> bool:
    """Whether words of the piece stand outside the marks: then it is more than the quotation."""
    return words_in(text, (piece[0], max(piece[0], q[0]))) > 1 or words_in(text, (min(piece[1], q[1]), piece[1])) > 1


def _introduced(text: str, piece: Place, q: Place) -> bool:
    """Whether a piece is a quotation with only the words that lead to it ("the visit: ...") or follow it (", while ...")."""
    before, after = text[piece[0] : max(piece[0], q[0])], text[min(piece[1], q[1]) : piece[1]]
    short = len(before) < q[1] - q[0]
    leads = not before.strip(' "“„«') or before.rstrip(' "“„«').endswith(":")
    follows = not after.strip(' "”»,.') or re.match(r"[\"”»,.]+\s(?:while|during|when|as|in|at|after|before)\b", after)
    return short and leads and bool(follows)


def merged(pieces: Iterable[Place]) -> tuple[Place, ...]:
    """Places in order, overlapping ones as one."""
    result: list[Place] = []
    for start, end in sorted(pieces):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


_GAP = 12
_TIME = re.compile(
    r"(?:(?:on|last|this|late|early|earlier)\s+)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow)$",
    re.I,
)


def joined(text: str, pieces: tuple[Place, ...], others: list[Place | None]) -> tuple[Place, ...]:
    """Pieces with hardly anything between them as one, and without a bare day beside the cue ("said Monday he ...")."""
    taken = [p for p in others if p]
    if len(pieces) > 1:
        pieces = tuple(p for p in pieces if not _TIME.match(text[p[0] : p[1]])) or pieces
    result: list[Place] = []
    for piece in pieces:
        gap = (result[-1][1], piece[0]) if result else (0, 0)
        near = bool(result) and gap[1] - gap[0] <= _GAP and not overlap([gap], taken) and "\n" not in text[gap[0] : gap[1]]
        if near and not any(c in '"“”' for c in text[gap[0] : gap[1]]):
            result[-1] = (result[-1][0], piece[1])
        else:
            result.append(piece)
    return tuple(result)
