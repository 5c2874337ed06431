"""How a record is put into words: what every view says of an entry, before it is laid out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from parley.record import (
    LISTS,
    Actor,
    Claim,
    Entry,
    Event,
    Issue,
    Position,
    Proposal,
    Provenance,
    Record,
    Span,
    Stance,
    Statement,
    Talks,
)

HEADINGS = {
    "actors": "Parties and who speaks for them",
    "positions": "Where the parties stand",
    "proposals": "Proposals",
    "talks": "Talks",
    "statements": "Statements",
    "claims": "Contested claims",
    "events": "Events",
}
"""The record's lists in the order in which a person reads them, with their headings."""

KINDS = {"actors": "actor", "statements": "statement", "events": "event", "positions": "position",
         "proposals": "proposal", "talks": "talks", "claims": "claim"}  # fmt: skip
SIGNS: dict[Stance, str] = {"supports": "+", "opposes": "−", "conditional": "±"}
ISSUES: tuple[str, ...] = get_args(Issue)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")

_DATED_BY = {"metadata": "by the page's metadata", "url": "by the page's address", "markup": "by a date in the page"}


@dataclass(frozen=True)
class Told:
    """One entry in words: a head line, facts, and the report's words with what each of them is."""

    id: str
    kind: str
    head: str
    facts: tuple[str, ...]
    quotes: tuple[tuple[str, Span], ...]
    confidence: float | None
    made_by: Provenance


@dataclass(frozen=True)
class Side:
    """A party with its actors: those that bear its own name first, then those who speak for it. `party` None: unknown."""

    party: str | None
    actors: tuple[Actor, ...]


@dataclass(frozen=True)
class Stand:
    """One stance of a party on an issue, with the positions that say so. `told_by` is set where only others say so."""

    stance: Stance
    positions: tuple[Position, ...]
    told_by: str | None

    @property
    def sign(self) -> str:
        return SIGNS[self.stance]


