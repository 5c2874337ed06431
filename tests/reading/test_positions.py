"""What a text says that a party wants, refuses or accepts on a condition is found, toward the issue's pole."""

from __future__ import annotations

import pytest

from parley.reading import Reader

SIMPLE = [
    ("Morocco called for an immediate ceasefire.", ("Morocco", "ceasefire", "supports", "calls-for")),
    ("Algeria rejected a truce.", ("Algeria", "ceasefire", "opposes", "rejects")),
    ("Angola demanded an end to the attacks on its border posts.", ("Angola", "ceasefire", "supports", "demands")),
    ("Eritrea refuses to hold talks with Ethiopia.", ("Eritrea", "talks", "opposes", "rejects")),
    ("Kenya has offered to host peace talks.", ("Kenya", "talks", "supports", "offers")),
    ("Cuba demanded that sanctions be lifted.", ("Cuba", "sanctions", "opposes", "demands")),
    ("Norway urged Chad to lift its blockade of the port.", ("Norway", "sanctions", "opposes", "calls-for")),
    ("Canada extended its sanctions on Belarus by a year.", ("Canada", "sanctions", "supports", "offers")),
    ("Burundi wants foreign troops to leave.", ("Burundi", "withdrawal", "supports", "demands")),
    ("Uganda said it would not withdraw its soldiers.", ("Uganda", "withdrawal", "opposes", "rejects")),
    ("Laos agreed to release all prisoners.", ("Laos", "prisoners", "supports", "accepts")),
    ("Nepal ruled out independence for the region.", ("Nepal", "recognition", "opposes", "rejects")),
    ("Bolivia does not recognise the breakaway republic.", ("Bolivia", "recognition", "opposes", "rejects")),
    ("Finland pledged to send more weapons to Ukraine.", ("Finland", "arms", "opposes", "offers")),
    ("Iran refused to give up its nuclear programme.", ("Iran", "nuclear", "opposes", "rejects")),
    ("Moldova must drop its bid to join NATO, Russia said.", ("Russia", "alignment", "opposes", "demands")),
    ("Kuwait broke off talks with Yemen.", ("Kuwait", "talks", "opposes", "rejects")),
    ("Tunisia's demand for an arms embargo was heard in Geneva.", ("Tunisia", "sanctions", "supports", "demands")),
    ("Togo's refusal to free the hostages angered the crowd.", ("Togo", "prisoners", "opposes", "rejects")),
    ("Ghana is ready for a dialogue with Togo.", ("Ghana", "talks", "supports", "offers")),
    ("A truce demanded by Jordan never came.", ("Jordan", "ceasefire", "supports", "demands")),
    ("Elections must be held this year, Egypt said.", ("Egypt", "governance", "supports", "demands")),
]


@pytest.mark.parametrize(("text", "expected"), SIMPLE, ids=[text for text, _ in SIMPLE])
def test_a_stance_is_toward_the_pole_of_its_issue(reader: Reader, text: str, expected: tuple[str, ...]) -> None:
    positions = reader.read(text).positions
    assert expected in [(p.party, p.issue, p.stance, p.act) for p in positions]
    assert len(positions) == 1


CONDITIONAL = [
    ("Peru will not lift sanctions until Chile withdraws its troops.", ("Peru", "sanctions"), "until Chile withdraws its troops"),
    ("Ghana said it would free the hostages only if Togo opened talks.", ("Ghana", "prisoners"), "only if Togo opened talks"),
    ("Sudan refused to sign a ceasefire unless the rebels disarmed.", ("Sudan", "ceasefire"), "unless the rebels disarmed"),
    ("Oman offered to withdraw its forces in exchange for security guarantees.", ("Oman", "withdrawal"),
     "in exchange for security guarantees"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "of", "words"), CONDITIONAL, ids=[words for _, _, words in CONDITIONAL])
def test_a_condition_makes_a_stance_conditional(reader: Reader, text: str, of: tuple[str, str], words: str) -> None:
    found = {(p.party, p.issue): p for p in reader.read(text).positions if p.stance == "conditional"}
    assert of in found
    assert found[of].condition is not None
    assert found[of].condition.quote == words


def test_what_a_condition_asks_for_is_demanded(reader: Reader) -> None:
    positions = reader.read("Peru will not lift sanctions until Chile withdraws its troops.").positions
    assert ("Peru", "withdrawal", "supports", "demands") in [(p.party, p.issue, p.stance, p.act) for p in positions]


def test_what_must_wait_is_conditional(reader: Reader) -> None:
    positions = reader.read("Cuba wants the embargo lifted before any talks.").positions
    assert {(p.party, p.issue, p.stance) for p in positions} == {
        ("Cuba", "sanctions", "opposes"),
        ("Cuba", "talks", "conditional"),
    }


NONE = [
    "Zambia accused Malawi of breaking the ceasefire.",
    "The talks between Zambia and Malawi ended on Friday.",
    "Has Zambia agreed to a truce?",
    "Malawi has not yet confirmed that it will attend the talks.",
    "Zambia condemned the attack on the embassy.",
    "Malawi's army fought rebels near the border during the ceasefire.",
]


@pytest.mark.parametrize("text", NONE)
def test_accusations_reports_and_questions_are_no_positions(reader: Reader, text: str) -> None:
    assert reader.read(text).positions == ()


def test_joint_parties_hold_a_position_each(reader: Reader) -> None:
    positions = reader.read("Sweden and Norway called for the release of the hostages.").positions
    assert [(p.party, p.issue, p.stance) for p in positions] == [
        ("Sweden", "prisoners", "supports"),
        ("Norway", "prisoners", "supports"),
    ]


