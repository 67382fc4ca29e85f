"""The same work on a Dask cluster of one worker: the same bytes as here, and the same sentences."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planchecker.errors import UsageError
from planchecker.triage.cluster import ClusterEngine
from planchecker.triage.inputs import collect
from planchecker.triage.local import LocalEngine
from planchecker.triage.plans_csv import Given
from planchecker.triage.run import run_batch
from planchecker.workers import Limits
from tests.support import checklist_of, part
from tests.triage.folders import TEXT, folder_of
from tests.triage.here import files_of

distributed = pytest.importorskip("distributed")

CHECKLIST = checklist_of(part("The plan says who leads the work.", cues=["leads"]))
LIMITS = Limits(60, 4_000)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster with one worker in a process of its own, which may start others."""
    with (
        distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=None) as scheduler,
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", scheduler.scheduler_address,
             "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as worker,
    ):  # fmt: skip
        yield scheduler.scheduler_address
        worker.terminate()


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"a.md": f"# A\n\n{TEXT}", "north/b.txt": "Nothing much.", "broken.docx": b"PK\3\4 cut"}
    return folder_of(tmp_path_factory.mktemp("in"), files)


def test_a_cluster_gives_the_same_bytes_as_this_machine(cluster: str, plans: Path, tmp_path: Path) -> None:
    handed_in = collect([str(plans)])
    with LocalEngine(1, LIMITS, CHECKLIST) as here:
        run_batch(handed_in, CHECKLIST, tmp_path / "here", here, Given(), lambda _: None)
    with ClusterEngine(cluster, LIMITS, CHECKLIST) as there:
        assert there.width == 1
        run_batch(handed_in, CHECKLIST, tmp_path / "there", there, Given(), lambda _: None)
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
    assert len(files_of(tmp_path / "there")) == 5


def test_no_scheduler_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planchecker.triage.cluster._PATIENCE", 0.5)
    with pytest.raises(UsageError, match="no Dask scheduler with workers answers at"):
        ClusterEngine("tcp://127.0.0.1:9", LIMITS, CHECKLIST)
    with pytest.raises(UsageError, match="answers at nonsense"):
        ClusterEngine("nonsense", LIMITS, CHECKLIST)


def test_dask_that_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'planchecker\[cluster\]'"):
        ClusterEngine("tcp://127.0.0.1:9", LIMITS, CHECKLIST)
