from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from planchecker.reports.terminal import CAVEATS, headline
from planchecker.reports.word import write_word
from planchecker.result import Result
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, FULL, MET, PARTIAL, RESULT


def _written(result: Result, folder: Path) -> Document:
    write_word(result, folder / "report.docx")
    return docx.Document(str(folder / "report.docx"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return _written(RESULT, tmp_path_factory.mktemp("word"))


def _text(paragraph: Paragraph) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "| " + " | ".join(" / ".join(_text(p) for p in cell.paragraphs) for cell in row.cells)
        else:
            yield f"[{block.style.name if block.style else ''}] {_text(block)}"


def test_golden(tmp_path: Path) -> None:
    assert_golden("gap-report.docx.txt", "\n".join(_lines(_written(FULL, tmp_path))) + "\n")


def test_headings_are_real_and_ordered(document: Document) -> None:
    styles = [p.style.name or "" for p in document.paragraphs if p.style]
    levels = [int(name[-1]) for name in styles if re.fullmatch(r"Heading \d", name)]
    assert styles[0] == "Title"
    assert styles.count("Title") == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_summary_comes_before_the_first_page_break(document: Document) -> None:
    breaks = [n for n, p in enumerate(document.paragraphs) if p.paragraph_format.page_break_before]
    summary = [_text(p) for p in document.paragraphs[: breaks[0]]]
    assert headline(RESULT) in summary
    assert "Pages 3, 4 and 9: a picture without a text layer" in summary
    assert any(line.startswith("The rest of the element is at least raised. 17.3 goal") for line in summary)
    assert "E20 Prevention of harm" in summary
    assert _text(document.paragraphs[breaks[0]]) == "Contents"


def test_contents_is_a_field_filled_with_the_headings(document: Document) -> None:
    instructions = [node.text for node in document.element.iter(qn("w:instrText"))]
    assert instructions == [r' TOC \o "1-2" \h \z \u ']
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    entries = [_text(p) for p in document.paragraphs if p.style and (p.style.name or "").startswith("toc ")]
    headings = [
        _text(p) for p in document.paragraphs if p.style and p.style.name in ("Heading 1", "Heading 2")
    ]
    assert entries == headings


def test_every_link_leads_to_a_bookmark(document: Document) -> None:
    marks = [node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))]
    numbers = [node.get(qn("w:id")) for node in document.element.iter(qn("w:bookmarkStart"))]
    links = {node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))}
    assert len(set(marks)) == len(marks) == len(set(numbers))
    assert links <= set(marks)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark) for mark in marks)


def test_tables_have_marked_headers_and_no_merged_cells(document: Document) -> None:
    assert len(document.tables) == 2
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_action_table_lists_every_gap_with_room_for_owner_and_date(document: Document) -> None:
    table = document.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Feature", "What is lacking", "What to do", "Owner", "By when",
    ]  # fmt: skip
    first = [_text(row.cells[0].paragraphs[0]) for row in table.rows[1:]]
    assert first == ["F40 Mental Capacity Act", "17.3 goal Prevent", "F99 Harm"]
    assert all(cell.text == "" for row in table.rows[1:] for cell in row.cells[3:])
    assert [cell.text for cell in table.rows[1].cells[1:3]] == list(PARTIAL.gaps)
    assert table.rows[3].cells[1].text == "Say how harm is measured."  # no gap given: the requirement itself


def test_action_table_lies_on_landscape_pages_between_portrait_ones(document: Document) -> None:
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, True, False]


def test_the_cheapest_gaps_are_on_the_summary_page(tmp_path: Path) -> None:
    near = replace(PARTIAL, sure=True, evidence=(MET.evidence[0],))
    element = replace(RESULT.elements[1], features=(near,))
    document = _written(replace(RESULT, elements=(element,)), tmp_path)
    listed = [_text(p) for p in document.paragraphs if p.style and p.style.name == "List Number"]
    assert listed == [f"F40 Mental Capacity Act: {PARTIAL.gaps[0]}"]


