"""The parse of a text as plain columns, and the questions about clauses that events ask of it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, LOWER, POS, SENT_START, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc

PARTICLES = frozenset(("prt", "prep", "dative", "agent"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


class Tree:
    """Columns of one parsed document, an item a token: lower-case words and lemmas, parts of speech, relations, heads."""

    def __init__(self, tokens: Doc, classes: Mapping[str, frozenset[str]]) -> None:
        """`classes`: the classes of words that the table ``event_classes`` names."""
        self.classes = classes
        table = tokens.to_array([LOWER, LEMMA, POS, TAG, DEP, HEAD, ENT_TYPE, SENT_START]).tolist()
        strings = tokens.vocab.strings
        words: dict[int, str] = {}

        def column(at: int) -> list[str]:
            found = []
            for row in table:
                key = row[at]
                if key not in words:
                    words[key] = strings[key]
                found.append(words[key])
            return found

        self.low = column(0)
        self.lemma = [lemma.lower() for lemma in column(1)]
        self.pos, self.tag, self.dep, self.entity = column(2), column(3), column(4), column(6)
        self.head: list[int] = [i + (row[5] if row[5] < 2**63 else row[5] - 2**64) for i, row in enumerate(table)]
        self._starts = [i for i, row in enumerate(table) if row[7] == 1 or i == 0]
        self._mend()
        self.children: list[list[int]] = [[] for _ in table]
        for child, parent in enumerate(self.head):
            if child != parent:
                self.children[parent].append(child)

    def _mend(self) -> None:
        """Give a sentence without a finite verb the one that the parser took for a participle ("A report called for calm").

        Only where the words say that the noun acts: the participle has an object, a clause or a preposition of its own kind.
        What hangs on the noun but stands behind the verb then hangs on the verb.
        """
        self._mend_doers()
        for first, last in self.sentences:
            root = self.root(first, last)
            if self.pos[root] not in ("NOUN", "PROPN"):
                continue
            of_root = [i for i in range(first, last) if self.head[i] == root and i != root]
            verb = next((i for i in of_root if i > root and self.dep[i] == "acl" and self.tag[i] == "VBN"), None)
            if verb is None or any(self.tag[i] in FINITE for i in of_root) or not self._acts(verb, last):
                continue
            self.dep[root], self.head[root] = "nsubj", verb
            self.dep[verb], self.head[verb], self.tag[verb] = "ROOT", verb, "VBD"
            for i in of_root:
                if i > verb:
                    self.head[i] = verb

    def _mend_doers(self) -> None:
        """Hang a "by" that the parser gave to an active verb on the deed before it ("an inquiry into killings by")."""
        passive = {self.head[i] for i, dep in enumerate(self.dep) if dep in ("auxpass", "nsubjpass")}
        active = {self.head[i] for i, dep in enumerate(self.dep) if dep == "nsubj"}
        for link in [i for i, dep in enumerate(self.dep) if dep == "agent"]:
            verb = self.head[link]
            if verb in passive or verb not in active or verb > link:
                continue
            noun = next((i for i in range(link - 1, verb, -1) if self.pos[i] == "NOUN"), None)
            while noun is not None and self.dep[noun] == "pobj" and self.low[self.head[noun]] == "of" \
                    and self.pos[self.head[self.head[noun]]] == "NOUN":  # fmt: skip
                noun = self.head[self.head[noun]]
            if noun is not None:
                self.head[link], self.dep[link] = noun, "prep"

    def _acts(self, verb: int, last: int) -> bool:
        own = [i for i in range(verb + 1, last) if self.head[i] == verb]
        if any(
            self.dep[i] in ("dobj", "ccomp", "xcomp", "prt") or (self.dep[i] == "advcl" and self.tag[i] == "VB") for i in own
        ):
            return True
        return any(self.dep[i] == "prep" and self.low[i] in ("for", "with", "against", "on") for i in own)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """First and last (exclusive) token of each sentence."""
        return tuple(pairwise([*self._starts, len(self.low)]))

    def root(self, first: int, last: int) -> int:
        """The token of a sentence on which the others hang."""
        return next((i for i in range(first, last) if self.head[i] == i), first)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child that stands in one of these relations."""
        return next((c for c in self.children[token] if self.dep[c] in deps), None)

    def kids(self, token: int, *deps: str) -> list[int]:
        """The children that stand in one of these relations, in text order."""
        return [c for c in self.children[token] if self.dep[c] in deps]

    def behind(self, token: int, links: Container[str]) -> list[int]:
        """The nouns behind these prepositions of a token, in text order."""
        return [n for link in self.kids(token, "prep") if self.low[link] in links for n in self.kids(link, "pobj")]

    def contents(self, noun: int) -> list[int]:
        """The clauses that say what a noun of saying is about ("its threat to attack", "the claim that it attacked")."""
        return [
            c for c in self.kids(noun, "acl", "ccomp", "relcl") if self.tag[c] == "VB" or self.child(c, "mark") is not None
        ]

    def among(self, token: int, name: str) -> bool:
        """Whether the lemma of a token belongs to this class of words."""
        return self.lemma[token] in self.classes[name]

    def verbal(self, token: int) -> bool:
        return self.pos[token] in ("VERB", "AUX")

    def below(self, token: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """The token and all that hang on it, in text order, leaving out branches in the relations `without`."""
        found, waiting = [], [token]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [c for c in self.children[at] if self.dep[c] not in without]
        return sorted(found)

    def above(self, token: int) -> list[int]:
        """The heads of a token, nearest first."""
        found = []
        while self.head[token] != token:
            token = self.head[token]
            found.append(token)
        return found

    def joined(self, token: int) -> list[int]:
        """The token and those joined to it ("Israel, Egypt and Jordan"), in text order."""
        found, at = [token], token
        while (following := self.child(at, "conj")) is not None:
            found += self.kids(at, "conj")
            at = following
        return sorted(set(found))

    def passive(self, verb: int) -> bool:
        """Whether the verb is passive: with a passive auxiliary or subject, or a bare participle after its noun."""
        if self.child(verb, "auxpass", "nsubjpass") is not None:
            return True
        if self.child(verb, "agent") is not None and self.child(verb, "nsubj", "dobj") is None:
            return True  # "by" behind an object is of that object ("an inquiry into killings by soldiers")
        if self.tag[verb] != "VBN" or self.child(verb, "aux", "nsubj", "dobj") is not None:
            return False
        return self.dep[verb] in ("acl", "advcl") or (self.dep[verb] == "conj" and self.passive(self.head[verb]))

    def subject(self, verb: int) -> int | None:
        """Who does a verb, active or passive: its own subject, or the one that it shares with the verb above."""
        for _ in range(6):
            own = self.child(verb, "nsubj", "nsubjpass", "csubj")
            if own is not None:
                if self.low[own] in ("who", "which", "that", "whom") and self.dep[verb] == "relcl":
                    return self.head[verb]
                return own
            if self.dep[verb] == "relcl":
                return self.head[verb]
            if self.dep[verb] == "acl":
                return self.head[verb]
            if self.dep[verb] not in ("conj", "xcomp", "advcl", "pcomp") or self.head[verb] == verb:
                return None
            above = self.head[verb]
            if (
                self.dep[verb] == "xcomp"
                and (controlled := self.child(above, "dobj")) is not None
                and self.tag[verb] != "VBG"
            ):
                return controlled if self.lemma[above] not in ("promise", "threaten", "vow", "use") else self.subject(above)
            if self.dep[verb] == "pcomp":
                above = self.head[above] if self.dep[above] == "prep" else above
                if not self.verbal(above):
                    return None
            verb = above
        return None
