"""The rows of the knowledge tables: one class a table, its fields the table's columns.

A column of type ``tuple[str, ...]`` is written with `;` between its values. Dates are as exact as known (YYYY, YYYY-MM,
YYYY-MM-DD); an empty `until` means that it still holds. Every row has a `source`: a publication, a codebook section, or
"common usage" where the row records how news English names a thing.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parley.record import ActorKind, PloverType, StatementAct

DateText = Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
Words = tuple[str, ...]


class Row(BaseModel):
    """A row of a table; empty cells fall back to the column's default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _from_cells(cls, cells: Any) -> Any:
        lists = _columns_of_words(cls)
        return {
            name: tuple(word for part in value.split(";") if (word := part.strip()))
            if name in lists and isinstance(value, str)
            else value
            for name, value in cells.items()
            if value != ""
        }

    @property
    def key(self) -> str:
        """What a row of a user's table must share with a built-in row to replace it: its first column."""
        return str(getattr(self, _first_column(type(self))))


@cache
def _columns_of_words(row_type: type[Row]) -> frozenset[str]:
    return frozenset(name for name, column in row_type.model_fields.items() if column.annotation == Words)


@cache
def _first_column(row_type: type[Row]) -> str:
    return next(name for name in row_type.model_fields if name != "source")


class State(Row):
    """A state or territory with its names; `name` is the plain common name that `party` uses."""

    name: str
    alpha3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    aliases: Words = ()
    demonyms: Words = ()
    """Adjectives and nouns for its people: "Ukrainian", "Dane"."""
    capitals: Words = ()
    """Cities that stand for the government: the capital, and former capitals where texts since 1990 use them."""
    seats: Words = ()
    """Seats of power that stand for the government: "Kremlin", "White House"."""
    from_: Annotated[DateText, Field(alias="from")] = ""
    until: DateText = ""
    wikidata: str | None = None


class Place(Row):
    """A region, an island or a city that is no capital, and the state in which it lies (the claimant's, by PLOVER)."""

    name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    adjectives: Words = ()
    """Adjectives and nouns for its people: "Scottish", "Gazans"."""


class Organisation(Row):
    """An intergovernmental or other organisation; `name` is the name that `party` uses."""

    name: str
    aliases: Words = ()
    kind: ActorKind = "organisation"
    country: str | None = None
    sector: str = "IGO"
    seats: Words = ()
    """Places that stand for it in some texts ("Brussels"), used only where nothing in the text says otherwise."""
    speaks_for: str = ""
    """The state or organisation whose body it is ("IDF": "Israel", "UNIFIL": "United Nations"): `party` prints that name.
    Empty where it is a party itself; for news media too, which speak for nobody."""
    wikidata: str | None = None


class Group(Row):
    """An armed group or a party to a conflict since 1990; `name` is the usual short name that `party` uses."""

    name: str
    aliases: Words = ()
    """Full names, other acronyms, and the words that texts use for its members ("Tamil Tigers")."""
    kind: ActorKind = "armed-group"
    country: str | None = None
    sector: str = "REB"
    from_: Annotated[DateText, Field(alias="from")] = ""
    until: DateText = ""
    wikidata: str | None = None


class Person(Row):
    """One office that a person held: a person with several offices has several rows."""

    name: str
    aliases: Words = ()
    """Other spellings and full forms: "Volodymyr Zelenskyy", "Zelenskiy"."""
    role: str
    party: str
    """The state, group or organisation that the person speaks for, by the name of its own table."""
    from_: Annotated[DateText, Field(alias="from")] = ""
    until: DateText = ""
    wikidata: str | None = None

    @property
    def key(self) -> str:
        return f"{self.name}/{self.role}/{self.party}/{self.from_}"


class Office(Row):
    """A title or office as it stands before or beside a name: "foreign minister", "chief negotiator"."""

    title: str
    role: str
    """The title as the record writes it: "Foreign Minister"."""
    sector: str = ""
    """Empty where the party decides it ("spokesman", "leader")."""
    head: bool = False
    """Whether the plain title with a country ("the Ukrainian president") names one person."""


class Agent(Row):
    """A common noun for an actor ("rebels", "spokesman", "court") with its kind and PLOVER sector."""

    noun: str
    """The singular, in lower case, where there is one ("rebel"); else the plural ("authorities")."""
    plural: str = ""
    """The plural ("gunmen"), the noun itself where it is one, empty where there is none."""
    kind: ActorKind
    sector: str = ""
    speaks_for_state: bool = False
    """Whether with a nationality ("Turkish officials") it speaks for that state."""
    unnamed_source: bool = False
    """Whether texts use it for sources that they do not name ("officials", "diplomats")."""


class Grouping(Row):
    """Words for several states, bodies or people at once: "Western nations", "the Gulf states", "the two Koreas"."""

    phrase: str
    """In lower case but for its names, without "the"; the plural."""
    kind: ActorKind
    party: str = ""
    """What `party` prints, where the phrase stands for one body ("EU leaders": European Union); empty where it does not."""
    members: Words = ()
    """Its members by the `name` of their own rows, where the phrase means just these; empty where it is open."""


