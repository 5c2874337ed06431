"""Short reports of invented and of little-known conflicts, coded by hand, and how well the cast of each is read.

A file of casts/ is the report, then "=== said" with a line for each statement (speaker | party | its words, a gap in them
written " ... "), then "=== names" with names and the side that each stands for wherever it occurs. "-" is no side; several
sides are joined by ";". The newer reports go on with "=== talks", a line for each contact (who takes part | who helps | its
words). Files m* are there to learn from, files s* only to score.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from parley.reading import Reader
from parley.reading.layers import Reading
from parley.record import Actor, Document

FOLDER = Path(__file__).parent / "casts"


@dataclass(frozen=True)
class Cast:
    """A coded report."""

    id: str
    text: str
    said: tuple[tuple[str, frozenset[str], tuple[int, int]], ...]
    """Speaker, sides, and where the words stand."""
    names: tuple[tuple[str, frozenset[str]], ...]
    talks: tuple[tuple[frozenset[str], frozenset[str], tuple[int, int]], ...] | None
    """Who takes part, who helps, and where words that tell of it stand; ``None`` where talks are not coded."""


def sides(text: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in text.split(";")) - {"-", ""}


def cast_of(file: Path) -> Cast:
    """The coded report of a file. Raises ``ValueError`` where coded words do not stand in the report."""
    text, rest = file.read_text(encoding="utf-8").split("=== said\n")
    said, names = rest.split("=== names\n")
    names, _, talks = names.partition("=== talks\n")
    statements = []
    for line in said.strip().split("\n"):
        speaker, party, words = (cell.strip() for cell in line.split("|"))
        found = re.search(r".*?".join(map(re.escape, words.split(" ... "))), text, re.DOTALL)
        if found is None:
            raise ValueError(f"{file.name}: {words!r} does not stand in the report")
        statements.append((speaker, sides(party), found.span()))
    coded = []
    for line in names.strip().split("\n"):
        name, party = line.split(" = ")
        if name not in text:
            raise ValueError(f"{file.name}: {name!r} does not stand in the report")
        coded.append((name, sides(party)))
    contacts = []
    for line in talks.strip().split("\n") if talks else ():
        parties, helpers, words = (cell.strip() for cell in line.split("|"))
        if (at := text.find(words)) < 0:
            raise ValueError(f"{file.name}: {words!r} does not stand in the report")
        contacts.append((sides(parties), sides(helpers), (at, at + len(words))))
    return Cast(file.stem, text, tuple(statements), tuple(coded), tuple(contacts) if talks else None)


def score_casts(reader: Reader, half: str, misses: bool, folder: Path = FOLDER) -> None:
    total: Counter[str] = Counter()
    for file in sorted(folder.glob("*.txt")):
        if half and file.stem[0] not in half:
            continue
        cast = cast_of(file)
        tally = score_cast(reader, cast, misses)
        total.update(tally)
        if misses:
            print(cast.id, dict(tally))
    for part, whole in (
        ("found", "coded"), ("speaker", "coded"), ("party", "coded"), ("name", "names"), ("talks", "contacts"),
        ("taking part", "contacts"), ("helping", "contacts"),
    ):  # fmt: skip
        print(f"{part:12} {total[part]:4} of {total[whole]:4}  {total[part] / max(1, total[whole]):.3f}")
    print(f"{'beside':12} {total['read'] - total['found']:4} statements, {total['contacts read'] - total['talks']} talks "
          "read that are not coded")  # fmt: skip


def score_cast(reader: Reader, cast: Cast, misses: bool) -> Counter[str]:
    """How many statements are found, with the right speaker, with the right party; how many names have the right side."""
    reading, tally = reader.reading(Document(text=cast.text)), Counter[str]()
    actors = {a.id: a for a in reading.actors}
    tally["read"] = len(reading.statements)
    for speaker, party, (start, end) in cast.said:
        tally["coded"] += 1
        best, share = None, 0.5
        for statement in reading.statements:
            covered = set[int]().union(*(range(s.start, s.end) for s in statement.content))
            wanted = set(range(start, end))
            if (overlap := len(covered & wanted) / len(covered | wanted)) >= share:
                best, share = statement, overlap
        if best is None:
            if misses:
                print(f"  {cast.id}: not found: {cast.text[start:end]!r}")
            continue
        name = best.speaker_name or (actors[best.speaker].name if best.speaker in actors else "")
        right, side = same(speaker, name), sides(best.party or "") == party
        tally.update(found=1, speaker=right, party=side)
        if misses and not (right and side):
            coded = f"{speaker} [{'; '.join(sorted(party))}]"
            print(f"  {cast.id}: {coded} -> {name} [{best.party}]: {cast.text[start:end][:50]!r}")
    for words, party in cast.names:
        meant = stands_for(reading, words, cast.text)
        tally.update(names=1, name=meant == party)
        if misses and meant != party:
            print(f"  {cast.id}: name {words!r} -> {sorted(meant)}, not {sorted(party)}")
    if cast.talks is not None:
        tally.update(score_talks(reading, cast, misses))
    return tally


def score_talks(reading: Reading, cast: Cast, misses: bool) -> Counter[str]:
    """How many of the coded contacts are found, each once, with those who take part and those who help."""
    assert cast.talks is not None
    left, tally = list(reading.talks), Counter[str]({"contacts read": len(reading.talks)})
    for parties, helpers, (start, end) in cast.talks:
        tally["contacts"] += 1
        here = [t for t in left if t.evidence.start <= start and end <= t.evidence.end]
        like = [t for t in left if len(parties & named(t.participants)) > 1]
        found = max(here or like, key=lambda t: len(parties & named(t.participants)), default=None)
        if found is None:
            if misses:
                print(f"  {cast.id}: no talks: {cast.text[start:end]!r}")
            continue
        left.remove(found)
        took_part, helped = named(found.participants) == parties, named(found.mediators) == helpers
        tally.update({"talks": 1, "taking part": took_part, "helping": helped})
        if misses and not (took_part and helped):
            print(f"  {cast.id}: {cast.text[start:end]!r} -> {found.participants}, helped by {found.mediators}")
    if misses:
        for extra in left:
            print(f"  {cast.id}: beside: {extra.kind} {extra.status} {extra.participants}: {extra.evidence.quote[:90]!r}")
    return tally


def named(parties: tuple[str, ...]) -> frozenset[str]:
    """Parties as they are compared."""
    return frozenset(party.lower() for party in parties)


def same(coded: str, read: str) -> bool:
    """Whether two names are one speaker's: one holds all words of the other, or they end alike."""
    a, b = (re.findall(r"\w+", name.lower().removeprefix("the ")) for name in (coded, read))
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a) or a[-1] == b[-1])


def stands_for(reading: Reading, words: str, text: str) -> frozenset[str]:
    """The sides for which the words stand most often."""
    found: Counter[frozenset[str]] = Counter()
    for place in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        first, last = reading.tokens_between(*place.span())
        heads = [m for m in reading.mentions.all if first <= m.head < last]
        widest = max(heads, key=lambda m: m.end - m.start, default=None)
        actors: list[Actor] = [reading.actor(a) for a in widest.actors] if widest is not None else []
        found[frozenset(a.party.lower() for a in actors if a.party)] += 1
    return found.most_common(1)[0][0] if found else frozenset()
