"""What Word documents need and python-docx does not offer: fields, bookmarks, links, header rows, language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from planchecker.reports.digest import clean


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """A new `w:` element with `w:` attributes."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Name the whole paragraph, so that a link or the contents can lead to it."""
    start = element("bookmarkStart", id=str(number), name=name)
    after_properties = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(after_properties, start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def add_link(paragraph: Paragraph, text: str, bookmark: str, style: str | None = "Hyperlink") -> Run:
    """Append a link to a bookmark of the same document."""
    link = element("hyperlink", anchor=bookmark, history="1")
    run = paragraph.add_run(clean(text), style=style)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Append a field such as PAGE, showing `shown` until Word works it out."""
    field = element("fldSimple", instr=instruction)
    run = paragraph.add_run(shown)
    field.append(run._r)
    paragraph._p.append(field)


def add_contents(before: Paragraph, entries: Sequence[tuple[int, str, str]]) -> None:
    """Insert a table of contents, already filled with links (level, text, bookmark)."""
    paragraphs = []
    for level, text, bookmark in entries:
        paragraph = before.insert_paragraph_before(style=f"toc {level}")
        add_link(paragraph, text, bookmark, style=None)
        paragraphs.append(paragraph)
    if not paragraphs:
        return
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = r' TOC \o "1-2" \h \z \u '
    opening = (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
    )
    for position, part in enumerate(opening, start=1):
        paragraphs[0]._p.insert(position, _run_holding(part))
    paragraphs[-1]._p.append(_run_holding(element("fldChar", fldCharType="end")))


def _run_holding(part: BaseOxmlElement) -> BaseOxmlElement:
    run = element("r")
    run.append(part)
    return run


def add_table(document: Document, titles: Sequence[str], widths: Sequence[float], summary: str) -> Table:
    """Append a table with a marked header row; widths in centimetres."""
    table: Table = document.add_table(rows=1, cols=len(titles), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(element("tblCaption", val=clean(summary)))
    for title, cell, column, width in zip(titles, table.rows[0].cells, table.columns, widths, strict=True):
        column.width = cell.width = Cm(width)
        fill_cell(cell, (title,), "Table heading")
        cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill="003087"))
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))
    return table


def add_row(table: Table, *contents: Sequence[str]) -> tuple[_Cell, ...]:
    """Append a row that stays on one page: for each cell its paragraphs."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    cells = row.cells
    for paragraphs, cell in zip(contents, cells, strict=True):
        fill_cell(cell, paragraphs)
    return cells


def fill_cell(cell: _Cell, paragraphs: Sequence[str], style: str = "Table text") -> None:
    """Put paragraphs into an empty cell, which has one already."""
    cell.paragraphs[0].style = style
    for number, text in enumerate(paragraphs):
        paragraph = cell.add_paragraph(style=style) if number else cell.paragraphs[0]
        paragraph.add_run(clean(text))


def shade_run(run: Run, fill: str) -> None:
    """Set a run's background colour."""
    run._r.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=fill))


def set_properties(document: Document, title: str, subject: str, language: str = "en-GB") -> None:
    """Set title, subject and language, which screen readers announce."""
    properties = document.core_properties
    properties.title, properties.subject = clean(title)[:255], clean(subject)[:255]
    properties.author, properties.comments = "planchecker", ""
    properties.language = language
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def set_current_word(document: Document) -> None:
    """Ask for the layout of today's Word, so that the file does not open in compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
