"""A batch from beginning to end: what was handed in, checked by an engine, kept, and laid out as a pack."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import sleep
from typing import Protocol

from planchecker.checklist import Checklist
from planchecker.errors import LimitReachedError, PlancheckerError
from planchecker.result import ChecklistFacts
from planchecker.triage.batch import Batch, Entry, Metadata, Submission
from planchecker.triage.conclude import Across, conclude, with_filled_in
from planchecker.triage.edition import edition_of
from planchecker.triage.inputs import HandedIn, submitted_bytes
from planchecker.triage.overview import Overview
from planchecker.triage.packing import unpacked_result
from planchecker.triage.plans_csv import Given
from planchecker.triage.store import Claim, Store, key_of
from planchecker.triage.work import Done, Task
from planchecker.workers import Limits

_LOOK_AGAIN = 0.5  # seconds between looks at what another run has done


class Engine(Protocol):
    """Where the work is done: worker processes here, or a cluster."""

    @property
    def limits(self) -> Limits:
        """What each check may take."""

    @property
    def width(self) -> int:
        """How many tasks it can work on at once."""

    def submit(self, task: Task) -> Future[Done]:
        """Have a task done."""

    def result_of(self, future: Future[Done]) -> Done:
        """What was done, or a PlancheckerError that says why it was not."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, in plans.

    Attributes:
        total: all that were handed in.
        done: those that need no more work, unread ones among them.
        unread: those that could not be read.
        new: those that were checked in this run.
    """

    total: int
    done: int
    unread: int
    new: int


Watch = Callable[[Progress], None]
_NOTHING_ELSE = Across()


def run_batch(
    handed_in: HandedIn,
    checklist: Checklist,
    pack: Path,
    engine: Engine,
    given: Given,
    watch: Watch,
    across: Across = _NOTHING_ELSE,
) -> Overview:
    """Check all plans that were handed in and write the pack.

    Args:
        handed_in: the plans.
        checklist: what to check them against.
        pack: folder of the pack; what an earlier run kept there is not done again.
        engine: where the checks run.
        given: what `plans.csv` says about the plans.
        watch: told of every step.
        across: the guidance, and what assessors decided.

    Returns:
        What the pack says.

    Raises:
        UsageError: the pack cannot be written, or its workbook was filled in wrongly.
    """
    with Store(pack) as store:
        across = with_filled_in(across, pack, store)
        edition = edition_of(checklist)
        keys = {one.name: key_of(one.sha256, one.name, edition) for one in handed_in.submissions}
        problems = _Run(handed_in, keys, engine, store, watch).finish()
        entries = tuple(
            _entry(one, store.done(keys[one.name]) if one.sha256 else None, problems, given)
            for one in handed_in.submissions
        )
        batch = Batch(_facts(checklist), entries, handed_in.left_out)
        with store.writing():
            return conclude(batch, checklist, across, pack, store)


class _Run:
    """The checks of one run: what is to be done, at work, and at work in another run."""

    def __init__(
        self,
        handed_in: HandedIn,
        keys: Mapping[str, str],
        engine: Engine,
        store: Store,
        watch: Watch,
    ) -> None:
        self._engine, self._store, self._watch = engine, store, watch
        self._password = handed_in.password
        self._total = len(handed_in.submissions)
        self._problems = {one.name: one.problem for one in handed_in.submissions if one.problem}
        self._same: dict[str, list[Submission]] = {}  # copies of one file are checked once
        # The largest first: a long plan begun last would leave the other workers idle.
        for one in sorted(handed_in.submissions, key=lambda one: -one.size):
            if not one.problem:
                self._same.setdefault(keys[one.name], []).append(one)
        self._todo = deque(self._same)
        self._at_work: dict[Future[Done], str] = {}
        self._new = 0

    def finish(self) -> dict[str, str]:
        """Do it all; the problems of what could not be checked, by name."""
        self._tell()
        while self._todo or self._at_work:
            waiting = self._hand_out()
            if self._at_work:
                timeout = _LOOK_AGAIN if waiting else None
                for future in wait(self._at_work, timeout, FIRST_COMPLETED).done:
                    self._take_in(future, self._at_work.pop(future))
            elif waiting:
                sleep(_LOOK_AGAIN)
        return self._problems

    def _hand_out(self) -> bool:
        """Give the engine what it has room for; True if some of the rest is in another run's hands."""
        waiting = False
        for _ in range(len(self._todo)):
            if len(self._at_work) >= 2 * self._engine.width:  # one at work and one at hand for each worker
                break
            key = self._todo.popleft()
            claim = self._store.claim(key)
            if claim is Claim.MINE:
                self._start(key)
            elif claim is Claim.THEIRS:
                waiting = True
                self._todo.append(key)
            else:
                self._tell()
        return waiting

    def _start(self, key: str) -> None:
        submission = self._same[key][0]
        if stopped := self._store.why_stopped(key, self._engine.limits):
            self._give_up(key, stopped)
            return
        try:
            task = Task(submission.name, submitted_bytes(submission), self._password)
            self._at_work[self._engine.submit(task)] = key
        except PlancheckerError as error:
            self._give_up(key, str(error))

    def _take_in(self, future: Future[Done], key: str) -> None:
        try:
            done = self._engine.result_of(future)
        except LimitReachedError as error:
            self._store.keep_stopped(key, self._engine.limits, str(error))
            self._give_up(key, str(error))
        except PlancheckerError as error:
            self._give_up(key, str(error))
        else:
            self._store.keep(key, done)
            self._new += len(self._same[key])
            self._tell()

    def _give_up(self, key: str, problem: str) -> None:
        self._store.release(key)
        self._problems |= {one.name: problem for one in self._same[key]}
        self._tell()

    def _tell(self) -> None:
        left = sum(len(self._same[key]) for key in (*self._todo, *self._at_work.values()))
        self._watch(Progress(self._total, self._total - left, len(self._problems), self._new))


def _entry(submission: Submission, done: Done | None, problems: Mapping[str, str], given: Given) -> Entry:
    name, sha256 = submission.name, submission.sha256
    if done is None:
        problem = problems[name].removeprefix(f"{PurePosixPath(name).name}: ")  # the name stands beside it
        return Entry(name, sha256, given.about(name, Metadata()), problem=problem)
    metadata = given.about(name, done.metadata)
    return Entry(name, sha256, metadata, unpacked_result(done.result, name), text=done.text)


def _facts(checklist: Checklist) -> ChecklistFacts:
    return ChecklistFacts(checklist.id, checklist.version, checklist.title, checklist.about)
