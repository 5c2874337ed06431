"""Every export can be read by the program that its users use, says its codebook, and tells what it lost."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from exchange.conftest import TEXT
from typer.testing import CliRunner

from parley.cli import app
from parley.errors import ParleyError
from parley.exchange import FORMATS, Report, export, tables
from parley.exchange.events import GDELT_COLUMNS, ICEWS_COLUMNS, POLECAT_COLUMNS
from parley.exchange.records import records_in
from parley.exchange.tables import (
    cameo_name,
    goldstein_score,
    pax_categories,
    plover_score,
    quad_class,
    sector_of_code,
)
from parley.knowledge.load import BUILT_IN, read_table
from parley.knowledge.rows import Group, Organisation, State
from parley.record import Entry, Issue, PloverType, Record, Span


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


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_failed_export_leaves_no_half_written_file(record: Record, format: str, tmp_path: Path) -> None:
    def records():  # type: ignore[no-untyped-def]
        yield record
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        export(records(), format, tmp_path / "events")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["polecat", "csv", "parquet", "graphml"])
def test_a_place_that_cannot_be_written_is_one_sentence_and_exit_code_2(record: Record, format: str, tmp_path: Path) -> None:
    (tmp_path / "records.json").write_text(record.model_dump_json(), "utf-8")
    (tmp_path / "taken").write_text("notes")
    for output in (tmp_path / "taken" / "out", *([tmp_path / "taken"] if FORMATS[format].folder else [])):
        done = CliRunner().invoke(app, ["export", format, str(tmp_path / "records.json"), "--output", str(output)])
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.startswith(f"parley: {output}: cannot be written (")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.json", "taken"]
    assert (tmp_path / "taken").read_text() == "notes"


def test_records_that_cannot_be_read_are_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes('{"text": "Réunion"}'.encode("latin-1"))
    (tmp_path / "coded" / "documents").mkdir(parents=True)
    (tmp_path / "coded" / "documents" / "part-000000.parquet").write_bytes(b"PAR1 and then nothing")
    for name in ("latin.json", "coded", "missing.json"):
        done = CliRunner().invoke(app, ["export", "csv", str(tmp_path / name), "--output", str(tmp_path / "out")])
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.stderr
        assert name in done.stderr
    assert not (tmp_path / "out").exists()


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
    assert list(frame.FractionDate) == ["2021.3288", "2021.3342"]  # GDELT's own first row: 19790101 is 1979.0027
    assert list(frame.DATEADDED) == ["20210503"] * 2
    numbers = frame.GLOBALEVENTID.astype(int)
    assert numbers.is_unique
    assert (numbers.astype(float).astype(int) == numbers).all()
    assert report.not_carried["events without a CAMEO code"] == 1


def test_icews_rows_have_source_and_target(record: Record, tmp_path: Path) -> None:
    path, _ = exported(record, "icews", tmp_path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    assert tuple(rows[0]) == ICEWS_COLUMNS
    assert (rows[1]["Source Name"], rows[1]["Target Name"]) == ("Ilse Brandt", "Karania")
    assert (rows[1]["Source Sectors"], rows[1]["Event Text"]) == ("Government", cameo_name("042"))
    assert rows[0]["Event ID"].isdigit()


def test_dates_without_a_day_stand_as_the_first_one_and_are_reported(record: Record, tmp_path: Path) -> None:
    event = record.events[0]
    for date, day in (("2021-04", "2021-04-01"), ("2020", "2020-01-01"), ("XXXX-04-30", "2021-05-03")):
        vague = record.model_copy(update={"events": (event.model_copy(update={"date": date}),)})
        path, report = exported(vague, "icews", tmp_path)
        (row,) = csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t")
        assert row["Event Date"] == day
        counted = report.not_carried["dates known to the month or year (their first day stands)"]
        assert counted == (0 if date.startswith("X") else 1)


def test_places_have_their_country_where_a_table_knows_it(record: Record, tmp_path: Path) -> None:
    events = tuple(
        e.model_copy(update={"place": p}) for e, p in zip(record.events[:2], ("Istanbul", "Georgia"), strict=True)
    )
    placed = record.model_copy(update={"events": events})
    path, _ = exported(placed, "icews", tmp_path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))
    assert [(r["City"], r["Country"]) for r in rows] == [("Istanbul", "Turkey"), ("", "Georgia")]
    path, _ = exported(placed, "gdelt", tmp_path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), GDELT_COLUMNS, delimiter="\t"))
    assert [(r["ActionGeo_Type"], r["ActionGeo_CountryCode"]) for r in rows] == [("4", "TU"), ("1", "GG")]


def test_what_is_of_no_known_year_is_in_no_dyad_year_and_reported(record: Record, tmp_path: Path) -> None:
    document = record.document.model_copy(update={"published": None})
    undated = {
        name: tuple(e.model_copy(update={"date": None}) for e in getattr(record, name)) for name in ("events", "talks")
    }
    path, report = exported(record.model_copy(update={"document": document, **undated}), "dyads", tmp_path)
    assert path.read_text("utf-8").count("\n") == 1
    assert report.not_carried["talks and events of no known year"] > 1


def among(record: Record, source: dict[str, str | None], target: dict[str, str | None]) -> Record:
    """The record with the first two actors made others."""
    one, other, *rest = record.actors
    return record.model_copy(update={"actors": (one.model_copy(update=source), other.model_copy(update=target), *rest)})


def test_states_have_the_numbers_of_conflict_research(record: Record, tmp_path: Path) -> None:
    yemen = {"name": "Yemen", "party": "Yemen", "country": "YEM"}
    georgia = {"name": "Abkhazia", "party": "Abkhazia", "country": "GEO"}
    states = among(record, yemen, georgia)
    export([states], "polecat", tmp_path / "polecat.jsonl")
    row = json.loads((tmp_path / "polecat.jsonl").read_text("utf-8").splitlines()[0])
    assert (row["Actor COW"], row["Recipient COW"]) == ("679", "372")
    talks = record.talks[0].model_copy(update={"participants": ("Abkhazia", "Yemen"), "status": "held"})
    export([states.model_copy(update={"talks": (talks,)})], "dyads", tmp_path / "dyads.csv")
    rows = csv.DictReader((tmp_path / "dyads.csv").read_text("utf-8").splitlines())
    [dyad] = [row for row in rows if row["side_a"] == "Abkhazia" and row["talks"] == "1"]
    assert (dyad["gwno_a"], dyad["gwno_b"]) == ("", "678")


def test_state_numbers_are_those_of_states_and_groups_those_that_the_tables_know() -> None:
    states = {state.alpha3 for state in read_table(BUILT_IN / "states.tsv", State)}
    numbered = {code: numbers for code in states if (numbers := tables.numbers_of_code(code))}
    assert len(numbered) > 195
    assert {n.gw for n in numbered.values()} >= {"2", "200", "260", "340", "678", "973"}
    known = {row.name for name, of in (("groups", Group), ("organisations", Organisation))
             for row in read_table(BUILT_IN / f"{name}.tsv", of)}  # fmt: skip
    coded = {name: tables.known_group(name, None) for name in known if tables.known_group(name, None)}
    assert len(coded) > 70
    assert all(len(code) == 3 and code.isupper() for code in coded.values())
    assert tables.known_group("Ann Ober", "Hezbollah") == tables.known_group("Hezbollah", None) == "HEZ"


def test_gdelt_codes_known_groups_and_who_speaks_for_them(record: Record, tmp_path: Path) -> None:
    hamas = {"name": "Ann Ober", "kind": "person", "party": "Hamas", "country": "PSE", "sector": "REB"}
    council = {
        "name": "UN Security Council",
        "kind": "organisation",
        "party": "United Nations",
        "country": None,
        "sector": "IGO",
    }
    export([among(record, hamas, council)], "gdelt", tmp_path / "gdelt.tsv")
    first, *_ = csv.DictReader((tmp_path / "gdelt.tsv").read_text("utf-8").splitlines(), GDELT_COLUMNS, delimiter="\t")
    assert (first["Actor1Code"], first["Actor1KnownGroupCode"]) == ("PSEREBHMS", "HMS")
    assert (first["Actor2Code"], first["Actor2KnownGroupCode"]) == ("IGOUNO", "UNO")


def test_the_press_is_med_in_cameo_and_medicine_is_not() -> None:
    assert [sector_of_code(code).cameo for code in ("JRN", "MED", "PTY")] == ["MED", "HLH", ""]


def test_dyad_years_count_once_what_two_reports_tell(record: Record, tmp_path: Path) -> None:
    other = record.model_copy(update={"document": record.document.model_copy(update={"publisher": "Other Wire"})})
    path = tmp_path / "dyads.csv"
    report = export([record, other], "dyads", path)
    (row,) = csv.DictReader(path.read_text("utf-8").splitlines())
    counts = {name: row[name] for name in ("talks", "agreements", "verbal_cooperation", "material_conflict")}
    assert counts == {"talks": "1", "agreements": "1", "verbal_cooperation": "1", "material_conflict": "1"}
    assert row["verbal_conflict"] == "0"
    assert report.not_carried["further reports of the same talks or event"] == 4


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
        ("ceasefires", "side_b", ["Karania"]),
        ("acled", "interaction", ["11"]),
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
    nodes = json.loads((tmp_path / "jsonld").read_text("utf-8"))["@graph"]
    (article,) = (node for node in nodes if "schema:NewsArticle" in node["@type"])
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
    assert all(d["weight"] > 0 and d["words"] in TEXT for _, _, d in graph.edges(data=True))
    assert {d["score"] for _, _, d in graph.edges(data=True)} == {-9.5, 4.0, 0.0}
    assert {(s, t, d["code"]) for s, t, d in graph.edges(data=True)} == {
        ("Karania", "Velland", "ASSAULT"),
        ("Velland", "Karania", "CONSULT"),
        ("Velland", "Karania", "propose"),
    }


def test_a_side_stays_what_it_is_whatever_characters_its_name_holds(record: Record, tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx", reason="needs the networks extra")
    _, side, speaker = record.actors
    named = (side.model_copy(update={"name": "Vell\x01and", "party": "Vell\x01and"}),
             speaker.model_copy(update={"party": "Vell\x01and"}))  # fmt: skip
    path, _ = exported(record.model_copy(update={"actors": (record.actors[0], *named)}), "graphml", tmp_path)
    assert nx.read_graphml(path).nodes["Velland"]["kind"] == "state"


def as_linked_data(record: Record, folder: Path) -> Any:
    """The JSON-LD export as rdflib reads it."""
    import rdflib

    path, _ = exported(record, "jsonld", folder)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(path, format="json-ld")
    return graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_jsonld_gives_each_span_as_web_annotation(record: Record, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="JSON-LD is read with rdflib here")
    graph = as_linked_data(record, tmp_path)
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    exact = {str(o) for o in graph.objects(None, oa.exact)}
    assert "We propose a 30-day ceasefire" in exact
    starts = sorted(int(o) for o in graph.objects(None, oa.start))
    assert starts[0] == 0
    assert (None, rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim")) in graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_jsonld_answers_who_did_it_in_whose_words(record: Record, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="JSON-LD is read with rdflib here")
    graph = as_linked_data(record, tmp_path)
    rows = graph.query("""
        PREFIX p: <https://w3id.org/parley/record#>
        PREFIX s: <https://schema.org/>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?who ?whom ?speaker ?words ?day WHERE {
            ?event a p:Event; p:source/s:name ?who; p:target/s:name ?whom; p:voice/p:speaker/s:name ?speaker; p:date ?day.
            ?note oa:hasBody ?event; p:field "evidence"; oa:hasTarget/oa:hasSelector/oa:exact ?words. }""")
    (row,) = rows
    assert [str(part) for part in row] == [
        "Karania",
        "Velland",
        "Ilse Brandt",
        "Karania’s army shelled Ostwick",
        "2021-04-30",
    ]
    assert row.day.datatype == rdflib.XSD.date
    entries = {str(s) for s in graph.subjects() if isinstance(s, rdflib.URIRef)}
    assert f"urn:parley:{record.document.sha256[:16]}/e1" in entries
    assert all(iri.startswith("urn:parley:") for iri in entries)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_jsonld_means_the_same_to_every_reader(record: Record, tmp_path: Path) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="JSON-LD is expanded with pyld here")
    rdflib = pytest.importorskip("rdflib", reason="JSON-LD is read with rdflib here")
    from rdflib.compare import isomorphic

    path, _ = exported(record, "jsonld", tmp_path)
    data = json.loads(path.read_text("utf-8"))
    expanded = jsonld.expand(data)
    compacted = jsonld.compact(expanded, data["@context"])
    assert [node["@id"] for node in compacted["@graph"]] == [node["@id"] for node in data["@graph"]]
    in_order = [sorted(json.dumps(node, sort_keys=True) for node in nodes) for nodes in (expanded, jsonld.expand(compacted))]
    assert in_order[0] == in_order[1]
    triples = jsonld.to_rdf(data, {"format": "application/n-quads"})
    one = rdflib.Graph().parse(data=triples, format="nt")
    other = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    assert len(one) == len(other) > 100
    assert isomorphic(one, other)


def test_each_span_is_a_selection_of_the_annotation_model(record: Record, tmp_path: Path) -> None:
    """W3C Web Annotation Data Model (2017): 4 on specific resources, 4.2.4 and 4.2.5 on selectors of text."""
    path, _ = exported(record, "jsonld", tmp_path)
    nodes = json.loads(path.read_text("utf-8"))["@graph"]
    entries = {node["@id"] for node in nodes}
    annotations = [node for node in nodes if node["@type"] == "oa:Annotation"]
    assert len(annotations) == sum(len(list(spans_of(entry))) for entry in record.entries())
    for annotation in annotations:
        target = annotation["oa:hasTarget"]
        assert {annotation["oa:hasBody"]["@id"], target["oa:hasSource"]["@id"]} <= entries
        assert target["@type"] == "oa:SpecificResource"
        position, quote = target["oa:hasSelector"]
        assert (position["@type"], quote["@type"]) == ("oa:TextPositionSelector", "oa:TextQuoteSelector")
        start, end = (position[f"oa:{name}"]["@value"] for name in ("start", "end"))
        assert 0 <= start < end <= len(TEXT)
        assert TEXT[start:end] == quote["oa:exact"]
        assert TEXT[:start].endswith(quote["oa:prefix"])
        assert TEXT[end:].startswith(quote["oa:suffix"])
        around = quote["oa:prefix"] + quote["oa:exact"] + quote["oa:suffix"]
        assert TEXT.count(around) == 1


def spans_of(entry: Entry) -> Iterator[Span]:
    """Every span of an entry."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        yield from (span for span in (value if isinstance(value, tuple) else (value,)) if isinstance(span, Span))


