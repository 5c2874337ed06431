"""Fixtures that many tests share."""

from __future__ import annotations

import pytest

from parley.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()
