"""Files that are written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of `path` once all is written.

    A disk that is full in the middle leaves whatever stood there before, and no half of the new.

    Args:
        path: where the file is to be.

    Raises:
        OSError: it cannot be written there.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        yield fresh
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


class Savable(Protocol):
    """A Word document as python-docx makes it."""

    def save(self, path_or_stream: str | IO[bytes]) -> None:
        """Write the document."""


def save_document(document: Savable, path: Path) -> None:
    """Write a Word document at one stroke: a package that breaks off while it is packed complains of its own accord.

    Raises:
        OSError: it cannot be written there.
    """
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(packed.getvalue())
