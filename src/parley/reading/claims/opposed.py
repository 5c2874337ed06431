"""Opposite accounts of one matter: an accusation and its answer, a negation, words that exclude each other, turned blame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from parley.reading.claims.said import STEM, Ground, Made, Said, claim_of

_FAR, _NEAR, _NEXT = 12, 4, 2
"""Statements apart that a negation, words excluding each other, and an answer may stand."""
_CONTRAST = ("though", "although", "but", "while", "whereas", "yet", "however", "despite")
"""Words that set one account against another within a sentence."""
_BACK_TO = ("it", "this", "that", "they", "those", "these")
"""Subjects that stand for what was spoken of before."""
_CLAIMED = ("legal", "fair", "progress")
"""Classes whose words somebody claims, whoever speaks first, and their opposites deny."""
_TELLING = 3
"""Telling words up to which an account is of one thing only."""
_ELLIPTIC = 4
"""Words up to which an answer only says who did or did not: "Peru had", "it had not"."""


@dataclass(frozen=True)
class Pair:
    """Two statements by different sides, in the order of the text, and how many statements apart they stand."""

    one: Said
    other: Said
    apart: int

    @cached_property
    def shared(self) -> frozenset[str]:
        """What both speak of: stems of telling words, third parties, places."""
        speakers = {*self.one.parties, *self.other.parties}
        return (
            (self.one.stems & self.other.stems)
            | ((self.one.about & self.other.about) - speakers)
            | (self.one.names & self.other.names)
        )

    @cached_property
    def beside(self) -> bool:
        """Whether the second stands next to the first, in the same sentence or the one after."""
        ends, starts = max(last for _, last in self.one.sentences), min(first for first, _ in self.other.sentences)
        return self.apart == 1 and starts <= ends

    @cached_property
    def contrasted(self) -> bool:
        """Whether a word of contrast sets the second against the first, both as a fact."""
        low = self.one.syntax.low
        between = low[max(self.one.tokens) : min(self.other.tokens)] if self.one.tokens and self.other.tokens else []
        return self.beside and 0 < len(between) < 20 and bool(set(_CONTRAST).intersection(between))

    @cached_property
    def goes_back(self) -> bool:
        """Whether the second speaks of what the first did: "it was clean", "the election was clean"."""
        first = self.other.first_subject
        return self.beside and first is not None and self.other.syntax.low[first] in _BACK_TO

    @cached_property
    def accused(self) -> bool:
        """Whether the first charges the side of the second with something."""
        return bool(self.one.doers & set(self.other.parties))

    @property
    def names_apart(self) -> bool:
        """Whether each names places, and none in common: two events, then."""
        return bool(self.one.names and self.other.names) and not self.one.names & self.other.names


Found = tuple[Said, Said, float]
"""Who asserts, who denies, and how sure that is."""


def opposite_accounts(said: list[Said], ground: Ground) -> Made:
    """Two sources on the same matter that say opposite things of it, the surest pairs first."""
    ranked: list[tuple[float, int, Said, Said]] = []
    for position, first in enumerate(said):
        for apart, second in enumerate(said[position + 1 : position + 1 + _FAR], 1):
            for one, other in product(first.parts, second.parts):
                if (found := against(Pair(one, other, apart))) is not None:
                    ranked.append((found[2] - 0.02 * apart, -position, found[0], found[1]))
    made, used = Made(), set[str]()
    for _, _, yes, no in sorted(ranked, key=lambda r: r[:2], reverse=True):
        ids = (yes.statement.id, no.statement.id)
        if not used & set(ids):
            used.update(ids)
            rule = "answered" if yes.statement.act == "accuse" else "contradicted"
            made.append((claim_of(yes.content, yes.parties, no.parties, (yes.content,), (no.content,), 0.5, rule), ids))
    return made


def against(pair: Pair) -> Found | None:
    """Who asserts and who denies, where two statements contradict each other."""
    one, other = pair.one, pair.other
    if not (one.parties and other.parties) or set(one.parties) & set(other.parties) or not (one.sides or other.sides):
        return None
    rules: tuple[tuple[int, Callable[[Pair], Found | None]], ...] = (
        (_NEXT, _elliptic),
        (_NEXT, _cleft),
        (1, _unverified),
        (_FAR, _answered),
        (_FAR, _negated),
        (_NEAR, _excluded),
        (_NEXT + 1, _turned_blame),
    )
    return next((found for reach, rule in rules if pair.apart <= reach and (found := rule(pair)) is not None), None)


def _elliptic(pair: Pair) -> Found | None:
    """An answer that leaves out what was done: "said the north fired first. The north said the south had."""
    other, syntax = pair.other, pair.other.syntax
    verbs = [t for t in other.tokens if syntax.verbal(t)]
    if not pair.beside or len(other.tokens) > _ELLIPTIC or len(verbs) != 1 or other.first_subject is None:
        return None
    after = [c for c in syntax.children[verbs[0]] if c > verbs[0] and syntax.dep[c] != "neg"]
    bare = syntax.lemma[verbs[0]] in ("have", "do", "be") and not after
    turned = any(map(other.ground.negative, other.tokens)) or other.subject & set(pair.one.parties)
    return (pair.one, other, 0.9) if bare and turned and pair.one.factual else None


