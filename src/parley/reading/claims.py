"""Contested claims: what one source asserts and another, in the same text, denies or contradicts.

Three signs, from the surest: a source denies something said of it; a source that was accused answers on the same matter;
two sources say the same of the same thing, one with a negation. A wish refused is a position, not a contested claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions.found import stances_of
from parley.reading.positions.holders import Holders, parties_of_statement
from parley.reading.positions.syntax import ENABLING, INTENDING, OBLIGING, Syntax
from parley.reading.statements.cues import cue_words
from parley.record import Claim, Provenance, Span, Statement

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
_STEM = 6
_LYING = ("lying", "lied")
"""Forms of "to lie" that are about words, mostly: "the truth lay in between" calls nothing false."""
_SHORT = 20
"""Tokens up to which a statement that calls something false is about that alone."""
_EACH = ("each", "each side", "both", "both sides", "neither", "neither side", "either side")
"""Speakers who are two at once: what each says of the other has no single asserter."""
_CONTRAST = ("though", "although", "but", "while", "whereas", "yet", "however")
"""Words that set a denial against what was said just before it in the sentence."""
_ASSERTING = ("say", "claim", "accuse", "deny", "confirm", "announce", "report", "believe", "warn")
"""Acts whose content tells what is so; what is rejected, demanded or offered tells what somebody wants."""
_POINTING = ("that", "this", "it")
"""Words for what was said just before: "dismissed that as a fabrication"."""
_NEAR = 5
"""Statements back that a dismissal can be of."""


@dataclass(frozen=True)
class _Said:
    """A statement with the tokens of its content and what they are about."""

    statement: Statement
    tokens: tuple[int, ...]
    syntax: Syntax
    holders: Holders
    words: dict[str, frozenset[str]]
    """The sets of words of the lexicon."""

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
        return 0 < len(self.tokens) <= 2 and self.syntax.pos[self.tokens[0]] in ("PRON", "DET")

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of its nouns, verbs and adjectives: "represent" and "representative" are of one stem."""
        telling = [t for t in self.tokens if self.syntax.pos[t] in ("NOUN", "VERB", "ADJ")]
        lemmas = [self.syntax.lemma[t] for t in telling if self.syntax.lemma[t] not in self.words["common"]]
        return frozenset(lemma[:_STEM] for lemma in lemmas)

    @cached_property
    def about(self) -> frozenset[str]:
        """The parties that its content names."""
        mentions = self.holders.reading.mentions
        return frozenset(
            p for t in self.tokens if (m := mentions.headed_by(t)) for p in self.holders.reading.parties(m.actors)
        )

    def negative(self, token: int) -> bool:
        """Whether a word of its sentences negates: "not", "never", "neither"."""
        return self.syntax.dep[token] == "neg" or self.syntax.low[token] in self.words["negatives"]

    @cached_property
    def denied_stems(self) -> frozenset[str]:
        """The stems that a negation in the content bears on: the word it hangs from and what hangs from that."""
        syntax, stems = self.syntax, set[str]()
        for token in self.tokens:
            if self.negative(token):
                head = syntax.head[token]
                if syntax.lemma[head] in self.words["refusing"]:
                    continue
                near = (
                    head,
                    *(c for c in syntax.children[head] if syntax.dep[c] in ("dobj", "acomp", "attr", "nsubj", "prep")),
                )
                stems.update(syntax.lemma[t][:_STEM] for t in near)
        return frozenset(stems)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The parties that its first clause is about."""
        first = next((t for t in self.tokens if self.syntax.dep[t] in ("nsubj", "nsubjpass")), None)
        named = first is not None and self.syntax.pos[first] != "PRON"
        return frozenset(self.holders.of(first)) if first is not None and named else frozenset()

    @cached_property
    def factual(self) -> bool:
        """Whether it tells what is or was, not what should, will or could be."""
        return not any(self.syntax.low[t] in OBLIGING | INTENDING | ENABLING for t in self.tokens)

    @cached_property
    def asserting(self) -> bool:
        """Whether it tells what is so in a clause: "any talk of a coalition" that somebody rejects is no account."""
        clause = any(self.syntax.dep[t] in ("nsubj", "nsubjpass", "expl") for t in self.tokens)
        return self.statement.act in _ASSERTING and (clause or self.statement.act == "accuse")

    @cached_property
    def cue(self) -> str:
        span = self.statement.cue
        if span is None:
            return ""
        first, last = self.holders.reading.tokens_between(span.start, span.end)
        verbs = [self.syntax.lemma[t] for t in range(first, last) if self.syntax.verbal(t)]
        return verbs[-1] if verbs else self.syntax.lemma[first]

    @property
    def content(self) -> Span:
        return max(self.statement.content, key=lambda s: s.end - s.start)


@stage("claims", needs=("tokens", "actors", "mentions", "statements"), gives=("claims",))
def find_claims(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Claims asserted by one party and denied or contradicted by another, in text order."""
    if not reading.statements:
        return reading.with_layer(claims=())
    found = stances_of(reading, knowledge)
    words = found.lexicon.words | cue_words(knowledge).classes
    said = []
    for statement in reading.statements:
        tokens = tuple(t for span in statement.content for t in range(*reading.tokens_between(span.start, span.end)))
        said.append(_Said(statement, tokens, found.syntax, found.holders, words))
    claims: list[Claim] = []
    settled: set[str] = set()
    for maker in (_denials, _dismissals, _answers, _contradictions):
        for claim, used in maker(said):
            if not settled & set(used):
                claims.append(claim)
                settled.update(used)
    claims.sort(key=lambda c: min(s.start for s in (*c.evidence_for, *c.evidence_against)))
    return reading.with_layer(claims=tuple(c.model_copy(update={"id": f"c{n}"}) for n, c in enumerate(claims, 1)))


