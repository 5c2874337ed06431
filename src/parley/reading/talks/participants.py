"""Who took part in a contact, and who helped others to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from parley.reading.talks.clauses import OBJECTS, SUBJECTS, above, act_of, is_verb, lemma_with_particle, subject_of
from parley.reading.talks.contacts import Contact
from parley.reading.talks.scene import PLACE_LABELS, Scene, heads_of, name_of, subtree, without
from parley.reading.talks.venue import names_venue

if TYPE_CHECKING:
    from spacy.tokens import Token


def take_part_in_verb(contact: Contact, verb: Token, scene: Scene) -> None:
    """Set those whom the verb of a contact joins: its subject, its object, and who stands after "with"."""
    frame = (scene.words.verbs.get(verb.lemma_.lower()) or scene.words.verbs[lemma_with_particle(verb)])[1]
    names: list[str] = []
    subject = subject_of(verb)
    if subject is not None:
        names += scene.parties(scene.mentions(subtree(subject, scene)))
    names += scene.parties(scene.mentions([i for c in _beside_subject(verb) for i in subtree(c, scene)]))
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if frame == "visit" and objects and objects[0].ent_type_ in PLACE_LABELS:
        contact.place = name_of(objects[0])
        names += _host_of(objects[0], scene)
    if frame == "arrive":
        goal = next(g for c in verb.children if c.lower_ in ("in", "to") for g in c.children if g.ent_type_ == "GPE")
        contact.place = name_of(goal)
        if not any(t.lemma_.lower() in scene.words.nouns for t in verb.subtree):
            names += _host_of(goal, scene)
    for child in verb.children:
        beside = child.dep_ == "prep" and (
            child.lower_ in ("with", "between", "by") or (child.lower_ == "to" and frame == "speak")
        )
        if child.dep_ in OBJECTS and frame == "discuss":  # what is discussed takes no part; who stands after "with" does
            with_whom = [g for g in child.children if g.lower_ == "with"]
            names += scene.parties(scene.mentions([i for g in with_whom for i in subtree(g, scene)]))
        elif beside or child.dep_ in (*OBJECTS, "agent"):
            names += scene.parties(scene.mentions(subtree(child, scene)))
    contact.participants = without(names, ())
    _leave_unnamed(contact, verb, scene)


def _leave_unnamed(contact: Contact, verb: Token, scene: Scene) -> None:
    """Take back parties guessed for people of no name: "both leaders", or "officials" named after the place alone.

    Who "both leaders" are and whose officials are meant, the sides of the text tell (`sides`).
    """
    here = {c for c in verb.children if c.dep_ in (*OBJECTS, *SUBJECTS)}
    here |= {g for c in verb.children if c.dep_ == "prep" and c.lower_ == "with" for g in c.children}
    for token in here:
        if token.tag_ not in ("NN", "NNS") or any(t.pos_ == "PROPN" or t.ent_type_ == "NORP" for t in token.subtree):
            continue
        own = set(scene.parties(scene.mentions(subtree(token, scene))))
        paired = any(c.lower_ in ("both", "two") for c in token.children) and token.lemma_ in scene.words.classes["both"]
        by_place = {scene.towns.get(name_of(g)) for c in [*verb.children, *token.children] if c.dep_ == "prep"
                    for g in c.children if g.ent_type_ in PLACE_LABELS}  # fmt: skip
        guessed = own if paired else own & by_place
        official = token.lemma_ in scene.words.classes["officials"] and not own - by_place
        if paired or guessed or official:
            contact.unnamed = True
            contact.participants = without(contact.participants, guessed)


def _beside_subject(verb: Token) -> list[Token]:
    """Those whom an opening phrase joins to the subject: "Together with its allies, Chad met ..."."""
    return [g for c in verb.children if c.dep_ == "advmod" and c.lower_ in ("together", "alongside") for g in c.children]


def take_part_in_noun(contact: Contact, noun: Token, scene: Scene) -> None:
    """Set those whom the noun of a contact joins: "between A and B", "A's talks with B", and who holds or attends it."""
    names: list[str] = []
    for at in [noun, *heads_of(noun, scene)]:
        for child in at.children:
            if child.dep_ in ("amod", "compound", "nmod", "poss") and child.i < at.i:
                if not names_venue(child, contact, scene):
                    names += scene.parties(scene.mentions(subtree(child, scene)))
            elif (child.dep_ == "prep" and child.lower_ in scene.words.classes["together"] and child.lower_ != "by") or (
                child.dep_ == "acl" and child.lower_ == "involving"
            ):
                names += scene.parties(scene.mentions([*subtree(child, scene), *_cut_off(child)]))
    proposed_for_others = contact.act in ("propose", "weak") and len(without(names, ())) >= 2
    for at in [noun, *heads_of(noun, scene)]:
        if at.dep_ == "pobj" and at.head.lower_ in ("to", "at", "in") and at.head.head.pos_ in ("NOUN", "PROPN"):
            sent = [i for i in subtree(at.head.head, scene) if i < at.head.i]
            names += scene.parties(scene.mentions(sent))
    if contact.verb is not None and not proposed_for_others:
        names += _of_predicate(contact, noun, scene.tokens[contact.verb], scene)
    if noun.lemma_ in ("visit", "trip"):
        names += _of_visit(contact, noun, scene)
    if len(without(names, ())) < 2:
        names += _between(noun, scene)
    contact.participants = without(names, ())


def _cut_off(preposition: Token) -> list[int]:
    """The second of two that the parse took for the subject: "a summit between A and B is planned"."""
    for first in preposition.children:
        joined = next((c for c in first.children if c.dep_ == "cc"), None)
        if first.dep_ != "pobj" or joined is None or any(c.dep_ == "conj" for c in first.children):
            continue
        verb = above(preposition)
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS] if verb is not None else []
        return [t.i for c in subjects if c.left_edge.i == joined.i + 1 for t in c.subtree]
    return []


def _of_visit(contact: Contact, noun: Token, scene: Scene) -> list[str]:
    """The state visited, where the visitor is known."""
    place = next((g for c in noun.children if c.lower_ == "to" for g in c.children if g.pos_ == "PROPN"), None)
    if place is None:
        return []
    contact.place = name_of(place)
    return _host_of(place, scene)


def _host_of(place: Token, scene: Scene) -> list[str]:
    """The state that a visit goes to: the place's own party, or the state whose capital it is."""
    state = scene.towns.get(name_of(place))
    return [state] if state else list(scene.parties(scene.mentions([place.i])))


