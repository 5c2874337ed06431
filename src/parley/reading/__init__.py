"""Reading turns one document into one record: a pure function of (document, knowledge, models)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import parley
from parley.documents import from_text
from parley.knowledge import Knowledge
from parley.models import DEFAULT_PARSER, Models
from parley.reading.actors import find_actors
from parley.reading.claims import find_claims
from parley.reading.dates import find_dates
from parley.reading.events import find_events
from parley.reading.layers import Reading
from parley.reading.parse import CHARACTERS, parse, parsed_together
from parley.reading.pipeline import checked
from parley.reading.positions import find_positions
from parley.reading.proposals import find_proposals
from parley.reading.statements import find_statements
from parley.reading.talks import find_talks
from parley.record import LISTS, Document, Record

if TYPE_CHECKING:
    from spacy.tokens import Doc

STAGES = checked(
    [parse, find_actors, find_dates, find_statements, find_events, find_positions, find_proposals, find_talks, find_claims]
)
"""The stages in order; each is one file of this folder, named after what it finds."""
KEPT = 1_000_000
"""Characters of the first reports whose words are kept, with how spaCy's tokenizer cut them (some 5 MB). The frequent words
of the language are among them, and so later reports are cut in a third of the time."""


class Reader:
    """Keeps knowledge and models loaded, to read many documents."""

    def __init__(self, *, knowledge: Path | str | None = None, parser: str = DEFAULT_PARSER) -> None:
        """Load the built-in knowledge, with the tables of the folder `knowledge` laid over it."""
        self.knowledge = Knowledge.load(Path(knowledge) if knowledge else None)
        self.models = Models(parser)
        self._kept = 0

    def reading(self, document: Document) -> Reading:
        """The document with all its layers: for those who build on the stages."""
        return self._staged(Reading(document))

    def _staged(self, reading: Reading) -> Reading:
        for step in STAGES:
            reading = step.run(reading, self.knowledge, self.models)
        return reading

    def read(self, text: str | Document, *, published: str | None = None, title: str | None = None,
             publisher: str | None = None, url: str | None = None) -> Record:  # fmt: skip
        """The record of one report. `published` is an ISO date, as exact as known; a headline stands in for a `title`.

        Raises ``DocumentError`` on a date that is none and on text that no encoding can hold.
        """
        document = text if isinstance(text, Document) else from_text(
            text, published=published, title=title, publisher=publisher, url=url)  # fmt: skip
        return self._records((document,))[0]

    def read_many(self, documents: Iterable[Document]) -> Iterator[Record]:
        """The records of many reports in order, the very ones that `read` gives, at less cost: they are parsed together.

        Some reports at a time are in memory. A report on which a stage fails ends the run with its exception.
        """
        for group in parsed_together(documents):
            yield from self._records(group)

    def _records(self, group: tuple[Document, ...]) -> list[Record]:
        """The records of reports that are parsed together."""
        parser = self.models.parser
        texts: list[str | Doc] = [document.text for document in group]
        if self._kept < KEPT and (characters := sum(map(len, texts))) <= CHARACTERS:
            texts = [parser.make_doc(document.text) for document in group]
            self._kept += characters
        # Words that are new from here on are forgotten with these reports: else an archive would fill the memory with them.
        with parser.memory_zone():
            # The dependency parser takes a quarter of the batch size at a time.
            tokens = list(parser.pipe(texts, batch_size=4 * len(group)))
            return [_record(self._staged(Reading(d, t))) for d, t in zip(group, tokens, strict=True)]


def _record(reading: Reading) -> Record:
    return Record(parley=parley.__version__, document=reading.document, **{n: getattr(reading, n) for n in LISTS})


def read(text: str, *, published: str | None = None, title: str | None = None, publisher: str | None = None,
         url: str | None = None) -> Record:  # fmt: skip
    """The record of one report, with a reader of its own. To read many, keep one `Reader`."""
    return Reader().read(text, published=published, title=title, publisher=publisher, url=url)
