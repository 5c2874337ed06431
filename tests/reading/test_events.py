"""Events: what is done to whom is read alike for all names, and told apart from what is only said, planned or refused."""

from __future__ import annotations

import pytest

from parley.errors import ModelError
from parley.knowledge import Knowledge
from parley.models.events import RelationModel
from parley.reading import Reader
from parley.reading.events import classify, classify_all
from parley.reading.events.coding import GENERIC, code_words
from parley.reading.events.masking import hide_names, pair_text
from parley.record import Document, Event, Record


def pair(sentence: str, source: str, target: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """A sentence with the places of its two actors."""
    a, b = sentence.index(source), sentence.rindex(target)
    return sentence, (a, a + len(source)), (b, b + len(target))


class TestNamesNeverMatter:
    FRAMES = (
        "{a} shelled two villages held by {b} on Monday.",
        "{a} has agreed to resume talks with {b} in the spring.",
        "The envoy of {b} was expelled by {a} after the vote.",
        "{a} urged {b} to release the captured sailors.",
        "Police in the capital said {a} had accused {b} of breaking the truce.",
    )
    NAMES = (("Norway", "Chile"), ("Ruritania", "Grand Fenwick"), ("President Odran Velk", "the Zubrowka Liberation Front"),
             ("U.S. Secretary of State Ann Moore", "Al-Nasr"), ("Łódź", "Côte d'Azur"))  # fmt: skip

    @pytest.mark.parametrize("frame", FRAMES)
    def test_the_answer_is_the_same_for_any_two_names(self, frame: str) -> None:
        answers = []
        for a, b in self.NAMES:
            found = classify(*pair(frame.format(a=a, b=b), a, b))
            answers.append(
                ([(t, round(p, 6)) for t, p in found.probabilities.items()], found.cameo, round(found.no_event, 6))
            )
        assert all(answer == answers[0] for answer in answers)

    def test_exchanging_the_names_exchanges_nothing_else(self) -> None:
        one = classify(*pair("Norway condemned the arrest of sailors by Chile.", "Norway", "Chile"))
        other = classify(*pair("Chile condemned the arrest of sailors by Norway.", "Chile", "Norway"))
        assert one == other

    def test_titles_and_full_names_hide_as_one_word(self) -> None:
        for words in ("Foreign Minister Ana Torvald", "Crown Prince Omar bin Said", "United Republic of Borduria"):
            assert hide_names(words) == "nation"
        assert hide_names("the Bordurian police") == "nation police"

    def test_common_nouns_stay(self) -> None:
        assert hide_names("49 striking miners") == "49 striking miners"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway held talks with Chile about a prisoner exchange.", "CONSULT"),
        ("Norway agreed to hold talks with Chile about a prisoner exchange.", "AGREE"),
        ("Norway refused to hold talks with Chile about a prisoner exchange.", "REJECT"),
        ("Norway threatened to break off talks with Chile.", "THREATEN"),
        ("Norway halted talks with Chile.", "SANCTION"),
        ("Norway demanded that Chile return to the talks.", "REQUEST"),
        ("Norway will meet Chile in Geneva next week.", "AGREE"),
        ("Norway bombed an airfield used by Chile.", "ASSAULT"),
        ("Norway accused Chile of shelling a village.", "ACCUSE"),
        ("Norway sent food and tents to Chile after the earthquake.", "AID"),
        ("Norway freed 30 prisoners from Chile.", "YIELD"),
        ("Norway praised the decision of Chile to disarm.", "SUPPORT"),
        ("Norway massed troops on its border with Chile.", "MOBILIZE"),
        ("Norway imposed sanctions on Chile.", "COERCE"),
    ],
)
def test_modality_is_part_of_the_relation(sentence: str, expected: str) -> None:
    assert classify(*pair(sentence, "Norway", "Chile")).root == expected


