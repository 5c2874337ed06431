"""How alike two texts are: MinHash signatures, the bands that find candidates, and the bounds above which texts are copies.

Likeness is a property of two texts alone, and a group is a connected component of it; so no order of adding changes a group.
Bounds: a wire story cut or retitled by an outlet keeps most of its runs of three words (Broder 1997's resemblance above one
half), two reporters at the same press conference share few beyond the quotations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

EDITION = f"rensa-{RMinHash.ALGORITHM_VERSION}-2"
"""Kept in the ledger: signatures of another edition cannot be compared."""
PERMUTATIONS, SEED = 120, 1996
DOCUMENT_BANDS, PASSAGE_BANDS, CLAIM_BANDS = 24, 10, 16
DOCUMENTS_ALIKE = 0.5
"""Resemblance in runs of three words from which two documents are copies of one account."""
COPY_DAYS = 7
"""Copies are printed within a week of each other."""
PASSAGES_ALIKE = 0.7
"""Share of runs of two words that copied passages have in common."""
PASSAGE_DAYS = 30
CLAIMS_ALIKE = 0.5
"""Share of content words that reports of one claim have in common."""
CLAIM_DAYS = 180
"""Words further apart in time are another claim, unless others lie between them."""
FEWEST_WORDS = 8
"""Shorter passages ("we reject this") are not taken for copies of each other."""

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
    "his", "in", "is", "it", "its", "of", "on", "or", "our", "she", "that", "the", "their", "they", "this", "to",
    "was", "we", "were", "which", "who", "will", "with", "would", "not", "no", "than", "then", "there", "these",
    "those", "said", "says",
])  # fmt: skip
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")


def words_of(text: str) -> list[str]:
    """The words of a text, in order: folded to lower case without accents."""
    if text.isascii():
        return _WORD.findall(text.casefold())
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def passage_words(text: str) -> str:
    """A passage's words joined, the same for passages that differ in case and punctuation only."""
    return " ".join(words_of(text))


def claim_words(text: str) -> str:
    """A claim's content words in order, endings cut, each once."""
    return " ".join(dict.fromkeys(_stem(word) for word in words_of(text) if word not in _SMALL))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def label(text: str) -> str:
    """A short name for a text: the same text, the same name."""
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def signature(text: str) -> bytes:
    """The MinHash signature of a document's runs of three words."""
    words = words_of(text)
    runs = [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]
    return _minhash(runs, PERMUTATIONS).tobytes()


def _minhash(tokens: Iterable[str], permutations: int) -> NDArray[np.uint32]:
    minhash = RMinHash(num_perm=permutations, seed=SEED)
    minhash.update(sorted(set(tokens)))
    return np.asarray(minhash.digest(), dtype="<u4")


def resemblance(one: bytes, other: bytes) -> float:
    """Estimated share of runs that two documents have in common, from their signatures."""
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def document_bands(of_signature: bytes) -> list[int]:
    """Hashes of which two alike documents share at least one, almost surely."""
    return _bands(np.frombuffer(of_signature, dtype="<u4"), DOCUMENT_BANDS)


@lru_cache(maxsize=4096)
def passage_bands(words: str) -> tuple[int, ...]:
    """The same for passages (ten bands of six runs of two words)."""
    return tuple(_bands(_minhash(_pairs(words), 60), PASSAGE_BANDS))


@lru_cache(maxsize=4096)
def claim_bands(words: str) -> tuple[int, ...]:
    """The same for claims (sixteen bands of four content words)."""
    return tuple(_bands(_minhash(words.split(), 64), CLAIM_BANDS))


def _bands(minima: NDArray[np.uint32], bands: int) -> list[int]:
    rows = minima.reshape(bands, -1)
    hashes = (blake2b(bytes([i]) + row.tobytes(), digest_size=8).digest() for i, row in enumerate(rows))
    return [int.from_bytes(digest, "little", signed=True) for digest in hashes]


def _pairs(words: str) -> list[str]:
    each = words.split()
    return [f"{one} {other}" for one, other in pairwise(each)] or each


def in_period(hashes: Iterable[int], day: str, days: int, *, around: bool = False, within: str = "") -> list[int]:
    """Hashes that are shared only by what lies in the same period of so many days (and `within` the same thing).

    With `around`, those of the periods before and after too: so things at most `days` apart are found, and the number of
    candidates grows with what is reported in a period, not with all that was ever reported.
    """
    period, salt = date.fromisoformat(day).toordinal() // days, int(label(within), 16) if within else 0
    near = (-1, 0, 1) if around else (0,)
    mixed = ((value + salt + (period + step) * 0x9E3779B97F4A7C15) % 2**64 for value in hashes for step in near)
    return [value - 2**64 if value >= 2**63 else value for value in mixed]


def shared(one: str, other: str) -> float:
    """Share of words that two claims have in common (Jaccard)."""
    return _jaccard(set(one.split()), set(other.split()))


def shared_runs(one: str, other: str) -> float:
    """Share of runs of two words that two passages have in common (Jaccard)."""
    return _jaccard(set(_pairs(one)), set(_pairs(other)))


def _jaccard(left: set[str], right: set[str]) -> float:
    return len(left & right) / len(left | right) if left or right else 0.0


class Groups:
    """Things joined by twos into groups (union-find); a group is named after its smallest member."""

    def __init__(self, things: Iterable[str] = ()) -> None:
        self._parent = {thing: thing for thing in things}

    def find(self, thing: str) -> str:
        """The name of the group that holds this thing."""
        self._parent.setdefault(thing, thing)
        root = thing
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[thing] != root:
            self._parent[thing], thing = root, self._parent[thing]
        return root

    def join(self, one: str, other: str) -> None:
        """Put the two into one group."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def all(self) -> dict[str, list[str]]:
        """Every group with its members, in order."""
        groups: dict[str, list[str]] = {}
        for thing in sorted(self._parent):
            groups.setdefault(self.find(thing), []).append(thing)
        return dict(sorted(groups.items()))


def accounts(carriers: Iterable[tuple[str, str, str]]) -> list[list[str]]:
    """Independent accounts of one fact: documents grouped by the account that they copy and by copied passages.

    `carriers` are (document, its account, copies label of the passage or ""). Each account is its documents in order.
    """
    every = list(carriers)
    if len({document for document, _, _ in every}) == 1:
        return [[every[0][0]]]
    groups = Groups()
    for document, account, copies in every:
        groups.join(f"d{document}", f"a{account}")
        if copies:
            groups.join(f"d{document}", f"p{copies}")
    found = ([thing[1:] for thing in members if thing[0] == "d"] for members in groups.all().values())
    return sorted(found)
