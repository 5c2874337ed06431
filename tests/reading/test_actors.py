"""What the actors stage promises: who is named or meant, and for which side each speaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.reading import Reader
from parley.reading.actors import find_actors
from parley.reading.layers import Reading
from parley.reading.parse import parse
from parley.record import Actor, Document


def reading_of(reader: Reader, text: str, published: str | None = "2018-05-04") -> Reading:
    parsed = parse.run(Reading(Document(text=text, published=published)), reader.knowledge, reader.models)
    return find_actors.run(parsed, reader.knowledge, reader.models)


def meant_by(reading: Reading, words: str, nth: int = 0) -> list[Actor]:
    """The actors of the mention that has exactly these words, the nth of them."""
    doc = reading.tokens
    found = [m for m in reading.mentions.all if doc[m.start : m.end].text == words]
    assert found, f"{words!r} is no mention; there are {[doc[m.start : m.end].text for m in reading.mentions.all]}"
    return [reading.actor(a) for a in found[nth].actors]


SIDES = [
    # text, words of the mention, name, party
    ("Ukrainian Foreign Minister Taras Holub said talks would go on.", "Ukrainian Foreign Minister Taras Holub", "Taras Holub", "Ukraine"),
    ("Ivo Marek, Serbia's defence minister, said so.", "Ivo Marek", "Ivo Marek", "Serbia"),
    ("Serbia's chief negotiator, Ivo Marek, said so.", "Ivo Marek", "Ivo Marek", "Serbia"),
    ("The chief negotiator for the government of Peru, Colonel Luz Prado, said so.", "Colonel Luz Prado", "Luz Prado", "Peru"),
    ("Hamas spokesman Anwar Tabari denied it.", "Hamas spokesman Anwar Tabari", "Anwar Tabari", "Hamas"),
    ("A spokesman for the Polisario Front, Brahim Sidi, denied it.", "Brahim Sidi", "Brahim Sidi", "Polisario Front"),
    ("UN envoy Lena Dahl met both sides.", "UN envoy Lena Dahl", "Lena Dahl", "United Nations"),
    ("EU foreign policy chief Ana Soler spoke.", "EU foreign policy chief Ana Soler", "Ana Soler", "European Union"),
    ("Turkey's Kerem Aydin rejected the plan.", "Turkey's Kerem Aydin", "Kerem Aydin", "Turkey"),
    ("Mr Marek of Serbia agreed.", "Mr Marek of Serbia", "Marek", "Serbia"),
    ("The Kremlin denied the report.", "The Kremlin", "Kremlin", "Russia"),
    ("Baku accused Yerevan of shelling.", "Yerevan", "Yerevan", "Armenia"),
    ("The Greek government offered talks.", "The Greek government", "Greek government", "Greece"),
    ("The Turkish Ministry of Foreign Affairs rejected it.", "The Turkish Ministry of Foreign Affairs",
     "Turkish Ministry of Foreign Affairs", "Turkey"),
    ("Officials in Islamabad said so.", "Officials", "Officials", "Pakistan"),
    ("Georgian troops withdrew.", "Georgian troops", "Georgian troops", "Georgia"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name", "party"), SIDES)
def test_the_words_beside_a_name_say_whom_it_speaks_for(
    reader: Reader, text: str, words: str, name: str, party: str
) -> None:
    (actor,) = meant_by(reading_of(reader, text), words)
    assert (actor.name, actor.party) == (name, party)


NOBODY = [
    ("Officials said the truce held.", "Officials"),
    ("Israeli analyst Dov Paz said so.", "Israeli analyst Dov Paz"),
    ("A Western diplomat said so.", "A Western diplomat"),
    ("Residents said shells fell on Sunday.", "Residents"),
    ("Nadia Brik, a former U.S. ambassador, said so.", "Nadia Brik"),
    ("Syrian state media said so.", "Syrian state media"),
]


@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_analysts_residents_media_and_former_officials_speak_for_nobody(reader: Reader, text: str, words: str) -> None:
    (actor,) = meant_by(reading_of(reader, text), words)
    assert actor.party is None


def test_a_former_office_is_kept_apart_from_the_role(reader: Reader) -> None:
    (actor,) = meant_by(
        reading_of(reader, "Former Serbian President Ivo Marek spoke."), "Former Serbian President Ivo Marek"
    )
    assert (actor.role, actor.former, actor.party, actor.country) == ("President", True, None, "SRB")


STORY = (
    "MANILA, March 3 (Newswire) - The Karvo Liberation Front (KLF) broke off talks with the Philippine government on Friday.\n\n"
    "“We cannot go on,” KLF chief Amir Dalan told reporters. He said the group would keep its camps.\n\n"
    "The government’s chief negotiator, General Rosa Villar, said she regretted the step. Villar urged the rebels to return.\n\n"
    "The two sides had met twice. The army denied that troops had attacked, and the president said Dalan was free to leave.\n"
)


def test_names_titles_and_pronouns_of_a_story_are_one_actor_each(reader: Reader) -> None:
    reading = reading_of(reader, STORY, "1999-03-03")
    names = {words: meant_by(reading, words)[0].name for words in ("KLF chief Amir Dalan", "He", "she", "Villar", "Dalan")}
    assert names == {"KLF chief Amir Dalan": "Amir Dalan", "He": "Amir Dalan", "she": "Rosa Villar", "Villar": "Rosa Villar",
                     "Dalan": "Amir Dalan"}  # fmt: skip


def test_an_acronym_in_brackets_names_the_group_and_its_side(reader: Reader) -> None:
    reading = reading_of(reader, STORY, "1999-03-03")
    group = meant_by(reading, "The Karvo Liberation Front")[0]
    assert (group.name, group.kind, group.party, group.sector) == ("Karvo Liberation Front", "armed-group", "KLF", "REB")
    for words in ("KLF", "the group", "the rebels"):
        assert meant_by(reading, words)[0].id == group.id


def test_a_government_without_a_name_is_that_of_the_story(reader: Reader) -> None:
    reading = reading_of(reader, STORY, "1999-03-03")
    assert meant_by(reading, "The government")[0].id == meant_by(reading, "the Philippine government")[0].id
    assert meant_by(reading, "The army")[0].party == "Philippines"


def test_both_sides_are_the_two_parties_in_the_order_of_the_text(reader: Reader) -> None:
    reading = reading_of(reader, STORY, "1999-03-03")
    assert [a.party for a in meant_by(reading, "The two sides")] == ["KLF", "Philippines"]


def test_unnamed_rebels_are_a_side_by_their_plain_noun(reader: Reader) -> None:
    reading = reading_of(reader, "LUANDA - The rebels shelled a town. Rebel leader Jonas Kito denied it. Insurgents fled.")
    assert meant_by(reading, "The rebels")[0].party == "rebels"
    assert meant_by(reading, "Rebel leader Jonas Kito")[0].party == "rebels"


def test_backed_by_a_state_is_not_of_that_state(reader: Reader) -> None:
    reading = reading_of(reader, "Turkish-backed rebels attacked Syrian troops near a village in Syria.")
    (rebels,) = meant_by(reading, "Turkish-backed rebels")
    assert (rebels.party, rebels.sector, rebels.country) == ("rebels", "REB", "SYR")


CODES = [
    ("A Baghdad court freed him.", "A Baghdad court", "IRQ", "JUD"),
    ("Swiss police arrested two men.", "Swiss police", "CHE", "COP"),
    ("The Kenyan parliament voted.", "The Kenyan parliament", "KEN", "LEG"),
    ("Somali refugees arrived.", "Somali refugees", "SOM", "REF"),
    ("Chadian army chief Idris Halou resigned.", "Chadian army chief Idris Halou", "TCD", "MIL"),
    ("The Nile Freedom Front attacked Sudan's army.", "Sudan's army", "SDN", "MIL"),
]


@pytest.mark.parametrize(("text", "words", "country", "sector"), CODES)
def test_actors_have_their_country_and_plover_sector(
    reader: Reader, text: str, words: str, country: str, sector: str
) -> None:
    (actor,) = meant_by(reading_of(reader, text), words)
    assert (actor.country, actor.sector) == (country, sector)


def test_two_nationalities_before_one_noun_are_two_actors(reader: Reader) -> None:
    reading = reading_of(reader, "Serbian and Croatian officials met in Vienna.")
    assert [a.party for a in meant_by(reading, "Serbian and Croatian officials")] == ["Serbia", "Croatia"]


def test_ankara_and_baku_stay_two_mentions(reader: Reader) -> None:
    reading = reading_of(reader, "Ankara and Baku deny the charge.")
    assert [meant_by(reading, w)[0].party for w in ("Ankara", "Baku")] == ["Turkey", "Azerbaijan"]


def test_a_city_where_something_happens_is_no_actor(reader: Reader) -> None:
    reading = reading_of(reader, "The envoys met in Ankara. Talks were held in Kenya.")
    assert not [a for a in reading.actors if a.party in ("Turkey", "Kenya")]


def test_a_spokesman_named_a_paragraph_later_is_one_person(reader: Reader) -> None:
    text = "An army spokesman said on Monday that Kenyan troops had crossed the river.\n\nThe attack failed, Captain Ben Otieno told reporters."
    reading = reading_of(reader, text)
    assert meant_by(reading, "An army spokesman")[0].name == meant_by(reading, "Captain Ben Otieno")[0].name == "Ben Otieno"


def test_the_office_finds_its_holder(reader: Reader) -> None:
    text = "Croatian President Ana Kovac met Serbian President Ivo Marek. The Serbian leader thanked her. The Croatian president left."
    reading = reading_of(reader, text)
    assert meant_by(reading, "The Serbian leader")[0].name == "Ivo Marek"
    assert meant_by(reading, "The Croatian president")[0].name == "Ana Kovac"


def test_a_quotation_does_not_speak_of_its_speaker_as_he(reader: Reader) -> None:
    text = "Ivo Marek met Jan Duda on Sunday. “He is a brave man,” Marek said. “I trust him.”"
    reading = reading_of(reader, text)
    assert meant_by(reading, "He")[0].name == "Jan Duda"


def test_who_stands_for_the_noun_before_it(reader: Reader) -> None:
    reading = reading_of(reader, "Ivo Marek, who leads the delegation, said so.")
    assert meant_by(reading, "who")[0].name == "Ivo Marek"


def test_they_stands_for_the_subject_not_for_whom_a_relative_clause_names(reader: Reader) -> None:
    reading = reading_of(
        reader, "The Tamil Tigers accepted a truce that Norwegian monitors had proposed. They agreed to disarm."
    )
    assert [actor.party for actor in meant_by(reading, "They")] == ["LTTE"]


def test_exchanging_the_sides_exchanges_them_in_the_record(reader: Reader) -> None:
    swap = {"Ukraine": "Russia", "Ukrainian": "Russian", "Kyiv": "Moscow", "Taras Holub": "Pavel Orlov", "Holub": "Orlov"}
    swap |= {b: a for a, b in swap.items()}
    text = ("Ukrainian Foreign Minister Taras Holub told Russian envoy Pavel Orlov that Kyiv wants peace. Orlov said both sides "
            "must act. Moscow denied the claim, and Ukraine said Russia was not serious.")  # fmt: skip
    other = " ".join(
        _exchanged(word, swap)
        for word in text.replace("Taras Holub", "Taras_Holub").replace("Pavel Orlov", "Pavel_Orlov").split()
    )
    first, second = reading_of(reader, text), reading_of(reader, other.replace("_", " "))
    sides = [(swap.get(a.name, a.name), swap.get(a.party or "", a.party)) for a in first.actors]
    assert sides == [(a.name, a.party) for a in second.actors]


def _exchanged(word: str, swap: dict[str, str]) -> str:
    plain = word.strip(".,")
    return word.replace(plain, swap.get(plain.replace("_", " "), plain).replace(" ", "_"))


def test_spans_are_the_words_at_their_place_in_any_unicode(reader: Reader) -> None:
    text = "Iv\u00ado\u00a0Marek \U0001f600 said “Serbia\u2019s army” left.\r\n\r\nŻółć Łukasik of \u202bרון\u202c said: Kosovo\u0301 — no."
    reading = reading_of(reader, text)
    for actor in reading.actors:
        for span in actor.mentions:
            assert text[span.start : span.end] == span.quote


@pytest.mark.parametrize("text", ["", "\n", " ", "\U0001f600", "a", ".", "said", "’s", "\u0301", "\r\n\r\n\u2028"])
def test_a_text_without_actors_has_none(reader: Reader, text: str) -> None:
    assert reading_of(reader, text).actors == ()


def test_a_list_of_states_is_as_many_ministers(reader: Reader) -> None:
    reading = reading_of(reader, "The foreign ministers of France, Egypt and Greece met on Sunday.")
    (mention,) = [m for m in reading.mentions.all if m.kind == "group"]
    assert [reading.actor(a).party for a in mention.actors] == ["France", "Egypt", "Greece"]


def test_who_invites_both_sides_is_neither(reader: Reader) -> None:
    text = "Serbia and Croatia broke off talks. Kenyan President Ben Otieno invited both sides to Nairobi."
    assert [a.party for a in meant_by(reading_of(reader, text), "both sides")] == ["Serbia", "Croatia"]


def test_whom_somebody_leads_says_whom_they_speak_for(reader: Reader) -> None:
    text = "Jonas Brekke, who heads the Norwegian delegation, spoke. The Karvo Liberation Front, led by Amir Tolan, agreed."
    reading = reading_of(reader, text)
    assert meant_by(reading, "Jonas Brekke")[0].party == "Norway"
    assert meant_by(reading, "Amir Tolan")[0].party == "Karvo Liberation Front"


def test_one_word_of_a_name_is_enough_later(reader: Reader) -> None:
    text = "The Karvo Liberation Front (KLF) attacked. The Front said its fighters withdrew."
    reading = reading_of(reader, text)
    assert meant_by(reading, "The Front")[0].party == "KLF"


def test_a_body_of_a_person_speaks_for_that_persons_side(reader: Reader) -> None:
    text = "Kenyan President Ben Otieno resigned. The Otieno administration denied it."
    assert meant_by(reading_of(reader, text), "The Otieno administration")[0].party == "Kenya"


def test_the_noun_beside_a_name_says_what_the_body_is(reader: Reader) -> None:
    text = "Rebel group Velmar Way agreed. Kenyan broadcaster KTX9 said the Velmar Way movement was split."
    reading = reading_of(reader, text)
    assert (meant_by(reading, "Rebel group Velmar Way")[0].kind) == "armed-group"
    assert meant_by(reading, "the Velmar Way movement")[0].party == "Velmar Way"
    assert meant_by(reading, "Kenyan broadcaster")[0].party is None


@given(st.lists(st.sampled_from(
    ["Serbian", "President", "Ana", "Kovac", "\u00a0", "said", "“", "”", '"', "he", "the", "rebels", "’s", "'s", ",", ".", "\n", "\r\n", "\U0001f600",
     "e\u0301", "\u202bשלום\u202c", "so\u00adft", "and", "(", ")", "KLF", "-", "of", "both sides", "Front", "\u2028", "who", "\t", "ß", "ﬁ", "İ"]
), max_size=25))  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_in_any_order_keep_spans_and_references_whole(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    reading = reading_of(reader, text)
    for actor in reading.actors:
        assert all(text[s.start : s.end] == s.quote for s in actor.mentions)
    for mention in reading.mentions.all:
        assert mention.start <= mention.head < mention.end
        assert all(reading.actor(a) for a in mention.actors)


def test_the_same_text_gives_the_same_actors(reader: Reader) -> None:
    first, second = (reading_of(reader, STORY, "1999-03-03") for _ in range(2))
    assert (first.actors, first.mentions) == (second.actors, second.mentions)


def test_his_counterpart_is_of_the_state_that_the_adjective_names(reader: Reader) -> None:
    text = "Serbian President Ivo Marek met his Croatian counterpart, Ana Kovac. The Croatian leader thanked him."
    reading = reading_of(reader, text)
    assert meant_by(reading, "Ana Kovac")[0].party == "Croatia"
    assert meant_by(reading, "The Croatian leader")[0].name == "Ana Kovac"
    assert meant_by(reading, "him")[0].name == "Ivo Marek"


INVENTED = [
    # text, words of the mention, party: lands that no table has
    ("Maravel accused Ostrovia of lying. Maravelian troops crossed the river, and Ostrovia’s army shelled them.",
     {"Maravel": "Maravel", "Ostrovia": "Ostrovia", "Maravelian troops": "Maravel", "Ostrovia’s army": "Ostrovia"}),
    ("Quenish Foreign Minister Ada Renn left. Quenland’s president, Imre Talgo, said Quenlanders wanted peace.",
     {"Quenish Foreign Minister Ada Renn": "Quenland", "Imre Talgo": "Quenland"}),
    ("The Zandari foreign ministry denied it. “No,” said Tavi Oren, a Zandari official.",
     {"The Zandari foreign ministry": "Zandari government", "Tavi Oren": "Zandari government"}),
    ("Envoys of Carvania and Belhara met the Carvanian premier, Elin Strand, in the Belharese capital, Dessa. Dessa said no.",
     {"the Carvanian premier": "Carvania", "Dessa": "Belhara"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sides"), INVENTED)
def test_what_has_a_government_is_a_state_though_no_table_names_it(reader: Reader, text: str, sides: dict[str, str]) -> None:
    reading = reading_of(reader, text)
    assert {words: meant_by(reading, words, -1)[0].party for words in sides} == sides
    assert {actor.country for actor in reading.actors} == {None}


def test_what_belongs_to_a_person_or_lies_in_a_state_is_no_state(reader: Reader) -> None:
    text = ("Kenyan President Nadir Osso resigned. Osso’s government fell. The governor of the province of Velm said Velm’s "
            "parliament would meet. Velm officials agreed.")  # fmt: skip
    reading = reading_of(reader, text)
    assert meant_by(reading, "Osso’s government")[0].party == "Kenya"
    assert not [actor for actor in reading.actors if actor.party in ("Osso", "Velm")]


def test_let_is_a_verb_and_no_group(reader: Reader) -> None:
    reading = reading_of(reader, "“Let them come,” the rebels said.")
    assert [actor.party for actor in reading.actors if actor.kind == "armed-group"] == ["rebels"]


GROUPS = [
    ("The Free Lurian Army denied it. The LFA, as it is known, is led by Mirela Sand. Lurian troops fired.",
     {"The Free Lurian Army": ("LFA", "armed-group"), "The LFA": ("LFA", "armed-group")}),
    ("The Royal Kenyan Army denied it.", {"The Royal Kenyan Army": ("Kenya", "military")}),
    ("The Kenyan Salvation Forces (KSF) left. Kenyan forces did not.",
     {"The Kenyan Salvation Forces": ("KSF", "armed-group"), "Kenyan forces": ("Kenya", "military")}),
    ("The Bru National Liberation Front agreed. Front chairman Ivo Reang said the BNLF was ready. The front disarmed.",
     {"The Bru National Liberation Front": ("BNLF", "armed-group"), "Front chairman Ivo Reang": ("BNLF", "person"),
      "The front": ("BNLF", "armed-group")}),
    ("Kenya’s opposition, the Alliance for Change, agreed. Petra Momo, leader of the alliance, said so.",
     {"Kenya’s opposition": ("Alliance for Change", "organisation"), "Petra Momo": ("Alliance for Change", "person")}),
    ("Separatists vowed to fight. The separatists, who call themselves the Movement for Velm, said so.",
     {"Separatists": ("Movement for Velm", "armed-group")}),
    ("Orvad leader Ivo Kress left. Orvad fighters stayed.", {"Orvad leader Ivo Kress": ("Orvad", "person")}),
    ("The Pelloran Defence Front (PDF) said no. The PDF left Kenya.", {"The PDF": ("PDF", "armed-group")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sides"), GROUPS)
def test_a_group_is_known_by_what_the_text_calls_it(reader: Reader, text: str, sides: dict[str, tuple[str, str]]) -> None:
    reading = reading_of(reader, text)
    assert {words: (meant_by(reading, words, -1)[0].party, meant_by(reading, words, -1)[0].kind) for words in sides} == sides


def test_a_people_by_two_adjectives_is_one_side(reader: Reader) -> None:
    reading = reading_of(reader, "Turkish Kenyan leader Nur Attal met the Greek Kenyan leader, Elin Strand, in Nairobi.")
    assert [meant_by(reading, name)[0].party for name in ("Turkish Kenyan leader Nur Attal", "Elin Strand")] == [
        "Turkish Kenyans", "Greek Kenyans"]  # fmt: skip


TALKS = """Nairobi talks end as rebels leave

