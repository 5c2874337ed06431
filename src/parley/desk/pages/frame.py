"""What every page has around it: its title, the process it is of, and the day of its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from parley.ledger.process import OUTSIDE
from parley.ledger.view import View

SECTIONS = (("", "Where things stand"), ("timeline", "Timeline"), ("proposals", "Proposals"), ("talks", "Talks"),
            ("claims", "Claims"), ("actors", "Actors"), ("brief", "Brief"))  # fmt: skip
CONTESTED = ("", "proposals", "talks", "claims")
"""The parts of a process that can be narrowed to what is contested."""


@dataclass(frozen=True)
class Frame:
    """The head of a page. `section` is the part of the process that is shown, None outside processes."""

    title: str
    process: dict[str, Any] | None = None
    section: str | None = None
    as_of: str | None = None
    today: str = ""
    place: str = ""
    contested: bool = False
    chosen: dict[str, Any] = field(default_factory=dict)
    """What else the reader has chosen on this page, which stays when another day is looked at."""

    @property
    def sections(self) -> list[tuple[str, str, bool]]:
        """The parts of the process: address, name, whether it is this page."""
        return [(self.to(section), name, section == self.section) for section, name in SECTIONS]

    def to(self, section: str = "", **query: Any) -> str:
        """The address of a part of this process, as of the same day."""
        assert self.process is not None
        path = f"/p/{self.process['id']}" + (f"/{section}" if section else "")
        only = "contested" if self.contested and section in CONTESTED else None
        return address(path, **{"as_of": self.as_of, "only": only, **query})

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form for another day of this page brings along."""
        given = {"only": "contested" if self.contested else "", **self.chosen}
        several = ((name, value if isinstance(value, list | tuple) else [value]) for name, value in given.items())
        return [(name, one) for name, values in several for one in values if one]

    @property
    def latest(self) -> str:
        """The address of this page as of the latest day."""
        return self.to(self.section or "", as_of=None, **self.chosen)

    @property
    def slider(self) -> dict[str, Any] | None:
        """First and last day of the reports, and which day is shown, as numbers of days; None where there is no period."""
        first, last = (self.process or {}).get("first_report"), (self.process or {}).get("last_report")
        if not first or not last or first == last:
            return None
        start = date.fromisoformat(first)
        span = (date.fromisoformat(last) - start).days
        at = min(max((date.fromisoformat(self.as_of) - start).days, 0), span) if self.as_of else span
        return {"first": first, "last": last, "span": span, "at": at}


def address(path: str, **query: Any) -> str:
    """A path with those parts of a query that are not empty."""
    given = {key: value for key, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def frame_of(view: View, process: dict[str, Any], section: str, title: str, *, contested: bool = False, **chosen: Any
             ) -> Frame:  # fmt: skip
    """The frame of a page of a process; `contested` where only that is shown, `chosen` what else stays on other days."""
    # The slider goes over all reports that there are, not only over those known on the day shown.
    full = (View(view.connection).process(process["id"]) if view.as_of else None) or process
    last = full["last_report"]
    today = (min(view.as_of, last) if view.as_of and last else view.as_of or last) or view.today()
    return Frame(title, full, section, view.as_of, today, contested=contested, chosen=chosen)


def is_process(process: dict[str, Any]) -> bool:
    """Whether this is a process and not the heap of what belongs to none."""
    return bool(process["id"] != OUTSIDE)
