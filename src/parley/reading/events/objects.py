"""On whom an act is done: the actors that a verb or noun of action leads to, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from parley.reading.events.arguments import Arguments, Part
from parley.reading.events.tree import Tree

if TYPE_CHECKING:
    from parley.knowledge.rows import EventWord

TARGET_LINKS = tuple(
    "with on upon against to at into from of toward towards for over between regarding concerning about in near around by "
    "outside inside across along off through among".split()
)
"""Prepositions whose noun may be acted on, the likeliest first; behind any other nobody is."""
SENDING = frozenset(("REQUEST", "AGREE", "REJECT", "THREATEN", "AID", "MOBILIZE", "CONSULT"))
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REJECT"))
"""Types that are done to whoever did what their object names ("condemned the shelling by")."""
PARTICLES = frozenset(("out", "up", "down", "away", "back"))
BEYOND = frozenset(("of", "from", "to", "with", "against"))
AIMED = frozenset(("ACCUSE", "PROTEST", "ASSAULT", "THREATEN", "SANCTION"))
"""Types in which "against" leads to the one acted on before any other word does."""
VENUES = frozenset(("in", "at", "near", "inside", "across", "within", "around", "outside"))
MOVING = frozenset(("MOBILIZE", "AID", "RETREAT", "SANCTION", "COOPERATE"))
"""Types whose object is moved, given or let go ("withdrew troops from"), and not the one acted on where there is another."""
THERE = frozenset(("AID", "RETREAT", "COERCE", "ASSAULT", "MOBILIZE", "SANCTION", "CONCEDE"))
"""Types that are done to the state in which they are done, where nobody else is named ("bombed a power station in")."""
VISIT = "042"
DIRECT, BEHIND, CLAUSE, WITHIN, PLACE, ASIDE, SENT = range(7)
"""Tiers: acted on directly; behind a preposition; in the clause of what is meant; deeper; where; aside; what is sent."""

Ranked = tuple[tuple[int, int], int]


def acted_on(arguments: Arguments, verb: int, rows: list[EventWord], skip: frozenset[str]) -> list[Part]:
    """Those that may be acted on by a verb with these rows, the likeliest first; none of `skip`, who acts."""
    tree, type = arguments.tree, rows[0].type if rows else ""
    means = frozenset(rows[0].objects) if type in MOVING and not tree.among(verb, "expel") else frozenset[str]()
    direct = _direct(tree, verb)
    sent = {h for h in direct if tree.lemma[h] in means or (type in SENDING and tree.among(h, "moved"))}
    if tree.among(verb, "hand-over") and any(tree.low[link] == "to" for link in tree.kids(verb, "prep", "dative")):
        sent |= set(direct)
    ranked: list[Ranked] = [((SENT if h in sent else DIRECT, 0), h) for h in direct]
    moved = tree.classes["moved"] | means if type in SENDING | MOVING else frozenset[str]()
    for head in direct:
        inside = _inside(tree, head, judging=type in JUDGING)
        ranked += [
            ((SENT, 0) if tree.lemma[noun] in moved or (type in SENDING and _returned(tree, noun)) else place, noun)
            for place, noun in inside
        ]
    met, visit = type == "CONSULT", any(row.cameo == VISIT for row in rows[:2])
    linked = _linked(tree, verb)
    for rank, noun in linked:
        aimed = type in AIMED and tree.low[tree.head[noun]] == "against"
        ranked.append(((DIRECT if met and rank == 0 else BEHIND, -1 if aimed else rank), noun))
    for _, noun in linked:
        ranked += [((WITHIN, rank), n) for (_, rank), n in _inside(tree, noun, judging=False)]
    ranked += _in_clauses(tree, verb)
    venues = type in THERE or visit
    parts = _parts(arguments, ranked, skip, venues=venues)
    if visit:
        parts.sort(key=lambda part: part.tier != PLACE)
    if (
        not venues
        and not parts
        and type != "CONSULT"
        and not tree.classes["meet"] & {tree.lemma[i] for i in tree.below(verb)}
    ):
        parts = [p for p in _parts(arguments, ranked, skip, venues=True) if tree.low[p.last - 1] not in arguments.seats]
    ours = {arguments.sides.get(actor, actor) for actor in skip}

    lands = {arguments.countries.get(actor) for actor in skip} - {None}

    def own(part: Part) -> bool:
        return all(arguments.sides.get(actor, actor) in ours for actor in part.actors)

    def ours_to_send(part: Part) -> bool:
        return own(part) or all(arguments.countries.get(actor) in lands for actor in part.actors)

    return sorted([p for p in parts if p.tier != SENT or not ours_to_send(p)], key=own)


def _returned(tree: Tree, noun: int) -> bool:
    """Whether somebody is only named as those who are to be let go or sent back ("the return of children")."""
    link = tree.head[noun]
    return tree.low[link] == "of" and tree.among(tree.head[link], "return")


def _direct(tree: Tree, verb: int) -> list[int]:
    """What a verb acts on without a preposition."""
    heads = list[int]()
    if tree.passive(verb) and (own := tree.subject(verb)) is not None:
        heads.append(own)
    elif tree.dep[verb] == "relcl":
        own = tree.child(verb, "nsubj")
        heads += [tree.head[verb]] if own is not None and tree.low[own] not in ("who", "which", "that") else []
    return [*heads, *tree.kids(verb, "dative", "dobj", "attr", "oprd")]


def _linked(tree: Tree, token: int) -> list[tuple[int, int]]:
    """The nouns behind the prepositions of a verb or noun, each with the rank of its preposition."""
    found = list[tuple[int, int]]()
    for link in tree.kids(token, "prep", "prt", "dative"):
        if tree.low[link] not in TARGET_LINKS:
            further = tree.kids(link, "prep") if tree.low[link] in PARTICLES else []  # "pull out of"
            found += [(0, noun) for deeper in further if tree.low[deeper] in BEYOND for noun in tree.kids(deeper, "pobj")]
            continue
        rank = TARGET_LINKS.index(tree.low[link])
        nouns = tree.kids(link, "pobj")
        for deeper in tree.kids(link, "prep"):
            nouns += tree.kids(deeper, "pobj")
        for clause in tree.kids(link, "pcomp"):
            nouns += tree.kids(clause, "dobj") + [n for _, n in _linked(tree, clause)]
        found += [(rank, noun) for noun in nouns if not tree.among(noun, "grounds")]
    return sorted(found, key=lambda pair: pair[0])


def _inside(tree: Tree, head: int, *, judging: bool) -> list[Ranked]:
    """Nouns within a noun phrase that may be meant: its possessor, behind its prepositions, then one step deeper."""
    found: list[Ranked] = [((BEHIND, -1), noun) for one in tree.joined(head) for noun in tree.kids(one, "poss")]
    for one in tree.joined(head):
        for rank, noun in _linked(tree, one):
            doer = tree.low[tree.head[noun]] == "by"
            found.append(((BEHIND, -1 if doer and judging else rank), noun))
            for deeper, n in _linked(tree, noun):
                found.append(((WITHIN, -1 if judging and tree.low[tree.head[n]] == "by" else deeper), n))
            found += [((WITHIN, 0), n) for n in tree.kids(noun, "poss")]
        for clause in tree.kids(one, "acl"):
            if tree.tag[clause] == "VBN":
                found += [((WITHIN, rank), n) for rank, n in _linked(tree, clause)]
                found += [((WITHIN, 0), n) for link in tree.kids(clause, "agent") for n in tree.kids(link, "pobj")]
        found += [((WITHIN, 0), n) for n in tree.kids(one, "appos")]
    return found


def _in_clauses(tree: Tree, verb: int) -> list[Ranked]:
    """Nouns in the clauses of what is asked, meant or done by the act, in their order there."""
    clauses = tree.kids(verb, "ccomp", "xcomp", "advcl")
    clauses += [c for word in tree.kids(verb, "acomp", "attr") for c in tree.kids(word, "xcomp", "ccomp")]
    clauses += [c for thing in tree.kids(verb, "dobj") for c in tree.contents(thing) if tree.dep[c] == "acl"]
    found: list[Ranked] = []
    for clause in clauses:
        aside = tree.dep[clause] == "advcl"
        if aside and any(tree.low[c] in ("unless", "if") for c in tree.kids(clause, "mark")):
            found += [((ASIDE, 0), noun) for noun in tree.kids(clause, "nsubj")]  # of whom something is demanded
            continue
        if aside and (tree.tag[clause] not in ("VBG", "VB") or tree.child(clause, "nsubj") is not None):
            continue
        heads = _of_clause(tree, clause)
        for deeper in tree.kids(clause, "xcomp", "ccomp"):
            heads += _of_clause(tree, deeper)
        for order, head in enumerate(heads):
            sent = tree.among(head, "moved") and tree.dep[head] == "dobj"
            found.append(((SENT if sent else ASIDE if aside else CLAUSE, order), head))
    return found


def _of_clause(tree: Tree, clause: int) -> list[int]:
    heads = tree.kids(clause, "nsubj", "nsubjpass", "dative", "dobj")
    for head in list(heads):
        heads += [noun for _, noun in _linked(tree, head)] + tree.kids(head, "poss")
    linked = [noun for _, noun in _linked(tree, clause)]
    return heads + linked + [n for noun in linked for _, n in _linked(tree, noun)]


def _parts(arguments: Arguments, ranked: Iterable[Ranked], skip: frozenset[str], *, venues: bool) -> list[Part]:
    """The actors of these nouns, nearest first; a noun that is itself an actor before one that only has an actor within."""
    tree = arguments.tree

    def order(item: Ranked) -> tuple[int, bool, int]:
        (tier, rank), noun = item
        place = tree.low[tree.head[noun]] in VENUES and tree.dep[noun] == "pobj"
        inner = arguments.named(noun) is None
        return (max(tier, PLACE) if place else tier, inner and not _led_to(tree, noun), rank)

    parts: list[Part] = []
    for item in sorted(ranked, key=order):
        noun, tier = item[1], order(item)[0]
        part = arguments.part(noun) or (arguments.land(noun) if venues or _led_to(tree, noun) else None)
        actors = tuple(a for a in part.actors if a not in skip) if part is not None else ()
        if part is not None and actors and not any(actors == p.actors for p in parts):
            parts.append(Part(actors, part.first, part.last, tier))
    return parts


def _led_to(tree: Tree, noun: int) -> bool:
    """Whether a noun is where something goes or comes from, and not only where it happens."""
    return tree.low[tree.head[noun]] not in VENUES


def sides_of_noun(arguments: Arguments, noun: int, *, venues: bool) -> tuple[Part | None, Part | None]:
    """Agent and object of a noun of action: "Israel's shelling of", "an attack by X on Y", "talks between A and B"."""
    tree = arguments.tree
    agent: Part | None = None
    object_: Part | None = None
    for child in tree.kids(noun, "poss", "amod", "compound", "nmod"):
        if child < noun and agent is None and (m := arguments.named(child)) is not None:
            agent = Part(m.actors, min(m.start, child), max(m.end, child + 1))
    ranked: list[Ranked] = []
    for link in tree.kids(noun, "prep", "agent"):
        for pobj in tree.kids(link, "pobj"):
            doer = tree.low[link] == "by" or (tree.low[link] == "of" and tree.among(noun, "of-agent"))
            if doer and agent is None:
                agent = arguments.part(pobj)
                ranked += [((WITHIN, rank), n) for rank, n in _linked(tree, pobj)]
            elif tree.low[link] == "between":
                agent, object_ = arguments.split(pobj)
            elif tree.low[link] in TARGET_LINKS:
                ranked.append(((BEHIND, TARGET_LINKS.index(tree.low[link])), pobj))
                ranked += [((WITHIN, rank), n) for rank, n in _linked(tree, pobj)]
    for clause in tree.contents(noun):
        ranked += [((CLAUSE, order), head) for order, head in enumerate(_of_clause(tree, clause))]
    if agent is None and tree.among(noun, "of-both"):
        return None, None
    if object_ is None and agent is not None:
        parts = _parts(arguments, ranked, frozenset(agent.actors), venues=venues)
        object_ = parts[0] if parts else None
    return agent, object_
