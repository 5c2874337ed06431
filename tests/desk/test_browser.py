"""The desk in a real browser (Debian's Chromium): what a person with a mouse, a keyboard or a small screen can do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk import hostile
from desk.conftest import PROCESS, Served

from parley.ledger.store import Ledger

pytestmark = pytest.mark.filterwarnings("default")
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
OpenPage = Callable[..., Any]
PAGES = ("/", f"/p/{PROCESS}", f"/p/{PROCESS}/timeline", f"/p/{PROCESS}/proposals", f"/p/{PROCESS}/talks", f"/p/{PROCESS}/claims",
         f"/p/{PROCESS}/actors", f"/p/{PROCESS}/brief?since=2019-01-01", "/search?q=ceasefire", "/review", "/decisions", "/add",
         "DOCUMENT", "DOCUMENT/add", f"/p/{PROCESS}/cell?party=Maravel&issue=prisoners")  # fmt: skip
SIZES = ((360, 780, "light"), (360, 780, "dark"), (1600, 1000, "light"), (1600, 1000, "dark"))


def a_document(ledger: Ledger) -> str:
    return next(id_ for id_, document in ledger.documents() if "summit" in document.text)


def faults(page: Any) -> list[str]:
    """The serious faults that axe finds on a page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"] if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_reads_well_on_every_screen_and_by_everyone(
    path: str, served: Served, story_ledger: Ledger, open_page: OpenPage
) -> None:
    for width, height, scheme in SIZES:
        page = open_page(width, height, scheme)
        page.goto(served.address + path.replace("DOCUMENT", f"/d/{a_document(story_ledger)}"))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert faults(page) == [], (path, width, scheme)
        page.context.close()


