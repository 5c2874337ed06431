"""The questions to the ledger, one command each."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.ledger import DEFAULT, AsJson, AsOf, LedgerOption, ProcessOption, as_json, chosen, viewed
from parley.cli.output import print_out
from parley.errors import LedgerError


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


COMMANDS = (status, timeline, talks, proposals, claims, positions, actors, brief, search, show, history)
