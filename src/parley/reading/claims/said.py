"""A statement as the finders of contested claims see it: who speaks, about what, and what its words negate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from parley.reading.positions.holders import Holders, parties_of_statement
from parley.reading.positions.syntax import ENABLING, INTENDING, OBLIGING, SUBJECTS, Syntax
from parley.record import Claim, Provenance, Span, Statement

VERSION = "3"
STEM = 6
"""Letters of a word by which it is known with others on the same matter."""
_ENDINGS = ("ation", "ition", "ion", "ment", "ing", "al", "ee", "e", "y")
"""Endings without which a noun and its verb are alike: "invitation" and "invite"."""
_MATTERS = ("contacts", "deaths", "captivity", "weapons", "resolve")
"""Classes whose words all name one matter."""
_UNTOLD = OBLIGING | INTENDING | ENABLING | {"to"}
_WAITING = ("if", "unless", "until", "till", "before", "whether", "once")
"""Words before a clause that tells nothing as a fact."""
_EACH = ("each", "each side", "both", "both sides", "neither", "neither side", "either side")
"""Speakers who are two at once: what each says of the other has no single asserter."""
_ASSERTING = ("say", "claim", "accuse", "deny", "confirm", "announce", "report", "believe", "warn")
"""Acts whose content tells what is so; what is rejected, demanded or offered tells what somebody wants."""

Words = Mapping[str, frozenset[str]]
Made = list[tuple[Claim, tuple[str, ...]]]
"""Claims found, each with the ids of the statements that it settles."""


@dataclass(frozen=True)
class Ground:
    """What the finders of claims share: the parse of the text, whose its words are, and the sets of words."""

    syntax: Syntax
    holders: Holders
    words: Words

    def stem(self, token: int) -> str:
        """The beginning of a word by which others on the same matter are known; all talks are of one."""
        lemma = self.syntax.lemma[token]
        return next((name for name in _MATTERS if lemma in self.words[name]), _root(lemma)[:STEM])

    def stems(self, tokens: tuple[int, ...]) -> frozenset[str]:
        """Those of the nouns, verbs and adjectives: "represent" and "representative" are of one stem."""
        telling = [t for t in tokens if self.syntax.pos[t] in ("NOUN", "VERB", "ADJ")]
        return frozenset(self.stem(t) for t in telling if self.syntax.lemma[t] not in self.words["common"])

    @cached_property
    def accounts(self) -> frozenset[str]:
        """Nouns for what somebody has said of another or of what happened: "accusation", "version"."""
        return self.words["accusations"] | self.words["accounts"]

    @cached_property
    def opposed(self) -> tuple[tuple[str, str], ...]:
        """The names of the classes whose words say the opposite of each other, either way round."""
        pairs = [(name, f"{name}-not") for name in self.words if f"{name}-not" in self.words]
        return tuple(pair for a, b in pairs for pair in ((a, b), (b, a)))

    def parties_at(self, tokens: tuple[int, ...]) -> frozenset[str]:
        """The parties that these tokens of the text name."""
        mentions, reading = self.holders.reading.mentions, self.holders.reading
        return frozenset(p for t in tokens if (m := mentions.headed_by(t)) for p in reading.parties(m.actors))

    def told(self, token: int) -> bool:
        """Whether what this word belongs to is told as a fact, not as what should, will or could be, or is only named."""
        syntax, at = self.syntax, token
        if syntax.dep[token] == "amod" and syntax.tag[token] in ("VBN", "VBG"):
            return False
        while not syntax.verbal(at) and syntax.head[at] != at:
            at = syntax.head[at]
        helpers = [syntax.low[a] for a in syntax.auxiliaries(at)]
        if syntax.verbal(at) and not helpers and self._unfinished(at):
            return False
        if any(syntax.dep[c] == "mark" and syntax.low[c] in _WAITING for c in syntax.children[at]):
            return False
        ordered = "do" in helpers and not any(syntax.dep[c] in SUBJECTS for c in syntax.children[at])  # "don't shoot"
        return "have" in helpers or not (ordered or any(h in _UNTOLD for h in helpers))

    def _unfinished(self, verb: int) -> bool:
        """Whether a verb without helpers is an order ("Wait!") or a thing to talk of ("Not waiting was wise")."""
        syntax = self.syntax
        if syntax.tag[verb] == "VBG":
            return syntax.dep[verb] in ("csubj", "nsubj")
        return syntax.tag[verb] == "VB" and not any(syntax.dep[c] in SUBJECTS for c in syntax.children[verb])

    def negative(self, token: int) -> bool:
        """Whether a word of its sentences negates: "not", "never", "neither"."""
        return self.syntax.dep[token] == "neg" or self.syntax.low[token] in self.words["negatives"]

    def dismissing_at(self, verb: int) -> bool:
        """Whether a verb calls another's account wrong: "rejects", "brushed aside"."""
        if self.syntax.lemma[verb] in self.words["dismissing"]:
            return True
        following = self.syntax.low[verb + 1 : verb + 2]
        return bool(following) and f"{self.syntax.lemma[verb]} {following[0]}" in self.words["dismissing-with"]

    def span(self, first: int, last: int) -> Span:
        """The words of tokens first..last (exclusive) of the text, without marks at the end."""
        tokens = self.holders.reading.tokens
        while last > first + 1 and (tokens[last - 1].is_space or tokens[last - 1].is_punct):
            last -= 1
        return self.holders.reading.document.span(tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1]))


