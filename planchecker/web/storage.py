"""Everything the page keeps, in one SQLite file in one folder: safe under a crash, gone when emptied.

No name or path from a browser is ever a path here: drafts are rows under random ids.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from planchecker.errors import UsageError
from planchecker.result import Verdict
from planchecker.web.draft import Bounds, Draft, State, display_name, file_stem

FILE = "planchecker-page.sqlite"
_LOCK = "planchecker-page.lock"
_VERSION = 1
_PATIENCE = 30.0  # seconds to wait while another request writes
_TABLES = """
CREATE TABLE IF NOT EXISTS plans (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, plan TEXT NOT NULL REFERENCES plans(id) ON DELETE CASCADE, name TEXT NOT NULL,
    size INTEGER NOT NULL, checklists TEXT NOT NULL, sent REAL NOT NULL, state TEXT NOT NULL,
    locked INTEGER NOT NULL, problem TEXT NOT NULL DEFAULT '', format TEXT NOT NULL DEFAULT '',
    pages INTEGER, words INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS contents (
    draft TEXT PRIMARY KEY REFERENCES drafts(id) ON DELETE CASCADE, data BLOB NOT NULL, text BLOB);
CREATE TABLE IF NOT EXISTS results (
    draft TEXT NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, checklist TEXT NOT NULL, title TEXT NOT NULL,
    counts TEXT NOT NULL, result BLOB NOT NULL, PRIMARY KEY (draft, checklist));
CREATE TABLE IF NOT EXISTS files (
    draft TEXT NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, key TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (draft, key));
"""
_DRAFTS = """
SELECT d.*, p.name AS plan_name, (SELECT json_group_array(json_array(checklist, title, json(counts)))
    FROM results WHERE draft = d.id) AS found
FROM drafts d JOIN plans p ON p.id = d.plan
"""


class FullError(UsageError):
    """The page keeps as much as it may."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a draft against one checklist, with the result packed."""

    checklist: str
    title: str
    counts: Mapping[Verdict, int]
    result: bytes


class Storage:
    """The folder of one page; `close` it to let another page have it."""

    def __init__(self, folder: Path, bounds: Bounds | None = None) -> None:
        """Open the folder, or make it, readable to this user alone.

        Raises:
            UsageError: it cannot be written to, another page uses it, or another version made it.
        """
        self.bounds = bounds or Bounds()
        self.folder = folder
        self._path = folder / FILE
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = FileLock(folder / _LOCK, mode=0o600)
            self._lock.acquire(timeout=0)
            self._path.touch(mode=0o600)
            with self._open() as file:
                (found,) = file.execute("PRAGMA user_version").fetchone()
                if found not in (0, _VERSION):
                    raise UsageError(
                        f"{folder}: another version of planchecker keeps drafts here; use --data."
                    )
                file.executescript(f"{_TABLES} PRAGMA user_version={_VERSION};")
        except Timeout as error:
            problem = f"{folder}: another planchecker page is using this folder"
            raise UsageError(f"{problem}; use that page, or name another folder with --data.") from error
        except (OSError, sqlite3.Error) as error:
            problem = f"{folder}: no drafts can be kept here ({getattr(error, 'strerror', None) or error})"
            raise UsageError(f"{problem}; name another folder with --data.") from error

    def close(self) -> None:
        """Let the folder go."""
        self._lock.release()

    def add(
        self, data: bytes, given: str, checklists: Sequence[str], plan: str = "", plan_name: str = "",
        locked: bool = False,
    ) -> Draft:  # fmt: skip
        """Keep a draft that is to be checked.

        Args:
            data: its bytes.
            given: the file's name as the browser gives it.
            checklists: ids of the checklists it is to be checked against.
            plan: id of the plan it is a draft of, or "" for a new plan.
            plan_name: name of a new plan.
            locked: whether a password came with it.

        Raises:
            FullError: the page keeps as much as it may.
            KeyError: there is no such plan.
        """
        name, identifier = display_name(given), new_id()
        with self._writing() as file:
            self._refuse_too_much(file, len(data))
            if plan and not file.execute("SELECT 1 FROM plans WHERE id = ?", (plan,)).fetchone():
                raise KeyError(plan)
            if not plan:
                plan = new_id()
                file.execute("INSERT INTO plans VALUES (?, ?)", (plan, plan_name or file_stem(name)))
            row = (identifier, plan, name, len(data), json.dumps(list(checklists)), time.time(), locked)
            file.execute(
                "INSERT INTO drafts (id, plan, name, size, checklists, sent, locked, state)"
                f" VALUES (?, ?, ?, ?, ?, ?, ?, '{State.UNFINISHED}')", row)  # fmt: skip
            file.execute("INSERT INTO contents (draft, data) VALUES (?, ?)", (identifier, data))
        return self.draft(identifier)

    def drafts(self, plan: str = "") -> tuple[Draft, ...]:
        """All drafts, or those of one plan, the latest first."""
        where, values = ("WHERE d.plan = ?", (plan,)) if plan else ("", ())
        with self._open() as file:
            rows = file.execute(f"{_DRAFTS} {where} ORDER BY d.sent DESC, d.rowid DESC", values).fetchall()
        return tuple(_draft(row) for row in rows)

    def draft(self, identifier: str) -> Draft:
        """The draft of this id.

        Raises:
            KeyError: there is none.
        """
        with self._open() as file:
            row = file.execute(f"{_DRAFTS} WHERE d.id = ?", (identifier,)).fetchone()
        if row is None:
            raise KeyError(identifier)
        return _draft(row)

    def contents(self, identifier: str) -> tuple[bytes, bytes | None]:
        """The bytes of a draft, and the plan read from them, packed; None before it was read.

        Raises:
            KeyError: there is no such draft.
        """
        with self._open() as file:
            row = file.execute("SELECT data, text FROM contents WHERE draft = ?", (identifier,)).fetchone()
        if row is None:
            raise KeyError(identifier)
        return row["data"], row["text"]

    def result(self, identifier: str, checklist: str) -> bytes:
        """The result on a draft, packed.

        Raises:
            KeyError: there is none.
        """
        query = "SELECT result FROM results WHERE draft = ? AND checklist = ?"
        with self._open() as file:
            row = file.execute(query, (identifier, checklist)).fetchone()
        if row is None:
            raise KeyError(identifier)
        return bytes(row["result"])

    def keep(
        self, identifier: str, text: bytes, form: str, pages: int | None, words: int, found: Sequence[Checked]
    ) -> None:
        """Keep what came of a check, whole or not at all; nothing where the draft was removed meanwhile."""
        with self._writing() as file:
            if not file.execute("SELECT 1 FROM drafts WHERE id = ?", (identifier,)).fetchone():
                return
            for one in found:
                counts = json.dumps({verdict.value: n for verdict, n in one.counts.items()})
                row = (identifier, one.checklist, one.title, counts, one.result)
                file.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", row)
            file.execute("UPDATE contents SET text = ? WHERE draft = ?", (text, identifier))
            file.execute(
                f"UPDATE drafts SET state = '{State.DONE}', problem = '', format = ?, pages = ?, words = ?"
                " WHERE id = ?", (form, pages, words, identifier))  # fmt: skip

    def keep_problem(self, identifier: str, problem: str) -> None:
        """Keep why a draft could not be checked."""
        with self._writing() as file:
            query = f"UPDATE drafts SET state = '{State.FAILED}', problem = ? WHERE id = ?"
            file.execute(query, (problem, identifier))

    def set_unfinished(self, identifier: str, locked: bool) -> None:
        """Note that a draft is to be checked again, and whether a password comes with it now."""
        with self._writing() as file:
            query = f"UPDATE drafts SET state = '{State.UNFINISHED}', problem = '', locked = ? WHERE id = ?"
            file.execute(query, (locked, identifier))

    def file(self, identifier: str, key: str) -> bytes | None:
        """A file that was made of a draft before, or None."""
        query = "SELECT data FROM files WHERE draft = ? AND key = ?"
        with self._open() as file:
            row = file.execute(query, (identifier, key)).fetchone()
        return bytes(row["data"]) if row else None

    def keep_file(self, identifier: str, key: str, data: bytes) -> None:
        """Keep a file that was made of a draft, unless the page is full or the draft is gone."""
        with self._writing() as file:
            known = file.execute("SELECT 1 FROM drafts WHERE id = ?", (identifier,)).fetchone()
            if known and _used(file) + len(data) <= self.bounds.total:
                row = (identifier, key, data)
                file.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", row)

    def remove(self, identifier: str) -> None:
        """Remove a draft and all that was made of it; with its last draft a plan goes too."""
        with self._writing() as file:
            file.execute("DELETE FROM drafts WHERE id = ?", (identifier,))
            file.execute("DELETE FROM plans WHERE id NOT IN (SELECT plan FROM drafts)")

    def empty(self) -> None:
        """Remove everything; the file is written anew, so that nothing stays behind in it."""
        with self._writing() as file:
            file.execute("DELETE FROM plans")
        with self._open() as file:
            file.execute("VACUUM")

    def used(self) -> int:
        """Bytes that are kept."""
        with self._open() as file:
            return _used(file)

    def _refuse_too_much(self, file: sqlite3.Connection, size: int) -> None:
        query = f"SELECT count(*), count(*) FILTER (WHERE state = '{State.UNFINISHED}') FROM drafts"
        kept, unfinished = file.execute(query).fetchone()
        remedy = "remove drafts that you no longer need, or empty the page"
        if kept >= self.bounds.drafts:
            raise FullError(f"The page keeps {kept} drafts, which is as many as it may; {remedy}.")
        if unfinished >= self.bounds.unfinished:
            raise FullError(
                f"{unfinished} drafts wait to be checked already; send this one when some are done."
            )
        if _used(file) + size > self.bounds.total:
            raise FullError(f"The page keeps as much as it may ({self.bounds.total:,} bytes); {remedy}.")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each piece of work: requests run in several threads."""
        file = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        try:
            file.row_factory = sqlite3.Row
            file.executescript("PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;")
            yield file
        finally:
            file.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")


def new_id() -> str:
    """A random id."""
    return secrets.token_hex(16)


def _draft(row: sqlite3.Row) -> Draft:
    known: dict[str, Any] = dict(row)
    found = json.loads(known.pop("found"))
    counts = {
        identifier: {Verdict(verdict): n for verdict, n in numbers.items()}
        for identifier, _, numbers in found
    }
    return Draft(
        **known
        | {
            "checklists": tuple(json.loads(known["checklists"])),
            "state": State(known["state"]),
            "locked": bool(known["locked"]),
            "titles": {identifier: title for identifier, title, _ in found},
            "counts": counts,
        }
    )


def _used(file: sqlite3.Connection) -> int:
    sizes = [
        file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    ]
    return int((sizes[0] - sizes[1]) * sizes[2])
