"""What people decide: review of entries, and which processes there are."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.ledger import DEFAULT, AsJson, By, LedgerOption, Reason, as_json, opened, viewed
from parley.cli.output import give_up, print_out


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


COMMANDS = (review, figures)
