"""What was checked so far, in one SQLite file in the pack: safe under a crash, and under two runs at once.

The journal is SQLite's rollback journal, not its write-ahead log: a pack may lie on a shared drive, where
the log's shared memory does not work. Each run holds a lock of its own for as long as it lives, which the
system frees however it ends; a claim of a run whose lock is free counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import Enum
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from planchecker.errors import UsageError
from planchecker.result import Verdict
from planchecker.triage.batch import Metadata
from planchecker.triage.judgement import Judgement
from planchecker.triage.layout import RUNS, STORE
from planchecker.triage.work import Done
from planchecker.workers import Limits

_SCHEMA = 1
_PATIENCE = 60.0  # seconds to wait while the other run writes
_TABLES = """
CREATE TABLE IF NOT EXISTS checked (
    key TEXT PRIMARY KEY, result BLOB NOT NULL, text BLOB NOT NULL, metadata TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stopped (
    key TEXT PRIMARY KEY, seconds REAL NOT NULL, megabytes INTEGER NOT NULL, problem TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, run TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, made_of TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS judged (
    checklist TEXT NOT NULL, number INTEGER NOT NULL, judgement TEXT NOT NULL, PRIMARY KEY (checklist, number));
"""


class Claim(Enum):
    """Who is to check a plan."""

    MINE = "this run"
    THEIRS = "another run, which is at it now"
    NOBODYS = "nobody: it is done"


def key_of(sha256: str, name: str, edition: str) -> str:
    """The key of a plan's result: its bytes, the ending that text is told apart by, and the edition."""
    return hashlib.sha256(f"{sha256} {PurePath(name).suffix.lower()} {edition}".encode()).hexdigest()


class Store:
    """The store of one pack, opened for one run; leave the `with` block to close it."""

    def __init__(self, pack: Path) -> None:
        """Open the store, or make one.

        Raises:
            UsageError: the folder cannot be written to, or holds a store of another kind.
        """
        self.run = uuid.uuid4().hex
        self._pack, self._runs = pack, pack / RUNS
        try:
            self._runs.mkdir(parents=True, exist_ok=True)
            self._alive = self._lock_of(self.run)
            self._alive.acquire(timeout=0)
            self._file = sqlite3.connect(pack / STORE, timeout=_PATIENCE, isolation_level=None)
            self._file.executescript(f"PRAGMA synchronous=FULL; {_TABLES}")
            (found,) = self._file.execute("PRAGMA user_version").fetchone()
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(
                f"{pack}: no pack can be kept here ({reason}); name another folder with -o."
            ) from error
        if found not in (0, _SCHEMA):
            raise UsageError(
                f"{pack}: the pack is of another version of planchecker; name another folder with -o."
            )
        self._file.execute(f"PRAGMA user_version={_SCHEMA}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        """Give back what was claimed and not done, and close."""
        with self._transaction():
            self._file.execute("DELETE FROM claims WHERE run = ?", (self.run,))
        self._file.close()
        self._alive.release()
        self._lock_file(self.run).unlink(missing_ok=True)

    def claim(self, key: str) -> Claim:
        """Take a plan to check, unless it is done or another run that still lives has taken it."""
        with self._transaction():
            if self._row("SELECT 1 FROM checked WHERE key = ?", key):
                return Claim.NOBODYS
            row = self._row("SELECT run FROM claims WHERE key = ?", key)
            if row and row[0] != self.run and self._lives(row[0]):
                return Claim.THEIRS
            self._file.execute("INSERT OR REPLACE INTO claims VALUES (?, ?)", (key, self.run))
            return Claim.MINE

    def keep(self, key: str, done: Done) -> None:
        """Keep a result, whole or not at all."""
        metadata = json.dumps(asdict(done.metadata), ensure_ascii=False)
        with self._transaction():
            row = (key, done.result, done.text, metadata)
            self._file.execute("INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?)", row)
            self._file.execute("DELETE FROM stopped WHERE key = ?", (key,))
            self._file.execute("DELETE FROM claims WHERE key = ?", (key,))

    def keep_stopped(self, key: str, limits: Limits, problem: str) -> None:
        """Keep that a check was stopped at these limits, so that only higher ones try it again."""
        with self._transaction():
            row = (key, limits.seconds, limits.megabytes, problem)
            self._file.execute("INSERT OR REPLACE INTO stopped VALUES (?, ?, ?, ?)", row)
            self._file.execute("DELETE FROM claims WHERE key = ?", (key,))

    def release(self, key: str) -> None:
        """Give a claim back: the plan cannot be read, and the next run is to see for itself."""
        with self._transaction():
            self._file.execute("DELETE FROM claims WHERE key = ? AND run = ?", (key, self.run))

    def done(self, key: str) -> Done | None:
        """The result that was kept, or None."""
        row = self._row("SELECT result, text, metadata FROM checked WHERE key = ?", key)
        if row is None:
            return None
        fields = json.loads(row[2])
        return Done(row[0], row[1], Metadata(**fields | {"given": tuple(fields["given"])}))

    def why_stopped(self, key: str, limits: Limits) -> str:
        """Why a check was stopped at these limits or higher ones, or ""."""
        query = "SELECT problem FROM stopped WHERE key = ? AND seconds >= ? AND megabytes >= ?"
        row = self._row(query, key, limits.seconds, limits.megabytes)
        return str(row[0]) if row else ""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write the pack's other files; another run waits for it."""
        with FileLock(self._runs / "writing.lock"):
            yield

    def was_written(self, path: str, made_of: str) -> str:
        """Digest of a file as it was written of the same, or ""."""
        query = "SELECT sha256 FROM written WHERE path = ? AND made_of = ?"
        row = self._row(query, path, made_of)
        return str(row[0]) if row else ""

    def last_written(self, path: str) -> str:
        """Digest of a file as it was last written, or ""."""
        row = self._file.execute("SELECT sha256 FROM written WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def note_written(self, path: str, made_of: str, sha256: str) -> None:
        """Note what a file was made of, and what came out."""
        with self._transaction():
            self._file.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", (path, made_of, sha256))

    def forget_written(self, keep: Collection[str]) -> list[str]:
        """Forget the files that are not to be kept; their paths."""
        with self._transaction():
            paths = [row[0] for row in self._file.execute("SELECT path FROM written")]
            gone = [path for path in paths if path not in keep]
            self._file.executemany("DELETE FROM written WHERE path = ?", [(path,) for path in gone])
        return gone

    def judgements(self, checklist: str) -> tuple[Judgement, ...]:
        """The assessors' verdicts on a checklist that were kept, the latest last."""
        query = "SELECT judgement FROM judged WHERE checklist = ? ORDER BY number"
        rows = (json.loads(row[0]) for row in self._file.execute(query, (checklist,)))
        return tuple(Judgement(**fields | {"verdict": Verdict(fields["verdict"])}) for fields in rows)

    def keep_judgements(self, checklist: str, judgements: Iterable[Judgement]) -> None:
        """Keep these verdicts in place of those that were kept."""
        rows = [
            (checklist, number, json.dumps(asdict(one), ensure_ascii=False))
            for number, one in enumerate(judgements)
        ]
        with self._transaction():
            self._file.execute("DELETE FROM judged WHERE checklist = ?", (checklist,))
            self._file.executemany("INSERT INTO judged VALUES (?, ?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._file.execute("COMMIT")
            except BaseException:
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:  # the disk is full, the drive is gone
            raise self._broken(error) from error

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._file.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise self._broken(error) from error
        return row

    def _broken(self, error: sqlite3.Error) -> UsageError:
        problem = f"{self._pack / STORE}: what was checked so far cannot be read or written ({error})"
        return UsageError(
            f"{problem}; make room there and run the batch again, or name another folder with -o."
        )

    def _lives(self, run: str) -> bool:
        if not self._lock_file(run).exists():
            return False
        lock = self._lock_of(run)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        self._lock_file(run).unlink(missing_ok=True)
        return False

    def _lock_of(self, run: str) -> FileLock:
        return FileLock(self._lock_file(run))

    def _lock_file(self, run: str) -> Path:
        return self._runs / f"{run}.lock"
