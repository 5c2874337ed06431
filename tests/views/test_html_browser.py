"""The page in a real browser (Debian's Chromium): what a person with a mouse, a keyboard or a small screen can do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import lake_record

from parley.views import render

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "lake.html"
    path.write_text(render(lake_record(), "html"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(360, 780, "light"), (1600, 1000, "dark")], ids=["phone, light", "desk, dark"])
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, height, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: problems.append(asked.url) if not asked.url.startswith("file:") else None)
    page.goto(address)
    yield page
    assert problems == []
    context.close()


def marked(page: Any) -> set[str]:
    """The words that are marked as selected in the report."""
    return set(page.eval_on_selector_all(".w.on", "words => words.map(word => word.textContent)"))


def in_sight(page: Any, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return bool(box) and 0 <= box["y"] < page.viewport_size["height"]


def test_nothing_is_cut_off_at_the_side(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_selecting_words_shows_their_entries_one_after_the_other(page: Any) -> None:
    page.click('a.w[data-e^="p1 "]')
    assert marked(page) == {"to sign a ceasefire"}
    assert page.locator(".entry.on").get_attribute("id") == "e-p1"
    assert page.locator("#here").is_visible()
    assert page.locator("#here p").inner_text().startswith("3 entries rest on these words. Shown: p1 Tovar")
    page.click('#here .picks button:has-text("e1 REQUEST")')
    assert page.locator(".entry.on").get_attribute("id") == "e-e1"
    assert "called on" in marked(page)
    page.click("#close")
    assert marked(page) == set()
    assert page.locator("#here").is_hidden()


def test_selecting_an_entry_shows_its_words(page: Any) -> None:
    page.click("#e-t2 .quote")
    assert "the March 2 talks in Geneva" in marked(page)
    assert in_sight(page, ".w.on")
    page.click("#open")
    assert in_sight(page, "#e-t2")


def test_the_keyboard_reaches_every_mark_and_comes_back(page: Any) -> None:
    page.locator("article a.w").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == page.locator("article a.w").nth(2).inner_text()
    assert page.locator('article a.w[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    assert focused in marked(page)
    page.keyboard.press("Escape")
    assert marked(page) == set()


def test_kinds_can_be_left_out(page: Any) -> None:
    before = page.eval_on_selector(".w.k-statement", "word => getComputedStyle(word).backgroundImage")
    page.uncheck('input[value="statement"]')
    assert page.eval_on_selector(".w.k-statement", "word => getComputedStyle(word).backgroundImage") != before


def test_without_its_script_the_page_still_links_words_and_entries(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.click('a.w[data-e^="p1 "]')
    assert page.url.endswith("#e-p1")
    page.click("#e-p1 .quote")
    assert page.url.endswith("#w-p1-1")
    context.close()
