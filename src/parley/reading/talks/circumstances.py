"""Who took part, who helped, when and where: what the clause around a contact tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from parley.reading.layers import Mention, Reading, TimeExpression
from parley.reading.talks.clauses import OBJECTS, is_verb, lemma_with_particle, subject_of
from parley.reading.talks.contacts import Contact
from parley.reading.talks.words import TalksWords

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACE_LABELS = ("GPE", "LOC", "FAC")
_AT = frozenset({"in", "at", "near", "outside"})
_TOGETHER = frozenset({"with", "between", "among", "of", "involving", "by"})
TRAVEL = frozenset(
    {"fly", "travel", "arrive", "head", "come", "jet", "go", "leave", "depart", "land", "visit", "gather", "return"}
)
_STATIONS = frozenset({"person", "state", "government", "military", "armed-group", "party", "organisation", "population"})


class Scene:
    """What the functions here share: the reading, its words of talks, and its outermost mentions by token."""

    def __init__(self, reading: Reading, words: TalksWords, towns: Mapping[str, str]) -> None:
        """`towns` gives the state of each capital."""
        self.towns = towns
        self.reading = reading
        self.words = words
        self.tokens = reading.tokens
        self.by_head: dict[int, list[Mention]] = {}
        for mention in reading.mentions.all:
            self.by_head.setdefault(mention.head, []).append(mention)

    def mentions(self, indices: Iterable[int]) -> list[Mention]:
        """The outermost mentions whose head is among these tokens, those of no known party opened up."""
        inside = sorted(set(indices))
        if not inside:
            return []
        found: list[Mention] = []
        covered: set[int] = set()
        every = [m for i in inside for m in self.by_head.get(i, ())]
        for mention in sorted(every, key=lambda m: (m.start - m.end, m.start)):
            if mention.head in covered or set(range(mention.start, mention.end)) <= covered:
                continue
            if self.parties((mention,)):
                found.append(mention)
                covered.update(range(mention.start, mention.end))
        return sorted(found, key=lambda m: m.start)

    def parties(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        """The names of the sides that these mentions stand for, each once."""
        names: dict[str, None] = {}
        for mention in mentions:
            for actor in (self.reading.actor(a) for a in mention.actors):
                if actor.party and actor.kind in _STATIONS and actor.sector not in ("MED", "JRN"):
                    names[actor.party] = None
        return tuple(names)

    def is_place(self, token: Token) -> bool:
        """Whether a token names a place where something is, not the state that acts."""
        return token.ent_type_ in _PLACE_LABELS and token.dep_ == "pobj" and token.head.lower_ in _AT


def subtree(token: Token, scene: Scene) -> list[int]:
    """The tokens under a token without relative clauses, places and times."""
    found = [token.i]
    for child in token.children:
        if child.dep_ in ("relcl", "acl", "advcl", "punct", "ccomp") or scene.is_place(child):
            continue
        if child.dep_ == "prep" and child.lower_ in _AT and any(g.ent_type_ in _PLACE_LABELS for g in child.children):
            continue
        found.extend(subtree(child, scene))
    return found


def find_circumstances(contact: Contact, scene: Scene) -> None:
    """Fill in participants, mediators, place, date, ordinal, level and outcome of a contact from its clause."""
    token = scene.tokens[contact.token]
    sentence = token.sent
    contact.start, contact.end = _clause_bounds(token)
    if contact.rule.startswith("verb"):
        _of_verb(contact, token, scene)
    else:
        _of_noun(contact, token, scene)
    contact.date = contact.date or _date(contact, token, scene)
    contact.report_date = _date_of_report(contact, token, scene)
    _fit_status_to_date(contact, scene)
    contact.place = contact.place or _place(contact, token, scene)
    contact.ordinal = _ordinal(token, scene)
    contact.internal = _is_internal(contact, token, scene)
    _level_and_outcome(contact, token, scene)
    contact.mediators = _without((*contact.mediators, *_mediators(contact, token, scene, sentence)), ())
    contact.participants = _without(contact.participants, contact.mediators)


def _without(names: Iterable[str], unwanted: Iterable[str]) -> tuple[str, ...]:
    out = set(unwanted)
    return tuple(dict.fromkeys(n for n in names if n not in out))


def _clause_bounds(token: Token) -> tuple[int, int]:
    sentence = token.sent
    first, last = sentence.start, sentence.end
    while last > first + 1 and sentence.doc[last - 1].is_space:
        last -= 1
    while first < last - 1 and sentence.doc[first].is_space:
        first += 1
    end = sentence.doc[last - 1]
    return sentence.doc[first].idx, end.idx + len(end)


# ---- participants


def _of_verb(contact: Contact, verb: Token, scene: Scene) -> None:
    frame = (scene.words.verbs.get(verb.lemma_.lower()) or scene.words.verbs[lemma_with_particle(verb)])[1]
    names: list[str] = []
    subject = subject_of(verb)
    if subject is not None:
        names += scene.parties(scene.mentions(subtree(subject, scene)))
    names += scene.parties(scene.mentions([i for c in _beside_subject(verb) for i in subtree(c, scene)]))
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if frame == "visit" and objects and objects[0].ent_type_ in _PLACE_LABELS:
        contact.place = _name_of(objects[0])
        names += _host_of(objects[0], scene)
    if frame == "arrive":
        goal = next(g for c in verb.children if c.lower_ in ("in", "to") for g in c.children if g.ent_type_ == "GPE")
        contact.place = _name_of(goal)
        if not any(t.lemma_.lower() in scene.words.nouns for t in verb.subtree):
            names += _host_of(goal, scene)
    for child in verb.children:
        beside = child.dep_ == "prep" and child.lower_ in ("with", "between", "to", "by")
        if beside or child.dep_ in (*OBJECTS, "agent"):
            names += scene.parties(scene.mentions(subtree(child, scene)))
    contact.participants = _without(names, ())


def _beside_subject(verb: Token) -> list[Token]:
    """Those whom an opening phrase joins to the subject: "Together with its allies, Chad met ..."."""
    return [g for c in verb.children if c.dep_ == "advmod" and c.lower_ in ("together", "alongside") for g in c.children]


def _of_noun(contact: Contact, noun: Token, scene: Scene) -> None:
    names: list[str] = []
    for at in [noun, *_heads_of(noun, scene)]:
        for child in at.children:
            if child.dep_ in ("amod", "compound", "nmod", "poss") and child.i < at.i:
                if not _names_place(child, contact, scene):
                    names += scene.parties(scene.mentions(subtree(child, scene)))
            elif (child.dep_ == "prep" and child.lower_ in _TOGETHER and child.lower_ != "by") or (
                child.dep_ == "acl" and child.lower_ == "involving"
            ):
                names += scene.parties(scene.mentions(subtree(child, scene)))
    proposed_for_others = contact.act in ("propose", "weak") and len(_without(names, ())) >= 2
    for at in [noun, *_heads_of(noun, scene)]:
        if at.dep_ == "pobj" and at.head.lower_ in ("to", "at", "in") and at.head.head.pos_ in ("NOUN", "PROPN"):
            sent = [i for i in subtree(at.head.head, scene) if i < at.head.i]
            names += scene.parties(scene.mentions(sent))
    if contact.verb is not None and not proposed_for_others:
        names += _of_predicate(contact, noun, scene.tokens[contact.verb], scene)
    if noun.lemma_ in ("visit", "trip"):
        names += _of_visit(contact, noun, scene)
    if len(_without(names, ())) < 2:
        names += _between(noun, scene)
    contact.participants = _without(names, ())


def _of_visit(contact: Contact, noun: Token, scene: Scene) -> list[str]:
    """The state visited, where the visitor is known."""
    place = next((g for c in noun.children if c.lower_ == "to" for g in c.children if g.pos_ == "PROPN"), None)
    if place is None:
        return []
    contact.place = _name_of(place)
    return _host_of(place, scene)


def _host_of(place: Token, scene: Scene) -> list[str]:
    """The state that a visit goes to: the place's own party, or the state whose capital it is."""
    state = scene.towns.get(_name_of(place))
    return [state] if state else list(scene.parties(scene.mentions([place.i])))


