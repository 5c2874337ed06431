"""The formats that `parley export` writes: name, codebook with edition, file ending, writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from parley.errors import ParleyError
from parley.exchange import calendars, entities, events, linked, lists, networks, peace
from parley.exchange.report import Report
from parley.record import Record
from parley.whole_files import in_place_of

Writer = Callable[[Iterable[Record], Path, Report], None]


@dataclass(frozen=True)
class Format:
    """One way to write records for others' programs; a `folder` format writes several files."""

    name: str
    edition: str
    suffix: str
    write: Writer
    folder: bool = False


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("polecat", "PLOVER draft 0.8 (2021), columns of POLECAT", ".jsonl", events.write_polecat),
        Format("gdelt", "CAMEO 1.1b3, GDELT 1.0 column order, no header", ".tsv", events.write_gdelt),
        Format("icews", "CAMEO 1.1b3, ICEWS column order", ".tsv", events.write_icews),
        Format("pax", "PA-X issue categories, codebook V2 and later", ".csv", peace.write_pax),
        Format("negotiations", "dyad x negotiation event in the manner of PNCC", ".csv", peace.write_negotiations),
        Format("dyads", "dyad-years in the manner of UCDP, PLOVER scores", ".csv", peace.write_dyads),
        Format("ceasefires", "in the manner of ETH/PRIO Civil Conflict Ceasefires", ".csv", peace.write_ceasefires),
        Format("acled", "ACLED columns of March 2023, agreements alone", ".csv", peace.write_acled),
        Format("dna", "Discourse Network Analyzer statements", ".csv", peace.write_dna),
        Format("csv", "record contract 1.0, one file a list", "", lists.write_csv, folder=True),
        Format("parquet", "record contract 1.0, one file a list", "", lists.write_parquet, folder=True),
        Format("duckdb", "record contract 1.0, one table a list", ".duckdb", lists.write_duckdb),
        Format("graphml", "GraphML 1.0, PLOVER draft 0.8 events", ".graphml", networks.write_graphml),
        Format("gexf", "GEXF 1.2draft, PLOVER draft 0.8 events", ".gexf", networks.write_gexf),
        Format("jsonld", "W3C Web Annotation 2017, PROV-O 2013, schema.org", ".jsonld", linked.write_jsonld),
        Format(
            "followthemoney",
            "FollowTheMoney 3 and 4: Article, Person, Organization, PublicBody, Mention, Event",
            ".jsonl",
            entities.write_followthemoney,
        ),
        Format("icalendar", "RFC 5545", ".ics", calendars.write_icalendar),
        Format("atom", "RFC 4287", ".atom", calendars.write_atom),
    )
}


def export(records: Iterable[Record], format: str, path: Path) -> Report:
    """Write records in a format and report what it could not carry.

    A file, and each file of a folder, appears under its name only when all is complete. Raises ``ParleyError`` on an unknown
    format, ``OSError`` where nothing can be written.
    """
    if format not in FORMATS:
        raise ParleyError(f"there is no export format {format!r}; the formats are {', '.join(FORMATS)}")
    chosen = FORMATS[format]
    report = Report(chosen.name, chosen.edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    if chosen.folder:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.", suffix=".part") as temporary_folder:
            chosen.write(records, Path(temporary_folder), report)
            path.mkdir(exist_ok=True)
            for written in sorted(Path(temporary_folder).iterdir()):
                written.replace(path / written.name)
    else:
        with in_place_of(path) as temporary:
            chosen.write(records, temporary, report)
    return report
