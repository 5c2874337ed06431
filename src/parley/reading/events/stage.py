"""The stage that finds events: plausible pairs from the parse, judged by the table of words or the relation classifier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.reading.events.arguments import Arguments, Part
from parley.reading.events.clauses import own_dates, voice_of
from parley.reading.events.coding import code_rows
from parley.reading.events.finding import SPOKEN, Candidate, find_candidates
from parley.reading.events.homes import settle_homes
from parley.reading.events.lands import codes_of_lands, lands_of, peoples_of, settle_lands
from parley.reading.events.masking import pair_text
from parley.reading.events.plain import SURE, intended_type, plain_type
from parley.reading.events.status import negated, status_of
from parley.reading.events.tree import Tree
from parley.reading.events.words import classes_of, words_of
from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.record import Event, PloverType, Provenance

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

OTHERS = 0.15
"""How much a type counts for which the table of words has no row, against one for which it has."""
WHOLE = 0.82
"""How much less sure an event is than its type: its sides may be wrong, and it may be none. From sentences of our own that
no model has seen (`benchmarks/samples/events_mended.json`, `events_held.json`)."""
UNKNOWN = 0.6
"""How far a type is trusted that no row of the trigger has."""
STATE = frozenset(("GOV", "MIL", "SPY", "CVL", "UNK", None))
"""Sectors of those who are one with their state where it deals with itself."""
OFFICIAL = frozenset(("GOV", "MIL", "COP", "SPY", "JUD"))
BETWEEN = frozenset(("REQUEST", "AGREE", "CONSULT", "COOPERATE", "THREATEN", "REJECT", "AID"))
"""Types that pass between sides: a state does them to no state or people of its own."""
EMBARGO = "163"
"""Sanctions, embargoes, boycotts: the classifier learns them as COERCE (the conversion table of 2021, and PLV), the record
has them as SANCTION (the manual: "coded as 'discontinue'")."""
CONTENT = frozenset((*SPOKEN, "ACCUSE"))
"""Types of acts of words: what one is about is no second act of the kind."""
PLACES = frozenset(("GPE", "LOC", "FAC"))


@dataclass(frozen=True)
class Judged:
    """A candidate with its type and how sure the classifier is of it."""

    candidate: Candidate
    type: PloverType
    confidence: float


@stage("events", needs=("tokens", "paragraphs", "actors", "mentions", "dates", "statements"), gives=("events", "actors"))
def find_events(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Find the events of a text, each with its actors, type, status, voice, date and place, in text order.

    A pair is kept where its confidence, the chance that type and sides are right, reaches the model's threshold.

    A state that is acted on but that no earlier stage took for an actor, because the text names it only as a place, is put
    behind the actors, in a new tuple and with the next free id: the ids and entries there are stay as they were. So the ids
    of these last actors follow the order of the events, not that of the text.
    """
    tree = Tree(reading.tokens, classes_of(knowledge))
    arguments = Arguments(
        tree, reading.mentions, _speakers(reading), _side_of(reading), lands_of(knowledge),
        official=_official(reading), seats=knowledge.capitals, countries={a.id: a.country for a in reading.actors},
        peoples=peoples_of(knowledge),
    )  # fmt: skip
    candidates = find_candidates(tree, arguments, words_of(knowledge))
    if not candidates:
        return reading.with_layer(events=())
    likely = [j for j in _judge(reading, tree, candidates, models) if j.confidence >= models.events.threshold]
    reading, judged = _with_lands(reading, likely, knowledge, models.events.version)
    reading = settle_homes(reading, arguments, [j.candidate for j in judged], codes_of_lands(knowledge))
    kept = _once(reading, tree, _apart(tree, [j for j in judged if not _own(reading, j)]))
    events = [_event(reading, tree, j, number, knowledge, models) for number, j in enumerate(kept, 1)]
    return reading.with_layer(events=tuple(events))


