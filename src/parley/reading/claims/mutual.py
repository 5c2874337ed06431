"""Two who accuse each other of one thing: "blamed each other for the breach", "traded accusations over the raid"."""

from __future__ import annotations

from itertools import pairwise

from parley.reading.claims.said import Ground, Made, Said, claim_of

_RECIPROCAL = (("each", "other"), ("one", "another"))
_EACH = ("each", "both")
_ABOUT = ("of", "for", "over", "about", "with", "at")


def mutual_accusations(said: list[Said], ground: Ground) -> Made:
    """Accusations that go both ways, asserted and denied by the same two."""
    made: Made = []
    syntax, holders = ground.syntax, ground.holders
    for verb in range(holders.reading.body_token, len(syntax.low)):
        if not syntax.verbal(verb) or not (_accuses_each_other(verb, ground) or _quarrels(verb, ground)):
            continue
        subject = syntax.subject(verb)
        parties = holders.of(subject) if subject is not None else ()
        if len(parties) != 2:
            parties = next((p for p in _pairs_near(verb, said, ground) if len(p) == 2), ())
        if len(parties) != 2:
            continue
        first, last = syntax.edges(verb)
        thing = next((c for t in (verb, *syntax.children[verb]) for c in syntax.children[t]
                      if syntax.dep[c] == "prep" and c > verb and syntax.low[c] in _ABOUT), None)  # fmt: skip
        start, end = syntax.edges(thing) if thing is not None else (first, last)
        text = ground.span(start + (thing is not None), end)
        evidence = ground.span(first, last)
        used = tuple(s.statement.id for s in said if verb in s.cue_tokens)
        made.append((claim_of(text, parties, parties, (evidence,), (evidence,), 0.6, "mutual"), used))
    return made


def _accuses_each_other(verb: int, ground: Ground) -> bool:
    """ "Accused each other of", "each side blamed the other for"."""
    syntax = ground.syntax
    if syntax.lemma[verb] not in ground.words["blame"]:
        return False
    _, last = syntax.edges(verb)
    low = syntax.low[verb + 1 : min(last, verb + 12)]
    if any((a, b) in _RECIPROCAL for a, b in pairwise(low)):
        return True
    subject = syntax.subject(verb)
    each = subject is not None and any(syntax.low[t] in _EACH for t in range(*syntax.edges(subject)))
    return each and "other" in low[:3]


def _quarrels(verb: int, ground: Ground) -> bool:
    """ "Traded accusations", "exchanged blame"."""
    syntax = ground.syntax
    thing = syntax.child(verb, "dobj")
    return (
        thing is not None
        and syntax.lemma[verb] in ground.words["quarrels"]
        and syntax.lemma[thing] in ground.words["recriminations"]
    )


def _pairs_near(verb: int, said: list[Said], ground: Ground) -> list[tuple[str, ...]]:
    """The parties of the statement that this verb reports, and those that its sentence names."""
    found = [s.sides for s in said if verb in s.cue_tokens]
    first, last = ground.syntax.sentence[verb]
    named = ground.holders.reading.mentions.within(first, last)
    return [*found, tuple(dict.fromkeys(p for m in named for p in ground.holders.reading.parties(m.actors)))]
