"""Denials and what they deny: "rejected accusations that", "which Quito denies", "called the account a lie"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.reading.claims.opposed import said_against
from parley.reading.claims.said import Ground, Made, Said, claim_of
from parley.reading.claims.untrue import calls_false, disowns, false_name
from parley.reading.positions.syntax import INTENDING, OBLIGING
from parley.record import Span

_POINTING = ("that", "this", "it", "those", "these")
"""Words for what was said just before: "dismissed that as a fabrication"."""
_CONTRAST = ("though", "although", "but", "while", "whereas", "yet", "however")
"""Words that set a denial against what was said just before it in the sentence."""
_BACK, _ON = 8, 5
"""Statements before and after a denial in which what it denies is looked for."""
_SURE = 1.2
"""The likeness from which a statement is what a denial denies."""
_SHORT = 5
"""Words up to which the denial of an accusation tells nothing of what was denied."""


@dataclass(frozen=True)
class Denial:
    """Somebody's denial: who denies, in which words, and what is denied as far as its own words tell."""

    parties: tuple[str, ...]
    place: int
    """Its first token."""
    words: Span
    content: Span
    about: tuple[int, ...]
    """The tokens that tell what is denied."""
    noun: int | None
    """The noun for the account that is denied: "the accusation", "reports that ..."."""
    bare: bool
    """Whether it only points to what another said: "denied it", "rejected the charge"."""
    pointing: bool
    rule: str
    said: Said | None
    """The statement that it is, where the statements have it."""
    ground: Ground

    @property
    def stems(self) -> frozenset[str]:
        return self.ground.stems(self.about)

    def tells_another(self, other: Said, shared: int) -> bool:
        """Whether its words say what the denied account tells, and the other tells another thing."""
        told = self.noun is not None and not self.bare and _what_is_told(self) is not self.content
        harm = any(self.ground.syntax.lemma[t] in self.ground.words["harm"] for t in self.about)
        return told and not shared and not (harm and other.harms)

    @property
    def owners(self) -> tuple[str, ...]:
        """Who asserts it by the denial's own words: "Chad's claim", "as Chad maintains"."""
        holders, syntax = self.ground.holders, self.ground.syntax
        found = list(holders.owner(self.noun)) if self.noun is not None else []
        for token in self.about:
            if syntax.low[token] == "as" and syntax.dep[token] in ("mark", "advmod", "prep"):
                verb = syntax.head[token]
                subject = syntax.child(verb, "nsubj")
                if syntax.lemma[verb] in self.ground.words["charging"] | self.ground.words["insisting"]:
                    found += holders.of(subject) if subject is not None else ()
        return tuple(p for p in dict.fromkeys(found) if p not in self.parties)


def denials(said: list[Said], ground: Ground) -> Made:
    """What a source denies of itself or of another's account, with the statement that asserts it."""
    made: Made = []
    for denial in sorted(_denials_in(said, ground), key=lambda d: d.place):
        owners = denial.owners
        told = _target(denial, said, owners)
        insisted = _insisted_with(said, denial) if denial.said is not None else None
        if insisted is not None and owners:
            against = said_against(insisted, [o for o in said if set(o.parties) & set(owners)])
            made.append((claim_of(insisted.content, insisted.parties, owners, (insisted.content,),
                                  (against.content if against else denial.words,), 0.6, "insisted"),
                         (insisted.statement.id,)))  # fmt: skip
        if told is None and (denial.bare or denial.rule == "disowned"):
            continue
        theirs = told is not None and (denial.bare or _cued(told, denial) or _set_against(denial, told))
        thing = told.content if told is not None and theirs else _what_is_told(denial)
        used = [s.statement.id for s in (denial.said, told) if s is not None]
        made.append((claim_of(thing, owners or (told.parties if told else ()), denial.parties,
                              (told.content if told else denial.content,), (denial.words,),
                              0.7 if denial.rule == "denied" else 0.6, denial.rule), tuple(used)))  # fmt: skip
    return made


