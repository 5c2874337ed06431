"""The parse of a reading as plain columns, with the questions that positions ask of it: subject, negation, modality."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
RELATIVE_PRONOUNS = frozenset(("who", "which", "that", "whom"))
NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no"))
OBLIGING = frozenset(("must", "should", "ought", "shall"))
INTENDING = frozenset(("will", "would", "'ll", "’ll", "wo", "wouldn", "'d", "’d"))
ENABLING = frozenset(("can", "could", "may", "might", "ca"))
_VERBAL = ("VERB", "AUX")
OBJECT_CONTROL = frozenset(
    "urge ask tell call press force persuade order allow invite encourage request beg implore exhort push advise permit "
    "require want expect warn convince pressure enable compel help get let make".split()
)


@dataclass(frozen=True)
class Syntax:
    """Columns of one parsed document, a row a token: lower-case words and lemmas, tags, heads and children."""

    low: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    place: list[bool]
    sentence: list[tuple[int, int]]
    """For each token, the first and last (exclusive) token of its sentence."""
    children: list[list[int]] = field(repr=False)

    @classmethod
    def of(cls, tokens: Doc) -> Syntax:
        """The columns of a parsed document."""
        # One array instead of a walk for each column: the walk would cost more than all the rest of this stage.
        columns = tokens.to_array(["LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE"])
        low, lemma, pos, tag, dep, ent = (_words(tokens, columns[:, k].tolist()) for k in (0, 1, 2, 3, 4, 6))
        head = [at + offset for at, offset in enumerate(columns[:, 5].astype("int64").tolist())]
        _rejoin(head, dep, tag)
        _rejoin_kinds(head, dep, pos, low)
        children: list[list[int]] = [[] for _ in head]
        for child, parent in enumerate(head):
            if child != parent:
                children[parent].append(child)
        sentence: list[tuple[int, int]] = []
        for bounds in tokens.sents:
            sentence.extend([(bounds.start, bounds.end)] * (bounds.end - bounds.start))
        return cls(
            low=[word.replace("’", "'") for word in low],
            lemma=[word.lower() for word in lemma],
            pos=pos,
            tag=tag,
            dep=dep,
            head=head,
            place=[kind in ("GPE", "LOC", "FAC") for kind in ent],
            sentence=sentence,
            children=children,
        )

    def verbal(self, token: int) -> bool:
        """Whether the token is a verb or an auxiliary."""
        return self.pos[token] in ("VERB", "AUX")

    def child(self, token: int, *deps: str) -> int | None:
        """The first child that stands in one of these relations."""
        return next((c for c in self.children[token] if self.dep[c] in deps), None)

    def auxiliaries(self, verb: int) -> list[int]:
        """Auxiliaries of a verb, also those that it shares with the verb it is joined to."""
        own = [c for c in self.children[verb] if self.dep[c] in ("aux", "auxpass")]
        if not own and self.dep[verb] == "conj" and self.tag[verb] in ("VB", "VBN", "VBG") and self.verbal(self.head[verb]):
            return self.auxiliaries(self.head[verb]) if self.child(verb, *SUBJECTS) is None else own
        return own

    def modality(self, verb: int) -> str:
        """How a verb is put: "obliged", "intended", "possible", "infinitive", "participle", "base" or "asserted"."""
        words = [self.low[a] for a in self.auxiliaries(verb)]
        for name, modals in (("obliged", OBLIGING), ("intended", INTENDING), ("possible", ENABLING)):
            if any(w in modals for w in words):
                return name
        if "to" in words:
            governor = self.head[verb]
            if self.dep[verb] == "xcomp" and self.lemma[governor] in ("have", "need") and self.verbal(governor):
                return "obliged" if self.modality(governor) in ("asserted", "intended", "obliged") else "infinitive"
            if self.dep[verb] == "xcomp" and self.lemma[governor] == "go" and self.tag[governor] == "VBG":
                return "intended"
            return "infinitive"
        if words == ["be"]:
            return "base"
        if words:
            return "asserted"
        if self.tag[verb] in ("VBD", "VBZ", "VBP"):
            return "asserted"
        if self.tag[verb] in ("VBG", "VBN"):
            return "participle"
        return "base" if self.tag[verb] == "VB" else "asserted"

    def negated(self, token: int) -> bool:
        """Whether a negation stands with this word (an odd number of them)."""
        count = sum(self._negates(child, token) for child in self.children[token])
        if self.dep[token] == "xcomp" and self.lemma[self.head[token]] == "go" and self.tag[self.head[token]] == "VBG":
            count += sum(self._negates(child, self.head[token]) for child in self.children[self.head[token]])
        if self.dep[token] == "conj" and self.verbal(token):
            joined = self.head[token]
            if any(self.low[c] == "nor" and joined < c < token for c in self.children[joined]):
                count += 1
            elif not count and self.verbal(joined) and self.tag[token] in ("VB", "VBG") and (
                    self.child(token, *SUBJECTS) is None and not self._contrasted(token, joined)):  # fmt: skip
                return self.negated(joined)
        return count % 2 == 1

    def _negates(self, child: int, token: int) -> bool:
        relation, word = self.dep[child], self.low[child]
        if relation == "neg" or (word in ("never", "nor", "neither") and child < token):
            return True
        if relation == "det" and word in ("no", "neither"):
            return True
        return relation in SUBJECTS and self.verbal(token) and word in ("nobody", "none", "nothing")

    def _contrasted(self, token: int, joined: int) -> bool:
        return any(self.low[c] == "but" for c in (*self.children[token], *self.children[joined]))

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """Who does what the verb says: its own subject, or the one that it takes over from the clause above it."""
        if depth > 6:
            return None
        own = self.child(verb, "nsubj", "nsubjpass")
        if own is not None:
            if self.low[own] in RELATIVE_PRONOUNS and self.dep[verb] == "relcl":
                return self.head[verb]
            return own
        above, relation = self.head[verb], self.dep[verb]
        if above == verb or self.child(verb, "csubj") is not None:
            return None
        if relation == "xcomp" and self.lemma[above] in OBJECT_CONTROL:
            held = self.child(above, "dobj", "dative")
            if held is not None:
                return held
        if relation in ("acl",) and not self.verbal(above):
            return above if "to" not in [self.low[a] for a in self.auxiliaries(verb)] else None
        if relation in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acomp", "prep", "attr", "aux", "oprd", "dep"):
            return self.subject(above, depth + 1)
        return None

    def agent(self, verb: int) -> int | None:
        """The doer of a passive: "was rejected by the rebels"."""
        by = self.child(verb, "agent")
        if by is None:
            by = next((c for c in self.children[verb] if self.low[c] == "by" and self.dep[c] == "prep"), None)
        return self.child(by, "pobj") if by is not None else None

    def passive(self, verb: int) -> bool:
        return self.child(verb, "nsubjpass", "auxpass") is not None or (self.tag[verb] == "VBN" and self.dep[verb] == "acl")

    def edges(self, token: int) -> tuple[int, int]:
        """First and last (exclusive) token of what hangs from this word, within its sentence."""
        first = last = token
        stack = [token]
        while stack:
            at = stack.pop()
            first, last = min(first, at), max(last, at)
            stack.extend(self.children[at])
        return first, last + 1


def _rejoin(head: list[int], dep: list[str], tag: list[str]) -> None:
    """ "Would come only if the army left, accepted ...": past tenses go on the condition, not the verb after "would"."""
    clauses = [at for at, relation in enumerate(dep) if relation == "advcl" and tag[at] in ("VBD", "VBZ", "VBP")]
    if not clauses:
        return
    subjects = {head[at] for at, relation in enumerate(dep) if relation in SUBJECTS}
    for at, relation in enumerate(dep):
        if relation == "conj" and tag[at] in ("VBD", "VBZ", "VBP") and tag[head[at]] == "VB" and at not in subjects:
            inner = [c for c in clauses if head[c] == head[at] and head[at] < c < at and tag[c] == tag[at]]
            if inner:
                head[at] = inner[-1]


def _rejoin_kinds(head: list[int], dep: list[str], pos: list[str], low: list[str]) -> None:
    """Join like to like: no noun is joined to a verb, nor a clause to a noun; "and that" goes on with the first "that"."""
    subjects, marked, objects = set[int](), set[int](), dict[int, int]()
    clauses: dict[int, int] = {}
    governed: dict[int, int] = {}
    joined: list[int] = []
    for at, relation in enumerate(dep):
        if relation in SUBJECTS:
            subjects.add(head[at])
        elif relation == "mark" and low[at] == "that":
            marked.add(head[at])
        elif relation == "conj":
            joined.append(at)
        elif relation in ("ccomp", "xcomp"):
            clauses.setdefault(head[at], at)
        elif relation == "dobj":
            objects.setdefault(head[at], at)
        elif relation == "pobj" and dep[head[at]] == "prep":
            governed.setdefault(head[head[at]], at)
    for at in joined:
        above = head[at]
        verb, noun = pos[at] in _VERBAL, pos[above] == "NOUN"
        if verb and noun and at in subjects and above < at:
            while pos[above] not in _VERBAL and head[above] != above:
                above = head[above]
            head[at] = above if pos[above] in _VERBAL else head[at]
        elif verb and at in marked and above < clauses.get(above, -1) < at:
            head[at] = clauses[above]
        elif pos[at] == "NOUN" and pos[above] in _VERBAL:
            while above < clauses.get(above, -1) < at:
                above = clauses[above]
            beside = objects.get(above, governed.get(above, -1))
            if above < beside < at and pos[beside] == "NOUN":
                head[at] = beside


def _words(tokens: Doc, codes: list[int]) -> list[str]:
    """The strings that the vocabulary keeps under these codes."""
    strings = tokens.vocab.strings
    known = {code: strings[code] for code in set(codes)}
    return [known[code] for code in codes]
