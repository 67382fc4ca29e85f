"""Files of decisions: what they may look like, and one sentence with the row for what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from planchecker.errors import UsageError
from planchecker.reports.triage_workbook import triage_workbook
from planchecker.triage.decision_file import read_decisions
from planchecker.triage.survey import Guidance, survey
from tests.triage.many import CHECKLIST, M, N, P, batch, entry


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "text",
    [
        "file,feature,verdict,note,initials\nnorth/a.docx,F01,met,Clear enough,AB\n",
        "File;Feature;Verdict;Note;Initials\r\nnorth/a.docx;F01;MET;Clear enough;AB\r\n",
        "\ufeffPlan\tFeature\tYour verdict\tYour note\tYour initials\nnorth/a.docx\tF01\tMet\tClear enough\tAB\n",
    ],
)
def test_a_table_as_csv(tmp_path: Path, text: str) -> None:
    (one,) = read_decisions(table(tmp_path, text)).judgements
    assert (one.plan, one.feature, one.verdict, one.note, one.by) == (
        "north/a.docx",
        "F01",
        M,
        "Clear enough",
        "AB",
    )
    assert one.where == "mine.csv, row 2"


def test_without_initials_the_files_name_says_who(tmp_path: Path) -> None:
    path = table(tmp_path, "file,feature,verdict\na.docx,F01,partly met\na.docx,F02,\n")
    (one,) = read_decisions(path).judgements
    assert (one.by, one.verdict) == ("mine", P)


def test_letters_of_an_older_encoding(tmp_path: Path) -> None:
    path = table(tmp_path, "file,feature,verdict,note\na.docx,F01,met,£3m – naïve\n", "cp1252")
    assert read_decisions(path).judgements[0].note == "£3m – naïve"


def test_a_note_without_a_verdict_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "file,feature,verdict,note\na.docx,F01,,look at page 4\n")
    assert read_decisions(path).apart == (
        "mine.csv, row 2: a note without a verdict, “look at page 4”; it is not taken over.",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("file,feature,verdict\na,F01,met\na,F02,yes\n", r"mine\.csv, row 3: “yes” is no verdict; write Met"),
        ("file,feature,verdict\n,F01,met\n", r"mine\.csv, row 2: a verdict without the plan's file"),
        ("file,verdict\na,met\n", r"mine\.csv: the columns of a table of decisions are not there"),
        ("", "the columns of a table of decisions are not there"),
        ("file,feature,verdict,initials\na,F01,met,AB\na,F01,missing,ab\n", r"row 3: ab judges F01 .*row 2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence_with_the_row(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as error:
        read_decisions(table(tmp_path, text))
    assert "\n" not in str(error.value)


def test_a_damaged_workbook_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "triage.xlsx"
    path.write_bytes(b"PK\3\4 cut short")
    with pytest.raises(UsageError, match=r"triage\.xlsx: the workbook cannot be opened"):
        read_decisions(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_decisions(tmp_path / "none.csv")


def test_the_packs_own_workbook_filled_in(tmp_path: Path) -> None:
    overview = survey(
        batch(entry("=a.docx", (M, P, N), organisation="NHS Penn CCG"), entry("b.docx")), Guidance(CHECKLIST)
    )
    path = tmp_path / "triage.xlsx"
    path.write_bytes(triage_workbook(overview, {}))
    book = load_workbook(path)
    sheet = book["Features"]
    headers = [cell.value for cell in sheet[1]]
    row = next(
        row for row in sheet.iter_rows(min_row=2)
        if (row[headers.index("File")].value, row[headers.index("Feature")].value) == ("=a.docx", "F03")
    )  # fmt: skip
    for name, value in (("Your verdict", "Met"), ("Your note", "page 4"), ("Your initials", "AB")):
        row[headers.index(name)].value = value
    book.save(path)
    (one,) = read_decisions(path).judgements
    assert (one.plan, one.feature, one.verdict, one.by) == ("=a.docx", "F03", M, "AB")
    assert one.organisation == "NHS Penn CCG"
    assert len(one.seen) == 16
    assert one.where.startswith("triage.xlsx, sheet Features, row ")


def test_a_workbook_of_ones_own(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Mine"
    for row in (("plan", "feature", "verdict"), ("a.docx", "F01", "Maybe")):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(UsageError, match=r"own\.xlsx, sheet Mine, row 2: “Maybe” is no verdict"):
        read_decisions(tmp_path / "own.xlsx")
