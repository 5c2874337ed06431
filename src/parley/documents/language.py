"""Is it English? A script check and the share of each language's commonest small words; the lists are `languages.tsv`.

English news has a small word of our list in every second or third place, other languages nearly none. Counting them is exact
enough for a door that only says yes or no, names the other language, adds no dependency and loads in a millisecond.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from parley.errors import LanguageError
from parley.knowledge.load import BUILT_IN, read_table
from parley.knowledge.rows import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
UNKNOWN = "unknown"
LOOKED_AT = 20_000
"""Characters from the start of the text that are looked at."""
FEW_WORDS, ENOUGH_WORDS = 3, 50
LEAST_ENGLISH = 0.12
"""Share of small words below which a text of at least `ENOUGH_WORDS` words is not English prose."""


def refuse_other_languages(text: str, source: str) -> None:
    """Raise ``LanguageError`` if the text is clearly not English; short or mixed texts get the benefit of the doubt."""
    if language := other_language(text):
        if language == UNKNOWN:
            other = "does not read as English prose"
        else:
            other = f"is mostly in {language}" if language.endswith(" script") else f"is in {language}"
        raise LanguageError(source, f"{other}, and Parley reads English; give an English version of the report", language)


def other_language(text: str) -> str | None:
    """The language or the script that the text is in instead of English ("French", "Cyrillic script"), `UNKNOWN` where it
    is none that is known, or None if it may be English."""
    sample = text[:LOOKED_AT]
    scripts = Counter(script for c in sample if c.isalpha() and (script := _script(c)))
    if scripts and scripts["LATIN"] < 0.5 * scripts.total():
        script = next(name for name, _ in scripts.most_common() if name != "LATIN")
        return f"{_SCRIPT_NAMES.get(script, script.capitalize())} script"
    words = Counter(word.lower().replace("’", "'") for word in _WORD.findall(sample))
    hits = {name: sum(words[w] for w in small) for name, small in _small_words().items()}
    english = hits.pop("English")
    best, most = max(hits.items(), key=lambda item: item[1])
    if most >= FEW_WORDS and most > 2 * english:
        return best
    if words.total() >= ENOUGH_WORDS and english < LEAST_ENGLISH * words.total():
        return UNKNOWN
    return None


_SCRIPT_NAMES = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return "LATIN" if name.startswith(("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE")) else name.split(" ")[0]


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    rows = read_table(BUILT_IN / "languages.tsv", Language)
    return {row.name: frozenset(row.words) for row in rows}
