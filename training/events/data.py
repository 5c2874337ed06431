"""The rows that the event classifier learns from: PLV's training half (given by path), and our own (own/*.tsv)."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from parley.reading.events.masking import Span, pair_text

TYPES = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
         "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")  # fmt: skip
CLASSES = (*TYPES, "NONE")
INDEX = {name: i for i, name in enumerate(CLASSES)}
ROOTS = ("ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
         "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD")  # fmt: skip
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "AID": 2, "COOPERATE": 2, "YIELD": 2, "ACCUSE": 3, "REJECT": 3,
         "REQUEST": 3, "THREATEN": 3, "ASSAULT": 4, "COERCE": 4, "MOBILIZE": 4, "PROTEST": 4, "SANCTION": 4}  # fmt: skip
SYMMETRIC = {"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT"}


@dataclass(frozen=True)
class Row:
    """A masked text with the classes that it may have (YIELD stands for CONCEDE or RETREAT), and how much it counts."""

    text: str
    allowed: tuple[int, ...]
    weight: float = 1.0
    kind: str = "plv"
    group: int = -1


def allowed(root: str) -> tuple[int, ...]:
    return (INDEX["CONCEDE"], INDEX["RETREAT"]) if root == "YIELD" else (INDEX[root],)


def read_marked(marked: str) -> tuple[str, Span, Span | None]:
    """The plain sentence and the spans of its first <s>...</s> and <t>...</t>."""
    plain, spans, at = "", {}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        if piece in ("<s>", "<t>"):
            at[piece[1]] = len(plain)
        elif piece in ("</s>", "</t>"):
            spans.setdefault(piece[2], (at[piece[2]], len(plain)))
        else:
            plain += piece
    return plain, spans["s"], spans.get("t")


def plv_table(path: Path) -> list[tuple[str, Span, Span | None, str]]:
    """Sentence, source span, target span and root of every row of a PLV file that has its source marked."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    table = []
    for row in rows:
        marked = row["marked_sentence"]
        if "<s>" not in marked:  # the few rows whose marks were lost: find the words again
            marked = row["sentence"]
            for words, mark in ((row["source"], "s"), (row["target"], "t")):
                at = marked.find(words)
                if at >= 0:
                    marked = f"{marked[:at]}<{mark}>{words}</{mark}>{marked[at + len(words) :]}"
        if "<s>" not in marked:
            marked = f"<s>{marked.split()[0]}</s>{marked[len(marked.split()[0]) :]}"
        table.append((*read_marked(marked), row["root"]))
    return table


def plv_rows(path: Path) -> list[Row]:
    rows = [Row(pair_text(s, a, b), allowed(root)) for s, a, b, root in plv_table(path)]
    groups = near_duplicates([row.text for row in rows])
    return [replace(row, group=int(g)) for row, g in zip(rows, groups, strict=True)]


def plv_reversed(path: Path) -> list[Row]:
    """Each asymmetric row with source and target exchanged: nobody acts in that direction."""
    return [Row(pair_text(s, b, a), (INDEX["NONE"],), 0.5, "reversed")
            for s, a, b, root in plv_table(path) if b is not None and root not in SYMMETRIC]  # fmt: skip


def near_duplicates(texts: list[str], similarity: float = 0.5) -> np.ndarray:
    """A group number for each text: texts that share most of their words (PLV has many of one pattern) share a group."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[a-z]+").fit_transform(texts).toarray()
    found = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="single", distance_threshold=1 - similarity)
    return found.fit_predict(vectors)


NAMES = ("Ruritania", "the Zubrowkan government", "President Odran Velk", "the Front", "Freedonia", "officials in Borduria",
         "Prime Minister Ana Torvald", "the Syldavian army", "the Council", "General Mato Rusk")  # fmt: skip


LEADS = (
    "On Monday, ",
    "Earlier this week, ",
    "In a statement, ",
    "Last month ",
    "According to local media, ",
    "Meanwhile, ",
)
TAILS = (" on Tuesday.", " last week.", " late Friday, a news agency reported.", " after months of tension.",
         " in the capital.", ", officials said.", " at the weekend, witnesses said.", " this year.")  # fmt: skip


def own_rows(folder: Path, seed: int = 0, skip: frozenset[str] = frozenset(), each: int = 3) -> list[Row]:
    """Our own sentences: up to `each` wordings of a line, its slots filled, with a lead or a tail now and then."""
    chance, rows = random.Random(f"own {seed}"), []
    for path in sorted(folder.glob("*.tsv")):
        if path.stem in skip:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith(("#", "type\t")):
                continue
            root, _, pattern = line.split("\t")[:3]
            texts = dict.fromkeys(_filled(_worded(pattern, chance), chance) for _ in range(each if "[" in pattern else 1))
            rows += [Row(text, allowed(root), kind=path.stem) for text in texts]
    return rows


def _worded(pattern: str, chance: random.Random) -> str:
    """One choice of each [a|b|c]."""
    worded = re.sub(r"\[([^\]]*)\]", lambda m: chance.choice(m.group(1).split("|")), pattern)
    return re.sub(r" (?=[.,])", "", " ".join(worded.split()))


def _filled(sentence: str, chance: random.Random) -> str:
    """The masked text of a pattern: {S}, {T}, {X} get names, {S:police} stands as written."""
    if chance.random() < 0.2 and sentence.startswith("{S}"):
        sentence = chance.choice(LEADS) + sentence
    if chance.random() < 0.35 and sentence.endswith("."):
        sentence = sentence[:-1] + chance.choice(TAILS)
    names, plain, spans = dict(zip("STX", chance.sample(NAMES, 3), strict=True)), "", {}
    for part in re.split(r"(\{[STX](?::[^}]*)?\})", sentence):
        if part.startswith("{"):
            words = part[3:-1] or names[part[1]]
            spans.setdefault(part[1], (len(plain), len(plain) + len(words)))
            plain += words
        else:
            plain += part
    return pair_text(plain, spans["S"], spans.get("T"))


NAMES = ("Ruritania", "the Zubrowkan government", "President Odran Velk", "the Front", "Freedonia", "officials in Borduria",
         "Prime Minister Ana Torvald", "the Syldavian army", "the Council", "General Mato Rusk")  # fmt: skip