def _between(noun: Token, scene: Scene) -> list[str]:
    """The parties after "between" where the parse hung it elsewhere: "talks are under way in Basra between A and B"."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.lemma_.lower() in scene.words.nouns:
            return []
        if token.lower_ == "between":
            return list(scene.parties(scene.mentions(subtree(token, scene))))
    return []


def _heads_of(noun: Token, scene: Scene) -> list[Token]:
    heads, at = [], noun
    for _ in range(3):
        if at.dep_ != "pobj" or at.head.lower_ != "of" or at.head.head.pos_ not in ("NOUN", "PROPN"):
            break
        at = at.head.head
        if at.lemma_.lower() not in scene.words.heads and at.lemma_.lower() not in scene.words.nouns:
            break
        heads.append(at)
    return heads


def _names_place(child: Token, contact: Contact, scene: Scene) -> bool:
    """Whether a city before the noun names where it is held: "the Abuja talks"."""
    beside_hyphen = child.i + 1 < len(child.doc) and child.nbor(1).text in ("-", "–")
    acting = scene.reading.mentions.at(child.i) is not None
    town = child.text in scene.towns or (child.ent_type_ in ("GPE", "FAC") and not acting)
    if (
        child.dep_ in ("compound", "nmod", "amod")
        and child.tag_ == "NNP"
        and town
        and not beside_hyphen
        and not any(c.dep_ in ("compound", "punct", "conj") for c in child.children)
    ):
        contact.venue_guess = contact.venue_guess or _name_of(child)
        return True
    return False


def _of_predicate(contact: Contact, noun: Token, verb: Token, scene: Scene) -> list[str]:
    """The parties that a clause joins to a contact: who holds, begins, attends, proposes it."""
    names: list[str] = []
    lemma = verb.lemma_.lower()
    act = scene.words.acts.get(lemma_with_particle(verb)) or scene.words.acts.get(lemma, "")
    if noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following", "during", "at", "in", "for", "to", "from"):
        act = "hold"
    subject = subject_of(verb)
    if act in ("weak", "refuse") and contact.definite:
        return names
    inside = subject is not None and (subject.i == noun.i or noun in subject.subtree)
    if subject is not None and scene.reading.mentions.at(subject.i) is None:
        subject = None
    takes_part = act in ("begin", "hold", "continue", "end", "fail", "agree", "propose", "schedule", "refuse", "cancel",
                         "postpone", "fruitless", "weak", "travel") and lemma not in scene.words.hosting  # fmt: skip
    if subject is not None and not inside:
        acting = scene.parties(scene.mentions(subtree(subject, scene)))
        names += acting if takes_part or (len(acting) > 1 and lemma in scene.words.hosting) else ()
    if lemma == "invite":
        invited = scene.parties(scene.mentions([i for c in verb.children if c.dep_ in OBJECTS for i in subtree(c, scene)]))
        if len(invited) > 1:
            contact.mediators, names = tuple(names), []
        names += invited
    if inside and lemma in ("involve", "include", "bring"):
        names += scene.parties(scene.mentions([i for c in verb.children if c.dep_ in OBJECTS for i in subtree(c, scene)]))
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during", "at") and noun.head.i < verb.i:
        names += scene.parties(scene.mentions([i for c in verb.children if c.dep_ in OBJECTS for i in subtree(c, scene)]))
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("with", "between", "among")
            and noun.i not in [t.i for t in child.subtree]
        ):
            names += scene.parties(scene.mentions(subtree(child, scene)))
    return names


def _is_internal(contact: Contact, token: Token, scene: Scene) -> bool:
    """Whether a single organisation meets by itself."""
    if contact.rule.startswith("verb") and any(c.dep_ in OBJECTS for c in token.children):
        return False
    if len(contact.participants) != 1 or contact.rule == "noun:call":
        return False
    kinds = {a.kind for a in scene.reading.actors if a.name == contact.participants[0] or a.party == contact.participants[0]}
    with_other = any(c.lower_ in ("with", "between", "among") for c in token.children)
    return "organisation" in kinds and not kinds & {"armed-group", "party", "government"} and not with_other


# ---- mediators


def _mediators(contact: Contact, token: Token, scene: Scene, sentence: Iterable[Token]) -> list[str]:
    names: list[str] = []
    close = {t.i for t in token.subtree}
    close |= {t.i for t in scene.tokens[contact.verb].subtree} if contact.verb is not None else set()
    for other in sentence:
        if other.i not in close:
            continue
        low, lemma = other.lower_, other.lemma_.lower()
        if low in scene.words.hosted and other.tag_ in ("VBN", "VBD"):
            agent = next((c for c in other.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
            if agent is not None:
                names += scene.parties(scene.mentions(subtree(agent, scene)))
            before = [t.i for t in other.lefts if t.ent_type_ or t.pos_ in ("PROPN", "ADJ")]
            if other.i >= 2 and scene.tokens[other.i - 1].text in ("-", "–"):
                back = other.i - (4 if scene.tokens[other.i - 2].text == ")" else 2)
                before += [i for i in (other.i - 2, other.i - 3, back) if i >= 0]
            names += scene.parties(scene.mentions(before)) if agent is None else []
        if lemma in scene.words.hosting and is_verb(other) and low not in ("led", "backed"):
            contact_inside = any(t.i == token.i for t in other.subtree)
            subject = next((c for c in other.children if c.dep_ == "nsubj"), None)
            if subject is None and len(contact.participants) > 1 and other.tag_ != "VBN":
                subject = subject_of(other)
            if contact_inside and subject is not None and other.tag_ != "VBN":
                helping = scene.parties(scene.mentions(subtree(subject, scene)))
                names += () if set(helping) & set(contact.participants) and len(helping) > 1 else helping
        if lemma in scene.words.mediators and other.i != token.i:
            names += scene.parties(scene.mentions(subtree(other, scene)))
            if other.dep_ == "pobj" and other.head.lower_ == "as":
                acting = next((c for c in other.head.head.children if c.dep_ in ("nsubj", "pobj")), None)
                names += scene.parties(scene.mentions(subtree(acting, scene))) if acting is not None else []
                led = next((t.i for t in reversed(other.doc[max(0, other.i - 12) : other.i]) if t.lower_ == "with"), None)
                names += scene.parties(scene.mentions(range(led + 1, other.head.i))) if led is not None else []
    return names


# ---- place


def _name_of(token: Token) -> str:
    """The named entity that covers a token, without its article."""
    for entity in token.sent.ents:
        if entity.start <= token.i < entity.end:
            words = [t for t in entity if not (t.i == entity.start and t.text == "the") and t.text not in ("'s", "’s")]
            return str(token.doc[words[0].i : words[-1].i + 1].text) if words else str(token.text)
    return str(token.text)


def _place(contact: Contact, token: Token, scene: Scene) -> str | None:
    roots = [token, *_heads_of(token, scene)]
    if contact.verb is not None and contact.verb != token.i:
        roots.append(scene.tokens[contact.verb])
    for root in roots:
        for child in root.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "near", "outside"):
                for inner in child.children:
                    if (name := _place_under(inner, scene)) is not None:
                        return name
            if child.dep_ == "advmod" and child.lower_ == "here" and (home := _dateline_place(scene.reading)):
                return home
            if child.dep_ in ("acl", "relcl") and is_verb(child) and (name := _place_of_verb(child, scene)) is not None:
                return name
    return _outer_place(contact, token, scene) or _loose_place(contact, token, scene)


def _place_of_verb(verb: Token, scene: Scene) -> str | None:
    """The place of a clause: "held in Rome"; with a verb of travel, where it leads: "flew to Rome"."""
    leads = verb.lemma_.lower() in TRAVEL
    for child in verb.children:
        if child.dep_ == "prep" and (child.lower_ in ("in", "at") or (leads and child.lower_ in ("to", "for"))):
            for inner in child.children:
                if (name := _place_under(inner, scene)) is not None:
                    return name
    return None


def _outer_place(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The place that the clause above leads to: "flew to Rome to meet", "a visit to Rome where he met"."""
    verb = scene.tokens[contact.verb] if contact.verb is not None else None
    if verb is None:
        return None
    if verb.lemma_.lower() in TRAVEL and (name := _place_of_verb(verb, scene)) is not None:
        return name
    above = verb.head
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children) and above.ent_type_ in _PLACE_LABELS:
        return _name_of(above)
    if verb.dep_ in ("advcl", "xcomp") and above.lemma_.lower() in TRAVEL:
        return _place_of_verb(above, scene)
    return None


