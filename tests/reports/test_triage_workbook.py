"""The pack's workbook: sheets, rows, room for the assessor, and no formula whatever a plan says."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from planchecker.reports.triage_workbook import triage_workbook
from planchecker.triage.layout import report_names
from tests.reports.packs import overview


@cache
def made() -> bytes:
    told = overview()
    return triage_workbook(told, report_names(entry.name for entry in told.batch.checked))


def book() -> Workbook:
    return load_workbook(BytesIO(made()))


def table(name: str) -> list[dict[str, object]]:
    header, *rows = book()[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_what_was_not_read_is_the_sheet_that_opens() -> None:
    assert book().sheetnames == [
        "Not read (1)", "Plans", "Features", "Grid", "Shared text", "Drafts", "Assessors differ",
    ]  # fmt: skip
    assert table("Not read (1)") == [
        {"File": "<scan>.pdf", "What became of it": "could not be read",
         "Why": "no page holds readable text; add a text layer first."},
        {"File": "+figures.xlsx", "What became of it": "not taken for a plan",
         "Why": "not a kind of file that a plan is written in"},
    ]  # fmt: skip


def test_a_row_for_every_feature_of_every_plan() -> None:
    rows = table("Features")
    assert len(rows) == 5 * 3
    judged = next(row for row in rows if (row["File"], row["Feature"]) == ("tarn.docx", "F02"))
    assert judged["planchecker says"] == "Partly met"
    assert (judged["Your verdict"], judged["Your note"], judged["Your initials"]) == (
        "No evidence found",
        "=2+2",
        "CD",
    )
    assert judged["All assessors"] == "AB: Met; CD: No evidence found"
    changed = next(row for row in rows if (row["File"], row["Feature"]) == ("wold.docx", "F01"))
    assert changed["Evidence changed"] == "yes: look again"
    assert changed["Weakened by"] == "also in NHS Tarn CCG"


def test_the_assessors_columns_have_choices() -> None:
    sheet = book()["Features"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).split(":")[0][:-1]: rule for rule in sheet.data_validations.dataValidation}
    assert rules[letters["Your verdict"]].formula1 == '"Met,Partly met,No evidence found,Not assessed"'
    assert letters["Your note"] in rules
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:Q16"


@pytest.mark.parametrize("name", ["Plans", "Features", "Grid", "Shared text"])
def test_no_cell_is_a_formula(name: str) -> None:
    assert {cell.data_type for row in book()[name].iter_rows() for cell in row} <= {"s", "n"}


def test_plans_are_in_the_order_of_the_page_and_lead_to_their_reports() -> None:
    rows = table("Plans")
    assert [row["File"] for row in rows][:2] == ["=cmd.docx", "tarn.docx"]
    assert [row["Order"] for row in rows] == [1, 2, 3, 4, 5]
    sheet = book()["Plans"]
    assert sheet["P2"].hyperlink.target == "reports/cmd.docx.html"


def test_the_same_plans_give_the_same_bytes_without_a_time_of_day() -> None:
    told = overview()
    assert triage_workbook(told, report_names(entry.name for entry in told.batch.checked)) == made()
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(made())).infolist()} == {(1980, 1, 1, 0, 0, 0)}
