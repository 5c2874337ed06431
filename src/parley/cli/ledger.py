"""The commands of the ledger: add, reread, verify, review, and the questions to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.options import KnowledgeFolder, Parser
from parley.cli.output import complain, give_up, print_out
from parley.errors import DocumentError, LedgerError, ParleyError

if TYPE_CHECKING:
    from parley.ledger.adding import Found, Outcome
    from parley.ledger.store import Change, Ledger
    from parley.ledger.view import View
    from parley.record import Document, Record

LEDGER_HELP = "The ledger: a file, or postgresql://user@host/name."
LedgerOption = Annotated[str, typer.Option("--ledger", metavar="FILE|URL", envvar="PARLEY_LEDGER", help=LEDGER_HELP)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The state as of this day; default: all known.")]
ProcessOption = Annotated[str | None, typer.Option("--process", "-p", metavar="NAME", help="Which process, by name or id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
DEFAULT = "parley.db"
FOUND_WRONG = 1
"""Exit code where something was done and something was found wrong."""


@contextmanager
def opened(ledger: str, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, for one command; what is wrong with it ends the command with one sentence and exit code 2."""
    from parley.ledger.store import Ledger

    try:
        with Ledger.open(ledger, create=create) as found:
            yield found
    except ParleyError as error:
        give_up(error)


@contextmanager
def viewed(ledger: str, as_of: str | None) -> Iterator[View]:
    """The state of the ledger, for one command."""
    with opened(ledger) as found, found.view(as_of) as view:
        yield view


def chosen(view: View, name: str | None) -> dict[str, Any]:
    """The process asked for, or the only one. Raises ``LedgerError`` where it has to be named."""
    process = view.process(name)
    if process is None:
        known = [p["name"] for p in view.processes(5) if p["documents"]]
        if not known:
            raise LedgerError("the ledger holds no documents yet; add some with: parley add PATHS")
        raise LedgerError(f"the ledger holds several processes; name one with --process: {', '.join(known)}")
    return process


def as_json(data: Any) -> None:
    """Print data as JSON."""
    print_out(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


# Adding


def _reading(knowledge: Path | None, parser: str | None) -> Callable[[Document], Record]:
    from parley.cli.reader import open_reader

    return open_reader(knowledge, parser).read


def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Reports, collections, folders, coded archives.")],
    ledger: LedgerOption = DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="How many processes read.")] = 1,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="As for `parley archive`.")
    ] = None,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Read documents into a ledger. What is there already is left; stopped at any moment, the same command does the rest.

    The folder of `parley archive --out` is taken in as it was coded, without reading again.

    What is known of a plain file (published, updated, publisher, title, url) may stand in a manifest.tsv beside it, or in
    FILE.meta.json.
    """
    from parley.cli.archive import columns_given
    from parley.exchange.records import holds_tables
    from parley.ledger.adding import add_all

    columns = columns_given(column)
    counts: dict[str, int] = {"added": 0, "known": 0, "failed": 0}
    with opened(ledger, create=True) as book:
        coded = [path for path in paths if path.is_dir() and holds_tables(path)]
        plain = [path for path in paths if path not in coded]
        outcomes = add_all(book, _found(plain, columns), partial(_reading, knowledge, parser), workers=workers)
        for outcome in _with_progress(chain(outcomes, _coded(book, coded))):
            counts[outcome.what] += 1
            if outcome.what == "failed":
                complain(outcome.problem)
        name = book.name
        if book.outdated():
            complain(f"the known conflicts changed since {name} was made; `parley rebuild` forms its processes anew")
    complain(f"{name}: {counts['added']:,} added, {counts['known']:,} known before, {counts['failed']:,} failed")
    if counts["failed"]:
        raise typer.Exit(FOUND_WRONG if counts["added"] or counts["known"] else 2)


def _with_progress(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} documents"),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for outcome in outcomes:
            progress.update(task, advance=1)
            yield outcome


def _found(paths: list[Path], columns: dict[str, str]) -> Iterator[Found]:
    from parley.documents.items import Item, document_of, items_in
    from parley.ledger.adding import Found

    for path in paths:
        try:
            for item in items_in(path, columns):
                modified = _modified(item.source)
                yield Found(item.source, partial(document_of, item), modified, item.updated)
        except DocumentError as error:
            yield Found(error.source, partial(document_of, Item(error.source, problem=error.problem)))


def _coded(book: Ledger, folders: list[Path]) -> Iterator[Outcome]:
    """The records of archives that were coded before, each added as it is."""
    from parley.exchange.records import records_in
    from parley.ledger.adding import Outcome

    for folder in folders:
        for record in records_in(folder):
            yield Outcome(str(folder), book.add(record, origin=str(folder)))


def _modified(source: str) -> str | None:
    path = Path(source)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds") if path.is_file() else None


def reread(
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help="The beginning of a document's id; default: all.")
    ] = "",
    ledger: LedgerOption = DEFAULT,
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Read the documents again with today's reader, store what differs as a further reading, and show what changed."""
    changed = total = 0
    with opened(ledger) as book:
        read = _reading(knowledge, parser)
        for id_, text in book.documents(document):
            total += 1
            if change := book.reread(id_, read(text)):
                changed += 1
                _print_change(text, change)
        with book.view() as view:
            flagged = view.flagged()
        for flag in flagged:
            print_out(f"review to look at: {flag['entry']}: {flag['flag']}\n")
    complain(f"{total:,} documents read again, {changed:,} of them differently; {len(flagged):,} decisions to look at")


