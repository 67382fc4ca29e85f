"""The page on a port: a single process that answers requests in threads and has drafts checked in others."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from waitress import create_server

from planchecker.checklist import Checklist
from planchecker.errors import UsageError
from planchecker.triage.work import warm_up
from planchecker.web.app import Setting, page_app
from planchecker.web.jobs import Jobs
from planchecker.web.security import host_names, is_loopback
from planchecker.web.storage import Storage
from planchecker.workers import Limits, Workers

_THREADS = 32  # more than the readers who may wait for a file at once (jobs.py)
_CONNECTIONS = 100  # at once; more wait at the door
_SILENCE = 60  # seconds after which a connection on which nothing moves is closed
_MAKING = Limits(seconds=120.0)


@contextmanager
def served(
    folder: Path, checklists: Mapping[str, Checklist], host: str, port: int, jobs: int, limits: Limits
) -> Iterator[Any]:
    """A page that listens; call `run` on it to answer requests until it is interrupted.

    Args:
        folder: where drafts and results are kept.
        checklists: those on offer, by id.
        host: name or address to listen at.
        port: port to listen at; 0 for any that is free (`effective_port` then says which).
        jobs: number of drafts checked at once.
        limits: what reading and checking one draft may take, each.

    Raises:
        UsageError: the folder cannot be used, or the port is taken.
    """
    with contextlib.ExitStack() as stack:
        storage = Storage(folder)
        stack.callback(storage.close)
        checking = Workers(jobs, limits, partial(warm_up, next(iter(checklists.values()))))
        work = Jobs(storage, checklists, checking, Workers(1, _MAKING))
        stack.callback(work.close)
        setting = Setting(storage, work, checklists, host_names(host), not is_loopback(host), _cookie(folder))
        server = _listening(setting, host, port)
        stack.callback(server.close)
        yield server


def _cookie(folder: Path) -> str:
    """A name for each page: browsers send cookies to every port of a machine."""
    return f"planchecker-{sha256(str(folder.resolve()).encode()).hexdigest()[:8]}"


def _listening(setting: Setting, host: str, port: int) -> Any:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full house is no news
    largest = setting.storage.bounds.draft
    try:
        return create_server(
            page_app(setting), host=host, port=port, threads=_THREADS, connection_limit=_CONNECTIONS,
            channel_timeout=_SILENCE, cleanup_interval=min(_SILENCE, 10), max_request_header_size=32_768,
            # Somewhat too much gets a page that says so; far too much is cut off before it is read.
            max_request_body_size=2 * largest, ident=None, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        problem = (
            f"the page cannot listen at {host}, port {port} ({getattr(error, 'strerror', None) or error})"
        )
        raise UsageError(f"{problem}; name another with --port, or 0 for any that is free.") from error