def _loose_place(contact: Contact, token: Token, scene: Scene) -> str | None:
    """A place that the parse hung on somebody who took part: "met on Monday with the envoy, a lawyer, in Rome"."""
    for other in token.doc[token.i + 1 : min(token.i + 25, token.sent.end)]:
        if other.i != token.i and (other.lemma_.lower() in scene.words.nouns or (is_verb(other) and other.dep_ != "amod")):
            return None
        if other.lower_ in ("in", "at") and other.dep_ == "prep":
            for inner in other.children:
                if inner.ent_type_ in _PLACE_LABELS and inner.pos_ == "PROPN":
                    return _name_of(inner)
    return None


def _place_under(token: Token, scene: Scene) -> str | None:
    """The place that a phrase names: "Doha", "the Qatari capital Doha", "a hotel in Geneva"."""
    if token.ent_type_ in _PLACE_LABELS and token.pos_ == "PROPN":
        return _name_of(token)
    if token.lemma_.lower() == "capital" and (town := _capital_named(token, scene)):
        return town
    if token.text in scene.towns:
        return str(token.text)
    for child in token.children:
        if child.dep_ in ("appos", "compound") and child.ent_type_ in _PLACE_LABELS:
            return _name_of(child)
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "at", "near", "outside"):
            for inner in child.children:
                if inner.ent_type_ in _PLACE_LABELS:
                    return _name_of(inner)
    return None


