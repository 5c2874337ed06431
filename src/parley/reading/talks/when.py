"""When a contact was or is to be, and what its date tells of its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import TimeExpression
from parley.reading.talks.clauses import act_of, is_verb
from parley.reading.talks.contacts import Contact
from parley.reading.talks.scene import Scene, heads_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def _tells_of(verb: Token, contact: Contact, scene: Scene) -> bool:
    """Whether what a clause dates is the contact, not a saying or hoping about it."""
    if contact.rule.startswith("verb") or verb.lemma_ == "be":
        return True
    return act_of(verb, scene.words) not in ("", "propose", "weak", "refuse")


def date_of(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The date that stands in the contact's own clause, the nearest first; never that of a verb of saying above it."""
    sentence = token.sent
    last = sentence[-1]
    dates = [d for d in scene.reading.dates_between(sentence.start_char, last.idx + len(last)) if _fits(d)]
    if not dates:
        return None
    roots = {token.i} | {t.i for t in heads_of(token, scene)}
    roots |= {c.i for r in list(roots) for c in scene.tokens[r].children if c.dep_ in ("acl", "relcl") and is_verb(c)}
    if contact.verb is not None and _tells_of(scene.tokens[contact.verb], contact, scene):
        roots.add(contact.verb)
        verb = scene.tokens[contact.verb]
        if verb.dep_ == "conj" and contact.act in ("cancel", "fail", "postpone") and verb.head.i > token.i:
            roots.add(verb.head.i)  # "planned for Sunday has been cancelled"
        if verb.dep_ in ("advcl", "xcomp", "relcl") and verb.head.lemma_.lower() in scene.words.classes["travel"]:
            roots.add(verb.head.i)
    ranked: list[tuple[int, int, TimeExpression]] = []
    for expression in dates:
        first, end = scene.reading.tokens_between(expression.start, expression.end)
        before = scene.tokens[first - 1].lower_ if first else ""
        if before == "since" or (before in ("until", "till") and contact.act != "postpone"):
            continue
        steps = min(_steps(scene.tokens[i], roots) for i in range(first, end))
        if steps == 9 and _may_belong(scene.tokens[first], token, scene):
            steps = 8
        if steps < 9:
            ranked.append((steps, abs(first - token.i), expression))
    if not ranked:
        return None
    best = min(ranked, key=lambda r: (r[0], r[1]))
    return best[2].date if best[2].date else None


_DAYS = ("day-word", "weekday", "part-of-day", "day-of-month", "full-date")


def day_of_report(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The day on which somebody spoke after a contact: "said on Monday after talks with", "have failed, she said Monday"."""
    preposition = token.head.lower_ if token.dep_ == "pobj" else ""
    verb = scene.tokens[contact.verb] if contact.verb is not None else None
    perfect = verb is not None and verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.children)
    spoken_after = preposition in ("after", "following")
    if (
        not (spoken_after or perfect)
        or contact.status not in ("held", "collapsed", "ongoing")
        or contact.other
        or contact.plural
    ):
        return None
    sentence = token.sent
    starts = [sentence.start_char]
    if spoken_after and sentence.start > 0:
        starts.append(token.doc[sentence.start - 1].sent.start_char)
    for start in starts:
        days = [
            d for d in scene.reading.dates_between(start, sentence.end_char) if d.rule in _DAYS and _of_a_saying(d, scene)
        ]
        if days:
            return days[-1].date
    return None


def _of_a_saying(expression: TimeExpression, scene: Scene) -> bool:
    first, last = scene.reading.tokens_between(expression.start, expression.end)
    return any(_beside_saying(token, scene) for token in scene.tokens[first:last])


def _beside_saying(token: Token, scene: Scene) -> bool:
    """Whether a verb of saying stands one or two steps above a token."""
    return any(is_verb(h) and h.lemma_.lower() in scene.words.classes["saying"] for h in (token.head, token.head.head))


def _fits(expression: TimeExpression) -> bool:
    return expression.type in ("DATE", "TIME") and not expression.value.endswith("_REF")


def _may_belong(date: Token, contact: Token, scene: Scene) -> bool:
    """Whether a date that hangs elsewhere is so close that it is still the contact's: no saying and no other between."""
    first, last = sorted((date.i, contact.i))
    if last - first > 9:
        return False
    if date.head.dep_ == "prep" and date.head.head.lemma_ in scene.words.classes["fixing"] and date.i > contact.i:
        return True
    between = date.doc[first + 1 : last]
    if any(
        t.lemma_.lower() in scene.words.nouns or t.text in (";", ":", "—") or t.tag_ in ("VBD", "VBZ", "MD") for t in between
    ):
        return False
    return not _beside_saying(date, scene)


def _steps(token: Token, roots: set[int]) -> int:
    """How far below one of the roots a date hangs, 9 where another verb stands between."""
    at = token
    for steps in range(8):
        if at.i in roots:
            return steps
        if at.head.i == at.i:
            return 9
        if is_verb(at) and steps > 0 and at.dep_ not in ("conj", "xcomp"):
            return 9
        at = at.head
    return 9


def fit_status_to_date(contact: Contact, scene: Scene) -> None:
    """What is dated well before the day of publication was held, what is dated after it is to come."""
    published = scene.reading.document.published
    date = contact.date
    if not date or not published or len(published) != 10 or date.startswith("X"):
        return
    today = published[: len(date)]
    if contact.status == "ongoing" and contact.act == "begin" and len(date) >= 7:
        months = 12 * (int(published[:4]) - int(date[:4])) + int(published[5:7]) - int(date[5:7])
        contact.status = "held" if months > 1 else "ongoing"
    if contact.status in ("ongoing", None) and date < today and contact.act not in ("begin", "continue"):
        contact.status = "held"
    elif contact.status in ("ongoing", "held", None) and date > today:
        contact.status = "scheduled"
