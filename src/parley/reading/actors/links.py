"""Links between phrases: possessor, nationality, "of the X", "led by": from them the sides follow."""

from __future__ import annotations

from parley.reading.actors.phrase import Phrase, Relation
from parley.reading.actors.words import Words

BACKED = frozenset(
    ("backed", "led", "based", "supported", "allied", "aligned", "sponsored", "trained", "funded", "brokered", "mediated",
     "drafted", "made", "held", "occupied", "born", "educated", "style", "wide", "dominated",
     "linked", "affiliated", "oriented", "friendly", "leaning")
)  # fmt: skip
LEADING = frozenset(("lead", "head", "command", "chair", "represent", "run", "rule", "control", "found"))
"""Verbs that say for whom somebody stands: "Tarn, who heads the delegation", "the front, led by Tarn"."""
LED = frozenset(("mediation", "facilitation", "mission", "team", "side", "effort", "efforts", "delegation"))
"""What somebody leads for the side whose adjective stands with it ("who heads the Torlish mediation")."""
SENT_TO = frozenset(
    ("Ambassador", "Deputy Ambassador", "Envoy", "Special Envoy", "Representative", "UN Ambassador", "Adviser")
)
OWNERS = frozenset(("of", "for", "from", "with", "within", "inside", "at", "in", "representing", "to", "on"))


def link(words: Words, phrases: list[Phrase]) -> None:
    """Give each phrase its links, within its noun phrase and after it."""
    ends: dict[int, Phrase] = {}
    for p in phrases:
        kept = ends.get(p.end)
        if kept is None or p.start < kept.start:
            ends[p.end] = p
    cores = sorted(phrases, key=lambda p: p.core)
    for p in cores:
        if not p.modifier:
            _inner_links(words, p, cores, ends)
        elif p.form == "agent":
            _modifier_links(words, p, ends)
    starts: dict[int, Phrase] = {}
    for p in phrases:
        kept = starts.get(p.start)
        if kept is None or p.end > kept.end:
            starts[p.start] = p
    heads = {p.head: p for p in reversed(phrases) if not p.modifier}
    states = {p.head: p for p in phrases if p.kind_of_match in ("state", "demonym")}
    for p in phrases:
        _outer_links(words, p, starts)
        _leader_links(words, p, heads, states)


def _inner_links(words: Words, p: Phrase, cores: list[Phrase], ends: dict[int, Phrase]) -> None:
    """Links within the noun phrase: its possessor and its modifiers."""
    possessive = max((k for k in range(p.start, p.core) if words.tag[k] == "POS"), default=-1)
    if possessive > 0 and (owner := ends.get(possessive)) is not None and owner is not p:
        p.links.append(("possessor", owner))
        p.start = min(p.start, owner.start)
    low, high = max(p.start, possessive + 1), p.end if p.form == "body" else p.core
    for q in cores:
        if q is p or q.core < low:
            continue
        if q.core >= high:
            break
        if q.end <= high and not q.backs:
            p.links.append(("modifier", q))
    _joint_modifiers(words, p, ends)


def _modifier_links(words: Words, p: Phrase, ends: dict[int, Phrase]) -> None:
    """Links of a noun that is itself a modifier: "Philippine" in "a Philippine government demand"."""
    p.determiner = "the"
    possessive = p.start > 1 and words.tag[p.start - 1] == "POS"
    q = ends.get(p.start - 1 if possessive else p.start)
    if q is not None and q.form in ("table", "name", "body"):
        p.links.append(("possessor" if possessive else "modifier", q))


def only_backs(words: Words, q: Phrase) -> bool:
    """Whether the phrase only says who backs another: "Torlish" in "Torlish-backed rebels"."""
    k = q.end
    if k + 1 < len(words) and words.text[k] in ("-", "–", "‑"):
        k += 1
    return k < len(words) and (words.folded[k] in BACKED or words.folded[k].split("-")[-1] in BACKED)


