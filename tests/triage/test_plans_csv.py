"""`plans.csv`: what is given stands before what was found, and no row is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from planchecker.errors import PlansFileError
from planchecker.triage.batch import Metadata
from planchecker.triage.plans_csv import Given, load_plans_csv

NAMES = ["north/plan.docx", "south/plan.docx", "East Plan.pdf"]
FOUND = Metadata("NHS Found CCG", "", "2014-03", "2014-04-01")


def loaded(tmp_path: Path, text: str | bytes) -> Given:
    path = tmp_path / "plans.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_plans_csv([path], NAMES)


def test_what_is_given_stands_before_what_was_found(tmp_path: Path) -> None:
    given = loaded(tmp_path, "file,organisation,draft date\nnorth/plan.docx,NHS Given CCG,\n")
    about = given.about("north/plan.docx", FOUND)
    assert about == Metadata("NHS Given CCG", "", "2014-03", "2014-04-01", given=("organisation",))
    assert given.about("south/plan.docx", FOUND) == FOUND


def test_it_is_read_as_excel_writes_it(tmp_path: Path) -> None:
    given = loaded(
        tmp_path, b"\xef\xbb\xbfFile;Unit of planning;Draft_Date\r\neast plan.pdf;East;04/04/2014\r\n"
    )
    about = given.about("East Plan.pdf", Metadata())
    assert (about.unit_of_planning, about.draft_date) == ("East", "2014-04-04")


def test_a_row_may_name_the_last_parts_if_they_are_clear(tmp_path: Path) -> None:
    given = loaded(tmp_path, "file,organisation\nplan.docx,NHS Two CCG\nnowhere.docx,NHS No CCG\n")
    assert given.rows == {}
    assert given.unmatched == ("plan.docx", "nowhere.docx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,organisation\na,b\n", "plans.csv:1.*no column 'file'"),
        ("file,draft_date\nEast Plan.pdf,soon\n", "plans.csv:2 at 'draft_date': 'soon' is no date"),
        ("", "no column 'file'"),
    ],
)
def test_a_table_that_is_wrong_is_one_sentence_with_an_example(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PlansFileError, match=rf"{said}.*; a correct example: "):
        loaded(tmp_path, text)


def test_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(PlansFileError, match="cannot be opened"):
        load_plans_csv([tmp_path / "nowhere.csv"], NAMES)


@pytest.mark.parametrize("text", ["file" * 50_000, "file\n" + "a" * 200_000])
def test_a_cell_of_a_book_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(PlansFileError, match="field larger than"):
        loaded(tmp_path, text)