class TestClassify:
    def test_gives_a_distribution_over_all_types(self) -> None:
        found = classify(*pair("Norway praised Chile.", "Norway", "Chile"))
        assert len(found.probabilities) == 16
        assert sum(found.probabilities.values()) == pytest.approx(1)
        assert found.type == next(iter(found.probabilities))
        assert 0 <= found.no_event <= 1

    def test_a_batch_answers_as_one_by_one(self) -> None:
        pairs = [pair(f"Norway {verb} Chile{tail}.", "Norway", "Chile") for verb, tail in
                 (("attacked", " at dawn"), ("met", ""), ("warned", " of consequences if the fleet does not leave the bay at once"))]  # fmt: skip
        for together, alone in zip(classify_all(pairs), [classify(*p) for p in pairs], strict=True):
            assert together == alone

    def test_an_empty_batch_gives_nothing(self) -> None:
        assert classify_all([]) == []

    def test_needs_no_target(self) -> None:
        assert classify("Norway mobilised its army.", (0, 6)).type == "MOBILIZE"

    @pytest.mark.parametrize("span", [(3, 3), (-1, 4), (0, 99), (5, 2)])
    def test_refuses_spans_outside_the_sentence(self, span: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="does not lie within"):
            classify("Norway met Chile.", span, (11, 16))

    def test_takes_a_target_within_the_source(self) -> None:
        assert pair_text("Norway's talks with Chile went on", (0, 25), (20, 25)).count("#") == 2

    def test_says_which_model_file_is_missing(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(ModelError, match=r"relation\.onnx"):
            RelationModel.load(tmp_path)


class TestCodes:
    knowledge = Knowledge.load()

    def test_every_word_has_a_known_code_of_its_own_category(self) -> None:
        codes = {row.code: row for row in self.knowledge.event_codes}
        for word in self.knowledge.event_words:
            assert word.cameo in codes, word.key
            yielding = {"CONCEDE", "RETREAT"}
            assert codes[word.cameo].type == word.type or {codes[word.cameo].type, word.type} == yielding, word.key

    def test_every_type_has_a_code_where_the_words_say_nothing(self) -> None:
        codes = {row.code: row.type for row in self.knowledge.event_codes}
        assert all(codes[code] in (type, "RETREAT") for type, code in GENERIC.items())

    @pytest.mark.parametrize(
        ("type", "text", "code", "mode"),
        [
            ("REJECT", "@ nation @ refused to release the prisoners of # nation #", "1243", "yield"),
            ("AGREE", "@ nation @ will meet # nation # on Monday", "036", None),
            ("ASSAULT", "@ nation @ shelled # nation #", "194", "heavy-weapons"),
            ("REQUEST", "@ nation @ demanded the withdrawal of # nation #", "1056", "yield"),
            ("THREATEN", "@ nation @ threatened to impose sanctions on # nation #", "1312", "restrict"),
            ("COERCE", "@ nation @ declared a state of emergency in # nation #", "1724", "martial-law"),
            ("SUPPORT", "@ nation @ did something for # nation #", "050", None),
        ],
    )
    def test_words_settle_the_code(self, type: str, text: str, code: str, mode: str | None) -> None:
        found = code_words(type, text, self.knowledge)
        assert (found.cameo, found.mode) == (code, mode)


def events(reader: Reader, text: str) -> tuple[Record, list[Event]]:
    record = reader.read(Document(text=text, published="2019-05-08"))
    return record, list(record.events)


def countries(record: Record, ids: tuple[str, ...]) -> set[str | None]:
    return {actor.country for actor in record.actors if actor.id in ids}


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("Chilean troops shelled a Norwegian army base on Monday.", "ASSAULT", {"CHL"}, {"NOR"}),
        ("A Norwegian army base was shelled by Chilean troops.", "ASSAULT", {"CHL"}, {"NOR"}),
        ("Chile's shelling of Norwegian positions went on.", "ASSAULT", {"CHL"}, {"NOR"}),
        ("An attack by Chilean rebels on Norwegian soldiers was reported.", "ASSAULT", {"CHL"}, {"NOR"}),
        ("Norway and Chile condemned Peru.", "ACCUSE", {"NOR", "CHL"}, {"PER"}),
        ("Norway urged Chile and Peru to return to talks.", "REQUEST", {"NOR"}, {"CHL", "PER"}),
        ("Talks between Norway and Chile resumed in Geneva.", "CONSULT", {"NOR"}, {"CHL"}),
        ("Norway and Chile signed an agreement.", "SUPPORT", {"NOR"}, {"CHL"}),
        ("Chile withdrew its ambassador from Norway.", "SANCTION", {"CHL"}, {"NOR"}),
        ("Norway launched a military offensive against Chile.", "ASSAULT", {"NOR"}, {"CHL"}),
        ("Norway is willing to provide military equipment to Chile.", "AGREE", {"NOR"}, {"CHL"}),
        ("Norwegian police arrested a Chilean diplomat.", "COERCE", {"NOR"}, {"CHL"}),
    ],
)
def test_who_does_what_to_whom(reader: Reader, text: str, type: str, source: set[str], target: set[str]) -> None:
    record, found = events(reader, text)
    match = [e for e in found if e.type == type]
    assert match, [(e.type, e.confidence) for e in found]
    assert countries(record, match[0].source) == source
    assert countries(record, match[0].target) == target


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway attacked Chile on Monday.", "occurred"),
        ("Norway is shelling Chilean positions.", "ongoing"),
        ("Norway will meet Chile in Geneva next week.", "planned"),
        ("Norway will attack Chile within days.", "threatened"),
        ("If Norway attacks Chile, the harvest will fail.", "hypothetical"),
        ("Norway refused to meet Chile.", "occurred"),
    ],
)
def test_what_happened_is_told_from_what_did_not(reader: Reader, text: str, status: str) -> None:
    _, found = events(reader, text)
    assert found
    assert found[0].status == status


