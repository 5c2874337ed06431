"""Train the stance weights: weigh.py OUT_FOLDER [--gold FOLDER] [--version N]

Learns from the sentences and articles of this folder (not from those that only score), and from gold articles of the groups
a to c where --gold names a folder with articles/ and gold/ (see benchmarks/gold.py). Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from parley.documents import from_text
from parley.knowledge import Knowledge
from parley.models.positions.weights import BIAS, OUTCOMES
from parley.reading import STAGES, Reader
from parley.reading.layers import Reading
from parley.reading.positions.found import stances_of
from parley.reading.positions.signs import Candidate
from parley.reading.positions.weighed import candidates_of

HERE = Path(__file__).parent
RAREST = 5
"""A sign must occur in so many candidates."""
STRENGTH = 0.1
"""The inverse of the regularisation, by cross-validation over the texts."""
THRESHOLD = 0.7


@dataclass(frozen=True)
class Coded:
    """A text with its positions (party, issue, stance) and, where they are known, the words that show each."""

    text: str
    published: str
    positions: dict[tuple[str, str, str], str | None]
    article: bool


def key_of(code: str, mark: str) -> tuple[str, str, str]:
    party, issue, stance = code.split(mark)
    return party, issue, stance


def own_texts() -> Iterator[Coded]:
    for name in ("sentences.tsv", "more.tsv"):
        lines = [line for line in (HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#")][1:]
        for text, codes in (line.split("\t") for line in lines):
            keys = [key_of(code.strip(), ":") for code in codes.split(";")] if codes.strip() != "-" else []
            yield Coded(text, "2020-06-15", dict.fromkeys(keys), article=False)
    for file in sorted((HERE / "articles" / "tune").glob("[!w]*.txt")):  # the wire reports gave no better weights
        rows = [key_of(line, "\t") for line in file.with_suffix(".tsv").read_text("utf-8").splitlines()[1:]]
        yield Coded(file.read_text("utf-8"), "2020-06-15", dict.fromkeys(rows), article=True)


def gold_texts(folder: Path) -> Iterator[Coded]:
    for file in sorted((folder / "gold").glob("[abc]*.json")):
        gold = json.loads(file.read_text("utf-8"))
        positions = {(p["party"], p["issue"], p["stance"]): p["evidence"] for p in gold["positions"]}
        text = (folder / "articles" / f"{file.stem}.txt").read_text("utf-8")
        yield Coded(text, gold.get("published") or "", positions, article=True)


def outcome(stance: str, pole: int) -> str:
    """The stance toward the topic's own words, whose pole may be the issue's or its opposite."""
    if stance == "conditional":
        return "conditional"
    return "wants" if (stance == "supports") == (pole > 0) else "refuses"


def examples_of(coded: Coded, reading: Reading, knowledge: Knowledge) -> Iterator[tuple[frozenset[str], str]]:
    """The candidates of a text with what each is; those of which the coding does not tell are left out."""
    candidates = candidates_of(stances_of(reading, knowledge), settled=True)
    places = Counter((c.party, c.topic.issue) for c in candidates)
    for candidate in candidates:
        coded_so = [(key, words) for key, words in coded.positions.items() if _same(key, candidate)]
        near = [key for key, words in coded_so if words is None or _shown_at(coded.text, words, reading, candidate)]
        unclear = coded.article and any(words is None for _, words in coded_so)
        if (coded_so and not near) or (unclear and places[candidate.party, candidate.topic.issue] > 1):
            continue
        yield candidate.signs, outcome(near[0][2], candidate.topic.sign) if near else "none"


def _same(key: tuple[str, str, str], candidate: Candidate) -> bool:
    coded, found = key[0].lower(), candidate.party.lower()
    return key[1] == candidate.topic.issue and (coded in found or found in coded)


def _shown_at(text: str, words: str, reading: Reading, candidate: Candidate) -> bool:
    at, start = reading.tokens[candidate.topic.head].idx, text.find(words)
    return start >= 0 and start - 5 <= at <= start + len(words) + 5


def train(examples: list[tuple[frozenset[str], str]]) -> dict[str, list[float]]:
    """A weight of each sign for each outcome, and the bias."""
    seen = Counter(sign for signs, _ in examples for sign in signs)
    columns = DictVectorizer()
    matrix = columns.fit_transform([{s: 1 for s in signs if seen[s] >= RAREST} for signs, _ in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, [o for _, o in examples])
    order = [list(model.classes_).index(name) for name in OUTCOMES]
    rows = {BIAS: [float(model.intercept_[k]) for k in order]}
    return rows | {sign: [float(model.coef_[k][c]) for k in order] for sign, c in sorted(columns.vocabulary_.items())}


def read_all(texts: Iterable[Coded]) -> list[tuple[frozenset[str], str]]:
    reader, examples = Reader(), list[tuple[frozenset[str], str]]()
    for coded in texts:
        reading = Reading(from_text(coded.text, published=coded.published or None))
        for step in STAGES:
            if step.name == "positions":
                break
            reading = step.run(reading, reader.knowledge, reader.models)
        examples += examples_of(coded, reading, reader.knowledge)
    return examples


def write(weights: dict[str, list[float]], folder: Path, version: str) -> None:
    rows = ["\t".join(("sign", *OUTCOMES))]
    rows += ["\t".join((sign, *(f"{value:.3f}" for value in values))) for sign, values in weights.items()]
    (folder / "weights.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    settings = {"threshold": THRESHOLD, "version": version}
    (folder / "settings.json").write_text(json.dumps(settings) + "\n", "utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--gold", type=Path)
    arguments.add_argument("--version", default="1")
    given = arguments.parse_args()
    examples = read_all([*own_texts(), *(gold_texts(given.gold) if given.gold else ())])
    weights = train(examples)
    write(weights, given.out, given.version)
    print(f"{len(weights)} signs from {len(examples)} candidates: {dict(Counter(o for _, o in examples))}")


if __name__ == "__main__":
    main()
