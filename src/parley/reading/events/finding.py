"""The pairs of a text that may act on each other: each verb or noun of action with its agent and its object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.events.arguments import Arguments, Part
from parley.reading.events.clauses import modifies, not_come
from parley.reading.events.objects import BEHIND, CLAUSE, DIRECT, PLACE, THERE, acted_on, sides_of_noun
from parley.reading.events.status import COOPERATIVE, HOSTILE, negated
from parley.reading.events.tree import Tree
from parley.reading.events.words import ANY, EventWords

if TYPE_CHECKING:
    from parley.knowledge.rows import EventWord
    from parley.reading.layers import Mention

SPOKEN = frozenset(("AGREE", "REJECT", "REQUEST", "THREATEN"))
ALONE = frozenset(
    ("PROTEST", "MOBILIZE", "RETREAT", "CONCEDE", "ASSAULT", "COERCE", "THREATEN", "ACCUSE", "REJECT", "REQUEST")
)
"""Types that need no target, by the codebook."""
MUTUAL = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AGREE", "ASSAULT", "RETREAT", "REJECT"))
"""Types that two joined subjects may do to each other ("A and B met")."""
UNCLAIMED = frozenset(("ASSAULT", "COERCE", "SANCTION", "RETREAT"))
"""Types that are events even where nobody is named who does them."""
STATELY = frozenset(("COERCE", "SANCTION", "RETREAT"))
"""Of these, what the state does in which they are done."""
OWN_DEEDS = frozenset(("SANCTION", "CONSULT", "SUPPORT", "COOPERATE", "RETREAT"))
"""Types of what is done to a deed by whoever does it ("their aid was suspended"), and not by somebody else ("rejected")."""
JOINT = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AGREE"))
"""Types that several subjects do to each other rather than to one who is named only in a clause ("agreed to help")."""
ASIDE = frozenset(("conj", "advcl", "parataxis", "relcl", "cc", "punct", "meta"))
LONGEST = 44
SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")


@dataclass(frozen=True)
class Candidate:
    """A verb or noun that may report an event, the table rows that fit it, and who may act on whom."""

    trigger: int
    rows: tuple[EventWord, ...]
    source: Part
    target: Part | None
    first: int
    last: int
    """The tokens from the first to the last (exclusive) of its clause and its two sides."""
    clause: int
    """Where its own clause begins: later than `first` where it shares the subject of a verb before it."""


def find_candidates(tree: Tree, arguments: Arguments, words: EventWords) -> list[Candidate]:
    """All plausible pairs of a text, in text order."""
    found: list[Candidate] = []
    for first, last in tree.sentences:
        if arguments.mentions.within(first, last):
            found += _of_sentence(tree, arguments, words, first, last)
    return sorted(found, key=lambda c: c.trigger)


def _of_sentence(tree: Tree, arguments: Arguments, words: EventWords, first: int, last: int) -> list[Candidate]:
    """The pairs of one sentence, in no order; what an act of words is about is no pair of its own."""
    put = {
        token: candidate
        for token in range(first, last)
        if tree.pos[token] == "NOUN" and (candidate := _put_by_noun(tree, arguments, token, words)) is not None
    }
    found = list(put.values())
    absorbed = {verb for noun in put for verb in _content_of(tree, noun)}
    nouns: list[tuple[int, list[EventWord]]] = []
    for token in range(first, last):
        if tree.pos[token] in ("VERB", "AUX") and tree.dep[token] not in ("aux", "auxpass", "amod", "compound"):
            rows = _rows_of(tree, token, words)
            if rows and token not in absorbed and not modifies(tree, token):
                candidate = _of_verb(tree, arguments, token, rows)
                if candidate is not None:
                    found.append(candidate)
                    absorbed |= _absorbed(tree, token, rows)
        elif tree.pos[token] in ("NOUN", "PROPN") and token not in put and (rows := words.of_noun(tree, token)):
            nouns.append((token, rows))
    for token, rows in nouns:
        if token not in absorbed and (candidate := _of_noun(tree, arguments, token, rows)) is not None:
            found.append(candidate)
    found = [c for c in found if c.trigger in put or c.trigger not in absorbed]  # what an act is about may stand before it
    return found + _unlisted(tree, arguments, first, last, {c.trigger for c in found} | absorbed)


def _content_of(tree: Tree, noun: int) -> list[int]:
    """The verbs of the clauses that say what a noun of saying is about, and what stands directly with them."""
    clauses = tree.contents(noun)
    return clauses + [d for c in clauses for d in tree.kids(c, "xcomp", "conj", "dobj")]


def _put_by_noun(tree: Tree, arguments: Arguments, noun: int, words: EventWords) -> Candidate | None:
    """What a subject noun says with a clause: "Norway's refusal to meet Chile angered Peru"."""
    if tree.dep[noun] not in ("nsubj", "nsubjpass") or not _content_of(tree, noun):
        return None
    rows = words.of_noun(tree, noun)
    if not rows or rows[0].type not in SPOKEN | {"ACCUSE"}:
        return None
    source, target = sides_of_noun(arguments, noun, venues=False)
    return _candidate(tree, noun, rows, source, target) if source is not None else None


def _unlisted(tree: Tree, arguments: Arguments, first: int, last: int, listed: set[int]) -> list[Candidate]:
    """The main verb of a sentence, where no word of it is in the table but one actor does something to another."""
    verb = tree.root(first, last)
    while tree.verbal(verb) and tree.among(verb, "say") and (said := tree.child(verb, "ccomp")) is not None:
        verb = said
    if (
        verb in listed
        or _in_sport(tree, verb)
        or not tree.verbal(verb)
        or tree.among(verb, "idle")
        or negated(tree, verb)
        or modifies(tree, verb)
    ):
        return []
    source, head = arguments.subject(verb)
    if source is None or head is None:
        return []
    targets = [t for t in acted_on(arguments, verb, [], frozenset(source.actors)) if t.tier <= BEHIND]
    return [_candidate(tree, verb, [], source, targets[0])] if targets else []


def _rows_of(tree: Tree, verb: int, words: EventWords) -> list[EventWord]:
    """The rows of a verb; of the noun that a light verb carries ("launched an attack"); of "says that X must"."""
    rows = words.of_verb(tree, verb)
    asked = tree.child(verb, "xcomp") is not None or any(tree.low[link] == "on" for link in tree.kids(verb, "prep"))
    if tree.lemma[verb] in ("tell", "insist") and not asked:
        rows = []  # tells of something, which is no demand
    if tree.lemma[verb] == "want" and not any(tree.child(c, "nsubj") for c in tree.kids(verb, "ccomp", "xcomp")):
        rows = []  # wants something for itself
    if tree.lemma[verb] == "call" and tree.child(verb, "oprd") is not None:
        rows = []  # calls something by a name
    if tree.among(verb, "carry") and not any(row.objects for row in rows):
        for noun in _carried(tree, verb):
            rows = words.of_noun(tree, noun) + rows
    elif tree.among(verb, "carry"):
        fuller = [row for noun in _carried(tree, verb) for row in words.of_noun(tree, noun) if " " in row.word]
        rows = fuller or rows  # "began a hunger strike"
    if tree.among(verb, "promise") and (meant := _meant(tree, verb, words)):
        rows = meant
    if not rows and tree.among(verb, "say") and (clause := tree.child(verb, "ccomp")) is not None:
        obliged = any(tree.low[aux] in tree.classes["must"] for aux in tree.kids(clause, "aux")) or tree.lemma[clause] in (
            "need",
            "have",
        )
        rows = [row for row in words.verbs.get("demand", ()) if not row.objects] if obliged else []
    return rows


def _carried(tree: Tree, verb: int) -> list[int]:
    """The nouns that a light verb carries, also behind a noun of measure ("a week of manoeuvres")."""
    found = [one for noun in tree.kids(verb, "dobj", "nsubjpass") for one in tree.joined(noun)]
    return found + [noun for one in found if tree.among(one, "measure") for noun in tree.behind(one, ("of",))]


def _meant(tree: Tree, verb: int, words: EventWords) -> list[EventWord]:
    """The rows of what a promise comes to: a threat, where what is promised is hostile; a refusal, not to cooperate."""
    deed = tree.child(verb, "xcomp")
    if deed is None:
        deed = next((c for adjective in tree.kids(verb, "acomp") for c in tree.kids(adjective, "xcomp")), None)
    if deed is None or not tree.verbal(deed):
        return []
    rows = words.of_verb(tree, deed) or [row for n in tree.kids(deed, "dobj") for row in words.of_noun(tree, n)]
    types = {row.type for row in rows if row.objects and row.objects != (ANY,)} or {row.type for row in rows}
    negative = tree.child(deed, "neg") is not None
    if types and types <= HOSTILE and not negative:
        return [row for row in words.verbs.get("threaten", ()) if not row.objects and row.word == "threaten"]
    if types and types <= COOPERATIVE and negative:
        return [row for row in words.verbs.get("refuse", ()) if row.type == "REJECT"]
    return []


def _absorbed(tree: Tree, verb: int, rows: list[EventWord]) -> set[int]:
    """Tokens that report no event of their own: what is agreed to, asked, refused; the object of the act."""
    taken = set(tree.kids(verb, "dobj", "attr", "nsubjpass"))
    for link in tree.kids(verb, "prep"):
        taken |= set(tree.kids(link, "pobj"))
    best = [row.type for row in rows if row.word == rows[0].word]  # "call on": a visit or a demand
    if any(type in SPOKEN or type == "ACCUSE" for type in best):
        clauses = [c for w in tree.kids(verb, "acomp", "attr") for c in tree.kids(w, "xcomp", "ccomp")]
        clauses += tree.kids(verb, "xcomp", "ccomp", "advcl") + [
            c for p in tree.kids(verb, "prep") for c in tree.kids(p, "pcomp")
        ]
        for clause in clauses:
            refused = tree.tag[clause] == "VBG" and best == ["REJECT"] and tree.child(clause, "mark", "nsubj") is None
            if tree.dep[clause] != "advcl" or tree.tag[clause] == "VB" or refused:  # "ruled out sending"
                taken |= {clause, *tree.kids(clause, "xcomp", "conj", "dobj")}
        for noun in tree.kids(verb, "dobj"):
            taken |= {n for p in tree.kids(noun, "prep") for n in tree.kids(p, "pobj")}
            taken |= set(tree.kids(noun, "acl"))
    return taken


def _of_verb(tree: Tree, arguments: Arguments, verb: int, rows: list[EventWord]) -> Candidate | None:
    source, head = arguments.subject(verb)
    if _undone(tree, verb, rows) or _in_sport(tree, verb):
        return None
    if head is not None and not tree.passive(verb) and _by_nature(tree, verb, head):
        return None
    if source is None or head is None:
        return _by_nobody(tree, arguments, verb, head, rows)
    if source.actors and arguments.official.issuperset(source.actors):
        rows = [row for row in rows if row.type != "PROTEST"] or rows  # soldiers who block a road do not protest
    objects = acted_on(arguments, verb, rows, frozenset(source.actors))
    target = objects[0] if objects else None
    mention = arguments.named(head)
    both = mention is not None and mention.kind == "group" and len(mention.actors) > 1
    if mention is not None and _unclear(tree, arguments, verb, mention, rows):
        return None
    loose = len(source.actors) > 1 and rows[0].type in JOINT and _loose(arguments, source, target)
    if (
        target is None
        or both
        or loose
        or (len(source.actors) > 1 and (_together(tree, verb) or tree.among(verb, "exchange")))
    ):
        one, other = arguments.split(head)
        if one is not None and other is not None and any(row.type in MUTUAL for row in rows):
            source, target = one, other
    if target is None and not _stands_alone(tree, verb, rows, source):
        return None
    return _candidate(tree, verb, rows, source, target)


def _loose(arguments: Arguments, source: Part, target: Part | None) -> bool:
    """Whether who is named only in a clause is no third side ("agreed to set up a commission")."""
    if target is None or target.tier < CLAUSE:
        return False
    theirs = {arguments.countries.get(a) for a in source.actors}
    return all(arguments.countries.get(a) in (None, *theirs) for a in target.actors if a in arguments.countries)


def _by_nobody(tree: Tree, arguments: Arguments, verb: int, head: int | None, rows: list[EventWord]) -> Candidate | None:
    """What is done to somebody by what is no actor ("a car bomb killed"), or by nobody who is named ("was arrested in").

    An arrest, an expulsion, a release is the deed of the state in which it is done.
    """
    if tree.among(verb, "send") and tree.passive(verb) and (moved := _moved(tree, arguments, verb, rows)) is not None:
        return moved
    if (told := _by_its_noun(tree, arguments, verb, rows)) is not None:
        return told
    if rows[0].type not in UNCLAIMED:
        return None
    by = tree.child(verb, "agent")
    if head is None and (not tree.passive(verb) or tree.dep[verb] not in ("ROOT", "ccomp", "conj") or by is not None):
        return None
    targets = acted_on(arguments, verb, rows, frozenset())
    reach = DIRECT if head is None else PLACE if tree.among(head, "weapon") else BEHIND
    if not targets or targets[0].tier > reach:
        return None
    target, source = targets[0], None
    if head is not None:
        source = Part((), *arguments.extent(head))
    elif rows[0].type in STATELY:
        source = next((p for p in arguments.places(verb) if p.actors != target.actors), None)
    return _candidate(tree, verb, rows, source or Part((), verb, verb), target)


def _by_nature(tree: Tree, verb: int, head: int) -> bool:
    """Whether an earthquake, a storm or an illness strikes, or a ship sinks by itself: nobody's deed."""
    if any(tree.low[i] in tree.classes["nature"] or tree.among(i, "nature") for i in (head, *tree.kids(head, "compound"))):
        return True
    return tree.among(head, "vehicle") and tree.child(verb, "dobj") is None


