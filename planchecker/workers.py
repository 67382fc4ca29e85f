"""Processes that do one check after another: models load once in each, and no check takes more than its due."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from planchecker import environment
from planchecker.errors import CheckStoppedError, LimitReachedError, PlancheckerError

T = TypeVar("T")

# One thread each: workers that all use every core hinder one another, and sums in another order differ.
_ONE_THREAD = (environment.THREADS, "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
               "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "BLIS_NUM_THREADS",
               "RAYON_NUM_THREADS", "TOKENIZERS_PARALLELISM")  # fmt: skip
_OUT_OF_MEMORY = 77  # exit status of a worker that gave up for lack of memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What one check may take.

    Attributes:
        seconds: time from its start to its end.
        megabytes: address space of its process, in millions of bytes.
    """

    seconds: float = 600.0
    megabytes: int = 4_000


class Workers:
    """A pool of such processes; leave the `with` block to stop them all.

    A process that overran or died is replaced, and only its own check is lost.
    """

    def __init__(self, count: int, limits: Limits, prepare: Callable[[], object] | None = None) -> None:
        """Start no process yet: each starts with the first check that needs it.

        Args:
            count: how many processes.
            limits: what each check may take.
            prepare: called once in each process before its first check, to load what all checks need;
                a function that can be imported.
        """
        self.count, self.limits = count, limits
        # Spawned, not forked: a copy of a process with threads (ONNX Runtime's) can hang.
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_prepare,
            initargs=(limits.megabytes, prepare),
            context=get_context("spawn"),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes; whatever has not ended by now is given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Have a function called in one of the processes; read the future with `result_of`.

        Raises:
            CheckStoppedError: the pool has come to an end.
        """
        try:
            future: Future[T] = self._pool.schedule(function, args=arguments, timeout=self.limits.seconds)
        except RuntimeError as error:
            raise CheckStoppedError(
                f"the worker processes came to an end ({error}); run it again."
            ) from error
        return future


def result_of(future: Future[T], limits: Limits) -> T:
    """What the function returned.

    Raises:
        LimitReachedError: it was stopped at one of the limits.
        CheckStoppedError: its process died, or a defect ended it.
        PlancheckerError: whatever the function itself raised on purpose.
    """
    try:
        return future.result()
    except PlancheckerError:
        raise
    except TimeoutError as error:
        time = f"the check was stopped at its limit of {limits.seconds:g} s"
        remedy = "look at the file, or allow more with --time-limit"
        raise LimitReachedError(f"{time}; {remedy}.") from error
    except ProcessExpired as error:
        raise _death(error.exitcode, limits) from error
    except Exception as error:  # one plan's trouble is never the others'
        problem = f"a defect in planchecker stopped the check ({type(error).__name__}: {str(error)[:200]})"
        raise CheckStoppedError(f"{problem}; please report it.") from error


def memory_is_bounded() -> bool:
    """Whether this system lets a process bound its own memory; Windows and macOS do not."""
    try:
        import resource
    except ImportError:
        return False
    return hasattr(resource, "RLIMIT_AS") and os.uname().sysname == "Linux"


def give_up_memory() -> None:
    """End this worker because its check ran out of memory; the caller gets the sentence for that."""
    os._exit(_OUT_OF_MEMORY)


@contextmanager
def giving_up_memory() -> Iterator[None]:
    """Do the same for whatever runs out of memory in the `with` block.

    A reader takes any surprise for a damaged file: lack of memory may be the cause of what it raises.
    """
    try:
        yield
    except MemoryError:
        give_up_memory()
        raise
    except PlancheckerError as error:
        if isinstance(error.__cause__, MemoryError):
            give_up_memory()
        raise


def _death(status: int, limits: Limits) -> CheckStoppedError:
    if status == _OUT_OF_MEMORY:
        problem = f"the check needs more than {limits.megabytes} MB of memory"
        return LimitReachedError(f"{problem}; look at the file, or allow more with --memory-limit.")
    how = f"signal {-status}" if status < 0 else f"status {status}"
    remedy = "run it again; if it dies again, save the file anew in its program and check that copy"
    return CheckStoppedError(f"the process that checked it died ({how}); {remedy}.")


def _prepare(megabytes: int, prepare: Callable[[], object] | None) -> None:
    """Ready a new process, before anything heavy is imported in it."""
    pin_threads()
    if memory_is_bounded():
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, resource.RLIM_INFINITY))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if prepare is not None:
        with suppress(Exception):  # what is wrong shows, with its sentence, in the check itself
            prepare()
    signal.signal(signal.SIGTERM, _leave)


def pin_threads() -> None:
    """Let this process's numeric libraries use one thread; only before they are imported."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def _leave(*_: object) -> None:
    """Unwind, so that a converter that this process started is stopped with it."""
    raise SystemExit(1)


def _die_with_parent() -> None:
    """End with the process that started this one, even where that was killed."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
