"""The desk from an installed wheel, away from the repository: pages, styles and the sample story are inside the package."""

from __future__ import annotations

import http.cookiejar
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `python` of an environment in which Parley is a wheel; what it depends on is shared with this environment."""
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []  # else pip fetches what builds it
    place = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")
    subprocess.run([*pip, "wheel", str(REPOSITORY), "--no-deps", *isolation, "-w", str(place)], check=True)
    (wheel,) = place.glob("parley_record-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / "env")], check=True)
    python = place / "env" / "bin" / "python"
    (site,) = (place / "env").glob("lib/python*/site-packages")
    subprocess.run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (site / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n")  # looked in after the wheel itself
    return python


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """The desk of a ledger that is not there yet, started as a user starts it."""
    command = [str(installed), "-m", "parley", "serve", "--ledger", "new.db", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, env=away_from_here(), text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "http://" in line, line + process.stderr.read()
        yield line[line.index("http://") :].split()[0].rstrip("/")
        process.terminate()
        process.wait(20)


def away_from_here() -> dict[str, str]:
    """The environment without a path that would lead back to the sources."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def test_a_new_desk_offers_the_sample_story_and_shows_it(address: str, installed: Path) -> None:
    where = subprocess.run(
        [str(installed), "-c", "import parley; print(parley.__file__)"],
        capture_output=True, text=True, cwd="/", env=away_from_here(),
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed.parents[1])
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(path: str) -> str:
        return browser.open(address + path, timeout=60).read().decode()

    first = get("/")
    assert "sample story" in first
    for asset in re.findall(r'(?:href|src)="(/static/[^"]+)"', first):
        assert get(asset)
    token = re.search(r'name="form_token" value="(\w+)"', first)
    assert token is not None
    form = urllib.parse.urlencode({"form_token": token[1]}).encode()
    asked = urllib.request.Request(f"{address}/add/story", form, {"Origin": address})
    job = browser.open(asked, timeout=60)
    until = time.monotonic() + 600
    while "<strong>Done" not in (shown := get(urllib.parse.urlsplit(job.url).path)) and time.monotonic() < until:
        time.sleep(1)
    assert "18 added" in shown
    assert "Highland Front" in get("/p/highland-front-maravel")
