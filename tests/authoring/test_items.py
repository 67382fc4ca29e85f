"""Lists of requirements in text, Markdown, Word and Excel files, and files that hold none or are hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from planchecker.authoring.items import Listed, Requirement, requirements_in
from planchecker.errors import ExitCode, NoRequirementsError, UnreadablePlanError


def text_file(folder: Path, text: str, name: str = "list.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, *rows: tuple[object, ...], name: str = "list.xlsx") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def texts(listed: Listed) -> list[str]:
    return [requirement.text for requirement in listed.requirements]


def test_numbered_lines_of_a_text_file(tmp_path: Path) -> None:
    path = text_file(
        tmp_path, "Our priorities\n\n1. Reduce smoking\n2) Help carers,\n   young ones first.\n(3) Be kind.\n"
    )
    listed = requirements_in(path)
    assert texts(listed) == ["Reduce smoking", "Help carers, young ones first.", "Be kind."]
    assert [one.label for one in listed.requirements] == ["1", "2", "3"]


def test_points_beneath_a_number_belong_to_it(tmp_path: Path) -> None:
    path = text_file(tmp_path, "1. Start well.\n   a. Fewer smoke.\n   b. More breastfeed.\n2. Age well.\n")
    first, second = requirements_in(path).requirements
    assert first.points == ("Fewer smoke.", "More breastfeed.")
    assert second.points == ()


def test_bullets_under_headings_of_a_markdown_file(tmp_path: Path) -> None:
    text = "# Strategy\n\n## Start well\n\n- Fewer smoke\n- More read\n\n## Age well\n\n- Fewer are lonely\n"
    listed = requirements_in(text_file(tmp_path, text, "strategy.md"))
    assert listed.title == "Strategy"
    assert [(one.group, one.text) for one in listed.requirements] == [
        ("Start well", "Fewer smoke"),
        ("Start well", "More read"),
        ("Age well", "Fewer are lonely"),
    ]


def test_a_numbered_list_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Joint strategy", 1)
    document.add_paragraph("The board agreed these.")
    for text in ("Reduce smoking", "Help carers"):
        document.add_paragraph(text, style="List Number")
    document.save(str(tmp_path / "strategy.docx"))
    listed = requirements_in(tmp_path / "strategy.docx")
    assert (listed.title, texts(listed)) == ("Joint strategy", ["Reduce smoking", "Help carers"])


def test_a_table_with_a_column_of_requirements(tmp_path: Path) -> None:
    text = "# Asks\n\n| Ref | Requirement | Lead |\n|---|---|---|\n| P1 | Say who leads | A |\n| P2 | Say when | B |\n"
    assert requirements_in(text_file(tmp_path, text, "asks.md")).requirements == (
        Requirement("Say who leads", "P1", group="Asks"),
        Requirement("Say when", "P2", group="Asks"),
    )


def test_a_workbook_with_a_title_above_and_merged_themes(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ("Fenwick priorities",),
        (),
        ("No.", "Theme", "What the plan must say", "Lead"),
        (1, "Start well", "How smoking is reduced", "A"),
        (2, None, "How reading is helped", "=1+1"),
        (3, "Age well", "How loneliness is reduced", None),
    )
    assert requirements_in(path).requirements == (
        Requirement("How smoking is reduced", "1", group="Start well"),
        Requirement("How reading is helped", "2", group="Start well"),
        Requirement("How loneliness is reduced", "3", group="Age well"),
    )


def test_a_workbook_of_one_column(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("Requirements",), ("Say who leads",), ("Say when",))
    assert texts(requirements_in(path)) == ["Say who leads", "Say when"]


def test_a_file_without_a_list_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoRequirementsError) as caught:
        requirements_in(text_file(tmp_path, "We met on Tuesday and sang until it was late and dark.\n"))
    assert caught.value.exit_code is ExitCode.UNREADABLE_PLAN
    assert "no list of requirements" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_without_such_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRequirementsError):
        requirements_in(workbook(tmp_path, ("Name", "Telephone"), ("Ann", "123"), ("Bob", "456")))


def test_a_list_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRequirementsError, match="more than the 500"):
        requirements_in(workbook(tmp_path, ("Requirement",), *[(f"Ask {n}",) for n in range(501)]))


def hostile(folder: Path, kind: str) -> Path:
    path = folder / "list.xlsx"
    if kind == "no zip":
        path.write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    elif kind == "cut short":
        path.write_bytes(
            workbook(folder, ("Requirement", "x"), ("a", "b"), name="whole.xlsx").read_bytes()[:900]
        )
    elif kind == "no workbook":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("hello.txt", "hello")
    elif kind == "entities":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(
                "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
            )
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/sharedStrings.xml", b" " * 110_000_000)
    return path


@pytest.mark.parametrize("kind", ["no zip", "cut short", "no workbook", "entities", "bomb", "not there"])
def test_a_hostile_or_broken_workbook_gets_one_sentence(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadablePlanError) as caught:
        requirements_in(hostile(tmp_path, kind))
    assert str(caught.value).startswith("list.xlsx: ")
    assert "\n" not in str(caught.value)
