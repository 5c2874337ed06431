from __future__ import annotations

import pytest

from parley.documents import from_html
from parley.errors import DocumentError

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Karsan rebels accept truce | Northern Wire</title>
<meta property="og:site_name" content="Northern Wire"><meta property="og:title" content="Karsan rebels accept truce">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"><link rel="canonical" href="https://northern.example/truce">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Karsan rebels accept truce</h1>
<p>The Karsan Front said on Tuesday it would accept a 10-day truce if the government let aid convoys into the town of Melle.</p>
<p>“We will hold our fire,” its spokesman, Idris Tal, told reporters in Geneva. He said talks could resume “within days”.</p>
<p>The government of Tovar rejected the condition&nbsp;— Foreign Minister Lena Orsk said the rebels had to leave &amp; disarm.</p>
</article><footer>© 2026 Northern Wire. All rights reserved.</footer></body></html>"""


def test_a_page_gives_its_article_title_date_publisher_and_address() -> None:
    document = from_html(PAGE)
    assert (document.title, document.published) == ("Karsan rebels accept truce", "2024-03-05")
    assert (document.publisher, document.url) == ("Northern Wire", "https://northern.example/truce")
    assert "“We will hold our fire,” its spokesman, Idris Tal, told" in document.text
    assert "leave & disarm" in document.text
    assert "Home" not in document.text
    assert "All rights" not in document.text


META = '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
LINKED = PAGE.replace("northern.example/truce", "northern.example/2024/03/06/truce")
JSON = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-05T10:00:00Z"}</script>'
MARKED = PAGE.replace(META, "").replace("<article>", '<article><time datetime="2024-03-05">5 March 2024</time>')


@pytest.mark.parametrize(("page", "found"), [
    (PAGE, ("2024-03-05", "metadata", "high")),
    (PAGE.replace(META, JSON), ("2024-03-05", "metadata", "high")),
    (LINKED.replace("03/06", "03/05"), ("2024-03-05", "metadata", "high")),
    (LINKED.replace(META, ""), ("2024-03-06", "url", "high")),
    (LINKED, ("2024-03-06", "url", "medium")),
    (MARKED, ("2024-03-05", "markup", "low")),
    (PAGE.replace(META, ""), (None, None, None)),
], ids=["metadata", "JSON-LD", "both agree", "address", "the two differ", "markup", "none"])  # fmt: skip
def test_a_pages_date_comes_with_how_it_was_found(page: str, found: tuple[str | None, ...]) -> None:
    document = from_html(page)
    assert (document.published, document.date_method, document.date_reliability) == found


def test_a_date_that_was_given_needs_no_method() -> None:
    document = from_html(LINKED, published="2024-03-07")
    assert (document.published, document.date_method, document.date_reliability) == ("2024-03-07", None, None)


def test_what_the_user_says_wins_over_the_page() -> None:
    document = from_html(PAGE, published="2024-03", title="T", publisher="P", url="https://other.example/")
    assert (document.title, document.published, document.publisher) == ("T", "2024-03", "P")
    assert document.url == "https://other.example/"


def test_a_page_without_dates_has_none() -> None:
    assert (
        from_html(PAGE.replace('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "")).published
        is None
    )


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><a href='/a'>One</a><p>Log in</p></body></html>", "<p>"])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(DocumentError, match=r"^index.html: is a page without an article; save"):
        from_html(page, source="index.html")