def _in_sport(tree: Tree, verb: int) -> bool:
    """Whether one side only beats another in a contest: the sentence has a score or a word of sport."""
    if not tree.among(verb, "contest"):
        return False
    first, last = next((a, b) for a, b in tree.sentences if a <= verb < b)
    scored = any(SCORE.fullmatch("".join(tree.low[i : i + 3])) for i in range(first, last - 2))
    return scored or any(tree.among(i, "sport") or SCORE.fullmatch(tree.low[i]) for i in range(first, last))


def _by_its_noun(tree: Tree, arguments: Arguments, verb: int, rows: list[EventWord]) -> Candidate | None:
    """What is done to something that has sides of its own: "Dutch aid for Rwanda was suspended"."""
    noun = tree.subject(verb)
    if noun is None or not tree.passive(verb) or tree.pos[noun] != "NOUN" or arguments.named(noun) is not None:
        return None
    if not any(tree.lemma[noun] in row.objects for row in rows if row.type in OWN_DEEDS or row.mode == "meet"):
        return None
    source, target = sides_of_noun(arguments, noun, venues=False)
    return _candidate(tree, verb, rows, source, target) if source is not None and target is not None else None


def _moved(tree: Tree, arguments: Arguments, verb: int, rows: list[EventWord]) -> Candidate | None:
    """Soldiers who are sent by nobody named: they act."""
    subject = tree.subject(verb)
    source = arguments.part(subject) if subject is not None and tree.among(subject, "moved") else None
    if source is None:
        return None
    targets = acted_on(arguments, verb, rows, frozenset(source.actors))
    return _candidate(tree, verb, rows, source, targets[0] if targets else None)