def _with_lands(reading: Reading, judged: list[Judged], knowledge: Knowledge, version: str) -> tuple[Reading, list[Judged]]:
    """The reading with actors for the states that are acted on as places, and the candidates with those actors."""
    parts = [p for j in judged for p in (j.candidate.source, j.candidate.target) if p is not None]
    reading, ids = settle_lands(reading, parts, knowledge, version)

    def settled(part: Part) -> Part:
        return replace(part, actors=tuple(dict.fromkeys(ids.get(a, a) for a in part.actors)))

    def both(j: Judged) -> Judged:
        source, target = j.candidate.source, j.candidate.target
        return replace(j, candidate=replace(j.candidate, source=settled(source), target=target and settled(target)))

    return reading, [both(j) for j in judged] if ids else judged


def _speakers(reading: Reading) -> dict[int, str]:
    """The tokens "I" and "we" within a statement, with the actor whose words they are."""
    found: dict[int, str] = {}
    for statement in reading.statements:
        if statement.speaker is not None:
            for span in statement.content:
                first, last = reading.tokens_between(span.start, span.end)
                found |= {
                    i: statement.speaker for i in range(first, last) if reading.tokens[i].lower_ in ("we", "i", "us", "our")
                }
    return found


def _judge(reading: Reading, tree: Tree, candidates: list[Candidate], models: Models) -> list[Judged]:
    """The type of every candidate, by the table of words where it is plain, else by the classifier, asked once for each."""
    plain = {c.trigger: type for c in candidates if (type := plain_type(tree, c) or intended_type(tree, c)) is not None}
    asked = [c for c in candidates if c.trigger not in plain]
    table = models.events.probabilities([_text(reading, c) for c in asked]).tolist() if asked else []
    judged = [Judged(c, plain[c.trigger], SURE) for c in candidates if c.trigger in plain]
    judged += [
        _weighed(tree, c, dict(zip(models.events.classes, row, strict=True))) for c, row in zip(asked, table, strict=True)
    ]
    return sorted(judged, key=lambda j: j.candidate.trigger)


def _weighed(tree: Tree, candidate: Candidate, shares: dict[str, float]) -> Judged:
    """The likeliest type by the classifier's answer, weighed by the rows that fit the trigger."""
    nothing = shares.pop("NONE")
    known = {r.type for r in candidate.rows} | _put_as(tree, candidate.trigger)
    weighed = {t: share * (1.0 if t in known else OTHERS) for t, share in shares.items()}
    total = sum(weighed.values()) or 1.0
    best = max(weighed, key=lambda t: (weighed[t], t))
    sure = weighed[best] / total * (1 - nothing) * (1.0 if best in known else UNKNOWN)
    return Judged(candidate, best, round(sure * WHOLE, 3))  # type: ignore[arg-type]


def _text(reading: Reading, candidate: Candidate) -> str:
    """The masked clause of a candidate; the subject that it shares with a verb before it is put in front of it."""
    source, target = candidate.source, candidate.target
    if source.first == source.last:
        return _unsaid(reading, candidate)
    beginning = min(
        candidate.clause, *(p.first for p in (source, target) if p and p.first >= candidate.clause), candidate.last - 1
    )
    if source.last <= beginning and (target is None or target.first >= beginning):
        lead = _words(reading, source.first, source.last)
        words = f"{lead} {_words(reading, beginning, candidate.last)}"
        shift = len(lead) + 1 - reading.tokens[beginning].idx
        return pair_text(words, (0, len(lead)), _place_of(reading, target, shift) if target else None)
    words, shift = _words(reading, candidate.first, candidate.last), -reading.tokens[candidate.first].idx
    place = _place_of(reading, source, shift)
    return pair_text(words, place, _place_of(reading, target, shift) if target else None)


def _unsaid(reading: Reading, candidate: Candidate) -> str:
    """The masked clause of what is done by nobody named: as if somebody were named behind it."""
    words = _words(reading, candidate.first, candidate.last).rstrip(" .")
    target = _place_of(reading, candidate.target, -reading.tokens[candidate.first].idx) if candidate.target else None
    return pair_text(f"{words} by Somebody", (len(words) + 4, len(words) + 12), target)


