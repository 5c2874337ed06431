"""Names as phrases: those of the tables, and the runs of capitalised words that no table has."""

from __future__ import annotations

from parley.knowledge.rows import Agent
from parley.reading.actors.lexicon import Lexicon, Match
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.words import Words

PARTICLES = frozenset(
    ("al", "el", "ul", "ibn", "bin", "ben", "bint", "abu", "abd", "de", "da", "di", "do", "dos", "das", "del", "della",
     "der", "den", "van", "von", "la", "le", "du", "st", "san", "mac", "y", "e")
)  # fmt: skip
HONORIFICS = frozenset(("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "lord", "lady", "dame", "monsieur", "señor"))
QUOTES = frozenset(('"', "“", "”", "''", "``", "‘", "’", "'"))
NOT_ACTORS = frozenset(
    ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "WORK_OF_ART", "EVENT", "LAW")
)  # fmt: skip


def names_of(words: Words, lexicon: Lexicon) -> list[Match]:
    """Names of the tables, without those that are part of somebody's unknown name ("Chad" in "Chad Ferris")."""
    found = lexicon.name_matches(words)
    starts = {m.start for m in found}
    ends = {m.end for m in found}
    kept = []
    for m in found:
        if m.term.kind == "person" and _inside_longer_name(words, m, starts, ends):
            continue
        if m.term.kind == "group" and _only_describes(words, m, lexicon):
            continue
        if m.term.kind in ("state", "capital", "organisation-seat") and m.end - m.start == 1:
            i = m.start
            person = words.entity[i] == "PERSON" and not (i and words.tag[i - 1] in ("IN", "TO"))
            after = i + 1 < len(words) and i + 1 not in starts and words.entity[i + 1] == "PERSON" and words.upper(i + 1)
            before = i > 0 and words.entity[i - 1] == "PERSON" and words.upper(i - 1) and words.tag[i - 1] == "NNP"
            if person and (after or before) and words.sentence[i] == words.sentence[i + 1 if after else i - 1]:
                continue
            if words.folded[i - 1 - (words.text[i - 1] == ",")] in lexicon.words["relatives"] and i > words.first[i] + 1:
                continue  # "his wife, Sofia": she has the name of a town
        kept.append(m)
    return kept


def _only_describes(words: Words, m: Match, lexicon: Lexicon) -> bool:
    """Whether a group's alias is no name but a leaning and a noun ("pro-Torlish separatists"): they stay unnamed."""
    plain = not words.upper(m.end - 1) and words.folded[m.end - 1] in ("separatists", "rebels", "separatist", "rebel")
    return plain and (words.folded[m.start] == "pro" or words.folded[m.start] in lexicon.demonyms)


def _inside_longer_name(words: Words, m: Match, starts: set[int], ends: set[int]) -> bool:
    """Whether one name of a table is only a part of somebody else's longer name: "Malki" in "Turki al-Malki"."""
    plain = [k for k in range(m.start, m.end) if words.folded[k] not in PARTICLES and words.text[k] != "-"]
    if len(plain) > 1:
        return False
    k, n = m.start - 1, len(words)
    if k >= words.first[m.start] and words.text[k] == "-":
        k -= 1
    if k >= words.first[m.start] and words.folded[k] in PARTICLES:
        k -= 1
    if k >= words.first[m.start] and m.start not in ends and words.entity[k] == "PERSON" and words.tag[k] == "NNP":
        return words.upper(k) and k + 1 not in ends
    k = m.end + (1 if m.end < n and words.folded[m.end] in PARTICLES else 0)
    if k < n and words.text[k] == "-":
        k += 1
    return k < n and words.sentence[k] == words.sentence[m.start] and k not in starts and words.upper(k) \
        and words.entity[k] == "PERSON" and words.tag[k] == "NNP" and words.entity[m.start] == "PERSON"  # fmt: skip


JOINING = frozenset(("military", "armed-group", "party"))


def inside_bodies(
    words: Words, lexicon: Lexicon, names: list[Match], taken: list[bool], noun_at: dict[int, Match]
) -> set[Match]:
    """Names of states and peoples that are only a part of a body's name: "Torlish" in "Free Torlish Army".

    A state's own forces have no more in their names than that they are its forces ("Royal Torlish Army"), but
    a "Torlish National Union" is a movement.
    """
    regular, short, found = lexicon.words["state-forces"], lexicon.words["short-for-bodies"], set[Match]()

    def capital(k: int) -> bool:
        return words.upper(k) and not taken[k] and words.tag[k] in ("NNP", "NNPS", "JJ", "NN", "NNS", "VBN")

    for m in names:
        if m.term.kind not in ("demonym", "state"):
            continue
        start, end, first, last = m.start, m.end, words.first[m.start], m.end - 1
        while start - 1 >= first and capital(start - 1) and (start - 1 > first or words.entity[start - 1] == "ORG") \
                and not is_title(noun_at.get(start - 1)):  # fmt: skip
            start -= 1
        while end < len(words) and words.sentence[end] == words.sentence[m.start] and capital(end):
            if is_title(noun_at.get(end)):
                break
            end, last = end + 1, end
        row = next(iter(noun_at[last].rows(Agent)), None) if last in noun_at else None
        term = lexicon.bodies.get(words.folded[last])
        kind = getattr(row or (term.rows[0] if term else None), "kind", "")
        rest = [words.folded[k] for k in (*range(start, m.start), *range(m.end, last))]
        own = any(w not in regular for w in rest) if kind == "military" else bool(rest)
        if last >= m.end and (kind in JOINING or words.folded[last] in short) and own:
            found.add(m)
    return found


def table_phrase(words: Words, m: Match) -> Phrase:
    """The phrase of a name of the tables."""
    head = words.head_of(m.start, m.end)
    return Phrase("table", m.start, m.end, head, m.start, name=(m.start, m.end), match=m)


def runs_of(words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match]) -> list[Phrase]:
    """Runs of capitalised words that no table has: names of people, of bodies ("... Front") and of places."""
    phrases, i, n = [], 0, len(words)
    while i < n:
        if taken[i] or not _proper(words, lexicon, i) or is_title(noun_at.get(i)):
            i += 1
            continue
        j = noun_at[i].end if i in noun_at else i + 1
        while j < n and words.sentence[j] == words.sentence[i]:
            if not taken[j] and _proper(words, lexicon, j) and not is_title(noun_at.get(j)):
                j = noun_at[j].end if j in noun_at else j + 1
            elif _joins(words, lexicon, taken, noun_at, i, j):
                j += 2
            elif (
                words.folded[j] in PARTICLES
                and j + 2 < n
                and words.folded[j + 1] in (*PARTICLES, "-")
                and words.upper(j + 2)
            ):
                j += 3
            else:
                break
        phrases += _run_phrases(words, lexicon, taken, noun_at, i, j)
        i = max(j, max((p.end for p in phrases[-2:]), default=j))
    return phrases


