"""The stages of reading, in order. The order is checked when the module is loaded, before a line is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.layers import Reading

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

StageFunction = Callable[[Reading, "Knowledge", "Models"], Reading]


@dataclass(frozen=True)
class Stage:
    """A named step of reading: which layers it needs, which it gives, and the function that does it."""

    name: str
    needs: frozenset[str]
    gives: frozenset[str]
    run: StageFunction


def stage(name: str, *, needs: Iterable[str] = (), gives: Iterable[str]) -> Callable[[StageFunction], Stage]:
    """Declare a function as a stage, with the layers that it needs and gives."""
    return lambda function: Stage(name, frozenset(needs), frozenset(gives), function)


def checked(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """The stages, if each finds its needs given by an earlier one. Raises ``ValueError`` otherwise."""
    given, ordered = {"document"}, tuple(stages)
    for step in ordered:
        if missing := sorted(step.needs - given):
            raise ValueError(f"stage {step.name} needs {', '.join(missing)}, which no earlier stage gives")
        given |= step.gives
    return ordered
