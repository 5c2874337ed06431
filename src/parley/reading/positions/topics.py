"""What a text speaks of: phrases of the issue table, found in the parse, with the pole that the bare phrase points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.positions.lexicon import Lexicon, act_at, matched

if TYPE_CHECKING:
    from parley.knowledge.rows import IssuePhrase
    from parley.reading.layers import Mentions
    from parley.reading.positions.syntax import Syntax

_REACH_LEFT, _REACH_RIGHT = 14, 16


@dataclass(frozen=True)
class Topic:
    """Tokens that name an issue; `sign` is +1 where the bare words point to the issue's pole, -1 where away from it."""

    tokens: tuple[int, ...]
    head: int
    object: int | None
    issue: str
    sign: int
    needs_operator: bool
    words: str
    performed: str = ""


def find_topics(syntax: Syntax, mentions: Mentions, lexicon: Lexicon) -> list[Topic]:
    """Every topic of the text in its order; a longer phrase hides the shorter ones within it."""
    found: list[Topic] = []
    taken: set[int] = set()
    token = 0
    while token < len(syntax.lemma):
        topic = _topic_at(syntax, mentions, lexicon, token) if token not in taken else None
        if topic is None:
            token += 1
            continue
        taken.update(topic.tokens)
        if topic.issue != "none":
            found.append(topic)
        token += 1
    return _unnested(syntax, found)


def _unnested(syntax: Syntax, found: list[Topic]) -> list[Topic]:
    """Of a phrase and the topic that is its object, the one that says more: "give up nuclear weapons" is nuclear."""
    by_head = {t.head: t for t in found if t.object is None}
    dropped: set[int] = set()
    for outer in found:
        if outer.object is None:
            continue
        inner = by_head.get(outer.object)
        named = next(
            (by_head[c] for c in syntax.children[outer.object] if c in by_head and syntax.dep[c] == "compound"), None
        )
        if inner is not None and len(inner.tokens) > 1:
            dropped.add(outer.head)
        elif inner is not None:
            dropped.add(inner.head)
        elif named is not None and outer.issue == "implementation":
            dropped.add(outer.head)
    return [t for t in found if t.head not in dropped]


def _topic_at(syntax: Syntax, mentions: Mentions, lexicon: Lexicon, token: int) -> Topic | None:
    rows = lexicon.issues.get(syntax.lemma[token], ())
    if syntax.low[token] != syntax.lemma[token]:
        rows += lexicon.issues.get(syntax.low[token], ())
    if not rows:
        return None
    best: tuple[tuple[int, int, int], Topic] | None = None
    for words, phrase in rows:
        tokens = matched(syntax, token, words)
        if tokens is None:
            continue
        head = _head_of(syntax, tokens)
        if syntax.pos[head] in ("PROPN", "ADP", "PRON", "DET") and len(tokens) == 1 and not syntax.low[head].isalpha():
            continue
        if phrase.words in lexicon.words["verbs-only" if not syntax.verbal(head) else "nouns-only"]:
            continue
        if len(tokens) > 1 and not syntax.verbal(tokens[0]) and syntax.dep[tokens[1]] == "acl" and not phrase.of:
            continue  # "a ceasefire monitored by" speaks of the ceasefire
        distance, thing = 0, None
        if phrase.of:
            nearest = _thing(syntax, mentions, lexicon, tokens, head, phrase)
            if nearest is None:
                continue
            distance, thing = nearest
        rank = (len(tokens), 1 if phrase.of else 0, -distance)
        if best is None or rank > best[0]:
            sign = 1 if phrase.pole == "for" else -1
            best = (rank, Topic(tokens, head, thing, phrase.issue, sign, phrase.needs == "operator", phrase.words,
                                phrase.performed))  # fmt: skip
    return best[1] if best else None


def _head_of(syntax: Syntax, tokens: tuple[int, ...]) -> int:
    inside = set(tokens)
    tops = [t for t in tokens if syntax.head[t] not in inside or syntax.head[t] == t]
    verbs = [t for t in tops if syntax.verbal(t)]
    return verbs[0] if verbs else (tops[-1] if tops else tokens[-1])


