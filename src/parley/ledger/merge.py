"""Talks across reports: which mentions are of the same talks, and what comes of putting them together.

Whether two mentions may be of the same talks depends on these two alone; talks are the connected components. Accounts that
disagree on the day, the place or the outcome stay side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from parley.ledger.days import apart, is_day, last_day
from parley.ledger.likeness import CLAIM_DAYS, CLAIMS_ALIKE, Groups, label, shared
from parley.ledger.mentions import Item, Mention, Moment, by_accounts, independent, quotations

TALKS_WINDOW = 31
"""Mentions whose anchors lie further apart than so many days are never of the same talks."""
PLAN_WINDOW = 92
"""Talks that bear a number are held within so many days of the report that plans them."""
PUT_OFF_DAYS = 3
"""Planned talks that are held so many days earlier or later are the same talks."""
_RARE = ("summit", "conference")
"""Kinds of talks of which the same parties hardly hold two in a month."""
_PAST = ("held", "ongoing", "collapsed")
Feature = tuple[str, Callable[[dict[str, Any], dict[str, Any]], bool]]


def _same(field: str) -> Callable[[dict[str, Any], dict[str, Any]], bool]:
    return lambda one, other: one.get(field) is not None and one.get(field) == other.get(field)


def _clash(one: dict[str, Any], other: dict[str, Any], field: str) -> bool:
    return one.get(field) is not None and other.get(field) is not None and one[field] != other[field]


def same_parties(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether those who take part can be the same: two of them in common, or all that one report names."""
    left, right = set(one["participants"]), set(other["participants"])
    if not left or not right:
        return False
    all_left, all_right = left | set(one["mediators"]), right | set(other["mediators"])
    few = min(len(left), len(right)) == 1
    return bool(left & right) and (len(all_left & all_right) >= 2 or (few and (left <= all_right or right <= all_left)))


def same_talks(one: Mention, other: Mention) -> bool:
    """Whether two mentions are of the same talks."""
    a, b = one.data, other.data
    days = apart(one.anchor, other.anchor)
    if days > PLAN_WINDOW or _clash(a, b, "ordinal"):
        return False
    if planned(one) != planned(other) and _came_of(*((one, other) if planned(one) else (other, one))):
        return True
    if days > TALKS_WINDOW or _clash(a, b, "level"):
        return False
    exact = is_day(a["date"]) and is_day(b["date"])
    same_day, same_place = exact and a["date"] == b["date"], _same("place")(a, b)
    if not same_parties(a, b):
        nameless = not a["participants"] or not b["participants"]
        return nameless and same_day and same_place
    if _clash(a, b, "place"):
        return bool(same_day and _same("ordinal")(a, b))
    return _same_time(one, other, same_place=same_place, same_ordinal=_same("ordinal")(a, b))


def planned(mention: Mention) -> bool:
    """Whether a mention is of talks that are yet to be held, or that will not be."""
    return mention.data["status"] not in _PAST


def _came_of(plan: Mention, held: Mention) -> bool:
    """Whether planned talks are those that were then held. At what level they would be is no more than a guess before."""
    a, b = plan.data, held.data
    if plan.known > (last_day(b["date"]) or held.known) or not same_parties(a, b) or _clash(a, b, "place"):
        return False
    if a["ordinal"] is not None and a["ordinal"] == b["ordinal"]:
        return True
    if (
        apart(plan.anchor, held.anchor) > TALKS_WINDOW
        or a["kind"] != b["kind"]
        or set(a["participants"]) != set(b["participants"])
        or not is_day(b["date"])
    ):
        return False
    if is_day(a["date"]):
        return apart(a["date"], b["date"]) <= PUT_OFF_DAYS
    return a["kind"] in _RARE and last_day(a["date"]) is not None and b["date"].startswith(f"{a['date']}-")


def _same_time(one: Mention, other: Mention, *, same_place: bool, same_ordinal: bool) -> bool:
    a, b = one.data, other.data
    if is_day(a["date"]) and is_day(b["date"]):
        days = apart(a["date"], b["date"])
        return days == 0 or (days <= 1 and (same_place or same_ordinal)) or (days <= 7 and same_place and same_ordinal)
    if same_ordinal:
        return True
    dated = [m for m in (one, other) if last_day(m.data["date"])]
    if len(dated) == 2:  # at least one of them only to the month or the year
        return bool(a["date"] == b["date"]) and (same_place or a["kind"] == b["kind"])
    alike = a["kind"] == b["kind"] and set(a["participants"]) == set(b["participants"])
    past = [m.data["status"] in _PAST for m in (one, other)]
    if past[0] != past[1]:
        return False
    if not dated:
        return alike and apart(one.known, other.known) <= (4 if past[0] else 14)
    undated = other if dated[0] is one else one
    if not is_day(dated[0].data["date"]):
        return False
    days = apart(undated.known, dated[0].data["date"])
    when = dated[0].data["date"] <= undated.known and days <= 4 if past[0] else dated[0].data["date"] >= undated.known
    return bool(when and (same_place or alike) and days <= 21)


