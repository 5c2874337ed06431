"""Review: decisions, corrections, undo, what was missed, and two people at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desk.conftest import PROCESS, client_of
from fastapi.testclient import TestClient

from parley.ledger.store import Ledger


class Reviewer:
    """Somebody with a browser."""

    def __init__(self, client: TestClient, name: str) -> None:
        self.client, self.name = client, name

    def open(self, entry: str = "", **query: str) -> dict[str, str]:
        """The fields of the form as the page holds them; `_id` is the entry."""
        shown = self.client.get("/review", params={"process": PROCESS, "entry": entry, **query}).text
        return self.fields(shown)

    def fields(self, shown: str) -> dict[str, str]:
        form = shown[shown.index('id="decision"') - 200 :]
        found = dict(re.findall(r'<input[^>]*name="([\w.]+)" value="([^"]*)"', form))
        for name, options in re.findall(r'<select id="in-\w+" name="([\w.]+)">(.*?)</select>', form, re.S):
            chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
            found[name] = (chosen[1] if chosen and chosen[1] is not None else chosen[2]) if chosen else ""
        found["_id"] = re.search(r'action="/review/([\w-]+)" id="decision"', form)[1]  # type: ignore[index]
        return found

    def decide(self, form: dict[str, str], verdict: str, **changes: str) -> Any:
        data = {**form, "by": self.name, "verdict": verdict, **{f"set.{k}": v for k, v in changes.items()}}
        return self.client.post(f"/review/{form['_id']}", data={k: v for k, v in data.items() if k != "_id"})


@pytest.fixture
def ana(story_ledger: Ledger) -> Iterator[Reviewer]:
    with client_of(story_ledger) as client:
        yield Reviewer(client, "Ana")


@pytest.fixture
def ben(story_ledger: Ledger) -> Iterator[Reviewer]:
    with client_of(story_ledger) as client:
        yield Reviewer(client, "Ben")


def decided(ledger: Ledger) -> list[tuple[str, str]]:
    with ledger.view() as view:
        from parley.ledger.review import decisions

        return [(d["by"], d["verdict"]) for d in reversed(decisions(view.connection))]


def status(ledger: Ledger, entry: str) -> str:
    with ledger.view() as view:
        return str(view.show(entry)["status"])


def test_the_least_certain_entry_comes_first_and_goes_when_it_is_decided(ana: Reviewer, story_ledger: Ledger) -> None:
    queue = ana.client.get(f"/api/v1/processes/{PROCESS}/queue").json()["items"]
    assert [q["certainty"] for q in queue] == sorted(q["certainty"] for q in queue)
    form = ana.open()
    assert form["_id"] == queue[0]["entry_id"]
    assert ana.decide(form, "accept").status_code == 303
    assert status(story_ledger, form["_id"]) == "accepted"
    assert ana.open()["_id"] == queue[1]["entry_id"]


def test_a_correction_sets_only_what_was_changed(ana: Reviewer, story_ledger: Ledger) -> None:
    form = ana.open(kind="positions")
    stance = "opposes" if form["set.stance"] != "opposes" else "supports"
    assert ana.decide(form, "set", stance=stance).status_code == 303
    with story_ledger.view() as view:
        [decision] = [d for d in view.history(form["_id"]) if d["what"] == "review"]
        assert decision["changes"] == {"stance": stance}
        assert view.show(form["_id"])["fields"]["stance"] == stance
    assert "corrected by a person" in ana.client.get("/review", params={"entry": form["_id"]}).text


def test_a_correction_that_changes_nothing_or_cannot_be_is_told(ana: Reviewer, story_ledger: Ledger) -> None:
    form = ana.open(kind="positions")
    assert ana.decide(form, "set").status_code == 422
    wrong = ana.decide(form, "set", evidence="9:99999999")
    assert wrong.status_code == 422
    assert "no span of the text" in wrong.text
    assert decided(story_ledger) == []


def test_undo_brings_back_what_stood_before(ana: Reviewer, story_ledger: Ledger) -> None:
    form = ana.open()
    ana.decide(form, "accept")
    ana.decide(ana.open(form["_id"]), "reject")
    undo = {"form_token": form["form_token"], "process": PROCESS}
    ana.client.post(f"/review/{form['_id']}/undo", data=undo)
    assert status(story_ledger, form["_id"]) == "accepted"
    ana.client.post(f"/review/{form['_id']}/undo", data=undo)
    assert status(story_ledger, form["_id"]) == "unreviewed"
    assert ana.client.post(f"/review/{form['_id']}/undo", data=undo).status_code == 422
    assert [verdict for _, verdict in decided(story_ledger)] == ["accept", "reject", "accept", "withdraw"]


def test_a_stale_form_is_told_so_and_loses_nothing(ana: Reviewer, ben: Reviewer, story_ledger: Ledger) -> None:
    seen_by_ana, seen_by_ben = ana.open(), ben.open()
    assert seen_by_ana["_id"] == seen_by_ben["_id"]
    assert ana.decide(seen_by_ana, "reject").status_code == 303
    late = ben.decide(seen_by_ben, "accept")
    assert late.status_code == 409
    assert "Your decision was not kept" in late.text
    assert "<strong>Ana</strong>: reject" in late.text
    assert decided(story_ledger) == [("Ana", "reject")]
    again = ben.fields(late.text)
    assert ben.decide(again, "accept").status_code == 303
    assert decided(story_ledger) == [("Ana", "reject"), ("Ben", "accept")]


@pytest.mark.filterwarnings("default")  # two applications set up in two threads: pydantic mutes its warnings for one alone
def test_two_people_at_once_lose_and_double_nothing(ana: Reviewer, ben: Reviewer, story_ledger: Ledger) -> None:
    def work(reviewer: Reviewer) -> int:
        return sum(reviewer.decide(reviewer.open(), "accept").status_code == 303 for _ in range(12))

    with ThreadPoolExecutor(2) as pool:
        kept = list(pool.map(work, (ana, ben)))
    made = decided(story_ledger)
    assert len(made) == sum(kept)
    with story_ledger.view() as view:
        from parley.ledger.review import decisions

        entries = [d["entry"] for d in decisions(view.connection)]
    assert len(set(entries)) == len(entries)


def test_a_decision_needs_a_name_which_is_remembered(ana: Reviewer, story_ledger: Ledger) -> None:
    form = ana.open()
    nameless = Reviewer(ana.client, "")
    assert "give your name first" in nameless.decide(form, "accept").text
    assert decided(story_ledger) == []
    ana.decide(form, "accept")
    assert ana.open()["by"] == "Ana"


def test_what_was_missed_can_be_added_and_counts(ana: Reviewer, story_ledger: Ledger) -> None:
    [hit, *_] = ana.client.get("/api/v1/search", params={"q": "ridge"}).json()["items"]
    document = ana.client.get(f"/api/v1/documents/{hit['document']}").json()
    at = document["text"].index("Maravel")
    page = ana.client.get(f"/d/{document['id']}/add?kind=positions").text
    token = re.search(r'name="form_token" value="(\w+)"', page)[1]  # type: ignore[index]
    data = {"form_token": token, "kind": "positions", "by": "Ana", "set.party": "Maravel", "set.issue": "reparations",
            "set.stance": "supports", "set.act": "demands", "set.object": "observers", "set.evidence": f"{at}:{at + 7}"}  # fmt: skip
    added = ana.client.post(f"/d/{document['id']}/add", data=data)
    assert added.status_code == 303
    shown = ana.client.get(f"/p/{PROCESS}").text
    assert '<span class="issue">reparations</span>' in shown
    assert "added by a person" in ana.client.get(f"/d/{document['id']}").text
    entry = added.headers["location"].partition("#e-")[2]
    ana.client.post(f"/review/{entry}/undo", data={"form_token": token})
    assert '<span class="issue">reparations</span>' not in ana.client.get(f"/p/{PROCESS}").text
    for wrong in ({"set.evidence": "5:2"}, {"set.issue": "weather"}, {"set.party": ""}, {"kind": "weather"}):
        assert ana.client.post(f"/d/{document['id']}/add", data={**data, **wrong}).status_code in (404, 422), wrong


def test_the_log_tells_who_did_what_and_how_far_they_agree(ana: Reviewer, ben: Reviewer) -> None:
    first = ana.open()
    ana.decide(first, "accept")
    ana.decide(ana.open(), "reject")
    ben.decide(ben.open(first["_id"]), "reject")
    shown = ana.client.get("/decisions").text
    assert "Ana" in shown
    assert "Ben" in shown
    assert "1 entry was reviewed by two or more" in shown
    assert "Krippendorff's alpha: -" in shown or "Krippendorff's alpha: 0" in shown
    assert ana.client.get("/decisions?by=Ben").text.count("<tr><td>") == 1
