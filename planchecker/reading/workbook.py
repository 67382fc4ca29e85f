"""Excel workbooks as rows of text, for lists of requirements. Formulas are never worked out, macros never run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from planchecker.errors import DamagedPlanError, PlancheckerError, UnsupportedFormatError
from planchecker.reading.draft import printable
from planchecker.reading.reader import file_bytes

ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 2_000, 40, 30  # a list that a person wrote is far smaller
_MAX_BYTES, _MAX_UNPACKED = 20_000_000, 100_000_000
_MAX_CELL = 4_000  # characters; a requirement is a sentence or a paragraph
_RESAVE = "open it in Excel, save it again as .xlsx and use that copy"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its name and its rows of cell texts, without empty rows and empty cells at a row's end."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Read the visible sheets of a workbook, at most MAX_ROWS rows and MAX_COLUMNS columns of each.

    Raises:
        UnreadablePlanError: the file is not there, too large, protected or damaged.
    """
    data = _bytes(path)
    try:
        return tuple(_sheets(data))
    except PlancheckerError:
        raise
    except Exception as error:  # hostile bytes can break a parser in ways that no list foresees
        problem = f"the workbook is damaged in a way that stops reading ({type(error).__name__})"
        raise DamagedPlanError(path, problem, _RESAVE) from error


def _bytes(path: Path) -> bytes:
    data = file_bytes(path)
    if len(data) > _MAX_BYTES:
        raise UnsupportedFormatError(
            path, "the workbook is larger than 20 MB", "copy the list into a new one"
        )
    if not data.startswith(b"PK"):
        problem = "this is no Excel workbook, an old one (.xls), or one protected by a password"
        raise UnsupportedFormatError(path, problem, "save it as .xlsx without a password")
    _refuse_bombs(path, data)
    return data


def _refuse_bombs(path: Path, data: bytes) -> None:
    """Refuse what unpacks to more than any list, and XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
                problem = "the workbook unpacks to far more than any list of requirements holds"
                raise DamagedPlanError(path, problem, "copy the list into a new one")
            for entry in entries:
                with package.open(entry) as part:
                    start = part.read(4096).replace(b"\0", b"")
                if re.search(rb"<!DOCTYPE", start, re.IGNORECASE):
                    raise DamagedPlanError(
                        path, "the workbook declares entities, which Excel never does", _RESAVE
                    )
    except PlancheckerError:
        raise
    except Exception as error:  # a hostile zip can raise nearly anything
        raise DamagedPlanError(path, "the workbook is cut short or damaged", _RESAVE) from error


def _sheets(data: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            texts = (_texts(row) for row in rows)
            yield Sheet(printable(sheet.title), tuple(row for row in texts if row))
    finally:
        book.close()


def _texts(row: Iterable[object]) -> tuple[str, ...]:
    """The texts of a row up to the last cell that holds any."""
    texts = [_text(value) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d %B %Y").lstrip("0")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(printable(str(value)).split())[:_MAX_CELL]