class BodyNoun(Row):
    """A noun that, in a capitalised name, says what the named body is ("... Front", "... Brigades", "... Times")."""

    noun: str
    kind: ActorKind
    sector: str = ""


class Language(Row):
    """A language by its commonest small words: what the door compares a text with."""

    name: str
    words: Words


class NounClass(Row):
    """A named class of words that an issue's phrase may take: "captives" for what one releases, "forces", "weapons"."""

    name: str
    words: Words
    """Lemmas, lower case."""


class IssuePhrase(Row):
    """How news English names an issue of the PA-X tree, and which way the bare phrase points (DESIGN: the poles)."""

    words: str
    """Lemmas in order, with ``|`` between alternatives: "peace deal|accord"."""
    of: Words = ()
    """Classes one of whose words must stand with the phrase ("release" of captives); "actor" and "place" are built in."""
    issue: str
    """An issue of the record, or "none" where the words only look like one ("news conference")."""
    pole: Literal["for", "against"]
    needs: Literal["", "operator"] = ""
    """"operator" where the words alone want nothing and only "end", "continue" ... make them a stance ("attack")."""
    performed: str = ""
    """The position's act where a party does just this ("recognises": accepts); empty where that tells no stance."""

    @property
    def key(self) -> str:
        return f"{self.words}/{';'.join(self.of)}"


class Operator(Row):
    """A word that keeps or turns what it governs: "resume" talks keeps the pole, "lift" sanctions turns it."""

    words: str
    pos: Literal["verb", "noun"]
    effect: Literal["keeps", "ends"]
    performed: str = ""
    """The position's act where a party has done it ("suspended the talks": rejects); empty where that tells no stance."""

    @property
    def key(self) -> str:
        return f"{self.words}/{self.pos}"


class Act(Row):
    """A word by which a party takes a position: wants or refuses what it governs."""

    words: str
    pos: Literal["verb", "noun", "adjective"]
    sign: Literal["wants", "refuses"]
    act: Literal["proposes", "demands", "offers", "accepts", "rejects", "calls-for"]

    @property
    def key(self) -> str:
        return f"{self.words}/{self.pos}"


class TimeWord(Row):
    """A word or phrase of dates and durations; `value` is its number, or its part of a TIMEX3 value (TimeML 1.2.1)."""

    word: str
    kind: str
    """What the grammar of dates takes it for: a key of `reading.dates.lexemes.LETTERS`."""
    value: str = ""
    needs_cue: bool = False
    """Whether it is a word of time only beside another one ("May 3", but "may")."""


class Cue(Row):
    """A word or phrase that reports speech or thought (by lemma), and the act that it reports."""

    words: str
    pos: Literal["verb", "noun", "phrase"]
    act: StatementAct
    denies: bool = False
    """Whether it denies another's claim."""
    needs: Literal["", "quote", "never"] = ""
    """``quote``: no statement without quoted words or a clause ("condemned the attack"); ``never``: nobody's statement."""

    @property
    def key(self) -> str:
        return f"{self.words}/{self.pos}"


class Conflict(Row):
    """A conflict or dispute since 1990 that is negotiated about: its parties, who has mediated, and its period."""

    name: str
    parties: Words
    """Names as `party` has them; a group may stand under several spellings."""
    mediators: Words = ()
    from_: Annotated[DateText, Field(alias="from")] = ""
    until: DateText = ""


class EventWord(Row):
    """A verb or noun that reports an event (by lemma), with its PLOVER type, mode and CAMEO code."""

    word: str
    """A lemma, or a lemma with its particle or preposition: "attack", "call on", "air strike"."""
    part: Literal["verb", "noun"]
    objects: Words = ()
    """Lemmas of which one must stand among its objects: "impose" with "sanction"; empty where it needs none."""
    type: PloverType
    mode: str = ""
    cameo: Annotated[str, Field(pattern=r"^\d{3,4}$")]

    @property
    def key(self) -> str:
        return f"{self.word}/{self.part}/{';'.join(self.objects)}/{self.type}"


class EventCode(Row):
    """A CAMEO code with its PLOVER type, mode and context."""

    code: Annotated[str, Field(pattern=r"^\d{3,4}$")]
    type: PloverType
    mode: str = ""
    context: str = ""
    name: str
    agreed: str = ""
    """The code of agreeing to do this; the next three are those of asking for it, refusing it and threatening it."""
    requested: str = ""
    rejected: str = ""
    threatened: str = ""


class Setting(Row):
    """Words that name an occasion on which things are said ("news conference"), and the record's name for it."""

    words: str
    setting: str


class TalksWord(Row):
    """A word beside or for a contact between parties; `role` says which, `value` what it tells (see ``reading.talks``)."""

    word: str
    role: Literal["noun", "verb", "act", "head", "adjective", "other", "outcome", "mediator", "level", "not"]
    value: str = ""

    @property
    def key(self) -> str:
        return f"{self.word}/{self.role}/{self.value}"
