"""Where no rule finds a stance, the signs are weighed: without regard to names, and never against what is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.documents import from_text
from parley.errors import ModelError
from parley.models.positions import StanceWeights
from parley.models.positions.weights import BIAS, OUTCOMES
from parley.reading import STAGES, Reader
from parley.reading.layers import Reading
from parley.reading.positions.found import stances_of
from parley.reading.positions.signs import Candidate
from parley.reading.positions.weighed import candidates_of


def candidates(reader: Reader, text: str) -> list[Candidate]:
    reading = Reading(from_text(text))
    for step in STAGES:
        if step.name == "positions":
            break
        reading = step.run(reading, reader.knowledge, reader.models)
    return candidates_of(stances_of(reading, reader.knowledge), settled=True)


def test_names_of_the_parties_are_no_sign(reader: Reader) -> None:
    sentence = "{} told reporters on Monday that it saw little point in a truce with {}."
    one = {(c.party, c.topic.issue): c.signs for c in candidates(reader, sentence.format("Morocco", "Algeria"))}
    other = {(c.party, c.topic.issue): c.signs for c in candidates(reader, sentence.format("Bolivia", "Paraguay"))}
    assert one["Morocco", "ceasefire"] == other["Bolivia", "ceasefire"]
    assert one["Algeria", "ceasefire"] == other["Paraguay", "ceasefire"]
    assert not any("morocco" in sign.lower() for signs in one.values() for sign in signs)


def test_who_speaks_and_who_is_spoken_of_differ_in_their_signs(reader: Reader) -> None:
    found = {
        c.party: c.signs
        for c in candidates(reader, "Peru urged Chile to release the prisoners.")
        if c.topic.issue == "prisoners"
    }
    assert found["Peru"] != found["Chile"]


@pytest.mark.parametrize(
    "text",
    [
        "Has Zambia agreed to a truce?",
        "Zambia condemned the attack on the embassy.",
        "Zambia accused Malawi of shelling its border posts during the talks.",
    ],
)
def test_questions_and_blame_are_never_outweighed(reader: Reader, text: str) -> None:
    assert [p for p in reader.read(text).positions if p.made_by.rule.startswith("weighed")] == []


def test_a_weighed_stance_is_less_sure_than_one_by_rule(reader: Reader) -> None:
    text = "Mali called for a ceasefire. Chad, its neighbour, has thrown its weight behind an early election in Mali, a diplomat said."
    positions = reader.read(text).positions
    weighed = [p.confidence for p in positions if p.made_by.rule.startswith("weighed")]
    by_rule = [p.confidence for p in positions if p.made_by.rule.startswith("act")]
    assert by_rule
    assert max(weighed, default=0) <= 0.5 < min(by_rule)


def test_probabilities_sum_to_one_and_ignore_unknown_signs() -> None:
    weights = StanceWeights.load()
    known = sorted(weights.weights)[:40]
    shares = weights.probabilities(known)
    assert tuple(shares) == OUTCOMES
    assert sum(shares.values()) == pytest.approx(1)
    assert weights.probabilities([*known, "a sign that was never seen"]) == shares
    assert weights.probabilities([BIAS]) != shares


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"weights\.tsv is missing"):
        StanceWeights.load(tmp_path)
