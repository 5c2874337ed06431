"""A reader that finds one actor in every report, and dies, hangs or fails where the report says so."""

from __future__ import annotations

from pathlib import Path

import pytest

FAKE_READER = """
import os, signal, time
from parley.record import Actor, Provenance, Record

class Reader:
    def read(self, document):
        if "CRASH" in document.text:
            os._exit(9)
        if "SEGFAULT" in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "MEMORY" in document.text:
            raise MemoryError("as much as nobody has")
        if "HANG" in document.text:
            time.sleep(60)
        if "FAULT" in document.text:
            raise ZeroDivisionError("by hand")
        time.sleep(0.002)
        actor = Actor(id="a1", name="mediator", kind="person", mentions=(document.span(0, 3),),
                      made_by=Provenance(stage="test", rule="fake", version="1"))
        return Record(parley="0", document=document, actors=(actor,))

    def read_many(self, documents):
        return [self.read(document) for document in documents]

make = Reader
"""


@pytest.fixture
def fake_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "fake_reader.py").write_text(FAKE_READER)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(str(folder))
    return "fake_reader:make"