Made = list[tuple[Claim, tuple[str, ...]]]


def _denials(said: list[_Said]) -> Made:
    """What a source denies of itself or of another's account: "denied the allegations", "dismissed reports that ..."."""
    made: Made = []
    for position, denial in enumerate(said):
        if not denial.parties or not _denies(denial):
            continue
        noun = next((t for t in denial.tokens if denial.syntax.lemma[t] in denial.words["accusations"]), None)
        owners = tuple(p for p in (denial.holders.owner(noun) if noun is not None else ()) if p not in denial.parties)
        bare = denial.pointing or (noun is not None and len(denial.tokens) <= 5)
        answered = _answered_in_sentence(said, position)
        accusation = answered or _accusation_before(said, position, owners, needed=bare)
        insisted = _insisted_with(said, position)
        if insisted is not None and owners:
            against = _on_same_matter(said, insisted, owners)
            made.append((_claim(insisted.content, insisted.parties, owners, (insisted.content,),
                                (against.content,) if against else (_whole(denial),), 0.6, "insisted"),
                         (insisted.statement.id,)))  # fmt: skip
        if accusation is None and bare:
            continue
        asserted = owners or (accusation.parties if accusation else ())
        thing = accusation.content if accusation is not None and (bare or answered) else _what_is_told(denial, noun)
        evidence = (accusation.content,) if accusation else (denial.content,)
        made.append((_claim(thing, asserted, denial.parties, evidence, (_whole(denial),), 0.7, "denied"),
                     (denial.statement.id, *((accusation.statement.id,) if accusation else ()))))  # fmt: skip
    return made


