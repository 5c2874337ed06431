"""Adding: files and pasted text, progress, errors by file, and the bounds on what is taken."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from desk.conftest import client_of
from fastapi.testclient import TestClient

from parley.desk.adding import MAX_FILES
from parley.ledger.store import Ledger
from parley.reading import Reader

REPORT = "Maravel rejected a ceasefire with the Highland Front on Tuesday, its foreign minister said."


@pytest.fixture
def adding(empty: Ledger, story_reader: Reader) -> Iterator[TestClient]:
    with client_of(empty, open_reader=lambda _: story_reader.read) as client:
        yield client


def token(client: TestClient) -> str:
    return re.search(r'name="form_token" value="(\w+)"', client.get("/add").text)[1]  # type: ignore[index]


def finished(client: TestClient, answer: object) -> str:
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]
    for _ in range(600):
        shown = client.get(answer.headers["location"]).text  # type: ignore[attr-defined]
        if "<strong>Done" in shown or "<strong>Stopped" in shown:
            return shown
        time.sleep(0.1)
    raise AssertionError(shown)


def test_files_are_read_and_errors_are_told_by_file(adding: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", REPORT.replace("Tuesday", "Friday"))
    files = [("files", ("one.txt", REPORT.encode())), ("files", ("broken.txt", b"\x00\xff\x00")), ("files", ("empty.txt", b"")),
             ("files", ("more.zip", packed.getvalue()))]  # fmt: skip
    shown = finished(adding, adding.post("/add", data={"form_token": token(adding), "published": "2019-07-02"}, files=files))
    assert "2 added, 0 known before, 2 failed" in shown
    assert re.search(r"broken\.txt</th><td>failed: ", shown)
    assert re.search(r"empty\.txt</th><td>failed: .*is empty", shown)
    assert "/tmp" not in shown
    again = finished(
        adding, adding.post("/add", data={"form_token": token(adding), "published": "2019-07-02"}, files=files[:1])
    )
    assert "0 added, 1 known before" in again


def test_pasted_text_is_read_with_what_is_known_of_it(adding: TestClient, empty: Ledger) -> None:
    data = {
        "form_token": token(adding),
        "text": REPORT,
        "title": "No truce",
        "published": "2019-07-02",
        "publisher": "Courier",
    }
    finished(adding, adding.post("/add", data=data))
    with empty.view() as view:
        [process] = view.processes()
        [hit] = [view.document(id_) for id_, _ in empty.documents()]
    assert (hit["title"], hit["publisher"], hit["published"]) == ("No truce", "Courier", "2019-07-02")
    assert process["documents"] == 1


def test_what_cannot_be_taken_is_told_and_kept_in_the_form(adding: TestClient) -> None:
    nothing = adding.post("/add", data={"form_token": token(adding)})
    assert nothing.status_code == 422
    wrong = adding.post("/add", data={"form_token": token(adding), "text": REPORT, "published": "soon"})
    assert wrong.status_code == 422
    assert REPORT in wrong.text


def test_too_many_files_are_refused(adding: TestClient) -> None:
    files = [("files", (f"{i}.txt", REPORT.encode())) for i in range(MAX_FILES + 1)]
    answer = adding.post("/add", data={"form_token": token(adding)}, files=files)
    assert answer.status_code == 422
    assert f"at most {MAX_FILES}" in answer.text


def test_a_files_name_is_only_a_name(adding: TestClient, empty: Ledger) -> None:
    name = "../../etc/<script>x</script>.txt"
    shown = finished(
        adding, adding.post("/add", data={"form_token": token(adding)}, files=[("files", (name, REPORT.encode()))])
    )
    assert "<script>x" not in shown
    assert ".." not in re.findall(r'<tr class="o-added"><th scope="row">([^<]*)', shown)[0]


def test_the_sample_story_fills_an_empty_desk(adding: TestClient) -> None:
    shown = finished(adding, adding.post("/add/story", data={"form_token": token(adding)}))
    assert "18 added" in shown
    assert "Highland Front – Maravel" in adding.get("/").text
