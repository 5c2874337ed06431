"""A claim is contested where one source asserts it and another denies or contradicts it."""

from __future__ import annotations

import pytest

from parley.reading import Reader


def test_a_denial_contests_what_was_charged(reader: Reader) -> None:
    text = "Chad accused Niger of arming the rebels in the north. Niger denied the accusation."
    (claim,) = reader.read(text).claims
    assert claim.asserted_by == ("Chad",)
    assert claim.denied_by == ("Niger",)
    assert any("arming the rebels" in span.quote for span in claim.evidence_for)


def test_dismissing_claims_and_insisting_contests_both(reader: Reader) -> None:
    text = (
        "Chad said the negotiations had brought no results. "
        "Niger dismissed Chad's claims, insisting that the negotiations had brought results."
    )
    claims = reader.read(text).claims
    assert {(c.asserted_by, c.denied_by) for c in claims} >= {(("Niger",), ("Chad",))}


def test_an_answer_to_an_accusation_contests_it(reader: Reader) -> None:
    text = (
        "Chad has accused Niger of running a secret weapons programme. "
        "Niger insists that its weapons programme is open to inspectors."
    )
    (claim,) = reader.read(text).claims
    assert (claim.asserted_by, claim.denied_by) == (("Chad",), ("Niger",))


def test_a_refused_demand_is_no_contested_claim(reader: Reader) -> None:
    assert reader.read("Chad demanded a ceasefire. Niger rejected the demand.").claims == ()


def test_two_views_on_what_should_be_are_no_contested_claim(reader: Reader) -> None:
    text = "Chad said the troops should leave the town. Niger said the troops should not leave the town."
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "asserted", "denied", "words"),
    [
        ("Uganda said Kenyan jets had bombed the camp at Mount Oro. Kenya called that account a grotesque lie.",
         "Uganda", "Kenya", "Kenyan jets had bombed the camp at Mount Oro"),
        ("Kenya alleged that Somali troops had crossed the border at Mandera. Somalia said the charge was baseless.",
         "Kenya", "Somalia", "Somali troops had crossed the border at Mandera"),
        ("Peru accused Ecuador of moving mines into the valley. Ecuador said there was no truth in it.",
         "Peru", "Ecuador", "moving mines into the valley"),
    ],
)  # fmt: skip
def test_calling_an_account_untrue_contests_it(reader: Reader, text: str, asserted: str, denied: str, words: str) -> None:
    claims = [c for c in reader.read(text, published="2031-06-04").claims if words in c.text]
    assert len(claims) == 1
    assert asserted in " ".join(claims[0].asserted_by)
    assert denied in " ".join(claims[0].denied_by)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said the talks had gone well. A diplomat said the truth lay somewhere in between.",
        "Kenya said the talks had gone well. Somalia said it was no lie that they had lasted nine hours.",
    ],
)
def test_words_that_call_nothing_untrue_contest_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text, published="2031-06-04").claims == ()


@pytest.mark.parametrize(
    ("text", "asserted", "denied", "words"),
    [
        ("Chad accuses Niger of blocking food convoys. Niger denies it.", ("Chad",), "Niger", "blocking food convoys"),
        ("Chad said Niger's jets had bombed a school. The government of Niger denied this.",
         ("Chad",), "Niger", "had bombed a school"),
        ("Both delegations had agreed on a text, Norway said, though Niger denied that anything had been accepted.",
         ("Norway",), "Niger", "Both delegations had agreed on a text"),
        ("Niger has broken every promise, Chad said. Niger rejected the charge.",
         ("Chad",), "Niger", "has broken every promise"),
    ],
)  # fmt: skip
def test_a_denial_of_it_contests_what_the_other_said(
    reader: Reader, text: str, asserted: tuple[str, ...], denied: str, words: str
) -> None:
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == (asserted, (denied,))
    assert words in claim.text
    assert claim.text.split()[0] not in ("it", "this", "reports")


def test_each_of_two_is_no_asserter(reader: Reader) -> None:
    text = "Chad and Niger traded blame, each accusing the other of bad faith. Niger denied the accusation."
    assert all("each" not in c.asserted_by for c in reader.read(text, published="2031-06-04").claims)


def test_what_is_rejected_is_asserted_by_nobody(reader: Reader) -> None:
    text = 'Chad has rejected any talk of a coalition. "A coalition is not impossible," a Niger spokesman said.'
    assert reader.read(text, published="2031-06-04").claims == ()
