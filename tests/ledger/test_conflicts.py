"""The known conflicts name their parties as the record does: else a report of one would never be put to it."""

from __future__ import annotations

from parley.knowledge import Knowledge
from parley.ledger.process import known_conflicts

WITHOUT_A_ROW = {("Guinea-Bissau", "Military Junta")}
"""Sides that no table has a row for, because they have no name but for what they are."""


def test_every_party_of_a_conflict_bears_the_name_of_its_own_table() -> None:
    knowledge = Knowledge.load()
    names = {row.name for table in (knowledge.states, knowledge.groups, knowledge.organisations) for row in table}
    names |= {row.party or row.phrase for row in knowledge.groupings}
    strangers = {(process.name, party) for process in known_conflicts() for party in (*process.parties, *process.mediators)
                 if party not in names}  # fmt: skip
    assert strangers == WITHOUT_A_ROW


def test_no_conflict_has_a_party_twice() -> None:
    for process in known_conflicts():
        assert len(set(process.parties)) == len(process.parties), process.name
