"""A whole batch: resumed after any death, shared by two runs, the same bytes from the same plans."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from planchecker.errors import CheckStoppedError, LimitReachedError, UnreadablePlanError
from planchecker.triage.layout import STORE
from tests.support import ROOT, checklist_of, part
from tests.triage.folders import TEXT, folder_of, zip_of
from tests.triage.here import Here, Stopping, files_of, run_here


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Eight plans, two of them the same file, a broken one, and two that are none."""
    texts = {
        f"{'north' if n % 2 else 'south'}/plan-{n}.md": f"# Plan {n}\n\n{TEXT if n % 3 else 'Nothing.'}"
        for n in range(7)
    }
    odd = {"copy.md": texts["south/plan-2.md"], "broken.docx": b"PK\3\4", "~$x.docx": b"x"}
    folder = folder_of(tmp_path / "in", texts | odd)
    zip_of(folder / "returns.zip", {"a.md": "# From the archive\n\nDr Ali leads it.", "b.xlsx": "x"})
    return folder


def test_every_file_is_accounted_for(plans: Path, tmp_path: Path) -> None:
    batch, told = run_here(plans, tmp_path / "pack")
    assert len(batch.entries) == 10
    assert [entry.name for entry in batch.unread] == ["broken.docx"]
    assert batch.unread[0].problem.startswith("the file is cut short or damaged; ")
    assert [one.name for one in batch.left_out] == ["returns.zip/b.xlsx", "~$x.docx"]
    assert [entry.name for entry in batch.entries] == sorted(entry.name for entry in batch.entries)
    assert (told[-1].total, told[-1].done, told[-1].unread, told[-1].new) == (10, 10, 1, 9)
    assert all(earlier.done <= later.done for earlier, later in pairwise(told))


def test_an_entry_holds_its_plan_and_its_result_under_its_name(plans: Path, tmp_path: Path) -> None:
    batch, _ = run_here(plans, tmp_path / "pack")
    for entry, result in batch.results:
        assert entry.plan.path == result.plan.path == entry.name
        assert entry.plan.sha256 == entry.sha256
    copies = [entry for entry in batch.checked if entry.name in ("copy.md", "south/plan-2.md")]
    assert copies[0].plan.blocks == copies[1].plan.blocks


def test_finished_plans_are_not_done_twice_and_one_more_costs_one(plans: Path, tmp_path: Path) -> None:
    first, again, more = Here(), Here(), Here()
    run_here(plans, tmp_path / "pack", first)
    assert len(first.asked) == 9  # ten files, of which two are the same
    before = files_of(tmp_path / "pack")
    run_here(plans, tmp_path / "pack", again)
    assert again.asked == ["broken.docx"]  # what cannot be read may be readable now
    assert files_of(tmp_path / "pack") == before
    folder_of(plans, {"new.md": "# New\n\nNothing."})
    (plans / "south/plan-0.md").rename(plans / "moved.md")
    run_here(plans, tmp_path / "pack", more)
    assert sorted(more.asked) == ["broken.docx", "new.md"]


def test_another_checklist_or_other_words_in_a_plan_are_checked_anew(plans: Path, tmp_path: Path) -> None:
    run_here(plans, tmp_path / "pack")
    (plans / "south/plan-0.md").write_text("# Plan 0\n\nDr Patel leads it now.")
    edited, asked_otherwise = Here(), Here()
    run_here(plans, tmp_path / "pack", edited)
    assert sorted(edited.asked) == ["broken.docx", "south/plan-0.md"]
    run_here(plans, tmp_path / "pack", asked_otherwise, checklist_of(part("Other words.")))
    assert len(asked_otherwise.asked) == 9


def test_the_same_plans_give_the_same_bytes_wherever_they_lie(plans: Path, tmp_path: Path) -> None:
    run_here(plans, tmp_path / "pack")
    plans.rename(tmp_path / "elsewhere")
    run_here(tmp_path / "elsewhere", tmp_path / "other" / "pack")
    assert files_of(tmp_path / "pack") == files_of(tmp_path / "other" / "pack")
    assert str(tmp_path).encode() not in b"".join(files_of(tmp_path / "pack").values())


