"""Every export can be read by the program that its users use, says its codebook, and tells what it lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from parley.errors import ParleyError
from parley.exchange import FORMATS, Report, export
from parley.exchange.events import GDELT_COLUMNS, ICEWS_COLUMNS, POLECAT_COLUMNS
from parley.exchange.records import records_in
from parley.exchange.tables import goldstein_score, pax_categories, plover_score, quad_class
from parley.record import Issue, PloverType, Record


def exported(record: Record, format: str, folder: Path) -> tuple[Path, Report]:
    path = folder / f"out{FORMATS[format].suffix}"
    return path, export([record], format, path)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_names_its_edition_and_gives_the_same_bytes_twice(record: Record, format: str, tmp_path: Path) -> None:
    if format in ("parquet", "duckdb"):
        pytest.importorskip("pyarrow", reason="needs the tables extra")
        pytest.importorskip("duckdb", reason="needs the tables extra")
    if format in ("graphml", "gexf"):
        pytest.importorskip("networkx", reason="needs the networks extra")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    path, report = exported(record, format, tmp_path / "one")
    again, _ = exported(record, format, tmp_path / "two")
    assert report.edition in report.sentence()
    assert report.rows > 0
    assert path.exists()
    if path.is_file() and format not in ("duckdb", "gexf"):  # these two stamp the day into the file
        assert path.read_bytes() == again.read_bytes()


def test_an_unknown_format_is_refused_with_the_list_of_formats(record: Record, tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match="polecat"):
        export([record], "excel", tmp_path / "x")


def test_a_failed_export_leaves_no_half_written_file(record: Record, tmp_path: Path) -> None:
    def records():  # type: ignore[no-untyped-def]
        yield record
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        export(records(), "polecat", tmp_path / "events.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_polecat_rows_have_its_columns_and_planned_events_are_reported(record: Record, tmp_path: Path) -> None:
    path, report = exported(record, "polecat", tmp_path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert all(tuple(row) == POLECAT_COLUMNS for row in rows)
    assert rows[0]["Event Type"] == "ASSAULT"
    assert rows[0]["Actor Country"] == "KAR"
    assert rows[0]["Intensity"] == -9.5
    assert report.not_carried["status 'planned' of an event"] == 1
    assert report.not_carried["positions"] == 1


def test_gdelt_rows_have_58_columns_and_no_header(record: Record, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="GDELT files are read with pandas here")
    path, report = exported(record, "gdelt", tmp_path)
    frame = pandas.read_csv(path, sep="\t", names=GDELT_COLUMNS, dtype=str)
    assert len(GDELT_COLUMNS) == 58
    assert list(frame.EventCode) == ["194", "042"]
    assert list(frame.SQLDATE) == ["20210430", "20210502"]
    assert list(frame.GoldsteinScale) == ["-10.0", "1.9"]
    assert report.not_carried["events without a CAMEO code"] == 1


def test_icews_rows_have_source_and_target(record: Record, tmp_path: Path) -> None:
    path, _ = exported(record, "icews", tmp_path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    assert tuple(rows[0]) == ICEWS_COLUMNS
    assert (rows[1]["Source Name"], rows[1]["Target Name"]) == ("Ilse Brandt", "Karania")


@pytest.mark.parametrize(
    ("format", "column", "values"),
    [
        ("pax", "pax_category", ["Ce"]),
        ("negotiations", "dyad", ["Karania - Velland", "Karania - Velland"]),
        ("negotiations", "date_prec", ["day", "month"]),
        ("dyads", "talks", ["1"]),
        ("dyads", "material_conflict", ["1"]),
        ("ceasefires", "condition", ["if the heavy guns are pulled back"]),
        ("ceasefires", "type", ["bilateral"]),
        ("acled", "sub_event_type", ["Agreement"]),
        ("dna", "person", ["Ilse Brandt"]),
    ],
)
def test_peace_layouts_hold_what_the_record_says(
    record: Record, format: str, column: str, values: list[str], tmp_path: Path
) -> None:
    path, _ = exported(record, format, tmp_path)
    assert [row[column] for row in csv.DictReader(path.read_text("utf-8").splitlines())] == values


def test_parquet_keeps_every_entry_with_its_spans(record: Record, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the tables extra")
    path, _ = exported(record, "parquet", tmp_path)
    text = pq.read_table(path / "documents.parquet").to_pylist()[0]["text"]
    for row in pq.read_table(path / "positions.parquet").to_pylist():
        assert text[row["evidence"]["start"] : row["evidence"]["end"]] == row["evidence"]["quote"]
    assert pq.read_table(path / "events.parquet").num_rows == len(record.events)


def test_how_a_pages_date_was_found_goes_along(record: Record, tmp_path: Path) -> None:
    found = {"date_method": "url", "date_reliability": "medium"}
    record = record.model_copy(update={"document": record.document.model_copy(update=found)})
    for format in ("parquet", "csv", "jsonld"):
        export([record], format, tmp_path / format)
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the tables extra")
    (row,) = pq.read_table(tmp_path / "parquet" / "documents.parquet").to_pylist()
    assert {name: row[name] for name in found} == found
    with (tmp_path / "csv" / "documents.csv").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert {name: line[name] for name in found} == found
    article = json.loads((tmp_path / "jsonld").read_text("utf-8"))["@graph"][0]
    assert (article["parley:dateMethod"], article["parley:dateReliability"]) == ("url", "medium")
    assert list(records_in(tmp_path / "parquet")) == [record]


def test_duckdb_joins_positions_to_their_documents(record: Record, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs the tables extra")
    path, _ = exported(record, "duckdb", tmp_path)
    with duckdb.connect(str(path), read_only=True) as connection:
        query = "SELECT p.issue, d.publisher FROM positions p JOIN documents d USING (document)"
        assert connection.execute(query).fetchall() == [("ceasefire", "Example Wire")]


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_open_in_networkx_with_their_edges(record: Record, format: str, tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx", reason="needs the networks extra")
    path, _ = exported(record, format, tmp_path)
    assert path.read_text("utf-8").startswith("<?xml")
    graph = getattr(nx, f"read_{format}")(path)
    assert {(s, t, d["code"]) for s, t, d in graph.edges(data=True)} == {
        ("Karania", "Velland", "ASSAULT"),
        ("Velland", "Karania", "CONSULT"),
        ("Velland", "Karania", "propose"),
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_jsonld_gives_each_span_as_web_annotation(record: Record, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="JSON-LD is read with rdflib here")
    path, _ = exported(record, "jsonld", tmp_path)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(path, format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    exact = {str(o) for o in graph.objects(None, oa.exact)}
    assert "We propose a 30-day ceasefire" in exact
    starts = sorted(int(o) for o in graph.objects(None, oa.start))
    assert starts[0] == 0
    assert (None, rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim")) in graph


def test_followthemoney_accepts_every_entity(record: Record, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    path, _ = exported(record, "followthemoney", tmp_path)
    entities = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for entity in entities:
        schema = ftm.model.get(entity["schema"])
        assert schema is not None
        assert set(entity["properties"]) <= set(schema.properties)
    assert {e["schema"] for e in entities} == {"Article", "PublicBody", "Person", "Mention"}


def test_icalendar_holds_talks_with_a_known_day(record: Record, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    path, report = exported(record, "icalendar", tmp_path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert str(event["LOCATION"]) == "Karan City"
    assert event["DTSTART"].dt.isoformat() == "2021-05-02"
    assert all(len(line.encode()) <= 75 for line in path.read_bytes().decode().split("\r\n"))
    assert report.not_carried["talks without a known day"] == 1


def test_atom_feed_reads_with_its_quotations(record: Record, tmp_path: Path) -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    path, _ = exported(record, "atom", tmp_path)
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == 4
    assert "We propose a 30-day ceasefire" in feed.entries[0].content[0].value


def test_every_issue_has_a_row_in_the_pax_table() -> None:
    assert set(pax_categories()) == set(Issue.__args__)  # type: ignore[attr-defined]


def test_scores_know_every_type_and_the_longest_prefix_decides() -> None:
    for type_ in PloverType.__args__:  # type: ignore[attr-defined]
        assert -10 <= plover_score(type_, None) <= 10
        assert quad_class(type_) in (1, 2, 3, 4)
    assert goldstein_score("0334") == 6.0
    assert goldstein_score("0333") == 5.2
    assert goldstein_score("999") is None


def test_records_come_back_from_parquet_and_json_as_they_were(record: Record, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the tables extra")
    path, _ = exported(record, "parquet", tmp_path)
    assert list(records_in(path)) == [record]
    for name, text in (("one.json", record.model_dump_json(indent=1)), ("many.jsonl", f"{record.model_dump_json()}\n" * 2)):
        (tmp_path / name).write_text(text, "utf-8")
        assert {r.document.sha256 for r in records_in(tmp_path / name)} == {record.document.sha256}


def test_what_is_no_record_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"a": 1}\n', "utf-8")
    with pytest.raises(ParleyError, match=r"x\.jsonl:1: is not a record"):
        list(records_in(tmp_path / "x.jsonl"))
