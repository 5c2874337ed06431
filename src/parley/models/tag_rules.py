"""A spaCy component: what the pipeline's attribute ruler says of a token, remembered by what its rules look at.

The ruler of an English pipeline holds some 180 rules ("the tag VBZ is a verb in the third person", "`ain` is `be`"), and
matching them all anew at every token is a seventh of a parse. Nearly all look at one token's tag and at a few word forms,
the others at its neighbour too, so what they say is a function of little, and is looked up. The annotations are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.strings import StringStore
from spacy.tokens import Doc

Row = tuple[int, ...]
_NONE: Row = (0, 0)
_OTHER = 1
"""Stands for every word form or dependency that no rule names; 0 stands for none."""
FEW = 12
"""Up to so many unknown tokens of a document are asked about one by one, more by having the ruler annotate it whole."""


class RememberedRules:
    """Annotates as `ruler` does. Raises ``ValueError`` if one of its rules looks at more than is remembered by."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler, self.strings = ruler, ruler.vocab.strings
        self._own, self._target, self._beside = _Named(self.strings), _Named(self.strings), _Named(self.strings)
        for sequence, index in _sequences(ruler):
            for at, predicates in enumerate(sequence):
                self._own.take_in(predicates) if at == index else self._beside.take_in(predicates)
            if len(sequence) > 1:
                self._target.take_in(sequence[index])
        self._own.take_in({"DEP": {"IN": [rule["attrs"]["DEP"] for rule in ruler.patterns if "DEP" in rule["attrs"]]}})
        self._form_of: dict[int, tuple[int, bool, int]] = {}
        self._known: dict[tuple[Row, Row, Row], tuple[Row, Row]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set tag, part of speech, morphology, lemma and dependency as far as the rules say."""
        if not len(doc):
            return doc
        keys = list(self._keys(doc))
        unknown = [at for at, key in enumerate(keys) if key not in self._known]
        if len(unknown) > FEW:
            return self._learn(doc, keys)
        for at in unknown:
            window = range(max(0, at - 1), min(len(doc), at + 2))
            self._learn(_copy(doc, window), [keys[i] for i in window], at - window.start)
        known = [self._known[key] for key in keys]
        doc.from_array([POS, MORPH, LEMMA], np.array([values for values, _ in known], dtype=np.uint64))
        for token, (_, changed) in zip(doc, known, strict=True):
            if changed:
                token.tag, token.dep = changed
        return doc

    def _learn(self, doc: Doc, keys: list[tuple[Row, Row, Row]], only: int | None = None) -> Doc:
        """Let the ruler annotate the document, and remember what it says of each token, or of one."""
        before = doc.to_array([TAG, DEP]).tolist()
        doc = self.ruler(doc)
        values, after = doc.to_array([POS, MORPH, LEMMA]).tolist(), doc.to_array([TAG, DEP]).tolist()
        for at in range(len(doc)) if only is None else (only,):
            self._known[keys[at]] = (tuple(values[at]), tuple(after[at]) if before[at] != after[at] else ())
        return doc

    def _keys(self, doc: Doc) -> Iterator[tuple[Row, Row, Row]]:
        """For each token what the rules look at: in itself and, where a rule asks for them, in those before and after."""
        own: list[Row] = []
        needs: list[bool] = []
        beside: list[Row] = [_NONE]
        for lower, tag, dep, space in doc.to_array([LOWER, TAG, DEP, IS_SPACE]).tolist():
            form, is_target, form_beside = self._form_of.get(lower) or self._form(lower)
            own.append((form, tag, self._own.dep(dep), space))
            needs.append(is_target)
            beside.append((form_beside, self._beside.dep(dep)))
        beside.append(_NONE)
        for at, row in enumerate(own):
            yield (row, beside[at], beside[at + 2]) if needs[at] else (row, _NONE, _NONE)

    def _form(self, lower: int) -> tuple[int, bool, int]:
        """The form as rules on it name it, whether a rule on two tokens may annotate it, as rules on neighbours name it."""
        found = (self._own.form(lower), self._target.form(lower) != _OTHER, self._beside.form(lower))
        self._form_of[lower] = found
        return found


class _Named:
    """The word forms and dependencies that some rules name; all others are one to them."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings
        self.lowers: set[int] = set()
        self.deps: set[int] = set()
        self.patterns: list[re.Pattern[str]] = []

    def take_in(self, predicates: dict[str, Any]) -> None:
        """Take in what a rule asks of a token. Raises ``ValueError`` if it asks for more than forms and dependencies."""
        for name, named in (("LOWER", self.lowers), ("DEP", self.deps)):
            wanted: Any = predicates.get(name, {})
            operations: dict[str, Any] = {"IN": [wanted]} if isinstance(wanted, str) else wanted
            for operator, value in operations.items():
                if operator == "REGEX" and name == "LOWER":
                    self.patterns.append(re.compile(value))
                elif operator in ("IN", "NOT_IN"):
                    named.update(map(self.strings.add, value))
                else:
                    raise ValueError(f"a rule compares {name} by {operator}")

    def form(self, lower: int) -> int:
        """The form itself if a rule names it."""
        return lower if lower in self.lowers or any(p.search(self.strings[lower]) for p in self.patterns) else _OTHER

    def dep(self, dep: int) -> int:
        """The dependency itself if a rule names it, 0 where there is none."""
        return dep if dep in self.deps or not dep else _OTHER


def _sequences(ruler: AttributeRuler) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """What each rule asks of tokens that follow each other, and which of them it annotates."""
    for rule in ruler.patterns:
        if not set(rule["attrs"]) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}:
            raise ValueError(f"a rule sets {sorted(rule['attrs'])}")
        for sequence in rule["patterns"]:
            index = rule["index"] % len(sequence)
            if len(sequence) > 2 or (len(sequence) == 2 and "LOWER" not in sequence[index]):
                raise ValueError("a rule looks too far")
            for at, predicates in enumerate(sequence):
                if not set(predicates) <= ({"LOWER", "DEP", "TAG", "IS_SPACE"} if at == index else {"LOWER", "DEP"}):
                    raise ValueError(f"a rule looks at {sorted(predicates)}")
            yield sequence, index


def _copy(doc: Doc, window: range) -> Doc:
    """A few tokens of a document with their tags and dependencies, as a document of its own."""
    tokens = [doc[at] for at in window]
    return Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[False] * len(tokens),
        tags=[token.tag_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        heads=list(range(len(tokens))),
    )


@Language.factory("parley_tag_rules")
def remembered_rules(nlp: Language, name: str) -> RememberedRules:
    """The component for a pipeline that has an attribute ruler. Raises ``ValueError`` where it cannot stand in for it."""
    return RememberedRules(nlp.get_pipe("attribute_ruler"))
