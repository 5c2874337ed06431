from __future__ import annotations

import pytest

from parley.documents.language import other_language

OTHERS = [
    ("is in French", "Le président a dit lundi que la paix est possible."),
    ("is in Spanish", "El presidente dijo que las conversaciones con los rebeldes continúan."),
    ("is in German", "Der Präsident sagte am Montag, dass die Gespräche weitergehen."),
    ("is in Portuguese", "O presidente disse que as conversações com os rebeldes não foram interrompidas."),
    ("is in Italian", "Il presidente ha detto che i colloqui con gli insorti sono ripresi nella capitale."),
    ("is in Dutch", "De president zei maandag dat de gesprekken doorgaan en het leger zich terugtrekt."),
    ("is in Swahili", "Rais alisema kwamba mazungumzo yataendelea katika mji mkuu baada ya wiki mbili."),
    ("is in Turkish", "Cumhurbaşkanı görüşmelerin devam edeceğini söyledi ve bu bir adım olarak görülüyor."),
    ("is mostly in Cyrillic script", "Президент заявил, что переговоры продолжатся."),
    ("is mostly in Arabic script", "قال الرئيس إن المحادثات ستستمر."),
    ("does not read as English prose", "Orsha Melle Tovar Karsan Dorn Tal Orsk Lena Pavel Idris " * 6),
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


@pytest.mark.parametrize(("verdict", "text"), OTHERS, ids=[verdict for verdict, _ in OTHERS])
def test_other_languages_are_told_apart_from_english(verdict: str, text: str) -> None:
    assert other_language(text) == verdict


@pytest.mark.parametrize("text", ENGLISH)
def test_english_short_and_mixed_texts_pass(text: str) -> None:
    assert other_language(text) is None
