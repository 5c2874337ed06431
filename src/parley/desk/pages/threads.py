"""Talks, proposals, claims, actors and the timeline of a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parley.desk.pages.frame import Frame, frame_of
from parley.desk.pages.network import Network, network_of
from parley.desk.pages.standing import is_ahead
from parley.exchange.tables import plover_score
from parley.ledger.sentences import ISSUE_NAMES, sentence
from parley.ledger.view import ISSUES, View

SHOWN, LOOKED_THROUGH = 60, 200


@dataclass(frozen=True)
class TalksPage:
    """Talks merged from all reports; accounts that disagree stand side by side."""

    frame: Frame
    coming: list[dict[str, Any]]
    announced: list[dict[str, Any]]
    past: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    more: bool


@dataclass(frozen=True)
class ProposalsPage:
    """Proposals side by side: issues as rows, proposals as columns."""

    frame: Frame
    columns: list[dict[str, Any]]
    rows: list[tuple[str, str, list[dict[str, Any] | None]]]
    every: list[dict[str, Any]]
    chosen: list[str]
    asked: list[str]
    sources: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ClaimsPage:
    """Claims: who asserts them, who denies them, in which words."""

    frame: Frame
    claims: list[dict[str, Any]]
    status: str
    sources: dict[str, dict[str, Any]]
    more: bool


@dataclass(frozen=True)
class ActorsPage:
    """Who speaks for whom, from when to when; who deals with whom."""

    frame: Frame
    sides: list[tuple[str, list[dict[str, Any]]]]
    network: Network
    sources: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class TimelinePage:
    """What happened, the latest first, with what the chart above it draws."""

    frame: Frame
    moments: list[dict[str, Any]]
    parties: list[str]
    issues: list[str]
    kinds: list[tuple[str, str, bool]]
    party: str
    issue: str
    since: str
    until: str
    data: str
    between: tuple[str, str] | None
    dealings: str
    more: bool
    sources: dict[str, dict[str, Any]]


KINDS = {"talks": "talks", "proposal": "proposals and ceasefires", "reversal": "reversals", "shift": "shifts",
         "position": "first words", "claim": "claims", "denial": "denials", "confirmation": "confirmations"}  # fmt: skip


def talks_page(view: View, process: dict[str, Any], *, contested: bool = False) -> TalksPage:
    """The talks of a process; with `contested` those of which accounts disagree."""
    frame = frame_of(view, process, "talks", "Talks", contested=contested)
    found = view.talks(process["id"], SHOWN + 1 if not contested else LOOKED_THROUGH)
    found = [talks for talks in found if talks["disputed"] or not contested]
    for talks in found[:SHOWN]:
        talks["sentence"] = sentence({**talks, "kind": "talks", "kind_of_talks": talks["kind"]})
    sources = view.sources(told["document"] for talks in found[:SHOWN] for told in talks["told"])
    planned = [t for t in found[:SHOWN] if t["status"] in ("scheduled", "proposed")]
    coming = [t for t in planned if is_ahead(t, frame.today)]
    announced = [t for t in planned if t not in coming]
    return TalksPage(frame, coming, announced, [t for t in found[:SHOWN] if t not in planned], sources, len(found) > SHOWN)


def proposals_page(view: View, process: dict[str, Any], chosen: list[str], *, contested: bool = False) -> ProposalsPage:
    """Proposals side by side: those chosen, else the latest of each side; with `contested` the terms not common to them."""
    frame = frame_of(view, process, "proposals", "Proposals", contested=contested, show=chosen)
    every = view.proposals(process["id"], SHOWN)
    columns = [p for p in every if p["id"] in chosen][:4] if chosen else []
    columns = columns or _latest_of_each(every)
    rows = []
    for issue in ISSUES:
        terms = [next((term for term in p["terms"] if term["issue"] == issue), None) for p in columns]
        likeness = _likeness(terms)
        if any(terms) and (likeness in ("differs", "missing") or not contested):
            rows.append((issue, likeness, terms))
    quotes = [q["document"] for p in every for term in p["terms"] for step in term["steps"] for q in step["quotes"]]
    quotes += [refused["document"] for p in every for term in p["terms"] for refused in term["refused"]]
    return ProposalsPage(frame, columns, rows, every, [p["id"] for p in columns], chosen, view.sources(quotes))


def _latest_of_each(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The latest proposal of each side; what a side tabled on one day, in several reports, is one column."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for proposal in every:
        column = found.setdefault(tuple(proposal["by"]), {**proposal, "terms": []})
        if column["day"] == proposal["day"]:
            known = {term["issue"] for term in column["terms"]}
            column["terms"] += [term for term in proposal["terms"] if term["issue"] not in known]
    return list(found.values())[:3]


def _likeness(terms: list[dict[str, Any] | None]) -> str:
    """Whether the proposals have a term in common, differ in it, or some say nothing of it."""
    if len(terms) < 2:
        return ""
    if any(term is None for term in terms):
        return "missing"
    saying = {(term["duration"], term["condition"], (term["object"] or "").casefold()) for term in terms if term}
    return "common" if len(saying) == 1 else "differs"


def claims_page(view: View, process: dict[str, Any], status: str, *, contested: bool = False) -> ClaimsPage:
    """The claims of a process, those that are contested first; with `contested` those alone that somebody denies."""
    frame = frame_of(view, process, "claims", "Claims", contested=contested, status=status)
    found = [claim for claim in view.claims(process["id"], LOOKED_THROUGH) if claim["denied_by"] or not contested]
    if status:
        found = [claim for claim in found if claim["status"] == status]
    order = {"unresolved": 0, "denied": 1, "confirmed": 2, "one-sided": 3}
    found.sort(key=lambda claim: order[claim["status"]])
    sides = ("asserted_by", "denied_by")
    sources = view.sources(q["document"] for claim in found[:SHOWN] for side in sides for by in claim[side].values()
                           for q in by["quotes"])  # fmt: skip
    return ClaimsPage(frame, found[:SHOWN], status, sources, len(found) > SHOWN)


def actors_page(view: View, process: dict[str, Any]) -> ActorsPage:
    """The people of a process and the network of its parties."""
    frame = frame_of(view, process, "actors", "Actors")
    names = [*process["parties"], *process["mediators"]]
    found = view.actors(names) if names else []
    sides = [(party, [a for a in found if a["party"] == party]) for party in dict.fromkeys(a["party"] for a in found)]
    sides.sort(key=lambda side: names.index(side[0]) if side[0] in names else len(names))
    network = network_of(view.dealings(process["id"]), process["parties"])
    return ActorsPage(frame, sides, network, view.sources(a["document"] for a in found))


def timeline_page(view: View, process: dict[str, Any], *, kinds: list[str], party: str, issue: str, since: str, until: str,
                  between: tuple[str, str] | None) -> TimelinePage:  # fmt: skip
    """The timeline of a process, filtered."""
    one, other = between or ("", "")
    frame = frame_of(view, process, "timeline", "Timeline", kind=kinds, party=party, issue=issue, since=since, until=until,
                     one=one, other=other)  # fmt: skip
    found = timeline_of(view, process["id"], kinds, party, issue, since, until, 301)
    parties = list(dict.fromkeys([*process["parties"], *process["mediators"]]))
    pair = between if between and all(between) else (parties[0], parties[1]) if len(parties) > 1 else None
    query = {"kind": kinds, "party": party, "issue": issue, "since": since, "until": until}
    return TimelinePage(
        frame, found[:300], parties, list(ISSUES), [(k, n, not kinds or k in kinds) for k, n in KINDS.items()], party, issue,
        since, until, frame.to("timeline.json", **query), pair,
        frame.to("dealings.json", one=pair[0], other=pair[1]) if pair else "", len(found) > 300,
        view.sources(q["document"] for m in found[:300] for q in m["quotes"]),
    )  # fmt: skip


def timeline_of(view: View, process: str, kinds: list[str], party: str, issue: str, since: str, until: str,
                limit: int) -> list[dict[str, Any]]:  # fmt: skip
    """Moments of a process with their sentences, the latest first."""
    kinds = [kind for kind in kinds if kind in KINDS]
    found = view.timeline(process, since=since or None, until=until or None, kinds=kinds,
                          limit=limit if not (party or issue) else 2000)  # fmt: skip
    chosen = [m for m in found if (not issue or m["issue"] == issue) and (not party or _is_of(m, party))][:limit]
    return [{**m, "sentence": sentence(m), "issue_name": ISSUE_NAMES.get(m["issue"], "")} for m in chosen]


def _is_of(moment: dict[str, Any], party: str) -> bool:
    named = [moment["party"], *moment.get("by", []), *moment.get("to", []), *moment.get("participants", []),
             *moment.get("mediators", [])]  # fmt: skip
    return party in named


def dealings_of(view: View, process: str, one: str, other: str) -> list[dict[str, Any]]:
    """For each month the sum of the PLOVER scores of what two parties did to each other, cooperation and conflict apart."""
    months: dict[tuple[str, str], dict[str, Any]] = {}
    for row in view.dealings(process):
        sources, targets = row["source"].split(";"), row["target"].split(";")
        for a, b in ((one, other), (other, one)):
            if a in sources and b in targets:
                score = plover_score(row["type"], None)
                tone = "cooperation" if score >= 0 else "conflict"
                cell = months.setdefault(
                    (row["month"], tone), {"month": row["month"], "tone": tone, "events": 0, "score": 0.0}
                )
                cell["events"] += row["events"]
                cell["score"] = round(cell["score"] + score * row["events"], 1)
    return [months[key] for key in sorted(months)]
