"""`planchecker serve`: a page in the browser, for those who do not use a terminal."""

from __future__ import annotations

import os
import signal
import threading
import webbrowser
from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, installed_checklists
from planchecker.cli.check import checklists_of
from planchecker.errors import UsageError
from planchecker.web.security import is_loopback
from planchecker.workers import Limits, memory_is_bounded

_PORT = 8047
_JOBS = 2  # each holds the models: about half a gigabyte


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=_PORT, show_default=True, help="0 for any that is free."
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen; anything but this computer itself needs --allow-remote.")  # fmt: skip
@click.option("--allow-remote", is_flag=True, help="Let other computers on the network use the page.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in the browser.")
@click.option("--data", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Where drafts and results are kept.  [default: in your own application data]")  # fmt: skip
@click.option("--checklist", "names", multiple=True, metavar="ID|FILE",
              help="Checklist to offer; may be given more than once.  [default: those of planchecker]")  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Drafts checked at once.  [default: 2, or one a core]"
)
@click.option("--time-limit", type=click.FloatRange(1), default=Limits().seconds, show_default=True,
              metavar="SECONDS", help="Most time that reading or checking one draft may take.")  # fmt: skip
@click.option("--memory-limit", type=click.IntRange(1000), default=Limits().megabytes, show_default=True,
              metavar="MB", help="Most memory that one draft may take.")  # fmt: skip
def command(
    port: int,
    host: str,
    allow_remote: bool,
    no_browser: bool,
    folder: Path | None,
    names: tuple[str, ...],
    jobs: int | None,
    time_limit: float,
    memory_limit: int,
) -> None:
    """Open a page in the browser to check drafts on; nothing leaves this computer."""
    if not is_loopback(host):
        _warn(host, allow_remote)
    if not memory_is_bounded():
        click.echo(
            "Note: this system cannot bound the memory of a check; --memory-limit does nothing.", err=True
        )
    from planchecker.web.server import served  # Flask: `--help` need not wait

    ids = names or sorted(installed_checklists(), key=lambda one: one != DEFAULT_CHECKLIST)
    checklists = {one.id: one for one in checklists_of(tuple(ids))}
    folder = folder or Path(click.get_app_dir("planchecker"), "page")
    jobs = jobs or min(_JOBS, os.cpu_count() or 1)
    with served(folder, checklists, host, port, jobs, Limits(time_limit, memory_limit)) as server:
        address = _address(host, server.effective_port)
        click.echo(f"The page is at {address}")
        click.echo(f"Drafts and results are kept in {folder}. Press Ctrl-C to stop; what is finished stays.")
        if not no_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by the system as by Ctrl-C
        server.run()
    click.echo("The page is closed.")


def _warn(host: str, allowed: bool) -> None:
    if not allowed:
        problem = f"--host {host} would open the page to other computers"
        raise UsageError(f"{problem}; add --allow-remote if you mean that, or leave --host out.")
    click.echo(
        f"Warning: everyone who can reach {host} over the network can read and remove all drafts on this page,"
        " and what they send is not encrypted on its way.", err=True)  # fmt: skip


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)
    return f"http://{name}:{port}/"
