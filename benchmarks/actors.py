#!/usr/bin/env python3
"""Measure the actors stage: actors.py [--casts] [--swap PATH] [--gold PATH] [--half abc|def] [--cameo FILE] [--polnear PATH]
[--misses].

--casts     short reports of invented and of little-known conflicts, written and coded for this project (casts/): how many of
            the coded statements are found, with their speaker and party, and how many of the coded names stand for the right
            side. With --half m those that rules may be mended on, with --half s those that only score.
--swap      PATH holds coded articles as for --gold. Each is read as it stands and with invented names for all states, groups
            and persons of the tables (name_swap.py): how far the figures fall is how far reading leans on known names.
--gold      PATH holds articles/, gold/ and score.py. For each coded statement with a cue, the subject of the cue's verb is
            looked up among the mentions: is its actor the coded speaker, and is its side the coded party? Beside it: whether
            any mention in the sentences of cue and content stands for that speaker; and how many of the coded participants
            and parties are among the sides of the actors.
--cameo     FILE has a word and its tag (B-S, I-S, B-T, I-T, O) a line: how many of the marked sources and targets hold a
            mention's head.
--polnear   PATH holds text/*.txt and attributions/*.ann: how many of the sources hold a mention's head; pronouns apart.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from casts import score_casts
from name_swap import Swap, swap_of, swapped

from parley.reading import Reader
from parley.reading.actors import find_actors
from parley.reading.layers import Mention, Reading
from parley.reading.parse import parse
from parley.record import Document

Tally = Counter[str]


def module_of(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(reader: Reader, text: str, published: str | None = None) -> Reading:
    reading = parse.run(Reading(Document(text=text, published=published)), reader.knowledge, reader.models)
    return find_actors.run(reading, reader.knowledge, reader.models)


def nearest(text: str, quote: str, to: int) -> int:
    """Where the quote stands nearest to a place, -1 if nowhere."""
    places = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(quote), text)]
    return min(places, key=lambda p: abs(p - to), default=-1)


def subject_of(reading: Reading, token: int) -> int | None:
    """The token that is the subject of the verb or noun at `token`, over participles and coordination."""
    doc = reading.tokens
    word = doc[token]
    for _ in range(6):
        if word.lower_ in ("according", "to") and word.dep_ in ("prep", "pcomp", "advmod"):
            below = [t for t in word.subtree if t.dep_ == "pobj"]
            return below[0].i if below else None
        found = [t for t in word.children if t.dep_ in ("nsubj", "nsubjpass", "agent")]
        if found and found[0].dep_ == "agent":
            return next((t.i for t in found[0].children if t.dep_ == "pobj"), None)
        if found and found[0].tag_ in ("WP", "WDT") and word.dep_ == "relcl":
            return int(word.head.i)
        if found:
            return int(found[0].i)
        owner = [t for t in word.children if t.dep_ in ("poss", "compound", "amod") and t.pos_ != "PUNCT"]
        if word.pos_ == "NOUN" and owner:
            return int(owner[0].i)
        if word.head.i == word.i:
            return None
        word = word.head
    return None


def named(reading: Reading, mention: Mention | None) -> tuple[str, str]:
    """The name and the parties of a mention's actors, as the record would print them."""
    if mention is None:
        return "", ""
    doc = reading.tokens
    actors = [reading.actor(a) for a in mention.actors]
    name = actors[0].name if len(actors) == 1 else doc[mention.start : mention.end].text
    return name, "; ".join(dict.fromkeys(a.party for a in actors if a.party))


def score_gold(reader: Reader, folder: Path, half: str, misses: bool) -> None:
    scorer, total = module_of(folder / "score.py"), Counter[str]()
    for file in sorted((folder / "gold").glob("*.json")):
        if half and file.stem[0] not in half:
            continue
        gold = json.loads(file.read_text())
        reading = read(reader, (folder / "articles" / f"{file.stem}.txt").read_text(), gold["published"])
        tally = score_article(scorer, reading, gold, misses, file.stem)
        total.update(tally)
        if misses:
            print(file.stem, dict(tally))
    for part, whole in (
        ("speaker", "statement"), ("party", "statement"), ("speaker near", "near"), ("party near", "near"),
        ("participant found", "participant"), ("position found", "position"),
    ):  # fmt: skip
        print(f"{part:18} {total[part]:4} of {total[whole]:4}  {total[part] / max(1, total[whole]):.3f}")


