"""The words that report speech, looked up in a parsed text: which act a cue stands for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.knowledge.rows import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from parley.knowledge import Knowledge

VERBS = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class CueWords:
    """The table of cues, by first word, for each part of speech; phrases longest first."""

    by_first: dict[tuple[str, str], tuple[tuple[tuple[str, ...], Cue], ...]]
    classes: dict[str, frozenset[str]]
    """Sets of words by the name that the table ``speech_classes`` gives them."""

    def at(self, tokens: Doc, index: int) -> Cue | None:
        """The cue that begins at this token, if one does: the longest phrase that fits its lemmas."""
        token = tokens[index]
        lemma, lower = token.lemma_.lower(), token.lower_
        for pos in ("verb", "phrase") if token.pos_ in VERBS else ("noun", "phrase"):
            for word in dict.fromkeys((lemma, lower)):
                for words, cue in self.by_first.get((pos, word), ()):
                    if all(_follows(tokens, index, n, w) for n, w in enumerate(words[1:], 1)):
                        return cue
        return None


def _follows(tokens: Doc, index: int, n: int, word: str) -> bool:
    at = index + n
    return at < len(tokens) and (tokens[at].lower_ == word or tokens[at].lemma_.lower() == word)


@lru_cache(maxsize=8)
def cue_words(knowledge: Knowledge) -> CueWords:
    """The cues of these knowledge tables, ready for look-up."""
    index: dict[tuple[str, str], list[tuple[tuple[str, ...], Cue]]] = {}
    for cue in knowledge.cues:
        words = tuple(cue.words.split())
        index.setdefault((cue.pos, words[0]), []).append((words, cue))
    by_first = {key: tuple(sorted(rows, key=lambda r: -len(r[0]))) for key, rows in index.items()}
    return CueWords(by_first, {row.name: frozenset(row.words) for row in knowledge.speech_classes})


def act_of(tokens: Doc, first: int, last: int, known: CueWords) -> tuple[Cue | None, Token | None]:
    """The table's cue among tokens first..last (exclusive), and its token: verbs before nouns before phrases."""
    found = [(cue, tokens[i]) for i in range(first, last) if (cue := known.at(tokens, i))]
    for pos in ("verb", "noun", "phrase"):
        fitting = [(cue, token) for cue, token in found if cue.pos == pos]
        if fitting:  # "said in denying": the sharper act wins over the plain verb of saying
            return next((pair for pair in fitting if pair[0].act != "say"), fitting[0])
    return None, None


_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})


def negated(token: Token) -> bool:
    """Whether a verb is negated ("did not say", "has never condemned", "has not, so far, announced")."""
    return any(child.dep_ == "neg" or child.lower_ in _NOT for child in token.lefts) or any(
        child.lower_ in _NOT for aux in token.lefts if aux.dep_ in ("aux", "auxpass") for child in aux.children
    )


def says(token: Token, known: CueWords) -> bool:
    """Whether a token is a verb of saying: its cue reports speech, not what somebody only believes or wishes."""
    cue = known.at(token.doc, token.i) if token.pos_ in VERBS else None
    return cue is not None and cue.needs != "never" and cue.act != "believe" and token.lemma_ not in known.classes["wishing"]


def evasive(token: Token, known: CueWords) -> bool:
    """Whether a verb only tells that nothing was said ("declined to comment", "refused to confirm")."""
    return token.lemma_ in known.classes["evading"] and any(
        c.lemma_ in known.classes["answers"] for c in token.rights if c.dep_ == "xcomp"
    )