def test_a_demand_that_is_refused_gives_both_their_stance(reader: Reader) -> None:
    positions = reader.read("Chad rejected Niger's demand for a withdrawal of its troops.").positions
    assert {(p.party, p.stance) for p in positions if p.issue == "withdrawal"} == {
        ("Niger", "supports"),
        ("Chad", "opposes"),
    }


def test_an_offer_is_accepted_for_what_it_offered(reader: Reader) -> None:
    text = "Egypt proposed a truce of ten days. Chad accepted the proposal on Monday, but Niger rejected it."
    found = {(p.party, p.stance) for p in reader.read(text).positions if p.issue == "ceasefire"}
    assert {("Egypt", "supports"), ("Chad", "supports")} <= found


def test_another_partys_wish_keeps_its_voice(reader: Reader) -> None:
    text = "Chad said on Sunday that Niger's aim was to weaken the sanctions."
    record = reader.read(text)
    position = next(p for p in record.positions if p.issue == "sanctions")
    assert (position.party, position.stance) == ("Niger", "opposes")
    assert position.voice in {s.id for s in record.statements}


def test_evidence_duration_and_quantity_are_the_texts_own(reader: Reader) -> None:
    record = reader.read("Gabon has proposed a 30-day ceasefire and the release of all prisoners.", published="2021-05-03")
    truce, release = record.positions
    assert truce.duration == "P30D"
    assert release.quantity == "all"
    assert truce.evidence.quote.startswith("Gabon has proposed a 30-day ceasefire")
    assert release.object == "the release of all prisoners"


def positions_of(reader: Reader, text: str) -> set[tuple[str, str, str]]:
    return {(p.party, p.issue, p.stance) for p in reader.read(text, published="2021-05-03").positions}


@pytest.mark.parametrize(
    "text",
    [
        "Any further talks would hinge on the release of the hostages, Chad's foreign minister said.",
        "Chad said a release of the hostages was a precondition for talks with Niger.",
        "Chad has set the release of the hostages as a condition for entering talks.",
        "Chad has made the release of the hostages a condition for talks.",
    ],
)
def test_what_waits_is_conditional_and_what_it_waits_for_demanded(reader: Reader, text: str) -> None:
    assert positions_of(reader, text) == {("Chad", "talks", "conditional"), ("Chad", "prisoners", "supports")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad called for African monitors, an idea that Niger dismissed.", ("Niger", "monitoring", "opposes")),
        ("Egypt urged Chad to free the hostages. Chad refused.", ("Chad", "prisoners", "opposes")),
        ("Chad demanded a withdrawal of the troops. Niger rejected the demand.", ("Niger", "withdrawal", "opposes")),
        ("Chad accepted a plan by Norway under which both armies would withdraw.", ("Chad", "withdrawal", "supports")),
        ("Chad accepted a plan by Norway under which both armies would withdraw.", ("Norway", "withdrawal", "supports")),
    ],
)
def test_what_was_put_is_judged_by_what_refers_back_to_it(reader: Reader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in positions_of(reader, text)


def test_a_call_with_words_of_its_own_is_not_the_call_before(reader: Reader) -> None:
    text = "Chad called for a truce. Niger rejected calls to name a new judge."
    assert positions_of(reader, text) == {("Chad", "ceasefire", "supports")}


@pytest.mark.parametrize(
    "text",
    [
        "Chad no longer insists on a ceasefire before talks.",
        "Chad has dropped its demand for a withdrawal of the troops.",
        "Chad no longer seeks independence for the region.",
        "Chad is due to meet the Nigerien foreign minister on Friday.",
        "Chad has given no pledge to free the prisoners.",
        "A package of four crossings remains on the table, Chad said.",
        "Norway is hosting the peace talks between Chad and Niger.",
        "Chad has asked the United Nations observers to hurry.",
    ],
)
def test_what_is_let_go_scheduled_or_hosted_is_no_stance(reader: Reader, text: str) -> None:
    assert positions_of(reader, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad has begun to withdraw its troops from the border.", ("Chad", "withdrawal", "supports")),
        ("Chad said it would not discuss the sovereignty of the islands.", ("Chad", "territory", "opposes")),
        ("Chad said autonomy was the only basis for a settlement.", ("Chad", "governance", "supports")),
        ("Chad demanded that the sanctions be lifted and that the troops leave.", ("Chad", "withdrawal", "supports")),
        ("Chad demanded the abolition of the monarchy and elections.", ("Chad", "governance", "supports")),
        ("Chad demanded an end to the siege and the release of prisoners.", ("Chad", "prisoners", "supports")),
        ("Greece objected to the start of accession talks with Chad.", ("Greece", "alignment", "opposes")),
        ("Chad is said to favour a truce.", ("Chad", "ceasefire", "supports")),
        ("Chad refuses to speak directly to Niger.", ("Chad", "talks", "opposes")),
        ("Chad said there was no military solution to the conflict.", ("Chad", "talks", "supports")),
    ],
)
def test_other_ways_to_want_and_refuse(reader: Reader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in positions_of(reader, text)


def test_keeping_to_what_is_agreed_is_no_staying(reader: Reader) -> None:
    text = "The rebels said that their fighters would keep to it if the road to the towns stayed open to food."
    expected = {("rebels", "implementation", "conditional"), ("rebels", "humanitarian", "supports")}
    assert positions_of(reader, text) == expected