def _print_change(document: Document, change: Change) -> None:
    print_out(f"{change.document} {document.title or ''}\n")
    for mark, entries in (("-", change.gone), ("+", change.new)):
        for id_, fields in entries.items():
            print_out(f"  {mark} {id_} {_brief_fields(fields)}\n")
    for id_, (old, new) in change.changed.items():
        moved = ", ".join(f"{k}: {old.get(k)!r} -> {v!r}" for k, v in new.items() if old.get(k) != v)
        print_out(f"  ~ {id_} {moved}\n")


def _brief_fields(fields: dict[str, Any]) -> str:
    return ", ".join(f"{k}={v}" for k, v in fields.items() if v not in (None, "", [], False))


def verify(ledger: LedgerOption = DEFAULT) -> None:
    """Check every stored span against its text, and every text against its digest; exit with 1 on the first lie."""
    from parley.ledger.check import lies

    with opened(ledger) as book:
        spans = documents = 0
        for checked in lies(book):
            if checked.lie:
                complain(checked.lie)
                raise typer.Exit(FOUND_WRONG)
            documents, spans = documents + 1, spans + checked.spans
    print_out(f"{documents:,} readings, {spans:,} spans: every one holds its words\n")


def rebuild(ledger: LedgerOption = DEFAULT) -> None:
    """Make all that is derived again, from documents, readings and decisions; bring an older ledger up to date first."""
    with opened(ledger, create=True) as book:
        book.rebuild()
    print_out("everything derived was made again\n")


# Questions


def status(
    name: Annotated[str | None, typer.Argument(metavar="[PROCESS]", help="A process, by name or id.")] = None,
    process: ProcessOption = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option("--between", metavar="PARTY PARTY", help="Only their gap.")
    ] = None,
    ledger: LedgerOption = DEFAULT,
    as_of: AsOf = None,
    json_: AsJson = False,
) -> None:
    """Where each side stands: issues by parties, since when, how sure, who says so. With several processes: all of them."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        wanted = name or process
        found = view.process(wanted)
        if found is None:
            chosen(view, None) if not view.processes(1) else None
            listed = view.processes()
            as_json(listed) if json_ else show.processes(listed)
            return
        if between:
            gap = view.gap(found["id"], *between)
            as_json(gap) if json_ else show.gap(found, between, gap)
            return
        matrix = view.matrix(found["id"])
        if json_:
            as_json({"process": found, "as_of": view.today(), "matrix": matrix})
        else:
            show.matrix(found, matrix, view.today())


def timeline(
    process: ProcessOption = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, the latest first.")] = 100,
    kind: Annotated[
        list[str] | None, typer.Option(help="talks, proposal, reversal, shift, position, claim, denial ...")
    ] = None,
    ledger: LedgerOption = DEFAULT,
    as_of: AsOf = None,
    json_: AsJson = False,
) -> None:
    """What happened, the latest first: talks, steps of proposals, changes of stance, claims; each with its words."""
    from parley.cli import ledger_tables as show
    from parley.ledger.days import asked_day

    with viewed(ledger, as_of) as view:
        found = view.process(process)
        moments = view.timeline(found["id"] if found else None, since=asked_day(since) if since else None, limit=limit,
                                kinds=kind or ())  # fmt: skip
        as_json(moments) if json_ else show.timeline(moments)


def talks(process: ProcessOption = None, limit: Annotated[int, typer.Option(min=1)] = 100, ledger: LedgerOption = DEFAULT,
          as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """Talks merged from all reports, accounts that disagree side by side."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        found = view.talks(chosen(view, process)["id"], limit)
        as_json(found) if json_ else show.talks(found, view.sources(t["document"] for f in found for t in f["told"]))


