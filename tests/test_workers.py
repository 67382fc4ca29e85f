"""Worker processes: limits hold, a death costs one check, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planchecker import environment
from planchecker.errors import (
    CheckStoppedError,
    EncryptedPlanError,
    LimitReachedError,
    PlancheckerError,
)
from planchecker.workers import Limits, Workers, give_up_memory, memory_is_bounded, result_of
from tests.support import ROOT

LIMITS = Limits(seconds=1, megabytes=1_500)


def double(number: int) -> int:
    return 2 * number


def settings() -> tuple[int, str | None, str | None]:
    return os.getpid(), os.environ.get(environment.THREADS), os.environ.get("OPENBLAS_NUM_THREADS")


def refuse() -> None:
    raise EncryptedPlanError("north/plan.docx", "it is locked", "unlock it")


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def swell() -> int:
    try:
        return len(bytearray(3_000_000_000))
    except MemoryError:
        give_up_memory()
        raise


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stumble() -> None:
    raise ZeroDivisionError("a defect")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, LIMITS) as made:
        yield made


def test_a_function_is_called_in_another_process_again_and_again(workers: Workers) -> None:
    assert result_of(workers.submit(double, 21), LIMITS) == 42
    first, second = (result_of(workers.submit(settings), LIMITS) for _ in range(2))
    assert first == second == (first[0], "1", "1")
    assert first[0] != os.getpid()


def test_an_error_crosses_whole(workers: Workers) -> None:
    with pytest.raises(EncryptedPlanError, match="it is locked; unlock it") as caught:
        result_of(workers.submit(refuse), LIMITS)
    assert caught.value.path == Path("north/plan.docx")


def test_a_check_that_overruns_is_stopped_and_the_next_goes_on(workers: Workers) -> None:
    late = workers.submit(spin)
    after = workers.submit(double, 4)
    with pytest.raises(LimitReachedError, match=r"stopped at its limit of 1 s; .*--time-limit"):
        result_of(late, LIMITS)
    assert result_of(after, LIMITS) == 8


@pytest.mark.skipif(not memory_is_bounded(), reason="this system does not bound memory")
def test_a_check_that_swells_is_stopped_and_the_next_goes_on(workers: Workers) -> None:
    with pytest.raises(LimitReachedError, match=r"more than 1500 MB of memory; .*--memory-limit"):
        result_of(workers.submit(swell), LIMITS)
    assert result_of(workers.submit(double, 5), LIMITS) == 10


def test_a_dead_process_costs_its_own_check_only(workers: Workers) -> None:
    with pytest.raises(CheckStoppedError, match="died") as caught:
        result_of(workers.submit(die), LIMITS)
    assert not isinstance(caught.value, LimitReachedError)  # nobody's limit: the next run tries again
    assert result_of(workers.submit(double, 6), LIMITS) == 12


def test_a_defect_is_one_sentence(workers: Workers) -> None:
    with pytest.raises(CheckStoppedError, match=r"ZeroDivisionError: a defect\); please report it"):
        result_of(workers.submit(stumble), LIMITS)


def test_every_error_survives_the_way_between_processes() -> None:
    import pickle

    queue = [PlancheckerError]
    while queue:
        kind = queue.pop()
        queue += kind.__subclasses__()
        error = kind.__new__(kind, "One sentence.")
        error.args, error.path = ("One sentence.",), Path("plan.docx")  # type: ignore[attr-defined]
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.path) == (kind, "One sentence.", Path("plan.docx"))


def test_processes_end_with_the_one_that_started_them_even_where_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from planchecker.workers import Limits, Workers, result_of\n"
        "from tests.test_workers import settings, sleep\n"
        "if __name__ == '__main__':\n"
        "    workers = Workers(1, Limits(60, 1500))\n"
        "    pid = result_of(workers.submit(settings), workers.limits)[0]\n"
        "    workers.submit(sleep)\n"
        "    print(pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environ
    ) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    stop = time.monotonic() + 20
    while time.monotonic() < stop and _runs(child):
        time.sleep(0.05)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a process that nobody has waited for is dead all the same
    return not (stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
