"""The record as Markdown (CommonMark with tables): for notes, wikis, issue trackers and pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.record import Proposal, Record, Span
from parley.views.wording import HEADINGS, Side, Stand, Told, Wording, one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$]|^(?:[#+-]|\d+[.)])(?=\s)|&(?=[#\w]+;))")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def markdown(record: Record, *, explain: bool = False) -> str:
    """The whole record as Markdown; every quotation is followed by its paragraph and its characters in the text."""
    return "\n".join(_lines(Wording(record), explain)).rstrip("\n") + "\n"


def escaped(words: str) -> str:
    """Words of the report on one line, so that none of them is taken for Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", _UNPRINTABLE.sub("·", one_line(words)))


def _lines(wording: Wording, explain: bool) -> Iterator[str]:
    record, document = wording.record, wording.record.document
    yield f"# {escaped(document.title or 'Untitled report')}"
    yield ""
    about = [wording.published, document.publisher, document.url]
    yield " · ".join(escaped(part) for part in about if part)
    yield ""
    yield f"{len(document.text):,} characters, {len(wording.paragraphs)} paragraphs: {wording.counts}."
    for name, heading in HEADINGS.items():
        if not (entries := getattr(record, name)):
            continue
        yield from ("", f"## {heading}", "")
        if name == "actors":
            for side in wording.sides:
                yield from _side(wording, side, explain)
            continue
        if name == "positions":
            yield from _stances(wording)
        for entry in entries:
            yield from _entry(wording, wording.told(entry), explain)
            if isinstance(entry, Proposal):
                for number, term in enumerate(wording.terms(entry), 1):
                    told = wording.told(term)
                    yield f"  {number}. {escaped(told.head)} (*{told.id}*; {escaped(told.facts[0])})"


def _side(wording: Wording, side: Side, explain: bool) -> Iterator[str]:
    yield f"- **{escaped(side.party or 'Speaking for no known party')}**"
    for actor in side.actors:
        told = wording.told(actor)
        mentions = f"{len(actor.mentions)} mentions" if len(actor.mentions) > 1 else "1 mention"
        facts = ", ".join((*(escaped(fact) for fact in told.facts), mentions))
        yield f"  - *{told.id}* {escaped(told.head)}: {facts}; {wording.place(actor.mentions[0])}{_origin(told, explain)}"


def _stances(wording: Wording) -> Iterator[str]:
    parties = wording.parties_with_positions
    yield f"| issue | {' | '.join(escaped(party) for party in parties)} |"
    yield "|---" * (len(parties) + 1) + "|"
    for issue, cells in wording.stances.items():
        stands = (" <br> ".join(_stand(stand) for stand in cells.get(party, ())) for party in parties)
        yield f"| {issue} | {' | '.join(stands)} |"
    yield ""


def _stand(stand: Stand) -> str:
    told_by = f" (says {escaped(stand.told_by)})" if stand.told_by else ""
    return f"{stand.sign} {stand.stance}{told_by} {' '.join(f'*{p.id}*' for p in stand.positions)}"


def _entry(wording: Wording, told: Told, explain: bool) -> Iterator[str]:
    facts = f": {', '.join(escaped(fact) for fact in told.facts)}" if told.facts else ""
    yield f"- *{told.id}* **{escaped(told.head)}**{facts}{_origin(told, explain)}"
    for label, span in told.quotes:
        yield f"  - {_quote(wording, label, span)}"


def _quote(wording: Wording, label: str, span: Span) -> str:
    return f"{escaped(label)}{': ' if label else ''}“{escaped(span.quote)}” ({wording.place(span)})"


def _origin(told: Told, explain: bool) -> str:
    if not explain:
        return ""
    sure = f", confidence {told.confidence:.2f}" if told.confidence is not None else ""
    return f" — by `{told.made_by.stage}: {told.made_by.rule}`, version {told.made_by.version}{sure}"
