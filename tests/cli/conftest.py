from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from parley.cli.reader import open_reader
from parley.reading import Reader


@pytest.fixture(autouse=True)
def one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that run in the test's process share the loaded reader, unless they ask for other tables or another parser."""

    def open_or_share(knowledge: Path | None = None, parser: str | None = None) -> Reader:
        return open_reader(knowledge, parser) if knowledge or parser else reader

    for command in ("read", "explain"):  # modules that share their names with the commands in them
        monkeypatch.setattr(import_module(f"parley.cli.{command}"), "open_reader", open_or_share)
