"""How the answers of the ledger look in a terminal: tables and short lists, made for reading."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from parley.ledger.sentences import listed, sentence

_SIGNS = {"supports": ("▲ supports", "green"), "opposes": ("▼ opposes", "red"), "conditional": ("◆ conditional", "yellow"),
          "unknown": ("· as told by others", "dim")}  # fmt: skip


def _console() -> Console:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160, soft_wrap=False)


def processes(found: Sequence[dict[str, Any]]) -> None:
    """All processes with their period and size."""
    table = Table("process", "parties", "documents", "first report", "last report", "id")
    for process in found:
        table.add_row(escape(process["name"]), escape(listed(process["parties"][:4])), f"{process['documents']:,}",
                      process["first_report"] or "", process["last_report"] or "", process["id"])  # fmt: skip
    _console().print(table)


def matrix(process: dict[str, Any], cells: dict[str, dict[str, dict[str, Any]]], today: str) -> None:
    """The matrix of issues and parties: stance, since when, accounts, and what to be careful about."""
    parties = list(cells)[:6]
    issues = list(dict.fromkeys(issue for party in cells.values() for issue in party))
    table = Table("issue", *(escape(party) for party in parties),
        title=f"{escape(process['name'])}, as of {today or 'unknown'}",
                  show_lines=True)  # fmt: skip
    for issue in issues:
        table.add_row(issue, *(_cell(cells[party].get(issue)) for party in parties))
    console = _console()
    console.print(table)
    if more := list(cells)[6:]:
        console.print(f"and {escape(listed(more[:20]))}: parley positions PARTY")


def _cell(cell: dict[str, Any] | None) -> Text:
    if cell is None:
        return Text("")
    sign, style = _SIGNS[cell["stance"]]
    text = Text(sign, style=style)
    if cell["since"]:
        text.append(f"\nsince {cell['since']}", style="default")
    if cell["change"]:
        text.append(f"\n{cell['change']}: {cell['before']} before", style="bold magenta")
    if cell["condition"]:
        text.append(f"\nif: {cell['condition'][:60]}", style="italic")
    if cell["accounts"]:
        least = "at least " if cell["at_least"] else ""
        text.append(f"\n{least}{cell['accounts']} account{'s' if cell['accounts'] > 1 else ''}", style="dim")
    if cell["ambiguous"]:
        text.append("\nambiguous: contradicting words", style="bold yellow")
    if cell["silent"]:
        text.append(f"\nsilent for {cell['silent']} days", style="dim")
    for told in cell["told_by"][:2]:
        text.append(f"\n{told['teller']} says: {told['stance']}", style="dim italic")
    return text


def gap(process: dict[str, Any], between: tuple[str, str], found: dict[str, list[dict[str, Any]]]) -> None:
    """The map of the gap between two parties."""
    table = Table("", "issue", *map(escape, between), title=escape(process["name"]))
    for kind in ("agreed", "contested", "one-sided"):
        for item in found[kind]:
            table.add_row(kind, item["issue"], *(_cell(item[party]) for party in between))
    console = _console()
    console.print(table)
    console.print(f"unaddressed by both: {', '.join(item['issue'] for item in found['unaddressed'])}")


def timeline(moments: Sequence[dict[str, Any]]) -> None:
    """Dated changes, the latest first."""
    table = Table("day", "what", "accounts", "words", "id")
    for moment in moments:
        quote = moment["quotes"][0] if moment["quotes"] else {"quote": "", "entry": ""}
        table.add_row(moment["day"], escape(sentence(moment)), str(moment.get("accounts", "")), _short(quote["quote"]),
                      quote["entry"])  # fmt: skip
    _console().print(table)


def _short(words: str, limit: int = 90) -> str:
    words = " ".join(words.split())
    return escape(f"“{words if len(words) <= limit else words[:limit].rsplit(' ', 1)[0] + ' …'}”")


def _say(lines: Iterable[str]) -> None:
    console = _console()
    for line in lines:
        console.print(line, soft_wrap=True)


def talks(found: Sequence[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> None:
    """Merged talks with every account."""
    for of in found:
        about = {**of, "kind": "talks", "kind_of_talks": of["kind"]}
        lines = [f"[bold]{of['day']}[/bold] {escape(sentence(about))}  [dim]{of['id']}[/dim]",
                 f"  {len(of['accounts'])} independent account(s)"]  # fmt: skip
        for told in of["told"]:
            source = sources.get(told["document"], {})
            says = ", ".join(
                str(told[f]) for f in ("date", "place", "status", "outcome") if told[f] and told[f] != "unknown"
            )
            lines.append(f"  - {escape(str(source.get('publisher') or 'unknown'))}, {told['day']}: {escape(says)} "
                         f"{_short(told['quote'])} [dim]{told['entry']}[/dim]")  # fmt: skip
        _say(lines)


def proposals(found: Sequence[dict[str, Any]]) -> None:
    """Proposals with the life of each term."""
    for package in found:
        to = f" to {escape(listed(package['to']))}" if package["to"] else ""
        lines = [f"[bold]{package['day']}[/bold] proposal by {escape(listed(package['by']) or 'an unnamed side')}{to}"]
        for term in package["terms"]:
            lines.append(
                f"  [bold]{term['issue']}[/bold] {_short(term['object'])}: {term['status']}  [dim]{term['id']}[/dim]"
            )
            for step in term["steps"]:
                quote = _short(step["quotes"][0]["quote"]) if step["quotes"] else ""
                basis = f" [{escape(step['basis'])}]" if step["basis"] else ""
                lines.append(f"    {step['day']} {step['status']}{basis} ({step['accounts']} account(s)) {quote}")
            for refused in term["refused"]:
                lines.append(f"    {refused['day']} not taken: {refused['status']}, because {escape(refused['reason'])} "
                             f"{_short(refused['quote'])}")  # fmt: skip
            if term["ends"]:
                lines.append(f"    its term ends by itself on {term['ends']}")
        _say(lines)


def claims(found: Sequence[dict[str, Any]]) -> None:
    """Claims with those who assert and deny them."""
    for claim in found:
        lines = [f"[bold]{claim['status']}[/bold] {_short(claim['text'], 160)}  [dim]{claim['id']}[/dim]"]
        for side, verb in (("asserted_by", "asserted"), ("denied_by", "denied")):
            for party, told in claim[side].items():
                again = ", which confirms it" if side == "asserted_by" and party in claim["confirmed_by"] else ""
                quote = _short(told["quotes"][0]["quote"]) if told["quotes"] else ""
                lines.append(
                    f"  {verb} by {escape(party)}{again} since {told['since']} ({told['accounts']} account(s)) {quote}"
                )
        _say(lines)


def positions(found: Sequence[dict[str, Any]]) -> None:
    """A party's stances over time."""
    for cell in found:
        now = cell["now"]
        lines = [f"[bold]{escape(cell['party'])} on {cell['issue']}[/bold] ({cell['process']})"]
        if now["stance"] != "unknown":
            lines.append(
                f"  now {now['stance']} since {now['since'] or 'unknown'}, last said {now['last_said'] or 'unknown'}"
            )
        if now["silent"]:
            lines.append(f"  silent for {now['silent']} days")
        if now["ambiguous"]:
            lines.append("  ambiguous: " + " / ".join(_short(q["quote"]) for q in now["ambiguous"]))
        for run in cell["course"]:
            change = f" ({run['change']})" if run["change"] else ""
            lines.append(f"  {run['since']} to {run['until']}: {run['stance']}{change}, {run['accounts']} account(s)")
            lines += [f"    {q['day']} {_short(q['quote'])} [dim]{q['entry']}[/dim]" for q in run["quotes"][:8]]
        lines += [f"  as {escape(told['teller'])} tells it on {told['day']}: {told['stance']} {_short(told['quote'])}"
                  for told in now["told_by"]]  # fmt: skip
        _say(lines)