def test_followthemoney_has_talks_and_deeds_as_events_between_its_entities(record: Record, tmp_path: Path) -> None:
    path, _ = exported(record, "followthemoney", tmp_path)
    entities = {e["id"]: e for e in map(json.loads, path.read_text("utf-8").splitlines())}
    names = {id_: e["properties"]["name"][0] for id_, e in entities.items() if "name" in e["properties"]}
    events = [e["properties"] for e in entities.values() if e["schema"] == "Event"]
    assert [[names[id_] for id_ in e["involved"]] for e in events] == [
        ["Velland", "Karania"], ["Velland", "Karania"], ["Karania", "Velland"], ["Karania", "Ilse Brandt"],
    ]  # fmt: skip
    assert [e["date"] for e in events] == [["2021-05-02"], ["2021-06"], ["2021-04-30"], ["2021-05-02"]]
    assert {e["schema"] for e in entities.values()} == {"Article", "PublicBody", "Person", "Mention", "Event"}


FTM_READER = """
import json, sys
from followthemoney import model
for line in sys.stdin:
    entity = json.loads(line)
    schema = model.get(entity["schema"])
    assert schema is not None, entity["schema"]
    proxy = model.get_proxy(entity, cleaned=False)
    for name, values in entity["properties"].items():
        assert name in schema.properties, (entity["schema"], name)
        assert len(proxy.get(name)) == len(set(values)), (entity["schema"], name, values)
print("read")
"""


