"""The record as JSON (the contract), and the JSON Schema of that contract."""

from __future__ import annotations

from typing import Any

from parley.record import CONTRACT_VERSION, Record


def json(record: Record) -> str:
    """The record as an indented JSON object, non-ASCII characters as they are, with a line end."""
    return record.model_dump_json(indent=2) + "\n"


def json_line(record: Record) -> str:
    """The record as one line of JSON Lines."""
    return record.model_dump_json() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every record printed by this version holds to."""
    described = Record.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:parley:record:{CONTRACT_VERSION}"}
    return head | described
