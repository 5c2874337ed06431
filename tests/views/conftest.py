from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from factory import GOLDEN


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a file of tests/golden; GOLDEN=write makes the file anew, for a person to read in the diff."""

    def compare(name: str, found: str) -> None:
        if os.environ.get("GOLDEN") == "write":
            (GOLDEN / name).write_text(found, encoding="utf-8", newline="")
        assert found == (GOLDEN / name).read_text(encoding="utf-8")

    return compare
