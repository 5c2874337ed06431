"""All exceptions that Parley raises on purpose.

ParleyError
├── DocumentError    a document that cannot be read: names the file, the place and what to do
│   └── LanguageError  one that is not in English: names its language
├── KnowledgeError   a bad row in a knowledge table: names the table, the row and the problem
├── LedgerError      a ledger that cannot be opened, written or understood: says what to do
│   ├── MissingError      what is asked for is not in it
│   ├── StaleError        a decision on something that another person has decided on in the meantime
│   └── UnavailableError  one that does not answer, is in use, or has no room
└── ModelError       a model that is missing or does not fit this version
"""

from __future__ import annotations


class ParleyError(Exception):
    """Base of all errors that a caller can act on; its text is one clear sentence."""


class DocumentError(ParleyError):
    """A document that cannot be read."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source, self.problem = source, problem


class LanguageError(DocumentError):
    """A document in another language than English; `language` names it, or its script, or is "unknown"."""

    def __init__(self, source: str, problem: str, language: str) -> None:
        super().__init__(source, problem)
        self.language = language


class KnowledgeError(ParleyError):
    """A knowledge table with a bad row."""

    def __init__(self, table: str, key: str, problem: str) -> None:
        super().__init__(f"{table}: {key}: {problem}")
        self.table, self.key, self.problem = table, key, problem


class ModelError(ParleyError):
    """A model that cannot be loaded."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"model {name}: {problem}")
        self.name, self.problem = name, problem


class LedgerError(ParleyError):
    """A ledger that cannot be opened, read or written, or a question to it that names nothing in it."""


class MissingError(LedgerError):
    """A question that names nothing in the ledger, or not clearly what."""


class UnavailableError(LedgerError):
    """A ledger that does not answer, is in use, cannot be written or has no room: the same may go well later."""


class StaleError(LedgerError):
    """A decision on an entry that changed since the person who decides saw it."""
