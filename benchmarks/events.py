#!/usr/bin/env python3
"""Score whole events from plain sentences: events.py FILE... [--json] [--errors] [--reliability].

FILE holds rows of PLV (.tsv: columns sentence, source, target, root; sides are words, and have a country where these name
one) or records in PLOVER's gold-record layout: a JSON array, one object a line (JSONL), or an object with such a list
in any of its values. Accepted names of fields, the first that is there counts:

    text     text, sentence, eventText, event_text, story, content, raw_text
    event    event, root, type, event_type, eventType, plover, category, code, cameo: a PLOVER type, YIELD, or a CAMEO code
    source   source, actor, actors, source_actor, sourceActor, src     target: target, recipient, target_actor, tgt ...
    date     date, published, event_date (optional)

An actor is an object with code / country / country_code / country_name / sector / text ..., a string that is a code ("USA",
"IRQREB") or words ("Baghdad"), or a list of any of these. Records with the same text are events of one sentence.

For each record: is its root among the events found in its text; in the event that fits best, is the source's country right,
the target's, both; is it all right together. Countries are scored where the record has one that is a state.
--reliability: for each band of confidence how many events there are, their mean confidence, and the share with a root of
their text's records, and with that and no wrong country; then the expected calibration error (ECE) of both.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from parley.knowledge import Knowledge
from parley.reading import STAGES, Reader
from parley.reading.layers import Reading
from parley.record import Document, Event

TEXT = ("text", "sentence", "eventText", "event_text", "story", "content", "raw_text")
EVENT = (
    "event",
    "root",
    "type",
    "event_type",
    "eventType",
    "plover",
    "category",
    "code",
    "cameo",
    "eventCode",
    "event_code",
)
SOURCE = ("source", "actor", "actors", "source_actor", "sourceActor", "src", "sources")
TARGET = ("target", "recipient", "recipients", "target_actor", "targetActor", "tgt", "targets")
DATE = ("date", "published", "event_date", "eventDate")
COUNTRY = ("country", "country_code", "countryCode", "code", "country_name", "countryName", "actor_code", "agent", "iso")
OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "CONCEDE": "YIELD",
       "RETREAT": "YIELD", "CRIME": "COERCE", "APPEAL": "REQUEST"}  # fmt: skip
"""Types of other editions of PLOVER, and of ours, as one of PLV's 15 roots."""


BANDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Found = tuple[str, set[str], set[str], float]
"""Root, source countries, target countries and confidence of an event."""


@dataclass(frozen=True)
class Gold:
    """A gold record: a text, the roots of its event, and the countries of its sides."""

    text: str
    date: str | None
    roots: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]


def first(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[n] for n in names if record.get(n) not in (None, "", [], {})), None)