def _cleft(pair: Pair) -> Found | None:
    """An answer that names another doer: "it was the south that had left the room"."""
    one, other, syntax = pair.one, pair.other, pair.other.syntax
    if not (pair.beside and one.factual and other.factual and other.tokens and syntax.low[other.tokens[0]] == "it"):
        return None
    verb = syntax.head[other.tokens[0]]
    named = syntax.child(verb, "attr") if syntax.lemma[verb] == "be" else None
    clause = any(syntax.dep[t] in ("relcl", "ccomp") for t in other.tokens)
    turned = named is not None and set(other.ground.holders.of(named)) & set(one.parties)
    return (one, other, 0.8) if clause and turned and one.about & set(other.parties) else None


def _unverified(pair: Pair) -> Found | None:
    """Two accounts of which the next sentence says that neither could be verified."""
    one, other, syntax = pair.one, pair.other, pair.other.syntax
    end = max(last for _, last in other.sentences)
    if (
        not pair.beside
        or end >= len(syntax.sentence)
        or not (one.factual and other.factual and one.asserting and other.asserting)
    ):
        return None
    following = range(*syntax.sentence[end])
    both = any(syntax.low[t] in other.words["both-accounts"] for t in following)
    checked = any(syntax.lemma[t] in other.words["verifying"] for t in following)
    return (one, other, 0.8) if both and checked and any(map(other.ground.negative, following)) else None


def _answered(pair: Pair) -> Found | None:
    """An accusation, and what the accused says of the same matter, before it or after."""
    for charge, answer in ((pair.one, pair.other), (pair.other, pair.one)):
        later = charge is pair.one
        if not charge.sides or not charge.doers & set(answer.parties) or pair.apart > (6 if later else 3):
            continue
        shared = (charge.stems & answer.stems) - {p.lower()[:STEM] for p in charge.about}
        accused = charge.statement.act == "accuse"
        if accused and ((shared and answer.cue in answer.words["answering"]) or len(shared) >= 2):
            return charge, answer, 0.7
        if later and pair.apart <= _NEXT and answer.factual and _disclaims(answer) and (shared or pair.shared):
            return charge, answer, 0.7
    return None


def _disclaims(answer: Said) -> bool:
    """Whether an answer takes something back from what was charged: a negation, or "only"."""
    return bool(answer.denied_stems) or any(answer.syntax.low[t] in answer.words["limiting"] for t in answer.tokens)


def _negated(pair: Pair) -> Found | None:
    """The same said by one and negated by the other."""
    one, other = pair.one, pair.other
    if not (one.asserting and other.asserting):
        return None
    common = one.told_stems & other.told_stems
    here, there = common & one.denied_stems, common & other.denied_stems
    if bool(here) == bool(there):
        return None
    beyond = len(pair.shared - here - there)
    short = min(len(one.stems), len(other.stems)) <= _TELLING and pair.apart <= _NEAR
    if not (short or beyond >= (1 if pair.apart <= _NEAR else 2)):
        return None
    yes, no = (other, one) if common & one.denied_stems else (one, other)
    if not yes.factual:
        return None
    if (no.statement.act == "accuse") > (yes.statement.act == "accuse"):
        return no, yes, 0.7
    if no.subject & set(yes.parties) and not no.subject & set(no.parties):
        yes, no = no, yes  # who speaks against the other asserts, and the other answers
    return yes, no, 0.6 + 0.05 * len(common)


def _excluded(pair: Pair) -> Found | None:
    """Words that exclude each other said of one matter, or one account set against another."""
    one, other = pair.one, pair.other
    if not (one.asserting and other.asserting):
        return None
    opposite = one.opposites(other)
    if opposite and (pair.shared - opposite or pair.goes_back or pair.contrasted):
        claimed = not pair.beside and any(other.holds(name) and one.holds(f"{name}-not") for name in _CLAIMED)
        return (other, one, 0.6) if claimed else (one, other, 0.6)
    subject = other.first_subject
    finite = subject is not None and other.ground.told(other.syntax.head[subject])
    countered = pair.beside and finite and other.cue in other.words["countering"]
    return (one, other, 0.5) if countered and pair.shared and one.factual and other.factual else None


def _turned_blame(pair: Pair) -> Found | None:
    """Harm that one lays to the other side, and for which that side names another doer or another cause."""
    one, other = pair.one, pair.other
    if not (pair.accused and one.factual and other.factual and (one.harms or one.statement.act == "accuse")):
        return None
    if not other.harms or other.doers & set(other.parties) or pair.names_apart:
        return None
    turned = bool(other.doers & set(one.parties))
    return (one, other, 0.6) if pair.shared or (pair.beside and (turned or not other.names)) else None


def said_against(claim: Said, others: list[Said]) -> Said | None:
    """The statement among others that goes against a claim, the surest: one that contradicts it, or on the same thing."""
    found = [(f[2], o) for o in others if (f := against(Pair(claim, o, 1))) is not None]
    return max(found, key=lambda f: (f[0], f[1].content.start))[1] if found else None
