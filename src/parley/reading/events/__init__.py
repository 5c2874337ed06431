"""Events: who does what to whom, by PLOVER, with CAMEO codes beside it."""

from __future__ import annotations

from parley.reading.events.relation import Relation, classify, classify_all
from parley.reading.events.stage import find_events

__all__ = ["Relation", "classify", "classify_all", "find_events"]
