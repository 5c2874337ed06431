"""`parley serve`: the ledger as a desk in the browser."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.ledger import DEFAULT, LedgerOption, opened
from parley.cli.options import KnowledgeFolder, Parser
from parley.cli.output import complain, give_up

if TYPE_CHECKING:
    from parley.ledger.adding import ReadDocument


def serve(
    ledger: LedgerOption = DEFAULT,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8765,
    token: Annotated[
        str, typer.Option(envvar="PARLEY_TOKEN", help="An access token, needed on any address but this machine's own.")
    ] = "",
    knowledge: KnowledgeFolder = None,
    parser: Parser = None,
) -> None:
    """Show the ledger in the browser, to see, check and correct it. A ledger that is not there yet is made."""
    try:
        import uvicorn

        from parley.desk.app import create_app
    except ImportError as error:
        give_up(f"the desk needs more packages ({error.name}): pip install 'parley-record[desk]'")
    if not token and not _is_loopback(host):
        give_up(f"{host} can be reached from other machines: give an access token of 16 characters or more (--token)")

    def open_reader(story: Path | None) -> ReadDocument:
        from parley.cli.reader import open_reader as opened_reader

        return opened_reader(story or knowledge, parser).read

    with opened(ledger, create=True) as book:
        app = create_app(book, open_reader=open_reader, token=token)
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
        server = uvicorn.Server(config)
        sockets = [config.bind_socket()]
        sockets[0].listen(128)  # who comes between this line and the server's start waits, and is not turned away
        at = sockets[0].getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        complain(f"the desk of {book.name} is at http://{shown}:{at}/ (Ctrl+C ends it)")
        server.run(sockets)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