def score_article(scorer: Any, reading: Reading, gold: dict[str, Any], misses: bool, id: str) -> Tally:
    tally: Tally = Counter()
    text = reading.text

    def parties(value: str | None) -> set[str]:
        return {scorer.norm(x) for x in (value or "").split(";")} - {""}

    for statement in gold["statements"]:
        at = text.find(statement["content"])
        if at < 0:
            continue
        end = at + len(statement["content"])
        first, last = reading.tokens_between(at, end)
        sentence_start, sentence_end = reading.tokens[first].sent.start, reading.tokens[last - 1].sent.end
        tally["near"] += 1
        near = [m for m in reading.mentions.all if sentence_start - 3 <= m.start and m.end <= sentence_end + 25]
        matching = [m for m in near if scorer.same_person(statement["speaker"], named(reading, m)[0])]
        tally["speaker near"] += bool(matching)
        tally["party near"] += any(parties(named(reading, m)[1]) == parties(statement["party"]) for m in matching)
        if not statement["cue"] or (cue := nearest(text, statement["cue"], at)) < 0:
            continue
        tally["statement"] += 1
        subject = subject_of(reading, reading.token_at(cue))
        mention = None if subject is None else reading.mentions.headed_by(subject) or reading.mentions.at(subject)
        name, party = named(reading, mention)
        right = scorer.same_person(statement["speaker"], name)
        words = "" if mention is None else reading.tokens[mention.start : mention.end].text
        if not right and words:
            right = scorer.same_person(statement["speaker"], words)
        side = parties(party) == parties(statement["party"])
        tally["speaker"] += right
        tally["party"] += side
        if misses and not (right and side):
            print(f"  {id}: {statement['speaker']} [{statement['party']}] {statement['cue']}: {words!r} -> {name} [{party}]")
    sides = {scorer.norm(a.party) for a in reading.actors if a.party}
    for kind, wanted in (
        ("participant", {scorer.norm(x) for t in gold["talks"] for x in t["participants"] + t["mediators"]}),
        ("position", {scorer.norm(p["party"]) for p in gold["positions"]}),
    ):
        tally[kind] += len(wanted)
        tally[f"{kind} found"] += len(wanted & sides)
        if misses and wanted - sides:
            print(f"  {id}: {kind} not found: {sorted(wanted - sides)}")
    return tally


def score_cameo(reader: Reader, file: Path, misses: bool, limit: int = 1500) -> None:
    blocks = [block.split("\n") for block in file.read_text().strip().split("\n\n")][:limit]
    tally: Tally = Counter()
    for block in blocks:
        pairs = [line.rsplit(" ", 1) for line in block if line.strip()]
        text, marked = "", list[tuple[int, int, str]]()
        for word, tag in pairs:
            start = len(text)
            text += word + " "
            if tag.startswith("B"):
                marked.append((start, start + len(word), tag[-1]))
            elif tag.startswith("I") and marked:
                marked[-1] = (marked[-1][0], start + len(word), marked[-1][2])
        reading = read(reader, text)
        heads = [reading.tokens[m.head].idx for m in reading.mentions.all]
        for start, end, role in marked:
            hit = any(start <= h < end for h in heads)
            tally[role] += 1
            tally[role + " held"] += hit
            if misses and not hit:
                print(f"  {role}: {text[start:end]!r} in {text[:160]}")
    for role, name in (("S", "sources"), ("T", "targets")):
        print(f"{name:18} {tally[role + ' held']:4} of {tally[role]:4}  {tally[role + ' held'] / max(1, tally[role]):.3f}")


