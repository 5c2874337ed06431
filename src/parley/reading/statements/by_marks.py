"""Quotations that the tagger left: with a cue beside them, signed below, or going on from the speaker before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.models.quotation_marks import Quotation
from parley.reading.layers import Reading
from parley.reading.statements.by_parse import subject_of
from parley.reading.statements.cues import VERBS, CueWords, says
from parley.reading.statements.echoes import seconded_by
from parley.reading.statements.found import Found, Place, length, overlap, place_of, trimmed, words_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNED = re.compile(r"[\"”’\s]*[—–―]\s*(?P<source>[^\n(—–―]{2,60}?)\s*(?P<handle>\(@\w+\))?\s*(?=[,\n]|$|[A-Z][a-z]+ \d)")
_LABEL = re.compile(r"(?P<source>[A-Z][^\n:.!?\"“”]{1,60}?)\s?:\s*[\"“„«]*$")
_RELATIVE = frozenset({"who", "which"})
_NEAR = 14
"""Tokens after a quotation within which its verb of saying stands (its source may come with an apposition)."""


def left_by_tagger(reading: Reading, marks: tuple[Quotation, ...], found: list[Found], known: CueWords) -> list[Found]:
    """Statements for quotations that no found content covers, in text order."""
    covered = [piece for f in found for piece in f.content]
    named = [p for f in found for p in (f.source, f.cue) if p]
    ordered = sorted(found, key=lambda f: f.start)
    added: list[Found] = []
    for q in marks:
        place = trimmed(reading.text, (q.start, q.end))
        if q.single or overlap([place], named) or overlap([place], covered) > 0.3 * max(1, length([place])):
            continue
        if words_in(reading.text, place) < 3:
            continue
        added += _read(reading, place, sorted([*ordered, *added], key=lambda f: f.start), known)
    return added


def _read(reading: Reading, place: Place, found: list[Found], known: CueWords) -> list[Found]:
    text = reading.text
    paragraph = next(p for p in reading.paragraphs if p.start <= place[0] < p.end)
    if beside := _signed_or_labelled(text, place):
        return [Found((place,), None, beside, "signed", 0.9)]
    taken = {f.cue for f in found if f.cue}
    verb = _verb_beside(reading, place, paragraph.end, known)
    if verb is not None and (cue := place_of(verb)) not in taken:
        return [Found((place,), cue, subject_of(verb, known), "marks", 0.7)]
    if before := _speaker_before(reading, place, found):
        return [Found((place,), None, before.source, "continuation", 0.7, before.attribution, continues=True)]
    return []


def _verb_beside(reading: Reading, place: Place, end: int, known: CueWords) -> Token | None:
    """The verb of saying after the quotation, or just before it."""
    tokens = reading.tokens
    after = reading.token_at(place[1]) + 1
    for i in range(after, min(len(tokens), after + _NEAR)):
        token = tokens[i]
        if token.idx >= end or (token.text in '"“' and i > after + 1):
            break
        if says(token, known) and tokens[after : i + 1].text.count(".") == 0:
            return token
    for i in range(reading.token_at(place[0]) - 1, max(-1, reading.token_at(place[0]) - 6), -1):
        if tokens[i].text in ".!?”":
            break
        if says(tokens[i], known):
            return tokens[i]
    return None


def _speaker_before(reading: Reading, place: Place, found: list[Found]) -> Found | None:
    """The statement whose speaker goes on here: a quotation that is a sentence, after one in this paragraph or the last."""
    text = reading.text
    lead = text[: place[0]].rstrip(" \"“„«‘'")
    if lead and lead[-1] not in '.!?\n:”"’' and not lead[-1].isspace():
        return None
    sentence = text[place[0]].isupper() or words_in(text, place) >= 8
    earlier = [f for f in found if f.start < place[0] and f.source]
    if not sentence or words_in(text, place) < 4 or not earlier:
        return None
    last = max(earlier, key=lambda f: f.end if f.end <= place[0] else f.start)
    between = text[last.end : place[0]]
    breaks = len(re.findall(r"[\n\r\u2028\u2029]\s*", between))
    return last if breaks <= 1 and len(between) <= 400 else None


def with_sources(reading: Reading, found: list[Found], known: CueWords) -> list[Found]:
    """The same with a source for those that the tagger left without, or gave one from inside of what another says.

    It is the cue's subject; where there is no cue, who signs the quotation, a label before it, or the speaker before. A
    participle beside a verb of saying ("said Bo, adding that") has the verb's source, and what Bo said ends before it.
    """
    filled: list[Found] = []
    beside = {id(f): main for f in found if (main := _main_clause(reading, f, found)) is not None}
    ends = {id(main): f.cue[0] for f in found if (main := beside.get(id(f))) and f.cue and overlap([f.cue], main.content)}
    for each in found:
        if main := beside.get(id(each)):
            filled.append(replace(each, source=main.source))
            continue
        if stop := ends.get(id(each)):
            each = each.at(p for a, b in each.content if (p := trimmed(reading.text, (a, min(b, stop))))[0] < p[1])
        others = [f for f in found if f is not each and not _holds_cue(f, each)]
        source = None if _told_by(each.source, others) or _bracketed(reading, each, known) else _whole_noun(reading, each)
        if source and (own := _subject_beside(reading, each, known)):
            source = own
        if source is None and each.cue is not None:
            source = _subject_of_cue(reading, each, known)
            if teller := _told_by(source, others):  # the parse hung "adding" on a verb inside of what was said
                source = teller.source
        elif source is None:
            each, source = _uncued(reading, each, filled, known)
        filled.append(replace(each, source=source))
    return filled


def _main_clause(reading: Reading, found: Found, all: list[Found]) -> Found | None:
    """The attribution whose cue a participle without a subject stands beside, in a clause of its own."""
    if found.cue is None:
        return None
    first, last = reading.tokens_between(*found.cue)
    verb = next((t for t in reading.tokens[first:last] if t.tag_ == "VBG" and t.dep_ == "advcl"), None)
    if verb is None or any(c.dep_ in ("nsubj", "mark", "prep") for c in verb.lefts):
        return None
    head = place_of(verb.head)
    fits = (f for f in all if f is not found and f.cue and f.source and overlap([f.cue], [head]))
    return next((f for f in fits if not overlap(f.content, [head])), None)


_BRACKETS = re.compile(r"(?<!\w)[—–]|[—–](?!\w)|—|[()]|(?<=\s)--?(?=\s)")


def _bracketed(reading: Reading, found: Found, known: CueWords) -> bool:
    """Whether the source stands within dashes or brackets that end before the cue ("(a view that Bo shares) claiming").

    So does one that only seconds what was said ("a view shared by Bo, claiming").
    """
    if found.source is None or found.cue is None or found.cue[0] < found.source[1]:
        return False
    if seconded_by(reading.tokens[reading.token_at(found.source[1] - 1)], known) is not None:
        return True
    begin = reading.tokens[reading.token_at(found.source[0])].sent.start_char
    before = _BRACKETS.findall(reading.text, begin, found.source[0])
    after = _BRACKETS.findall(reading.text, found.source[1], found.cue[0])
    return len(before) % 2 == 1 and len(after) == 1


def _whole_noun(reading: Reading, found: Found) -> Place | None:
    """The source with the noun that it was cut off from ("the", "the Kestrian" of "the Kestrian president")."""
    if found.source is None:
        return None
    start, end = found.source
    last = reading.tokens[reading.token_at(end - 1)]
    noun = last.head
    cut = last.dep_ in ("det", "amod", "compound", "nmod", "poss") and 0 < noun.i - last.i <= 3
    reach = noun.idx + len(noun)
    if not cut or noun.pos_ not in ("NOUN", "PROPN") or overlap([(end, reach)], [*found.content, found.cue or (0, 0)]):
        return found.source
    return start, reach


def _told_by(source: Place | None, others: list[Found]) -> Found | None:
    """The attribution in whose content a source lies."""
    return next((f for f in others if source and overlap([source], f.content)), None)


def _holds_cue(outer: Found, inner: Found) -> bool:
    return inner.cue is not None and bool(overlap(outer.content, [inner.cue]))


def _subject_of_cue(reading: Reading, found: Found, known: CueWords) -> Place | None:
    first, last = reading.tokens_between(*(found.cue or found.content[0]))
    verbs = [t for t in reading.tokens[first:last] if t.pos_ in VERBS]
    if reading.tokens[first].text == ":":
        return _signed_or_labelled(reading.text, found.content[0])
    source = subject_of(verbs[0], known) if verbs else None
    taken = [*found.content, *([found.cue] if found.cue else [])]
    return None if source is None or overlap([source], taken) else source


def _subject_beside(reading: Reading, found: Found, known: CueWords) -> Place | None:
    """The cue's own subject, where the source is that of another clause ("Bo, who leads it, made a charge Ana denied")."""
    if (
        found.source is None
        or found.cue is None
        or reading.tokens[reading.token_at(found.source[0])].lower_ not in _RELATIVE
    ):
        return None
    subject = _subject_of_cue(reading, found, known)
    return subject if subject and not overlap([subject], [found.source]) else None


