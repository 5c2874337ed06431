"""What stands beside a statement: nouns of saying with other verbs, appositions that sum it up, echoes, places."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.record import Statement


def said(reader: Reader, text: str, words: str) -> Statement:
    """The statement by whose cue or content these words stand."""
    statements = reader.read(text).statements
    found = [s for s in statements if (s.cue and s.cue.quote == words) or any(words in c.quote for c in s.content)]
    assert found, f"nothing with {words!r} in {[(s.speaker_name, s.content) for s in statements]}"
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Velin's call follows the May 3 talks in Oslo—the third round of direct negotiations between the two sides.",
        "Ana Dunn's demand follows the March 9 meeting in Lisbon—the first between the leaders in a decade.",
        "The minister's accusation prompted an emergency session of the Security Council.",
        "Velin's proposal came after the June 7 summit in Vienna—the second between the presidents this year.",
    ],
)
def test_what_a_call_follows_is_not_called_for(reader: Reader, text: str) -> None:
    assert reader.read(text).statements == ()


def test_what_a_call_is_for_is_its_content(reader: Reader) -> None:
    statement = said(reader, "Bashir's proposal for a truce follows talks in Muscat between the two sides.", "a truce")
    assert statement.speaker_name == "Bashir"
    assert [c.quote for c in statement.content] == ["a truce"]


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("President Anders Velin accused the rebels of not being serious about ending the fighting—an accusation echoed by "
         "several Gulf states—claiming the rebels' aim is to delay a new round of sanctions.", "claiming", "Velin"),
        ("Ana Dunn accused the Treasury of hiding the losses—an allegation repeated by two banks—arguing the board's wish "
         "was to mislead investors.", "arguing", "Dunn"),
        ("Ana Dunn said the army had broken the truce, a claim repeated by France, adding that the rebels would respond.",
         "adding", "Dunn"),
        ("Tomas Brel rejected the plan, a view shared by Sudan, arguing that it would divide the country.", "arguing",
         "Brel"),
    ],
)  # fmt: skip
def test_a_participle_after_an_apposition_is_the_main_subjects(reader: Reader, text: str, cue: str, name: str) -> None:
    assert name in (said(reader, text, cue).speaker_name or "")


@pytest.mark.parametrize("name", ["Marko Dolan", "Ivan Terziev", "Tomas Brel"])
def test_a_quotation_that_goes_on_after_its_source_is_no_part_of_the_source(reader: Reader, name: str) -> None:
    text = f"“There will be no talks,” said {name}, the Kestrian prime minister, “until the army releases our prisoners.”"
    statement = said(reader, text, "until the army releases")
    assert name in (statement.speaker_name or "")
    assert statement.source is not None
    assert "until" not in statement.source.quote


@pytest.mark.parametrize(
    ("text", "cue", "source", "act", "content"),
    [
        ("President Anders Velin accused the rebels of breaking the truce—an accusation echoed by several Gulf states—"
         "claiming the rebels' aim is to win time.", "echoed", "several Gulf states", "accuse", "breaking the truce"),
        ("Zoran Pell said the dam had been mined, a claim repeated by Norway, and left.", "repeated", "Norway", "say",
         "the dam had been mined"),
        ("Tomas Brel warned that the dam would fail, a view shared by Norway and Sweden.", "shared", "Norway and Sweden",
         "warn", "the dam would fail"),
    ],
)  # fmt: skip
def test_who_echoes_it_is_a_further_source(reader: Reader, text: str, cue: str, source: str, act: str, content: str) -> None:
    statement = said(reader, text, cue)
    assert statement.source is not None
    assert (statement.source.quote, statement.act) == (source, act)
    assert content in statement.content[0].quote


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Speaking at a press conference in Kyiv on April 5, Ana Dunn said the talks would go on.", "Kyiv"),
        ("Speaking at a press conference in Khartoum on April 5, Ana Dunn said the talks would go on.", "Khartoum"),
        ("Ana Dunn told reporters in Ankara that the talks would go on.", "Ankara"),
        ("Speaking to journalists in Tehran, Foreign Minister Ana Dunn said that the talks would go on.", "Tehran"),
        ("Ana Dunn told a news conference in Juba that the talks would go on.", "Juba"),
        ("Ana Dunn told reporters from Ankara that the talks would go on.", None),
        ("Ana Dunn said that the talks in Ankara would go on.", None),
    ],
)
def test_where_it_was_said(reader: Reader, text: str, place: str | None) -> None:
    assert said(reader, text, "the talks").place == place


@pytest.mark.parametrize(
    ("text", "words", "name", "party"),
    [
        ("One of these groups, the Syrian Democratic Forces, opposed the withdrawal and said it would fight on.",
         "it would fight on", "Syrian Democratic Forces", "Syrian Democratic Forces"),
        ("According to the BBC, the force is large. According to a statement released by Erdogan's office, the aim of the "
         "operation is to end the threat.", "the aim of the operation", "Erdogan's office", "Turkey"),
        ("Egypt's foreign minister met his Greek and Cypriot counterparts. They said that the deal was void.",
         "the deal was void", "Greek and Cypriot counterparts", "Greece; Cyprus"),
        ('The ambassador to Colombia, Kevin Whitaker, said that "the FARC need to give information for investigations to be '
         'opened," arguing that this process, stipulated in the peace accords, "has not occurred."',
         "arguing", "Kevin Whitaker", "United States"),
        ('"It will be better in a year," said Pedro Sánchez, reporting that negotiations were proceeding "discreetly," despite '
         "the view of critics that the process is blocked.", "reporting", "Pedro Sánchez", "Spain"),
        ("The Thai general Ruben Ostrow spoke of the man. Thai officials said the road was closed. He said the mines were old.",
         "the mines were old", "Ruben Ostrow", "Thailand"),
        ("The president said he agreed. A 1982 resolution calls for sanctions against the rebels.",
         "sanctions against the rebels", "A 1982 resolution", None),
    ],
)  # fmt: skip
def test_who_is_meant_by_a_group_a_paper_a_pronoun_a_participle(
    reader: Reader, text: str, words: str, name: str, party: str
) -> None:
    statement = said(reader, text, words)
    assert (statement.speaker_name, statement.party) == (name, party)


@pytest.mark.parametrize(
    "text", ["At least 50,000 troops are expected to leave.", "He is considered responsible for the deaths."]
)
def test_what_is_expected_by_nobody_is_nobodys_statement(reader: Reader, text: str) -> None:
    assert reader.read(text).statements == ()


def test_who_rejects_a_charge_is_the_subject_of_its_own_clause(reader: Reader) -> None:
    text = (
        "The Swiss hosts declined to comment. Russia, which backs Sarnia, said Belgora had broken the truce, "
        "a charge that Belgora rejected."
    )
    rejected = next(s for s in reader.read(text).statements if s.cue and s.cue.quote == "rejected")
    assert rejected.speaker_name == "Belgora"