class Wording:
    """A record in words."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.record.entries()}

    @property
    def published(self) -> str:
        """When the report was published, and how its page told it, where it was not given with it."""
        document = self.record.document
        if not document.published:
            return "date of publication not known"
        if document.date_method is None:
            return document.published
        return f"{document.published} ({_DATED_BY[document.date_method]}, reliability {document.date_reliability})"

    @property
    def counts(self) -> str:
        """How many entries each list has: "8 actors, 1 position" ..."""
        sizes = ((len(getattr(self.record, name)), name) for name in HEADINGS)
        return ", ".join(f"{size} {KINDS[name] if size == 1 else name}" for size, name in sizes)

    # Places in the text

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each paragraph (a line that is not blank), a headline included."""
        found = ((m.start(), m.end()) for m in _LINE.finditer(self.record.document.text) if m.group().strip())
        return tuple(found)

    @cached_property
    def has_headline(self) -> bool:
        """Whether the first paragraph is the title."""
        title, text = self.record.document.title, self.record.document.text
        return bool(title and self.paragraphs) and text[slice(*self.paragraphs[0])].strip("\ufeff \t\u00a0") == title

    def place(self, span: Span) -> str:
        """Where the span is: its paragraph ("¶3", or "headline") and its characters."""
        return f"{self.paragraph_label(self.paragraph_at(span.start))} {span.start}–{span.end}"

    def paragraph_at(self, character: int) -> int:
        """The index of the paragraph that holds this character."""
        return max(0, bisect_right([start for start, _ in self.paragraphs], character) - 1)

    def paragraph_label(self, index: int) -> str:
        """ "¶1" for the first paragraph of the report itself, "headline" for the headline."""
        if self.has_headline and index == 0:
            return "headline"
        return f"¶{index + (0 if self.has_headline else 1)}"

    # Parties and stances

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The parties in the order of the text, and last those actors who speak for none."""
        groups: dict[str | None, list[Actor]] = {}
        for actor in self.record.actors:
            groups.setdefault(actor.party, []).append(actor)
        for position in self.record.positions:
            groups.setdefault(position.party, [])
        without = groups.pop(None, [])
        sides = [Side(party, tuple(sorted(actors, key=lambda a: a.name != party))) for party, actors in groups.items()]
        return (*sides, *([Side(None, tuple(without))] if without else []))

    @cached_property
    def stances(self) -> dict[str, dict[str, tuple[Stand, ...]]]:
        """For each issue that the text speaks of, each party's stances. Issues stand in the codebook's order."""
        cells: dict[str, dict[str, dict[tuple[Stance, str | None], list[Position]]]] = {}
        for position in self.record.positions:
            key = (position.stance, self.told_by(position))
            cells.setdefault(position.issue, {}).setdefault(position.party, {}).setdefault(key, []).append(position)
        return {
            issue: {
                party: tuple(Stand(stance, tuple(found), by) for (stance, by), found in stands.items())
                for party, stands in cells[issue].items()
            }
            for issue in ISSUES
            if issue in cells
        }

    @property
    def parties_with_positions(self) -> tuple[str, ...]:
        """The parties of the table, in the order of the text."""
        having = {position.party for position in self.record.positions}
        return tuple(side.party for side in self.sides if side.party in having and side.party)

    def told_by(self, position: Position) -> str | None:
        """Who says that the party wants this, where it is another than the party itself or the narrator."""
        voice = self.by_id.get(position.voice)
        if not isinstance(voice, Statement) or voice.party == position.party:
            return None
        return voice.party or voice.speaker_name or self._name(voice.speaker) or "an unnamed source"

    def _name(self, actor_id: str | None) -> str | None:
        actor = self.by_id.get(actor_id or "")
        return actor.name if isinstance(actor, Actor) else None

    def _names(self, ids: tuple[str, ...]) -> str:
        return ", ".join(self._name(i) or i for i in ids) or "?"

    def _voice(self, voice: str) -> str | None:
        statement = self.by_id.get(voice)
        if not isinstance(statement, Statement):
            return None
        return f"as {self._speaker(statement)} says ({voice})"

    def _speaker(self, statement: Statement) -> str:
        return statement.speaker_name or self._name(statement.speaker) or "unnamed source"

    # Entries

    def told(self, entry: Entry) -> Told:
        """One entry in words."""
        match entry:
            case Actor():
                head, facts, quotes = self._actor(entry)
            case Statement():
                head, facts, quotes = self._statement(entry)
            case Event():
                head, facts, quotes = self._event(entry)
            case Position():
                head, facts, quotes = self._position(entry)
            case Proposal():
                head, facts, quotes = self._proposal(entry)
            case Talks():
                head, facts, quotes = self._talks(entry)
            case Claim():
                head, facts, quotes = self._claim(entry)
        confidence = None if isinstance(entry, Actor) else entry.confidence
        said = tuple(fact for fact in facts if fact)
        return Told(entry.id, self.kind(entry.id), head, said, tuple(quotes), confidence, entry.made_by)

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {entry.id: KINDS[name] for name in LISTS for entry in getattr(self.record, name)}

    def kind(self, entry_id: str) -> str:
        """The kind of an entry: "statement", "talks" ..."""
        return self._kinds[entry_id]

    def _actor(self, actor: Actor) -> tuple[str, list[str], list[tuple[str, Span]]]:
        role = f"{'former ' if actor.former else ''}{actor.role}" if actor.role else ""
        facts = [role, actor.kind, actor.country or "", actor.sector or "", actor.wikidata or ""]
        return actor.name, facts, [("", span) for span in actor.mentions]

    def _statement(self, statement: Statement) -> tuple[str, list[str], list[tuple[str, Span]]]:
        speaker = self._speaker(statement)
        party = f" ({statement.party})" if statement.party and statement.party != speaker else ""
        act = _verb("deny" if statement.denies else statement.act, several=_are_several(speaker, statement.party))
        to = f" → {self._name(statement.addressee)}" if statement.addressee else ""
        facts = [statement.kind, readable_date(statement.date), statement.place or "", statement.setting or "",
                 f"within {statement.within}" if statement.within else ""]  # fmt: skip
        return f"{speaker}{party} {act}{to}", facts, [("", span) for span in statement.content]

    def _event(self, event: Event) -> tuple[str, list[str], list[tuple[str, Span]]]:
        names = [self._names(event.source) or "?", *([self._names(event.target)] if event.target else [])]
        facts = [event.status, readable_date(event.date), event.place or "", event.mode or "", event.context or "",
                 f"CAMEO {event.cameo}" if event.cameo else "", self._voice(event.voice) or ""]  # fmt: skip
        return f"{event.type}: {' → '.join(names)}", facts, [("", event.evidence)]

    def _position(self, position: Position) -> tuple[str, list[str], list[tuple[str, Span]]]:
        facts = [f"{position.act.replace('-', ' ')}: {one_line(position.object)}",
                 readable_duration(position.duration), f"how many: {position.quantity}" if position.quantity else "",
                 self._voice(position.voice) or ""]  # fmt: skip
        quotes = [("", position.evidence), *([("if", position.condition)] if position.condition else [])]
        stance = "conditional on" if position.stance == "conditional" else position.stance
        return f"{position.party}: {SIGNS[position.stance]} {stance} {position.issue}", facts, quotes

    def _proposal(self, proposal: Proposal) -> tuple[str, list[str], list[tuple[str, Span]]]:
        to = f" → {', '.join(proposal.to)}" if proposal.to else ""
        facts = [proposal.status, f"until {one_line(proposal.until)}" if proposal.until else ""]
        return f"{', '.join(proposal.by) or '?'}{to}", facts, [("", proposal.evidence)]

    def terms(self, proposal: Proposal) -> tuple[Position, ...]:
        """The positions that are the proposal's terms."""
        return tuple(p for i in proposal.terms if isinstance(p := self.by_id.get(i), Position))

    def _talks(self, talks: Talks) -> tuple[str, list[str], list[tuple[str, Span]]]:
        number = f"{ordinal(talks.ordinal)} " if talks.ordinal else ""
        between = ", ".join(talks.participants) or "participants not named"
        outcome = "" if talks.outcome == "unknown" else f"outcome: {talks.outcome.replace('-', ' ')}"
        facts = [talks.status, readable_date(talks.date), talks.place or "", talks.level or "",
                 f"mediators: {', '.join(talks.mediators)}" if talks.mediators else "", outcome]  # fmt: skip
        return f"{number}{talks.kind}: {between}", facts, [("", talks.evidence)]

    def _claim(self, claim: Claim) -> tuple[str, list[str], list[tuple[str, Span]]]:
        asserted = f"asserted by {', '.join(claim.asserted_by) or 'an unnamed source'}"
        denied = f"denied by {', '.join(claim.denied_by) or 'an unnamed source'}"
        quotes = [*((asserted, s) for s in claim.evidence_for), *((denied, s) for s in claim.evidence_against)]
        return f"“{one_line(claim.text)}”", [], quotes

    def spans(self, entry: Entry) -> tuple[tuple[str, Span], ...]:
        """All the words of an entry with the field that holds each ("content", "source", "cue" ...), in the text's order."""
        found: list[tuple[str, Span]] = []
        for name in type(entry).model_fields:
            value = getattr(entry, name)
            items = value if isinstance(value, tuple) else (value,)
            found.extend((name, item) for item in items if isinstance(item, Span))
        return tuple(sorted(found, key=lambda x: (x[1].start, x[1].end)))


