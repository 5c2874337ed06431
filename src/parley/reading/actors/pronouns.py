"""Pronouns: who "he", "she", "they", "it" and their possessives stand for."""

from __future__ import annotations

from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.phrase import Phrase

SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
PRONOUNS = frozenset(SINGULAR) | PLURAL | NEUTER
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
DENIED = frozenset(("say", "deny", "confirm", "accept", "reject", "dismiss", "repeat", "announce", "admit", "propose"))
"""Verbs whose "it" is what somebody said or proposed, and no actor ("The army denied it")."""
FAR = {"person": 8, "plural": 3, "neuter": 2}


def is_pronoun(cast: Cast, i: int) -> bool:
    """Whether a word is a pronoun of the third person that stands for an actor."""
    words = cast.words
    if words.folded[i] not in PRONOUNS or words.tag[i] not in ("PRP", "PRP$"):
        return False
    return not (words.folded[i] == "it" and (words.dep[i] == "expl" or _pleonastic(cast, i)))


def _pleonastic(cast: Cast, i: int) -> bool:
    """ "it is clear that", "it was in May that", "they deny it": an "it" that stands for no actor."""
    words, verb = cast.words, cast.words.head[i]
    if words.dep[i] == "dobj" and words.lemma[verb] in DENIED:
        return True  # what is said or denied is no actor
    if words.dep[i] not in SUBJECTS:
        return False
    return words.lemma[verb] in ("be", "seem", "appear", "remain", "take", "become", "happen", "turn", "rain", "snow")


def relative_of(cast: Cast, i: int) -> int | None:
    """The word for which a relative pronoun stands: "who" in "the envoy who left"."""
    words = cast.words
    if words.tag[i] not in ("WP", "WDT", "WP$") or words.folded[i] not in ("who", "which", "that", "whose", "whom"):
        return None
    verb = words.head[i]
    for _ in range(4):
        if words.dep[verb] == "relcl":
            return words.head[verb]
        verb = words.head[verb]
    return None


def resolve_pronoun(cast: Cast, i: int) -> tuple[Draft, ...]:
    """The actors that the pronoun at word i stands for; none if that is unclear."""
    word = cast.words.folded[i]
    if word in SINGULAR:
        return _antecedent(cast, i, "person", SINGULAR[word])
    if word in PLURAL:
        return _antecedent(cast, i, "plural", "")
    return _antecedent(cast, i, "neuter", "")


def _antecedent(cast: Cast, i: int, want: str, gender: str) -> tuple[Draft, ...]:
    words = cast.words
    best: tuple[float, tuple[Draft, ...]] = (0.0, ())
    for at, p, drafts in cast.before(i):
        gap = words.sentence[i] - words.sentence[at]
        if gap > FAR[want]:
            break
        if want == "plural":
            drafts = _together(cast, at, drafts)
        if not _agrees(cast, drafts, want, gender) or _same_clause(cast, i, at):
            continue
        weight = _weight(cast, i, p, gap)
        if weight > best[0]:
            best = (weight, drafts)
    if want == "neuter" and best[0] < 0.25:
        return ()
    return best[1]


def _together(cast: Cast, at: int, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The actors of all names that "and" joins to this one: "they" after "Torland and the rebels" are both."""
    words = cast.words
    if words.dep[at] == "conj":
        return drafts  # Seen with the first of them.
    found = list(drafts)
    for k, _, others in cast.in_sentence(at):
        root = k
        while words.dep[root] == "conj":
            root = words.head[root]
        found += others if root == at else ()
    return tuple(dict.fromkeys(found))


def _agrees(cast: Cast, drafts: tuple[Draft, ...], want: str, gender: str) -> bool:
    if want == "person":
        return len(drafts) == 1 and drafts[0].person and cast.gender(drafts[0]) in ("", gender)
    if want == "plural":
        return len(drafts) > 1 or drafts[0].plural or drafts[0].kind in ("armed-group", "population")
    return len(drafts) == 1 and not drafts[0].plural and drafts[0].kind not in ("person", "population")


def _same_clause(cast: Cast, i: int, at: int) -> bool:
    """An object cannot stand for the subject of its own verb ("Ana met her")."""
    words = cast.words
    if words.tag[i] == "PRP$" or words.folded[i].endswith(("self", "selves")):
        return words.head[i] == at
    return words.head[i] == words.head[at] and words.sentence[i] == words.sentence[at]


def _weight(cast: Cast, i: int, p: Phrase, gap: int) -> float:
    """How likely a mention is what the pronoun stands for: near, a subject, a speaker, not across quotation marks."""
    words, at = cast.words, p.head
    dep, verb = words.dep[at], words.lemma[words.head[at]]
    weight = 1.0 / (1.0 + gap)
    if dep in SUBJECTS:
        weight *= 1.8 if verb in cast.lexicon.saying else 1.5
        if words.dep[words.head[at]] == "relcl":  # what only describes another is less in view than what it describes
            weight *= 0.75
    elif dep in ("poss", "compound", "nmod", "amod"):
        weight *= 0.75
    elif dep == "pobj":
        weight *= 0.7
    if words.quoted[at] and not words.quoted[i]:
        weight *= 0.3
    if words.quoted[i] and not words.quoted[at] and dep in SUBJECTS and verb in cast.lexicon.saying and gap == 0:
        weight *= 0.3
    if words.paragraph[at] != words.paragraph[i]:
        weight *= 0.9
    if gap == 0:
        weight *= 0.9 + 0.1 * max(0.0, 1 - (i - at) / 40)
    return weight
