"""The tables of issues, operators and acts, indexed by lemma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.knowledge.rows import Act, IssuePhrase, Operator
    from parley.reading.positions.syntax import Syntax

Words = tuple[str, ...]
_PARTICLES = frozenset("out back off down up over in away home aside together apart forward through into".split())


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Phrases by their first lemma, longest first; classes of nouns by lemma."""

    issues: dict[str, tuple[tuple[Words, IssuePhrase], ...]]
    operators: dict[tuple[str, str], tuple[tuple[Words, Operator], ...]]
    acts: dict[tuple[str, str], tuple[tuple[Words, Act], ...]]
    classes: dict[str, frozenset[str]]
    """For each lemma, the noun classes that it belongs to."""
    words: dict[str, frozenset[str]]
    """The sets of words that the climb asks for, by the name that the table gives them."""


@lru_cache(maxsize=8)
def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The index of one set of tables."""
    issues: dict[str, list[tuple[Words, IssuePhrase]]] = {}
    for phrase in knowledge.issues:
        for words in spellings(phrase.words):
            issues.setdefault(words[0], []).append((words, phrase))
    operators: dict[tuple[str, str], list[tuple[Words, Operator]]] = {}
    for operator in knowledge.operators:
        for words in spellings(operator.words):
            operators.setdefault((words[0], operator.pos), []).append((words, operator))
    acts: dict[tuple[str, str], list[tuple[Words, Act]]] = {}
    for act in knowledge.acts:
        for words in spellings(act.words):
            acts.setdefault((words[0], act.pos), []).append((words, act))
    classes: dict[str, set[str]] = {}
    for noun_class in knowledge.noun_classes:
        for word in noun_class.words:
            classes.setdefault(word, set()).add(noun_class.name)
    return Lexicon(
        {key: tuple(sorted(rows, key=lambda r: -len(r[0]))) for key, rows in issues.items()},
        {key: tuple(sorted(rows, key=lambda r: -len(r[0]))) for key, rows in operators.items()},
        {key: tuple(sorted(rows, key=lambda r: -len(r[0]))) for key, rows in acts.items()},
        {word: frozenset(names) for word, names in classes.items()},
        {row.name: frozenset(row.words) for row in knowledge.stance_words},
    )


def spellings(words: str) -> list[Words]:
    """Every lemma sequence that a table's phrase stands for: "peace deal|accord" is two."""
    return [tuple(choice) for choice in product(*(word.split("|") for word in words.split()))]


def matched(syntax: Syntax, at: int, words: Words) -> tuple[int, ...] | None:
    """The tokens that these words take from token `at` on; a verb's particle may stand behind its object."""
    end = min(len(syntax.lemma), at + len(words))
    if end - at == len(words):
        for token, word in enumerate(words, at):
            if syntax.lemma[token] != word and syntax.low[token] != word:
                break
        else:
            return tuple(range(at, end))
    if len(words) == 2 and syntax.pos[at] == "VERB" and words[1] in ("to", "with") and at + 2 < len(syntax.low) and (
            syntax.pos[at + 1] == "ADV" and syntax.low[at + 2] == words[1]):  # fmt: skip
        return (at, at + 2)  # "speak directly to"
    if len(words) == 2 and syntax.pos[at] == "VERB" and words[1] in _PARTICLES:
        for later in range(at + 2, min(at + 11, syntax.sentence[at][1])):
            if syntax.verbal(later):
                break
            if syntax.low[later] == words[1] and syntax.dep[later] in ("prt", "advmod", "prep", "dep"):
                return (at, later)
    return None


def operator_at(lexicon: Lexicon, syntax: Syntax, token: int) -> Operator | None:
    """The operator that this word is, if it is one."""
    pos = "verb" if syntax.verbal(token) else "noun"
    for words, operator in lexicon.operators.get((syntax.lemma[token], pos), ()):
        if matched(syntax, token, words):
            return operator
    return None


def act_at(lexicon: Lexicon, syntax: Syntax, token: int) -> Act | None:
    """The word of wanting or refusing that this is, if it is one."""
    pos = "verb" if syntax.verbal(token) else "adjective" if syntax.pos[token] in ("ADJ", "ADV", "ADP") else "noun"
    if pos == "verb" and syntax.tag[token] == "VBN" and syntax.child(token, "auxpass") and not syntax.agent(token) and (
            (syntax.low[token], "adjective") in lexicon.acts):  # fmt: skip
        return lexicon.acts[syntax.low[token], "adjective"][0][1]
    for words, act in lexicon.acts.get((syntax.lemma[token], pos), ()):
        if matched(syntax, token, words):
            return act
    if syntax.tag[token] in ("VBN", "JJ"):
        other = "adjective" if pos == "verb" else "verb"
        for words, act in lexicon.acts.get((syntax.low[token], other), ()):
            if matched(syntax, token, words):
                return act
    return None


def answer_at(lexicon: Lexicon, syntax: Syntax, token: int) -> Act | None:
    """The accepting or rejecting of what was put that a verb tells, if it tells any."""
    act = act_at(lexicon, syntax, token) if syntax.verbal(token) else None
    return act if act is not None and act.act in ("accepts", "rejects") else None


def given_up(lexicon: Lexicon, syntax: Syntax, noun: int) -> bool:
    """Whether what this noun names is said to be dropped: "dropped its demand"."""
    governor = syntax.head[noun]
    if syntax.dep[noun] != "dobj" or not syntax.verbal(governor):
        return False
    operator = operator_at(lexicon, syntax, governor)
    return operator is not None and operator.effect == "ends"


def let_go(lexicon: Lexicon, syntax: Syntax, path: Sequence[int]) -> bool:
    """ "No longer insists on it": whether what a climb found was let go, wherever the parse hung the topic."""
    for at in range(syntax.sentence[path[0]][0] + 2, path[0]):
        if syntax.low[at - 2] != "no" or syntax.low[at - 1] != "longer" or not syntax.verbal(at):
            continue
        if syntax.lemma[at] in lexicon.words["let-go"] and not any(act_at(lexicon, syntax, t) for t in path if t > at):
            return True
    return False
