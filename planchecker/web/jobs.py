"""Checks in the background, and files made while a reader waits; all of it in worker processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from planchecker.checklist import Checklist
from planchecker.errors import PlancheckerError
from planchecker.web import work
from planchecker.web.draft import Draft, State
from planchecker.web.storage import Storage
from planchecker.workers import Limits, result_of

T = TypeVar("T")
_MOST_WAITING = 24  # readers who wait for a file at once; the next is asked to come again


class Pool(Protocol):
    """What `planchecker.workers.Workers` is to this module."""

    count: int
    limits: Limits

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Have a function called."""
        ...

    def close(self) -> None:
        """Stop what is going on."""
        ...


class BusyError(PlancheckerError):
    """Too many files are being made at once."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an unfinished draft is.

    Attributes:
        step: 1 waits, 2 is being read, 3 is being checked; 0 where planchecker was stopped before it was.
        words: the same in a sentence.
    """

    step: int
    words: str


_STOPPED = Progress(0, "The check did not come to its end: planchecker was stopped, or the disk was full.")


class Jobs:
    """The work of one page."""

    def __init__(
        self, storage: Storage, checklists: Mapping[str, Checklist], checking: Pool, making: Pool
    ) -> None:
        """Start nothing yet; what an earlier run left unfinished waits until it is asked for.

        Args:
            storage: where drafts lie and results go.
            checklists: those on offer, by id.
            checking: the processes that check drafts.
            making: the processes that make files of results.
        """
        self._storage, self._checklists = storage, checklists
        self._checking, self._making = checking, making
        self._threads = ThreadPoolExecutor(checking.count, thread_name_prefix="check")
        self._lock = threading.Lock()
        self._progress: dict[str, Progress] = {}  # of what is not done, in the order it came in
        self._seats = threading.BoundedSemaphore(_MOST_WAITING)
        self._closing = False

    def close(self) -> None:
        """Stop; unfinished drafts stay unfinished."""
        self._closing = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._checking.close()
        self._making.close()
        self._threads.shutdown()

    def start(self, draft: Draft, password: str | None = None) -> None:
        """Have a draft checked; nothing happens where that is going on already.

        Args:
            draft: the draft.
            password: opens it; kept in memory only, until it was read.
        """
        with self._lock:
            if draft.id in self._progress:
                return
            self._progress[draft.id] = Progress(1, "Waiting for its turn.")
        self._threads.submit(self._check, draft, password)

    def progress(self, draft: Draft) -> Progress | None:
        """How far an unfinished draft is, or None for one that is finished."""
        with self._lock:
            known = self._progress.get(draft.id)
            ahead = list(self._progress).index(draft.id) if known else 0
        if known is None:
            return _STOPPED if draft.state is State.UNFINISHED else None
        if known.step == 1 and ahead:
            drafts = "One draft is" if ahead == 1 else f"{ahead} drafts are"
            return Progress(1, f"Waiting for its turn. {drafts} ahead of it.")
        return known

    def make(self, function: Callable[..., bytes], *arguments: Any) -> bytes:
        """Have a file made, and wait for it.

        Raises:
            BusyError: too many are being made.
            PlancheckerError: why it could not be made.
        """
        if not self._seats.acquire(blocking=False):
            raise BusyError("Many files are being made just now; try again in a minute.")
        try:
            return result_of(self._making.submit(function, *arguments), self._making.limits)
        finally:
            self._seats.release()

    def _check(self, draft: Draft, password: str | None) -> None:
        """Check one draft from its bytes to its results; runs in a thread of its own."""
        try:
            self._tell(draft, Progress(2, "Reading the draft."))
            data, _ = self._storage.contents(draft.id)
            opened = self._done(work.open_draft, data, draft.name, password)
            lists = tuple(self._checklists[one] for one in draft.checklists)
            self._tell(draft, Progress(3, _checking(opened, lists)))
            found = self._done(work.check_draft, opened.text, draft.name, lists)
            self._storage.keep(draft.id, opened.text, opened.format, opened.pages, opened.words, found)
        except PlancheckerError as error:
            if not self._closing:
                self._storage.keep_problem(draft.id, str(error))
        except KeyError:  # removed meanwhile, or:
            self._storage.keep_problem(
                draft.id, "A checklist it was to be checked against is no longer on offer."
            )
        finally:
            with self._lock:
                self._progress.pop(draft.id, None)

    def _done(self, function: Callable[..., T], *arguments: Any) -> T:
        return result_of(self._checking.submit(function, *arguments), self._checking.limits)

    def _tell(self, draft: Draft, progress: Progress) -> None:
        with self._lock:
            self._progress[draft.id] = progress


def _checking(opened: work.Opened, checklists: tuple[Checklist, ...]) -> str:
    pages = f"{opened.pages} pages, " if opened.pages else ""
    features = sum(len(list(one.features)) for one in checklists)
    return f"Checking {pages}{opened.words:,} words against {features} features."