class TestEvents:
    def test_several_events_of_one_sentence_are_all_found(self, reader: Reader) -> None:
        _, found = events(reader, "Norway recalled its ambassador from Chile and demanded that Peru release two sailors.")
        assert {e.type for e in found} == {"SANCTION", "REQUEST"}

    def test_one_event_is_recorded_once(self, reader: Reader) -> None:
        _, found = events(reader, "Norway condemned Chile.\n\nNorway condemned Chile on the same day in a statement.")
        assert len([e for e in found if e.type == "ACCUSE"]) == 1

    def test_an_event_within_a_statement_has_its_voice(self, reader: Reader) -> None:
        record, found = events(
            reader, '"Chile shelled our positions," Norwegian Foreign Minister Ana Torvald said on Monday.'
        )
        assault = next(e for e in found if e.type == "ASSAULT")
        assert assault.voice in {s.id for s in record.statements}

    def test_a_deed_that_was_not_done_is_no_event(self, reader: Reader) -> None:
        _, found = events(reader, "Norway does not occupy any part of Chile.")
        assert not [e for e in found if e.status != "denied"]

    def test_a_text_without_acts_has_no_events(self, reader: Reader) -> None:
        _, found = events(reader, "Norway borders Sweden. Chile has many volcanoes, and Peru exports copper.")
        assert found == []

    def test_every_event_rests_on_its_words(self, reader: Reader) -> None:
        record, found = events(reader, "Norway  freed two Chilean sailors.\n\nChile thanked Norway 🎉 for it.")
        assert found
        assert all(record.document.text[e.evidence.start : e.evidence.end] == e.evidence.quote for e in found)

    def test_dates_and_places_stand_with_the_event(self, reader: Reader) -> None:
        _, found = events(reader, "Norwegian diplomats met Chilean officials in Geneva on Monday.")
        consult = next(e for e in found if e.type == "CONSULT")
        assert (consult.date, consult.place) == ("2019-05-06", "Geneva")

    def test_a_state_that_is_only_a_place_becomes_an_actor_when_it_is_acted_on(self, reader: Reader) -> None:
        record, found = events(reader, "Norway refused to send peacekeepers to Angola.")
        assert countries(record, found[0].target) == {"AGO"}
        assert [a.id for a in record.actors] == [f"a{n}" for n in range(1, len(record.actors) + 1)]

    def test_who_speaks_as_we_is_the_source(self, reader: Reader) -> None:
        record, found = events(
            reader, '"We will never negotiate with the rebels," Ethiopian Prime Minister Omar Dulla said.'
        )
        assert countries(record, next(e for e in found if e.type == "REJECT").source) == {"ETH"}

    def test_a_side_makes_no_demands_of_itself(self, reader: Reader) -> None:
        _, found = events(reader, "Norwegian Foreign Minister Ana Torvald said Norway should not give in.")
        assert not [e for e in found if e.type in ("REQUEST", "REJECT")]

    def test_sanctions_that_are_feared_are_threatened(self, reader: Reader) -> None:
        _, found = events(reader, "Chile hopes to delay new Norwegian sanctions.")
        assert [(e.type, e.status) for e in found] == [("SANCTION", "threatened")]

    def test_the_same_text_gives_the_same_events(self, reader: Reader) -> None:
        text = "Norway and Chile clashed near the border. Peru urged both sides to stop the fighting."
        assert events(reader, text) == events(reader, text)