def _thing(syntax: Syntax, mentions: Mentions, lexicon: Lexicon, tokens: tuple[int, ...], head: int,
           phrase: IssuePhrase) -> tuple[int, int] | None:  # fmt: skip
    """The nearest word of one of the phrase's classes that belongs to it, with its distance."""
    first, last = syntax.sentence[head]
    wanted = frozenset(phrase.of)
    best: tuple[int, int] | None = None
    leaves = phrase.issue == "withdrawal" and phrase.pole == "for"
    doer = syntax.child(head, "nsubj") if syntax.verbal(head) and syntax.child(head, "dobj") is not None else None
    for at in range(max(first, head - _REACH_LEFT), min(last, head + _REACH_RIGHT)):
        if at in tokens or (at == doer and not leaves):  # "the troops keep the truce": troops are not what is kept
            continue
        of_word = lexicon.classes.get(syntax.lemma[at]) or lexicon.classes.get(syntax.low[at]) or frozenset()
        plain = not wanted.isdisjoint(of_word)
        named = ("place" in wanted and syntax.place[at]) or (
            "actor" in wanted
            and mentions.headed_by(at) is not None
            and not (phrase.issue == "prisoners" and syntax.place[at])
        )
        if "person" in wanted and _goes(syntax, mentions, at, head):
            return (abs(at - head), at)
        if plain and syntax.verbal(head) and syntax.subject(head) == at and best is None:
            best = (_REACH_LEFT + _REACH_RIGHT + abs(at - head), at)
        if plain and _put(syntax, lexicon, at, head):
            return (abs(at - head), at)
        if not (plain or named) or not _belongs(
            syntax, at, head, tokens, lexicon.words["agents"], plain=plain, owned="rulers" in wanted
        ):
            continue
        distance = abs(at - head) + (2 if syntax.dep[at] == "amod" else 0)  # "kidnapped children" are children first
        if best is None or distance < best[0]:
            best = (distance, at)
    return best


def _goes(syntax: Syntax, mentions: Mentions, at: int, verb: int) -> bool:
    """Whether a named person is the subject of a verb without a goal: "Orsk must go", not "vowed to go to court"."""
    if syntax.pos[at] != "PROPN" or syntax.place[at] or mentions.at(at) is None or syntax.subject(verb) != at:
        return False
    return not any(syntax.dep[c] in ("dobj", "xcomp") or syntax.low[c] == "to" for c in syntax.children[verb])


def _put(syntax: Syntax, lexicon: Lexicon, at: int, particle: int) -> bool:
    """Whether a word is what a particle tells the place of: "wants the troops out", not "the rebels are holding out"."""
    act = act_at(lexicon, syntax, syntax.head[particle]) if syntax.verbal(syntax.head[particle]) else None
    if act is not None and syntax.low[particle] in act.words.split():
        return False
    if syntax.dep[particle] not in ("prt", "advmod", "acomp", "oprd", "prep"):
        return False
    return syntax.head[at] == syntax.head[particle] and syntax.dep[at] in ("dobj", "nsubj") and at < particle


_NOT_OF_IT = frozenset("after by before during since as amid at with against despite than about over while on under".split())
_OF_IT = frozenset(("of", "from", "out"))


def _belongs(
    syntax: Syntax, at: int, head: int, tokens: tuple[int, ...], agents: frozenset[str], *, plain: bool, owned: bool
) -> bool:
    """Whether the word is what the phrase is about: its object, its "of"; a plain noun may also be its subject."""
    step = at
    for _ in range(6):
        above = syntax.head[step]
        if above in tokens:
            relation, word = syntax.dep[step], syntax.low[step]
            if relation == "prep":
                return word not in _NOT_OF_IT if plain else word in _OF_IT
            if relation in ("nsubj", "agent", "compound", "poss", "dative", "amod") and not plain and not (
                    relation == "poss" and owned):  # fmt: skip
                return False
            return relation not in ("advcl", "conj", "relcl", "ccomp", "npadvmod", "appos")
        if above == step or (syntax.verbal(above) and above != head):
            break
        if not plain and not owned and syntax.dep[step] == "poss":
            return False  # "recognised Colombia's efforts"
        if plain and syntax.dep[step] == "compound" and step == at and syntax.lemma[above] in agents:
            return False  # "arms inspectors"
        if not plain and syntax.dep[step] == "pobj" and syntax.low[above] not in _OF_IT:
            return False
        step = above
    # "hostages to be released", "troops who must leave": the phrase modifies the word
    if syntax.dep[head] in ("acl", "relcl") and syntax.head[head] == at:
        return True
    # where the parse fails: the word right after the phrase, with only modifiers between
    gap = range(tokens[-1] + 1, at)
    return (0 <= at - tokens[-1] - 1 <= 3 and plain
            and all(syntax.pos[g] in ("DET", "ADJ", "NUM", "PRON", "PROPN", "PART") for g in gap))  # fmt: skip
