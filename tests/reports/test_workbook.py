from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from planchecker.reports.workbook import as_workbook, write_workbook
from tests.reports.everything import everything
from tests.reports.sample import FLAWLESS, RESULT


def test_a_row_for_every_feature_and_every_passage() -> None:
    book = load_workbook(BytesIO(as_workbook(RESULT)))
    features = list(RESULT.features)
    assert [row[0].value for row in book["Features"].iter_rows(min_row=2)] == [f.id for f in features]
    assert book["Evidence"].max_row == 1 + sum(len(feature.evidence) for feature in features)


def test_it_can_be_worked_in() -> None:
    sheet = load_workbook(BytesIO(as_workbook(RESULT)))["Features"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref
    assert any("Done" in (rule.formula1 or "") for rule in sheet.data_validations.dataValidation)


def test_no_cell_is_a_formula() -> None:
    book = load_workbook(BytesIO(as_workbook(everything())))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_sheets_beyond_the_checklist_only_where_there_is_something() -> None:
    assert load_workbook(BytesIO(as_workbook(FLAWLESS))).sheetnames == ["Features", "Evidence", "About"]
    names = load_workbook(BytesIO(as_workbook(everything()))).sheetnames
    assert names == ["Features", "Evidence", "Rules", "Plan against itself", "About"]


def test_same_result_same_bytes(tmp_path: Path) -> None:
    write_workbook(everything(), tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").read_bytes() == as_workbook(everything())


def test_what_could_not_be_read_stands_on_the_about_sheet() -> None:
    sheet = load_workbook(BytesIO(as_workbook(RESULT)))["About"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert "only partly read" in str(said["Warning"])
