"""The words of a reading as plain lists, so that the rules of this stage look at strings and numbers, not at spaCy objects.

White-space tokens are left out: a name may stand across a no-break space or a line's soft break. `token` leads back.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.layers import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPENING = frozenset("“«„‟")
CLOSING = frozenset("”»")
STRAIGHT = frozenset(('"', "``", "''", "＂"))


def fold(word: str) -> str:
    """The word in lower case, without accents, soft hyphens and other invisible characters: how names are compared."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in parts if not unicodedata.combining(c) and unicodedata.category(c) != "Cf").lower()


def key_of(folded: str) -> str:
    """The letters and digits with which a folded word begins: under them a table's terms are found."""
    if folded.isalnum():
        return folded
    for n, c in enumerate(folded):
        if not c.isalnum():
            return folded[:n]
    return folded


@dataclass(frozen=True)
class Words:
    """All words of a text with what the parse says of each; every list has one item a word."""

    text: list[str]
    folded: list[str]
    key: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    entity: list[str]
    lemma: list[str]
    sentence: list[int]
    """The number of the sentence."""
    first: list[int]
    """The index of the first word of the sentence."""
    paragraph: list[int]
    quoted: list[bool]
    token: list[int]
    """The index of the word's token in the parsed document."""
    begin: list[int]
    finish: list[int]
    """Where the word begins and ends in the text, in characters."""
    source: str

    def __len__(self) -> int:
        return len(self.text)

    def phrase(self, start: int, end: int) -> str:
        """The words start..end (exclusive) as the text has them, each white space as one blank."""
        return " ".join(self.source[self.begin[start] : self.finish[end - 1]].split())

    def upper(self, i: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[i][:1].isupper()

    def acronym(self, i: int) -> bool:
        """Whether the word is written in capitals only, two letters or more ("MILF", "U.S.", "M23")."""
        word = self.text[i]
        return len(word) > 1 and word.isupper()

    def head_of(self, start: int, end: int) -> int:
        """The word of start..end on which the others hang: the last whose head lies outside."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end or self.head[i] == i:
                return i
        return end - 1


def words_of(tokens: Doc, paragraphs: tuple[Paragraph, ...]) -> Words:
    """The words of a parsed document."""
    kept = [t for t in tokens if not t.is_space]
    index = {t.i: n for n, t in enumerate(kept)}
    text = [t.text for t in kept]
    sentence, first = _sentences(kept)
    paragraph = _paragraph_numbers(kept, paragraphs)
    return Words(
        text=text,
        folded=(folded := [fold(w) for w in text]),
        key=[key_of(w) for w in folded],
        tag=[t.tag_ for t in kept],
        dep=[t.dep_ for t in kept],
        head=[index.get(t.head.i, n) for n, t in enumerate(kept)],
        entity=_entities(kept),
        lemma=[t.lemma_ for t in kept],
        sentence=sentence,
        first=first,
        paragraph=paragraph,
        quoted=quotation(text, paragraph),
        token=[t.i for t in kept],
        begin=(begin := [t.idx for t in kept]),
        finish=[b + len(w) for b, w in zip(begin, text, strict=True)],
        source=tokens.text,
    )


def _sentences(kept: list) -> tuple[list[int], list[int]]:  # type: ignore[type-arg]
    numbers, firsts, number, first = [], [], -1, 0
    for n, token in enumerate(kept):
        if token.is_sent_start or n == 0:
            number, first = number + 1, n
        numbers.append(number)
        firsts.append(first)
    return numbers, firsts


def _entities(kept: list) -> list[str]:  # type: ignore[type-arg]
    """The parser's entities, but no work of art for a name that is a person's elsewhere in the text."""
    persons = {t.text for t in kept if t.ent_type_ == "PERSON" and t.tag_ == "NNP"}
    return ["PERSON" if t.ent_type_ == "WORK_OF_ART" and t.text in persons else t.ent_type_ for t in kept]


def _paragraph_numbers(kept: list, paragraphs: tuple[Paragraph, ...]) -> list[int]:  # type: ignore[type-arg]
    numbers, number = [], 0
    for token in kept:
        while number + 1 < len(paragraphs) and token.i >= paragraphs[number + 1].first:
            number += 1
        numbers.append(number)
    return numbers


def quotation(text: list[str], paragraph: list[int]) -> list[bool]:
    """Which words stand inside double quotation marks. A paragraph begins outside the marks."""
    quoted, inside = [], False
    for n, word in enumerate(text):
        if n and paragraph[n] != paragraph[n - 1]:
            inside = False
        if word in OPENING:
            inside = True
        elif word in CLOSING:
            inside = False
        elif word in STRAIGHT:
            inside = not inside
        quoted.append(inside and word not in OPENING and word not in STRAIGHT)
    return quoted
