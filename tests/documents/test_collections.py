"""Archives, feeds, tables: every article comes out with what its collection says of it, every broken one with a reason."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from parley.documents.items import MAX_ITEM_BYTES, Item, document_of, items_in
from parley.errors import DocumentError

STORY = "The two delegations met in Port Alba on Monday, and the mediator said that they would meet again in June. " * 6


def of(path: Path, **columns: str) -> list[Item]:
    return list(items_in(path, columns))


def warc_record(number: int, body: bytes, content_type: str = "text/html; charset=utf-8") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def page(text: str = STORY) -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(3))
    return (
        f"<html><head><title>Talks in Port Alba</title></head><body><article>{paragraphs}</article></body></html>".encode()
    )


def test_warc_gives_pages_with_their_address_and_leaves_out_images(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(warc_record(1, page()) + warc_record(2, b"GIF89a", "image/gif") + warc_record(3, page()))
    found = of(path)
    assert [i.known["url"] for i in found] == ["https://example.org/1", "https://example.org/3"]
    assert "Port Alba" in document_of(found[0]).text


@pytest.mark.parametrize("cut", [30, 600])
def test_a_truncated_warc_gives_what_is_whole_and_says_where_it_breaks(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(
        (warc_record(1, page()) + warc_record(2, page(STORY + " ".join(str(n * n) for n in range(4000)))))[:-cut]
    )
    found = of(path)
    assert found[0].problem is None
    assert "breaks off" in (found[-1].problem or "")
    with pytest.raises(DocumentError, match="breaks off"):
        document_of(found[-1])


@pytest.mark.parametrize("data", [b"", b"hello world" * 100, b"\x1f\x8bnot gzip"])
def test_what_is_no_warc_is_one_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(data)
    assert [bool(i.problem) for i in of(path)] == [True]


def test_json_lines_with_usual_column_names_and_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    row = {
        "content": STORY,
        "headline": "Talks",
        "date": "2021-05-03",
        "source": "Example Wire",
        "url": "https://example.org",
    }
    path.write_text(json.dumps(row) + "\n{broken\n" + json.dumps({"other": 1}) + "\n", "utf-8")
    first, broken, empty = of(path)
    document = document_of(first)
    assert (document.published, document.publisher, document.title) == ("2021-05-03", "Example Wire", "Talks")
    assert broken.source.endswith(":2")
    assert "not a JSON object" in (broken.problem or "")
    assert "--column text=" in (empty.problem or "")


def test_a_line_of_many_megabytes_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * (MAX_ITEM_BYTES + 10) + b'"}\n' + json.dumps({"text": STORY}).encode() + b"\n")
    long, good = of(path)
    assert "more than the 16 MB" in (long.problem or "")
    assert document_of(good).text == STORY


def test_csv_and_tsv_with_a_column_mapping(tmp_path: Path) -> None:
    for suffix, mark in ((".csv", ","), (".tsv", "\t")):
        path = tmp_path / f"articles{suffix}"
        path.write_text(f'Story{mark}When\n"{STORY}"{mark}1999-10-03\n', "utf-8")
        (item,) = of(path, text="Story", published="When")
        assert document_of(item).published == "1999-10-03"


def test_parquet_rows(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="needs the tables extra")
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the tables extra")
    pq.write_table(pa.table({"maintext": [STORY, None], "title": ["A", "B"]}), tmp_path / "articles.parquet")
    good, without = of(tmp_path / "articles.parquet")
    assert document_of(good).title == "A"
    assert "has no text" in (without.problem or "")


def test_ninjs_items_and_one_that_was_withheld(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    item = {
        "uri": "https://example.org/1",
        "headline": "Talks",
        "versioncreated": "2021-05-03T10:00:00Z",
        "body_text": STORY,
    }
    path.write_text(json.dumps([item, item | {"pubstatus": "withheld"}, {"uri": "x"}]), "utf-8")
    good, withheld, empty = of(path)
    assert document_of(good).published == "2021-05-03"
    assert "withheld" in (withheld.problem or "")
    assert "without a body" in (empty.problem or "")


def test_newsml_g2_and_hostile_entities(tmp_path: Path) -> None:
    path = tmp_path / "item.xml"
    path.write_text(
        '<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>'
        '<provider literal="Example Wire"/><versionCreated>2021-05-03T10:00:00Z</versionCreated></itemMeta>'
        "<contentMeta><headline>Talks</headline></contentMeta>"
        f"<contentSet><inlineData>{STORY}</inlineData></contentSet></newsItem>",
        "utf-8",
    )
    (item,) = of(path)
    document = document_of(item)
    assert (document.title, document.publisher, document.published) == ("Talks", "Example Wire", "2021-05-03")
    path.write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "utf-8")
    assert "entities" in (of(path)[0].problem or "")


def test_feed_entries_with_text_are_read_and_teasers_named(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title>'
        f"<item><title>Talks</title><link>https://example.org/1</link><pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item>"
        "<item><title>More</title><link>https://example.org/2</link><description>Read more</description></item>"
        "</channel></rss>",
        "utf-8",
    )
    full, teaser = of(path)
    assert document_of(full).published == "2021-05-03"
    assert "teaser" in (teaser.problem or "")
    assert teaser.known["url"] == "https://example.org/2"


def test_a_zip_of_many_formats_and_a_bomb_within(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/story.txt", STORY)
        archive.writestr("b/rows.jsonl", json.dumps({"text": STORY}) + "\n")
        archive.writestr("c/bomb.txt", b"\0" * 60_000_000)
        archive.writestr("d/inner.zip", b"PK")
        archive.writestr("e/picture.png", b"PNG")
    story, row, bomb, inner = of(path)
    assert story.source.endswith("all.zip!a/story.txt")
    assert row.source.endswith("all.zip!b/rows.jsonl:1")
    assert document_of(row).text == STORY
    assert "unpacks to more than" in (bomb.problem or "")
    assert "archive within an archive" in (inner.problem or "")


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(STORY, "utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY}) + "\n", "utf-8")
    assert [Path(i.source.split(":")[0]).name for i in of(tmp_path)] == ["a.jsonl", "b.txt"]


def test_a_missing_path_is_refused() -> None:
    with pytest.raises(DocumentError, match="no such file"):
        of(Path("nowhere.warc"))
