"""The cookbook's recipes run as they stand, one after the other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECIPES = re.findall(r"^```(sh|python|r)\n(.*?)^```", (ROOT / "docs" / "cookbook.md").read_text("utf-8"), re.M | re.S)
COMMANDS = {"sh": ["sh", "-e", "-c"], "python": [sys.executable, "-c"], "r": ["Rscript", "-e"]}


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kitchen")
    (folder / "reports").mkdir()
    for report in sorted((ROOT / "examples").glob("*.txt")):
        shutil.copy(report, folder / "reports")
    return folder


def test_the_cookbook_has_recipes_in_python_and_r() -> None:
    assert {language for language, _ in RECIPES} == {"sh", "python", "r"}


@pytest.mark.parametrize("number", range(len(RECIPES)))
def test_recipe(number: int, kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    language, code = RECIPES[number]
    for needed in ("pyarrow", "duckdb", "networkx", "matplotlib"):
        if needed in code or (needed == "pyarrow" and language == "sh"):
            pytest.importorskip(needed, reason=f"needs {needed}")
    if language == "r" and shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    done = subprocess.run([*COMMANDS[language], code], cwd=kitchen, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
