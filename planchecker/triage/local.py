"""The engine on this machine: worker processes."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from planchecker.checklist import Checklist
from planchecker.triage.work import Done, Task, do, warm_up
from planchecker.workers import Limits, Workers, result_of


class LocalEngine:
    """Worker processes that check one plan after another; a `with` block ends them."""

    def __init__(self, jobs: int, limits: Limits, checklist: Checklist) -> None:
        self.width, self.limits, self._checklist = jobs, limits, checklist
        self._workers = Workers(jobs, limits, partial(warm_up, checklist))

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close()

    def submit(self, task: Task) -> Future[Done]:
        """Have a task done."""
        return self._workers.submit(do, task, self._checklist)

    def result_of(self, future: Future[Done]) -> Done:
        """What was done.

        Raises:
            PlancheckerError: why it was not.
        """
        return result_of(future, self.limits)
