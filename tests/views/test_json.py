from __future__ import annotations

import json
from typing import Any

import pytest
from factory import lake_record
from jsonschema import Draft202012Validator, ValidationError

from parley.record import LISTS, Record
from parley.views import render
from parley.views.json import json_line, schema


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def test_a_record_comes_back_from_its_json_as_it_was() -> None:
    record = lake_record()
    assert Record.model_validate_json(render(record, "json")) == record
    assert Record.model_validate_json(json_line(record)) == record


def test_one_line_holds_one_record() -> None:
    assert json_line(lake_record()).count("\n") == 1
    assert "“We are ready" not in json_line(lake_record()).split('"text"')[0]


def test_records_hold_to_the_published_schema(validator: Draft202012Validator) -> None:
    validator.validate(json.loads(render(lake_record(), "json")))


def _without_evidence(record: dict[str, Any]) -> None:
    record["events"][0]["evidence"] = None


def _without_content(record: dict[str, Any]) -> None:
    record["statements"][0]["content"] = []


def _unknown_issue(record: dict[str, Any]) -> None:
    record["positions"][0]["issue"] = "weather"


def _unknown_field(record: dict[str, Any]) -> None:
    record["talks"][0]["mood"] = "good"


@pytest.mark.parametrize("spoil", [_without_evidence, _without_content, _unknown_issue, _unknown_field])
def test_the_schema_refuses_what_the_contract_refuses(validator: Draft202012Validator, spoil: Any) -> None:
    record = json.loads(render(lake_record(), "json"))
    spoil(record)
    with pytest.raises(ValidationError):
        validator.validate(record)
    with pytest.raises(ValueError, match="validation error"):
        Record.model_validate(record)


def test_the_schema_names_every_list() -> None:
    assert set(LISTS) <= set(schema()["properties"])
    assert schema()["$id"] == "urn:parley:record:1.0"
