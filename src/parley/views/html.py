"""The record as one self-contained page: the report with its words marked, and the record beside it.

The page loads nothing, and its policy (CSP) forbids it to: style and script stand in it and are named there by their hashes.
Without the script, words and entries are plain links to each other.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import pairwise

import parley
from parley.record import LISTS, Actor, Entry, Proposal, Record, references_of
from parley.views.wording import HEADINGS, KINDS, Stand, Told, Wording, one_line

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""Control characters that a page must not hold; the report shows "·" in their place."""
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_STATEMENT = re.compile(r"(?<=\()(s\d+)(?=\)$)|(?<=^within )(s\d+)$")
FIRST_MENTIONS = 5
MARKED = ("actor", "statement", "position", "proposal", "talks", "event", "claim")


@dataclass(frozen=True)
class Segment:
    """A run of characters that the same entries rest on; `begins` are the anchors of the spans that begin with it."""

    start: int
    end: int
    entries: tuple[str, ...]
    is_cue: bool
    begins: tuple[str, ...]


def html(record: Record) -> str:
    """The whole page. The same record gives the same bytes."""
    wording = Wording(record)
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )
    title = _e(record.document.title or "Untitled report")
    return "\n".join([
        "<!doctype html>", f'<html lang="{_e(record.document.language)}">', "<head>", '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="generator" content="Parley {_e(record.parley)}">',
        f"<title>{title} · Parley</title>", f"<style>{style}</style>", "</head>", "<body>",
        '<a class="skip" href="#record">Skip to the record</a>',
        *_header(wording, title), "<main>", '<div class="left">', *_report(wording),
        '<aside class="here" id="here" hidden aria-label="At the selected words"><div class="told">'
        '<p aria-live="polite"></p><button type="button" id="open">Open in record</button>'
        '<button type="button" id="close">Close</button></div><div class="picks"></div></aside>', "</div>",
        *_record(wording), "</main>", f"<script>{script}</script>", "</body>", "</html>", "",
    ])  # fmt: skip


def segments(wording: Wording) -> Iterator[tuple[int, list[Segment]]]:
    """For each paragraph (by index), its text cut where spans begin and end, so that overlapping ones stand side by side."""
    spans = [(span.start, span.end, entry.id, field, f"w-{entry.id}-{number}")
             for entry in wording.record.entries()
             for number, (field, span) in enumerate(wording.spans(entry), 1)]  # fmt: skip
    before = 0
    for index, (start, end) in enumerate(wording.paragraphs):
        inside = [span for span in spans if span[0] < end and span[1] > start]
        cuts = sorted({start, end, *(c for a, b, *_ in inside for c in (a, b) if start < c < end)})
        # A span that begins in the blank lines above has its anchor at the paragraph's first words.
        yield index, [_segment(a, b, before if a == start else a, inside) for a, b in pairwise(cuts)]
        before = end


def _segment(start: int, end: int, since: int, spans: list[tuple[int, int, str, str, str]]) -> Segment:
    over = sorted((s for s in spans if s[0] <= start and s[1] >= end), key=lambda s: (s[1] - s[0], s[2]))
    begins = tuple(anchor for a, _, _, _, anchor in over if since <= a <= start)
    cue = any(field == "cue" for _, _, _, field, _ in over)
    return Segment(start, end, tuple(dict.fromkeys(s[2] for s in over)), cue, begins)


def _header(wording: Wording, title: str) -> Iterator[str]:
    document = wording.record.document
    about = [_e(part) for part in (wording.published, document.publisher) if part]
    if document.url:
        known = document.url.startswith(("https://", "http://"))
        about.append(f'<a href="{_e(document.url)}" rel="noreferrer">{_e(document.url)}</a>' if known else _e(document.url))
    yield f"<header>\n<h1>{title}</h1>\n<p>{' · '.join(about)}</p>"
    yield '<nav aria-label="The record"><ul>'
    for name, heading in HEADINGS.items():
        size = len(getattr(wording.record, name))
        label = f"{heading} ({size})"
        yield f'<li><a href="#{name}">{label}</a></li>' if size else f'<li class="none">{label}</li>'
    yield "</ul></nav>\n</header>"


