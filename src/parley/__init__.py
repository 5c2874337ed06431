"""Parley reads what is reported about a conflict and keeps the record of its peace process.

>>> import parley
>>> record = parley.read("Rebel leader Amin Dar said on Monday that ...", published="2024-05-07")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parley.reading import Reader, read
    from parley.record import Document, Record

__version__ = "0.1.0"
__all__ = ["Document", "Reader", "Record", "__version__", "read"]

_HOME = {"Document": "parley.record", "Record": "parley.record", "Reader": "parley.reading", "read": "parley.reading"}


def __getattr__(name: str) -> Any:
    # Imported on first use, so that `import parley` stays fast and does not load spaCy.
    if name not in _HOME:
        raise AttributeError(f"module 'parley' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