def _unclear(tree: Tree, arguments: Arguments, verb: int, mention: Mention, rows: list[EventWord]) -> bool:
    """Whether it is open who will do to each other what has not come yet: several who are not named in the sentence."""
    if mention.kind not in ("group", "pronoun") or rows[0].type not in MUTUAL or not not_come(tree, verb):
        return False
    if len(mention.actors) < 2:
        return tree.tag[mention.head] in ("NNS", "NNPS") or tree.low[mention.head] == "they"
    first, last = next((a, b) for a, b in tree.sentences if a <= verb < b)
    named = {a for m in arguments.mentions.within(first, last) if m.kind not in ("group", "pronoun") for a in m.actors}
    return not named.issuperset(mention.actors)


def _stands_alone(tree: Tree, verb: int, rows: list[EventWord], source: Part) -> bool:
    """Whether a verb is an event with nobody named as its target: it acts on something, and its type allows it."""
    if any(row.objects and row.objects != (ANY,) for row in rows):
        return True
    if rows[0].type == "CONSULT":
        return len(source.actors) > 1
    acted = tree.child(verb, "dobj", "nsubjpass", "ccomp", "prep", "xcomp") is not None
    return acted and any(row.type in ALONE for row in rows[:2])


def _undone(tree: Tree, verb: int, rows: list[EventWord]) -> bool:
    """Whether nothing is reported but that a deed was not done ("does not occupy"): no event, unless it is a refusal."""
    if tree.child(verb, "neg") is not None and rows[0].type == "REJECT" and rows[0].word.split()[0] == tree.lemma[verb]:
        return tree.lemma[verb] not in ("be", "let", "give")  # "did not rule out", "never denied"
    if not negated(tree, verb) or any(row.type in ("REJECT", "SUPPORT", "AGREE", "REQUEST", "ACCUSE") for row in rows):
        return False
    return not any(tree.low[aux] in tree.classes["would-not"] for aux in tree.kids(verb, "aux"))


