"""What the models said before: a re-check of an edited draft computes only what is new.

Keyed by hashes and held in the user's own cache folder; it stores vectors, stems and cues, and leaves the
machine no more than the plan does. Losing it costs time, nothing else, so every fault of the store is taken
as "not remembered".
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from planchecker import environment

Floats = NDArray[np.float32]
Texts = Sequence[str | tuple[str, str]]

_MAX_ROWS = 150_000  # at most 230 MB of vectors, enough for 100 long plans
_CHUNK = 500  # SQLite allows 999 variables in a statement on old builds


def remembered(model_key: bytes, texts: Texts, compute: Callable[[Texts], Floats]) -> Floats:
    """One row for each text: from memory where it is known, else computed and kept.

    Args:
        model_key: identifies the model; another model remembers nothing of this one's.
        texts: texts or pairs of texts.
        compute: makes the rows for texts that are not known.
    """
    if _file() is None or not texts:
        return compute(texts)

    def rows(new: Texts) -> list[bytes]:
        return [row.astype(np.float32).tobytes() for row in compute(new)]

    values = remembered_bytes(model_key, texts, rows)
    return np.stack([np.frombuffer(value, dtype=np.float32) for value in values])


def remembered_bytes(
    key: bytes, texts: Texts, compute: Callable[[Texts], Sequence[bytes]]
) -> Sequence[bytes]:
    """The same for values of any kind, as bytes.

    Args:
        key: identifies how the values are computed; at most 64 bytes.
        texts: texts or pairs of texts.
        compute: makes the values for texts that are not known.
    """
    file = _file()
    if file is None or not texts:
        return compute(texts)
    keys = [_key(key, text) for text in texts]
    known = _recall(file, keys)
    unknown = [n for n, name in enumerate(keys) if name not in known]
    fresh = compute([texts[n] for n in unknown]) if unknown else ()
    new = {keys[n]: value for n, value in zip(unknown, fresh, strict=True)}
    _keep(file, new)
    return [known[name] if name in known else new[name] for name in keys]


def _file() -> Path | None:
    folder = os.environ.get(environment.CACHE, "")
    if folder.lower() == "off":
        return None
    return (Path(folder) if folder else Path(click.get_app_dir("planchecker"))) / "memory.sqlite"


def _key(model_key: bytes, text: str | tuple[str, str]) -> bytes:
    joined = text if isinstance(text, str) else "\0".join(text)
    return hashlib.blake2b(joined.encode(), key=model_key, digest_size=16).digest()


def _recall(file: Path, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    if not file.is_file():
        return {}
    try:
        with closing(_open(file)) as store:
            rows = [row for chunk in _chunks(keys) for row in _select(store, chunk)]
    except (sqlite3.Error, OSError):
        return {}
    return dict(rows)


def _keep(file: Path, rows: dict[bytes, bytes]) -> None:
    if not rows:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(_open(file)) as store, store:
            store.execute("CREATE TABLE IF NOT EXISTS said (key BLOB PRIMARY KEY, value BLOB)")
            store.executemany("INSERT OR REPLACE INTO said VALUES (?, ?)", list(rows.items()))
            (count,) = store.execute("SELECT max(rowid) - min(rowid) FROM said").fetchone()
            if count > _MAX_ROWS:
                oldest = "SELECT rowid FROM said ORDER BY rowid LIMIT ?"
                store.execute(f"DELETE FROM said WHERE rowid IN ({oldest})", (count - _MAX_ROWS // 2,))
    except (sqlite3.Error, OSError):
        return


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=2)


def _select(store: sqlite3.Connection, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    marks = ",".join("?" * len(keys))
    return store.execute(f"SELECT key, value FROM said WHERE key IN ({marks})", keys).fetchall()


def _chunks(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