def records_in(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        rows = csv.DictReader(text.splitlines(), delimiter="\t")
        return [{"text": r["sentence"], "event": r["root"], "source": r["source"], "target": r["target"]} for r in rows]
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError:
        data = [json.loads(line) for line in text.splitlines() if line.strip().startswith("{")]
    if isinstance(data, dict):
        data = next((v for v in data.values() if isinstance(v, list) and v and isinstance(v[0], dict)), [data])
    return [r for r in data if isinstance(r, dict)]


class Countries:
    """Finds the country in a code, a name, or words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.codes = {s.alpha3 for s in knowledge.states}
        self.names: dict[str, str] = {}
        for s in knowledge.states:
            for name in (s.name, *s.aliases, *s.demonyms, *s.capitals, *s.seats):
                self.names.setdefault(name.lower(), s.alpha3)

    def of(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, list):
            return tuple(dict.fromkeys(c for v in value for c in self.of(v)))
        if isinstance(value, dict):
            inner = first(value, COUNTRY)
            found = self.of(inner) if inner is not None else ()
            return found or tuple(dict.fromkeys(c for v in value.values() if isinstance(v, str) for c in self.of(v)))
        if not isinstance(value, str):
            return ()
        words = value.strip()
        if words[:3].isupper() and words[:3] in self.codes and (len(words) == 3 or not words[3:4].islower()):
            return (words[:3],)
        for size in (5, 4, 3, 2, 1):
            parts = words.replace(",", " ").replace("'s", " ").split()
            for at in range(len(parts) - size + 1):
                name = " ".join(parts[at : at + size])
                code = self.names.get(name.lower())
                if code is not None and (not name.islower() or " " in name):  # "a car bomb" is no CAR
                    return (code,)
        return ()


def roots_of(value: Any, types: dict[str, str]) -> tuple[str, ...]:
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = first(item, ("type", "event", "root", "category", "code", "name"))
        word = str(item).strip().upper().split()[0].split("-")[0] if item else ""
        if word.isdigit():
            word = next((types[word[:n]] for n in range(len(word), 1, -1) if word[:n] in types), "")
        found.append(OLD.get(word, word))
    return tuple(f for f in found if f)


def gold_of(records: list[dict[str, Any]], knowledge: Knowledge) -> list[Gold]:
    countries, types = Countries(knowledge), {row.code: row.type for row in knowledge.event_codes}
    types |= {code[:2]: kind for code, kind in types.items() if len(code) == 3 and code.endswith("0")}
    gold = []
    for record in records:
        text, event = first(record, TEXT), first(record, EVENT)
        if isinstance(text, str) and event is not None:
            date = None if first(record, DATE) is None else str(first(record, DATE))[:10]
            sides = (countries.of(first(record, SOURCE)), countries.of(first(record, TARGET)))
            gold.append(Gold(text, date, roots_of(event, types), *sides))
    if not gold:
        raise SystemExit("no record with a text and an event; the names that are read stand in `events.py --help`")
    return gold


def root_of(event: Event) -> str:
    return OLD.get(event.type, event.type)


def found_in(reader: Reader, gold: Gold) -> list[Found]:
    """Root, source countries, target countries and confidence of each event of a text."""
    published = gold.date if gold.date and gold.date[:4].isdigit() and len(gold.date) in (4, 7, 10) else None
    reading = Reading(Document(text=gold.text, published=published))
    for step in STAGES[: 1 + next(i for i, s in enumerate(STAGES) if s.name == "events")]:
        reading = step.run(reading, reader.knowledge, reader.models)

    def countries(ids: tuple[str, ...]) -> set[str]:
        return {c for a in ids if (c := reading.actor(a).country)}

    return [(root_of(e), countries(e.source), countries(e.target), e.confidence) for e in reading.events]


def is_right(event: Found, golds: list[Gold]) -> tuple[bool, bool]:
    """Whether an event has a root of its text's records; and also no country other than theirs."""
    fitting = [g for g in golds if event[0] in g.roots]
    sides = any(
        (not g.source or not event[1] or set(g.source) & event[1])
        and (not g.target or not event[2] or set(g.target) & event[2])
        for g in fitting
    )
    return bool(fitting), sides


def reliability(gold: list[Gold], seen: dict[str, list[Found]]) -> list[dict[str, float]]:
    """Bands of confidence with the share that is right, and a last row with the expected calibration error."""
    of_text: dict[str, list[Gold]] = {}
    for g in gold:
        of_text.setdefault(g.text, []).append(g)
    pairs = [(event[3], *is_right(event, of_text[text])) for text, events in seen.items() for event in events]
    table, errors = [], [0.0, 0.0]
    for low, high in pairwise((0.0, *BANDS, 1.001)):
        band = [pair for pair in pairs if low <= pair[0] < high]
        if not band:
            continue
        mean, root, whole = (sum(float(pair[k]) for pair in band) / len(band) for k in range(3))
        errors = [e + abs(share - mean) * len(band) / len(pairs) for e, share in zip(errors, (root, whole), strict=True)]
        table.append({"from": low, "events": len(band), "confidence": mean, "root": root, "root and sides": whole})
    return [*table, {"events": len(pairs), "ECE root": errors[0], "ECE root and sides": errors[1]}]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print every record that is not all right")
    parser.add_argument("--reliability", action="store_true", help="add what the confidence of events is worth")
    chosen = parser.parse_args()
    reader = Reader()
    gold = gold_of([record for path in chosen.paths for record in records_in(path)], reader.knowledge)
    seen: dict[str, list[Found]] = {}
    count: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for g in gold:
        events = seen.get(g.text) or seen.setdefault(g.text, found_in(reader, g))
        ranked = sorted(
            events,
            key=lambda e: (e[0] in g.roots, bool(set(g.source) & e[1]) + bool(set(g.target) & e[2]), e[3]),
            reverse=True,
        )
        best = ranked[0] if ranked else ("none", set(), set(), 0.0)
        right = best[0] in g.roots
        source, target = bool(set(g.source) & best[1]), bool(set(g.target) & best[2])
        count.update(records=1, any_event=bool(events), root=right)
        count.update(with_source=bool(g.source), source=source, with_target=bool(g.target), target=target)
        sides = [s for s, there in ((source, g.source), (target, g.target)) if there]
        count.update(with_country=bool(sides), countries=bool(sides) and all(sides), all_right=right and all(sides))
        count.update(
            swapped=bool(
                g.source and g.target and not (source and target) and set(g.source) & best[2] and set(g.target) & best[1]
            )
        )
        confused[(g.roots[0] if g.roots else "?", best[0])] += 1
        if chosen.errors and not (right and all(sides)):
            print(
                f"{'/'.join(g.roots)} {g.source} -> {g.target} | {best[0]} {sorted(best[1])} -> {sorted(best[2])} | {g.text}"
            )
    every, there = count["records"], max(1, count["with_country"])
    table = {
        "records": every, "found any event": count["any_event"] / every, "root": count["root"] / every,
        "source country": count["source"] / max(1, count["with_source"]),
        "target country": count["target"] / max(1, count["with_target"]), "countries": count["countries"] / there,
        "all right": count["all_right"] / every, "events a text": sum(map(len, seen.values())) / len(seen),
        "swapped": count["swapped"],
    }  # fmt: skip
    bands = reliability(gold, seen) if chosen.reliability else []
    if chosen.json:
        print(json.dumps(table | ({"reliability": bands} if bands else {})))
        return 0
    for name, value in table.items():
        print(f"{name:16} {value:.3f}" if isinstance(value, float) else f"{name:16} {value}")
    for band in bands:
        print(
            "  ".join(
                f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in band.items()
            )
        )
    print("confusion (gold -> best found):")
    for (wanted, got), n in sorted(confused.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"  {wanted:10} {got:10} {n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