def proposals(process: ProcessOption = None, limit: Annotated[int, typer.Option(min=1)] = 100,
    ledger: LedgerOption = DEFAULT,
              as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """Proposals, each of their terms with its life: every step dated, with its words; refused steps with the reason."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        found = view.proposals(chosen(view, process)["id"], limit)
        as_json(found) if json_ else show.proposals(found)


def claims(process: ProcessOption = None, limit: Annotated[int, typer.Option(min=1)] = 100, ledger: LedgerOption = DEFAULT,
           as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """Claims across reports: asserted by, denied by, confirmed by, unresolved."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        found = view.claims(chosen(view, process)["id"], limit)
        as_json(found) if json_ else show.claims(found)


def positions(party: Annotated[str, typer.Argument(metavar="PARTY")], process: ProcessOption = None,
              ledger: LedgerOption = DEFAULT, as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """A party's positions over time: stances held in turn, reversals, silence, ambiguity, each with its quotations."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        found = view.positions(party, view.process(process)["id"] if process else None)  # type: ignore[index]
        if not found:
            raise LedgerError(f"the ledger holds no position of {party!r}; `parley status` shows the parties")
        as_json(found) if json_ else show.positions(found)


def actors(name: Annotated[str, typer.Argument(metavar="[NAME]", help="Part of a name.")] = "",
    process: ProcessOption = None,
           ledger: LedgerOption = DEFAULT, as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """Who speaks for whom in which role, from when to when, with the words that say so."""
    from parley.cli import ledger_tables as show

    with viewed(ledger, as_of) as view:
        of = view.process(process)
        found = view.actors([*of["parties"], *of["mediators"]] if of and not name else (), name)
        as_json(found) if json_ else show.actors(found)


def brief(since: Annotated[str, typer.Option(metavar="DATE", help="What became known after this day.")],
          process: ProcessOption = None, ledger: LedgerOption = DEFAULT, as_of: AsOf = None) -> None:  # fmt: skip
    """A briefing of what changed, in Markdown, each sentence cited to its quotation and source."""
    from parley.ledger.brief import brief as written
    from parley.ledger.days import asked_day

    with viewed(ledger, as_of) as view:
        print_out(written(view, chosen(view, process), asked_day(since)))


def search(words: Annotated[list[str], typer.Argument(metavar="WORDS...")],
           kind: Annotated[list[str] | None, typer.Option(help="document, statement, position, proposal, talks, claim")] =
               None,
           limit: Annotated[int, typer.Option(min=1)] = 20, publisher: Annotated[str | None, typer.Option()] = None,
           ledger: LedgerOption = DEFAULT, as_of: AsOf = None, json_: AsJson = False) -> None:  # fmt: skip
    """Full-text search over documents, statements and entries, the newest first; "quoted words" stand side by side."""
    from parley.cli import ledger_tables as show
    from parley.ledger.search import search as hits

    with viewed(ledger, as_of) as view:
        found = hits(
            view.connection, " ".join(words), kinds=tuple(kind or ()), limit=limit, as_of=view.as_of, publisher=publisher
        )
        as_json(found) if json_ else show.hits(found, view.sources(hit["document"] for hit in found))


def show(id_: Annotated[str, typer.Argument(metavar="ID")], ledger: LedgerOption = DEFAULT, json_: AsJson = False) -> None:
    """An entry with its words, rule, review and history; or a document; or merged talks, a proposal, a claim."""
    from parley.cli import ledger_tables

    with viewed(ledger, None) as view:
        found = view.show(id_)
        as_json(found) if json_ else ledger_tables.one(found)


def history(
    id_: Annotated[str, typer.Argument(metavar="ID")], ledger: LedgerOption = DEFAULT, json_: AsJson = False
) -> None:
    """All that ever happened to an entry: what each reading said, and every decision."""
    from parley.cli import ledger_tables

    with viewed(ledger, None) as view:
        found = view.history(id_)
        as_json(found) if json_ else ledger_tables.history(found)


# Review


def review(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The entry.")],
    by: By,
    accept: Annotated[bool, typer.Option("--accept", help="It is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is wrong, and counts no more.")] = False,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="It should say this.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back your last decision on it.")] = False,
    reason: Reason = "",
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Decide on an entry. Decisions are only added, keyed to the words, and applied again after every reading."""
    verdicts = [v for v, on in (("accept", accept), ("reject", reject), ("set", bool(set_)), ("withdraw", withdraw)) if on]
    if len(verdicts) != 1:
        give_up("give one of --accept, --reject, --set FIELD=VALUE, --withdraw")
    changes = {}
    for pair in set_ or []:
        field, equals, value = pair.partition("=")
        if not equals:
            give_up(f"--set {pair}: write FIELD=VALUE")
        changes[field] = value
    with opened(ledger) as book:
        book.review(id_, verdicts[0], by=by, reason=reason, changes=changes)  # type: ignore[arg-type]
    print_out(f"{id_}: {verdicts[0]} by {by}\n")


def figures(ledger: LedgerOption = DEFAULT, json_: AsJson = False) -> None:
    """Figures from review: the precision of each list with its interval, and the agreement of reviewers."""
    from parley.cli import ledger_tables
    from parley.ledger.review import figures as counted

    with viewed(ledger, None) as view:
        found = {**counted(view.connection), "flagged": len(view.flagged(1000))}
        as_json(found) if json_ else ledger_tables.figures(found)


# Processes

process_app = typer.Typer(help="Define, rename, merge, split and list processes.", no_args_is_help=True)
Parties = Annotated[list[str], typer.Option("--party", metavar="NAME", help="A party; give it several times.")]
Mediators = Annotated[list[str] | None, typer.Option("--mediator", metavar="NAME")]
From = Annotated[str, typer.Option("--from", metavar="DATE")]
Until = Annotated[str, typer.Option("--until", metavar="DATE")]


@process_app.command("list")
def list_(ledger: LedgerOption = DEFAULT, json_: AsJson = False) -> None:
    """The processes of the ledger."""
    from parley.cli import ledger_tables

    with viewed(ledger, None) as view:
        as_json(view.processes(1000)) if json_ else ledger_tables.processes(view.processes(1000))


@process_app.command()
def define(name: str, party: Parties, mediator: Mediators = None, from_: From = "", until: Until = "", by: By = "",
           reason: Reason = "", ledger: LedgerOption = DEFAULT) -> None:  # fmt: skip
    """Define a process by its parties, mediators and period."""
    with opened(ledger, create=True) as book:
        id_ = book.define_process(name, party, mediators=mediator or (), since=from_, until=until, by=by, reason=reason)
    print_out(f"{id_}\n")


@process_app.command()
def rename(old: str, new: str, by: By = "", reason: Reason = "", ledger: LedgerOption = DEFAULT) -> None:
    """Give a process another name; its id stays."""
    with opened(ledger) as book:
        book.rename_process(old, new, by=by, reason=reason)


@process_app.command()
def merge(names: Annotated[list[str], typer.Argument(metavar="PROCESS...")],
          into: Annotated[str, typer.Option("--into", metavar="PROCESS")], by: By = "", reason: Reason = "",
          ledger: LedgerOption = DEFAULT) -> None:  # fmt: skip
    """Let processes go on as one."""
    with opened(ledger) as book:
        book.merge_processes(names, into, by=by, reason=reason)


@process_app.command()
def split(origin: Annotated[str, typer.Argument(metavar="PROCESS")], name: Annotated[str, typer.Option("--as",
    metavar="NAME")],
          party: Annotated[list[str] | None, typer.Option("--party", metavar="NAME")] = None, mediator: Mediators = None,
          from_: From = "", until: Until = "", by: By = "", reason: Reason = "",
          ledger: LedgerOption = DEFAULT) -> None:  # fmt: skip
    """Take what is between some parties, or in a period, out of a process into one of its own."""
    with opened(ledger) as book:
        id_ = book.split_process(origin, name, party or (), mediators=mediator or (), since=from_, until=until, by=by,
                                 reason=reason)  # fmt: skip
    print_out(f"{id_}\n")


COMMANDS = (add, status, timeline, talks, proposals, claims, positions, actors, brief, search, show, history, review,
    figures,
            verify, reread, rebuild)  # fmt: skip
