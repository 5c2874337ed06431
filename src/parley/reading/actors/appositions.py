"""Appositions: two phrases, side by side, for one person ("Hugh Hill, a doctor,"; "the chief negotiator, Ana Roth,")."""

from __future__ import annotations

from parley.knowledge.rows import Agent
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.words import Words

_CLOSES = frozenset((",", ".", ";", ":", "(", ")", "-", "–", "—", "--", "”", '"'))
_QUOTES = frozenset(('"', "”", "''"))
_BODIES = frozenset(("government", "military", "armed-group", "organisation", "population", "state"))


def find_appositions(words: Words, phrases: list[Phrase], persons: set[Phrase]) -> dict[Phrase, Phrase]:
    """Which description belongs to which name, both phrases of `phrases`; `persons` are the names of persons."""
    described: dict[Phrase, Phrase] = {}
    by_start: dict[int, list[Phrase]] = {}
    for p in phrases:
        by_start.setdefault(p.start, []).append(p)
    for name in phrases:
        if name not in persons:
            continue
        k = name.end
        if k + 1 < len(words) and words.text[k] in (",", "(", "—", "–", "--") and words.sentence[k + 1] == words.sentence[k]:
            for q in by_start.get(k + 1, ()):
                if _describes(words, q, name):
                    described[q] = name
                    break
        k += words.text[k : k + 1] == [","]
        k += words.folded[k : k + 1] == ["who"]
        if name not in described.values() and words.folded[k : k + 1] in (["is"], ["was"]):
            for q in by_start.get(k + 1, ()):
                if _describes(words, q, name):
                    q.former = q.former or words.folded[k] == "was"
                    described[q] = name
                    break
    for q in phrases:
        if q in described or not _person_noun(q) or q.plural or q.form != "agent":
            continue
        k = q.end + (words.text[q.end] in _QUOTES if q.end < len(words) else 0)
        if k + 1 < len(words) and words.text[k] in (",", "—", "–", "--", ":") and words.sentence[k + 1] == words.sentence[k]:
            for name in by_start.get(k + 1, ()):
                if name in persons and name.end < len(words) and (_single(q, name) or not _ends_in_list(words, name)):
                    described[q] = name
                    break
        else:
            for name in by_start.get(k, ()):
                if name in persons and words.sentence[name.start] == words.sentence[q.head]:
                    described[q] = name
                    break
    return described


def find_body_nouns(words: Words, phrases: list[Phrase]) -> dict[Phrase, Phrase]:
    """Which noun for a body belongs to which name beside it: "broadcaster TV9", "the Alfa movement"."""
    described: dict[Phrase, Phrase] = {}
    names = {p.core: p for p in phrases if _body_name(p)}
    ends = {p.end: p for p in phrases if _body_name(p)}
    starts = {p.start: p for p in phrases if _body_name(p)}
    for q in phrases:
        agent = q.agent()
        if q.form != "agent" or agent is None or agent.kind not in _NAMED_BODIES or q.plural or q.joint:
            continue
        after, before = names.get(q.noun.end if q.noun else q.end), ends.get(q.core)
        if after is not None and words.sentence[after.core] == words.sentence[q.head] and words.tag[q.head] == "NN":
            described[q] = after
        elif before is not None and not q.modifier and q.noun is not None and noun_text(q) in _PLAIN_BODIES:
            described[q] = before
        elif (beside := _named_after_comma(words, q, starts)) is not None:
            described[q] = beside
    described |= _self_named(words, phrases, starts)
    return described


def _named_after_comma(words: Words, q: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """The name of the body after a comma: "Torland's opposition, the Alliance for Change, said"."""
    k = q.end
    if q.modifier or k + 1 >= len(words) or words.text[k] != ",":
        return None
    name = starts.get(k + 1)
    if name is None or name.form != "body" or words.sentence[name.head] != words.sentence[q.head]:
        return None
    closed = (
        name.end < len(words)
        and words.text[name.end] in (",", "(", ".", "—")
        and words.folded[name.end + 1 :][:1] != ["and"]
    )
    return name if words.dep[name.head] == "appos" or (closed and words.dep[name.head] != "conj") else None


def _self_named(words: Words, phrases: list[Phrase], starts: dict[int, Phrase]) -> dict[Phrase, Phrase]:
    """ "Rebels who call themselves the Movement for Velm": a name that the text gives to those it speaks of."""
    heads = {p.head: p for p in phrases if p.form == "agent"}
    found = {}
    for i in range(len(words) - 1):
        if words.lemma[i] not in ("call", "style", "name") or words.folded[i + 1] not in ("itself", "themselves"):
            continue
        name = starts.get(i + 2)
        whom = words.head[i] if words.dep[i] == "relcl" else next((k for k in range(i) if words.head[k] == i), i)
        if name is not None and whom in heads:
            found[heads[whom]] = name
    return found


def noun_text(q: Phrase) -> str:
    """The noun of the table at the head of a phrase."""
    return str(getattr(q.noun.term.rows[0], "noun", "")) if q.noun else ""


def _body_name(p: Phrase) -> bool:
    return p.form in ("name", "body") or p.kind_of_match in ("organisation", "group")


_NAMED_BODIES = frozenset(("organisation", "armed-group", "party"))
_PLAIN_BODIES = frozenset(
    ("group", "movement", "organisation", "organization", "agency", "news agency", "newspaper", "party", "militia",
     "alliance",
     "coalition", "faction", "militant group", "rebel group", "armed group", "bloc", "front", "council", "wire service")
)  # fmt: skip


def _person_noun(p: Phrase) -> bool:
    if p.form != "agent" or p.modifier or p.joint:
        return False
    agent = p.agent()
    return bool(p.offices()) or agent is None or agent.kind == "person"


def _describes(words: Words, q: Phrase, name: Phrase) -> bool:
    """Whether the phrase after the comma describes the name: a noun for one person, not the next item of a list."""
    if q is name or not _person_noun(q) or q.plural or words.tag[q.head] in ("NNS", "NNPS"):
        return False
    rows = q.noun.rows(Agent) if q.noun else ()
    if any(r.kind in _BODIES for r in rows) and not q.offices():
        return False
    return not (
        words.dep[q.head] in ("nsubj", "nsubjpass") and words.head[q.head] > q.end and words.text[q.end : q.end + 1] != [","]
    )


def _single(q: Phrase, name: Phrase) -> bool:
    """ "The Union's top diplomat, Ana Roth, and ...": one person, whatever follows."""
    return not name.titles and any(relation in ("possessor", "modifier") for relation, _ in q.links)


def _ends_in_list(words: Words, name: Phrase) -> bool:
    k = name.end
    return words.folded[k] == "and" or (words.folded[k] == "," and k + 1 < len(words) and words.folded[k + 1] == "and")
