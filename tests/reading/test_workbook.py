"""Excel workbooks as rows of text: visible sheets, bounded, formulas never worked out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planchecker.errors import PlanNotFoundError, UnsupportedFormatError
from planchecker.reading.workbook import MAX_COLUMNS, MAX_ROWS, Sheet, read_workbook


def saved(folder: Path, book: openpyxl.Workbook) -> Path:
    path = folder / "book.xlsx"
    book.save(path)
    return path


def book_of(*rows: tuple[object, ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Asks"
    for row in rows:
        book.active.append(row)
    return book


def test_cells_are_texts_on_one_line_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    rows = ((1, 2.0, 0.5), (), ("two\nlines ", date(2014, 4, 4), None))
    assert read_workbook(saved(tmp_path, book_of(*rows))) == (
        Sheet("Asks", (("1", "2", "0.5"), ("two lines", "4 April 2014"))),
    )


def test_a_formula_is_not_worked_out(tmp_path: Path) -> None:
    (sheet,) = read_workbook(saved(tmp_path, book_of(("=1+1", '=HYPERLINK("http://x","y")', "plain"))))
    assert sheet.rows == (("", "", "plain"),)


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = book_of(("seen",))
    hidden = book.create_sheet("Hidden")
    hidden.append(("unseen",))
    hidden.sheet_state = "hidden"
    assert [sheet.name for sheet in read_workbook(saved(tmp_path, book))] == ["Asks"]


def test_no_more_is_read_than_a_list_can_hold(tmp_path: Path) -> None:
    book = book_of(tuple(f"c{n}" for n in range(MAX_COLUMNS + 5)))
    assert book.active is not None
    book.active.cell(row=1_000_000, column=1, value="far below")
    (sheet,) = read_workbook(saved(tmp_path, book))
    assert len(sheet.rows) == 1 <= MAX_ROWS
    assert len(sheet.rows[0]) == MAX_COLUMNS


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanNotFoundError):
        read_workbook(tmp_path / "none.xlsx")


def test_an_old_or_protected_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    with pytest.raises(UnsupportedFormatError, match="password"):
        read_workbook(path)