class TestPutWithAnotherWord:
    @pytest.mark.parametrize(
        ("text", "type"),
        [
            ("Norway vowed to attack Chile.", "THREATEN"),
            ("Norway pledged to lend Chile two ships.", "AGREE"),
            ("Norway promised not to meet Chile.", "REJECT"),
            ("Norway promised not to attack Chile.", "AGREE"),
            ("Norway is unwilling to negotiate with Chile.", "REJECT"),
            ("Norway said no to a Chilean request.", "REJECT"),
            ("Norway denied allegations that it had attacked Chile.", "REJECT"),
            ("Norway's refusal to meet Chile angered Peru.", "REJECT"),
            ("Norway's demand that Chile withdraw was rejected.", "REQUEST"),
            ("Norwegian aid to Chile was suspended.", "SANCTION"),
            ("The visit of the Norwegian foreign minister to Santiago was cancelled.", "REJECT"),
        ],
    )
    def test_what_a_word_makes_of_the_deed_is_the_event(self, reader: Reader, text: str, type: str) -> None:
        record, found = events(reader, text)
        assert [(e.type, e.status, countries(record, e.source)) for e in found] == [(type, "occurred", {"NOR"})]

    @pytest.mark.parametrize(
        "text",
        ["Norway did not rule out talks with Chile.", "Norway has no plans to attack Chile.", "Norway never met Chile."],
    )
    def test_what_is_not_so_has_not_occurred(self, reader: Reader, text: str) -> None:
        _, found = events(reader, text)
        assert {e.status for e in found} <= {"denied"}

    def test_what_is_ruled_out_is_no_deed(self, reader: Reader) -> None:
        _, found = events(reader, "Norway ruled out sending troops to Chile.")
        assert [e.type for e in found] == ["REJECT"]

    @pytest.mark.parametrize(
        "text", ["Norway must leave the islands, Peru said.", "Peru said Norway must leave the islands."]
    )
    def test_who_says_what_another_must_do_asks_for_it(self, reader: Reader, text: str) -> None:
        record, found = events(reader, text)
        sides = [(e.type, countries(record, e.source), countries(record, e.target)) for e in found]
        assert sides == [("REQUEST", {"PER"}, {"NOR"})]


class TestOneActIsOneEvent:
    @pytest.mark.parametrize(
        "text",
        [
            "Chilean President Marta Solis has called on Norwegian President Odd Berg to sign a truce agreement.",
            "Chile urged Norway to withdraw from the islands.",
            "The Chilean government demanded that Norway release 40 sailors.",
        ],
    )
    def test_what_is_asked_is_no_second_request(self, reader: Reader, text: str) -> None:
        record, found = events(reader, text)
        assert [e.type for e in found] == ["REQUEST"]
        assert (countries(record, found[0].source), countries(record, found[0].target)) == ({"CHL"}, {"NOR"})

    def test_a_visit_is_still_told_from_a_call(self, reader: Reader) -> None:
        _, found = events(reader, "Norway met Chile in Geneva and called on Peru to join the talks.")
        assert [e.type for e in found] == ["CONSULT", "REQUEST"]