def _report(wording: Wording) -> Iterator[str]:
    yield '<section class="report" aria-label="The report">'
    present = {KINDS[name] for name in LISTS if getattr(wording.record, name)}
    if present:
        hint = '<span class="hint"> (arrow keys: next mark; Enter: its entry)</span>'
        yield f"<fieldset><legend>Marked in the report{hint}</legend>"
        for kind in MARKED:
            if kind in present:
                label = f'<span class="swatch k-{kind}">{kind}</span>'
                yield f'<label><input type="checkbox" value="{kind}" checked>{label}</label>'
        yield "</fieldset>"
    yield f'<article id="report" lang="{_e(wording.record.document.language)}">'
    for index, pieces in segments(wording):
        headline = ' class="headline"' if wording.has_headline and index == 0 else ""
        words = "".join(_piece(wording, piece) for piece in pieces)
        yield f'<p{headline} dir="auto" data-place="{wording.paragraph_label(index)}">{words}</p>'
    yield "</article>\n</section>"


def _piece(wording: Wording, piece: Segment) -> str:
    words = _e(wording.record.document.text[piece.start : piece.end])
    if not piece.entries:
        return words
    anchors = "".join(f'<span id="{anchor}"></span>' for anchor in piece.begins)
    kinds = dict.fromkeys(f"k-{wording.kind(entry)}" for entry in piece.entries)
    names = " ".join(("w", *kinds, *(["cue"] if piece.is_cue else [])))
    marked = f'class="{names}" data-e="{" ".join(piece.entries)}"'
    if not any(c.isalnum() for c in words):  # blanks and commas between marks: no stop for the keyboard, nothing to read out
        return f"{anchors}<span {marked}>{words}</span>"
    return f'{anchors}<a {marked} href="#e-{piece.entries[0]}">{words}</a>'


def _record(wording: Wording) -> Iterator[str]:
    record = wording.record
    yield '<section class="record" id="record" aria-label="The record" tabindex="-1">'
    for name, heading in HEADINGS.items():
        if not (entries := getattr(record, name)):
            continue
        yield f'<section id="{name}" aria-labelledby="h-{name}">\n<h2 id="h-{name}">{heading}</h2>'
        if name == "positions":
            yield from _stances(wording)
        if name == "actors":
            for side in wording.sides:
                yield f'<h3 class="side">{_e(side.party or "Speaking for no known party")}</h3>'
                yield from _list(wording, side.actors)
        else:
            yield from _list(wording, entries)
        yield "</section>"
    yield f"<footer>Read by Parley {_e(record.parley)}, shown by {parley.__version__}; contract {_e(record.contract)}. "
    yield f"SHA-256 of the text: {record.document.sha256}</footer>\n</section>"


def _list(wording: Wording, entries: Sequence[Entry]) -> Iterator[str]:
    yield '<ul class="entries">'
    for entry in entries:
        yield _entry(wording, entry)
    yield "</ul>"


def _stances(wording: Wording) -> Iterator[str]:
    parties = wording.parties_with_positions
    heads = "".join(f'<th scope="col">{_e(party)}</th>' for party in parties)
    yield '<div class="table" tabindex="0" role="region" aria-label="Issues and parties"><table>'
    yield f'<thead><tr><th scope="col">issue</th>{heads}</tr></thead>\n<tbody>'
    for issue, cells in wording.stances.items():
        row = "".join(f"<td>{''.join(map(_stand, cells.get(party, ())))}</td>" for party in parties)
        yield f'<tr><th scope="row">{issue}</th>{row}</tr>'
    yield "</tbody></table></div>"