def _together(tree: Tree, verb: int) -> bool:
    return any(tree.low[c] in ("together", "jointly", "each") for c in tree.children[verb])


def _of_noun(tree: Tree, arguments: Arguments, noun: int, rows: list[EventWord]) -> Candidate | None:
    source, target = sides_of_noun(arguments, noun, venues=rows[0].type in THERE)
    if source is None or (
        target is None and not (tree.among(noun, "known-alone") and tree.dep[noun] not in ("nsubj", "compound"))
    ):
        return None
    return _candidate(tree, noun, rows, source, target)


def _candidate(tree: Tree, trigger: int, rows: list[EventWord], source: Part, target: Part | None) -> Candidate:
    """The pair with its clause: the trigger's own words and the two actors, cut to a fair length."""
    own = tree.below(trigger, without=ASIDE)
    if tree.verbal(trigger) and tree.dep[trigger] == "xcomp":
        own = [tree.head[trigger], *own]
    spans = [(p.first, p.last) for p in (source, target) if p is not None and p.first < p.last]
    first, last = min([own[0], *(a for a, _ in spans)]), max([own[-1] + 1, *(b for _, b in spans)])
    needed_first = min([trigger, *(a for a, _ in spans)])
    needed_last = max([trigger + 1, *(b for _, b in spans)])
    if last - first > LONGEST:
        first = max(first, needed_first - 6)
        last = max(needed_last, min(last, first + LONGEST))
    return Candidate(trigger, tuple(rows), source, target, first, last, max(first, own[0]))