def _dismissals(said: list[_Said]) -> Made:
    """What a source calls false of another's account: "called that a lie", "those reports are baseless"."""
    made: Made = []
    for position, dismissal in enumerate(said):
        if not dismissal.parties or not _calls_false(dismissal):
            continue
        best: tuple[float, _Said] | None = None
        for back, other in enumerate(reversed(said[max(0, position - _NEAR) : position]), 1):
            if not other.parties or set(other.parties) & set(dismissal.parties) or not other.factual:
                continue
            named = bool(other.about & set(dismissal.parties))
            charge = other.statement.act in ("accuse", "claim") or other.cue in other.words["charging"]
            pointed_at = back == 1 and any(dismissal.syntax.low[t] in _POINTING for t in dismissal.tokens)
            score = 1.0 * named + 1.0 * charge + 0.3 * len(other.stems & dismissal.stems) - 0.25 * back + pointed_at
            if score >= 0.5 and (best is None or score > best[0]):
                best = (score, other)
        if best is not None:
            claim = best[1]
            made.append((_claim(claim.content, claim.parties, dismissal.parties, (claim.content,), (_whole(dismissal),),
                                0.6, "dismissed"), (claim.statement.id, dismissal.statement.id)))  # fmt: skip
    return made


def _calls_false(said: _Said) -> bool:
    """Whether the words say of another's account that it is not so."""
    if len(said.tokens) > _SHORT:
        return False
    for token in said.tokens:
        verb = said.syntax.verbal(token) and said.syntax.lemma[token] == "lie"
        if said.syntax.lemma[token] in said.words["falsehoods"] and not (verb and said.syntax.low[token] not in _LYING):
            near = (*said.syntax.children[token], *said.syntax.children[said.syntax.head[token]])
            if not any(map(said.negative, near)):
                return True
        elif said.syntax.low[token] in ("true", "truth"):
            around = (token, said.syntax.head[token], *said.syntax.children[token])
            below = [c for t in around for c in said.syntax.children[t]]
            if any(map(said.negative, (*around, *below))):
                return True
    return False


def _denies(said: _Said) -> bool:
    lemmas = [said.syntax.lemma[t] for t in said.tokens[:6]]
    if any(lemma in said.words["wishes"] for lemma in lemmas[:4]) or (lemmas and lemmas[0] == "to"):
        return False
    if said.statement.act == "deny" or said.statement.denies:
        return True
    dismisses = said.cue in said.words["dismissing"]
    return dismisses and any(lemma in said.words["accusations"] for lemma in lemmas)


def _what_is_told(denial: _Said, noun: int | None) -> Span:
    """What a denied report tells: of "reports that Bo had fled" the clause; of anything else all of it."""
    tokens, content = denial.holders.reading.tokens, denial.content
    after = noun + 2 if noun is not None else 0
    if noun is None or after not in denial.tokens or denial.syntax.low[noun + 1] != "that":
        return content
    return denial.holders.reading.document.span(tokens[after].idx, content.end)


def _answered_in_sentence(said: list[_Said], position: int) -> _Said | None:
    """What a denial is set against in its own sentence: "both had accepted it, he said, though a rebel denied that"."""
    before, denial = said[position - 1] if position else None, said[position]
    if before is None or not before.parties or set(before.parties) & set(denial.parties) or not before.factual:
        return None
    first, last = before.tokens[-1] + 1 if before.tokens else 0, denial.tokens[0] if denial.tokens else 0
    between = [denial.syntax.low[t] for t in range(first, last)]
    same = 0 < len(between) < 25 and denial.holders.reading.tokens[first].sent == denial.holders.reading.tokens[last].sent
    return before if same and set(_CONTRAST).intersection(between) else None


def _accusation_before(said: list[_Said], position: int, owners: tuple[str, ...], *, needed: bool) -> _Said | None:
    """The statement that a denial answers: the nearest one by another party that speaks of the denier."""
    denial = said[position]
    best: tuple[float, _Said] | None = None
    for back, other in enumerate(reversed(said[max(0, position - 8) : position]), 1):
        if (
            not other.parties
            or set(other.parties) & set(denial.parties)
            or (owners and not set(owners) & set(other.parties))
        ):
            continue
        score = 2.0 * (other.statement.act == "accuse") + bool(other.about & set(denial.parties)) - 0.1 * back
        score += 0.7 * len(other.stems & denial.stems) + (1.0 if owners else 0.0)
        if needed and back == 1:
            score += 1.4 if denial.pointing and other.asserting else 0.4
        if score >= (1.2 if needed else 1.5) and (best is None or score > best[0]):
            best = (score, other)
    return best[1] if best else None


