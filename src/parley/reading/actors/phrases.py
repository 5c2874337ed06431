"""Phrases that may stand for actors: names, titles with names, nouns for agents; each with the phrases it hangs on.

First the names of the tables and the runs of capitalised words that no table has; then titles before names and nouns for
agents; then, for each, its whole noun phrase and its links: the possessor, the adjective of nationality, the "of the X".
"""

from __future__ import annotations

from parley.reading.actors.lexicon import Lexicon, Match
from parley.reading.actors.links import link, only_backs
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.runs import QUOTES, inside_bodies, is_title, names_of, reports, runs_of, table_phrase
from parley.reading.actors.words import Words

MODIFIERS = frozenset(
    ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBN", "POS", "PRP$", "HYPH", "VBG", "AFX", "FW")
)  # fmt: skip
NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS"))
ALSO_NAMES = frozenset(
    ("amir", "emir", "sultan", "prince", "imam", "king", "pope", "marshal", "judge", "bishop", "malik", "sheikh")
)
"""Titles that are first names too."""
VERBS = frozenset(("VB", "VBZ", "VBP", "VBD", "MD"))
FORMER = frozenset(("former", "ex", "onetime", "erstwhile", "ousted", "deposed"))


def find_phrases(words: Words, lexicon: Lexicon) -> list[Phrase]:
    """All phrases of the text, in text order, the wider first where two begin together."""
    names = names_of(words, lexicon)
    taken = [False] * len(words)
    for m in names:
        taken[m.start : m.end] = [True] * (m.end - m.start)
    nouns = [m for m in lexicon.noun_matches(words, taken) if words.tag[m.end - 1] not in VERBS]
    nouns = [part for m in nouns for part in _parted(words, lexicon, m) if not _members_in_name(words, lexicon, part)]
    noun_at: dict[int, Match] = {i: m for m in nouns for i in range(m.start, m.end)}
    inside = inside_bodies(words, lexicon, names, taken, noun_at)
    for m in inside:
        taken[m.start : m.end] = [False] * (m.end - m.start)
    phrases = [table_phrase(words, m) for m in names if m not in inside]
    phrases += runs_of(words, lexicon, taken, noun_at)
    for p in phrases:
        p.within = tuple(m for m in inside if p.start <= m.start and m.end <= p.end) if p.form == "body" else ()
    nouns += _nouns_of_names(words, lexicon, phrases, noun_at)
    by_start = {p.start: p for p in phrases}
    in_name = {i for p in phrases for i in range(p.start, p.end)}
    _take_titles(words, by_start, noun_at)
    titled = {i for p in phrases for t in p.titles for i in range(t.start, t.end)}
    for m in nouns:
        if m.start not in titled and m.start not in in_name:
            phrases.append(_agent_phrase(words, m))
    covered = {p.head for p in phrases}
    phrases += _speaking_nouns(words, lexicon, covered, in_name)
    phrases.sort(key=lambda p: (p.core, -p.end))
    ends = {p.end: p for p in phrases if p.name is not None}
    for p in ends.values():
        p.backs = only_backs(words, p)
    for p in phrases:
        _widen(words, lexicon, p, ends)
    link(words, phrases)
    phrases.sort(key=lambda p: (p.start, -p.end, p.core))
    return phrases


def _members_in_name(words: Words, lexicon: Lexicon, m: Match) -> bool:
    """Whether the noun tells whose a body is in the body's own name: "Free Officers' Movement", "Workers' Party"."""
    k = m.end + 1
    if not m.term.plural or k >= len(words) or words.folded[m.end] not in ("'", "'s") or not words.upper(m.end - 1):
        return False
    return words.upper(k) and (words.folded[k] in lexicon.bodies or lexicon.noun(words, k, k + 1) is not None)


def _parted(words: Words, lexicon: Lexicon, m: Match) -> list[Match]:
    """The title and the end of a body's name that together look like a longer title: "Unity Army" and "spokesman"."""
    last = m.end - 1
    within_name = m.start > words.first[m.start] and words.upper(m.start - 1) and words.upper(m.start)
    if not within_name or m.end - m.start < 2 or words.upper(last):
        return [m]
    halves = [lexicon.noun(words, m.start, last), lexicon.noun(words, last, m.end)]
    return [half for half in halves if half is not None] if all(halves) else [m]


def _nouns_of_names(words: Words, lexicon: Lexicon, phrases: list[Phrase], noun_at: dict[int, Match]) -> list[Match]:
    """Nouns that the text has in a body's name, where they stand alone: "the front" for the Karvo Liberation Front."""
    named = {i for p in phrases if p.name is not None for i in range(p.start, p.end)}
    short = {words.folded[i] for i in named if words.upper(i)} & lexicon.words["short-for-bodies"] & lexicon.bodies.keys()
    found = []
    for i, word in enumerate(words.folded) if short else ():
        if word in short and i not in named and i not in noun_at and words.tag[i] in NOMINAL:
            found.append(Match(i, i + 1, lexicon.bodies[word]))
    return found