def _uncued(reading: Reading, found: Found, earlier: list[Found], known: CueWords) -> tuple[Found, Place | None]:
    """Whose words stand here without a cue, as far as the text tells."""
    place = found.content[0]
    if beside := _signed_or_labelled(reading.text, (place[0], found.end)):
        return found, beside
    if verb := _verb_with_colon(reading, place[0]):
        return replace(found, cue=place_of(verb)), subject_of(verb, known)
    before = _speaker_before(reading, place, earlier)
    return (replace(found, continues=True), before.source) if before else (found, None)


def _verb_with_colon(reading: Reading, start: int) -> Token | None:
    """The verb of a sentence that ends with a colon right before this place: what follows it is a block quotation."""
    lead = reading.text[max(0, start - 400) : start].rstrip(' \t\r\n\u2028\u2029"“„«‘')
    if not lead.endswith(":"):
        return None
    colon = reading.token_at(start - (len(reading.text[max(0, start - 400) : start]) - len(lead)) - 1)
    verbs = [t for t in reading.tokens[reading.tokens[colon].sent.start : colon] if t.pos_ == "VERB"]
    return verbs[-1] if verbs else None


def _signed_or_labelled(text: str, place: Place) -> Place | None:
    """Who signs a quotation ("— Ana Bo (@anabo)") or stands before it with a colon."""
    if signed := _SIGNED.match(text, place[1], min(len(text), place[1] + 120)):
        return signed.start("source"), signed.end("source")
    line = max(text.rfind(c, 0, place[0]) for c in "\n\r\u2028\u2029") + 1
    if label := _LABEL.search(text, line, place[0]):
        return trimmed(text, (label.start("source"), label.end("source")))
    return None
