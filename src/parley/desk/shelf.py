"""Pages that were made already, kept until the ledger changes: reading costs nothing the second time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

KEPT_BYTES = 64_000_000


@dataclass(frozen=True)
class Made:
    """The body of an answer, its type, its ETag, and the day of the state that it shows, where that is asked for."""

    body: bytes
    media: str
    tag: str
    day: str = ""

    @classmethod
    def of(cls, body: str | bytes, media: str, day: str = "") -> Made:
        """An answer with the tag that its bytes give."""
        data = body.encode("utf-8", "replace") if isinstance(body, str) else body
        return cls(data, media, f'"{sha256(data).hexdigest()[:24]}"', day)


class Shelf:
    """Answers by question, all of one state of the ledger; the oldest go where there are too many."""

    def __init__(self, stamp: Callable[[], str], *, kept: int = KEPT_BYTES) -> None:
        self._stamp, self._bytes, self._size = stamp, kept, 0
        self._lock = threading.Lock()
        self._state = ""
        self._made: OrderedDict[str, Made] = OrderedDict()

    def peek(self, question: str) -> Made | None:
        """The answer to a question, if it was made of the present state of the ledger."""
        state = self._stamp()
        with self._lock:
            return self._made.get(question) if state == self._state else None

    def get(self, question: str, make: Callable[[], Made]) -> Made:
        """The answer to a question, made now or, if the ledger is the same, before."""
        state = self._stamp()
        with self._lock:
            if state != self._state:
                self._made.clear()
                self._state, self._size = state, 0
            if (found := self._made.get(question)) is not None:
                self._made.move_to_end(question)
                return found
        made = make()
        with self._lock:
            # What was made while the ledger changed may be of the state before: it is given, not kept.
            if self._state == state == self._stamp() and len(made.body) < self._bytes and question not in self._made:
                self._made[question] = made
                self._size += len(made.body)
                while self._size > self._bytes:
                    self._size -= len(self._made.popitem(last=False)[1].body)
        return made
