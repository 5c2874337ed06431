"""All that the clause around a contact tells of it: who, where, when, which one, on what level, with what outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.talks.clauses import is_verb, reality
from parley.reading.talks.contacts import Contact
from parley.reading.talks.participants import (
    is_internal,
    mediators_of,
    of_outer_clauses,
    take_part_in_noun,
    take_part_in_verb,
)
from parley.reading.talks.scene import Scene, heads_of, without
from parley.reading.talks.venue import place_of
from parley.reading.talks.when import date_of, day_of_report, fit_status_to_date

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_circumstances(contact: Contact, scene: Scene) -> None:
    """Fill in participants, mediators, place, date, ordinal, level and outcome of a contact from its clause."""
    token = scene.tokens[contact.token]
    sentence = token.sent
    contact.start, contact.end = _clause_bounds(token)
    if contact.rule.startswith("verb"):
        take_part_in_verb(contact, token, scene)
    else:
        take_part_in_noun(contact, token, scene)
    contact.ordinal = _ordinal(token, scene)
    contact.date = contact.date or date_of(contact, token, scene)
    contact.report_date = day_of_report(contact, token, scene)
    fit_status_to_date(contact, scene)
    _held_by_default(contact, token, scene)
    contact.place = contact.place or place_of(contact, token, scene)
    _level_and_outcome(contact, token, scene)
    contact.mediators = without((*contact.mediators, *mediators_of(contact, token, scene, sentence)), ())
    contact.participants = without(contact.participants, contact.mediators)
    contact.internal = not contact.mediators and is_internal(contact, token, scene)
    if len(contact.participants) < 2 and contact.rule.startswith("noun"):
        outer = of_outer_clauses(contact, scene)
        contact.participants = without((*contact.participants, *outer), contact.mediators)


def _held_by_default(contact: Contact, token: Token, scene: Scene) -> None:
    """A contact of known parties, day or place in a clause that tells of the past was held, whatever its verb."""
    if contact.status is not None or contact.act or contact.verb is None or not contact.rule.startswith("noun"):
        return
    verb = scene.tokens[contact.verb]
    told = contact.date is not None or contact.ordinal is not None or (contact.definite and len(contact.participants) > 1)
    joined = token.dep_ in ("dobj", "nsubj", "nsubjpass") or (token.dep_ == "pobj" and token.head.lower_ in _HELD_AT)
    if told and joined and is_verb(verb) and verb.tag_ in ("VBD", "VBN") and reality(verb, scene.words) == "done":
        contact.status = "held"
        contact.soft = True


_HELD_AT = ("at", "in", "during", "from", "after", "through")


def _clause_bounds(token: Token) -> tuple[int, int]:
    sentence = token.sent
    first, last = sentence.start, sentence.end
    while last > first + 1 and sentence.doc[last - 1].is_space:
        last -= 1
    while first < last - 1 and sentence.doc[first].is_space:
        first += 1
    end = sentence.doc[last - 1]
    return sentence.doc[first].idx, end.idx + len(end)


_WORDS_OF_ORDER = {w: n for n, w in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}  # fmt: skip
_CARDINALS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def _order(word: str) -> int | None:
    if word[:-2].isdecimal() and len(word) < 5 and word[-2:] in ("st", "nd", "rd", "th"):
        return int(word[:-2])
    return _WORDS_OF_ORDER.get(word)


def _ordinal(token: Token, scene: Scene) -> int | None:
    """ "the second round" and "the 7th Abuja talks" have one; so have "two rounds": as many as were held."""
    for at in [token, *heads_of(token, scene)]:
        for child in at.children:
            low = child.lower_
            if child.i < at.i and (order := _order(low)):
                return order
            if at.lemma_ == "round" and child.dep_ == "nummod":
                return _CARDINALS.get(low) or (int(low) if low.isdecimal() and len(low) < 3 else None)
    for child in token.children:
        if child.dep_ == "compound" and (found := next((n for c in child.children if (n := _order(c.lower_))), None)):
            return found
        if child.dep_ == "appos" and (found := _ordinal(child, scene)) is not None:
            return found
    return None


def _level_and_outcome(contact: Contact, token: Token, scene: Scene) -> None:
    near = [token.i, *(t.i for t in token.subtree)]
    if contact.verb is not None:
        near += [i for child in scene.tokens[contact.verb].children if child.dep_ in ("nsubj", "dobj", "prep", "nsubjpass")
                 for i in (t.i for t in child.subtree)]  # fmt: skip
    words = " ".join(scene.tokens[i].lower_ for i in sorted(set(near))).replace(" - ", "-")
    contact.level = next((level for level, pattern in scene.words.levels if pattern.search(words)), None)
    if contact.outcome == "unknown" and contact.status in ("held", "collapsed", "ongoing", None):
        told = _stretch(token, scene).lower()
        contact.outcome = next((o for o, pattern in scene.words.outcomes if pattern.search(told)), "unknown")


def _stretch(token: Token, scene: Scene) -> str:
    """The words of the sentence around a contact, up to the next contact on either side."""
    sentence, contacts = token.sent, scene.words.nouns.keys() | scene.words.verbs
    others = [t.i for t in sentence if t.i != token.i and t.lemma_.lower() in contacts
              and t.lemma_.lower() not in ("round", "call", "visit", "host", "talk", "negotiation", "gather")]  # fmt: skip
    first = max((i + 1 for i in others if i < token.i), default=sentence.start)
    last = min((i for i in others if i > token.i), default=sentence.end)
    return str(token.doc[first:last].text)