def talks_of(mentions: Sequence[Mention]) -> list[Item]:
    """The talks that these mentions are of."""
    return [_talks(group) for group in components(mentions, same_talks)]


def components(mentions: Sequence[Mention], same: Callable[[Mention, Mention], bool]) -> list[list[Mention]]:
    """Mentions grouped by a relation of two, in a fixed order. Only those within `PLAN_WINDOW` are compared."""
    ordered = sorted(mentions, key=lambda m: (m.anchor, m.entry))
    groups, start = Groups(m.entry for m in ordered), 0
    for i, mention in enumerate(ordered):
        while apart(ordered[start].anchor, mention.anchor) > PLAN_WINDOW:
            start += 1
        for earlier in ordered[start:i]:
            if groups.find(earlier.entry) != groups.find(mention.entry) and same(earlier, mention):
                groups.join(earlier.entry, mention.entry)
    by_entry = {m.entry: m for m in ordered}
    return [[by_entry[entry] for entry in members] for members in groups.all().values()]


def _talks(group: list[Mention]) -> Item:
    group = sorted(group, key=lambda m: (m.known, m.entry))
    took_place = [m for m in group if not planned(m)] or group  # a plan is no account of how it went
    dates = _values(took_place, "date", exact=True) or _values(group, "date", exact=True)
    places = _values(took_place, "place") or _values(group, "place")
    outcomes = [(v, n) for v, n in _values(group, "outcome") if v != "unknown"]
    status = _latest_status(group)
    day = last_day(dates[0][0]) if dates else None
    summary = {
        "kind": _first(took_place, "kind"), "status": status, "date": dates[0][0] if dates else None,
        "place": places[0][0] if places else None, "ordinal": _first(group, "ordinal"), "level": _first(took_place, "level"),
        "participants": _all(group, "participants"), "mediators": _all(group, "mediators"),
        "outcome": outcomes[0][0] if outcomes else "unknown",
        "disputed": _disputed(date=dates, place=places, outcome=outcomes),
        "accounts": independent(group), "told": [_told(m) for m in group[-40:]], "first_reported": group[0].known,
        "last_reported": group[-1].known,
    }  # fmt: skip
    summary["mediators"] = [m for m in summary["mediators"] if m not in summary["participants"]]
    id_ = f"talks-{label(min(m.entry for m in group))}"
    moments = tuple(_talks_moments(id_, group, summary, day))
    return Item(id_, "talks", day or group[0].known, summary, moments, tuple(m.entry for m in group))


def _values(group: list[Mention], field: str, *, exact: bool = False) -> list[tuple[Any, int]]:
    values = by_accounts(group, lambda m: m.data.get(field))
    if exact and (days := [pair for pair in values if is_day(pair[0])]):
        return days
    return [pair for pair in values if not exact or last_day(pair[0])]


def _first(group: list[Mention], field: str) -> Any:
    values = by_accounts(group, lambda m: m.data.get(field))
    return values[0][0] if values else None


def _all(group: list[Mention], field: str) -> list[str]:
    return sorted({name for m in group for name in m.data[field]})


def _disputed(**values: list[tuple[Any, int]]) -> dict[str, list[list[Any]]]:
    """The fields on which accounts disagree, each value with the number of its independent accounts."""
    return {field: [list(pair) for pair in found] for field, found in values.items() if len(found) > 1}


_ORDER = ("proposed", "scheduled", "ongoing", "held", "cancelled", "collapsed")


def _latest_status(group: list[Mention]) -> str:
    """What the latest report says; of reports of one day, the furthest on. What was held stays held."""
    latest: str = max(group, key=lambda m: (m.known, _ORDER.index(m.data["status"]), m.entry)).data["status"]
    past = [m.data["status"] for m in group if m.data["status"] in _PAST]
    if past and latest not in _PAST:
        return str(max(past, key=_ORDER.index))
    return latest


def _told(mention: Mention) -> dict[str, Any]:
    fields = ("date", "place", "ordinal", "status", "outcome", "participants")
    return {"entry": mention.entry, "document": mention.document, "day": mention.known,
            "quote": mention.quote} | {field: mention.data[field] for field in fields}  # fmt: skip


