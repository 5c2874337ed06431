"""From a topic to the party that wants or refuses it: a climb through the parse that turns at each word that turns.

The climb starts at the words that name an issue and follows them upward: operators ("lift", "an end to") keep or turn the
pole, words of wanting and refusing take it up, a negation turns it, a modal verb tells whether it is asked for or meant.
Where the climb meets somebody who holds it, it leaves a stance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.reading.positions.holders import FIRST_PERSON, Holders, Parties
from parley.reading.positions.lexicon import Lexicon, act_at, operator_at
from parley.reading.positions.syntax import SUBJECTS, Syntax
from parley.reading.positions.topics import Topic

# What verbs take a clause as the thing wanted, whatever its form ("demands that he leaves")
_ASKING = frozenset("demand urge propose suggest recommend request ask want prefer wish hope require call appeal order "
                    "offer plead beg favour favor desire advocate".split())  # fmt: skip
_INTENDING = frozenset("announce pledge promise vow agree threaten declare commit swear undertake decide guarantee plan "
                       "accept confirm offer".split())  # fmt: skip
# "does not want" refuses; "did not call for" tells nothing
_REFUSED_BY_NEGATION = frozenset("want accept agree support allow permit consent tolerate consider intend plan approve "
                                 "back favour favor need endorse see welcome offer prepare commit adopt seek envisage "
                                 "believe wish ready willing prepared open interested inclined acceptable possible "
                                 "conceivable legitimate desirable good".split())  # fmt: skip
_TELLING = frozenset("say tell state note add claim argue believe think maintain confirm warn write explain comment reply "
                     "respond remark assert contend insist stress emphasise emphasize underline underscore reiterate repeat "
                     "declare announce acknowledge admit indicate signal suggest tweet quote caution conclude deem consider "
                     "feel view make".split())  # fmt: skip
# "call for talks" wants them, "call talks useless" does not
_NEVER_OBJECT = frozenset("call appeal push insist long aim strive aspire lobby campaign look hope beg plead argue".split())
# "express support for", "make a demand for": the subject holds what the noun says
_LIGHT_VERBS = frozenset("make put issue renew repeat reiterate express voice show give have present submit table float "
                         "extend send raise restate signal state lay set deliver launch reveal unveil maintain hold take "
                         "adopt outline reach sign strike seal publish announce convey advance throw lend offer declare see "
                         "reaffirm announce note pledge promise".split())  # fmt: skip
_DISMISSING = frozenset("condemn denounce criticise criticize slam blast decry deplore dismiss regret mock downplay ignore "
                        "doubt".split())  # fmt: skip
_BLAME = frozenset("accuse blame criticise criticize fault suspect charge denounce condemn slam".split())
_HYPOTHETICAL = frozenset(
    ("if", "unless", "whether", "until", "till", "before", "once", "provided", "providing", "assuming")
)
_SOMETIMES_HYPOTHETICAL = frozenset(("when", "as", "while", "after", "where"))
_IN = frozenset("participate engage part interest interested join believe participation role involvement favour favor sit "
                "support involve engaged persist succeed".split())  # fmt: skip
_ONWARD = frozenset("go proceed continue move push press forge work ban moratorium limit restriction cut".split())
PROPOSALS = frozenset("proposal plan offer initiative idea deal formula blueprint draft roadmap suggestion overture package "
                      "framework outline agreement accord resolution bid scheme outcome".split())  # fmt: skip
_CONTAINS = frozenset("include contain involve provide entail comprise foresee stipulate see require mean cover feature "
                      "allow".split())  # fmt: skip
_GENERIC = frozenset("meeting summit conference contact encounter forum engagement engage meet".split())
_ENCOUNTERS = frozenset(("meet", "sit down", "sit at", "talk"))
_PRONOUNS = frozenset(("it", "they", "he", "she"))
_OWN_SIDE = frozenset("group movement organisation organization party side government country nation force army leadership "
                      "faction militia".split())  # fmt: skip
_COPULAS = frozenset("be seem remain become appear look sound stay".split())
_LIGHT_NOUNS = frozenset("idea possibility prospect notion principle question issue need form kind type part process "
                         "number hundred thousand dozen all some most any return wave set package series suggestion "
                         "concept hope talk discussion debate system way matter right point operation activity programme "
                         "program".split())  # fmt: skip


@dataclass(frozen=True)
class Stance:
    """One party's wanting (`sign` +1) or refusing (-1) of an issue's pole, with the words that show it."""

    parties: Parties
    topic: Topic
    sign: int
    act: str
    anchor: int
    path: tuple[int, ...]
    confidence: float
    rule: str
    condition: tuple[int, int] | None = None
    """Tokens of the condition, where the climb itself met it."""

    @property
    def issue(self) -> str:
        return self.topic.issue


@dataclass(frozen=True)
class Mentioned:
    """A topic within a clause of condition: the clause's verb or preposition, the word that opens it, the sign in it."""

    at: int
    word: str
    topic: Topic
    sign: int


@dataclass(frozen=True)
class _Step:
    """Where a climb stands: at a token, reached through a relation, with what the words below made of the topic."""

    at: int
    via: str
    sign: int
    needs_operator: bool
    frame: str = ""
    certainty: float = 1.0
    act: str = ""
    path: tuple[int, ...] = ()
    skip: bool = False


