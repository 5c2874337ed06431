"""Read a corpus of attributions in brat standoff: DIR/text/STEM.txt and DIR/attributions/STEM_ANNOTATOR.ann.

The layout is PolNeAR's. An annotation file holds text-bound entries (``T1<TAB>Source 0 5<TAB>...``) and one event for each
attribution (``E1<TAB>Attribution:T4 Content:T3 Cue:T2 Source:T1``). Several files for one text are several annotators.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Attribution:
    """One attribution: spans of characters; a source or a content may have several pieces."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class Article:
    """A text and one annotator's attributions of it."""

    stem: str
    text: str
    attributions: tuple[Attribution, ...]


def read_annotations(path: Path) -> tuple[Attribution, ...]:
    """The attributions of one annotation file that have a content."""
    bound: dict[str, Spans] = {}
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) >= 2 and " " in cells[1]:
            spans = cells[1].split(" ", 1)[1]
            bound[cells[0]] = tuple((int(a), int(b)) for a, b in (s.split() for s in spans.split(";")))
        elif line.startswith("E") and len(cells) >= 2:
            events.append(cells[1].split())
    found = []
    for event in events:
        roles: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for argument in event:
            role, _, target = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles and target in bound:
                roles[role] += bound[target]
        if roles["content"]:
            found.append(Attribution(*(tuple(sorted(roles[r])) for r in ("source", "cue", "content"))))
    return tuple(found)


def read_corpus(folder: Path, *, every_annotator: bool = False) -> list[Article]:
    """All articles of a corpus in the order of their names; the first annotator's version, or every annotator's."""
    articles = []
    for text_path in sorted((folder / "text").glob("*.txt")):
        files = sorted(p for p in (folder / "attributions").glob(f"{text_path.stem}_*.ann")
                       if p.stem.rsplit("_", 1)[0] == text_path.stem)  # fmt: skip
        with text_path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        for path in files if every_annotator else files[:1]:
            articles.append(Article(text_path.stem, text, read_annotations(path)))
    return articles