def _denials_in(said: list[Said], ground: Ground) -> Iterator[Denial]:
    cued: set[int] = set()
    for one in said:
        if one.parties and (rule := _rule_of(one)):
            cued.update(one.cue_tokens)
            noun = _account(one)
            short = noun is not None and len(one.tokens) <= _SHORT
            guilt = any(one.syntax.lemma[t] in one.words["guilt"] for t in one.tokens[:2])
            bare = one.pointing or short or guilt or (rule != "denied" and noun is None)
            yield Denial(one.parties, one.tokens[0], one.whole, one.content, one.tokens, noun, bare, one.pointing, rule,
                         one, ground)  # fmt: skip
    yield from _by_verbs(ground, cued)


def _rule_of(one: Said) -> str:
    """How a statement denies something: "denied", "dismissed", "disowned", or "" where it does not."""
    if not one.tokens:
        return ""
    lemmas = [one.syntax.lemma[t] for t in one.tokens[:6]]
    wished = any(lemma in one.words["wishes"] for lemma in lemmas[:4]) or lemmas[0] == "to"
    told = one.pointing or one.asserting or bool(one.ground.accounts.intersection(lemmas))
    if not wished and (one.statement.act == "deny" or one.statement.denies) and (one.cue == "deny" or told):
        kept = one.cue == "deny" and any(lemma in one.words["withheld"] for lemma in lemmas[:2])
        return "" if kept else "denied"
    doubts = one.cue in one.words["doubting"] and one.factual
    if not wished and told and (doubts or one.cue in one.words["dismissing"]):
        return "denied"
    return "dismissed" if calls_false(one) else "disowned" if disowns(one) else ""


def _by_verbs(ground: Ground, cued: set[int]) -> Iterator[Denial]:
    """Denials that no statement reports: "rejected accusations that", "which Quito denies", "called the charge a lie"."""
    syntax, reading = ground.syntax, ground.holders.reading
    for verb in range(reading.body_token, len(syntax.low)):
        if verb in cued or not syntax.verbal(verb) or syntax.negated(verb):
            continue
        false = false_name(verb, ground)
        if not (false or ground.dismissing_at(verb)):
            continue
        subject = syntax.subject(verb)
        if subject is None or any(syntax.low[a] in OBLIGING | INTENDING for a in syntax.auxiliaries(verb)):
            continue
        thing = _object(verb, subject, ground)
        parties = ground.holders.of(subject)
        if thing is None or not parties:
            continue
        pointing = syntax.low[thing] in _POINTING or syntax.low[thing] == "which"
        guilt = syntax.lemma[verb] == "deny" and syntax.lemma[thing] in ground.words["guilt"]
        account = guilt or syntax.lemma[thing] in ground.accounts
        if not account and not (pointing and (false or syntax.lemma[verb] == "deny" or syntax.low[thing] == "which")):
            continue
        first, last = syntax.edges(thing)
        about = tuple(range(first, last)) if thing > verb else (thing,)
        ends = syntax.edges(verb)
        start = verb if thing > verb else ends[0]
        words = ground.span(start, ends[1])
        short = len(about) <= _SHORT or thing < verb
        yield Denial(parties, start, words, ground.span(about[0], about[-1] + 1), about, thing if account else None,
                     pointing or short, pointing, "dismissed" if false else "denied", None, ground)  # fmt: skip


def _object(verb: int, subject: int, ground: Ground) -> int | None:
    """What is denied: the verb's object, that of its preposition, or the noun that the clause hangs on."""
    syntax = ground.syntax
    thing = syntax.child(verb, "dobj")
    if thing is None:
        inner = (c for c in syntax.children[verb] if syntax.dep[c] in ("prep", "ccomp", "oprd"))
        thing = next((g for c in inner if (g := syntax.child(c, "pobj", "nsubj")) is not None), None)
    if thing is None and syntax.dep[verb] == "relcl" and syntax.head[verb] != subject:
        thing = syntax.head[verb]
    if thing is not None and syntax.low[thing] == "that" and syntax.dep[verb] == "relcl":
        thing = syntax.head[verb]
    return thing if thing != subject else None