class Climb:
    """Finds the stances on the topics of one reading."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon, holders: Holders, topics: list[Topic]) -> None:
        self.syntax, self.lexicon, self.holders = syntax, lexicon, holders
        self.topic_heads = {t.head: t for t in topics}
        self.found: list[Stance] = []
        self.conditions: list[Mentioned] = []
        """What clauses of condition speak of."""

    def stances(self, topics: list[Topic]) -> list[Stance]:
        """Stances on each topic, in the order of the topics."""
        for topic in topics:
            self.topic = topic
            self._below()
            self._climb()
        for topic in self._recalled(topics):
            self.topic = topic
            self._climb()
        return self.found

    def _recalled(self, topics: list[Topic]) -> list[Topic]:
        """ "The plan", "it": nouns of proposing without words of their own stand for what was proposed last."""
        syntax, recalled = self.syntax, list[Topic]()
        heads = sorted(self.topic_heads)
        proposed = sorted((s for s in self.found if s.act in ("proposes", "offers", "demands", "calls-for")),
                          key=lambda s: (s.anchor, s.topic.head))  # fmt: skip
        for token, lemma in enumerate(syntax.lemma):
            noun = lemma in PROPOSALS and syntax.pos[token] == "NOUN" and syntax.dep[token] in ("dobj", "nsubjpass", "pobj")
            if not noun and not (syntax.low[token] == "it" and syntax.dep[token] == "nsubjpass"):
                continue
            first, last = syntax.edges(token)
            if any(first <= h < last for h in heads) or not self._answered(token):
                continue
            before = [s for s in proposed if s.anchor < token and s.topic.head < token and token - s.anchor < 150]
            for stance in before:
                if stance.anchor == before[-1].anchor:
                    recalled.append(replace(stance.topic, tokens=(token,), head=token, object=None, sign=stance.sign,
                                            needs_operator=False, words=f"{lemma} = {stance.topic.words}"))  # fmt: skip
        return recalled

    def _answered(self, token: int) -> bool:
        """Whether the noun is what a verb accepts or rejects."""
        syntax = self.syntax
        governor = syntax.head[token]
        if syntax.dep[token] == "pobj":
            governor = syntax.head[governor]
        act = act_at(self.lexicon, syntax, governor) if syntax.verbal(governor) else None
        return act is not None and act.act in ("accepts", "rejects")

    def demanded(self, mentioned: Mentioned) -> Stance | None:
        """What "unless", "until" and "only if" ask for, of him whose refusal or threat they bound."""
        syntax, at = self.syntax, mentioned.at
        main = syntax.head[at]
        if main == at or not syntax.verbal(main) or mentioned.topic.needs_operator or self._asked_about(main):
            return None
        only = any(syntax.low[c] == "only" for c in (*syntax.children[main], *syntax.children[at]))
        refused = syntax.negated(main) or any(syntax.negated(c) for c in syntax.children[main])
        if not (mentioned.word == "unless" or only or (mentioned.word in ("until", "before", "without") and refused)):
            return None
        subject = syntax.subject(main)
        parties = self._speaker_above(main) or (self._held(subject, main) if subject is not None else ())
        if not parties:
            return None
        return Stance(parties, mentioned.topic, mentioned.sign, "demands", main, (mentioned.topic.head,), 0.5, "bound")

    # -- the way up -------------------------------------------------------------------------------------------------

    def _climb(self) -> None:
        topic = self.topic
        nothing = topic.object is not None and topic.object != topic.head and self.syntax.negated(topic.object)
        step: _Step | None = _Step(topic.head, "", -topic.sign if nothing else topic.sign, topic.needs_operator)
        for _ in range(16):
            assert step is not None
            step = replace(step, path=(*step.path, step.at))
            after = step if step.skip else self._weigh(step)
            if after is None:
                return
            above = self._above(after)
            if above is None:
                self._said(after)
                return
            step = above

    def _weigh(self, step: _Step) -> _Step | None:
        """What the word at this step does to the topic; None where the climb has ended."""
        if self.syntax.verbal(step.at):
            return self._weigh_verb(step)
        if self.syntax.pos[step.at] in ("NOUN", "PROPN", "PRON", "NUM", "X"):
            return self._weigh_noun(step)
        return self._weigh_adjective(step)

    def _weigh_noun(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        if at in self.topic.tokens:
            return self._negate(step, at)
        act = act_at(self.lexicon, syntax, at)
        operator = operator_at(self.lexicon, syntax, at)
        other = self.topic_heads.get(at)
        if other is not None and other.issue == "talks" and act is None and step.via != "acl":
            return None
        if other is not None and act is None and step.via == "acl":
            return replace(step, certainty=step.certainty)
        if operator is not None and (act is None or operator.effect == "ends" or step.needs_operator):
            sign = -step.sign if operator.effect == "ends" else step.sign
            return self._negate(replace(step, sign=sign, needs_operator=False), at)
        if act is not None:
            if step.needs_operator and act.act not in ("offers", "demands"):
                return None
            sign = step.sign if act.sign == "wants" else -step.sign
            owners = self.holders.owner(at) if not self._given_up(at) else ()
            if owners and not syntax.negated(at):
                self._leave(owners, replace(step, sign=sign), act.act, at, 0.75, "noun")
            return self._negate(replace(step, sign=sign, needs_operator=False, act=step.act or act.act), at)
        if step.via == "compound":
            return None
        if syntax.lemma[at] == "time" and step.via in ("acl", "advcl", "prep") and syntax.lemma[syntax.head[at]] == "be":
            return replace(step, frame="obliged", at=syntax.head[at], via="attr")
        if step.via in ("acl", "advcl") and syntax.lemma[at] not in _LIGHT_NOUNS | {"effort", "bid", "attempt", "time"}:
            return None
        lowered = step.certainty if syntax.lemma[at] in _LIGHT_NOUNS else step.certainty * 0.7
        return self._negate(replace(step, certainty=lowered), at)

    def _given_up(self, noun: int) -> bool:
        """Whether this is said to be dropped: "dropped its demand"."""
        governor = self.syntax.head[noun]
        if self.syntax.dep[noun] != "dobj" or not self.syntax.verbal(governor):
            return False
        operator = operator_at(self.lexicon, self.syntax, governor)
        return operator is not None and operator.effect == "ends"

    def _weigh_adjective(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        if at in self.topic.tokens:
            return self._negate(step, at)
        act = act_at(self.lexicon, syntax, at)
        if act is None or (step.needs_operator and act.act != "offers"):
            return None
        sign = step.sign if act.sign == "wants" else -step.sign
        if syntax.negated(at):
            if syntax.lemma[at] not in _REFUSED_BY_NEGATION and act.sign == "wants":
                return None
            sign = -sign
        step = replace(step, sign=sign, act=act.act, needs_operator=False)
        if syntax.dep[at] in ("acomp", "attr", "oprd", "ccomp", "xcomp") and syntax.verbal(syntax.head[at]):
            return replace(step, frame="judged")
        subject = syntax.child(at, *SUBJECTS)
        if subject is None and syntax.dep[at] in ("amod", "acl", "relcl", "appos"):
            subject = syntax.head[at]
        if subject is None and syntax.dep[at] in ("advcl", "conj"):
            subject = syntax.subject(at)
        if subject is not None and (parties := self.holders.of(subject)):
            self._leave(parties, step, act.act, at, 0.7, "adjective")
        return None

    def _weigh_verb(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        if at not in self.topic.tokens:
            if syntax.lemma[at] in _COPULAS and syntax.child(at, "dobj") is None:
                return self._weigh_copula(step)
            act = act_at(self.lexicon, syntax, at)
            if syntax.lemma[at] in _TELLING and self._only_told(step, act is not None):
                if step.via in ("ccomp", "xcomp", "advcl", "parataxis"):
                    return self._told(step)
                if step.via not in ("dobj", "nsubjpass"):
                    return None
            if act is not None and not (syntax.lemma[at] in ("need", "have") and step.via == "xcomp") and not (
                    syntax.lemma[at] in _NEVER_OBJECT and step.via in ("dobj", "nsubjpass")):  # fmt: skip
                return self._weigh_act(step, act.sign == "wants", act.act, adjective=act.pos == "adjective")
            if syntax.lemma[at] in _BLAME:
                return None
            if syntax.lemma[at] in _CONTAINS and (contained := self._contained(step)) is not None:
                return contained
        return self._weigh_step(step)

    def _contained(self, step: _Step) -> _Step | None:
        """ "The plan includes a truce": its contents are proposed by whose plan it is."""
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        if subject is None or syntax.lemma[subject] not in PROPOSALS or step.needs_operator or syntax.negated(at) or (
                syntax.modality(at) == "obliged"):  # fmt: skip
            return None
        if syntax.dep[at] == "relcl" and syntax.head[at] == subject:
            return replace(step, frame="intended")
        if parties := self.holders.of(subject) or self._proposers(subject):
            self._leave(parties, step, "proposes", at, 0.65, "contents")
        return replace(step, certainty=0.0)

    def _only_told(self, step: _Step, is_act: bool) -> bool:
        """Whether a verb of saying takes the clause below as what is said, not as what is wanted."""
        if not is_act:
            return True
        lemma = self.syntax.lemma[step.at]
        if step.via in ("ccomp", "advcl", "parataxis"):
            if lemma == "insist" and self.syntax.tag[step.path[-2]] in ("VB", "VBP"):
                return False
            if lemma in _ASKING or (lemma in _INTENDING and step.frame == "intended"):
                return False
            return True
        return False

    def _told(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        subject = syntax.agent(at) if syntax.passive(at) else syntax.subject(at)
        holders = self.holders.of(subject) if subject is not None else ()
        if not holders and (statement := self.holders.cued_by(at)):
            holders = tuple(p.strip() for p in (statement.party or "").split(";") if p.strip())
        if not holders or syntax.modality(at) not in ("asserted", "participle"):
            return None
        if step.frame == "obliged" or (step.frame == "infinitive" and syntax.lemma[at] in ("tell", "warn")):
            self._leave(holders, step, "demands" if step.sign > 0 or step.act != "accepts" else step.act, at, 0.75, "told")
        elif step.frame in ("judged", "base"):
            self._leave(holders, step, step.act or "demands", step.path[-2] if len(step.path) > 1 else at, 0.65, "judged")
        elif step.frame == "intended":
            self._foreseen(step, holders)
        return None

    def _foreseen(self, step: _Step, speakers: Parties) -> None:
        """ "The offensive will end if ...", said by those whose offensive it is: their own step; else only a forecast."""
        owners = self.holders.owner(self.topic.head)
        own = bool(set(owners) & set(speakers))
        self._leave(speakers, step, step.act or "offers", step.at, 0.6 if own else 0.35, "foreseen")

    # -- verbs of wanting and refusing ---------------------------------------------------------------------------------

    def _weigh_act(self, step: _Step, wants: bool, act: str, *, adjective: bool) -> _Step | None:
        syntax, at = self.syntax, step.at
        lemma = syntax.lemma[at]
        if step.via in ("nsubj", "csubj", "agent", "npadvmod"):
            return None
        if lemma == "call" and step.via in ("ccomp", "xcomp") and not self._asked_somebody(at):
            return None  # "called the vote a success" names, "called on them to vote" asks
        if lemma == "insist" and step.via == "ccomp" and syntax.tag[step.path[-2]] in ("VB", "VBP"):
            step = replace(step, frame="base")
        if step.via == "ccomp" and lemma not in _ASKING and step.frame not in ("obliged", "intended", "base", "infinitive",
                                                                              "judged"):  # fmt: skip
            return None
        if step.needs_operator:
            if lemma not in ("vow", "threaten", "pledge", "promise", "plan", "order", "reject", "oppose", "rule"):
                return None
            step = replace(step, needs_operator=False, certainty=step.certainty * 0.8)
        if lemma in _DISMISSING:
            step = replace(step, certainty=step.certainty * 0.7)
        sign = step.sign if wants else -step.sign
        negated = syntax.negated(at)
        if negated:
            if wants and lemma not in _REFUSED_BY_NEGATION and syntax.low[at] not in _REFUSED_BY_NEGATION:
                return None
            if not wants:
                step = replace(step, certainty=step.certainty * 0.6)
            sign, act = -sign, "rejects" if wants else "accepts"
        step = replace(step, sign=sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        return self._placed(step, act, adjective=adjective, negated=negated)

    def _within_condition(self, step: _Step) -> _Step | None:
        if not step.needs_operator:
            word = next((self.syntax.low[c] for c in self.syntax.children[step.at]
                         if self.syntax.dep[c] in ("mark", "advmod") and self.syntax.low[c] in _HYPOTHETICAL), "if")  # fmt: skip
            self.conditions.append(Mentioned(step.at, word, self.topic, step.sign))
        return None

    def _placed(self, step: _Step, act: str, *, adjective: bool, negated: bool) -> _Step | None:
        """Leave the stance where the verb of wanting is asserted, else carry it up to what governs it."""
        syntax, at = self.syntax, step.at
        modality = syntax.modality(at)
        if self._asked_about(at):
            return None
        governor = syntax.head[at]
        if syntax.dep[at] in ("ccomp", "acl") and modality == "asserted" and (
                (syntax.lemma[governor] in _ASKING and syntax.verbal(governor)) or (
                    syntax.dep[at] == "acl" and not syntax.child(at, "nsubj") is None
                    and act_at(self.lexicon, syntax, governor) is not None)):  # fmt: skip
            return replace(step, frame="base", act=act)  # "demands that all parties allow": no act of theirs yet
        if modality == "obliged":
            return replace(step, frame="obliged", act=act)
        if modality in ("infinitive", "base") and not (syntax.dep[at] == "ROOT"):
            return replace(step, frame="infinitive" if not step.frame else step.frame, act=act)
        if modality == "base":
            return replace(step, frame="base", act=act)
        if modality == "possible" and not negated:
            step = replace(step, certainty=step.certainty * 0.5)
        if modality == "participle" and syntax.dep[at] == "acl" and syntax.tag[at] == "VBG" and (
                act_at(self.lexicon, syntax, syntax.head[at]) is not None):  # fmt: skip
            return replace(step, act=act)  # "a resolution calling for": the noun tells whose
        if modality == "participle" and syntax.dep[at] in ("xcomp", "amod"):
            return replace(step, act=act) if syntax.dep[at] == "xcomp" else None
        if modality == "participle" and syntax.dep[at] == "pcomp" and not self._factual(at):
            return None
        passive = syntax.passive(at) and not adjective
        holder = syntax.agent(at) if passive else syntax.subject(at)
        parties = self._held(holder, at)
        if not parties and not passive and (statement := self.holders.cued_by(at)) and (
                holder is None or self.holders.reading.mentions.at(holder) is None):  # fmt: skip
            parties = tuple(p.strip() for p in (statement.party or "").split(";") if p.strip())
        if holder is not None and (syntax.lemma[syntax.head[at]] == "join" and syntax.dep[at] == "pcomp" or (
                syntax.dep[at] == "prep")) or syntax.lemma[syntax.head[syntax.head[at]]] == "join":  # fmt: skip
            joined = syntax.child(syntax.head[syntax.head[at]], "dobj")
            parties = tuple(dict.fromkeys(parties + (self.holders.of(joined) if joined is not None else ())))
        if parties:
            base = 0.9 if modality == "asserted" else 0.75
            self._leave(parties, step, act, at, base, "act")
        return None

    def _asked_somebody(self, verb: int) -> bool:
        return any(self.syntax.low[c] in ("on", "upon", "for") for c in self.syntax.children[verb])

    def _asked_about(self, verb: int) -> bool:
        """Whether the sentence of this verb is a question."""
        last = self.syntax.sentence[verb][1]
        return any(self.syntax.low[t] == "?" for t in range(max(verb, last - 3), last))

    def _factual(self, gerund: int) -> bool:
        before = self.syntax.head[gerund]
        return self.syntax.low[before] in ("after", "by", "despite", "in", "while") and not (
            self.syntax.lemma[self.syntax.head[before]] in _BLAME
        )

    # -- topic verbs, operators and other verbs on the way -----------------------------------------------------------------

    def _weigh_step(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        inside = at in self.topic.tokens
        operator = None if inside else operator_at(self.lexicon, syntax, at)
        modality = syntax.modality(at)
        if not inside:
            if step.via == "nsubj" and (
                syntax.child(at, "dobj") is not None or (operator is None and modality != "obliged")
            ):
                return None
            if operator is None:
                if step.via in ("prep", "advcl", "npadvmod", "agent"):
                    return None
                step = replace(step, certainty=step.certainty * 0.75)
            elif operator.effect == "ends":
                step = replace(step, sign=-step.sign)
            step = replace(step, needs_operator=step.needs_operator and operator is None)
        negated = syntax.negated(at)
        if negated:
            step = replace(step, sign=-step.sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        if step.act and step.via in ("dobj", "conj") and not inside and not negated and modality in ("asserted", "participle") and (
                syntax.lemma[at] in _LIGHT_VERBS or (operator is not None and operator.effect == "ends")):  # fmt: skip
            if operator is not None and operator.effect == "ends":
                step = replace(step, act="rejects" if step.sign * self.topic.sign < 0 else "accepts")
            self._performed(replace(step, certainty=step.certainty * 1.25), step.act)
            return None
        if syntax.lemma[at] == "go" and step.via == "xcomp":
            return replace(step, sign=-step.sign) if negated else step
        performed = self.topic.performed if inside else operator.performed if operator else ""
        return self._own(step, modality, negated=negated, performed=performed)

    def _own(self, step: _Step, modality: str, *, negated: bool, performed: str) -> _Step | None:
        """What a verb that is no verb of wanting tells by its mood: a demand, an intention, a step taken."""
        syntax, at = self.syntax, step.at
        if modality == "obliged":
            return replace(step, frame="obliged")
        if modality == "infinitive":
            return replace(step, frame=step.frame or "infinitive")
        if modality == "base":
            imperative = syntax.dep[at] in ("ROOT", "ccomp", "conj") and syntax.child(at, "nsubj") is None
            return replace(step, frame="base" if imperative else step.frame or "infinitive")
        if modality == "participle":
            return step
        if step.needs_operator and not (modality == "intended" and at in self.topic.tokens):
            return replace(step, frame=modality if modality == "intended" else step.frame)
        step = replace(step, needs_operator=False)
        governor = syntax.head[at]
        act = act_at(self.lexicon, syntax, governor)
        governed = act is not None and (
            (syntax.dep[at] == "ccomp" and syntax.lemma[governor] in _INTENDING | _ASKING)
            or (syntax.dep[at] in ("ccomp", "acl") and act.pos == "noun")
        )
        if modality == "intended" and not governed:
            return self._intended(step, negated=negated)
        if modality == "intended":
            return replace(step, frame="intended")
        if modality == "possible":
            if not negated:
                return replace(step, frame="possible", certainty=step.certainty * 0.6)
            return self._intended(step, negated=True)
        if governed:
            return replace(step, frame="intended")
        if performed and not negated:
            self._performed(step, performed)
            return None
        if negated and performed and syntax.tag[at] in ("VB", "VBZ", "VBP"):
            self._performed(step, "rejects" if performed != "rejects" else "accepts")
            return None
        if syntax.dep[at] == "acl" and act_at(self.lexicon, syntax, governor) is not None:
            return step
        return step if syntax.dep[at] in ("xcomp", "ccomp") and step.via != "nsubj" else None

    def _intended(self, step: _Step, *, negated: bool) -> _Step | None:
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        passive = syntax.passive(at)
        parties = self._held(subject, at) if not passive and step.via != "nsubj" else ()
        if not parties:
            return replace(step, frame="judged" if negated else "intended", act="rejects" if negated else step.act)
        if self.topic.head == at and self.topic.words in _ENCOUNTERS and not negated:
            return None  # "will meet" reports an appointment
        if self._doubtful_report(at):
            return None
        if proposers := self._under_plan(at):
            self._leave(proposers, step, "proposes", at, 0.6, "under-plan")
            return None
        said = self._speaker_above(at)
        own = subject is not None and (syntax.low[subject] in FIRST_PERSON or bool(set(said) & set(parties)))
        if said and not own:
            return None
        confidence = 0.8 if own else 0.55 if negated else 0.4
        act = step.act or ("rejects" if negated else "offers")
        self._leave(parties, step, act, at, confidence, "own-step")
        return None

    def _performed(self, step: _Step, act: str) -> None:
        syntax, at = self.syntax, step.at
        holder = syntax.agent(at) if syntax.passive(at) else syntax.subject(at)
        if holder is None or holder in self.topic.tokens:
            return
        if parties := self.holders.of(holder):
            self._leave(parties, step, act, at, 0.6, "step-taken")

    def _held(self, holder: int | None, verb: int) -> Parties:
        """The parties of a holder; a pronoun or "the group" that nothing else resolves is the speaker's side."""
        if holder is None:
            return ()
        if parties := self.holders.of(holder):
            return parties
        syntax = self.syntax
        if syntax.lemma[holder] in PROPOSALS:
            return self._proposers(holder)
        own_side = syntax.lemma[holder] in _OWN_SIDE and any(syntax.low[c] in ("the", "its", "his", "their", "our")
                                                             for c in syntax.children[holder])  # fmt: skip
        return self._speaker_above(verb) if syntax.low[holder] in _PRONOUNS or own_side else ()

    def _under_plan(self, verb: int) -> Parties:
        """ "Under the plan, the army would leave": those whose plan it is propose it."""
        syntax = self.syntax
        for child in syntax.children[verb]:
            if syntax.dep[child] == "prep" and syntax.low[child] == "under":
                thing = syntax.child(child, "pobj")
                if thing is not None and syntax.lemma[thing] in PROPOSALS:
                    return self.holders.owner(thing) or self._proposers(thing)
        return ()

    def _proposers(self, noun: int) -> Parties:
        """Whose "the plan" is: the last one in the text of whom a noun like it was said to be."""
        for token in range(noun - 1, max(-1, noun - 250), -1):
            if self.syntax.lemma[token] in PROPOSALS and self.syntax.pos[token] == "NOUN":
                if owners := self.holders.owner(token):
                    return owners
                governor = self.syntax.head[token]
                act = act_at(self.lexicon, self.syntax, governor) if self.syntax.verbal(governor) else None
                if act is not None and act.act in ("proposes", "offers") and self.syntax.dep[token] == "dobj":
                    subject = self.syntax.subject(governor)
                    if subject is not None and (parties := self.holders.of(subject)):
                        return parties
        return ()

    def _doubtful_report(self, verb: int) -> bool:
        """ "has not confirmed that it will meet": what is not said is no stance."""
        above = self.syntax.head[verb]
        return self.syntax.dep[verb] == "ccomp" and above != verb and self.syntax.negated(above)

    def _speaker_above(self, at: int) -> Parties:
        """Who says the clause of this verb: the speaker of the statement, else the subject of a verb of saying above."""
        if said := self.holders.speaker(at):
            return said
        syntax = self.syntax
        for _ in range(4):
            above = syntax.head[at]
            if above == at:
                return ()
            if syntax.dep[at] in ("ccomp", "parataxis") and syntax.lemma[above] in _TELLING:
                subject = syntax.subject(above)
                return self.holders.of(subject) if subject is not None else ()
            at = above
        return ()

    # -- copulas ----------------------------------------------------------------------------------------------------------

    def _weigh_copula(self, step: _Step) -> _Step | None:
        syntax, at = self.syntax, step.at
        modality, negated = syntax.modality(at), syntax.negated(at)
        if negated:
            step = replace(step, sign=-step.sign)
        if self._hypothetical(at):
            return self._within_condition(step)
        if step.frame == "judged" and step.via in ("acomp", "attr", "oprd"):
            return self._judged(step, modality, negated=negated)
        predicate = syntax.child(at, "acomp", "attr", "oprd")
        if step.via in ("attr", "acomp") and syntax.child(at, "expl") is not None:
            turned = step.sign != self.topic.sign
            return replace(step, frame="judged", act="rejects") if turned else None
        if predicate is not None and syntax.lemma[predicate] == "time" and step.via in ("xcomp", "ccomp", "advcl"):
            return replace(step, frame="obliged")
        if predicate is not None and predicate != step.at and step.via in (*SUBJECTS, "xcomp", "ccomp", "advcl"):
            act = act_at(self.lexicon, syntax, predicate)
            if act is not None and not step.needs_operator:
                sign = step.sign if act.sign == "wants" else -step.sign
                if syntax.pos[predicate] == "NOUN":
                    if owners := self.holders.owner(predicate):
                        self._leave(owners, replace(step, sign=sign), act.act, predicate, 0.75, "predicate-noun")
                    return None
                if syntax.negated(predicate):
                    sign = -sign
                certainty = step.certainty * (0.7 if modality == "possible" else 1.0)
                return replace(step, sign=sign, frame="judged", act=act.act, certainty=certainty)
        if step.via in ("xcomp", "ccomp", "attr"):
            subject = syntax.child(at, "nsubj")
            act = act_at(self.lexicon, syntax, subject) if subject is not None else None
            if act is None and at > 0 and syntax.pos[at - 1] == "NOUN":  # where the parse missed the subject
                subject, act = at - 1, act_at(self.lexicon, syntax, at - 1)
            if subject is not None and act is not None and not step.needs_operator:
                sign = step.sign if act.sign == "wants" else -step.sign
                owners = self.holders.owner(subject)
                if owners:
                    self._leave(owners, replace(step, sign=sign), act.act, subject, 0.75, "subject-noun")
                    return None
                return replace(step, sign=sign, frame="judged", act=act.act)
        if modality == "obliged":
            return replace(step, frame="obliged")
        if modality == "infinitive" and step.via in (*SUBJECTS, "attr"):
            return replace(step, frame="infinitive")
        if step.via in SUBJECTS and modality == "intended":
            return replace(step, frame="intended")
        return None

    def _judged(self, step: _Step, modality: str, *, negated: bool) -> _Step | None:
        """An adjective of wanting or judging: the subject's own ("is ready to") or the speaker's ("is unacceptable")."""
        syntax, at = self.syntax, step.at
        subject = syntax.subject(at)
        parties = self._held(subject, at) if subject not in self.topic.tokens else ()
        act = "rejects" if negated and step.act != "rejects" else step.act
        if modality in ("infinitive", "obliged"):
            return replace(step, frame="obliged" if modality == "obliged" else "infinitive", act=act)
        if modality == "possible" and not negated:
            step = replace(step, certainty=step.certainty * 0.7)
        if self._asked_about(at):
            return None
        if parties and subject is not None and (self.holders.reading.mentions.at(subject) is not None
                                                or syntax.low[subject] in _PRONOUNS):  # fmt: skip
            self._leave(parties, step, act or "offers", at, 0.85, "adjective")
            return None
        if subject is not None and syntax.low[subject] in FIRST_PERSON and (said := self._speaker_above(at)):
            self._leave(said, step, act or "offers", at, 0.85, "adjective")
            return None
        return replace(step, frame="judged", act=act)

    # -- edges ---------------------------------------------------------------------------------------------------------------

    def _above(self, step: _Step) -> _Step | None:
        """The step to the word that governs this one, or None where nothing that matters does."""
        syntax, at = self.syntax, step.at
        above, relation = syntax.head[at], syntax.dep[at]
        if above == at:
            return None
        if relation in ("pobj", "pcomp"):
            return self._through_preposition(step, above)
        if relation == "prep" or relation in ("poss", "dative", "agent", "npadvmod", "intj", "dep", "meta", "punct"):
            return None
        if relation in ("relcl", "acl") and not syntax.verbal(above) and step.frame == "infinitive":
            asked = self._asked(above)
            if asked is not None:
                return replace(step, at=asked, via="xcomp", skip=False)
        if relation == "relcl":
            known = above in self.topic_heads or act_at(self.lexicon, syntax, above) is not None
            planned = step.frame in ("intended", "possible", "obliged", "infinitive") and known and not syntax.verbal(above)
            likely = 0.9 if step.frame == "infinitive" else 1.5 if step.frame == "possible" else 0.8
            return replace(step, at=above, via="acl", frame="", certainty=step.certainty * likely) if planned else None
        if relation in ("conj", "appos"):
            return self._joined(step, above)
        if relation in ("acl", "advcl"):
            return self._modifying(step, above, relation)
        if relation == "amod":
            relation = "compound"
        if relation == "compound" and (topic := self.topic_heads.get(above)) is not None and topic is not self.topic:
            if topic.issue in ("talks", "monitoring", "none"):
                return None
        return replace(step, at=above, via=relation, skip=above in self.topic.tokens)

    def _asked(self, addressee: int) -> int | None:
        """The verb of asking whose addressee this is, where the parse hung the request from the addressee."""
        syntax = self.syntax
        governor = syntax.head[addressee]
        if syntax.dep[addressee] == "pobj" and syntax.low[governor] in ("on", "to", "for", "with"):
            governor = syntax.head[governor]
        elif syntax.dep[addressee] not in ("dobj", "dative"):
            return None
        return (
            governor
            if syntax.lemma[governor] in _ASKING | {"tell", "press", "order", "be"} and syntax.verbal(governor)
            else None
        )

    def _through_preposition(self, step: _Step, preposition: int) -> _Step | None:
        syntax = self.syntax
        word, above = syntax.low[preposition], syntax.head[preposition]
        if syntax.dep[preposition] == "prep" and above != preposition and syntax.dep[above] == "prep":
            word = "from" if syntax.low[above] == "out" else syntax.low[above]  # "out of", "ahead of"
            above = syntax.head[above]
        if above == preposition or syntax.dep[preposition] == "agent":
            return None
        if word == "for" and syntax.lemma[above] in ("condition", "precondition", "prerequisite", "price") and (
                syntax.low[syntax.head[above]] == "as" and not step.needs_operator):  # fmt: skip
            self.conditions.append(Mentioned(syntax.head[above], "before", self.topic, step.sign))
            return None
        if word in ("until", "before", "without", "pending", "barring") and not step.needs_operator:
            self.conditions.append(Mentioned(preposition, word, self.topic, step.sign))
            return self._put_after(step, above) if word == "before" else None
        act, operator = act_at(self.lexicon, syntax, above), operator_at(self.lexicon, syntax, above)
        known = act is not None or operator is not None or syntax.lemma[above] in _COPULAS
        if word in ("of", "into", "toward", "towards", "upon", "behind"):
            passes = True
        elif word == "against":
            passes = act is not None
            if act is not None and act.sign == "wants":
                step = replace(step, sign=-step.sign)
        elif word == "in":
            passes = (
                syntax.lemma[above] in _IN
                or syntax.lemma[above] in ("point", "sense")
                or (operator is not None and operator.words == "take part")
            )
            if syntax.lemma[syntax.head[preposition]] in ("favour", "favor"):
                passes = True
        elif word == "from":
            passes = (operator is not None and operator.effect == "ends") or (act is not None and act.sign == "refuses")
        elif word == "at":
            passes = syntax.lemma[above] in ("aim", "sit", "strive")
        elif word == "off" and syntax.lemma[above] in ("get", "take", "strike", "come"):
            passes, step = True, replace(step, sign=-step.sign, needs_operator=False)
        elif word == "as":
            passes = act is not None and act.act in ("demands", "calls-for") and syntax.verbal(above)
        elif word == "about":
            passes = act is not None and not syntax.verbal(above)
        elif word in ("to", "for"):
            passes = known
        elif word in ("on", "with"):
            passes = self.topic_heads.get(above) is None and (act is not None or syntax.lemma[above] in _ONWARD)
        else:
            passes = False
        return replace(step, at=above, via="prep", skip=False) if passes else None

    def _put_after(self, step: _Step, above: int) -> _Step | None:
        """ "Before any truce, the army wants a list": the truce comes on a condition."""
        syntax = self.syntax
        act = act_at(self.lexicon, syntax, above) if syntax.verbal(above) else None
        wanted = syntax.child(above, "xcomp", "ccomp", "dobj")
        subject = syntax.subject(above)
        if act is None or act.act not in ("demands", "calls-for") or wanted is None or subject is None:
            return None
        if syntax.modality(above) == "asserted" and not syntax.negated(above) and (parties := self.holders.of(subject)):
            self._leave(parties, step, "accepts", above, 0.7, "put-after", syntax.edges(wanted))
        return None

    def _joined(self, step: _Step, above: int) -> _Step | None:
        """To the word that this one is joined to: what governs that one governs this one too."""
        syntax, at = self.syntax, step.at
        if syntax.verbal(at) and syntax.verbal(above):
            if syntax.child(at, *SUBJECTS) is not None or syntax.tag[at] not in ("VB", "VBG", "VBN"):
                return None
            frame = syntax.modality(above)
            return replace(step, at=above, via="conj", skip=True, frame=frame if frame != "asserted" else step.frame)
        if syntax.verbal(at) != syntax.verbal(above):
            return None
        return replace(step, at=above, via="conj", skip=True)

    def _modifying(self, step: _Step, above: int, relation: str) -> _Step | None:
        syntax, at = self.syntax, step.at
        infinitive = step.frame == "infinitive" or syntax.modality(at) == "infinitive"
        if not syntax.verbal(above) and (step.frame in ("obliged", "intended", "base") or (
                syntax.tag[at] in ("VB", "VBP", "VBZ", "VBD") or syntax.tag[at] == "VBG" and step.act)):  # fmt: skip
            return replace(step, at=above, via="acl") if act_at(self.lexicon, syntax, above) is not None else None
        if infinitive and syntax.verbal(above) and (noun := self._noun_before(at)) is not None:
            return replace(step, at=noun, via="acl", skip=False)
        if not infinitive:
            return replace(step, at=above, via="advcl") if relation == "advcl" and syntax.lemma[above] in _TELLING and (
                step.frame in ("obliged", "judged")) else None  # fmt: skip
        if not syntax.verbal(above):
            return replace(step, at=above, via="acl", skip=False)
        act = act_at(self.lexicon, syntax, above)
        wanted = act is not None and (act.act in ("demands", "calls-for", "proposes", "offers") or act.sign == "refuses"
                                      or syntax.lemma[above] in ("agree", "vote"))  # fmt: skip
        if wanted and syntax.child(above, "dobj") is None or (syntax.lemma[above] in _ASKING | {"tell"}):
            return replace(step, at=above, via="xcomp", skip=False)
        if syntax.lemma[above] in _COPULAS:
            return replace(step, at=above, via="xcomp", skip=False)
        return None

    def _noun_before(self, infinitive: int) -> int | None:
        """The noun right before "to": "an initiative to free" is one, also where the parse hung the verb elsewhere."""
        syntax = self.syntax
        to = next((c for c in syntax.children[infinitive] if syntax.low[c] == "to" and c < infinitive), None)
        if to is None or to == 0 or syntax.pos[to - 1] != "NOUN":
            return None
        return to - 1 if act_at(self.lexicon, syntax, to - 1) is not None else None

    # -- where a stance is left -------------------------------------------------------------------------------------------------

    def _said(self, step: _Step) -> None:
        """At the top of a clause: what must be, or is judged, within a statement is its speaker's position."""
        if step.frame not in ("obliged", "judged", "base", "intended") or step.needs_operator:
            return
        if said := self.holders.speaker(step.at):
            if step.frame == "intended":
                return self._foreseen(step, said)
            act = step.act or ("demands" if step.frame != "judged" else "calls-for")
            self._leave(said, step, act, step.at, 0.65, f"said-{step.frame}")

    def _below(self) -> None:
        """Acts that hang from the topic itself: "a truce demanded by the rebels", "a vote that the army opposes"."""
        syntax, topic = self.syntax, self.topic
        if syntax.verbal(topic.head) or topic.needs_operator:
            return
        above = syntax.head[topic.head]
        outcomes = [c for c in syntax.children[topic.head] if syntax.dep[c] == "appos"]
        compound = [above] if syntax.dep[topic.head] == "compound" and not syntax.verbal(above) else []
        named = [*outcomes, *compound]
        for child in [c for head in (topic.head, *named) for c in syntax.children[head]]:
            if syntax.dep[child] not in ("acl", "relcl") or not syntax.verbal(child):
                continue
            act = act_at(self.lexicon, syntax, child)
            if act is None or syntax.negated(child):
                continue
            if syntax.passive(child) or syntax.tag[child] == "VBN":
                holder = syntax.agent(child)
            else:
                holder = syntax.child(child, "nsubj")
                if holder is None or syntax.low[holder] in ("which", "that", "who"):
                    continue
            if holder is not None and (parties := self.holders.of(holder)):
                sign = topic.sign if act.sign == "wants" else -topic.sign
                step = _Step(child, "", sign, False, path=(topic.head, child))
                self._leave(parties, step, act.act, child, 0.7, "below")

    def _leave(self, parties: Parties, step: _Step, act: str, anchor: int, confidence: float, rule: str,
               condition: tuple[int, int] | None = None) -> None:  # fmt: skip
        if step.needs_operator:
            return
        if rule in ("own-step", "step-taken", "noun", "below", "foreseen") and self.topic.words in _GENERIC:
            confidence *= 0.5
        self.found.append(Stance(parties, self.topic, step.sign, act, anchor, step.path,
                                 round(confidence * step.certainty, 3), rule, condition))  # fmt: skip

    def _negate(self, step: _Step, at: int) -> _Step:
        return replace(step, sign=-step.sign) if self.syntax.negated(at) else step

    def _hypothetical(self, verb: int) -> bool:
        """Whether a verb stands in a clause of condition or time: "if it accepts", "until they leave"."""
        syntax = self.syntax
        if syntax.dep[verb] == "conj" and syntax.verbal(syntax.head[verb]):
            return self._hypothetical(syntax.head[verb])
        if syntax.dep[verb] not in ("advcl", "pcomp", "ccomp"):
            return False
        subject = syntax.child(verb, *SUBJECTS)
        if subject is not None and any(syntax.low[c] in ("should", "had", "were") and c < subject
                                       for c in syntax.children[verb]):  # fmt: skip
            return True  # "should they go on"
        for c in syntax.children[verb]:
            if syntax.dep[c] in ("mark", "advmod"):
                if syntax.low[c] in _HYPOTHETICAL:
                    return True
                if syntax.low[c] in _SOMETIMES_HYPOTHETICAL and syntax.dep[verb] == "advcl":
                    return (
                        syntax.low[c] == "as"
                        and syntax.low[c - 1] in ("long", "soon")
                        or (syntax.low[c] in ("when", "after") and syntax.tag[verb] in ("VBZ", "VBP"))
                    )
        return False
