"""From a PLOVER type and the words of an event to its mode, its context and its CAMEO code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.events.words import words_of

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.knowledge.rows import EventWord

GENERIC = {
    "AGREE": "030",
    "CONSULT": "040",
    "SUPPORT": "050",
    "COOPERATE": "060",
    "AID": "070",
    "CONCEDE": "080",
    "RETREAT": "084",
    "REQUEST": "100",
    "ACCUSE": "110",
    "REJECT": "120",
    "THREATEN": "130",
    "PROTEST": "140",
    "MOBILIZE": "150",
    "SANCTION": "160",
    "COERCE": "170",
    "ASSAULT": "190",
}
"""The code of each type where the words say no more."""
SPOKEN = {"AGREE": "agreed", "REQUEST": "requested", "REJECT": "rejected", "THREATEN": "threatened"}
"""Types that name an attitude to another act, with the column of the code table that holds their code for it."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_IRREGULAR = {
    pair.split(":")[0]: pair.split(":")[1]
    for pair in (
        "met:meet held:hold spoke:speak spoken:speak sent:send gave:give given:give shot:shoot fought:fight struck:strike "
        "broke:break broken:break took:take taken:take sold:sell bought:buy lent:lend fled:flee beat:beat beaten:beat "
        "began:begin begun:begin laid:lay told:tell sought:seek swore:swear left:leave stood:stand threw:throw "
        "thrown:throw flew:fly went:go gone:go sat:sit blew:blow overthrew:overthrow withdrew:withdraw withdrawn:withdraw "
        "forgave:forgive forgiven:forgive shut:shut cut:cut drove:drive tore:tear stole:steal handed:hand freed:free "
        "troops:troop arms:arm talks:talk walked:walk called:call led:lead set:set put:put hit:hit slew:slay slain:slay "
        "sank:sink burnt:burn occupied:occupy denied:deny defied:defy ratified:ratify tied:tie ties:tie"
    ).split()
}


@dataclass(frozen=True)
class Coding:
    """The finer codes of an event of a known type."""

    mode: str | None
    context: str | None
    cameo: str


def code_words(type: str, text: str, knowledge: Knowledge) -> Coding:
    """The codes of an event of this type in a text that has not been parsed."""
    return code_rows(type, _rows_in(text, knowledge), knowledge)


def code_rows(type: str, rows: list[EventWord], knowledge: Knowledge) -> Coding:
    """The codes of an event of this type, from the rows of event words that fit its clause, best first."""
    codes = words_of(knowledge).codes
    chosen, mode = GENERIC[type], ""
    own = next((row for row in rows if row.type == type), None)
    if own is not None:
        chosen, mode = own.cameo, own.mode
    if type in SPOKEN and (own is None or own.cameo == GENERIC[type]):
        for row in rows:
            spoken: str = getattr(codes[row.cameo], SPOKEN[type]) if row.cameo in codes else ""
            if spoken and row.type not in SPOKEN:
                chosen, mode = spoken, ""
                break
    entry = codes.get(chosen)
    return Coding(mode or (entry.mode if entry else "") or None, (entry.context if entry else "") or None, chosen)


@lru_cache(maxsize=20_000)
def lemmas(word: str) -> tuple[str, ...]:
    """What a word may be an inflection of: "shelled" of "shelled", "shelle", "shell"."""
    found = [word]
    if word in _IRREGULAR:
        return (word, _IRREGULAR[word])
    for ending, put in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            found.append(stem + put)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


def _rows_in(text: str, knowledge: Knowledge) -> list[EventWord]:
    """The rows whose words and objects stand in a text, the fullest match first, then in text order."""
    index = words_of(knowledge)
    words = [match.group().lower() for match in _WORD.finditer(text)]
    seen = {lemma for word in words for lemma in lemmas(word)}
    found: list[tuple[int, int, EventWord]] = []
    for at, word in enumerate(words):
        after = set(words[at + 1 : at + 6])
        before = {lemma for w in words[max(0, at - 2) : at] for lemma in lemmas(w)}
        for lemma in lemmas(word):
            for row in index.verbs.get(lemma, ()):
                parts = row.word.split()[1:]
                if all(part in after for part in parts) and (not row.objects or any(thing in seen for thing in row.objects)):
                    found.append((-2 * bool(row.objects) - bool(parts), at, row))
            for row in index.nouns.get(lemma, ()):
                if all(part in before for part in row.word.split()[:-1]):
                    found.append((-1 - (" " in row.word), at, row))
    return [row for _, _, row in sorted(found, key=lambda item: item[:2])]
