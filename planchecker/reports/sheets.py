"""Workbooks, the safe way: no text becomes a formula, and the same content gives the same bytes.

What stands in a plan is untrusted, and a spreadsheet program takes a cell that begins with `=` for a
formula. Here every text is stored as text, whatever it begins with.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from planchecker.reports.digest import clean

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # letters that Excel takes in a cell
_LONGEST_CHOICES = 255  # letters of a list of choices that stands in the rule itself
_MADE = datetime(2014, 1, 1)  # one fixed time: a clock would give other bytes at every run
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADER = {
    "font": Font(name="Arial", size=10, bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="005EB8"),
    "alignment": Alignment(vertical="top", wrap_text=True),
}
_THEIRS = PatternFill("solid", fgColor="FFF9DB")  # cells for the reader to fill in
_LINE = Side(style="thin", color="AEB7BD")
_BODY = Font(name="Arial", size=10)
_LINKED = Font(name="Arial", size=10, color="005EB8", underline="single")
# Words stand in the cells; the tints only help the eye, and hold 7:1 against black.
TINTS: dict[str, str] = {"good": "D5EBDD", "middling": "FFF0C2", "bad": "F7D4D1", "quiet": "E8EDEE"}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere.

    Attributes:
        text: what the cell shows.
        target: a path beside the workbook, made by planchecker itself; never text of a plan.
    """

    text: str
    target: str


Value = str | int | float | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        header: its name, in the first row.
        width: in letters.
        choices: what may be put in its cells; () for anything.
        prompt: what is shown beside a cell of it when the cell is entered, or "".
        theirs: True for a column that the reader of the workbook fills in.
        tints: the tint (of TINTS) of a cell with this text.
    """

    header: str
    width: float = 12
    choices: tuple[str, ...] = ()
    prompt: str = ""
    theirs: bool = False
    tints: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a row of headers that stays in sight and filters the rows below it.

    Attributes:
        name: at most 31 letters, and no bracket, colon, star, question mark or slash.
        columns: from left to right.
        rows: the values of each row, one a column.
        held: number of columns at the left that stay in sight.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    held: int = 0


def workbook_bytes(title: str, sheets: Iterable[Sheet]) -> bytes:
    """A workbook with these sheets; the same sheets give the same bytes.

    Args:
        title: the document's title.
        sheets: from left to right; the first is the one that opens.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = clean(title), "planchecker"
    book.properties.language = "en-GB"
    book.properties.created = book.properties.modified = _MADE
    for sheet in sheets:
        _add(book, sheet)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        ExcelWriter(book, archive).save()  # unlike Workbook.save, this does not put in the time of day
    return _timeless(made)


def safe_text(text: str) -> str:
    """Text as a cell can hold it: no control characters, not too long, nothing that reads as an escape."""
    kept = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = _ESCAPE_LIKE.sub("_x005F_", kept)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def text_of(value: Any) -> str:
    """The text of a cell that was read back, as `safe_text` was given it; "" for an empty one."""
    return "" if value is None else str(value).replace("_x005F_", "_").strip()


def _add(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    last = max(2, len(sheet.rows) + 1)
    letters = [get_column_letter(n) for n in range(1, len(sheet.columns) + 1)]
    for letter, column in zip(letters, sheet.columns, strict=True):
        page.column_dimensions[letter].width = column.width
    page.freeze_panes = f"{get_column_letter(sheet.held + 1)}2"
    page.auto_filter.ref = f"A1:{letters[-1]}{last}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for letter, column in zip(letters, sheet.columns, strict=True):
        _rules(page, f"{letter}2:{letter}{last}", column)
    page.append([_header(page, column) for column in sheet.columns])
    looks = [_Looks(page, column) for column in sheet.columns]
    for row in sheet.rows:
        page.append([look.cell(value) for value, look in zip(row, looks, strict=True)])


def _rules(page: Any, cells: str, column: Column) -> None:
    if column.choices:
        listed = ",".join(column.choices)
        if len(listed) > _LONGEST_CHOICES or any("," in choice or '"' in choice for choice in column.choices):
            raise ValueError(f"choices of the column '{column.header}' do not fit into a rule")
        rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = (
            column.header,
            f"One of: {', '.join(column.choices)}; or leave it empty.",
        )
        _prompt(page, rule, cells, column)
    elif column.prompt:
        _prompt(page, DataValidation(allow_blank=True), cells, column)
    for text, tint in column.tints.items():
        fill = PatternFill("solid", bgColor=TINTS[tint])
        rule = CellIsRule(operator="equal", formula=[f'"{text}"'], fill=fill)  # type: ignore[no-untyped-call]
        page.conditional_formatting.add(cells, rule)


def _prompt(page: Any, rule: DataValidation, cells: str, column: Column) -> None:
    if column.prompt:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.header[:32], column.prompt[:255]
    rule.add(cells)
    page.data_validations.append(rule)


class _Looks:
    """The looks of a column's cells, made once each: setting fonts cell by cell takes most of the time."""

    def __init__(self, page: Any, column: Column) -> None:
        self._page = page
        self._plain = self._styled(_BODY, column)
        self._linked = self._styled(_LINKED, column)
        self._quoted = self._styled(_BODY, column)
        self._quoted.quotePrefix = True

    def cell(self, value: Value) -> Cell:
        """A cell with this value."""
        if isinstance(value, Link):
            cell = self._text(value.text, self._linked)
            cell.hyperlink = value.target
            return cell
        if isinstance(value, str):
            # The prefix keeps it text when somebody edits the cell or fills others from it.
            return self._text(value, self._quoted if value.startswith(FORMULA_STARTS) else self._plain)
        return self._like(self._plain, WriteOnlyCell(self._page, value))

    def _text(self, text: str, like: Cell) -> Cell:
        return self._like(like, _text_cell(self._page, text))

    def _like(self, like: Any, cell: Any) -> Cell:
        cell._style = like._style
        styled: Cell = cell
        return styled

    def _styled(self, font: Font, column: Column) -> Cell:
        cell = WriteOnlyCell(self._page)
        cell.font, cell.alignment = font, Alignment(vertical="top", wrap_text=True)
        if column.theirs:
            cell.fill, cell.border = _THEIRS, Border(_LINE, _LINE, _LINE, _LINE)
        return cell


def _header(page: Any, column: Column) -> Cell:
    cell = _text_cell(page, column.header)
    for name, value in _HEADER.items():
        setattr(cell, name, value)
    return cell


def _text_cell(page: Any, text: str) -> Cell:
    cell = WriteOnlyCell(page)
    cell.value = safe_text(text) or None
    if cell.value is not None:
        cell.data_type = "s"  # whatever it begins with
    return cell


def _timeless(made: BytesIO) -> bytes:
    """The same archive without the time at which it was made."""
    fresh = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(info, old.read(entry))
    return fresh.getvalue()
