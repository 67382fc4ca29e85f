"""Files of assessors' verdicts: the pack's workbook filled in, or a table as CSV."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planchecker.errors import UsageError
from planchecker.reports.digest import clean
from planchecker.reports.sheets import text_of
from planchecker.result import Verdict
from planchecker.triage.judgement import Judgement

# What the columns may be called; the workbook's own names come first.
_COLUMNS = {
    "plan": ("file", "plan"),
    "feature": ("feature", "feature id"),
    "verdict": ("your verdict", "verdict"),
    "note": ("your note", "note"),
    "by": ("your initials", "initials", "by"),
    "organisation": ("organisation",),
    "seen": ("evidence seen",),
}
_NEEDED = ("plan", "feature", "verdict")
_VERDICTS = {name: verdict for verdict in Verdict for name in (verdict.value, verdict.words.casefold())} | {
    "partial": Verdict.PARTIAL,
    "not assessed": Verdict.NOT_ASSESSED,
}
CHOICES = tuple(verdict.words for verdict in Verdict)
_MAX_BYTES = 50_000_000
_MAX_UNPACKED = 1_000_000_000
_EXAMPLE = "a table of decisions has the columns file, feature and verdict, and may have note and initials"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a file holds.

    Attributes:
        judgements: the verdicts, in the order of the file.
        apart: lines on what is there and cannot be taken for a verdict.
    """

    judgements: tuple[Judgement, ...]
    apart: tuple[str, ...] = ()


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions.

    Raises:
        UsageError: it cannot be read, or a row of it is wrong; the sentence names the row.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UsageError(
                f"{path.name}: the file is larger than {_MAX_BYTES // 1_000_000} MB; {_EXAMPLE}."
            )
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: the decisions cannot be read ({error.strerror or error}).") from error
    tables = _workbook(data, path) if data.startswith(b"PK") else [(path.name, _csv(data, path))]
    found = [(where, columns, rows) for where, (columns, rows) in _judged(tables)]
    if not found:
        raise UsageError(f"{path.name}: the columns of a table of decisions are not there; {_EXAMPLE}.")
    rows_taken = [row for where, columns, rows in found for row in _rows(rows, columns, where, path.stem)]
    _refuse_contradictions([row for row in rows_taken if isinstance(row, Judgement)])
    return Decisions(
        tuple(row for row in rows_taken if isinstance(row, Judgement)),
        tuple(row for row in rows_taken if isinstance(row, str)),
    )


_Rows = Sequence[Sequence[str]]


def _judged(tables: Iterable[tuple[str, _Rows]]) -> Iterator[tuple[str, tuple[dict[str, int], _Rows]]]:
    """The tables that have the columns of decisions, each with where those stand."""
    for where, rows in tables:
        headers = [header.casefold() for header in rows[0]] if rows else []
        columns = {
            column: next(headers.index(name) for name in names if name in headers)
            for column, names in _COLUMNS.items()
            if any(name in headers for name in names)
        }
        if all(column in columns for column in _NEEDED):
            yield where, (columns, rows[1:])


def _rows(rows: _Rows, columns: Mapping[str, int], where: str, stem: str) -> Iterator[Judgement | str]:
    for number, row in enumerate(rows, start=2):
        cell = {name: row[n] if n < len(row) else "" for name, n in columns.items()}
        here = f"{where}, row {number}"
        if not cell["verdict"]:
            if note := cell.get("note", ""):
                yield f"{here}: a note without a verdict, “{note}”; it is not taken over."
            continue
        verdict = _VERDICTS.get(cell["verdict"].casefold())
        if verdict is None:
            raise UsageError(f"{here}: “{cell['verdict']}” is no verdict; write {', '.join(CHOICES)}.")
        if not cell["plan"] or not cell["feature"]:
            raise UsageError(f"{here}: a verdict without the plan's file or the feature; put in both.")
        yield Judgement(
            plan=cell["plan"],
            feature=cell["feature"],
            verdict=verdict,
            by=cell.get("by", "") or stem,
            note=cell.get("note", ""),
            organisation=cell.get("organisation", ""),
            seen=cell.get("seen", ""),
            where=here,
        )


def _refuse_contradictions(judgements: Iterable[Judgement]) -> None:
    seen: dict[tuple[str, str, str], Judgement] = {}
    for one in judgements:
        before = seen.setdefault(one.about, one)
        if before.verdict is not one.verdict:
            raise UsageError(
                f"{one.where}: {one.by} judges {one.feature} of {one.plan} otherwise than before "
                f"({before.where}); leave one of the two."
            )


def _workbook(data: bytes, path: Path) -> list[tuple[str, _Rows]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise UsageError(f"{path.name}: the workbook unpacks to more than any table of decisions.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            (f"{path.name}, sheet {sheet.title}", [[_text(v) for v in row] for row in sheet.values])
            for sheet in book.worksheets
        ]
    except UsageError:
        raise
    except Exception as error:  # a damaged workbook can raise nearly anything
        problem = f"the workbook cannot be opened ({type(error).__name__})"
        raise UsageError(f"{path.name}: {problem}; save it again as an Excel workbook or as CSV.") from error


def _csv(data: bytes, path: Path) -> _Rows:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return [
            [_text(v) for v in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UsageError(f"{path.name}: not a table as CSV ({error}); {_EXAMPLE}.") from error


def _text(value: Any) -> str:
    return clean(text_of(value))