def _words(reading: Reading, first: int, last: int) -> str:
    final = reading.tokens[last - 1]
    return reading.text[reading.tokens[first].idx : final.idx + len(final)]


def _place_of(reading: Reading, part: Part, shift: int) -> tuple[int, int]:
    """Where a side stands in a text that begins `shift` characters off the document's."""
    final = reading.tokens[part.last - 1]
    return reading.tokens[part.first].idx + shift, final.idx + len(final) + shift


def _official(reading: Reading) -> frozenset[str]:
    return frozenset(a.id for a in reading.actors if a.kind in ("state", "government", "military") or a.sector in OFFICIAL)


def _side_of(reading: Reading) -> dict[str, str]:
    return {actor.id: actor.party or actor.name for actor in reading.actors}


def _put_as(tree: Tree, trigger: int) -> frozenset[str]:
    """The types that a verb may also have for how it is put: "will meet" is agreeing, "would not meet" refusing."""
    if not tree.verbal(trigger):
        return frozenset()
    if negated(tree, trigger):
        return frozenset(("REJECT",))
    if tree.dep[trigger] == "xcomp":
        return SPOKEN - {"REQUEST"}  # nobody asks for what they themselves want to do
    return SPOKEN if tree.child(trigger, "aux") is not None else frozenset()


def _own(reading: Reading, judged: Judged) -> bool:
    """Whether a state is said to deal with itself ("Moscow should not", said by its minister): no event between actors."""
    source, target = judged.candidate.source, judged.candidate.target
    if target is None or judged.type not in BETWEEN:
        return False
    here, there = ([reading.actor(a) for a in part.actors] for part in (source, target))
    if any(a.kind not in ("state", "government") or a.sector not in ("GOV", None) for a in there):
        return bool(here) and all(a.kind != "person" for a in there) and _sides(reading, source) == _sides(reading, target)
    return {a.country for a in there} == {a.country for a in here} != {None} and all(a.sector in STATE for a in here)


def _apart(tree: Tree, judged: list[Judged]) -> list[Judged]:
    """Without the participles that only tell more of the act above them ("opened fire, killing three"), and without what
    is only the content of an act of its own kind by the same side ("called on Chile to sign")."""
    by_trigger = {j.candidate.trigger: j for j in judged}

    def alike(j: Judged, above: Judged | None) -> bool:
        return above is not None and above.type == j.type and above.candidate.source.actors == j.candidate.source.actors

    def tells_more(j: Judged) -> bool:
        verb = j.candidate.trigger
        while tree.dep[verb] == "conj" and tree.tag[verb] == "VBG" == tree.tag[tree.head[verb]]:
            verb = tree.head[verb]
        return tree.dep[verb] in ("advcl", "xcomp") and tree.tag[verb] == "VBG" and alike(j, by_trigger.get(tree.head[verb]))

    def is_content(j: Judged) -> bool:
        if j.type not in CONTENT:
            return False
        at = j.candidate.trigger
        while tree.dep[at] in ("xcomp", "ccomp", "pcomp", "prep", "pobj", "dobj", "acl") and tree.head[at] != at:
            at = tree.head[at]
            if alike(j, by_trigger.get(at)):
                return True
        return False

    return [j for j in judged if not tells_more(j) and not is_content(j)]


def _once(reading: Reading, tree: Tree, judged: list[Judged]) -> list[Judged]:
    """One event once: of those alike in type and sides, in one sentence or by the same word and date, the surest."""
    kept: list[Judged] = []
    for j in judged:
        same = next((k for k, other in enumerate(kept) if _same(reading, tree, j, other)), None)
        if same is None:
            kept.append(j)
        elif j.confidence > kept[same].confidence:
            kept[same] = j
    return sorted(kept, key=lambda j: j.candidate.trigger)


