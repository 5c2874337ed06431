"""The sample story: short reports of an invented process, so that a new desk has something to show."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_PLACES = (_HERE / "story", _HERE.parents[2] / "examples" / "story")
_KNOWLEDGE = (_HERE / "story-knowledge", _HERE.parents[2] / "examples" / "story-knowledge")
NAME = "the sample story"


def reports() -> Path | None:
    """The folder of its reports: in the installed package, or in the working tree; None if there is none."""
    return next((place for place in _PLACES if place.is_dir()), None)


def knowledge() -> Path | None:
    """The folder of its knowledge tables: who its invented states and people are."""
    return next((place for place in _KNOWLEDGE if place.is_dir()), None)