def _insisted_with(said: list[_Said], position: int) -> _Said | None:
    """What the denier holds against it: "dismissed the claims, insisting that ..."."""
    if position + 1 >= len(said):
        return None
    after = said[position + 1]
    same = after.parties == said[position].parties
    near = after.content.start - said[position].content.end < 120
    return after if same and near and after.factual and after.cue in after.words["insisting"] else None


def _on_same_matter(said: list[_Said], claim: _Said, parties: tuple[str, ...]) -> _Said | None:
    """The statement of these parties that shares most with the claim."""
    others = [o for o in said if set(o.parties) & set(parties)]
    return max(others, key=lambda o: (len(o.stems & claim.stems), bool(o.denied_stems)), default=None)


def _answers(said: list[_Said]) -> Made:
    """An accusation, and what the accused says of the same matter."""
    made: Made = []
    for position, accusation in enumerate(said):
        if accusation.statement.act != "accuse" or not accusation.sides:
            continue
        accused = accusation.about - set(accusation.parties)
        for other in said[max(0, position - 3) : position + 7]:
            if other is accusation or not accused & set(other.parties) or set(other.parties) & set(accusation.parties):
                continue
            shared = (accusation.stems & other.stems) - {p.lower()[:_STEM] for p in accused}
            if (shared and other.cue in other.words["answering"]) or len(shared) >= 2:
                made.append((_claim(accusation.content, accusation.parties, other.parties, (accusation.content,),
                                    (other.content,), 0.6, "answered"), (accusation.statement.id,)))  # fmt: skip
                break
    return made


def _contradictions(said: list[_Said]) -> Made:
    """Two sources on the same matter, one of them with a negation."""
    made: Made = []
    for position, one in enumerate(said):
        for other in said[position + 1 : position + 12]:
            if not one.sides or not other.sides or set(one.sides) & set(other.sides):
                continue
            common = one.stems & other.stems
            turned = bool(common & one.denied_stems) != bool(common & other.denied_stems)
            if not (one.factual and other.factual and one.asserting and other.asserting and turned):
                continue
            shared = len(common)
            named = len((one.about & other.about) - set(one.parties) - set(other.parties))
            least = min(len(one.stems), len(other.stems))
            if shared >= 2 or (shared == 1 and (named or least <= 3)):
                yes, no = (other, one) if common & one.denied_stems else (one, other)
                if no.subject & set(yes.parties) and not no.subject & set(no.parties):
                    yes, no = no, yes  # who speaks against the other asserts, and the other answers
                claim = _claim(yes.content, yes.parties, no.parties, (yes.content,), (no.content,), 0.5, "contradicted")
                made.append((claim, (one.statement.id, other.statement.id)))
                break
    return made


def _whole(said: _Said) -> Span:
    """The denial with its cue, where the two stand together."""
    cue, content = said.statement.cue, said.content
    if cue is None or not 0 <= content.start - cue.end < 60:
        return content
    return said.holders.reading.document.span(cue.start, content.end)


def _claim(text: Span, asserted: tuple[str, ...], denied: tuple[str, ...], evidence_for: tuple[Span, ...],
           evidence_against: tuple[Span, ...], confidence: float, rule: str) -> Claim:  # fmt: skip
    words = text.quote.strip()
    return Claim(id="c0", text=words.removeprefix("that ").strip(), asserted_by=asserted, denied_by=denied,
                 evidence_for=evidence_for, evidence_against=evidence_against, confidence=confidence,
                 made_by=Provenance(stage="claims", rule=rule, version=VERSION))  # fmt: skip
