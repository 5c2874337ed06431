"""The layers of one reading: what each stage gives to those after it. Data and look-ups only.

A reading starts as a document; each stage returns it with its own layer added (`with_layer`), and never alters the layers
of the stages before. Token indices count tokens of `tokens` (a spaCy ``Doc``), character offsets code points of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from parley.documents import headline
from parley.models.quotation_marks import Quotation, quotations
from parley.record import Actor, Claim, Document, Event, Position, Proposal, Statement, Talks

if TYPE_CHECKING:
    from spacy.tokens import Doc

MentionKind = Literal["name", "title", "description", "pronoun", "group"]


@dataclass(frozen=True)
class Mention:
    """Words that stand for one actor, or for several ("both sides"): tokens start..end (exclusive), with a head token."""

    start: int
    end: int
    head: int
    actors: tuple[str, ...]
    kind: MentionKind


@dataclass(frozen=True)
class Mentions:
    """All mentions of a reading in text order; a token belongs to the innermost mention that covers it."""

    all: tuple[Mention, ...] = ()

    @cached_property
    def _by_token(self) -> dict[int, Mention]:
        covering: dict[int, Mention] = {}
        for mention in sorted(self.all, key=lambda m: m.start - m.end):
            covering.update(dict.fromkeys(range(mention.start, mention.end), mention))
        return covering

    @cached_property
    def _by_head(self) -> dict[int, Mention]:
        return {m.head: m for m in sorted(self.all, key=lambda m: m.end - m.start)}

    def at(self, token: int) -> Mention | None:
        """The innermost mention that covers this token."""
        return self._by_token.get(token)

    def headed_by(self, token: int) -> Mention | None:
        """The widest mention whose head is this token."""
        return self._by_head.get(token)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that lie wholly within tokens start..end (exclusive)."""
        return tuple(m for m in self.all if m.start >= start and m.end <= end)


@dataclass(frozen=True)
class TimeExpression:
    """A date or duration in the text: characters start..end, TIMEX3 ``type`` and ``value`` (TimeML 1.2.1).

    ``value`` is resolved against the document's date where that is possible; `date` is the part of it that the record can
    carry (YYYY, YYYY-MM, YYYY-MM-DD, XXXX-MM-DD), else None (durations, seasons, PAST_REF).
    """

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    date: str | None = None
    rule: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: characters start..end of the text, tokens first..last (exclusive)."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Reading:
    """One document on its way through the stages."""

    document: Document
    tokens: Doc = field(default=None)
    paragraphs: tuple[Paragraph, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: Mentions = Mentions()
    dates: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    talks: tuple[Talks, ...] = ()
    claims: tuple[Claim, ...] = ()

    def with_layer(self, **layers: Any) -> Self:
        """This reading with the named layers set."""
        return replace(self, **layers)

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands between quotation marks."""
        return quotations(self.text)

    @cached_property
    def body_start(self) -> int:
        """The character at which the report itself begins: 0, or after a first line that is its headline."""
        leading = len(self.text) - len(self.text.lstrip("\ufeff \t\r\n\u00a0"))
        for title in (headline(self.text), self.document.title):
            after = leading + len(title or "")
            if title and self.text.startswith(title, leading) and not self.text[after : after + 1].strip():
                return after
        return 0

    @cached_property
    def body_token(self) -> int:
        """The first token of the report itself, after its headline."""
        return self.token_at(self.body_start) if self.body_start else 0

    @cached_property
    def _actor_by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    def actor(self, id: str) -> Actor:
        """The actor with this id. Raises ``KeyError`` if there is none."""
        return self._actor_by_id[id]

    def parties(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the sides that these actors speak for, each once, in order."""
        return tuple(dict.fromkeys(p for a in actors if (p := self.actor(a).party)))

    @cached_property
    def _token_starts(self) -> list[int]:
        starts: list[int] = self.tokens.to_array(["IDX"]).tolist()
        return starts

    def token_at(self, character: int) -> int:
        """The index of the token that covers this character, or of the last one that begins before it."""
        return max(0, bisect_right(self._token_starts, character) - 1)

    def tokens_between(self, start: int, end: int) -> tuple[int, int]:
        """The token range (first, last exclusive) that covers characters start..end."""
        return self.token_at(start), self.token_at(max(start, end - 1)) + 1

    @cached_property
    def _statement_characters(self) -> list[tuple[int, int, Statement]]:
        return sorted(((s.start, s.end, st) for st in self.statements for s in st.content), key=lambda x: x[1] - x[0])

    def statement_at(self, character: int) -> Statement | None:
        """The innermost statement whose content covers this character."""
        return next((st for start, end, st in self._statement_characters if start <= character < end), None)

    def voice_at(self, character: int) -> str:
        """The id of that statement, or "narrator" where there is none."""
        statement = self.statement_at(character)
        return statement.id if statement is not None else "narrator"

    def dates_between(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """Time expressions that lie within characters start..end."""
        return tuple(d for d in self.dates if d.start >= start and d.end <= end)
