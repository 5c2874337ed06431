"""The briefing: what changed since a day, as Markdown, each sentence cited to its quotation and source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parley.errors import LedgerError
from parley.ledger.sentences import ISSUE_NAMES, day_name, listed, sentence
from parley.ledger.view import View

_SECTIONS = (
    ("Changed positions", ("reversal", "shift")),
    ("Proposals", ("proposal",)),
    ("Talks", ("talks",)),
    ("First words on an issue", ("position",)),
    ("Contested and confirmed claims", ("claim", "denial", "confirmation")),
)


def brief(view: View, process: dict[str, Any], since: str) -> str:
    """What became known of a process after a day. Raises ``LedgerError`` if the day lies after that of the view."""
    today = view.today()
    if today and since > today:
        raise LedgerError(f"nothing can have changed since {since}: the last report is of {today}")
    moments = view.changes(process["id"], since)
    notes = _Notes(view, moments)
    lines = [
        f"# {process['name']}",
        "",
        f"What became known from {day_name(since)} (not included) to {day_name(today)}.",
        "",
    ]
    for title, kinds in _SECTIONS:
        of = [moment for moment in moments if moment["kind"] in kinds]
        if of:
            lines += [f"## {title}", "", *(notes.line(moment) for moment in of), ""]
    if not moments:
        lines += ["Nothing new was reported.", ""]
    lines += _gap(view, process)
    return "\n".join([*lines, *notes.listed()]).rstrip() + "\n"


class _Notes:
    """Footnotes: one for each quotation, numbered as they are first cited."""

    def __init__(self, view: View, moments: Sequence[dict[str, Any]]) -> None:
        self._sources = view.sources(quote["document"] for moment in moments for quote in moment["quotes"])
        self._numbers: dict[str, tuple[int, dict[str, Any]]] = {}

    def line(self, moment: dict[str, Any]) -> str:
        """A moment as a line of a list, with its citations."""
        marks = "".join(f"[^{self._number(quote)}]" for quote in moment["quotes"][:3])
        accounts = moment.get("accounts", 1)
        carried = f" ({accounts} independent accounts)" if accounts > 1 else ""
        return f"- {day_name(moment['day'])}: {_escaped(sentence(moment))}{carried}.{marks}"

    def _number(self, quote: dict[str, Any]) -> int:
        number, _ = self._numbers.setdefault(quote["entry"], (len(self._numbers) + 1, quote))
        return number

    def listed(self) -> list[str]:
        """The footnotes themselves."""
        return [f"[^{number}]: “{_escaped(' '.join(quote['quote'].split()))}” — {self._source(quote)}"
                for number, quote in self._numbers.values()]  # fmt: skip

    def _source(self, quote: dict[str, Any]) -> str:
        source = self._sources.get(quote["document"], {})
        parts = [source.get("publisher"), source.get("title"), source.get("published"), source.get("url")]
        return _escaped(", ".join(str(part) for part in parts if part)) + f" (`{quote['entry']}`)"


def _gap(view: View, process: dict[str, Any]) -> list[str]:
    """Where the two parties with most positions stand to each other."""
    named = [party for party in view.matrix(process["id"]) if party in process["parties"]][:2]
    if len(named) < 2:
        return []
    gap = view.gap(process["id"], *named)
    lines = [f"## Between {listed(named)}", ""]
    for kind in ("agreed", "contested", "one-sided"):
        if gap[kind]:
            lines.append(f"- {kind}: {'; '.join(_cell(item, named) for item in gap[kind])}")
    return [*lines, ""] if len(lines) > 2 else []


def _cell(item: dict[str, Any], named: list[str]) -> str:
    stands = [f"{party} {item[party]['stance']} since {item[party]['since'] or 'unknown'}" for party in named if item[party]]
    return f"{ISSUE_NAMES[item['issue']]} ({', '.join(stands)})"


def _escaped(text: str) -> str:
    """Text in which Markdown sees no marks: quotations are pasted as they are."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