def _joint_modifiers(words: Words, p: Phrase, ends: dict[int, Phrase]) -> None:
    """ "Russian and Ukrainian officials": the modifiers before "and" count too."""
    if not p.plural and not (p.form == "agent" and words.tag[p.head] == "NNS"):
        return
    k = p.start
    others: list[Phrase] = []
    if not any(relation == "modifier" and q.core == k for relation, q in p.links):
        return
    while k - 1 > 0 and words.folded[k - 1] in ("and", ",") and (q := ends.get(k - 1)) is not None and q.form != "agent":
        if words.sentence[q.start] != words.sentence[p.start] or (q.determiner and words.folded[k] in ("the", "a", "an")):
            break
        if not any(relation == "modifier" for relation, _ in p.links):
            break
        others.insert(0, q)
        k = q.start
    if others and any(words.folded[q.end] == "and" for q in others):
        p.joint = others + [q for relation, q in p.links if relation == "modifier"][:1]
        p.start = others[0].start


def _leader_links(words: Words, p: Phrase, heads: dict[int, Phrase], states: dict[int, Phrase]) -> None:
    """Links by a verb of leading: "Tarn, who heads the delegation", "the front, led by Tarn"."""
    if p.name is None:
        return
    above = words.head[p.head]
    if words.dep[p.head] == "pobj" and words.folded[above] == "by":
        verb = words.head[above]
        if words.lemma[verb] in LEADING:
            joined = words.dep[verb] in ("acl", "relcl", "partmod", "advcl")
            passive = next((k for k in range(verb) if words.head[k] == verb and words.dep[k] == "nsubjpass"), None)
            led = heads.get(passive) if passive is not None else heads.get(words.head[verb]) if joined else None
            if led is not None and led is not p:
                p.links.append(("of", led))
        return
    for k in range(p.end, min(p.end + 4, len(words))):
        if words.folded[k] == "who" and words.lemma[words.head[k]] in LEADING and words.dep[words.head[k]] == "relcl":
            verb = words.head[k]
            objects = (i for i in range(verb, min(verb + 8, len(words))) if words.head[i] == verb and words.dep[i] == "dobj")
            found = list(objects)
            led = next((heads[i] for i in found if i in heads), None) or _side_of_led(words, found, states)
            if led is not None:
                p.links.append(("of", led))


def _side_of_led(words: Words, objects: list[int], states: dict[int, Phrase]) -> Phrase | None:
    """The state or people by whose adjective a mediation or a team is led."""
    led = {i for i in objects if words.lemma[i] in LED}
    beside = (q for k, q in states.items() if words.head[k] in led and words.dep[k] in ("amod", "poss", "compound"))
    return next(beside, None)


def _outer_links(words: Words, p: Phrase, starts: dict[int, Phrase]) -> None:
    """Links after the noun: "spokesman for the ministry", "officials from A and B", "the government of X"."""
    n = len(words)
    k = p.end
    if k + 1 >= n or p.modifier or words.sentence[k] != words.sentence[p.head]:
        return
    if p.name is not None and words.text[k] == "," and words.folded[k + 1] == "of":
        k += 1
    preposition = words.folded[k]
    allowed = OWNERS if p.form == "agent" else ("of",)
    if preposition not in allowed or (p.form == "table" and p.kind_of_match != "person"):
        return
    q = starts.get(k + 1)
    if q is None or q is p:
        return
    if words.text[k - 1] == "," and k > p.end:
        p.links.append(("of", q))
        return
    if preposition == "to":
        p.end = q.end if any(o.role in SENT_TO for o in p.offices()) else p.end
        return
    if preposition in ("from", "with") and not p.person_like:
        return
    relation: Relation = "place" if preposition in ("in", "at", "on") else "of"
    p.links.append((relation, q))
    if relation == "place":
        return
    p.end = q.end
    if relation == "of" and q.form != "agent" and (p.plural or (p.form == "agent" and words.tag[p.head] == "NNS")):
        listed = _listed(words, q, starts)
        if len(listed) > 1:
            p.joint, p.end = listed, listed[-1].end


def _listed(words: Words, q: Phrase, starts: dict[int, Phrase]) -> list[Phrase]:
    """The names that commas and "and" join to this one: "Torland, Velmia and Karvo"."""
    listed, closed = [q], False
    while not closed:
        k = listed[-1].end
        if k + 1 < len(words) and words.text[k] == "," and words.folded[k + 1] == "and":
            k += 1
        if k + 1 >= len(words) or words.folded[k] not in (",", "and"):
            break
        closed = words.folded[k] == "and"
        following = starts.get(k + 1)
        if following is None or following.form == "agent" or words.sentence[following.start] != words.sentence[q.start]:
            break
        listed.append(following)
    return listed if closed and len(listed) > 1 and words.folded[listed[-1].start - 1] == "and" else [q]
