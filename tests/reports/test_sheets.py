"""Workbooks: text stays text, bytes stay the same, and the rules for the reader's own columns are there."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from planchecker.reports.sheets import Column, Link, Sheet, Value, safe_text, text_of, workbook_bytes
from tests.reports.sample import HOSTILE

COLUMNS = (
    Column("Plan", 30, tints={"Met": "good"}),
    Column("Number"),
    Column("Your verdict", choices=("Met", "Partly met"), prompt="Your own.", theirs=True),
    Column("Note", prompt="Why.", theirs=True),
)


def made(*rows: tuple[Value, ...]) -> bytes:
    return workbook_bytes("Triage", [Sheet("Plans", COLUMNS, rows, held=1)])


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
@example('=HYPERLINK("http://example.org","x")')
@example("+1")
@example("-1")
@example("@SUM(A1)")
@example("\t=1")
@example("\r=1")
@example("#N/A")
@example("_x000D_ and _x0041_")
@example(HOSTILE)
def test_any_text_is_stored_as_text_and_read_back(text: str) -> None:
    data = made((text, 1, None, None))
    sheet = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet.replace(b"<formula", b"")
    cell = opened(data)["Plans"]["A2"]
    assert cell.data_type == ("s" if safe_text(text) else "n")
    assert text_of(cell.value) == text_of(safe_text(text))


@given(st.text(max_size=40))
def test_what_reads_as_an_escape_comes_back_as_it_was(text: str) -> None:
    assert text_of(safe_text(f"_x000A_{text}"))[:7] == "_x000A_"


def test_a_text_that_begins_like_a_formula_stays_text_when_edited() -> None:
    sheet = opened(made(("=1+1", 1, None, None), ("plain", 2, None, None)))["Plans"]
    assert [sheet[f"A{n}"].quotePrefix for n in (2, 3)] == [True, False]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    assert safe_text("x" * 40_000) == "x" * 32_766 + "…"


def test_the_same_content_gives_the_same_bytes_later() -> None:
    first = made(("a", 1.5, None, None))
    time.sleep(2.1)  # zip files keep time in steps of two seconds
    assert made(("a", 1.5, None, None)) == first


def test_headers_stay_in_sight_and_filter_the_rows() -> None:
    sheet = opened(made(("a", 1, None, None), ("b", 2, None, None)))["Plans"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert [cell.value for cell in sheet[1]] == ["Plan", "Number", "Your verdict", "Note"]
    assert sheet["B3"].value == 2
    assert sheet.column_dimensions["A"].width == 30


def test_the_readers_columns_have_choices_prompts_and_another_ground() -> None:
    sheet = opened(made(("a", 1, None, None)))["Plans"]
    choices, prompt = sheet.data_validations.dataValidation
    assert (choices.type, choices.formula1, str(choices.sqref)) == ("list", '"Met,Partly met"', "C2")
    assert (prompt.prompt, str(prompt.sqref)) == ("Why.", "D2")
    assert sheet["C2"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb


def test_choices_that_do_not_fit_a_rule_are_a_defect() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        workbook_bytes("x", [Sheet("x", (Column("c", choices=("a,b",)),), ())])


def test_a_link_leads_to_its_target() -> None:
    cell = opened(made((Link("=report", "reports/a.html"), 1, None, None)))["Plans"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink.target) == ("=report", "s", "reports/a.html")


def test_an_empty_sheet_still_has_its_headers_and_rules() -> None:
    sheet = opened(made())["Plans"]
    assert sheet.max_row == 1
    assert sheet.auto_filter.ref == "A1:D2"
