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


@pytest.mark.parametrize(
    ("text", "asserted", "denied", "words"),
    [
        ("Niger's government rejected accusations by Chad that its planes had bombed a camp near Bol.",
         "Chad", "Niger", "its planes had bombed a camp"),
        ("Kenya, which Uganda accuses of sheltering smugglers, denies any link with them.",
         "Uganda", "Kenya", "sheltering smugglers"),
        ("A Niger army spokesman denied that mercenaries were in its ranks, as Chad maintains.",
         "Chad", "Niger", "mercenaries were in its ranks"),
        ("Peru's army said Ecuador had planted the mines. Ecuador denied responsibility.",
         "Peru", "Ecuador", "Ecuador had planted the mines"),
        ("Kenyan officials called Somalia's claim that they had shelled Elwak a fabrication.",
         "Somalia", "Kenya", "shelled Elwak"),
        ("Niger denied using cluster bombs. Chad said Niger's air force had dropped cluster bombs on Bol.",
         "Chad", "Niger", "dropped cluster bombs"),
    ],
)  # fmt: skip
def test_a_denial_finds_who_made_the_charge(reader: Reader, text: str, asserted: str, denied: str, words: str) -> None:
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == ((asserted,), (denied,))
    assert words in " ".join(span.quote for span in (*claim.evidence_for, *claim.evidence_against))


@pytest.mark.parametrize(
    "text",
    [
        "Chad and Niger blamed each other for the breach of the truce.",
        "Chad and Niger traded accusations over the raid on Bol.",
        "Envoys of Chad and Niger met in Geneva. Hours later both sides accused each other of shelling villages.",
    ],
)
def test_two_who_accuse_each_other_contest_one_claim(reader: Reader, text: str) -> None:
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert set(claim.asserted_by) == set(claim.denied_by) == {"Chad", "Niger"}


@pytest.mark.parametrize(
    ("text", "asserted", "denied"),
    [
        ("Chad said its army had captured the town of Zouar. Niger said its men were still in control of Zouar.",
         "Chad", "Niger"),
        ("Kenya said the talks had made progress. Somalia said the talks had failed.", "Kenya", "Somalia"),
        ("Peru said Ecuadorean troops fired first. Ecuador said its soldiers had only responded to Peruvian fire.",
         "Peru", "Ecuador"),
        ("Niger said its jets had killed 20 militants. Chad said the dead were civilians.", "Niger", "Chad"),
    ],
)  # fmt: skip
def test_opposite_accounts_of_one_matter_contest_it(reader: Reader, text: str, asserted: str, denied: str) -> None:
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == ((asserted,), (denied,))


@pytest.mark.parametrize(
    "text",
    [
        "Chad said Niger was building a new base near Bol. Niger had no immediate comment.",
        "Chad denied visas to Niger's delegates on Friday.",
        "Chad said 30 soldiers had died. Niger put the toll at 40.",
        "Chad will reject any accusation.",
    ],
)
def test_silence_refusals_and_other_figures_contest_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text, published="2031-06-04").claims == ()


def test_what_a_denial_goes_against_is_the_nearest_to_its_opposite(reader: Reader) -> None:
    text = (
        "Chad said two earlier rounds had been held at Bol. Chad said the talks were pointless. "
        "Niger dismissed Chad's claims, insisting that the negotiations had brought results."
    )
    claims = reader.read(text, published="2031-06-04").claims
    (insisted,) = [c for c in claims if c.asserted_by == ("Niger",)]
    assert [span.quote for span in insisted.evidence_against] == ["the talks were pointless"]


@pytest.mark.parametrize(
    ("text", "asserted", "denied"),
    [
        ("Chad said Niger's jets had bombed the market. Niger said Chad had.", "Chad", "Niger"),
        ("Chad said Niger's jets had bombed Bol. Niger said it was Chad's own army that had bombed the village.",
         "Chad", "Niger"),
        ("Kenya accused Somalia of sending arms to the rebels. \"Not a single weapon has passed the border,\" Somalia's "
         "president said.", "Kenya", "Somalia"),
        ("Peru said the vote in the valley had been rigged. Ecuador said that it was clean.", "Peru", "Ecuador"),
        ("Peru said it had invited Ecuador to the talks. Ecuador said that it had never received an invitation.",
         "Peru", "Ecuador"),
        ("Niger said that 14 Taliban had died in the raid. Chad said the dead were wedding guests.", "Niger", "Chad"),
        ("Chad said its army had entered Bol. Niger described the reports as rumours.", "Chad", "Niger"),
        ("Chad said its troops were 40 kilometres from Niamey. Niger doubts it.", "Chad", "Niger"),
        ("Chad said a convoy had reached Bol. Niger said that the road was mined. Neither account could be independently "
         "verified.", "Chad", "Niger"),
    ],
)  # fmt: skip
def test_opposite_accounts_need_no_word_of_denial(reader: Reader, text: str, asserted: str, denied: str) -> None:
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == ((asserted,), (denied,))


def test_accusations_that_the_accused_wave_off_are_contested(reader: Reader) -> None:
    text = (
        "Accusations of murder against Chad are pure politics, Chad said. Niger had said Chad's army killed 200 villagers."
    )
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == (("Niger",), ("Chad",))


@pytest.mark.parametrize(
    "text",
    [
        "Chad said shots had been fired at Bol. Niger said talks to open a hotline would go on.",
        "Chad said Niger had shelled Bol. Niger said Chad had shelled Diffa.",
        "Chad said paying the men was wise. Niger said not paying taxes was smart.",
        "Chad said it would withdraw its troops. Niger said it would not talk until the troops left.",
        'Chad said police shot a man who held a gun. "Don\'t shoot," a Niger official told them.',
    ],
)
def test_words_in_common_are_no_contradiction(reader: Reader, text: str) -> None:
    assert reader.read(text, published="2031-06-04").claims == ()


def test_the_evidence_against_is_of_the_same_happening(reader: Reader) -> None:
    text = (
        "Chad said the men from Niger had opened fire first on Monday. Niger dismissed Chad's claim, insisting that its men "
        "had only returned fire. Chad said ministers would meet to open a hotline."
    )
    claims = reader.read(text, published="2031-06-04").claims
    assert claims
    assert not any("hotline" in span.quote for c in claims for span in (*c.evidence_for, *c.evidence_against))


def test_an_answer_that_names_another_doer_contests_the_account(reader: Reader) -> None:
    text = "Peru said the Ecuadoreans had walked out. Ecuador said it was the Peruvians who had left the room."
    (claim,) = reader.read(text, published="2031-06-04").claims
    assert (claim.asserted_by, claim.denied_by) == (("Peru",), ("Ecuador",))


def test_a_denied_charge_is_not_that_of_another_matter(reader: Reader) -> None:
    text = (
        "Chad said Niger had broken the truce by moving heavy guns to the river. "
        "Niger's spokesman said the talks would go on. Accusations that Niger recruits children are false, he added."
    )
    claims = [c for c in reader.read(text, published="2031-06-04").claims if "children" in c.text]
    assert claims
    assert all("guns" not in span.quote for c in claims for span in c.evidence_for)