def _between(noun: Token, scene: Scene) -> list[str]:
    """The parties after "between" where the parse hung it elsewhere: "talks are under way in Basra between A and B"."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.lemma_.lower() in scene.words.nouns:
            return []
        if token.lower_ == "between":
            return list(scene.parties(scene.mentions(subtree(token, scene))))
    return []


_ARRANGING = ("cancel", "postpone")


def _of_talks(noun: Token, scene: Scene) -> bool:
    """Whether what a word describes are talks or what leads to them: nobody hosts a "Saudi-backed government"."""
    lemma = noun.lemma_.lower()
    words = scene.words
    return lemma in words.nouns or lemma in words.heads or lemma in words.classes["peace-works"] or is_verb(noun)


def _is_organisation(party: str, scene: Scene) -> bool:
    """Whether a party is a body of states, which calls off the talks of others."""
    return any(a.kind == "organisation" and party in (a.name, a.party) for a in scene.reading.actors)


def _of_predicate(contact: Contact, noun: Token, verb: Token, scene: Scene) -> list[str]:
    """The parties that a clause joins to a contact: who holds, begins, attends, proposes it."""
    names: list[str] = []
    lemma = verb.lemma_.lower()
    act = act_of(verb, scene.words)
    top = [noun, *heads_of(noun, scene)][-1]
    if top.dep_ == "pobj" and top.head.lower_ in ("after", "following", "during", "at", "in", "for", "to", "from"):
        act = "hold"
    subject = subject_of(verb)
    if act in ("weak", "refuse") and contact.definite:
        return names
    inside = subject is not None and (subject.i == noun.i or noun in subject.subtree)
    if subject is not None and scene.reading.mentions.at(subject.i) is None:
        subject = None
    takes_part = act in ("begin", "hold", "continue", "end", "fail", "agree", "propose", "schedule", "refuse", "cancel",
                         "postpone", "fruitless", "weak", "travel") and lemma not in scene.words.hosting  # fmt: skip
    if subject is not None and not inside:
        acting = scene.parties(scene.mentions(subtree(subject, scene)))
        if act in _ARRANGING and len(acting) == 1 and _is_organisation(acting[0], scene):
            contact.mediators, acting = (*contact.mediators, *acting), ()
        names += acting if takes_part or (len(acting) > 1 and lemma in scene.words.hosting) else ()
    if lemma == "invite":
        invited = _parties_of_object(verb, scene)
        if len(invited) > 1:
            contact.mediators, names = tuple(names), []
        names += invited
    if inside and lemma in ("involve", "include", "bring"):
        names += _parties_of_object(verb, scene)
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during", "at") and noun.head.i < verb.i:
        names += _parties_of_object(verb, scene)
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("with", "between", "among")
            and noun.i not in [t.i for t in child.subtree]
        ):
            names += scene.parties(scene.mentions(subtree(child, scene)))
    return names


def _parties_of_object(verb: Token, scene: Scene) -> tuple[str, ...]:
    return scene.parties(scene.mentions([i for c in verb.children if c.dep_ in OBJECTS for i in subtree(c, scene)]))


def of_outer_clauses(contact: Contact, scene: Scene) -> list[str]:
    """The parties of the clause that a contact's clause only continues: "A and B failed to come, ending the talks"."""
    verb = scene.tokens[contact.verb] if contact.verb is not None else None
    for _ in range(4):
        if verb is None or verb.dep_ not in ("advcl", "xcomp", "conj", "pcomp") or verb.head.i == verb.i:
            return []
        verb = verb.head
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            parties = scene.parties(scene.mentions(subtree(subject, scene)))
            return list(parties) if len(parties) > 1 else []
    return []


