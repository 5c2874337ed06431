"""What the talks stage promises: which contacts between parties a text speaks of, one entry for each."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.reading.actors import find_actors
from parley.reading.dates import find_dates
from parley.reading.layers import Reading
from parley.reading.parse import parse
from parley.reading.talks import find_talks
from parley.record import Document, Talks

PUBLISHED = "2031-06-04"


def talks(reader: Reader, text: str) -> tuple[Talks, ...]:
    reading = Reading(Document(text=text, published=PUBLISHED))
    for step in (parse, find_actors, find_dates, find_talks):
        reading = step.run(reading, reader.knowledge, reader.models)
    return reading.talks


def only(reader: Reader, text: str) -> Talks:
    found = talks(reader, text)
    assert len(found) == 1, [(t.kind, t.status, t.date, t.participants) for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "status", "date", "place", "participants"),
    [
        ("The foreign ministers of Armenia and Azerbaijan will meet in Almaty on Friday.",
         "meeting", "scheduled", "2031-06-06", "Almaty", {"Armenia", "Azerbaijan"}),
        ("Talks between Ecuador and Peru collapsed on Tuesday after the two sides failed to agree on a border.",
         "round", "collapsed", "2031-06-03", None, {"Ecuador", "Peru"}),
        ("Peace talks between the Ethiopian government and Eritrea are due to resume in Nairobi next month.",
         "round", "scheduled", "2031-07", "Nairobi", {"Ethiopia", "Eritrea"}),
        ("The Colombian government and the ELN broke off talks in Quito in May.",
         "round", "collapsed", "2031-05", "Quito", {"Colombia", "ELN"}),
        ("President Ivan Duarte of Colombia spoke by phone with Venezuelan President Nadia Rojas on Sunday.",
         "call", "held", "2031-06-01", None, {"Colombia", "Venezuela"}),
        ("India and Pakistan held secret talks in Dubai in January, officials said.",
         "round", "held", "2031-01", "Dubai", {"India", "Pakistan"}),
        ("Kenya proposed a summit of the leaders of Ethiopia and Somalia in July.",
         "summit", "proposed", "2031-07", None, {"Ethiopia", "Somalia"}),
        ("Israel cancelled a meeting with Palestinian negotiators that was planned for Monday.",
         "meeting", "cancelled", "2031-06-09", None, {"Israel", "Palestinians"}),
        ("The Afghan government and the Taliban agreed to meet again in Doha on July 5.",
         "meeting", "scheduled", "2031-07-05", "Doha", {"Afghanistan", "Taliban"}),
        ("The Nepalese government and the Maoists opened a new round of negotiations on Tuesday in Pokhara.",
         "round", "ongoing", "2031-06-03", "Pokhara", {"Nepal", "Maoists"}),
        ("The Geneva talks between Georgia and Russia were suspended in March.",
         "round", "collapsed", "2031-03", "Geneva", {"Georgia", "Russia"}),
        ("U.S. Secretary of State Ana Cole travelled to Jerusalem on Tuesday for talks with Israeli Prime Minister Dov Lavi.",
         "round", "held", "2031-06-03", "Jerusalem", {"United States", "Israel"}),
        ("In a telephone call, the leaders of Serbia and Croatia agreed to reopen the border.",
         "call", "held", None, None, {"Serbia", "Croatia"}),
        ("France, Germany and Ukraine held a video conference with Russia on Monday.",
         "call", "held", "2031-06-02", None, {"France", "Germany", "Ukraine", "Russia"}),
        ("The presidents of Chad and Niger cut short their summit in Lome on Monday.",
         "summit", "held", "2031-06-02", "Lome", {"Chad", "Niger"}),
        ("Foreign ministers of Kenya and Somalia hold a preparatory session on Saturday in the Ugandan capital.",
         "meeting", "scheduled", "2031-06-07", "Kampala", {"Kenya", "Somalia"}),
        ("The signing ceremony between Ecuador and Peru was pushed back to June 20.",
         "meeting", "scheduled", "2031-06-20", None, {"Ecuador", "Peru"}),
        ("The presidents of Chad and Niger last sat across from each other in Lome in April.",
         "meeting", "held", "2031-04", "Lome", {"Chad", "Niger"}),
        ("India and Pakistan shelved a meeting that was planned for June 10.",
         "meeting", "cancelled", "2031-06-10", None, {"India", "Pakistan"}),
        ("Indirect contacts between Israel and Hamas fell apart on Tuesday.",
         "round", "collapsed", "2031-06-03", None, {"Israel", "Hamas"}),
    ],
)  # fmt: skip
def test_a_contact_is_recorded_with_what_the_text_tells(
    reader: Reader, text: str, kind: str, status: str, date: str | None, place: str | None, participants: set[str]
) -> None:
    found = only(reader, text)
    assert (found.kind, found.status, found.date, found.place) == (kind, status, date, place)
    assert set(found.participants) == participants


@pytest.mark.parametrize(
    "text",
    [
        "Eritrea said it was ready for direct negotiations with Ethiopia.",
        "Georgia refused to hold talks with Abkhazia.",
        "The two presidents have not met since 2029.",
        "The press conference after the cabinet meeting lasted an hour.",
        "NATO leaders meet in Madrid next week.",
        "He hoped for an end to the violence and urged dialogue.",
        "A new round of sanctions on Chad begins on Monday.",
        "Sudan called the offer a step forward.",
    ],
)
def test_what_is_no_contact_between_parties(reader: Reader, text: str) -> None:
    assert talks(reader, text) == ()


@pytest.mark.parametrize(
    ("text", "mediators"),
    [
        ("Delegations from Chad and Sudan met in Tunis on Monday for a third round of talks mediated by Qatar.", ("Qatar",)),
        ("Rwanda and Congo exchanged draft proposals during the talks in Doha, which were brokered by Qatar.", ("Qatar",)),
        ("Israel and Hamas are holding indirect talks in Cairo through Egyptian mediators.", ("Egypt",)),
        ("Norway has offered to host talks between Sri Lanka and the Tamil Tigers.", ("Norway",)),
        ("Turkey has invited Armenia and Azerbaijan to peace talks in Ankara.", ("Turkey",)),
        ("Talks are under way in Muscat between Iran and the United States, with Oman acting as mediator.", ("Oman",)),
        ("Talks between Chad and Sudan began in Tunis in May, with Qatar, Norway and Oman as guarantors.",
         ("Qatar", "Norway", "Oman")),
        ("The Yemeni government and the Houthis have been holding UN-brokered talks in Kuwait.", ("United Nations",)),
        ("Kenya offered to host a meeting of Sudan and Ethiopia in Nairobi next month.", ("Kenya",)),
        ("The teams of Sudan and the RSF failed to appear in Geneva, forcing the United Nations to call off the talks on Monday.",
         ("United Nations",)),
    ],
)  # fmt: skip
def test_those_who_bring_others_together_are_mediators(reader: Reader, text: str, mediators: tuple[str, ...]) -> None:
    found = only(reader, text)
    assert found.mediators == mediators
    assert len(found.participants) == 2
    assert not set(found.participants) & set(mediators)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The second round of talks between Iran and Chad ended in Vienna on Tuesday without a breakthrough.", "no-agreement"),
        ("Chad and Sudan met in Tunis on Monday. The delegations only exchanged proposals.", "exchange-of-proposals"),
        ("Chad and Sudan held talks in Tunis on Monday and agreed on a prisoner exchange.", "agreement"),
        ("Chad and Sudan will hold talks in Tunis on Friday.", "unknown"),
    ],
)  # fmt: skip
def test_how_a_contact_ended(reader: Reader, text: str, outcome: str) -> None:
    assert only(reader, text).outcome == outcome


def test_mentions_of_one_contact_are_one_entry(reader: Reader) -> None:
    text = (
        "Chad and Sudan began a third round of peace talks in Tunis on Monday.\n"
        "The talks are the first since March. Delegates arrived at the weekend.\n"
        "The negotiations in the Tunisian capital are expected to last a week."
    )
    found = only(reader, text)
    assert (found.ordinal, found.date, found.place) == (3, "2031-06-02", "Tunis")
    assert set(found.participants) == {"Chad", "Sudan"}


def test_the_earlier_the_present_and_the_next_round_are_told_apart(reader: Reader) -> None:
    text = (
        "Chad and Sudan held a second round of talks in Tunis on Monday.\n"
        "The previous round, held in Doha in March, broke up without agreement.\n"
        "The two sides agreed to meet again in Cairo on July 1."
    )
    found = talks(reader, text)
    assert [(t.status, t.date, t.place) for t in found] == [
        ("held", "2031-06-02", "Tunis"), ("held", "2031-03", "Doha"), ("scheduled", "2031-07-01", "Cairo"),
    ]  # fmt: skip
    assert all(set(t.participants) >= {"Chad", "Sudan"} for t in found)


def test_a_meeting_on_the_sidelines_of_a_summit_is_not_the_summit(reader: Reader) -> None:
    found = only(reader, "The presidents of Chad and Sudan will meet on the sidelines of the UN summit in Doha on June 24.")
    assert (found.kind, found.date, set(found.participants)) == ("meeting", "2031-06-24", {"Chad", "Sudan"})


def test_a_summit_named_again_is_the_same_summit(reader: Reader) -> None:
    text = (
        "Chad and Sudan are working toward organizing a long-term peace summit.\n"
        "Such a summit could involve Qatar and Norway, officials said."
    )
    found = only(reader, text)
    assert (found.kind, found.status) == ("summit", "proposed")
    assert set(found.participants) == {"Chad", "Sudan", "Qatar", "Norway"}


def test_the_level_is_read_from_who_meets(reader: Reader) -> None:
    text = "{} of Chad and Sudan met in Tunis on Monday."
    levels = [only(reader, text.format(who)).level for who in ("The presidents", "The foreign ministers", "Negotiators")]
    assert levels == ["leaders", "ministers", "delegations"]


def test_exchanging_the_two_sides_exchanges_them_in_the_record(reader: Reader) -> None:
    text = "{0} and {1} held a second round of talks in Tunis on Monday. {0} has invited {1} to a meeting in July."
    one = [(t.kind, t.status, t.date, t.place, set(t.participants)) for t in talks(reader, text.format("Chad", "Sudan"))]
    other = [(t.kind, t.status, t.date, t.place, set(t.participants)) for t in talks(reader, text.format("Sudan", "Chad"))]
    assert one == other


@pytest.mark.parametrize(
    "text", ["", "Talks.", "\n\nmeeting meeting meeting\n", "They met.", "the the talks of talks of talks"]
)
def test_odd_text_does_not_stop_the_stage(reader: Reader, text: str) -> None:
    for found in talks(reader, text):
        assert text[found.evidence.start : found.evidence.end] == found.evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan parliament held an emergency session on Tuesday.",
        "A wreath ceremony was held in Nairobi on Tuesday.",
        "Kenya lost contact with the ship on Tuesday.",
    ],
)
def test_one_sides_own_session_or_ceremony_is_no_contact(reader: Reader, text: str) -> None:
    assert talks(reader, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Chad said on Monday it would meet its target for 2031.",
        "Some 400 refugees arrived in Bol on Monday, Chad said.",
        "Chad and Niger said on Monday their troops had assembled at Bol.",
        "Chad's president arrived in Bol on Monday.",
        "Chad's president called Niger's leader Omar Saleh a liar on Monday.",
    ],
)
def test_who_comes_or_meets_no_party_holds_no_talks(reader: Reader, text: str) -> None:
    assert talks(reader, text) == ()


def test_what_is_discussed_takes_no_part(reader: Reader) -> None:
    text = "Chad's president discussed Niger with Kenya's foreign minister in a phone call on Monday."
    call = only(reader, text)
    assert (call.kind, set(call.participants)) == ("call", {"Chad", "Kenya"})


def test_a_party_that_others_back_is_hosted_by_nobody(reader: Reader) -> None:
    text = "Niger's Kenya-backed government held talks with Chad in Geneva on Monday."
    found = only(reader, text)
    assert found.mediators == ()


def test_a_planned_summit_that_was_called_off_is_cancelled(reader: Reader) -> None:
    text = "A summit between the presidents of Chad and Niger planned for Sunday in Nairobi has been cancelled, Kenya said."
    summit = only(reader, text)
    assert (summit.status, summit.date) == ("cancelled", "2031-06-08")


def test_talks_discussed_by_telephone_are_the_topic_of_a_call(reader: Reader) -> None:
    text = "Chad's foreign minister and Kenya's foreign minister discussed the Niger talks by phone on Monday."
    call = only(reader, text)
    assert (call.kind, set(call.participants)) == ("call", {"Chad", "Kenya"})
