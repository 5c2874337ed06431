"""Where one statement ends and the next begins: joined verbs, sayings between commas, transcripts, adverbials of the saying."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Statement


def said(reader: Reader, text: str) -> list[tuple[str | None, str | None, str]]:
    """The name, the cue and the content of every statement."""
    return [(s.speaker_name, s.cue.quote if s.cue else None, content(s)) for s in reader.read(text).statements]


def content(statement: Statement) -> str:
    return " | ".join(piece.quote for piece in statement.content)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Defence Minister Ilse Varga said that the bridge would stay closed and accused the rebels of mining it.",
         "the bridge would stay closed", ("accused", "mining it")),
        ("The rebels insisted on Monday that their offer was serious and dismissed reports that they had shelled the port.",
         "their offer was serious", ("dismissed", "they had shelled the port")),
        ("Envoy Tomas Brandt argued that the text was fair and threatened to leave if the delegations changed it.",
         "the text was fair", ("threatened", "to leave if the delegations changed it")),
    ],
)  # fmt: skip
def test_a_second_verb_of_saying_begins_a_statement_of_its_own(
    reader: Reader, text: str, first: str, second: tuple[str, str]
) -> None:
    found = said(reader, text)
    assert found[0][2].removeprefix("that ") == first
    assert (found[1][1], True) == (second[0], second[1] in found[1][2])
    assert len({name for name, _, _ in found}) == 1


def test_what_the_source_only_did_is_not_said(reader: Reader) -> None:
    (statement,) = said(reader, "Premier Ana Dunn said she would return on Friday and left the hall without a word.")
    assert statement[2] == "she would return on Friday"


def test_a_saying_between_commas_keeps_both_halves(reader: Reader) -> None:
    text = "According to an envoy, the text was ready. Rebel officers, the envoy said, had counted tanks that were lost in the war."
    found = said(reader, text)
    assert [(cue, words) for _, cue, words in found][-1] == (
        "said", "Rebel officers | had counted tanks that were lost in the war")  # fmt: skip


TRANSCRIPT = """Interview with the envoy

HOST: Will the two delegations meet again before the winter?

BRANDT: They will. We have a date, and we have a town.

(Crosstalk.)

Nobody has asked for another mediator.

HOST: And the prisoners?

BRANDT: I cannot speak of that today."""


def test_in_a_transcript_each_turn_is_its_labels(reader: Reader) -> None:
    spoken = [(s.source.quote if s.source else None, content(s)) for s in reader.read(TRANSCRIPT).statements]
    assert ("HOST", "Will the two delegations meet again before the winter?") in spoken
    turn = "They will. We have a date, and we have a town. | Nobody has asked for another mediator."
    assert ("BRANDT", turn) in spoken
    assert spoken[-1] == ("BRANDT", "I cannot speak of that today.")


def test_one_label_makes_no_transcript(reader: Reader) -> None:
    text = "Deadline: the talks end on Friday.\n\nThe two delegations sat in the hall for nine hours.\n\nNobody spoke."
    assert all(s.made_by.rule != "transcript" for s in reader.read(text).statements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry announced a naval mission in the gulf, which was joined by Denmark, Japan and the Netherlands.",
         "a naval mission in the gulf"),
    ],
)  # fmt: skip
def test_what_the_narrator_adds_to_a_thing_is_not_said(reader: Reader, text: str, expected: str) -> None:
    assert [words for _, _, words in said(reader, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether the army would leave the valley, General Okri shrugged.",
        "The claim that the dead men were prisoners could not be verified.",
    ],
)
def test_a_question_put_and_a_claim_of_nobody_are_no_statements(reader: Reader, text: str) -> None:
    assert said(reader, text) == []


def test_a_list_of_conditions_is_one_saying(reader: Reader) -> None:
    words = "the union would sign only if the president stepped down, dissolved the electoral commission and freed prisoners"
    (statement,) = said(reader, f"Spokesman Tomas Brandt said {words}.")
    assert statement[1:] == ("said", words)


def test_of_a_thing_that_somebody_rejected_the_thing_is_the_content(reader: Reader) -> None:
    found = said(
        reader, "The council called elections on Tuesday, an offer that the Karen National Union rejected within hours."
    )
    assert [words for _, cue, words in found if cue == "rejected"] in ([], ["an offer"])


def test_what_a_deal_puts_on_somebody_is_no_saying_of_the_deal(reader: Reader) -> None:
    assert said(reader, "The deal, reached in Velm after a week, commits the rebels to stop kidnapping for ransom.") == []


def test_the_year_in_which_somebody_was_founded_is_no_date_of_what_they_say(reader: Reader) -> None:
    (statement,) = reader.read(
        "The union, founded in 1964, refuses to lay down its weapons before a final peace."
    ).statements
    assert statement.date is None


def test_wanting_is_labelled_as_a_demand(reader: Reader) -> None:
    found = reader.read("The rebels want their forces kept apart for 20 years.").statements
    assert {s.act for s in found} <= {"demand"}


@pytest.mark.parametrize(
    "line",
    [
        "KUALA VELM - ",
        "VELM (AP) _ ",
        "VELM, Kestria (AP)_",
        "VELM, May 4 (Newswire) - ",
        "VELM/TOR, Kestria, 4 May 2031 — ",
        "Velm, 4 May 2031 – ",
        "Velm (Newswire) -- ",
    ],
)
def test_a_dateline_is_nobodys_words(reader: Reader, line: str) -> None:
    (found,) = said(reader, f"{line}Rebels will meet the army on Monday, a Kestrian official said.")
    assert found[2] == "Rebels will meet the army on Monday"
    assert str(found[0]).endswith("official")


@pytest.mark.parametrize("opening", ["Peru - once an ally - has left the talks", "UN-led talks - a first - will go on"])
def test_words_before_a_dash_are_no_dateline(reader: Reader, opening: str) -> None:
    (found,) = said(reader, f"{opening}, a Kestrian official said.")
    assert found[2].startswith(opening.split()[0])


def test_a_report_without_a_speaker_before_its_dateline_has_the_subject_as_speaker(reader: Reader) -> None:
    (found,) = said(reader, "VELM, Kestria (AP)_ The African Union said Friday it would look into the killings.")
    assert found[0] == "African Union"


@pytest.mark.parametrize("when", ["on Tuesday", "in a statement on Tuesday", "after the meeting"])
def test_content_before_the_cue_does_not_run_on_to_when_it_was_said(reader: Reader, when: str) -> None:
    (found,) = said(reader, f"Kestria will host peace talks next month, the foreign ministry said {when}.")
    assert found[2] == "Kestria will host peace talks next month"


@pytest.mark.parametrize("verb", ["Replied", "Said", "Retorted"])
def test_a_sentence_may_open_with_the_verb_before_its_speaker(reader: Reader, verb: str) -> None:
    record = reader.read(
        f'Iraq offered talks. {verb} State Department spokesman John Carver: "We have seen no sign of that."'
    )
    spoken = record.statements[-1]
    assert (spoken.speaker_name, spoken.party) == ("John Carver", "United States")
    assert verb not in {actor.name for actor in record.actors}
