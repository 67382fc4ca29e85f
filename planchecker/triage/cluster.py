"""The engine on a Dask cluster: the same work under the same limits, on other machines.

Each of the cluster's workers keeps processes of its own for the checks (`workers.py`): Dask itself bounds
neither the time of a task nor what a crash takes with it.
"""

from __future__ import annotations

import threading
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import current_process
from typing import Any

from planchecker.checklist import Checklist
from planchecker.checklist_file import installed_checklists
from planchecker.errors import CheckStoppedError, PlancheckerError, UsageError
from planchecker.triage.edition import edition_of
from planchecker.triage.work import Done, Task, do, warm_up
from planchecker.workers import Limits, Workers, result_of

_PATIENCE = 30  # seconds to wait for the scheduler, and for its first worker


class ClusterEngine:
    """A Dask cluster that is running already; a `with` block ends the connection, not the cluster."""

    def __init__(self, address: str, limits: Limits, checklist: Checklist) -> None:
        """Connect, and make sure that the cluster's workers can do this work.

        Args:
            address: of the scheduler, such as "tcp://host:8786".
            limits: what each check may take.
            checklist: what the plans are checked against.

        Raises:
            UsageError: the extra is not installed, the cluster does not answer, or its workers are not fit.
        """
        self.limits, self._run = limits, uuid.uuid4().hex
        self._client = _connected(address)
        try:
            reports = self._client.run(_unfitness, checklist, edition_of(checklist))
            for worker, problem in sorted(reports.items()):
                if problem:
                    raise UsageError(f"the worker {worker} cannot be used: {problem}.")
            self._checklist = self._client.scatter(checklist, broadcast=True, hash=False)
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def __enter__(self) -> ClusterEngine:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._client.run(_leave, self._run)
        finally:
            self._client.close()

    @property
    def width(self) -> int:
        """How many tasks the cluster's workers of this moment can work on at once."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, task: Task) -> Future[Done]:
        """Have a task done."""
        try:
            with warnings.catch_warnings():  # Dask warns of long plans
                warnings.simplefilter("ignore", UserWarning)
                future: Future[Done] = self._executor.submit(
                    _do_there, task, self._checklist, self.limits, self._run
                )
        except (OSError, RuntimeError) as error:
            raise _unfinished(error) from error
        return future

    def result_of(self, future: Future[Done]) -> Done:
        """What was done.

        Raises:
            PlancheckerError: why it was not.
        """
        try:
            outcome: Done | PlancheckerError = future.result()
        except Exception as error:  # workers died, or the connection did
            raise _unfinished(error) from error
        if isinstance(outcome, PlancheckerError):
            raise outcome
        return outcome


def _unfinished(error: Exception) -> CheckStoppedError:
    problem = f"the cluster did not finish the check ({type(error).__name__})"
    return CheckStoppedError(f"{problem}; look at its workers' logs and run the batch again.")


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        remedy = "install it with: pip install 'planchecker[cluster]'"
        raise UsageError(f"--scheduler needs Dask, which is not installed here; {remedy}.") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        problem = f"no Dask scheduler with workers answers at {address}"
        remedy = "start one (dask scheduler, dask worker) and give its address, such as tcp://host:8786"
        raise UsageError(f"{problem}; {remedy}.") from error
    return client


def _unfitness(checklist: Checklist, edition: str) -> str:
    """Why this worker of the cluster cannot do the work, or "". Runs there."""
    if current_process().daemon:
        return (
            "it may not start processes of its own, which bound each check; start it with --no-nanny, or with"
            " DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
        )
    if edition_of(_as_here(checklist)) != edition:
        return "its planchecker, models or checklist differ from those here; install the same version there"
    return ""


def _do_there(task: Task, checklist: Checklist, limits: Limits, run: str) -> Done | PlancheckerError:
    """Do a task on a worker of the cluster; an error is handed back, for Dask would log the plan with it."""
    try:
        with _POOLS.workers(limits, _as_here(checklist), run) as workers:
            return result_of(workers.submit(do, task, _as_here(checklist)), limits)
    except PlancheckerError as error:
        return error


def _as_here(checklist: Checklist) -> Checklist:
    """The checklist with the exemplars that are installed beside it on this machine."""
    file = checklist.exemplar_file
    if file is None or file.is_file() or checklist.id not in installed_checklists():
        return checklist
    return replace(checklist, exemplar_file=installed_checklists()[checklist.id].with_name(file.name))


@dataclass(slots=True)
class _Pools:
    """The processes that a worker of the cluster keeps, for as long as a run uses them."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    pools: dict[tuple[Limits, str], tuple[Workers, set[str]]] = field(default_factory=dict)

    @contextmanager
    def workers(self, limits: Limits, checklist: Checklist, run: str) -> Iterator[Workers]:
        """Processes for checks of one kind, new or those that are there."""
        from distributed import get_worker

        key = (limits, edition_of(checklist))
        with self.lock:
            if key not in self.pools:
                count = get_worker().state.nthreads
                self.pools[key] = Workers(count, limits, partial(warm_up, checklist)), set()
            workers, runs = self.pools[key]
            runs.add(run)
        yield workers

    def leave(self, run: str) -> None:
        """End the processes that no run uses any more."""
        with self.lock:
            for key, (workers, runs) in list(self.pools.items()):
                runs.discard(run)
                if not runs:
                    del self.pools[key]
                    workers.close()


_POOLS = _Pools()


def _leave(run: str) -> None:
    """Runs on each worker of the cluster at the end of a run."""
    _POOLS.leave(run)
