"""Wants told by wordings of negotiations that lie off the beaten track: what lasts, what waits, what is handed over."""

from __future__ import annotations

import pytest

from parley.reading import Reader


def stances(reader: Reader, text: str) -> set[tuple[str, str, str]]:
    return {(p.party, p.issue, p.stance) for p in reader.read(text).positions}


def test_a_truce_that_lasts_asks_for_its_condition(reader: Reader) -> None:
    found = stances(reader, "Togo said its forces would maintain the truce if the road stayed open.")
    assert ("Togo", "ceasefire", "conditional") in found
    assert ("Togo", "humanitarian", "supports") in found
    assert ("Togo", "humanitarian", "opposes") not in found


def test_pressure_that_lasts_asks_for_its_end(reader: Reader) -> None:
    found = stances(reader, "Sanctions on Chad should be kept until the accords are carried out, Norway said.")
    assert found == {("Norway", "sanctions", "supports"), ("Norway", "implementation", "supports")}


def test_who_comes_only_if_something_happens_holds_out_for_it(reader: Reader) -> None:
    text = "Mali said it would come to next week's meeting in Lagos only if the army lifted its siege of the town."
    assert stances(reader, text) == {("Mali", "talks", "conditional"), ("Mali", "humanitarian", "supports")}


def test_every_clause_after_until_is_asked_for(reader: Reader) -> None:
    text = "Ukraine says that there can be no vote until Ukraine controls its border with Russia and all foreign troops have left."
    assert {("Ukraine", "territory", "supports"), ("Ukraine", "withdrawal", "supports")} <= stances(reader, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gabon said the withdrawal should be supervised by UN troops.", ("Gabon", "monitoring", "supports")),
        ("Gabon said it was against any foreign intervention.", ("Gabon", "arms", "supports")),
        ("Gabon called for humanitarian corridors to be opened.", ("Gabon", "humanitarian", "supports")),
        ("Gabon told a rally that its men were there to stay.", ("Gabon", "withdrawal", "opposes")),
        ("Gabon walked away from the talks.", ("Gabon", "talks", "opposes")),
        ("Gabon would accept an African monitoring force.", ("Gabon", "monitoring", "supports")),
        ("Gabon backs the plan, which provides for elections within nine months.", ("Gabon", "governance", "supports")),
        ("A prisoner exchange remains on the table, Gabon said.", ("Gabon", "prisoners", "supports")),
        ("A prisoner exchange is off the table, Gabon said.", ("Gabon", "prisoners", "opposes")),
        ("Gabon wants its name taken off the terror list.", ("Gabon", "sanctions", "opposes")),
        (
            "Gabon had demanded that services be restored, and that foreign troops quit the north.",
            ("Gabon", "withdrawal", "supports"),
        ),
        (
            "Gabon said it accepted the results of the vote, which it lost, and the principle of a withdrawal from the towns.",
            ("Gabon", "withdrawal", "supports"),
        ),
    ],
)
def test_a_want_is_known_by_its_clause(reader: Reader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in stances(reader, text)


@pytest.mark.parametrize(
    ("text", "party", "issue"),
    [
        ("Hungary argued that sending weapons would only prolong the war.", "Hungary", "ceasefire"),
        ("Belgium called for sanctions on Chad, prompting Chad to cut diplomatic ties.", "Belgium", "relations"),
        ("Gabon no longer insists on direct talks.", "Gabon", "talks"),
        ('"Continuing the talks at a level that settles nothing seems pointless," Gabon said.', "Gabon", "talks"),
        ("Diplomats said Gabon had rejected Togo's plan to disarm its fighters.", "Togo", "arms"),
    ],
)
def test_what_others_want_or_what_follows_is_no_stance(reader: Reader, text: str, party: str, issue: str) -> None:
    assert (party, issue, "opposes") not in stances(reader, text)


def test_a_man_of_a_side_speaks_for_it_through_his_men(reader: Reader) -> None:
    text = "Cesar Badji, who leads the southern wing of the MFDC, said his men had observed a truce since May."
    assert ("MFDC", "ceasefire", "supports") in stances(reader, text)


def test_evidence_ends_with_the_noun_and_the_judgement(reader: Reader) -> None:
    text = (
        "Mali's plan calls for recognition of the coast as well as recognition of four partially occupied northern regions."
    )
    quotes = [p.evidence.quote for p in reader.read(text).positions]
    assert any(quote.endswith("four partially occupied northern regions") for quote in quotes)
    assert not any(quote.endswith("four") for quote in quotes)
    (judged,) = reader.read("There can be no talks without an apology, Mali said.").positions
    assert judged.evidence.quote.startswith("There can be no talks")
