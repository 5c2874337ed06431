"""Who is named, and for which side, where bodies have long names, third parties help, and several groups fight."""

from __future__ import annotations

import pytest

from parley.reading import Reader
from parley.reading.actors import find_actors
from parley.reading.layers import Reading
from parley.reading.parse import parse
from parley.record import Actor, Document


def reading_of(reader: Reader, text: str) -> Reading:
    parsed = parse.run(Reading(Document(text=text, published="2018-05-04")), reader.knowledge, reader.models)
    return find_actors.run(parsed, reader.knowledge, reader.models)


def meant_by(reading: Reading, words: str) -> list[Actor]:
    """The actors of the first mention that has exactly these words."""
    doc = reading.tokens
    found = [m for m in reading.mentions.all if doc[m.start : m.end].text == words]
    assert found, f"{words!r} is no mention; there are {[doc[m.start : m.end].text for m in reading.mentions.all]}"
    return [reading.actor(a) for a in found[0].actors]


WHOLE_BODIES = [
    ("Officials of the Bureau of Labor Statistics spoke.", "the Bureau of Labor Statistics", "Bureau of Labor Statistics"),
    ("Kenya's Bureau of Mines and Natural Resources agreed.", "Kenya's Bureau of Mines and Natural Resources",
     "Bureau of Mines and Natural Resources"),
    ("The Office of the Presidency said so.", "The Office of the Presidency", "Office of the Presidency"),
    ("The Velm People's Front denied it.", "The Velm People's Front", "Velm People's Front"),
    ("Dar leads the Free Officers' Movement from exile.", "the Free Officers' Movement", "Free Officers' Movement"),
    ("Guerrillas of the Torlish National Union left.", "the Torlish National Union", "Torlish National Union"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), WHOLE_BODIES)
def test_a_body_keeps_its_whole_name(reader: Reader, text: str, words: str, name: str) -> None:
    (actor,) = meant_by(reading_of(reader, text), words)
    assert actor.name == name


def test_what_a_minister_is_for_is_no_party(reader: Reader) -> None:
    reading = reading_of(reader, "The Office of the High Representative of the European Union for Foreign Affairs said so.")
    assert {a.name for a in reading.actors} == {"Office of the High Representative", "European Union"}


def test_a_state_named_after_and_does_not_belong_to_the_body(reader: Reader) -> None:
    reading = reading_of(reader, "The Ministry of Defence and Hamas agreed.")
    assert {"Ministry of Defence", "Hamas"} <= {a.name for a in reading.actors}


@pytest.mark.parametrize("verb", ["Replied", "Countered", "Added"])
def test_a_verb_before_its_subject_is_no_name(reader: Reader, verb: str) -> None:
    reading = reading_of(reader, f'"We will see," he said. {verb} Hamas spokesman Anwar Tabari: "We are open."')
    assert [(a.name, a.party) for a in meant_by(reading, "Hamas spokesman Anwar Tabari")] == [("Anwar Tabari", "Hamas")]
    assert not any(verb in a.name for a in reading.actors)


@pytest.mark.parametrize("line", ["PORT LEMAN, Jan. 9 (AP)_ ", "VELMOR - ", "BOGOTA, Colombia _ ", "Geneva (Newswire) - "])
def test_a_dateline_names_no_actor(reader: Reader, line: str) -> None:
    reading = reading_of(reader, f"{line}Rebels of the Velm Front freed two men.")
    assert {a.name for a in reading.actors} <= {"Velm Front", "men"}


def test_who_mediates_is_none_of_both_sides(reader: Reader) -> None:
    text = (
        "Envoys of Chad and the Velm Liberation Front met near Oslo with Norway acting as mediator.\n\n"
        "Norwegian Foreign Minister Kari Aune said both sides had agreed to meet again."
    )
    assert {a.party for a in meant_by(reading_of(reader, text), "both sides")} == {"Chad", "Velm Liberation Front"}


def test_who_hosts_talks_with_another_is_a_side(reader: Reader) -> None:
    text = "Egypt hosted talks with Libya on Monday. Both sides praised the mood."
    assert {a.party for a in meant_by(reading_of(reader, text), "Both sides")} == {"Egypt", "Libya"}


def test_they_are_all_whom_and_joins(reader: Reader) -> None:
    reading = reading_of(reader, "The Peruvian government and the Velm Front ended talks and said they would meet again.")
    assert {a.party for a in meant_by(reading, "they")} == {"Peru", "Velm Front"}


def test_a_relative_speaks_for_nobody_else(reader: Reader) -> None:
    text = "President Kaleb of Peru praised his cousin, Marek Tal. Kaleb's wife, Sofia, said so. Mrs Kaleb left."
    reading = reading_of(reader, text)
    assert meant_by(reading, "Marek Tal")[0].party is None
    assert meant_by(reading, "Sofia")[0].kind == "person"
    assert meant_by(reading, "Mrs Kaleb")[0].id != meant_by(reading, "President Kaleb of Peru")[0].id


def test_two_of_one_surname_are_two(reader: Reader) -> None:
    text = (
        "Idris Kaleb, Peru's president, refused. Marek Kaleb, who leads the Free Officers' Movement, said he would not wait."
    )
    reading = reading_of(reader, text)
    assert [meant_by(reading, words)[0].party for words in ("Idris Kaleb", "Marek Kaleb", "he")] == [
        "Peru", "Free Officers' Movement", "Free Officers' Movement"]  # fmt: skip


def test_whose_own_force_it_is_stands_for_it(reader: Reader) -> None:
    reading = reading_of(reader, "Rustam Deh, a field commander, said his Falcon Brigade would fight on.")
    assert meant_by(reading, "Rustam Deh")[0].party == "Falcon Brigade"


def test_fighters_are_of_the_only_group_of_the_text(reader: Reader) -> None:
    reading = reading_of(reader, "The Velm Liberation Front attacked Mali's army. The fighters left at dawn.")
    assert meant_by(reading, "The fighters")[0].party == "Velm Liberation Front"


def test_fighters_of_no_named_group_are_no_side(reader: Reader) -> None:
    reading = reading_of(reader, "Mali said its army had lost ten men. The fighters said they would attack again.")
    assert meant_by(reading, "The fighters")[0].party is None


def test_fighters_of_one_of_several_groups_are_no_side(reader: Reader) -> None:
    text = "The Velm Liberation Front and the Karvo Unity Army clashed in Mali.\n\nMilitants attacked a post."
    assert meant_by(reading_of(reader, text), "Militants")[0].party is None


def test_a_minister_in_quotation_marks_speaks_for_his_land(reader: Reader) -> None:
    text = 'Keshmar\'s army left. The Keshmari "foreign minister", Murat Ashba, said the farmers had crossed the line.'
    assert meant_by(reading_of(reader, text), "Murat Ashba")[0].party == "Keshmar"


def test_a_report_is_about_those_who_fight_not_about_who_hosts(reader: Reader) -> None:
    text = (
        "PRAIA, Aug 26 - Guinea-Bissau's government and rebels signed a truce after talks brokered by Portugal and Cape "
        "Verde.\n\nForeign Minister Delfim Dias signed for the president."
    )
    assert meant_by(reading_of(reader, text), "Foreign Minister Delfim Dias")[0].party == "Guinea-Bissau"