NAIROBI, 3 May (Wire) - Negotiators for Mozambique's government and the Renamo rebels left Kenya's capital without a deal.

Ines Kibor, who leads the Kenyan mediation, said the parties would meet again. The army denied it.

Belgium and France welcomed the talks and urged the government to let an aid convoy through. Each side blamed the other.
"""


def test_who_hosts_the_talks_is_no_party_of_them(reader: Reader) -> None:
    reading = reading_of(reader, TALKS)
    assert [meant_by(reading, words)[0].party for words in ("The army", "the government")] == ["Mozambique"] * 2
    assert meant_by(reading, "Ines Kibor")[0].party == "Kenya"
    assert not [a for a in reading.actors if a.name == "Nairobi" or "convoy" in a.name]


def test_the_sides_are_those_that_negotiate_and_not_those_named_last(reader: Reader) -> None:
    reading = reading_of(reader, TALKS)
    for words in ("the parties", "Each side"):
        assert {actor.party for actor in meant_by(reading, words)} == {"Mozambique", "Renamo"}


def test_what_is_denied_is_no_actor(reader: Reader) -> None:
    reading = reading_of(reader, "Kenya accused the army of Peru. The army denied it.")
    assert not [m for m in reading.mentions.all if reading.tokens[m.start : m.end].text == "it"]


def test_a_people_of_a_place_is_not_given_to_the_state_in_view(reader: Reader) -> None:
    reading = reading_of(reader, "Kenya said no. Villagers of the Budo Hills fled to Kenya.")
    assert meant_by(reading, "Villagers of the Budo Hills")[0].country is None


class TestCodes:
    """Country and PLOVER sector of whom a noun phrase names."""

    @pytest.mark.parametrize(
        ("text", "words", "country", "sector"),
        [
            ("The Duma condemned the ruling.", "The Duma", "RUS", "LEG"),
            ("The Pentagon denied it.", "The Pentagon", "USA", "MIL"),
            ("The ACLU sued the governor.", "The ACLU", "USA", "NGO"),
            ("Scotland Yard opened an inquiry.", "Scotland Yard", "GBR", "COP"),
            ("Siemens paid a fine.", "Siemens", "DEU", "BUS"),
            ("Philippine communists rejected the offer.", "Philippine communists", "PHL", "REB"),
            ("Hutu militias attacked the camp.", "Hutu militias", None, "PRM"),
            ("Basque separatists planted a bomb.", "Basque separatists", "ESP", "REB"),
            ("Italian tourists were freed.", "Italian tourists", "ITA", "CVL"),
            ("Islamist militants killed a priest.", "Islamist militants", None, "REB"),
        ],
    )
    def test_names_and_nouns_have_the_codes_of_what_they_are(
        self, reader: Reader, text: str, words: str, country: str | None, sector: str
    ) -> None:
        actor = meant_by(reading_of(reader, text, None), words)[0]
        assert (actor.country, actor.sector) == (country, sector)

    def test_fighters_of_a_people_stand_for_its_side_but_are_not_the_people(self, reader: Reader) -> None:
        reading = reading_of(reader, "Hutu militias attacked the camp. The Hutus fled.", None)
        fighters, people = meant_by(reading, "Hutu militias")[0], meant_by(reading, "The Hutus")[0]
        assert fighters.id != people.id
        assert fighters.party == people.party

    def test_a_title_tells_namesakes_apart(self, reader: Reader) -> None:
        reading = reading_of(reader, "President Clinton met Russian President Boris Yeltsin.", None)
        assert meant_by(reading, "President Clinton")[0].name == "Bill Clinton"

    def test_two_presidents_of_one_name_have_one_side(self, reader: Reader) -> None:
        bush = meant_by(reading_of(reader, "President Bush met Mexican President Vicente Fox.", None), "President Bush")[0]
        assert (bush.name, bush.country, bush.wikidata) == ("Bush", "USA", None)

    def test_a_body_of_an_unknown_land_is_not_of_the_state_of_the_text(self, reader: Reader) -> None:
        reading = reading_of(reader, "Chile accused the California legislature of lying.", None)
        assert meant_by(reading, "the California legislature")[0].country is None


def test_one_chief_is_not_the_president(reader: Reader) -> None:
    record = reader.read(
        'President George Bush said the war was over. "They won," one U.S. crew chief said.', published="1990-08-16"
    )
    assert [s.speaker_name for s in record.statements] == ["George Bush", "U.S. crew chief"]
