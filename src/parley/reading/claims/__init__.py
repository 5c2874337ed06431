"""Contested claims: what one source asserts and another, in the same text, denies or contradicts.

From the surest sign to the least: two who accuse each other; a source that denies, or calls untrue, what was said of it;
one that was accused and answers on the same matter; two that say opposite things of one matter. A wish refused is a
position, not a contested claim.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.claims.denials import denials
from parley.reading.claims.mutual import mutual_accusations
from parley.reading.claims.opposed import opposite_accounts
from parley.reading.claims.said import Ground, Said, Words
from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions.found import stances_of
from parley.reading.positions.lexicon import lexicon_of
from parley.record import Claim

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models


@stage("claims", needs=("tokens", "actors", "mentions", "statements"), gives=("claims",))
def find_claims(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Claims asserted by one party and denied or contradicted by another, in text order."""
    found = stances_of(reading, knowledge)
    ground, said = Ground(found.syntax, found.holders, _words(knowledge)), list[Said]()
    for statement in reading.statements:
        tokens = tuple(t for span in statement.content for t in range(*reading.tokens_between(span.start, span.end)))
        said.append(Said(statement, tokens, ground))
    claims: list[Claim] = []
    settled: set[str] = set()
    for maker in (mutual_accusations, denials, opposite_accounts):
        for claim, used in maker(said, ground):
            if not settled & set(used):
                claims.append(claim)
                settled.update(used)
    claims.sort(key=lambda c: min(s.start for s in (*c.evidence_for, *c.evidence_against)))
    return reading.with_layer(claims=tuple(c.model_copy(update={"id": f"c{n}"}) for n, c in enumerate(claims, 1)))


@lru_cache(maxsize=8)
def _words(knowledge: Knowledge) -> Words:
    """The sets of words that claims ask for: those of the stances, and their own."""
    return lexicon_of(knowledge).words | {row.name: frozenset(row.words) for row in knowledge.claim_words}
