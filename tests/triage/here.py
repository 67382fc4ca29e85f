"""An engine that works in this very process, for tests; run as a program it does a batch and can be killed.

python -m tests.triage.here FOLDER PACK LOG PAUSE
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from planchecker.checklist import Checklist
from planchecker.errors import PlancheckerError
from planchecker.reading import read_bytes
from planchecker.result import ChecklistFacts, ElementResult, FeatureResult, PlanFacts, Result, Verdict
from planchecker.triage.batch import Batch
from planchecker.triage.inputs import collect
from planchecker.triage.metadata import metadata_of
from planchecker.triage.packing import packed_plan, packed_result
from planchecker.triage.plans_csv import load_plans_csv
from planchecker.triage.run import Progress, run_batch
from planchecker.triage.work import Done, Task
from planchecker.workers import Limits
from tests.support import checklist_of, part

CHECKLIST = checklist_of(part("The plan says who leads the work.", cues=["leads"]))


class Here:
    """Finds a feature met where the plan says "leads"; notes every task in `log` before it pauses."""

    width = 2
    limits = Limits(10, 1000)

    def __init__(self, log: Path | None = None, pause: float = 0.0) -> None:
        self.log, self.pause, self.asked = log, pause, [""][:0]
        self._pool = ThreadPoolExecutor(self.width)

    def submit(self, task: Task) -> Future[Done]:
        self.asked.append(task.name)
        return self._pool.submit(self._do, task)

    def result_of(self, future: Future[Done]) -> Done:
        return future.result()

    def _do(self, task: Task) -> Done:
        if self.log:
            with self.log.open("a") as log:
                log.write(f"{task.name}\n")
        time.sleep(self.pause)
        plan = read_bytes(task.data, task.name)
        met = any("leads" in block.text for block in plan.blocks)
        feature = CHECKLIST.feature("F01")
        assert feature is not None
        result = FeatureResult(
            feature.id, feature.name, feature.requirement, feature.provenance,
            Verdict.MET if met else Verdict.MISSING, 0.9, ("So it says.",),
        )  # fmt: skip
        facts = PlanFacts(plan.path, plan.title, plan.sha256, plan.pages, plan.words)
        about = ChecklistFacts(CHECKLIST.id, CHECKLIST.version, CHECKLIST.title)
        whole = Result(facts, about, (ElementResult("E01", "The element", "", (result,)),))
        return Done(packed_result(whole), packed_plan(plan), metadata_of(plan))


class Stopping(Here):
    """Refuses every task."""

    def __init__(self, error: PlancheckerError) -> None:
        super().__init__()
        self.error = error

    def result_of(self, future: Future[Done]) -> Done:
        raise self.error


def run_here(
    folder: Path, pack: Path, engine: Here | None = None, checklist: Checklist = CHECKLIST
) -> tuple[Batch, list[Progress]]:
    """Do a batch in this process; the batch, and all that was told of its progress."""
    told: list[Progress] = []
    handed_in = collect([str(folder)])
    given = load_plans_csv(handed_in.tables, [one.name for one in handed_in.submissions])
    return run_batch(handed_in, checklist, pack, engine or Here(), given, told.append).batch, told


def files_of(pack: Path) -> dict[str, bytes]:
    """All files of a pack but those of its memory, by their places."""
    return {
        path.relative_to(pack).as_posix(): path.read_bytes()
        for path in sorted(pack.rglob("*"))
        if path.is_file() and not path.relative_to(pack).as_posix().startswith("planchecker-batch.")
    }


if __name__ == "__main__":
    run_here(Path(sys.argv[1]), Path(sys.argv[2]), Here(Path(sys.argv[3]), float(sys.argv[4])))
