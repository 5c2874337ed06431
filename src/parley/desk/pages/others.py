"""The processes, search, the brief, and adding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from parley.desk.adding import MAX_FILES, Job
from parley.desk.guard import MAX_UPLOAD
from parley.desk.pages.frame import Frame, frame_of, is_process
from parley.errors import LedgerError
from parley.ledger.brief import brief
from parley.ledger.days import shifted
from parley.ledger.search import search
from parley.ledger.view import ISSUES, View

HITS = 50
FOUND_KINDS = ("document", "statement", "position", "proposal", "talks", "claim")


@dataclass(frozen=True)
class HomePage:
    """The processes of the ledger."""

    frame: Frame
    processes: list[dict[str, Any]]
    outside: dict[str, Any] | None
    empty: bool
    sample: bool
    more: bool
    form_token: str


@dataclass(frozen=True)
class SearchPage:
    """What was asked for and what was found."""

    frame: Frame
    words: str
    kinds: tuple[str, ...]
    asked: dict[str, str]
    parties: list[str]
    processes: list[dict[str, Any]]
    hits: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    problem: str
    issues: tuple[str, ...] = ISSUES
    every_kind: tuple[str, ...] = FOUND_KINDS


@dataclass(frozen=True)
class Line:
    """A sentence of the brief with the numbers of its notes."""

    text: str
    notes: list[str]


@dataclass(frozen=True)
class BriefPage:
    """The brief, laid out, and as Markdown to paste."""

    frame: Frame
    since: str
    sections: list[tuple[str, list[Line]]]
    notes: list[tuple[str, str, str]]
    markdown: str
    intro: str
    problem: str = ""


@dataclass(frozen=True)
class AddPage:
    """Where files and texts are handed in."""

    frame: Frame
    form_token: str
    sample: bool
    problem: str = ""
    kept: dict[str, str] = field(default_factory=dict)
    max_files: int = MAX_FILES
    max_megabytes: int = MAX_UPLOAD // 1_000_000


@dataclass(frozen=True)
class JobPage:
    """How far a job is."""

    frame: Frame
    job: Job
    home: str


@dataclass(frozen=True)
class LoginPage:
    """Where the access token is given."""

    frame: Frame
    problem: str = ""


@dataclass(frozen=True)
class ProblemPage:
    """What went wrong, in one sentence."""

    frame: Frame
    problem: str
    back: str = "/"


def home_page(view: View, *, sample: bool, form_token: str) -> HomePage:
    """The processes with most documents first."""
    found = view.processes(201)
    some = [process for process in found if process["documents"]]
    return HomePage(
        Frame("Processes"),
        [p for p in some if is_process(p)][:200],
        next((p for p in some if not is_process(p)), None),
        not some,
        sample,
        len(found) > 200,
        form_token,
    )


def search_page(view: View, words: str, kinds: tuple[str, ...], asked: dict[str, str]) -> SearchPage:
    """Full-text search with filters. `asked` holds party, issue, publisher, since, until, process."""
    kinds = tuple(kind for kind in kinds if kind in FOUND_KINDS)
    problem, hits = "", []
    narrow = any(asked.get(key) for key in ("party", "issue", "since", "process"))
    if words.strip():
        try:
            found = search(
                view.connection,
                words,
                kinds=kinds,
                limit=400 if narrow else HITS,
                publisher=asked.get("publisher") or None,
                as_of=asked.get("until") or view.as_of,
            )
            hits = view.narrowed(found, party=asked.get("party", ""), issue=asked.get("issue", ""),
                                 since=asked.get("since", ""), process=asked.get("process", ""))[:HITS]  # fmt: skip
        except LedgerError as error:
            problem = str(error)
    processes = [process for process in view.processes(50) if is_process(process)]
    parties = sorted({party for process in processes for party in process["parties"]})
    return SearchPage(Frame("Search"), words, kinds, asked, parties, processes,
                      [{**hit, "pieces": _pieces(hit["excerpt"])} for hit in hits],
                      view.sources(hit["document"] for hit in hits), problem)  # fmt: skip


def _pieces(excerpt: str) -> list[tuple[str, bool]]:
    """An excerpt cut where the words found begin and end (True: found)."""
    parts = re.split(r"\[([^\[\]]*)\]", " ".join(excerpt.split()))
    return [(part, i % 2 == 1) for i, part in enumerate(parts) if part]


_MARK = re.compile(r"\[\^(\d+)\]")


def brief_page(view: View, process: dict[str, Any], since: str | None) -> BriefPage:
    """The cited briefing of a period; default: the last thirty days."""
    frame = frame_of(view, process, "brief", "Brief")
    since = since or shifted(frame.today, -30)
    try:
        markdown = brief(view, process, since)
    except LedgerError as error:
        return BriefPage(frame, since, [], [], "", "", str(error))
    sections: list[tuple[str, list[Line]]] = []
    notes, intro = [], ""
    for line in markdown.splitlines():
        if line.startswith("## "):
            sections.append((_plain(line[3:]), []))
        elif line.startswith("- ") and sections:
            sections[-1][1].append(Line(_plain(_MARK.sub("", line[2:])), _MARK.findall(line)))
        elif note := re.match(r"\[\^(\d+)\]: (.*?)(?: \(`([^`]*)`\))?$", line):
            notes.append((note[1], _plain(note[2]), note[3] or ""))
        elif line and not line.startswith("#") and not intro:
            intro = _plain(line)
    return BriefPage(frame, since, sections, notes, markdown, intro)


def _plain(markdown: str) -> str:
    """The text of a line of the brief, without its escapes."""
    return re.sub(r"\\([\\`*_\[\]<>#|])", r"\1", markdown)