def reports(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Whether a capital is only that of a verb before its subject: "Replied State Department spokesman Bo Lind"."""
    return words.folded[i] in lexicon.words["said-first"] and (i == words.first[i] or words.text[i - 1] in QUOTES)


def _proper(words: Words, lexicon: Lexicon, i: int) -> bool:
    if not words.upper(i) or (words.entity[i] in NOT_ACTORS and not _surely_body(words, lexicon, i)):
        return False
    if reports(words, i, lexicon):
        return False
    tag = words.tag[i]
    if tag in ("NNP", "NNPS"):
        return True
    if tag in ("PRP", "PRP$", "DT", "IN", "CC", "WP", "WRB", "RB", "MD", "WDT", "UH", "EX", "TO", "VBD", "VBZ", "VBP", "CD"):
        return words.entity[i] in ("PERSON", "ORG") and i != words.first[i] and tag not in ("DT", "IN", "PRP", "CC", "WP")
    return i != words.first[i] or words.entity[i] in ("PERSON", "ORG")


def _surely_body(words: Words, lexicon: Lexicon, i: int) -> bool:
    """Whether the name ends in the noun of a body, whatever the parser takes it for ("Free Officers' Movement": no law)."""
    if words.entity[i] not in ("LAW", "WORK_OF_ART", "EVENT"):
        return False
    end = i
    while end + 1 < len(words) and words.entity[end + 1] == words.entity[i] and words.sentence[end + 1] == words.sentence[i]:
        end += 1
    return words.upper(end) and words.folded[end] in lexicon.words["surely-bodies"]


def is_title(match: Match | None) -> bool:
    """Whether the noun is one that stands before names: an office, or a noun for a person."""
    if match is None:
        return False
    return match.term.kind == "office" or any(r.kind == "person" for r in match.rows(Agent))


def _joins(words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match], start: int, j: int) -> bool:
    """Whether word j joins a run to the word after it: a hyphen, a particle, "People's Army"."""
    if j + 1 >= len(words) or words.sentence[j + 1] != words.sentence[start]:
        return False
    after = (
        words.upper(j + 1)
        and not taken[j + 1]
        and (words.entity[j + 1] not in NOT_ACTORS or _surely_body(words, lexicon, j + 1))
    )
    word = words.folded[j]
    if not after:
        return False
    if word in ("-", "‐", "–") and words.token[j + 1] == words.token[j] + 1 == words.token[j - 1] + 2:
        return True
    if word in PARTICLES or (word == "&"):
        return True
    if word in ("'s", "'") and words.folded[j - 1].endswith(("people", "s", "men", "women")):
        last = noun_at.get(j + 1) or noun_at.get(j + 2)
        following = words.folded[j + 1] in lexicon.bodies and words.upper(j + 1)  # "People's Front"
        return (last is not None and not is_title(last)) or (last is None and following)
    return False


def _run_phrases(
    words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match], i: int, j: int
) -> list[Phrase]:
    """The phrases of the run i..j: cut after a noun that names a body; "Ministry of Foreign Affairs" goes on."""
    if words.folded[i] in HONORIFICS:
        if i + 1 == j:
            return []
        return [Phrase("name", i, j, words.head_of(i, j), i, name=(i + 1, j), honorific=True)]
    bodies = [k for k in range(i, j) if k in noun_at and noun_at[k].end - 1 == k]
    if bodies and bodies[-1] > i and (term := lexicon.bodies.get(words.folded[bodies[-1]])) is not None:
        noun_at = {**noun_at, bodies[-1]: Match(bodies[-1], bodies[-1] + 1, term)}
    heads = i == words.first[i] or not words.text[i - 1].isalnum()
    if bodies and bodies[-1] == i and heads and _several(noun_at[i]):
        return []  # "Guerrillas of the Velm Union": whose they are is said after "of".
    if not bodies and j - i == 1 and (term := lexicon.bodies.get(words.folded[i])) is not None:
        if _continued(words, lexicon, taken, noun_at, j) > j:  # "Office of the High Representative"
            noun_at, bodies = {**noun_at, i: Match(i, j, term)}, [i]
    elif j - i > 1:
        for k in range(j - 1, max(i, bodies[-1] if bodies else i), -1):
            if (term := lexicon.bodies.get(words.folded[k])) is not None:
                noun_at, bodies = {**noun_at, k: Match(k, k + 1, term)}, [k]
                break
    if not bodies and i and words.folded[i - 1] in ("for", "of") and _only_fields(words, lexicon, i, j):
        return [Phrase("name", i, j, words.head_of(i, j), i)]  # "the Minister for Foreign Affairs": nobody's name
    if not bodies:
        return [Phrase("name", i, j, words.head_of(i, j), i, name=(i, j))]
    cut = bodies[-1] + 1
    noun = noun_at[bodies[-1]]
    if words.folded[bodies[-1]] in lexicon.words["bodies-of-persons"] and noun.start - i in (1, 2) and cut == j:
        return [Phrase("name", i, noun.start, words.head_of(i, noun.start), i, name=(i, noun.start))]
    if cut == j:
        cut = j = _continued(words, lexicon, taken, noun_at, j)
    if noun.start <= i and cut == bodies[-1] + 1:
        found = []  # A capitalised common noun alone ("the Army"): an agent, found with the other nouns.
    else:
        found = [Phrase("body", i, cut, words.head_of(i, cut), i, name=(i, cut), noun=noun)]
    if cut < j:
        found.append(Phrase("name", cut, j, words.head_of(cut, j), cut, name=(cut, j)))
    return found


def _several(noun: Match) -> bool:
    """Whether the noun is for several people or for what several have: "guerrillas", "delegations"; "forces" are a body."""
    return noun.term.plural and all(row.kind != "military" for row in noun.rows(Agent))


def _only_fields(words: Words, lexicon: Lexicon, i: int, j: int) -> bool:
    """Whether a run only names what an office is for: "Foreign Affairs and Security Policy"."""
    return all(w in lexicon.words["fields-of-offices"] for w in words.folded[i:j])


def _continued(words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match], j: int) -> int:
    """The end of a body's name that goes on after "of", "for" or "on": "Front for the Liberation of Torland"."""
    n = len(words)
    while j + 1 < n and words.folded[j] in ("of", "for", "on") and words.sentence[j + 1] == words.sentence[j - 1]:
        k = j + 1
        if words.folded[k] in ("the", "all"):
            k += 1
        if k >= n or not words.upper(k) or words.entity[k] in ("DATE", "PERSON"):
            break
        while (
            k < n
            and words.entity[k] not in NOT_ACTORS
            and (words.upper(k) or _and_more(words, lexicon, taken, noun_at, j, k))
        ):
            k += 1
        if taken[k - 1] and k - 1 == j + 1 and words.folded[j] != "of":
            break
        j = k
    return j


def _and_more(
    words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match], preposition: int, k: int
) -> bool:
    """Whether an "and" stands inside a body's name: "Bureau of Mines and Resources", not "the Bank of Velm and Torland"."""
    if words.folded[k] not in ("and", "&") or k + 1 >= len(words) or not words.upper(k + 1) or taken[k + 1]:
        return False
    if words.folded[preposition] != "of":
        return True
    if words.entity[k] == "ORG" == words.entity[k + 1]:
        return True
    fields = lexicon.words["fields-of-offices"]
    named = any(w in fields for w in (words.folded[k - 1], words.folded[k + 1]))
    return named and not is_title(noun_at.get(k + 1))
