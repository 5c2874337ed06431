"""The table of event words, indexed: which rows fit a verb or noun of a parse, with its particle and its objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.events.tree import Tree

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.knowledge.rows import EventCode, EventWord

LINKS = ("prep", "prt", "dative", "agent")
ANY = "*"
"""In the column `objects`: any direct object will do, but there must be one."""


@dataclass(frozen=True)
class EventWords:
    """Rows by first lemma and part of speech, and codes by number."""

    verbs: dict[str, list[EventWord]] = field(repr=False)
    nouns: dict[str, list[EventWord]] = field(repr=False)
    codes: dict[str, EventCode] = field(repr=False)

    def of_verb(self, tree: Tree, verb: int) -> list[EventWord]:
        """The rows that fit a verb, those with a fitting object first, then those with a particle, then the plain ones."""
        rows = self.verbs.get(tree.lemma[verb])
        if not rows:
            return []
        links = {tree.low[c] for c in tree.children[verb] if tree.dep[c] in LINKS or tree.pos[c] in ("ADP", "ADV", "INTJ")}
        things = objects_of(tree, verb)
        acted = tree.child(verb, "dobj", "nsubjpass", "dative") is not None
        fitting = []
        for row in rows:
            rest = row.word.split()[1:]
            if rest and not all(word in links or word in things for word in rest):
                continue
            if row.objects and not any(thing in things for thing in row.objects) and not (row.objects == (ANY,) and acted):
                continue
            fitting.append(row)
        return sorted(fitting, key=lambda row: (not row.objects or row.objects == (ANY,), " " not in row.word))

    def of_noun(self, tree: Tree, noun: int) -> list[EventWord]:
        """The rows that fit a noun, compounds ("air strike") first."""
        rows = self.nouns.get(tree.lemma[noun])
        if not rows:
            return []
        before = {tree.lemma[c] for c in tree.children[noun] if tree.dep[c] in ("compound", "amod", "nmod")}
        fitting = [row for row in rows if all(word in before for word in row.word.split()[:-1])]
        return sorted(fitting, key=lambda row: " " not in row.word)


def objects_of(tree: Tree, verb: int) -> frozenset[str]:
    """Lemmas of what a verb acts on: objects, passive subjects, nouns behind its prepositions, and their compounds."""
    heads = tree.kids(verb, "dobj", "attr", "nsubjpass", "acomp", "oprd", "dative")
    for link in tree.kids(verb, "prep", "dative", "prt", "advmod"):
        heads += tree.kids(link, "pobj", "pcomp")
    heads += [clause for clause in tree.kids(verb, "ccomp") if tree.pos[clause] == "ADJ"]  # "found him guilty"
    for clause in tree.kids(verb, "ccomp"):
        heads += tree.kids(clause, "nsubj") if tree.lemma[verb] in ("let", "allow", "permit", "help") else []
    found: list[str] = []
    for head in [joined for h in heads for joined in tree.joined(h)]:
        found.append(tree.lemma[head])
        found += [tree.lemma[c] for c in tree.children[head] if tree.dep[c] in ("compound", "amod")]
        if tree.among(head, "measure") or tree.pos[head] == "NUM":
            found += [tree.lemma[p] for link in tree.kids(head, "prep") for p in tree.kids(link, "pobj")]
    if tree.dep[verb] in ("acl", "relcl") and (tree.passive(verb) or tree.child(verb, "dobj") is None):
        found.append(tree.lemma[tree.head[verb]])
    return frozenset(found)


@lru_cache(maxsize=4)
def classes_of(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """The table of classes of words, by name."""
    return {row.name: frozenset(row.words) for row in knowledge.event_classes}


@lru_cache(maxsize=4)
def words_of(knowledge: Knowledge) -> EventWords:
    """The index of a knowledge's tables of event words and codes."""
    verbs: dict[str, list[EventWord]] = {}
    nouns: dict[str, list[EventWord]] = {}
    for row in knowledge.event_words:
        parts = row.word.split()
        if row.part == "verb":
            verbs.setdefault(parts[0], []).append(row)
        else:
            nouns.setdefault(parts[-1], []).append(row)
    return EventWords(verbs, nouns, {row.code: row for row in knowledge.event_codes})