def _stand(stand: Stand) -> str:
    links = " ".join(f'<a class="id" href="#e-{p.id}">{p.id}</a>' for p in stand.positions)
    told_by = f" (says {_e(stand.told_by)})" if stand.told_by else ""
    return f'<p><span class="stance {stand.stance}">{stand.sign} {stand.stance}</span>{told_by} {links}</p>'


def _entry(wording: Wording, entry: Entry) -> str:
    told = wording.told(entry)
    shown = "".join(f"<li>{_fact(fact)}</li>" for fact in told.facts)
    level = "h4" if isinstance(entry, Actor) else "h3"
    made = told.made_by
    sure = f", confidence {told.confidence:.2f}" if told.confidence is not None else ""
    return "\n".join([
        f'<li class="entry k-{told.kind}" id="e-{told.id}" data-kind="k-{told.kind}">',
        f'<{level} class="title"><span class="id">{told.id}</span> {_e(told.head)}</{level}>',
        f'<ul class="facts">{shown}</ul>' if shown else "",
        _quotes(wording, entry, told),
        _terms(wording, entry) if isinstance(entry, Proposal) else "",
        _actors_of(wording, entry),
        f"<details><summary>How it was made</summary>stage {_e(made.stage)}, rule or model {_e(made.rule)}, "
        f"version {_e(made.version)}{sure}</details>", "</li>",
    ])  # fmt: skip


def _fact(fact: str) -> str:
    """A fact, the statement that it names ("as X says (s1)", "within s1") being a link."""
    return _STATEMENT.sub(r'<a href="#e-\g<0>">\g<0></a>', _e(one_line(fact)))


def _quotes(wording: Wording, entry: Entry, told: Told) -> str:
    number_of = {(span.start, span.end): n for n, (_, span) in enumerate(wording.spans(entry), 1)}
    items = []
    for label, span in told.quotes:
        target = f"w-{entry.id}-{number_of[span.start, span.end]}"
        link = f'<a class="quote" href="#{target}" data-e="{entry.id}">“{_e(one_line(span.quote) or span.quote)}”</a>'
        place = f'<span class="place">{wording.place(span)}</span>'
        items.append(f"<li>{_e(label)}{': ' if label else ''}{link} {place}</li>")
    if not isinstance(entry, Actor):
        return f'<ul class="quotes">{"".join(items)}</ul>'
    shown = f'<ul class="quotes mentions">{"".join(items[:FIRST_MENTIONS])}</ul>'
    if not (more := items[FIRST_MENTIONS:]):
        return shown
    return f'{shown}<details><summary>{len(more)} more</summary><ul class="quotes mentions">{"".join(more)}</ul></details>'


def _terms(wording: Wording, proposal: Proposal) -> str:
    terms = ((wording.told(term), term.id) for term in wording.terms(proposal))
    items = "".join(
        f'<li>{_e(told.head)} <a class="id" href="#e-{id}">{id}</a> {_e(told.facts[0])}</li>' for told, id in terms
    )
    return f'<ol class="terms">{items}</ol>' if items else ""


def _actors_of(wording: Wording, entry: Entry) -> str:
    """Links to the actors that an entry names."""
    named = [wording.by_id[id] for id in dict.fromkeys(references_of(entry))]
    links = [f'<a href="#e-{actor.id}">{_e(actor.name)}</a>' for actor in named if isinstance(actor, Actor)]
    return f'<p class="refs">{", ".join(links)}</p>' if links else ""


def _asset(name: str) -> str:
    return (files("parley.views") / "page" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode('ascii')}"


def printable(words: str) -> str:
    """Words that a page may hold, not yet escaped: "·" stands for control characters and direction overrides."""
    # Direction overrides of the report would reorder the page around them; bidi isolation is by dir="auto".
    return _DIRECTION.sub("·", _FORBIDDEN.sub("·", words))


def _e(words: str) -> str:
    return escape(printable(words), quote=True)
