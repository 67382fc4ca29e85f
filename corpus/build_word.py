"""A sample plan as Word: real styles, lists, tables, footnotes, header and footer."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from source import Node, Run, Source

_MADE = datetime.datetime(2014, 3, 28, 9, 0, 0)
_ZIP_DATE = (2014, 3, 28, 9, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def write_word(source: Source, path: Path) -> None:
    """Write the plan as a .docx whose bytes depend on the source alone."""
    document = Document()
    _set_up(document, source.meta)
    _front_page(document, source)
    for node in source.nodes:
        _add(document, node, source.meta)
    if source.notes:
        _add_notes_part(document, source.notes)
    buffer = io.BytesIO()
    document.save(buffer)
    _rewrite_with_fixed_dates(buffer, path)


def _set_up(document: WordDocument, meta: dict[str, Any]) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = meta.get("font", "Calibri"), Pt(10.5)
    properties = document.core_properties
    properties.title, properties.author = meta["title"], meta["organisation"]
    properties.created = properties.modified = _MADE
    properties.language = "en-GB"
    section = document.sections[0]
    section.header.paragraphs[0].text = meta.get("header", "")
    footer = section.footer.paragraphs[0]
    footer.text = f"{meta.get('footer', '')}    Page "
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _front_page(document: WordDocument, source: Source) -> None:
    document.add_paragraph(source.meta["title"], style="Title")
    document.add_paragraph(source.meta["organisation"], style="Subtitle")
    document.add_paragraph(str(source.meta.get("status", "")))
    if source.meta.get("contents"):
        for heading in source.headings:
            if heading.level <= 2:
                text = "".join(run.text for run in heading.runs)
                entry = document.add_paragraph(text, style=_contents_style(document, heading.level))
                entry.paragraph_format.left_indent = Pt(12 * (heading.level - 1))
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _contents_style(document: WordDocument, level: int) -> str:
    name = f"toc {level}"
    if name not in document.styles:
        document.styles.add_style(name, 1)
    return name


def _add(document: WordDocument, node: Node, meta: dict[str, Any]) -> None:
    match node.kind:
        case "heading" if meta.get("headings") == "bold":
            runs = tuple(Run(run.text, bold=True) for run in node.runs)
            _fill(document.add_paragraph(), runs)
        case "heading":
            _fill(document.add_heading(level=node.level), node.runs)
        case "item":
            name = ("List Number" if node.ordered else "List Bullet") + ("" if node.level == 0 else " 2")
            _fill(document.add_paragraph(style=name), node.runs)
        case "call-out":
            _fill(document.add_paragraph(style="Intense Quote"), node.runs)
        case "table":
            _add_table(document, node)
        case "page break":
            document.add_page_break()
        case _:
            _fill(document.add_paragraph(), node.runs)


def _add_table(document: WordDocument, node: Node) -> None:
    table = document.add_table(rows=0, cols=len(node.rows[0]), style="Table Grid")
    for number, cells in enumerate(node.rows):
        row = table.add_row()
        for cell, runs in zip(row.cells, cells, strict=True):
            bold = tuple(Run(r.text, True, r.italic, r.note) for r in runs) if number == 0 else runs
            _fill(cell.paragraphs[0], bold)
        if number == 0:
            header = OxmlElement("w:tblHeader")
            row._tr.get_or_add_trPr().append(header)
    document.add_paragraph()


def _fill(paragraph: Paragraph, runs: tuple[Run, ...]) -> None:
    for run in runs:
        if run.note is not None:
            added = paragraph.add_run()
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(run.note + 1))
            added.font.superscript = True
            added._r.append(reference)
            continue
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None


def _add_notes_part(document: WordDocument, notes: tuple[str, ...]) -> None:
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"{escape(text)}</w:t></w:r></w:p></w:footnote>"
        for number, text in enumerate(notes, start=1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">{body}</w:footnotes>'
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _rewrite_with_fixed_dates(buffer: io.BytesIO, path: Path) -> None:
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, made.read(name))