class TestWhatHasNotComeYet:
    @pytest.mark.parametrize("link", ["until", "before", "if", "once"])
    def test_leaders_who_are_not_named_there_do_not_meet(self, reader: Reader, link: str) -> None:
        _, found = events(
            reader,
            "Chilean President Marta Solis wrote to Norwegian President Odd Berg and Peruvian President Luis Mora. "
            f"She offered Norway a truce {link} the leaders meet.",
        )
        assert not [e for e in found if e.type == "CONSULT" and e.evidence.quote.startswith(link)]

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Peru will keep its troops there until Norway meets Chile in Geneva.", "planned"),
            ("Peru will keep its troops there unless Norway meets Chile in Geneva.", "hypothetical"),
            ("Peru kept its troops there until Norway met Chile in Geneva.", "occurred"),
        ],
    )
    def test_a_meeting_that_is_awaited_has_not_occurred(self, reader: Reader, text: str, status: str) -> None:
        _, found = events(reader, text)
        assert {e.status for e in found if e.type == "CONSULT"} <= {status}
        assert status != "occurred" or [e for e in found if e.type == "CONSULT"]


class TestAsides:
    TEXT = (
        "Chile's proposal calls for recognition of Velmark{0}which Chilean troops seized in 1998{1}"
        "as well as control of three partly occupied Norwegian provinces."
    )

    @pytest.mark.parametrize("marks", [("—", "—"), (", ", ", "), (" – ", " – ")])
    def test_an_aside_is_the_reporters_and_keeps_its_date(self, reader: Reader, marks: tuple[str, str]) -> None:
        _, found = events(reader, self.TEXT.format(*marks))
        assert [(e.date, e.voice) for e in found if e.type == "ASSAULT"] == [("1998", "narrator")]
        assert {e.date for e in found if e.type != "ASSAULT"} <= {None}

    def test_an_aside_in_quoted_words_is_the_speakers(self, reader: Reader) -> None:
        record, found = events(
            reader, '"The islands, which Chile invaded in 1998, must be returned," Norwegian Minister Ana Torvald said.'
        )
        assault = next(e for e in found if e.type == "ASSAULT")
        assert assault.voice in {s.id for s in record.statements}

    def test_a_clause_that_is_not_set_off_is_the_speakers(self, reader: Reader) -> None:
        record, found = events(
            reader, "Norwegian Minister Ana Torvald said the troops that attacked Chile on Monday had left."
        )
        assert {e.voice for e in found if e.type == "ASSAULT"} <= {s.id for s in record.statements}

    def test_the_date_of_an_act_is_its_own(self, reader: Reader) -> None:
        _, found = events(reader, "Norway condemned Chile on Monday over the islands, which it invaded in 1998.")
        assert next(e.date for e in found if e.type == "ACCUSE") == "2019-05-06"


def test_who_claims_a_deed_did_not_suffer_it(reader: Reader) -> None:
    record, found = events(
        reader, "Peru demanded the return of Peruvian sailors that Lima claims have been abducted by Chile."
    )
    assert not [e for e in found if e.type == "ASSAULT" and {record.document.text[a.mentions[0].start : a.mentions[0].end]
                for a in record.actors if a.id in e.target} == {"Lima"}]  # fmt: skip


class TestPlainWords:
    @pytest.fixture
    def asked(self, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The texts about which the classifier is asked."""
        texts: list[str] = []
        answer = RelationModel.probabilities
        monkeypatch.setattr(RelationModel, "probabilities", lambda model, new: (texts.extend(new), answer(model, new))[1])
        return texts

    def test_a_plain_word_needs_no_classifier(self, reader: Reader, asked: list[str]) -> None:
        _, found = events(reader, "Chilean troops shelled Norway on Monday. Peru condemned Chile.")
        assert ([e.type for e in found], asked) == (["ASSAULT", "ACCUSE"], [])

    @pytest.mark.parametrize(
        "text",
        [
            "Norway might meet Chile on Monday.",
            "Norway did not condemn Chile.",
            "Norway gave Chile its word over the islands.",
            "Norway planned to condemn Chile.",
        ],
    )
    def test_modality_negation_and_light_verbs_are_judged(self, reader: Reader, asked: list[str], text: str) -> None:
        events(reader, text)
        assert len(asked) == 1
