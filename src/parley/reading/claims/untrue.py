"""Words that call another's account untrue ("a lie", "not true", "baseless") or say that it was not the speaker."""

from __future__ import annotations

from itertools import groupby

from parley.reading.claims.said import Ground, Said

_LYING = ("lying", "lied")
"""Forms of "to lie" that are about words, mostly: "the truth lay in between" calls nothing false."""
_SHORT = 20
"""Words up to which a sentence that calls something false is about that alone."""


def calls_false(said: Said) -> bool:
    """Whether a sentence of the statement says of another's account that it is not so."""
    for _, group in groupby(said.tokens, key=lambda t: said.syntax.sentence[t]):
        sentence = tuple(group)
        told = [t for t in sentence if _false(t, said) or _not_true(t, said) or _waved_off(t, said)]
        if told and (len(sentence) <= _SHORT or any(_main(t, said) or _waved_off(t, said) for t in told)):
            return True
    return False


def _main(token: int, said: Said) -> bool:
    """Whether a word is what the whole sentence says of its subject: "those who link us to it are lying"."""
    syntax = said.syntax
    top = token if syntax.verbal(token) else syntax.head[token]
    return syntax.head[top] == top and syntax.dep[token] in ("ROOT", "acomp", "attr")


def _false(token: int, said: Said) -> bool:
    lemma, low = said.syntax.lemma[token], said.syntax.low[token]
    verb = said.syntax.verbal(token) and lemma == "lie"
    if lemma == "make" and any(
        said.syntax.low[c] == "up" and said.syntax.dep[c] == "prt" for c in said.syntax.children[token]
    ):
        return any(said.syntax.pos[c] == "PRON" for c in said.syntax.children[token] if said.syntax.dep[c] == "dobj")
    if lemma not in said.words["falsehoods"] or (verb and low not in _LYING):
        return False
    return not any(map(said.ground.negative, (*said.syntax.children[token], *said.syntax.children[said.syntax.head[token]])))


def _not_true(token: int, said: Said) -> bool:
    if said.syntax.low[token] not in ("true", "truth"):
        return False
    around = (token, said.syntax.head[token], *said.syntax.children[token])
    below = [c for t in around for c in said.syntax.children[t]]
    return any(map(said.ground.negative, (*around, *below)))


def _waved_off(token: int, said: Said) -> bool:
    """Whether a word is what the accused call the charge against them: "accusations of massacres are politics"."""
    syntax, ground = said.syntax, said.ground
    verb = syntax.head[token]
    charge = syntax.dep[token] == "nsubj" and syntax.lemma[token] in said.words["charges"] and syntax.lemma[verb] == "be"
    if not charge or ground.negative(verb) or not ground.told(verb):
        return False
    named = [syntax.lemma[t] for c in syntax.children[verb] if c > verb for t in range(*syntax.edges(c))]
    return bool(named) and not said.words["grave"].intersection(named)


def disowns(said: Said) -> bool:
    """Whether the accused say that it was not they: "had nothing to do with it"."""
    return any(f" {words} " in said.text for words in said.words["disowning"])


def false_name(verb: int, ground: Ground) -> bool:
    """Whether a verb gives an account the name of a falsehood: "called the charge absurd", "dismissed it as a lie"."""
    syntax = ground.syntax
    if syntax.lemma[verb] not in ground.words["naming"]:
        return False
    for child in syntax.children[verb]:
        if child < verb and syntax.dep[child] in ("nsubj", "nsubjpass", "aux", "advmod", "mark"):
            continue
        first, last = syntax.edges(child)
        told = [t for t in range(max(first, verb + 1), last) if syntax.lemma[t] in ground.words["falsehoods"]]
        if told and not any(ground.negative(t) for t in range(first, last)):
            return True
    return False