def _take_titles(words: Words, by_start: dict[int, Phrase], noun_at: dict[int, Match]) -> None:
    """Give each name the titles that stand right before it, and begin its core there."""
    for p in list(by_start.values()):
        if p.form == "body" or (p.form == "table" and p.kind_of_match != "person"):
            continue
        at = p.start
        while at > 0:
            k = at - 1
            if words.text[k] in QUOTES and k - 1 in noun_at:
                k -= 1
            match = noun_at.get(k)
            if match is None or match.term.plural or not is_title(match) or words.sentence[k] != words.sentence[p.start]:
                break
            p.titles.insert(0, match)
            at = match.start
        first = p.titles[-1] if p.titles else None
        if (
            first is not None
            and len(p.titles) > 1
            and words.folded[first.start] in ALSO_NAMES
            and p.name
            and words.upper(first.start)
        ):
            p.titles.pop()  # "Chief Amir Dalan": here it is his name.
            p.name = (first.start, p.name[1])
        if p.titles:
            subjects = [k for k in range(max(words.first[at], at - 2), p.start) if words.dep[k] in ("nsubj", "nsubjpass")]
            if subjects and words.text[at - 1] in QUOTES and words.dep[p.head] not in ("nsubj", "nsubjpass"):
                p.head = subjects[0]  # The quotation marks round the title have split the name from its verb.
            p.core = at
            p.role_words = (at, p.name[0]) if p.name else None
            p.start = at


def _agent_phrase(words: Words, m: Match) -> Phrase:
    last = m.end - 1
    head = words.head_of(m.start, m.end)
    modifier = (
        m.end < len(words)
        and words.head[last] > last
        and words.dep[last] in ("compound", "amod", "nmod")
        and words.tag[m.end] in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBG", "HYPH", "CC")
        and words.sentence[m.end] == words.sentence[last]
    )
    return Phrase("agent", m.start, m.end, head, m.start, noun=m, modifier=modifier)


def _speaking_nouns(words: Words, lexicon: Lexicon, covered: set[int], in_name: set[int]) -> list[Phrase]:
    """Nouns of no table that stand for a person: they speak ("the founder said"), or follow a name and a comma."""
    found = []
    # By how nouns for persons end the stage knows those that no table has ("founder", "economist").
    endings, others = tuple(lexicon.words["person-endings"]), lexicon.words["not-persons"]
    named = {words.head[k] for k in in_name if words.dep[k] == "appos"}
    for i, dep in enumerate(words.dep):
        if words.tag[i] not in ("NN", "NNS") or i in covered or i in in_name or words.quoted[i]:
            continue
        speaks = dep in ("nsubj", "nsubjpass") and words.lemma[words.head[i]] in lexicon.saying
        beside = dep == "appos" and words.head[i] < i and words.head[i] in in_name and words.tag[i] == "NN"
        word = words.folded[i].removesuffix("s")
        if words.folded[i] in lexicon.words["relatives"] and (speaks or beside or i in named):
            found.append(Phrase("agent", i, i + 1, i, i, relative=True))
            continue
        person = word.endswith(endings) and word not in others and not word.endswith("ment")
        if person and (speaks or beside or i in named):
            found.append(Phrase("agent", i, i + 1, i, i, former=word == "predecessor"))
        elif (beside or i in named) and words.tag[i] == "NN" and word not in lexicon.words["parts-of-states"]:
            found.append(Phrase("agent", i, i + 1, i, i, tentative=True))
    return found


def _quote_at(words: Words, k: int) -> bool:
    return k < len(words) and words.text[k] in QUOTES


def _widen(words: Words, lexicon: Lexicon, p: Phrase, ends: dict[int, Phrase]) -> None:
    """Move the start of the phrase to that of its noun phrase: determiner, adjectives, possessor."""
    if p.modifier:
        return
    if p.form == "table" and p.kind_of_match in ("state", "demonym", "capital", "seat") and not p.titles:
        first = words.first[p.start]
        while p.start > first and words.folded[p.start - 1] == "the":
            p.start, p.determiner = p.start - 1, "the"
        return
    j, first = p.start, words.first[p.start]
    while j > first:
        k = j - 1
        tag = words.tag[k]
        name = ends.get(j)
        if name is not None and words.sentence[name.core] == words.sentence[p.core]:
            if p.form in ("name", "table") and not p.titles and name.kind_of_match != "demonym":
                break
            j = name.core
            continue
        if words.folded[k] in FORMER:
            p.former = True
        if tag in ("DT", "WP$", "PDT") or words.folded[k] == "one":
            p.determiner = words.folded[k]
            j = k
            break
        if p.form == "agent" and j == p.core and words.text[k] in QUOTES and _quote_at(words, p.end):
            j = k
            continue
        if (
            p.titles
            and j == p.core
            and words.text[k] in QUOTES
            and k > first
            and p.name
            and words.text[p.name[0] - 1] in QUOTES
        ):
            j = k
            continue
        if tag not in MODIFIERS or (words.entity[k] in ("DATE", "TIME") and words.tag[k + 1] != "HYPH" and tag != "HYPH"
                                    and words.tag[k - 1] != "HYPH"):  # fmt: skip
            break
        beside = words.folded[k] in lexicon.words["fighting-adjectives"]  # "the army and rebel soldiers"
        if tag in NOMINAL and words.head[k] <= k and words.tag[j] != "POS" and not beside:
            break
        if reports(words, k, lexicon):
            break
        if tag == "VBG" and words.dep[k] != "amod":
            break
        if tag == "PRP$":
            p.determiner = words.folded[k]
            j = k
            break
        j = k
    p.start = j
