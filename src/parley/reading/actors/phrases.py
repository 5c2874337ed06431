"""Phrases that may stand for actors: names, titles with names, nouns for agents; each with the phrases it hangs on.

First the names of the tables and the runs of capitalised words that no table has; then titles before names and nouns for
agents; then, for each, its whole noun phrase and its links: the possessor, the adjective of nationality, the "of the X".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parley.knowledge.rows import Agent, BodyNoun, Office
from parley.reading.actors.lexicon import Lexicon, Match
from parley.reading.actors.words import Words

Form = Literal["table", "name", "body", "agent", "pronoun"]
"""What a phrase's head is: a name of a table, an unknown name, an unknown name of a body ("... Front"), a common noun."""
Relation = Literal["possessor", "modifier", "of", "place", "apposition"]

MODIFIERS = frozenset(
    ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBN", "POS", "PRP$", "HYPH", "VBG", "AFX", "FW")
)  # fmt: skip
NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS"))
PARTICLES = frozenset(
    ("al", "el", "ul", "ibn", "bin", "ben", "bint", "abu", "abd", "de", "da", "di", "do", "dos", "das", "del", "della",
     "der", "den", "van", "von", "la", "le", "du", "st", "san", "mac", "y", "e")
)  # fmt: skip
BACKED = frozenset(
    ("backed", "led", "based", "supported", "allied", "aligned", "sponsored", "trained", "funded", "brokered", "mediated",
     "drafted", "made", "held", "occupied", "born", "educated", "style", "wide", "dominated",
     "linked", "affiliated", "oriented", "friendly", "leaning")
)  # fmt: skip
OF_SOMEBODY = frozenset(("administration", "government", "regime", "cabinet", "presidency"))
"""Nouns that stand after the name of the person whose body it is: "the Marsen administration"."""
ALSO_NAMES = frozenset(
    ("amir", "emir", "sultan", "prince", "imam", "king", "pope", "marshal", "judge", "bishop", "malik", "sheikh")
)
"""Titles that are first names too."""
VERBS = frozenset(("VB", "VBZ", "VBP", "VBD", "MD"))
LEADING = frozenset(("lead", "head", "command", "chair", "represent", "run", "rule", "control", "found"))
"""Verbs that say for whom somebody stands: "Tarn, who heads the delegation", "the front, led by Tarn"."""
SENT_TO = frozenset(
    ("Ambassador", "Deputy Ambassador", "Envoy", "Special Envoy", "Representative", "UN Ambassador", "Adviser")
)
QUOTES = frozenset(('"', "“", "”", "''", "``", "‘", "’", "'"))
HONORIFICS = frozenset(("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "sir", "lord", "lady", "dame", "monsieur", "señor"))
FORMER = frozenset(("former", "ex", "onetime", "erstwhile", "ousted", "deposed"))
NOT_ACTORS = frozenset(
    ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "WORK_OF_ART", "EVENT", "LAW")
)  # fmt: skip
OWNERS = frozenset(("of", "for", "from", "with", "within", "inside", "at", "in", "representing", "to", "on"))
# How nouns for persons end: with them the stage knows nouns that no table has ("founder", "economist").
PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ant", "ee", "ent", "ive", "counsel", "chief", "boss", "veteran")
NOT_PERSONS = frozenset(
    ("center", "centre", "paper", "newspaper", "number", "letter", "order", "offer", "power", "border", "matter", "chapter",
     "winter", "summer", "water", "river", "war", "factor", "sector", "error", "door", "floor", "statement", "moment",
     "event", "document", "percent", "cent", "content", "initiative", "incentive", "offensive", "perspective", "narrative",
     "list", "warrant", "committee", "guarantee", "trustee", "computer", "quarter", "disaster", "danger", "answer", "letter",
     "corner", "transfer", "tower", "other", "weather", "manner", "banner", "poster", "chamber", "encounter", "slander",
     "tweeter", "ouster", "honor", "favor", "labor", "terror", "horror", "mirror", "color", "accident", "incident", "extent",
     "president's", "plant", "grant", "restaurant", "degree", "fee", "coffee", "directive", "alternative", "objective")
)  # fmt: skip


@dataclass(eq=False)
class Phrase:
    """Words start..end (exclusive) with their head. `core` is where the name, or the noun with its title words, begins."""

    form: Form
    start: int
    end: int
    head: int
    core: int
    name: tuple[int, int] | None = None
    match: Match | None = None
    titles: list[Match] = field(default_factory=list)
    noun: Match | None = None
    modifier: bool = False
    former: bool = False
    determiner: str = ""
    links: list[tuple[Relation, Phrase]] = field(default_factory=list)
    joint: list[Phrase] = field(default_factory=list)
    """For "Russian and Ukrainian officials": the phrases of which each has the noun of its own."""
    acronym: str = ""
    role_words: tuple[int, int] | None = None
    backs: bool = False
    """Whether the name only says who backs or leads another: "Torlish" in "Torlish-backed rebels"."""
    tentative: bool = False
    """Whether the noun stands for a person only if it turns out to describe a name ("second-in-command")."""
    honorific: bool = False
    """Whether a "Mr" or "Ms" stands before the name."""

    @property
    def kind_of_match(self) -> str:
        return self.match.term.kind if self.match else ""

    @property
    def plural(self) -> bool:
        return bool(self.noun and self.noun.term.plural)

    def agent(self) -> Agent | BodyNoun | None:
        """The row of the noun for agents at the head, or of the noun in the name of a body."""
        rows = (self.noun.rows(Agent) or self.noun.rows(BodyNoun)) if self.noun else ()
        return rows[0] if rows else None  # type: ignore[return-value]

    def offices(self) -> list[Office]:
        """The rows of the titles before the name, or of the title that stands alone."""
        found = list(self.titles)
        if self.noun:
            found.append(self.noun)
        return [row for match in found for row in match.rows(Office)]  # type: ignore[misc]

    @property
    def person_like(self) -> bool:
        """Whether title or noun says that a person, or persons, are meant."""
        if self.kind_of_match == "person" or self.titles:
            return True
        if self.offices():
            return True
        agent = self.agent()
        return agent is not None and agent.kind == "person"


def find_phrases(words: Words, lexicon: Lexicon) -> list[Phrase]:
    """All phrases of the text, in text order, the wider first where two begin together."""
    names = _names(words, lexicon)
    taken = [False] * len(words)
    for m in names:
        taken[m.start : m.end] = [True] * (m.end - m.start)
    nouns = [m for m in lexicon.noun_matches(words, taken) if words.tag[m.end - 1] not in VERBS]
    noun_at: dict[int, Match] = {i: m for m in nouns for i in range(m.start, m.end)}
    phrases = [_table_phrase(words, m) for m in names]
    phrases += _runs(words, lexicon, taken, noun_at)
    by_start = {p.start: p for p in phrases}
    in_name = {i for p in phrases for i in range(p.start, p.end)}
    _take_titles(words, by_start, noun_at)
    titled = {i for p in phrases for t in p.titles for i in range(t.start, t.end)}
    for m in nouns:
        if m.start not in titled and m.start not in in_name:
            phrases.append(_agent_phrase(words, m))
    covered = {p.head for p in phrases}
    phrases += _speaking_nouns(words, lexicon.saying, covered, in_name)
    phrases.sort(key=lambda p: (p.core, -p.end))
    ends = {p.end: p for p in phrases if p.name is not None}
    for p in ends.values():
        p.backs = _only_backs(words, p)
    for p in phrases:
        _widen(words, p, ends)
    _link(words, phrases)
    phrases.sort(key=lambda p: (p.start, -p.end, p.core))
    return phrases


def _names(words: Words, lexicon: Lexicon) -> list[Match]:
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
            person = words.entity[i] == "PERSON"
            after = i + 1 < len(words) and i + 1 not in starts and words.entity[i + 1] == "PERSON" and words.upper(i + 1)
            before = i > 0 and words.entity[i - 1] == "PERSON" and words.upper(i - 1) and words.tag[i - 1] == "NNP"
            if person and (after or before) and words.sentence[i] == words.sentence[i + 1 if after else i - 1]:
                continue
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


def _table_phrase(words: Words, m: Match) -> Phrase:
    head = words.head_of(m.start, m.end)
    return Phrase("table", m.start, m.end, head, m.start, name=(m.start, m.end), match=m)


def _runs(words: Words, lexicon: Lexicon, taken: list[bool], noun_at: dict[int, Match]) -> list[Phrase]:
    """Runs of capitalised words that no table has: names of people, of bodies ("... Front") and of places."""
    phrases, i, n = [], 0, len(words)
    while i < n:
        if taken[i] or not _proper(words, i) or _is_title(noun_at.get(i)):
            i += 1
            continue
        j = noun_at[i].end if i in noun_at else i + 1
        while j < n and words.sentence[j] == words.sentence[i]:
            if not taken[j] and _proper(words, j) and not _is_title(noun_at.get(j)):
                j = noun_at[j].end if j in noun_at else j + 1
            elif _joins(words, taken, noun_at, i, j):
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


def _proper(words: Words, i: int) -> bool:
    if not words.upper(i) or words.entity[i] in NOT_ACTORS:
        return False
    tag = words.tag[i]
    if tag in ("NNP", "NNPS"):
        return True
    if tag in ("PRP", "PRP$", "DT", "IN", "CC", "WP", "WRB", "RB", "MD", "WDT", "UH", "EX", "TO", "VBD", "VBZ", "VBP", "CD"):
        return words.entity[i] in ("PERSON", "ORG") and i != words.first[i] and tag not in ("DT", "IN", "PRP", "CC", "WP")
    return i != words.first[i] or words.entity[i] in ("PERSON", "ORG")


def _is_title(match: Match | None) -> bool:
    """Whether the noun is one that stands before names: an office, or a noun for a person."""
    if match is None:
        return False
    return match.term.kind == "office" or any(r.kind == "person" for r in match.rows(Agent))  # type: ignore[attr-defined]


def _joins(words: Words, taken: list[bool], noun_at: dict[int, Match], start: int, j: int) -> bool:
    """Whether word j joins a run to the word after it: a hyphen, a particle, "People's Army"."""
    if j + 1 >= len(words) or words.sentence[j + 1] != words.sentence[start]:
        return False
    after = words.upper(j + 1) and not taken[j + 1] and words.entity[j + 1] not in NOT_ACTORS
    word = words.folded[j]
    if not after:
        return False
    if word in ("-", "‐", "–") and words.token[j + 1] == words.token[j] + 1 == words.token[j - 1] + 2:
        return True
    if word in PARTICLES or (word == "&"):
        return True
    if word in ("'s", "'") and words.folded[j - 1].endswith(("people", "s", "men", "women")):
        last = noun_at.get(j + 1) or noun_at.get(j + 2)
        return last is not None and not _is_title(last)
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
    if j - i > 1:
        for k in range(j - 1, max(i, bodies[-1] if bodies else i), -1):
            if (term := lexicon.bodies.get(words.folded[k])) is not None:
                noun_at, bodies = {**noun_at, k: Match(k, k + 1, term)}, [k]
                break
    if not bodies:
        return [Phrase("name", i, j, words.head_of(i, j), i, name=(i, j))]
    cut = bodies[-1] + 1
    noun = noun_at[bodies[-1]]
    if words.folded[bodies[-1]] in OF_SOMEBODY and noun.start - i in (1, 2) and cut == j:
        return [Phrase("name", i, noun.start, words.head_of(i, noun.start), i, name=(i, noun.start))]
    if cut == j:
        cut = j = _continued(words, taken, j)
    if noun.start <= i and cut == bodies[-1] + 1:
        found = []  # A capitalised common noun alone ("the Army"): an agent, found with the other nouns.
    else:
        found = [Phrase("body", i, cut, words.head_of(i, cut), i, name=(i, cut), noun=noun)]
    if cut < j:
        found.append(Phrase("name", cut, j, words.head_of(cut, j), cut, name=(cut, j)))
    return found


def _continued(words: Words, taken: list[bool], j: int) -> int:
    """The end of a body's name that goes on after "of", "for" or "on": "Front for the Liberation of Torland"."""
    n = len(words)
    while j + 1 < n and words.folded[j] in ("of", "for", "on") and words.sentence[j + 1] == words.sentence[j - 1]:
        k = j + 1
        if words.folded[k] in ("the", "all"):
            k += 1
        if k >= n or not words.upper(k) or words.entity[k] in ("DATE", "PERSON"):
            break
        while k < n and (words.upper(k) or ((words.folded[k] in ("and", "&") and k + 1 < n and words.upper(k + 1)
                         and words.folded[j] != "of") or (words.folded[k] == "and" and k + 1 < n
                         and words.entity[k] == "ORG" == words.entity[k + 1]))):  # fmt: skip
            if words.entity[k] in NOT_ACTORS:
                break
            k += 1
        if taken[k - 1] and k - 1 == j + 1 and words.folded[j] != "of":
            break
        j = k
    return j


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
            if match is None or match.term.plural or not _is_title(match) or words.sentence[k] != words.sentence[p.start]:
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


def _speaking_nouns(words: Words, saying: frozenset[str], covered: set[int], in_name: set[int]) -> list[Phrase]:
    """Nouns of no table that stand for a person: they speak ("the founder said"), or follow a name and a comma."""
    found = []
    named = {words.head[k] for k in in_name if words.dep[k] == "appos"}
    for i, dep in enumerate(words.dep):
        if words.tag[i] not in ("NN", "NNS") or i in covered or i in in_name or words.quoted[i]:
            continue
        speaks = dep in ("nsubj", "nsubjpass") and words.lemma[words.head[i]] in saying
        beside = dep == "appos" and words.head[i] < i and words.head[i] in in_name and words.tag[i] == "NN"
        word = words.folded[i].removesuffix("s")
        person = word.endswith(PERSON_ENDINGS) and word not in NOT_PERSONS and not word.endswith("ment")
        if person and (speaks or beside or i in named):
            found.append(Phrase("agent", i, i + 1, i, i, former=word == "predecessor"))
        elif (beside or i in named) and words.tag[i] == "NN":
            found.append(Phrase("agent", i, i + 1, i, i, tentative=True))
    return found


def _widen(words: Words, p: Phrase, ends: dict[int, Phrase]) -> None:
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
        if tag in ("DT", "WP$", "PDT"):
            p.determiner = words.folded[k]
            j = k
            break
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
        if tag in NOMINAL and words.head[k] <= k and words.tag[j] != "POS":
            break
        if tag == "VBG" and words.dep[k] != "amod":
            break
        if tag == "PRP$":
            p.determiner = words.folded[k]
            j = k
            break
        j = k
    p.start = j


def _link(words: Words, phrases: list[Phrase]) -> None:
    ends: dict[int, Phrase] = {}
    for p in phrases:
        kept = ends.get(p.end)
        if kept is None or p.start < kept.start:
            ends[p.end] = p
    cores = sorted(phrases, key=lambda p: p.core)
    for p in cores:
        if not p.modifier:
            _inner_links(words, p, cores, ends)
        elif p.form == "agent":
            _modifier_links(words, p, ends)
    starts: dict[int, Phrase] = {}
    for p in phrases:
        kept = starts.get(p.start)
        if kept is None or p.end > kept.end:
            starts[p.start] = p
    heads = {p.head: p for p in reversed(phrases) if not p.modifier}
    for p in phrases:
        _outer_links(words, p, starts)
        _leader_links(words, p, heads)


def _inner_links(words: Words, p: Phrase, cores: list[Phrase], ends: dict[int, Phrase]) -> None:
    """Links within the noun phrase: its possessor and its modifiers."""
    possessive = max((k for k in range(p.start, p.core) if words.tag[k] == "POS"), default=-1)
    if possessive > 0 and (owner := ends.get(possessive)) is not None and owner is not p:
        p.links.append(("possessor", owner))
        p.start = min(p.start, owner.start)
    low, high = max(p.start, possessive + 1), p.end if p.form == "body" else p.core
    for q in cores:
        if q is p or q.core < low:
            continue
        if q.core >= high:
            break
        if q.end <= high and not q.backs:
            p.links.append(("modifier", q))
    _joint_modifiers(words, p, ends)


def _modifier_links(words: Words, p: Phrase, ends: dict[int, Phrase]) -> None:
    """Links of a noun that is itself a modifier: "Philippine" in "a Philippine government demand"."""
    p.determiner = "the"
    possessive = p.start > 1 and words.tag[p.start - 1] == "POS"
    q = ends.get(p.start - 1 if possessive else p.start)
    if q is not None and q.form in ("table", "name", "body"):
        p.links.append(("possessor" if possessive else "modifier", q))


def _only_backs(words: Words, q: Phrase) -> bool:
    """Whether the phrase only says who backs another: "Torlish" in "Torlish-backed rebels"."""
    k = q.end
    if k + 1 < len(words) and words.text[k] in ("-", "–", "‑"):
        k += 1
    return k < len(words) and (words.folded[k] in BACKED or words.folded[k].split("-")[-1] in BACKED)


def _joint_modifiers(words: Words, p: Phrase, ends: dict[int, Phrase]) -> None:
    """ "Russian and Ukrainian officials": the modifiers before "and" count too."""
    if not p.plural and not (p.form == "agent" and words.tag[p.head] == "NNS"):
        return
    k = p.start
    others: list[Phrase] = []
    if not any(relation == "modifier" and q.core == k for relation, q in p.links):
        return
    while k - 1 > 0 and words.folded[k - 1] in ("and", ",") and (q := ends.get(k - 1)) is not None and q.form != "agent":
        if words.sentence[q.start] != words.sentence[p.start] or (q.determiner and words.folded[k] in ("the", "a", "an")):
            break
        if not any(relation == "modifier" for relation, _ in p.links):
            break
        others.insert(0, q)
        k = q.start
    if others and any(words.folded[q.end] == "and" for q in others):
        p.joint = others + [q for relation, q in p.links if relation == "modifier"][:1]
        p.start = others[0].start


def _leader_links(words: Words, p: Phrase, heads: dict[int, Phrase]) -> None:
    """Links by a verb of leading: "Tarn, who heads the delegation", "the front, led by Tarn"."""
    if p.name is None:
        return
    above = words.head[p.head]
    if words.dep[p.head] == "pobj" and words.folded[above] == "by":
        verb = words.head[above]
        if words.lemma[verb] in LEADING and words.dep[verb] in ("acl", "relcl", "partmod", "advcl"):
            led = heads.get(words.head[verb])
            if led is not None and led is not p:
                p.links.append(("of", led))
        return
    for k in range(p.end, min(p.end + 4, len(words))):
        if words.folded[k] == "who" and words.lemma[words.head[k]] in LEADING and words.dep[words.head[k]] == "relcl":
            verb = words.head[k]
            led = next((heads[i] for i in range(verb, min(verb + 8, len(words))) if words.head[i] == verb and words.dep[i] == "dobj"
                        and i in heads), None)  # fmt: skip
            if led is not None:
                p.links.append(("of", led))


def _outer_links(words: Words, p: Phrase, starts: dict[int, Phrase]) -> None:
    """Links after the noun: "spokesman for the ministry", "officials from A and B", "the government of X"."""
    n = len(words)
    k = p.end
    if k + 1 >= n or p.modifier or words.sentence[k] != words.sentence[p.head]:
        return
    preposition = words.folded[k]
    allowed = OWNERS if p.form == "agent" else ("of",)
    if preposition not in allowed or (p.form == "table" and p.kind_of_match != "person"):
        return
    q = starts.get(k + 1)
    if q is None or q is p:
        return
    if preposition == "to":
        p.end = q.end if any(o.role in SENT_TO for o in p.offices()) else p.end
        return
    if preposition in ("from", "with") and not p.person_like:
        return
    relation: Relation = "place" if preposition in ("in", "at", "on") else "of"
    p.links.append((relation, q))
    if relation == "place":
        return
    p.end = q.end
    if relation == "of" and q.form != "agent" and (p.plural or (p.form == "agent" and words.tag[p.head] == "NNS")):
        listed = _listed(words, q, starts)
        if len(listed) > 1:
            p.joint, p.end = listed, listed[-1].end


def _listed(words: Words, q: Phrase, starts: dict[int, Phrase]) -> list[Phrase]:
    """The names that commas and "and" join to this one: "Torland, Velmia and Karvo"."""
    listed, closed = [q], False
    while not closed:
        k = listed[-1].end
        if k + 1 < len(words) and words.text[k] == "," and words.folded[k + 1] == "and":
            k += 1
        if k + 1 >= len(words) or words.folded[k] not in (",", "and"):
            break
        closed = words.folded[k] == "and"
        following = starts.get(k + 1)
        if following is None or following.form == "agent" or words.sentence[following.start] != words.sentence[q.start]:
            break
        listed.append(following)
    return listed if closed and len(listed) > 1 and words.folded[listed[-1].start - 1] == "and" else [q]
