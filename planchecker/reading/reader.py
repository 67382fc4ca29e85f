"""The one door to reading: any supported file in, a plan out, or one sentence why not."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from planchecker.errors import (
    DamagedPlanError,
    PlancheckerError,
    PlanNotFoundError,
    UnsupportedFormatError,
)
from planchecker.plan import Plan
from planchecker.reading.draft import Draft, assemble
from planchecker.reading.language import foreign_language
from planchecker.reading.sniff import Kind, sniff

# Real plans with many photographs reach 60 MB; far beyond that something else was saved.
MAX_FILE_BYTES = 300_000_000


def read(path: str | Path, password: str | None = None) -> Plan:
    """Read a plan from a file.

    Args:
        path: the file; its format is recognised by content.
        password: opens an encrypted PDF or Word file.

    Returns:
        The plan, with what was skipped in `unread` and what a reader should know in `notices`.

    Raises:
        UnreadablePlanError: one of its subclasses, when the file cannot be read whole and safely.
    """
    return read_bytes(file_bytes(Path(path)), path, password)


def read_bytes(data: bytes, path: str | Path, password: str | None = None) -> Plan:
    """Read a plan from bytes that are at hand already.

    Args:
        data: the bytes of the file.
        path: the name that the file goes by; nothing is opened.
        password: opens an encrypted PDF or Word file.

    Raises:
        UnreadablePlanError: as for `read`.
    """
    draft = _draft(data, str(path), password)
    plan = assemble(path, hashlib.sha256(data).hexdigest(), draft)
    language = foreign_language(" ".join(block.text for block in plan.blocks))
    if language:
        notice = (
            f"The plan seems to be written in {language}; planchecker looks for evidence in "
            "English only, so missing features mean little here."
        )
        plan = replace(plan, notices=(notice, *plan.notices))
    return plan


def file_bytes(path: Path) -> bytes:
    """The file's bytes, once it is sure that they can and should be read.

    Raises:
        UnreadablePlanError: there is no such file, it cannot be opened, or it is far too large.
    """
    try:
        if path.is_dir():
            remedy = "name one file in it"
            raise PlanNotFoundError(path, "this is a folder", remedy)
        if not path.is_file():
            raise PlanNotFoundError(path, "there is no such file", "check the name and the folder")
        if path.stat().st_size > MAX_FILE_BYTES:
            limit = f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB"
            raise UnsupportedFormatError(path, limit, "save it with smaller pictures")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        problem = f"the file cannot be opened ({getattr(error, 'strerror', None) or error})"
        remedy = "close it in other programs and check that you may read it"
        raise PlanNotFoundError(path, problem, remedy) from error


def _draft(data: bytes, name: str, password: str | None) -> Draft:
    """Hand the bytes to their format's module; nothing but a plain sentence comes back."""
    try:
        return _dispatch(sniff(data, name), data, name, password)
    except PlancheckerError:
        raise
    except (Exception, RecursionError) as error:
        # Hostile bytes can break a parser in ways that no list foresees; the cause stays
        # chained for whoever debugs it.
        problem = f"the file is damaged in a way that stops reading ({type(error).__name__})"
        remedy = "open it in the program it came from, save it again and check that copy"
        raise DamagedPlanError(name, problem, remedy) from error


def _dispatch(kind: Kind, data: bytes, name: str, password: str | None) -> Draft:
    """Call the module of a format; each is imported only when a file needs it."""
    if kind is Kind.WORD:
        from planchecker.reading.word import read_word

        return read_word(data, name)
    if kind is Kind.PDF:
        from planchecker.reading.pdf import read_pdf

        return read_pdf(data, name, password)
    if kind in (Kind.TEXT, Kind.MARKDOWN, Kind.HTML):
        from planchecker.reading.text import read_text

        return read_text(data, name, kind)
    if kind is Kind.ENCRYPTED_WORD:
        from planchecker.reading.word_password import unlock

        opened = unlock(data, name, password)
        return _dispatch(sniff(opened, name), opened, name, None)
    from planchecker.reading.office import read_office

    return read_office(data, name, kind)