def test_a_cell_opens_its_words_beside_the_matrix_and_closes(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{served.address}/p/{PROCESS}")
    cell = page.locator("td[data-party='Highland Front'] a").first
    cell.click()
    page.wait_for_selector("#words blockquote")
    assert page.url.endswith(PROCESS)
    assert page.evaluate("document.activeElement.id") == "words"
    assert "rejected a ceasefire" in page.locator("#words").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#words").is_hidden()
    assert page.evaluate("document.activeElement.closest('td').dataset.party") == "Highland Front"


def test_on_a_small_screen_the_words_of_a_cell_come_into_sight(served: Served, open_page: OpenPage) -> None:
    page = open_page(360, 780)
    page.goto(f"{served.address}/p/{PROCESS}")
    page.locator(".matrix td a").first.click()
    page.wait_for_selector("#words blockquote")
    page.wait_for_function(
        "(() => { const box = document.getElementById('words').getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; })()"
    )


def test_without_scripts_a_cell_is_a_link_and_the_day_a_form(served: Served, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/p/{PROCESS}")
    page.locator("td[data-party='Highland Front'] a").first.click()
    assert "rejected a ceasefire" in page.locator("#words").inner_text()
    page.fill("#as-of", "2019-02-10")
    page.click(".asof button")
    assert "as_of=2019-02-10" in page.url
    context.close()


def test_the_slider_goes_back_in_time(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{served.address}/p/{PROCESS}")
    page.focus("#slider")
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=2019-01-14**")
    row = page.locator("tr", has=page.locator(".issue", has_text="ceasefire"))
    assert "opposes" in row.locator("td[data-party='Highland Front']").inner_text()
    page.click("text=Back to the latest")
    page.wait_for_url(f"**/p/{PROCESS}")


def test_the_charts_are_drawn_and_lead_to_the_list(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{served.address}/p/{PROCESS}/timeline")
    page.wait_for_selector("#chart canvas")
    page.wait_for_selector("#dealings canvas")
    drawn = page.evaluate(
        "(() => { const c = document.querySelector('#chart canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()"
    )
    assert drawn > 500
    assert page.locator(".moments li").count() > 10


def test_choosing_words_shows_the_entry_and_the_other_way_round(
    served: Served, story_ledger: Ledger, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{served.address}/d/{a_document(story_ledger)}")
    page.click("a.w.k-position >> nth=0")
    assert page.locator(".entry.on").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".on").count() == 0
    page.click(".entry.k-position .quoted >> nth=0")
    assert page.locator(".w.on").count() >= 1
    page.uncheck(".kinds input[value=statement]")
    assert "hide-statement" in (page.get_attribute("#report", "class") or "")


def decided(ledger: Ledger) -> list[tuple[str, str, dict[str, str]]]:
    from parley.ledger.review import decisions

    with ledger.view() as view:
        return [(d["by"], d["verdict"], d["changes"]) for d in reversed(decisions(view.connection))]


def test_review_by_keyboard_alone(served: Served, story_ledger: Ledger, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{served.address}/review?process={PROCESS}&kind=positions")
    press = page.keyboard.press

    def after(key: str) -> None:
        with page.expect_navigation():
            press(key)

    while page.evaluate("document.activeElement.name") != "by":
        press("Tab")
    page.keyboard.type("Ana")
    press("Escape")
    after("a")
    assert "accepted" in page.locator(".done").inner_text()
    after("r")
    after("u")
    assert "Taken back" in page.locator(".done").inner_text()
    after("j")
    after("k")
    press("c")
    while page.evaluate("document.activeElement.name") != "set.stance":
        press("Tab")
    before = page.input_value("[name='set.stance']")
    press("ArrowDown" if before != "conditional" else "ArrowUp")
    assert page.input_value("[name='set.stance']") != before
    press("Escape")
    words = page.input_value("[name='set.evidence']")
    while page.evaluate("document.activeElement.name") != "set.evidence":
        press("Tab")
    press("Escape")
    press("t")
    press("Shift+ArrowLeft")
    press("Enter")
    assert page.input_value("[name='set.evidence']") != words
    after("Control+Enter")
    log = decided(story_ledger)
    assert [(by, verdict) for by, verdict, _ in log] == [
        ("Ana", "accept"),
        ("Ana", "reject"),
        ("Ana", "withdraw"),
        ("Ana", "set"),
    ]
    assert set(log[-1][2]) == {"stance", "evidence"}
    press("m")
    page.wait_for_url("**/add?kind=positions")


def test_a_span_is_corrected_by_selecting_words(served: Served, story_ledger: Ledger, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{served.address}/review?process={PROCESS}&kind=positions")
    page.fill("[name=by]", "Ana")
    page.locator("#text").focus()  # shows the words as they stand, and scrolls to them
    line = page.evaluate("(r => ({x: r.x, y: r.y}))(document.querySelector('#text mark').getClientRects()[0])")
    page.mouse.dblclick(line["x"] + 6, line["y"] + 8)  # on the first line of words that may run over several
    chosen = page.evaluate("String(getSelection()).trim()")
    field = page.locator(".spanfield", has=page.locator("[name='set.evidence']"))
    field.locator(".use").click()
    assert field.locator(".spanwords").inner_text() == chosen
    page.click("text=Save the correction")
    page.wait_for_selector(".done")
    [(_, _, changes)] = decided(story_ledger)
    start, end = map(int, changes["evidence"].split(":"))
    texts = [document.text for _, document in story_ledger.documents()]
    assert any(text[start:end] == chosen for text in texts)


def test_two_reviewers_at_once_and_the_late_one_is_told(served: Served, story_ledger: Ledger, browser: Any) -> None:
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page, name in zip(pages, ("Ana", "Ben"), strict=True):
        page.goto(f"{served.address}/review?process={PROCESS}")
        page.fill("[name=by]", name)
    for page in pages:
        page.click("button[value=accept]")
        page.wait_for_load_state()
    assert "Your decision was not kept" in pages[1].locator("[role=alert]").inner_text()
    assert [(by, verdict) for by, verdict, _ in decided(story_ledger)] == [("Ana", "accept")]
    for page in pages:
        page.context.close()


def test_files_are_chosen_and_their_progress_is_seen(served: Served, open_page: OpenPage, tmp_path: Path) -> None:
    report, broken = tmp_path / "truce.txt", tmp_path / "broken.bin"
    report.write_text("Maravel rejected a ceasefire with the Highland Front on Tuesday, its foreign minister said.")
    broken.write_bytes(b"\x00\x01\x02")
    page = open_page()
    page.goto(f"{served.address}/add")
    page.set_input_files("#files", [str(report), str(broken)])
    assert page.locator("#chosen li").count() == 2
    page.click("text=Add the files")
    page.wait_for_selector("text=Done", timeout=60_000)
    assert "1 added, 0 known before, 1 failed" in page.locator("#job").inner_text()
    assert "broken.bin" in page.locator("tr.o-failed").inner_text()


def test_the_brief_is_copied(served: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served.address}/p/{PROCESS}/brief?since=2019-01-01")
    page.click("#copy")
    page.wait_for_selector("#copied:text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Highland Front – Maravel")


def test_hostile_words_run_nothing(tmp_path: Path, open_page: OpenPage) -> None:
    with Ledger.open(tmp_path / "hostile.db", create=True) as ledger:
        for record in hostile.records():
            ledger.add(record)
        with ledger.view() as view:
            processes = [p["id"] for p in view.processes()]
        documents = [id_ for id_, _ in ledger.documents()]
        with Served(ledger) as served:
            page = open_page()
            for address in ["/", "/review", "/search?q=Tovar", *(f"/d/{d}" for d in documents),
                            *(f"/p/{p}{part}" for p in processes for part in ("", "/timeline", "/talks", "/claims", "/proposals", "/actors", "/brief"))]:  # fmt: skip
                page.goto(served.address + address)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("typeof window.broken") == "undefined", address
                cells = page.locator(".matrix td a")
                if cells.count():
                    cells.first.click()
                    page.wait_for_selector("#words h2")
            assert page.evaluate("typeof window.broken") == "undefined"