def test_followthemoney_reads_every_entity_and_keeps_every_value(record: Record, tmp_path: Path) -> None:
    """Its own reader pins older libraries than Parley is tested with, so it may stand in an environment of its own."""
    own = Path(__file__).parents[2] / ".venv-followthemoney" / "bin" / "python"
    python = sys.executable if find_spec("followthemoney") else str(own)
    if not Path(python).exists():
        pytest.skip("followthemoney is not installed; .ci/run sets it up")
    path, _ = exported(record, "followthemoney", tmp_path)
    with path.open("rb") as file:
        done = subprocess.run([python, "-c", FTM_READER], stdin=file, capture_output=True, text=True, check=False)
    assert done.stdout == "read\n", done.stderr


def test_icalendar_holds_talks_with_a_known_day(record: Record, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    path, report = exported(record, "icalendar", tmp_path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert str(event["LOCATION"]) == "Karan City"
    assert event["DTSTART"].dt.isoformat() == "2021-05-02"
    assert all(len(line.encode()) <= 75 for line in path.read_bytes().decode().split("\r\n"))
    assert report.not_carried["talks without a known day"] == 1


@pytest.mark.parametrize("published", ["2021-05", "2021", "XXXX-05-03", None])
def test_a_calendar_entry_is_stamped_with_a_day_that_there_is(record: Record, published: str | None, tmp_path: Path) -> None:
    vague = record.model_copy(update={"document": record.document.model_copy(update={"published": published})})
    path, _ = exported(vague, "icalendar", tmp_path)
    assert "DTSTAMP:20210502T000000Z" in path.read_text("utf-8").splitlines()


@pytest.mark.parametrize("format", ["atom", "icalendar"])
def test_no_control_character_of_a_report_reaches_a_feed_or_a_calendar(record: Record, format: str, tmp_path: Path) -> None:
    named = {"publisher": "Wire\x07\x0c\ud800", "url": "https://example.org/a\x07b\ufffe?c=\ud800d"}
    document = record.document.model_copy(update=named)
    path, _ = exported(record.model_copy(update={"document": document}), format, tmp_path)
    written = path.read_text("utf-8")
    assert not set(written) & set("\x07\x0c\ufffe")
    assert "https://example.org/ab?c=d" in written
    if format == "atom":
        links = ET.parse(path).findall(".//{http://www.w3.org/2005/Atom}link")
        assert {link.get("href") for link in links} == {"https://example.org/ab?c=d"}


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