def _same(reading: Reading, tree: Tree, one: Judged, other: Judged) -> bool:
    if one.type != other.type or _sides(reading, one.candidate.source) != _sides(reading, other.candidate.source):
        return False
    if _sides(reading, one.candidate.target) != _sides(reading, other.candidate.target):
        return False
    a, b = reading.tokens[one.candidate.trigger], reading.tokens[other.candidate.trigger]
    if a.sent.start == b.sent.start:
        return True
    if a.lemma_ != b.lemma_ or one.candidate.target is None:
        return False
    dates = [_date(reading, tree, j.candidate) for j in (one, other)]
    return None in dates or dates[0] == dates[1]


def _sides(reading: Reading, part: Part | None) -> tuple[str, ...]:
    """The parties of one side, or its actors' names where they speak for nobody."""
    if part is None:
        return ()
    return tuple(sorted({reading.actor(a).party or reading.actor(a).name for a in part.actors}))


def _characters(reading: Reading, candidate: Candidate) -> tuple[int, int]:
    """The clause without the white space at its end."""
    last = reading.tokens[candidate.last - 1]
    start = reading.tokens[candidate.first].idx
    return start, start + len(reading.text[start : last.idx + len(last)].rstrip())


def _event(reading: Reading, tree: Tree, judged: Judged, number: int, knowledge: Knowledge, models: Models) -> Event:
    candidate, trigger = judged.candidate, reading.tokens[judged.candidate.trigger]
    coding = code_rows(judged.type, _rows(tree, candidate, knowledge), knowledge)
    type, mode = (judged.type, coding.mode) if coding.cameo != EMBARGO else ("SANCTION", "discontinue")
    rule = "verb" if tree.verbal(candidate.trigger) else "noun"
    return Event(
        id=f"e{number}", type=type, mode=mode, context=coding.context, cameo=coding.cameo,
        source=candidate.source.actors, target=candidate.target.actors if candidate.target else (),
        date=_date(reading, tree, candidate), place=_place(reading, tree, candidate),
        status=status_of(tree, candidate.trigger, judged.type), voice=voice_of(reading, tree, candidate.trigger),
        evidence=reading.document.span(*_characters(reading, candidate)), confidence=judged.confidence,
        made_by=Provenance(stage="events", rule=f"{rule} {trigger.lemma_}", version=models.events.version),
    )  # fmt: skip


def _rows(tree: Tree, candidate: Candidate, knowledge: Knowledge) -> list:  # type: ignore[type-arg]
    """The rows of the trigger, then those of the act that it speaks of ("refused to release")."""
    words, rows = words_of(knowledge), list(candidate.rows)
    for token in tree.below(candidate.trigger, without=frozenset(("conj", "advcl", "parataxis", "relcl"))):
        if token != candidate.trigger:
            if tree.verbal(token):
                rows += words.of_verb(tree, token)
            elif tree.pos[token] == "NOUN":
                rows += words.of_noun(tree, token)
    return rows


def _date(reading: Reading, tree: Tree, candidate: Candidate) -> str | None:
    """The date that stands in the event's own clause, else the only one of its sentence that tells of nothing else."""
    within = own_dates(reading, tree, candidate.trigger, *_characters(reading, candidate))
    if within:
        return within[0].date
    sentence = reading.tokens[candidate.trigger].sent
    around = {d.date for d in own_dates(reading, tree, candidate.trigger, sentence.start_char, sentence.end_char)}
    return next(iter(around)) if len(around) == 1 else None


def _place(reading: Reading, tree: Tree, candidate: Candidate) -> str | None:
    """The place behind "in", "at" or "near" in the event's clause."""
    for token in range(candidate.first, candidate.last):
        if tree.entity[token] in PLACES and tree.dep[token] == "pobj" and tree.low[tree.head[token]] in ("in", "at", "near"):
            if candidate.source.first <= token < candidate.source.last:
                continue
            entity = next((e for e in reading.tokens[token].sent.ents if e.start <= token < e.end), None)
            words: str = entity.text if entity is not None else reading.tokens[token].text
            return words.removeprefix("the ").strip()
    return None
