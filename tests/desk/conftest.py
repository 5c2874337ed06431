"""A desk on the sample story, on an empty ledger, and on a ledger full of hostile words; and one in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed (pip install 'parley-record[desk]')")

from fastapi.testclient import TestClient

from parley.desk import story
from parley.desk.app import create_app
from parley.ledger.adding import Found, add_all
from parley.ledger.store import Ledger
from parley.reading import Reader
from parley.record import Document, Record

PROCESS = "highland-front-maravel"


@pytest.fixture(scope="session")
def story_reader() -> Reader:
    return Reader(knowledge=story.knowledge())


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, story_reader: Reader) -> Path:
    """A ledger file with the sample story, to be copied."""
    from functools import partial

    from parley.documents.items import document_of, items_in

    folder = story.reports()
    assert folder is not None
    path = tmp_path_factory.mktemp("story") / "story.db"
    with Ledger.open(path, create=True) as ledger:
        found = (Found(item.source, partial(document_of, item), None, item.updated) for item in items_in(folder))
        assert [o for o in add_all(ledger, found, lambda: story_reader.read) if o.what != "added"] == []
    return path


@pytest.fixture
def story_ledger(told: Path, tmp_path: Path) -> Iterator[Ledger]:
    copied = tmp_path / "story.db"
    with Ledger.open(told) as source, source.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql(f"VACUUM INTO '{copied}'")  # a copy that has all that the write-ahead log holds
        connection.exec_driver_sql("BEGIN")
    with Ledger.open(copied, create=True) as ledger:
        yield ledger


def no_reader(_: Path | None) -> Callable[[Document], Record]:
    raise AssertionError("nothing is to be read here")


def client_of(ledger: Ledger, **options: Any) -> TestClient:
    """A client of a desk, as a browser on this machine is one."""
    options.setdefault("open_reader", no_reader)
    return TestClient(create_app(ledger, **options), base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def client(story_ledger: Ledger) -> Iterator[TestClient]:
    with client_of(story_ledger) as client:
        yield client


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        yield ledger


class Served:
    """A desk that listens on a port of this machine."""

    def __init__(self, ledger: Ledger, **options: Any) -> None:
        import uvicorn

        options.setdefault("open_reader", no_reader)
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(create_app(ledger, **options), log_level="error"))
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)

    def __enter__(self) -> Served:
        self.thread.start()
        until = time.monotonic() + 20
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture
def served(story_ledger: Ledger, story_reader: Reader) -> Iterator[Served]:
    with Served(story_ledger, open_reader=lambda _: story_reader.read) as served:
        yield served


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages of a size and a colour scheme; whatever the console says, or is asked from elsewhere, is a failure."""
    contexts, problems = [], []

    def opened(width: int = 1600, height: int = 1000, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on(
            "request",
            lambda asked: problems.append(asked.url) if not asked.url.startswith(("http://127.0.0.1", "data:")) else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