def sources_of(file: Path) -> list[tuple[int, int]]:
    """The spans of the sources of a brat file, whole (first to last character)."""
    spans: dict[str, tuple[int, int]] = {}
    used: dict[str, None] = {}
    for line in file.read_text(encoding="utf-8").split("\n"):
        parts = line.split("\t")
        if line.startswith("T") and len(parts) > 1:
            numbers = [int(n) for n in re.findall(r"\d+", parts[1].split(" ", 1)[1])]
            spans[parts[0]] = (min(numbers), max(numbers))
        elif line.startswith("E") and len(parts) > 1:
            used.update((t, None) for r, t in (a.split(":") for a in parts[1].split()) if r.lower().startswith("source"))
    return list(dict.fromkeys(spans[t] for t in used if t in spans))


def score_polnear(reader: Reader, folder: Path, misses: bool) -> None:
    tally: Tally = Counter()
    for file in sorted((folder / "text").glob("*.txt")):
        annotated = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        if not annotated:
            continue
        text = file.read_bytes().decode("utf-8")
        reading = read(reader, text)
        heads = [reading.tokens[m.head].idx for m in reading.mentions.all]
        for start, end in sources_of(annotated[0]):
            kind = "pronoun" if text[start:end].lower() in ("he", "she", "they", "it", "his", "her", "their") else "other"
            hit = any(start <= h < end for h in heads)
            tally[kind] += 1
            tally[kind + " held"] += hit
            if misses and not hit:
                print(f"  {text[start:end]!r} in {text[max(0, start - 60) : end + 60]!r}")
    for kind in ("other", "pronoun"):
        print(f"{kind:18} {tally[kind + ' held']:4} of {tally[kind]:4}  {tally[kind + ' held'] / max(1, tally[kind]):.3f}")


def score_swap(reader: Reader, folder: Path, half: str, rounds: int) -> None:
    """Figures of whole readings of the articles as they stand, and with invented names (the mean of several exchanges)."""
    scorer, sums = module_of(folder / "score.py"), dict[tuple[str, str], list[int]]()
    known = dict(scorer.ALIAS)
    for file in sorted((folder / "gold").glob("*.json")):
        if half and file.stem[0] not in half:
            continue
        gold, text = json.loads(file.read_text()), (folder / "articles" / f"{file.stem}.txt").read_text()
        for round in range(rounds + 1):
            swap = swap_of(reader, text, sum(map(ord, file.stem)) + 7 * round) if round else Swap()
            scorer.ALIAS = known | {scorer.norm(form): scorer.norm(name) for form, name in swap.aliases.items()}
            record = reader.read(swap(text), published=gold["published"]).model_dump(mode="json")
            counts = scorer.one(swap(text), swapped(gold, swap, scorer.norm) if round else gold, record)
            scorer.ALIAS = known
            for measure, triple in counts.items():
                row = sums.setdefault((measure, "swapped" if round else "plain"), [0, 0, 0])
                row[:] = [a + b for a, b in zip(row, triple, strict=True)]
    print(f"{'F1':24} {'plain':>7} {'swapped':>8} {'fall':>6}")
    for measure in ("statement", "statement+speaker", "statement+party", "position", "position party+issue", "talks"):
        plain, other = (2 * m / max(1, g + p) for m, g, p in (sums[measure, "plain"], sums[measure, "swapped"]))
        print(f"{measure:24} {plain:7.3f} {other:8.3f} {plain - other:6.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--gold", "--cameo", "--polnear", "--swap"):
        arguments.add_argument(name, type=Path)
    arguments.add_argument("--half", default="")
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--casts", action="store_true")
    arguments.add_argument("--rounds", type=int, default=2, help="how many exchanges of names for each article")
    chosen, reader = arguments.parse_args(), Reader()
    if chosen.casts:
        score_casts(reader, chosen.half, chosen.misses)
    if chosen.swap:
        score_swap(reader, chosen.swap, chosen.half, chosen.rounds)
    if chosen.gold:
        score_gold(reader, chosen.gold, chosen.half, chosen.misses)
    if chosen.cameo:
        score_cameo(reader, chosen.cameo, chosen.misses)
    if chosen.polnear:
        score_polnear(reader, chosen.polnear, chosen.misses)


if __name__ == "__main__":
    main()
