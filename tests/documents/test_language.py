from __future__ import annotations

import pytest

from parley.documents.language import other_language, refuse_other_languages
from parley.errors import LanguageError

OTHERS = [
    ("French", "Le président a dit lundi que la paix est possible."),
    ("Spanish", "El presidente dijo que las conversaciones con los rebeldes continúan."),
    ("German", "Der Präsident sagte am Montag, dass die Gespräche weitergehen."),
    ("Portuguese", "O presidente disse que as conversações com os rebeldes não foram interrompidas."),
    ("Italian", "Il presidente ha detto che i colloqui con gli insorti sono ripresi nella capitale."),
    ("Dutch", "De president zei maandag dat de gesprekken doorgaan en het leger zich terugtrekt."),
    ("Swahili", "Rais alisema kwamba mazungumzo yataendelea katika mji mkuu baada ya wiki mbili."),
    ("Turkish", "Cumhurbaşkanı görüşmelerin devam edeceğini söyledi ve bu bir adım olarak görülüyor."),
    ("Cyrillic script", "Президент заявил, что переговоры продолжатся."),
    ("Arabic script", "قال الرئيس إن المحادثات ستستمر."),
    ("unknown", "Orsha Melle Tovar Karsan Dorn Tal Orsk Lena Pavel Idris " * 6),
]
ENGLISH = [
    "The president said on Monday that the talks would go on.",
    "President Juan Manuel Santos met the FARC in La Habana on Monday, El Tiempo reported.",
    "“La paz es posible”, he said in Spanish, and told the crowd that the guerrillas had agreed to talks.",
    "Truce holds",
    "",
    "123 456",
    "The word мир means peace, the envoy said.",
]


@pytest.mark.parametrize(("language", "text"), OTHERS, ids=[language for language, _ in OTHERS])
def test_other_languages_are_told_apart_from_english(language: str, text: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_short_and_mixed_texts_pass(text: str) -> None:
    assert other_language(text) is None


def test_the_refusal_names_the_language_in_words_and_by_itself() -> None:
    for language, text in (OTHERS[0], OTHERS[8], OTHERS[10]):
        with pytest.raises(LanguageError, match=r"^report\.txt: .*, and Parley reads English") as caught:
            refuse_other_languages(text, "report.txt")
        assert caught.value.language == language