def _capital_named(token: Token, scene: Scene) -> str | None:
    """The town that "the Qatari capital" means, where its name does not stand beside it."""
    if any(c.dep_ == "appos" or (c.dep_ == "compound" and c.tag_ == "NNP") for c in token.children):
        return None
    parties = scene.parties(scene.mentions([c.i for c in token.children if c.dep_ in ("amod", "poss")]))
    return next((town for town, state in scene.towns.items() if parties and state == parties[0]), None)


def _dateline_place(reading: Reading) -> str | None:
    """The town that a dateline names: the capitals that open one of the first paragraphs."""
    for paragraph in reading.paragraphs[:3]:
        words: list[str] = []
        for token in reading.tokens[paragraph.first : paragraph.last]:
            if token.text.isupper() and token.is_alpha:
                words.append(token.text.capitalize())
            else:
                break
        following = (
            reading.tokens[paragraph.first + len(words)].text if paragraph.first + len(words) < paragraph.last else ""
        )
        if words and following in (",", "(", "-", "–", "—", ":"):
            return " ".join(words)
    return None


# ---- date


def _tells_of(verb: Token, contact: Contact, scene: Scene) -> bool:
    """Whether what a clause dates is the contact, not a saying or hoping about it."""
    if contact.rule.startswith("verb") or verb.lemma_ == "be":
        return True
    acts = scene.words.acts
    return (acts.get(lemma_with_particle(verb)) or acts.get(verb.lemma_.lower()) or "") not in (
        "",
        "propose",
        "weak",
        "refuse",
    )


