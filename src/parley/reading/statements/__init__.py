"""Statements: who said what, in which words, when, where and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from parley.models.quotation_marks import Quotation
from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.statements.by_marks import left_by_tagger, with_sources
from parley.reading.statements.by_model import attributions_of
from parley.reading.statements.by_parse import clauses_of
from parley.reading.statements.circumstances import circumstances_of
from parley.reading.statements.clause_edges import completed, with_thing, with_verb, without_relative
from parley.reading.statements.clause_ends import ended
from parley.reading.statements.coordination import divided
from parley.reading.statements.cues import CueWords, act_of, cue_words, negated
from parley.reading.statements.datelines import without_datelines
from parley.reading.statements.echoes import echoes_of
from parley.reading.statements.found import Found, Place, length, overlap
from parley.reading.statements.parentheses import rejoined
from parley.reading.statements.selection import counts, kind_of, split, without_carriers
from parley.reading.statements.speakers import NOBODY, Speaker, one_person, speaker_of
from parley.reading.statements.transcripts import transcribed
from parley.record import Provenance, Statement, StatementAct, StatementKind

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
"""Version of this stage's rules; the tagger has its own."""


@stage("statements", needs=("tokens", "paragraphs", "actors", "mentions", "dates"), gives=("statements",))
def find_statements(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Find every statement: by the tagger first, then by marks and clauses that it left, each with its speaker."""
    marks = reading.quotations
    known = cue_words(knowledge)
    whole = attributed(reading, knowledge, models)
    parts = [without_relative(reading, part) for found in whole for part in split(reading.text, found, marks)]
    parts = [f for f in parts if counts(reading, f, marks, known)]
    parts = [with_thing(reading, f, known) for f in parts]
    clauses = without_datelines(reading, clauses_of(reading, parts, known, marks))
    parts += [f for f in clauses if counts(reading, f, marks, known)]
    parts += echoes_of(reading, parts, known)
    parts = sorted(without_carriers(reading, parts), key=lambda f: (f.start, -f.end, f.cue or (0, 0)))
    return reading.with_layer(statements=_entries(reading, knowledge, models, parts, marks))


def attributed(reading: Reading, knowledge: Knowledge, models: Models) -> list[Found]:
    """Attributions whole, before they are sorted into statements: the unit of corpora such as PolNeAR."""
    if not reading.text.strip():
        return []
    marks, known = reading.quotations, cue_words(knowledge)
    found = without_datelines(reading, attributions_of(reading.text, models.attribution, marks))
    found = with_sources(reading, sorted(found, key=lambda f: (f.start, f.end)), known)
    found = [with_verb(reading, f) for f in found]
    found += left_by_tagger(reading, marks, found, known)
    found = rejoined(reading, transcribed(reading, found), known)
    found = [completed(reading, f, _places(found, f)) for f in found]
    found = divided(reading, found, known)
    quoted = [(q.start, q.end) for q in marks]
    found = [ended(reading, f, quoted) for f in found]
    return sorted(found, key=lambda f: (f.start, f.end))


def _places(found: list[Found], but: Found) -> list[Place]:
    """The places of all attributions but one, and but those found by the parse, which may lie within others."""
    others = [f for f in found if f is not but and f.rule != "clause"]
    return [p for f in others for p in (f.source, f.cue, *f.content) if p]


def _entries(reading: Reading, knowledge: Knowledge, models: Models, found: list[Found],
             marks: tuple[Quotation, ...]) -> tuple[Statement, ...]:  # fmt: skip
    known, before, person, end = cue_words(knowledge), NOBODY, NOBODY, 0
    entries: list[Statement] = []
    speakers: dict[Place | None, Speaker] = {}
    for number, each in enumerate(found, 1):
        gap = reading.text[end : each.start] if end < each.start else ""
        recent = "\n" not in gap.strip()
        speaker = speakers.get(each.source) or speaker_of(reading, each.source, known, before, recent, person)
        speakers[each.source] = speaker if each.source else NOBODY
        if speaker.name:
            before, end = speaker, each.end
            person = speaker if one_person(reading, speaker) else person
        around = circumstances_of(reading, knowledge, each)
        act, denies = _act(reading, each, known)
        span = reading.document.span
        entries.append(Statement(
            id=f"s{number}", speaker=speaker.actor, speaker_name=speaker.name, party=speaker.party,
            source=span(*each.source) if each.source else None, cue=span(*each.cue) if each.cue else None,
            kind=cast(StatementKind, kind_of(reading.text, each.content, marks)), act=act, denies=denies,
            content=tuple(span(*piece) for piece in each.content), date=around.date, place=around.place,
            setting=around.setting, addressee=around.addressee, within=_within(each, number, found),
            confidence=round(min(1.0, max(0.0, each.sureness)), 3), made_by=_made_by(each, models)))  # fmt: skip
    return tuple(entries)


def _act(reading: Reading, found: Found, known: CueWords) -> tuple[StatementAct, bool]:
    if found.cue is None:
        return "say", False
    cue, token = act_of(reading.tokens, *reading.tokens_between(*(found.echoes or found.cue)), known)
    if cue is None:
        return "say", False
    return cue.act, cue.denies != (token is not None and cue.denies and negated(token))


def _within(each: Found, number: int, found: list[Found]) -> str | None:
    """The id of the innermost other statement whose content holds this one's source or cue and content."""
    anchor = [p for p in (each.cue, each.source) if p]
    best: tuple[int, str] | None = None
    for other_number, other in enumerate(found, 1):
        if other is each or length(other.content) <= length(each.content) or not anchor:
            continue
        if all(overlap([p], other.content) == p[1] - p[0] for p in anchor) and overlap(each.content, other.content):
            best = min(best or (10**9, ""), (length(other.content), f"s{other_number}"))
    return best[1] if best else None


def _made_by(found: Found, models: Models) -> Provenance:
    version = models.attribution.version if found.rule == "tagger" else VERSION
    return Provenance(stage="statements", rule=found.rule, version=version)


__all__ = ["Found", "Speaker", "attributed", "find_statements"]
