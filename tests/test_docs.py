"""What the documentation names exists, and what exists is in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import click
import pytest
import typer
from typer.testing import CliRunner

from parley import record
from parley.cli import app
from parley.knowledge import Knowledge

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS: dict[str, click.Command] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
LISTS = {"actors": record.Actor, "statements": record.Statement, "events": record.Event, "positions": record.Position,
         "proposals": record.Proposal, "talks": record.Talks, "claims": record.Claim}  # fmt: skip


def section(heading: str) -> str:
    """What stands under a heading of the second level of the codebook."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", CODEBOOK, re.M | re.S)
    assert found, heading
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_guide(name: str) -> None:
    assert COMMANDS[name].help
    assert f"`parley {name}" in GUIDE or f"\nparley {name}" in GUIDE
    assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


@pytest.mark.parametrize("option", [option for p in COMMANDS["read"].params for option in p.opts if option.startswith("--")])
def test_every_option_of_read_is_in_the_guide(option: str) -> None:
    assert f"`{option}" in GUIDE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists_with_its_options(page: Path) -> None:
    for line in re.findall(
        r"^(?:.*\| )?(parley [a-z].*)$", "\n".join(re.findall(r"```sh\n(.*?)```", page.read_text(), re.S)), re.M
    ):
        words = line.split(" | ")[0].split()
        assert words[1] in COMMANDS, line
        known = {option for parameter in COMMANDS[words[1]].params for option in parameter.opts}
        assert {word for word in words[2:] if word.startswith("-") and word != "-"} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readmes_commands_are_scripts() -> None:
    for script in re.findall(r"^(scripts/\S+)$", README, re.M):
        assert (ROOT / script).stat().st_mode & 0o100, script


@pytest.mark.parametrize("name", LISTS)
def test_the_codebook_has_every_field(name: str) -> None:
    common = {"id", "made_by", "confidence"}
    for field in set(LISTS[name].model_fields) - common:
        assert f"`{field}`" in section(name), field
    assert all(f"**{field}**" in section("What holds for all") for field in common)


@pytest.mark.parametrize("name", ["Document", "Record"])
def test_the_codebook_has_the_fields_of_the_record_itself(name: str) -> None:
    for field in getattr(record, name).model_fields:
        assert f"`{field}`" in section("document" if name == "Document" else "Record"), field


VALUES = [("actors", record.ActorKind), ("statements", record.StatementKind), ("statements", record.StatementAct),
          ("events", record.EventStatus), ("events", record.PloverType), ("positions", record.Issue),
          ("positions", record.Stance), ("positions", record.PositionAct), ("proposals", record.ProposalStatus),
          ("talks", record.TalksKind), ("talks", record.TalksStatus), ("talks", record.TalksLevel),
          ("talks", record.TalksOutcome)]  # fmt: skip


@pytest.mark.parametrize(("name", "values"), VALUES)
def test_the_codebook_has_every_value(name: str, values: Any) -> None:
    for value in get_args(values):
        assert f"`{value}`" in section(name), value


def test_the_codebook_has_every_mode_context_and_sector_of_the_tables() -> None:
    knowledge = Knowledge.load()
    coded = [*knowledge.event_codes, *knowledge.event_words]
    modes = {row.mode for row in coded if row.mode}
    contexts = {context for row in knowledge.event_codes for context in row.context.split(";") if context}
    tables = (knowledge.agents, knowledge.offices, knowledge.groups, knowledge.organisations)
    sectors = {row.sector for table in tables for row in table if row.sector}
    for value in sorted(modes | contexts):
        assert f"`{value}`" in section("events"), value
    for value in sorted(sectors):
        assert f"`{value}`" in section("actors"), value
