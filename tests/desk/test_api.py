"""The API: pages of lists, tables, tags, decisions, and no error of its own whatever is asked."""

from __future__ import annotations

import csv
import io
import sqlite3

import pytest
from desk.conftest import PROCESS, client_of, no_reader
from fastapi.testclient import TestClient
from ledger.reports import report, wants
from markupsafe import escape
from sqlalchemy.exc import OperationalError

from parley.ledger.entries import document_id
from parley.ledger.store import Ledger
from parley.ledger.view import View
from parley.record import Record

LISTS = ("standing", "talks", "proposals", "claims", "timeline", "changes", "actors", "events", "queue")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_in_pages_that_lose_and_double_nothing(client: TestClient, name: str) -> None:
    address = f"/api/v1/processes/{PROCESS}/{name}"
    query = "?since=2019-01-01" if name == "changes" else "?"
    whole = client.get(f"{address}{query}&limit=200").json()["items"]
    pages, onward = [], f"{address}{query}&limit=3"
    while onward:
        page = client.get(onward).json()
        assert len(page["items"]) <= 3
        pages += page["items"]
        onward = page["next"]
    assert whole
    assert pages == whole


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_table_too(client: TestClient, name: str) -> None:
    query = {"limit": 200, "since": "2019-01-01"}
    items = client.get(f"/api/v1/processes/{PROCESS}/{name}", params=query).json()["items"]
    answer = client.get(f"/api/v1/processes/{PROCESS}/{name}", params={**query, "format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(items)
    assert set(rows[0]) == {key for item in items for key in item}


def test_where_a_party_stands_now_can_be_asked_for_without_its_course(client: TestClient) -> None:
    address = f"/api/v1/processes/{PROCESS}/positions?party=Maravel"
    for day in ("", "&as_of=2019-03-16"):
        whole = client.get(f"{address}{day}").json()["items"]
        present = client.get(f"{address}{day}&course=false").json()["items"]
        assert len(present) > 2
        assert present == [{key: value for key, value in item.items() if key != "course"} for item in whole]
    assert client.get(f"{address}&course=perhaps").status_code == 422


def test_answers_carry_tags(client: TestClient) -> None:
    first = client.get(f"/api/v1/processes/{PROCESS}/standing")
    assert (
        client.get(f"/api/v1/processes/{PROCESS}/standing", headers={"If-None-Match": first.headers["etag"]}).status_code
        == 304
    )


def test_a_decision_on_what_changed_is_refused(client: TestClient) -> None:
    [waiting, *_] = client.get(f"/api/v1/processes/{PROCESS}/queue").json()["items"]
    address = f"/api/v1/entries/{waiting['entry_id']}"
    state = client.get(address).json()["state"]
    assert client.post(f"{address}/decisions", json={"verdict": "accept", "by": "Ana", "seen": state}).status_code == 201
    late = client.post(f"{address}/decisions", json={"verdict": "reject", "by": "Ben", "seen": state})
    assert late.status_code == 409
    assert "once more" in late.json()["detail"]
    assert len(client.get(f"{address}/history").json()["items"]) == 2


def test_a_report_is_added_and_its_job_can_be_followed(story_ledger: Ledger, story_reader: object) -> None:
    import time

    with client_of(story_ledger, open_reader=lambda _: story_reader.read) as client:  # type: ignore[attr-defined]
        text = "Maravel rejected a ceasefire with the Highland Front on Tuesday, its foreign minister said."
        begun = client.post("/api/v1/documents", json={"text": text, "published": "2019-07-02", "publisher": "Lune Courier"})
        assert begun.status_code == 202
        for _ in range(300):
            job = client.get(f"/api/v1/jobs/{begun.json()['job']}").json()
            if job["state"] in ("done", "failed"):
                break
            time.sleep(0.1)
        assert [outcome["what"] for outcome in job["outcomes"]] == ["added"]
        assert client.post("/api/v1/documents", json={"text": text, "published": "soon"}).status_code == 422


def test_what_is_wrong_is_one_sentence(client: TestClient) -> None:
    for address, status in (("/processes/none", 404), ("/entries/none", 404), ("/documents/0123", 404), ("/nothing", 404),
                            (f"/processes/{PROCESS}/talks?limit=0", 422), (f"/processes/{PROCESS}/talks?as_of=x", 422)):  # fmt: skip
        answer = client.get(f"/api/v1{address}")
        assert answer.status_code == status, address
        assert isinstance(answer.json()["detail"], str)


def test_the_beginning_of_several_ids_is_said_to_name_none_wherever_it_is_asked(empty: Ledger) -> None:
    first: dict[str, Record] = {}
    for number in range(100_000):
        record = report("2024-03-01", wants("Tovar", "ceasefire"), title=f"Report {number}")
        begins = document_id(record.document)[:4]
        if begins in first:
            break
        first[begins] = record
    empty.add_together([first[begins], record])
    whole = document_id(record.document)
    with client_of(empty) as client:
        said = f"the ids of several documents begin with '{begins}'; give more of the one you mean"
        for address in ("/documents/{}", "/documents/{}/record", "/entries/{}"):
            answer = client.get(f"/api/v1{address.format(begins)}")
            assert (answer.status_code, answer.json()["detail"]) == (404, said), address
            short = client.get(f"/api/v1{address.format(begins[:2])}")
            assert (short.status_code, "is too short to name a document" in short.json()["detail"]) == (404, True), address
        for address in (f"/d/{begins}", f"/d/{begins}/add", f"/e/{begins}"):
            page = client.get(address)
            assert (page.status_code, escape(said) in page.text) == (404, True), address
        assert client.get(f"/api/v1/documents/{whole[:12]}").json()["id"] == whole


def test_what_is_asked_does_not_tell_what_went_wrong(client: TestClient) -> None:
    for words in ("cannot be reached", "is in use by another program", "the disk is full"):
        assert client.get(f"/api/v1/processes/{words}").status_code == 404, words
    assert client.get(f"/api/v1/processes/{PROCESS}/talks?as_of=knows no").status_code == 422


def test_a_ledger_that_does_not_answer_is_said_to_be_unavailable(
    story_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("SELECT 1", None, sqlite3.OperationalError("database is locked"))

    with client_of(story_ledger) as client:
        monkeypatch.setattr(View, "processes", locked)
        answer = client.get("/api/v1/processes")
    assert answer.status_code == 503
    assert "in use by another program; try again" in answer.json()["detail"]


@pytest.mark.filterwarnings("default")
def test_whatever_is_asked_the_api_does_not_fail(story_ledger: Ledger) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, settings

    from parley.desk.app import create_app

    app = create_app(story_ledger, open_reader=lambda _: no_reader)  # type: ignore[arg-type, return-value]
    schema = schemathesis.openapi.from_dict(app.openapi())
    asked = 0
    with client_of(story_ledger) as client:
        for result in schema.get_all_operations():
            operation = result.ok()

            @settings(max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
                      suppress_health_check=list(HealthCheck))  # fmt: skip
            def ask(case: object) -> None:
                nonlocal asked
                kwargs = case.as_transport_kwargs(base_url="http://localhost")  # type: ignore[attr-defined]
                kwargs.pop("cookies", None)
                answer = client.request(**kwargs)
                asked += 1
                assert answer.status_code < 500, (kwargs, answer.text[:300])

            from hypothesis import given

            given(case=operation.as_strategy())(ask)()
    assert asked > 300