def test_scrutiny_has_a_section_with_advice_apart_and_quiet_points_in_a_table(tmp_path: Path) -> None:
    document = _written(FULL, tmp_path)
    lines = list(_lines(document))
    rules = lines.index("[Heading 2] What the plan says against dated rules")
    advice = lines.index("[Heading 2] Advice: no source confirms these rules")
    sourced = next(n for n, line in enumerate(lines) if "Planning guidance (seen in a public source)" in line)
    recalled = next(n for n, line in enumerate(lines) if line.startswith("| Contingency / Half a per cent"))
    assert rules < sourced < advice < recalled
    assert "| Differs | The plan gives half a per cent. / “£1.2m” (Page 9)" in lines[sourced]
    assert "| Acronym not expanded | HWB is never written out. | Page 9" in lines
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_accepted_gaps_and_decisions_are_shown_and_accepted_gaps_need_no_action(tmp_path: Path) -> None:
    document = _written(FULL, tmp_path)
    standing = [_text(p) for p in document.paragraphs if p.style and p.style.name == "Standing"]
    assert standing[0].startswith("Assessor’s verdict: Partly met. Decided by CD. Too thin.")
    assert standing[0].endswith("The evidence has changed since this was decided. Look again.")
    assert standing[1].startswith("Accepted gap: Led elsewhere.")
    assert "F77: No longer on the list. (A. Bell, 2013-12-01)" in [p.text for p in document.paragraphs]
    assert not any("Mental Capacity" in row.cells[0].text for row in document.tables[1].rows)


def test_hostile_words_in_every_new_field_stay_words(tmp_path: Path) -> None:
    text = "\n".join(_lines(_written(FULL, tmp_path)))
    # A passage, a decision, an acceptance where it is listed and at its feature, a rule, a slip.
    assert text.count("<script>alert('x')</script>") == 6
    assert not re.search("[\x00\x08\ud800\ufffe]", text)


def test_no_paragraph_is_empty(document: Document) -> None:
    assert [p for p in document.paragraphs if not _text(p).strip()] == []


def test_title_and_language_are_set(document: Document) -> None:
    assert document.core_properties.title == "Gap report: Draft <five> year plan"
    assert document.core_properties.language == "en-GB"
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_illegal_characters_are_left_out_and_text_stays_text(document: Document) -> None:
    quotes = [_text(p) for p in document.paragraphs if p.style and p.style.name == "Quote"]
    assert "“</blockquote><script>alert('x')</script> & \"quoted\"   end”" in quotes


def test_hostile_names_do_not_break_the_file(tmp_path: Path) -> None:
    plan = replace(RESULT.plan, title="\x01\n\n", notices=("a\x0cb\ud912",), path="a\x07b.docx")
    element = replace(RESULT.elements[0], name="\x02 two\nlines")
    document = _written(replace(RESULT, plan=plan, elements=(element,)), tmp_path)
    assert document.core_properties.title == "Gap report: ab.docx"
    assert "E06 two lines" in [_text(p) for p in document.paragraphs]


def test_caveats_and_facts_are_there(document: Document) -> None:
    text = "\n".join(_text(p) for p in document.paragraphs)
    assert all(caveat in text for caveat in CAVEATS)
    assert "File: Draft <five> year plan.docx" in text
    assert "Users" not in text
    assert RESULT.plan.sha256 in text
    assert "fail" not in text.lower()


def test_a_plan_without_gaps(tmp_path: Path) -> None:
    document = _written(FLAWLESS, tmp_path)
    assert len(document.tables) == 1
    assert "No gaps were found among the features that were assessed." in [
        p.text for p in document.paragraphs
    ]


@pytest.mark.external
def test_libreoffice_opens_it_with_the_summary_on_one_page_and_no_blank_page(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    write_word(FULL, tmp_path / "report.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "report.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert headline(FULL) in " ".join(pages[0].split())
    assert "Contents" in pages[1].splitlines()[1]
    assert all(len(text.split()) > 20 for text in pages)


def test_package_is_sound(tmp_path: Path) -> None:
    _written(RESULT, tmp_path)
    with zipfile.ZipFile(tmp_path / "report.docx") as package:
        assert package.testzip() is None
        settings = package.read("word/settings.xml").decode()
    modes = re.findall(r'<w:compatSetting w:name="compatibilityMode"[^>]*w:val="(\d+)"', settings)
    assert modes == ["15"]
