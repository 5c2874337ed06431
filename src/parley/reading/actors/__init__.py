"""Actors: who is named, described or meant in a text, what each is, and the side that each speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.actors.appositions import find_appositions, find_body_nouns
from parley.reading.actors.bodies import noun_of
from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.groups import members, number_of
from parley.reading.actors.lands import learn_lands
from parley.reading.actors.lexicon import lexicon_of
from parley.reading.actors.names import resolve_name
from parley.reading.actors.nouns import resolve_noun
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.phrases import find_phrases
from parley.reading.actors.pronouns import is_pronoun, relative_of, resolve_pronoun
from parley.reading.actors.sides import settle_person, settle_person_once
from parley.reading.actors.survey import is_person_name, survey
from parley.reading.actors.unnamed import find_names_for_titles
from parley.reading.actors.words import Words, words_of
from parley.reading.layers import Mention, MentionKind, Mentions, Reading
from parley.reading.pipeline import stage
from parley.record import Actor, Provenance

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
Found = tuple[Phrase, tuple[Draft, ...], MentionKind]


@stage("actors", needs=("tokens", "paragraphs"), gives=("actors", "mentions"))
def find_actors(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Find the actors of a text and every mention of them, and settle whom each speaks for."""
    words = words_of(reading.tokens, reading.paragraphs)
    if not len(words):
        return reading.with_layer(actors=(), mentions=Mentions())
    lexicon = lexicon_of(knowledge)
    phrases = find_phrases(words, lexicon)
    taught = learn_lands(words, lexicon, phrases)
    if taught is not lexicon:
        phrases = find_phrases(words, taught)
    cast = Cast(words, taught, phrases, reading.document.published or "")
    _resolve_all(cast)
    cast.rename(find_names_for_titles(cast))
    for draft in list(cast.drafts.values()):  # whom a person speaks for may be met only here
        if draft.person:
            settle_person(cast, draft, cast.resolve)
    found = _found(cast)
    for draft in cast.drafts.values():
        draft.country = None if draft.country in taught.learnt else draft.country
    return _layers(reading, words, found)


def _resolve_all(cast: Cast) -> None:
    """Resolve phrases and pronouns in text order."""
    _survey(cast)
    cast.resolve_with(lambda p: _resolve(cast, p))
    cast.settle = lambda draft: settle_person_once(cast, draft, cast.resolve)
    pronouns = {i: _pronoun(i) for i in range(len(cast.words)) if is_pronoun(cast, i) or relative_of(cast, i) is not None}
    for p in cast.phrases:
        if p.start in pronouns and p.core > p.start and cast.words.tag[p.start] == "PRP$":
            p.links.append(("possessor", pronouns[p.start]))
    ordered = sorted([*cast.phrases, *pronouns.values()], key=lambda p: (p.core, -p.end))
    for p in ordered:
        cast.resolve(p)


def _found(cast: Cast) -> list[Found]:
    """Every phrase that stands for actors, with them."""
    return [(p, drafts, _kind(cast, p, drafts)) for p in list(cast.of) if (drafts := _settled(cast, p))]


def _survey(cast: Cast) -> None:
    """Learn from the whole text what its unknown names are, before any phrase is resolved."""
    names = {p for p in cast.phrases if p.form in ("name", "table") and p.name is not None}
    cast.described = find_appositions(cast.words, cast.phrases, names)
    cast.bodies = find_body_nouns(cast.words, cast.phrases)
    survey(cast)
    persons = {p for p in cast.phrases if is_person_name(cast, p)}
    bodies = {q: name for q, name in cast.bodies.items() if name not in persons}
    cast.described = bodies | find_appositions(cast.words, cast.phrases, persons)


def _resolve(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    if p.form == "pronoun":
        return _relative(cast, p) if cast.words.tag[p.head] in ("WP", "WDT", "WP$") else resolve_pronoun(cast, p.head)
    if p.form != "agent":
        return () if p.core in cast.datelines else resolve_name(cast, p)
    if number_of(cast, p, noun_of(p)) > 1:
        return _group(cast, p)
    return resolve_noun(cast, p)


def _relative(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    head = relative_of(cast, p.head)
    covering = [q for q in cast.phrases if q.head == head and q.end <= p.head]
    return cast.resolve(min(covering, key=lambda q: q.start)) if covering else ()


def _settled(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    """The actors of a phrase, those of a group found anew among all mentions; a group that stays empty is plain persons."""
    drafts = cast.of.get(p, ())
    if not drafts and p.form == "agent" and number_of(cast, p, noun_of(p)) > 1:
        drafts = _group(cast, p) or (resolve_noun(cast, p) if p.person_like else ())
    return tuple(dict.fromkeys(cast.renamed.get(d, d) for d in drafts))


def _group(cast: Cast, p: Phrase) -> tuple[Draft, ...]:
    return members(cast, p, noun_of(p), number_of(cast, p, noun_of(p)))


def _pronoun(i: int) -> Phrase:
    return Phrase("pronoun", i, i + 1, i, i)


def _kind(cast: Cast, p: Phrase, drafts: tuple[Draft, ...]) -> MentionKind:
    if len(drafts) > 1 or (p.form == "agent" and number_of(cast, p, noun_of(p)) > 1):
        return "group"
    if p.form == "pronoun":
        return "pronoun"
    if p.form != "agent":
        return "name"
    return "title" if p.offices() else "description"


def _layers(reading: Reading, words: Words, found: list[Found]) -> Reading:
    ids: dict[Draft, str] = {}
    spans: dict[Draft, dict[tuple[int, int], None]] = {}
    mentions = []
    for p, drafts, kind in sorted(found, key=lambda f: (f[0].start, -f[0].end)):
        if not drafts:
            continue
        start, end = words.token[p.start], words.token[p.end - 1] + 1
        for draft in drafts:
            ids.setdefault(draft, f"a{len(ids) + 1}")
            spans.setdefault(draft, {})[words.begin[p.start], words.finish[p.end - 1]] = None
        mentions.append(Mention(start, end, words.token[p.head], tuple(dict.fromkeys(ids[d] for d in drafts)), kind))
    actors = tuple(_actor(reading, draft, id, tuple(spans[draft])) for draft, id in ids.items())
    return reading.with_layer(actors=actors, mentions=Mentions(tuple(dict.fromkeys(mentions))))


def _actor(reading: Reading, draft: Draft, id: str, spans: tuple[tuple[int, int], ...]) -> Actor:
    return Actor(
        id=id, name=draft.name, kind=draft.kind, country=draft.country, sector=draft.sector or None, role=draft.role,
        former=draft.former, party=draft.party, wikidata=draft.wikidata,
        mentions=tuple(reading.document.span(start, end) for start, end in spans),
        made_by=Provenance(stage="actors", rule=draft.rule, version=VERSION),
    )  # fmt: skip