def is_internal(contact: Contact, token: Token, scene: Scene) -> bool:
    """Whether a single organisation meets by itself."""
    if contact.rule.startswith("verb") and any(c.dep_ in OBJECTS for c in token.children):
        return False
    if len(contact.participants) != 1 or contact.rule == "noun:call":
        return False
    kinds = {a.kind for a in scene.reading.actors if a.name == contact.participants[0] or a.party == contact.participants[0]}
    with_other = any(c.lower_ in ("with", "between", "among") for c in token.children)
    # "NATO leaders meet in Riga": the text may name an organisation by its people alone.
    body = "organisation" in kinds or (kinds == {"person"} and contact.rule.startswith("verb"))
    return body and not kinds & {"armed-group", "party", "government"} and not with_other


def mediators_of(contact: Contact, token: Token, scene: Scene, sentence: Iterable[Token]) -> list[str]:
    """The parties that mediate, host, broker or sponsor a contact by the words of its clause."""
    names: list[str] = []
    close = {t.i for t in token.subtree}
    close |= {t.i for t in scene.tokens[contact.verb].subtree} if contact.verb is not None else set()
    for other in sentence:
        if other.i not in close:
            continue
        low, lemma = other.lower_, other.lemma_.lower()
        if other.dep_ in ("amod", "compound", "nmod", "acl") and not _of_talks(other.head, scene):
            continue
        if "-" in low and low.rsplit("-", 1)[1] in scene.words.hosted:
            names += scene.state_named(other.text.rsplit("-", 1)[0])
        if low in scene.words.hosted and other.tag_ in ("VBN", "VBD"):
            agent = next((c for c in other.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
            if agent is not None:
                names += scene.parties(scene.mentions(subtree(agent, scene)))
            before = [t.i for t in other.lefts if t.ent_type_ or t.pos_ in ("PROPN", "ADJ")]
            if other.i >= 2 and scene.tokens[other.i - 1].text in ("-", "–"):
                back = other.i - (4 if scene.tokens[other.i - 2].text == ")" else 2)
                before += [i for i in (other.i - 2, other.i - 3, back) if i >= 0]
            names += scene.parties(scene.mentions(before)) if agent is None else []
        if lemma in scene.words.hosting and is_verb(other) and low not in ("led", "backed"):
            contact_inside = any(t.i == token.i for t in other.subtree)
            subject = next((c for c in other.children if c.dep_ == "nsubj"), None)
            if subject is None and (len(contact.participants) > 1 or other.dep_ in ("xcomp", "dep")) and other.tag_ != "VBN":
                subject = subject_of(other)
            if contact_inside and subject is not None and other.tag_ != "VBN":
                helping = scene.parties(scene.mentions(subtree(subject, scene)))
                names += () if set(helping) & set(contact.participants) and len(helping) > 1 else helping
        if lemma in scene.words.hosting and other.tag_ == "VBG" and other.dep_ in ("pcomp", "advcl", "acl"):
            helper = next((c for c in other.children if c.dep_ == "nsubj"), None)
            names += scene.parties(scene.mentions(subtree(helper, scene))) if helper is not None else []
        if lemma in scene.words.mediators and other.i != token.i and not is_verb(other):
            theirs = {t.i for c in other.children if c.dep_ == "poss" and c.pos_ == "PRON" for t in c.subtree}
            names += scene.parties(scene.mentions(i for i in subtree(other, scene) if i not in theirs))
            if other.dep_ == "pobj" and other.head.lower_ == "as":
                acting = next((c for c in other.head.head.children if c.dep_ in ("nsubj", "pobj")), None)
                names += scene.parties(scene.mentions(subtree(acting, scene))) if acting is not None else []
                led = next((t.i for t in reversed(other.doc[max(0, other.i - 12) : other.i]) if t.lower_ == "with"), None)
                names += scene.parties(scene.mentions(range(led + 1, other.head.i))) if led is not None else []
    return names
