"""Where a contact was or is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.talks.clauses import is_verb
from parley.reading.talks.contacts import Contact
from parley.reading.talks.scene import PLACE_LABELS, Scene, heads_of, name_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def names_venue(child: Token, contact: Contact, scene: Scene) -> bool:
    """Whether a city before the noun names where it is held: "the Abuja talks"."""
    beside_hyphen = child.i + 1 < len(child.doc) and child.nbor(1).text in ("-", "–")
    acting = scene.reading.mentions.at(child.i) is not None
    town = child.text in scene.towns or (child.ent_type_ in ("GPE", "FAC") and not acting)
    if (
        child.dep_ in ("compound", "nmod", "amod")
        and child.tag_ == "NNP"
        and town
        and not beside_hyphen
        and not any(c.dep_ in ("compound", "punct", "conj") for c in child.children)
    ):
        contact.venue_guess = contact.venue_guess or name_of(child)
        return True
    return False


def place_of(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The place that the clause of a contact names, the nearest to its words first."""
    roots = [token, *heads_of(token, scene)]
    if contact.verb is not None and contact.verb != token.i:
        roots.append(scene.tokens[contact.verb])
    for root in roots:
        for child in [*root.children, *_under_days(root)]:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "near", "outside"):
                for inner in child.children:
                    if (name := _place_under(inner, scene)) is not None:
                        return name
            if child.dep_ == "advmod" and child.lower_ == "here" and (home := _dateline_place(scene.reading)):
                return home
            if child.dep_ in ("acl", "relcl") and is_verb(child) and (name := _place_of_verb(child, scene)) is not None:
                return name
    return _outer_place(contact, token, scene) or _loose_place(contact, token, scene)


def _under_days(root: Token) -> list[Token]:
    """What the parse hung on the day: "will be held on March 3 in Rome"."""
    days = [g for c in root.children if c.dep_ == "prep" for g in c.children if g.ent_type_ == "DATE"]
    return [c for day in days for c in day.children if c.i > day.i]


def _place_of_verb(verb: Token, scene: Scene) -> str | None:
    """The place of a clause: "held in Rome"; with a verb of travel, where it leads: "flew to Rome"."""
    leads = verb.lemma_.lower() in scene.words.classes["travel"]
    for child in verb.children:
        if child.dep_ == "prep" and (child.lower_ in ("in", "at") or (leads and child.lower_ in ("to", "for"))):
            for inner in child.children:
                if (name := _place_under(inner, scene)) is not None:
                    return name
    return None


def _outer_place(contact: Contact, token: Token, scene: Scene) -> str | None:
    """The place that the clause above leads to: "flew to Rome to meet", "a visit to Rome where he met"."""
    verb = scene.tokens[contact.verb] if contact.verb is not None else None
    if verb is None:
        return None
    if verb.lemma_.lower() in scene.words.classes["travel"] and (name := _place_of_verb(verb, scene)) is not None:
        return name
    above = verb.head
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children) and above.ent_type_ in PLACE_LABELS:
        return name_of(above)
    if verb.dep_ in ("advcl", "xcomp") and above.lemma_.lower() in scene.words.classes["travel"]:
        return _place_of_verb(above, scene)
    return None


def _loose_place(contact: Contact, token: Token, scene: Scene) -> str | None:
    """A place that the parse hung on somebody who took part: "met on Monday with the envoy, a lawyer, in Rome"."""
    for other in token.doc[token.i + 1 : min(token.i + 25, token.sent.end)]:
        if other.i != token.i and (other.lemma_.lower() in scene.words.nouns or (is_verb(other) and other.dep_ != "amod")):
            return None
        if other.lower_ in ("in", "at") and other.dep_ == "prep":
            for inner in other.children:
                if inner.ent_type_ in PLACE_LABELS and inner.pos_ == "PROPN" and not _is_region(inner, scene):
                    return name_of(inner)
    return None


def _place_under(token: Token, scene: Scene) -> str | None:
    """The place that a phrase names: "Doha", "the Qatari capital Doha", "a hotel in Geneva"."""
    if _is_region(token, scene):
        return None
    if token.ent_type_ in PLACE_LABELS and token.pos_ == "PROPN":
        return name_of(token)
    if token.pos_ == "PROPN" and token.text in scene.lands:
        return str(token.text)
    if token.lemma_.lower() == "capital" and (town := _capital_named(token, scene)):
        return town
    if token.text in scene.towns:
        return str(token.text)
    for child in token.children:
        if child.dep_ in ("appos", "compound") and child.ent_type_ in PLACE_LABELS:
            return name_of(child)
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "at", "near", "outside"):
            for inner in child.children:
                if inner.ent_type_ in PLACE_LABELS:
                    return name_of(inner)
    return None


def _is_region(token: Token, scene: Scene) -> bool:
    """Whether a name is of a region that talks are about: "peace in the Middle East"."""
    return name_of(token).lower() in scene.words.classes["regions"]


def _capital_named(token: Token, scene: Scene) -> str | None:
    """The town that "the Qatari capital" means, where its name does not stand beside it."""
    beside = [c.i for c in token.children if c.dep_ in ("amod", "poss", "compound")]
    named = any(c.dep_ == "compound" and c.text in scene.towns for c in token.children)
    if named or any(c.dep_ == "appos" for c in token.children):
        return None
    parties = scene.parties(scene.mentions(beside))
    return next((town for town, state in scene.towns.items() if parties and state == parties[0]), None)


def _dateline_place(reading: Reading) -> str | None:
    """The town that a dateline names: the capitals that open one of the first paragraphs."""
    for paragraph in reading.paragraphs[:3]:
        words: list[str] = []
        for token in reading.tokens[paragraph.first : paragraph.last]:
            if token.text.isupper() and token.is_alpha:
                words.append(token.text.capitalize())
            else:
                break
        following = (
            reading.tokens[paragraph.first + len(words)].text if paragraph.first + len(words) < paragraph.last else ""
        )
        if words and following in (",", "(", "-", "–", "—", ":"):
            return " ".join(words)
    return None