def _date(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The date that stands in the contact's own clause, the nearest first; never that of a verb of saying above it."""
    sentence = token.sent
    last = sentence[-1]
    dates = [d for d in scene.reading.dates_between(sentence.start_char, last.idx + len(last)) if _fits(d)]
    if not dates:
        return None
    roots = {token.i} | {t.i for t in _heads_of(token, scene)}
    roots |= {c.i for r in list(roots) for c in scene.tokens[r].children if c.dep_ in ("acl", "relcl") and is_verb(c)}
    if contact.verb is not None and _tells_of(scene.tokens[contact.verb], contact, scene):
        roots.add(contact.verb)
        verb = scene.tokens[contact.verb]
        if verb.dep_ in ("advcl", "xcomp", "relcl") and verb.head.lemma_.lower() in TRAVEL:
            roots.add(verb.head.i)
    ranked: list[tuple[int, int, TimeExpression]] = []
    for expression in dates:
        first, end = scene.reading.tokens_between(expression.start, expression.end)
        if first and scene.tokens[first - 1].lower_ in ("since", "until", "till"):
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


def _date_of_report(contact: Contact, token: Token, scene: Scene) -> str | None:
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
    heads = [h for i in range(first, last) for h in (scene.tokens[i].head, scene.tokens[i].head.head)]
    return any(is_verb(h) and h.lemma_.lower() in _SAYING for h in heads)


_SAYING = frozenset({"say", "tell", "announce", "report", "add", "state", "declare", "warn", "confirm", "claim", "accuse"})


def _fits(expression: TimeExpression) -> bool:
    return expression.type in ("DATE", "TIME") and not expression.value.endswith("_REF")


def _may_belong(date: Token, contact: Token, scene: Scene) -> bool:
    """Whether a date that hangs elsewhere is so close that it is still the contact's: no saying and no other between."""
    first, last = sorted((date.i, contact.i))
    if last - first > 9:
        return False
    if date.head.dep_ == "prep" and date.head.head.lemma_ in _FIXING and date.i > contact.i:
        return True
    between = date.doc[first + 1 : last]
    if any(
        t.lemma_.lower() in scene.words.nouns or t.text in (";", ":", "—") or t.tag_ in ("VBD", "VBZ", "MD") for t in between
    ):
        return False
    return not any(is_verb(h) and h.lemma_.lower() in _SAYING for h in (date.head, date.head.head))


_FIXING = frozenset({"plan", "schedule", "set", "slate", "expect", "due"})


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


def _fit_status_to_date(contact: Contact, scene: Scene) -> None:
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


# ---- ordinal, level, outcome

_WORDS_OF_ORDER = {w: n for n, w in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}  # fmt: skip
_CARDINALS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def _order(word: str) -> int | None:
    if word[:-2].isdecimal() and len(word) < 5 and word[-2:] in ("st", "nd", "rd", "th"):
        return int(word[:-2])
    return _WORDS_OF_ORDER.get(word)


def _ordinal(token: Token, scene: Scene) -> int | None:
    """ "the second round" and "the 7th Abuja talks" have one; so have "two rounds": as many as were held."""
    for at in [token, *_heads_of(token, scene)]:
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
    sentence = token.sent
    others = [t.i for t in sentence if t.i != token.i and t.lemma_.lower() in (scene.words.nouns | scene.words.verbs)
              and t.lemma_.lower() not in ("round", "call", "visit", "host", "talk", "negotiation", "gather")]  # fmt: skip
    first = max((i + 1 for i in others if i < token.i), default=sentence.start)
    last = min((i for i in others if i > token.i), default=sentence.end)
    return str(token.doc[first:last].text)