@dataclass(frozen=True)
class Said:
    """A statement with the tokens of its content and what they are about."""

    statement: Statement
    tokens: tuple[int, ...]
    ground: Ground
    piece: Span | None = None
    """The sentence that it is, where it is one of a statement's."""

    @cached_property
    def parts(self) -> tuple[Said, ...]:
        """The same sentence by sentence."""
        groups = [tuple(g) for _, g in groupby(self.tokens, key=lambda t: self.syntax.sentence[t])]
        if len(groups) < 2:
            return (self,)
        spans = (self.ground.span(g[0], g[-1] + 1) for g in groups)
        return tuple(Said(self.statement, g, self.ground, span) for g, span in zip(groups, spans, strict=True))

    @property
    def syntax(self) -> Syntax:
        return self.ground.syntax

    @property
    def words(self) -> Words:
        return self.ground.words

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The parties that the speaker speaks for."""
        return parties_of_statement(self.statement)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The same, or the speaker's name where none is known: a ministry or a critic can deny what others say."""
        name = self.statement.speaker_name
        return self.sides or ((name,) if name and name.lower() not in _EACH else ())

    @cached_property
    def pointing(self) -> bool:
        """Whether its content is a word for what somebody else said: "denied it", "denied this"."""
        if not self.tokens or self.syntax.pos[self.tokens[0]] not in ("PRON", "DET"):
            return False
        return len(self.tokens) <= 2 or self.syntax.dep[self.tokens[0]] == "dobj"

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of its telling words."""
        return self.ground.stems(self.tokens)

    @cached_property
    def told_stems(self) -> frozenset[str]:
        """Those that are told as facts."""
        return self.ground.stems(tuple(filter(self.ground.told, self.tokens)))

    @cached_property
    def text(self) -> str:
        """Its words in lower case, with a space on either side of each."""
        return f" {' '.join(self.syntax.low[t] for t in self.tokens)} "

    @cached_property
    def about(self) -> frozenset[str]:
        """The parties that its content names."""
        return self.ground.parties_at(self.tokens)

    @cached_property
    def names(self) -> frozenset[str]:
        """The proper names in its content that stand for no party: places, mostly."""
        syntax, mentions = self.syntax, self.ground.holders.reading.mentions
        return frozenset(syntax.low[t] for t in self.tokens if syntax.pos[t] == "PROPN" and mentions.at(t) is None)

    def turned(self, token: int) -> bool:
        """Whether a negation bears on this word, or on the verb that it belongs to."""
        near = [*self.syntax.children[token]]
        if self.syntax.head[token] in self.tokens:
            near += self.syntax.children[self.syntax.head[token]]
        return any(self.ground.negative(c) for c in near)

    def opposites(self, other: Said) -> frozenset[str]:
        """The stems of the words by which the two say opposite things: "held" and "was broken", "legal" and "not legal"."""
        found: set[str] = set()
        for name, opposite in self.ground.opposed:
            here, there = self.holds(name), other.holds(opposite)
            if here and there and not here & there:
                found |= here | there
        return frozenset(found)

    def holds(self, name: str) -> frozenset[str]:
        """The stems of its words that say what a class says: those of the class, and those of its opposite negated."""
        opposite = name.removesuffix("-not") if name.endswith("-not") else f"{name}-not"
        return self._within(name, turned=False) | self._within(opposite, turned=True)

    def _within(self, name: str, turned: bool) -> frozenset[str]:
        """The stems of its words that are of a class, told as facts, and negated or not."""
        fits = (t for t in self.tokens if self.syntax.lemma[t] in self.words[name] and self.ground.told(t))
        stems = frozenset(self.ground.stem(t) for t in fits if self.turned(t) == turned)
        if name == "civilians-not" and not turned and any(map(self._of_fighters, self.tokens)):
            stems |= {"fighters"}
        return stems - set(_MATTERS)

    def _of_fighters(self, token: int) -> bool:
        """Whether a word names an armed group: "14 Taliban"."""
        reading = self.ground.holders.reading
        mention = reading.mentions.headed_by(token)
        return mention is not None and any(reading.actor(a).kind == "armed-group" for a in mention.actors)

    @cached_property
    def denied_stems(self) -> frozenset[str]:
        """The stems that a negation in the content bears on: the word it hangs from and what hangs from that.

        Its subject only where no more is said of it than that it was or happened ("talks have not begun").
        """
        syntax, stems = self.syntax, set[str]()
        for token in self.tokens:
            if not self.ground.negative(token):
                continue
            head = syntax.head[token]
            if syntax.dep[head] == "prep":
                head = syntax.head[head]  # "agreed to nothing"
            had = any(syntax.lemma[a] == "have" for a in syntax.auxiliaries(head))
            if (syntax.lemma[head] in self.words["refusing"] and not had) or not self.ground.told(head):
                continue
            below = ["dobj", "acomp", "attr", "prep", "advmod"]
            below += ["nsubj", "nsubjpass"] if syntax.lemma[head] in self.words["happening"] else []
            near = (head, *(c for c in syntax.children[head] if syntax.dep[c] in below))
            stems.update(self.ground.stem(t) for t in near)
        return frozenset(stems)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The parties that its first clause is about."""
        first = self.first_subject
        named = first is not None and self.syntax.pos[first] != "PRON"
        return frozenset(self.ground.holders.of(first)) if first is not None and named else frozenset()

    @cached_property
    def first_subject(self) -> int | None:
        return next((t for t in self.tokens if self.syntax.dep[t] in ("nsubj", "nsubjpass")), None)

    @cached_property
    def harms(self) -> tuple[int, ...]:
        """Its words for what is done in a fight or an attack, or against what was agreed, told as facts and not denied."""
        words = self.words["harm"]
        return tuple(t for t in self.tokens if self.syntax.lemma[t] in words and self.ground.told(t) and not self.turned(t))

    @cached_property
    def doers(self) -> frozenset[str]:
        """The parties that it says did harm: who is accused, subjects of verbs of harm, agents of passive ones."""
        syntax, found = self.syntax, set[str]()
        if self.statement.act == "accuse":
            found |= self.about - set(self.parties)
        for harm in self.harms:
            if not syntax.verbal(harm):
                found.update(self.ground.holders.owner(harm))
                continue
            doer = syntax.agent(harm) if syntax.passive(harm) else syntax.subject(harm)
            if doer is not None:
                found.update(self.ground.holders.of(doer))
        return frozenset(found)

    def charges(self, parties: set[str]) -> bool:
        """Whether it charges one of these parties with something: an accusation, harm done, a hand in it."""
        guilt = any(self.syntax.lemma[t] in self.words["guilt"] for t in self.tokens) and self.cue in self.words["charging"]
        return bool(self.doers & parties) or (guilt and self.statement.act != "say" and bool(self.about & parties))

    @cached_property
    def factual(self) -> bool:
        """Whether it tells what is or was, not what should, will or could be."""
        return not any(self.syntax.low[t] in OBLIGING | INTENDING | ENABLING for t in self.tokens)

    @cached_property
    def asserting(self) -> bool:
        """Whether it tells what is so in a clause: "any talk of a coalition" that somebody rejects is no account."""
        clause = any(self.syntax.dep[t] in ("nsubj", "nsubjpass", "expl") for t in self.tokens)
        named = self.statement.act == "accuse" or self.cue in self.words["naming"]
        return self.statement.act in _ASSERTING and (clause or named)

    @cached_property
    def cue_tokens(self) -> range:
        span = self.statement.cue
        return range(*self.ground.holders.reading.tokens_between(span.start, span.end)) if span is not None else range(0)

    @cached_property
    def cue(self) -> str:
        """The lemma of the verb that reports it."""
        verbs = [self.syntax.lemma[t] for t in self.cue_tokens if self.syntax.verbal(t)]
        return verbs[-1] if verbs else self.syntax.lemma[self.cue_tokens[0]] if self.cue_tokens else ""

    @cached_property
    def sentences(self) -> frozenset[tuple[int, int]]:
        """The sentences that it stands in, by their first and last token."""
        return frozenset(self.syntax.sentence[t] for t in (*self.tokens, *self.cue_tokens))

    @property
    def content(self) -> Span:
        return self.piece or max(self.statement.content, key=lambda s: s.end - s.start)

    @property
    def whole(self) -> Span:
        """The content with its cue, where the two stand together."""
        cue, content = self.statement.cue, self.content
        if cue is None or not 0 <= content.start - cue.end < 60:
            return content
        return self.ground.holders.reading.document.span(cue.start, content.end)


def _root(lemma: str) -> str:
    """A word without the ending by which a noun differs from its verb."""
    ending = next((e for e in _ENDINGS if lemma.endswith(e) and len(lemma) - len(e) >= 4), "")
    return lemma.removesuffix(ending).removesuffix("e") if ending else lemma


def claim_of(text: Span, asserted: tuple[str, ...], denied: tuple[str, ...], evidence_for: tuple[Span, ...],
             evidence_against: tuple[Span, ...], confidence: float, rule: str) -> Claim:  # fmt: skip
    """A contested claim of these parts; its id comes when all are found."""
    words = text.quote.strip()
    return Claim(id="c0", text=words.removeprefix("that ").strip(), asserted_by=asserted, denied_by=denied,
                 evidence_for=evidence_for, evidence_against=evidence_against, confidence=confidence,
                 made_by=Provenance(stage="claims", rule=rule, version=VERSION))  # fmt: skip