def actors(found: Sequence[dict[str, Any]]) -> None:
    """Who speaks for whom."""
    table = Table("name", "role", "for", "from", "to", "documents", "words")
    for of in found:
        role = ("former " if of["former"] else "") + of["role"]
        table.add_row(escape(of["names"][0]), escape(role), escape(of["party"]), of["from"], of["to"],
            f"{of['documents']:,}",
                      _short(of["quote"], 50))  # fmt: skip
    _console().print(table)


def hits(found: Sequence[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> None:
    """Where words stand."""
    lines = []
    for hit in found:
        source = sources.get(hit["document"], {})
        lines.append(
            f"[bold]{hit['kind']}[/bold] {hit['day']} {escape(str(source.get('publisher') or ''))} [dim]{hit['id']}[/dim]"
        )
        lines.append(f"  {escape(' '.join(hit['excerpt'].split()))}")
    _say(lines or ["nothing found"])


def one(found: dict[str, Any]) -> None:
    """One thing with all that is known of it."""
    lines = [f"[bold]{found['what']}[/bold] {found['id']}"]
    if found["what"] == "document":
        keys = ("title", "publisher", "published", "date_method", "date_reliability", "updated", "url", "version", "until",
                "processes", "found_at")  # fmt: skip
        lines += [f"{key}: {escape(str(found[key]))}" for key in keys if found[key]]
        lines += [f"versions: {', '.join(found['versions'])}", f"copies of one account: {', '.join(found['copies'])}", ""]
        lines += [escape(found["text"]), ""]
        lines += [f"[dim]{e['id']}[/dim] {e['list']} {e['status']}" for e in found["entries"]]
    else:
        shown = {k: v for k, v in found.items() if k not in ("what", "id")}
        lines += [line for key, value in shown.items() for line in _field(key, value, 0)]
    _say(lines)


def _field(key: str, value: Any, depth: int) -> Iterable[str]:
    pad = "  " * depth
    if isinstance(value, dict) and value:
        yield f"{pad}{key}:"
        for name, inner in value.items():
            yield from _field(str(name), inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for number, inner in enumerate(value, 1):
            yield from _field(f"{key} {number}", inner, depth)
    elif value not in (None, "", [], {}):
        yield f"{pad}{key}: {escape(str(value))}"


def history(found: Sequence[dict[str, Any]]) -> None:
    """What happened to an entry, in order."""
    lines = []
    for step in found:
        if step["what"] == "reading":
            rule = f" ({step['made_by']['stage']}: {step['made_by']['rule']})" if step["made_by"] else ""
            says = "no such entry" if step["says"] is None else ", ".join(f"{k}={v}" for k, v in step["says"].items() if v)
            lines.append(f"reading {step['number']} by Parley {step['parley']}{rule}: {escape(says)}")
        else:
            changes = ", ".join(f"{k}={v}" for k, v in step["changes"].items())
            because = f": {escape(step['reason'])}" if step["reason"] else ""
            what = " ".join(part for part in (step["verdict"], escape(changes)) if part)
            lines.append(f"{step['at']} {what} by {escape(step['by'])}{because}")
    _say(lines)


def figures(found: dict[str, Any]) -> None:
    """Precision and agreement from review."""
    table = Table("list", "reviewed", "right", "corrected", "precision", "95 % interval")
    for name, of in found["lists"].items():
        table.add_row(name, str(of["reviewed"]), str(of["right"]), str(of["corrected"]), f"{of['precision']:.3f}",
                      f"{of['low']:.3f} to {of['high']:.3f}")  # fmt: skip
    alpha = "not known" if found["alpha"] is None else f"{found['alpha']:.3f}"
    console = _console()
    console.print(table)
    console.print(f"reviewers: {escape(listed(found['reviewers'])) or 'none'}; entries that several reviewed: "
                  f"{found['reviewed_by_several']}; Krippendorff's alpha: {alpha}; "
                  f"decisions to look at: {found['flagged']}")  # fmt: skip