def _verb(act: str, *, several: bool) -> str:
    """The act as a verb of the present: "denies", "call for"."""
    verb, _, rest = act.partition("-")
    if not several:
        verb = f"{verb[:-1]}ies" if verb.endswith("ny") else verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return f"{verb} {rest}".rstrip()


def _are_several(speaker: str, party: str | None) -> bool:
    """Whether a speaker's name is a plural: "officials", "the two delegations", or several parties."""
    last = speaker.split()[-1]
    return ";" in (party or "") or (last.islower() and last.endswith("s") and not last.endswith("ss"))


def one_line(text: str) -> str:
    """The text with white space folded, as it is shown; the record keeps it as it stands."""
    return " ".join(text.split())


def readable_date(date: str | None) -> str:
    """An ISO date as it is, or "06-04, year not stated"."""
    if date is None:
        return ""
    return f"{date[5:]}, year not stated" if date.startswith("XXXX-") else date


_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


def readable_duration(duration: str | None) -> str:
    """ "30 days" for P30D; other forms stay as they are."""
    match = re.fullmatch(r"P(T?)(\d+)([YMWDHS])", duration or "")
    unit = _UNITS.get(match[1] + match[3]) if match else None
    if not match or not unit:
        return duration or ""
    return f"{match[2]} {unit}{'' if match[2] == '1' else 's'}"


def ordinal(number: int) -> str:
    """ "2nd" for 2."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
