"""Terms that one side puts to another are gathered in one proposal, with its answer and its bound."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Position, Proposal, Record


def terms_of(record: Record, proposal: Proposal) -> list[Position]:
    by_id = {p.id: p for p in record.positions}
    return [by_id[id] for id in proposal.terms]


def test_the_terms_of_a_list_belong_to_one_proposal(reader: Reader) -> None:
    record = reader.read(
        "Gabon has proposed a 30-day ceasefire, a prisoner exchange and the withdrawal of all foreign troops."
    )
    (proposal,) = record.proposals
    assert proposal.by == ("Gabon",)
    assert proposal.status == "tabled"
    assert [t.issue for t in terms_of(record, proposal)] == ["ceasefire", "prisoners", "withdrawal"]


def test_a_proposal_knows_to_whom_it_is_put_and_until_when(reader: Reader) -> None:
    (proposal,) = reader.read("Mali offered the rebels of Chad a truce until the presidents meet.").proposals
    assert proposal.until == "the presidents meet"
    assert proposal.by == ("Mali",)


def test_terms_of_the_same_kind_stay_apart(reader: Reader) -> None:
    text = "Mali's plan calls for recognition of the northern region and for recognition of the two eastern districts."
    record = reader.read(text)
    (proposal,) = record.proposals
    assert [t.issue for t in terms_of(record, proposal)] == ["recognition", "recognition"]
    assert len(set(proposal.terms)) == 2


def test_an_answer_changes_the_status(reader: Reader) -> None:
    record = reader.read("Egypt proposed a ceasefire. Chad rejected the proposal.")
    assert [(p.by, p.status) for p in record.proposals] == [(("Egypt",), "rejected")]


def test_what_two_sides_agree_on_is_agreed(reader: Reader) -> None:
    record = reader.read("Chad and Niger agreed to exchange prisoners.")
    (proposal,) = record.proposals
    assert proposal.status == "agreed"
    assert proposal.by == ("Chad", "Niger")


def test_a_wish_is_no_proposal(reader: Reader) -> None:
    assert reader.read("Chad wants a ceasefire.").proposals == ()


def test_the_last_answer_counts_and_says_to_whom_it_was_put(reader: Reader) -> None:
    text = "Egypt proposed a ceasefire. Chad rejected the proposal. On Friday Chad accepted the proposal."
    (proposal,) = reader.read(text).proposals
    assert (proposal.by, proposal.to, proposal.status) == (("Egypt",), ("Chad",), "accepted")


def test_an_answer_is_to_the_proposal_that_it_names(reader: Reader) -> None:
    text = "Egypt proposed a ceasefire. Norway proposed an exchange of prisoners. Chad rejected Egypt's proposal for a ceasefire."
    status = {p.by: p.status for p in reader.read(text).proposals if p.by != ("Chad",)}
    assert status[("Norway",)] == "tabled"
    assert "rejected" in {s for by, s in status.items() if by == ("Egypt",)}


def test_a_refusal_without_a_word_answers_what_was_asked(reader: Reader) -> None:
    text = "Egypt proposed that Chad free the hostages. Chad refused."
    (proposal,) = reader.read(text).proposals
    assert (proposal.by, proposal.status) == (("Egypt",), "rejected")


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("The government of Chad proposed a 30-day ceasefire to the rebels on Monday.", ("rebels",)),
        ("Israel offered Hamas a six-week truce on Sunday.", ("Hamas",)),
    ],
)
def test_to_whom_a_truce_is_put(reader: Reader, text: str, to: tuple[str, ...]) -> None:
    (proposal,) = reader.read(text).proposals
    assert proposal.to == to


@pytest.mark.parametrize(
    ("text", "by", "to", "issues"),
    [
        ("Russia presented Ukraine with a proposal for a 30-day ceasefire.", "Russia", ("Ukraine",), ["ceasefire"]),
        ("Armenia handed Azerbaijan a draft treaty under which both sides would recognise each other's borders.", "Armenia", ("Azerbaijan",), ["recognition"]),
        ("Qatar put to both Israel and Hamas a plan for a 60-day truce.", "Qatar", ("Israel", "Hamas"), ["ceasefire"]),
        ("Russia sent Ukraine a list of demands that includes neutrality and a smaller army.", "Russia", ("Ukraine",), ["alignment", "arms"]),
        ("Sudan gave Chad a roadmap for elections.", "Sudan", ("Chad",), ["governance"]),
    ],
)  # fmt: skip
def test_who_hands_over_a_paper_proposes_its_terms(
    reader: Reader, text: str, by: str, to: tuple[str, ...], issues: list[str]
) -> None:
    record = reader.read(text)
    (proposal,) = record.proposals
    assert (proposal.by, proposal.to) == ((by,), to)
    assert [t.issue for t in terms_of(record, proposal)] == issues