def _talks_moments(id_: str, group: list[Mention], summary: dict[str, Any], day: str | None) -> Iterable[Moment]:
    """One moment for each status that was reported: past ones on the talks' day, the others on that of their report."""
    about = {key: summary[key] for key in ("date", "place", "ordinal", "participants", "mediators", "disputed")}
    about["kind_of_talks"] = summary["kind"]
    for status in _ORDER:
        of = [m for m in group if m.data["status"] == status]
        if not of:
            continue
        known = of[0].known
        outcomes = [v for v, _ in by_accounts(of, lambda m: m.data["outcome"]) if v != "unknown"]
        data = {**about, "status": status, "outcome": outcomes[0] if outcomes else "unknown", "id": id_,
                "accounts": len(independent(of)), "quotes": quotations(of, 3)}  # fmt: skip
        yield Moment((day or known) if status in _PAST else known, known, "talks", "", "", data)


# Claims


def same_claim(one: Mention, other: Mention) -> bool:
    """Whether two mentions are of one claim: half of their content words are the same, and their days are near."""
    if apart(one.known, other.known) > CLAIM_DAYS:
        return False
    return shared(one.data["words"], other.data["words"]) >= CLAIMS_ALIKE


def claims_of(mentions: Sequence[Mention]) -> list[Item]:
    """The claims that these mentions are of."""
    ordered = sorted(mentions, key=lambda m: (m.known, m.entry))
    groups = Groups(m.entry for m in ordered)
    for i, mention in enumerate(ordered):
        for earlier in reversed(ordered[:i]):
            if apart(earlier.known, mention.known) > CLAIM_DAYS:
                break
            if groups.find(earlier.entry) != groups.find(mention.entry) and same_claim(earlier, mention):
                groups.join(earlier.entry, mention.entry)
    by_entry = {m.entry: m for m in ordered}
    return [_claim([by_entry[entry] for entry in members]) for members in groups.all().values()]


def _claim(group: list[Mention]) -> Item:
    group = sorted(group, key=lambda m: (m.known, m.entry))
    sides = {side: _by_party(group, side) for side in ("asserted_by", "denied_by")}
    first = next(iter(sides["asserted_by"]), None)
    confirmed = [party for party in sides["asserted_by"] if party != first]
    status = _claim_status(sides, confirmed)
    summary = {
        "text": max(group, key=lambda m: (-len(m.data["text"]), m.entry)).data["text"], "status": status,
        "asserted_by": sides["asserted_by"], "denied_by": sides["denied_by"], "confirmed_by": confirmed,
        "accounts": independent(group), "first_reported": group[0].known, "last_reported": group[-1].known,
        "told": [{"entry": m.entry, "document": m.document, "day": m.known, "quote": m.quote, "text": m.data["text"],
                  "asserted_by": m.data["asserted_by"], "denied_by": m.data["denied_by"]} for m in group[-40:]],
    }  # fmt: skip
    id_ = f"claim-{label(min(m.entry for m in group))}"
    moments = tuple(_claim_moments(id_, group, summary))
    return Item(id_, "claim", group[0].known, summary, moments, tuple(m.entry for m in group))


def _by_party(group: list[Mention], side: str) -> dict[str, dict[str, Any]]:
    """For each party on this side: the day of its first word there, its quotations and the number of accounts."""
    told: dict[str, list[Mention]] = {}
    for mention in group:
        for party in mention.data[side]:
            told.setdefault(party, []).append(mention)
    ordered = sorted(told.items(), key=lambda pair: (pair[1][0].known, pair[0]))
    return {party: {"since": of[0].known, "accounts": len(independent(of)), "quotes": quotations(of, 3)}
            for party, of in ordered}  # fmt: skip


def _claim_status(sides: dict[str, dict[str, Any]], confirmed: list[str]) -> str:
    asserted, denied = sides["asserted_by"], sides["denied_by"]
    if (asserted and set(denied) - set(asserted)) or (set(denied) & set(asserted)):
        return "unresolved"
    if denied:
        return "denied"
    return "confirmed" if confirmed else "one-sided"


def _claim_moments(id_: str, group: list[Mention], summary: dict[str, Any]) -> Iterable[Moment]:
    for side, kind in (("asserted_by", "claim"), ("denied_by", "denial")):
        for place, (party, told) in enumerate(summary[side].items()):
            what = "confirmation" if kind == "claim" and place else kind
            data = {"id": id_, "text": summary["text"], "accounts": told["accounts"], "quotes": told["quotes"]}
            yield Moment(told["since"], told["since"], what, party, "", data)