def _account(one: Said) -> int | None:
    syntax, accounts = one.syntax, one.ground.accounts
    return next((t for t in one.tokens[:8] if syntax.lemma[t] in accounts and syntax.pos[t] == "NOUN"), None)


def _what_is_told(denial: Denial) -> Span:
    """What a denied report tells: of "reports that Bo had fled" the clause; of anything else all of it."""
    noun, syntax = denial.noun, denial.ground.syntax
    if noun is None or noun + 2 not in denial.about or syntax.low[noun + 1] != "that":
        return denial.content
    return denial.ground.span(noun + 2, denial.about[-1] + 1)


def _cued(told: Said, denial: Denial) -> bool:
    """Whether the denial's own words report the other's: "rejected Chad's accusation that ..."."""
    return bool(set(told.cue_tokens) & set(denial.about))


def _target(denial: Denial, said: list[Said], owners: tuple[str, ...]) -> Said | None:
    """The statement that a denial answers: the likeliest by another party, before it or soon after."""
    placed = [(min((*s.tokens, *s.cue_tokens), default=0), s) for s in said if s is not denial.said]
    before = [s for place, s in placed if place < denial.place][-_BACK:]
    after = [s for place, s in placed if place >= denial.place][:_ON]
    best: tuple[float, Said] | None = None
    for distance, other in [*enumerate(reversed(before), 1), *((-n, s) for n, s in enumerate(after, 1))]:
        theirs = set(other.parties)
        if not theirs or theirs & set(denial.parties) or (owners and not theirs & set(owners)):
            continue
        if denial.rule != "denied" and not other.factual:
            continue
        score = _likeness(denial, other, distance) + bool(owners)
        if score >= _SURE and (best is None or score > best[0]):
            best = (score, other)
    return best[1] if best else None


def _likeness(denial: Denial, other: Said, distance: int) -> float:
    """How likely a denial is of what this statement says; `distance` counts statements back, negative ones on."""
    deniers, syntax = set(denial.parties), denial.ground.syntax
    named, shared = bool(other.about & deniers), len(other.stems & denial.stems)
    accused = other.statement.act == "accuse" or other.charges(deniers)
    about = denial.ground.parties_at(denial.about) & other.about - deniers - set(other.parties)
    same = syntax.sentence[denial.place] in other.sentences
    score = 1.0 * named + 0.7 * (shared > 0) + 0.4 * max(0, shared - 1) + 0.7 * bool(about) + 3.0 * _cued(other, denial)
    score += 2.0 * accused if named or shared or not other.about else 0.5 * accused
    score += 0.6 * (same and (accused or other.asserting))
    score -= 4.0 * denial.tells_another(other, shared)
    if denial.rule == "dismissed":
        score += 0.7 * (other.statement.act == "claim" or other.cue in other.words["charging"])
        score += 1.0 * (distance == 1 and any(syntax.low[t] in _POINTING for t in denial.about))
        score += 0.5 * (distance == 1 and denial.noun is not None)
        score += 1.4 * (distance == 1 and other.asserting and syntax.low[denial.place] == "the")
        score -= 0.15 * abs(distance)
    if distance < 0:
        return score - 0.1 * abs(distance) - 0.3 * (not same)
    if distance == 1:
        score += 0.5 * denial.bare + 1.0 * (denial.pointing and other.asserting)
        score += 1.4 * (same and _set_against(denial, other))
    return score - 0.1 * distance


def _set_against(denial: Denial, other: Said) -> bool:
    """Whether a word of contrast stands between the two: "both had accepted it, he said, though a rebel denied that"."""
    low = denial.ground.syntax.low
    between = low[other.tokens[-1] + 1 : denial.place] if other.tokens else []
    return other.factual and 0 < len(between) < 25 and bool(set(_CONTRAST).intersection(between))


def _insisted_with(said: list[Said], denial: Denial) -> Said | None:
    """What the denier holds against it: "dismissed the claims, insisting that ..."."""
    after = next((s for s in said if s.tokens and s.tokens[0] > denial.about[-1]), None)
    if after is None or after.parties != denial.parties or after.content.start - denial.content.end >= 120:
        return None
    return after if after.factual and after.cue in after.words["insisting"] else None