def test_a_report_that_was_changed_or_lost_is_written_again_and_an_old_one_goes(
    plans: Path, tmp_path: Path
) -> None:
    run_here(plans, tmp_path / "pack")
    before = files_of(tmp_path / "pack")
    reports = sorted((tmp_path / "pack" / "reports").iterdir())
    reports[0].write_text("changed")
    reports[1].unlink()
    run_here(plans, tmp_path / "pack")
    assert files_of(tmp_path / "pack") == before
    (plans / "copy.md").unlink()
    run_here(plans, tmp_path / "pack")
    gone = set(before) - set(files_of(tmp_path / "pack"))
    assert gone == {"reports/copy.md.html", "changes/south--plan-2.md.html"}


def test_a_check_that_was_stopped_is_listed_and_not_tried_at_the_same_limits(
    plans: Path, tmp_path: Path
) -> None:
    stopping = Stopping(LimitReachedError("It took too long; allow more."))
    batch, _ = run_here(plans, tmp_path / "pack", stopping)
    assert {entry.problem for entry in batch.unread} == {"It took too long; allow more."}
    again = Here()
    run_here(plans, tmp_path / "pack", again)
    assert again.asked == []


@pytest.mark.parametrize(
    "error", [CheckStoppedError("It died; try again."), UnreadablePlanError("x.md", "it is odd", "look")]
)
def test_any_other_failure_is_tried_again(error: CheckStoppedError, plans: Path, tmp_path: Path) -> None:
    batch, _ = run_here(plans, tmp_path / "pack", Stopping(error))
    assert len(batch.unread) == len(batch.entries)
    again = Here()
    run_here(plans, tmp_path / "pack", again)
    assert len(again.asked) == 9


def test_what_plans_csv_says_is_in_the_batch(plans: Path, tmp_path: Path) -> None:
    folder_of(plans, {"plans.csv": "file,organisation\ncopy.md,NHS Given CCG\nbroken.docx,NHS Broken CCG\n"})
    batch, _ = run_here(plans, tmp_path / "pack")
    named = {
        entry.name: entry.metadata.organisation for entry in batch.entries if entry.metadata.organisation
    }
    assert named == {"copy.md": "NHS Given CCG", "broken.docx": "NHS Broken CCG"}


def start(plans: Path, pack: Path, log: Path, pause: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.triage.here", plans, pack, log, str(pause)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})


def test_killed_at_random_moments_and_resumed_it_gives_the_same_bytes(plans: Path, tmp_path: Path) -> None:
    run_here(plans, tmp_path / "whole")
    pack, log = tmp_path / "pack", tmp_path / "log"
    moments = random.Random(6)
    for begun in (0, moments.randint(1, 4), 5):  # by the fifth begun, one at least is kept
        log.write_text("")
        with start(plans, pack, log, 0.2) as process:
            while process.poll() is None and log.read_text().count("\n") < begun:
                time.sleep(0.01)
            time.sleep(moments.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
    last = Here()
    batch, _ = run_here(plans, pack, last)
    assert len(last.asked) < 9
    assert len(batch.checked) == 9
    assert files_of(pack) == files_of(tmp_path / "whole")


def test_two_runs_at_once_share_the_work_and_write_the_same_pack(plans: Path, tmp_path: Path) -> None:
    run_here(plans, tmp_path / "whole")
    pack, logs = tmp_path / "pack", [tmp_path / "log-1", tmp_path / "log-2"]
    both = [start(plans, pack, log, 0.3) for log in logs]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    done = Counter(name for log in logs for name in log.read_text().split())
    del done["broken.docx"]  # what cannot be read is looked at by both
    assert set(done.values()) == {1}
    assert len(done) == 8
    assert all(log.is_file() for log in logs)
    assert files_of(pack) == files_of(tmp_path / "whole")
    assert (pack / STORE).is_file()
