"""A sample plan as PDF: one or two columns, running header and footer, ruled tables, footnotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from source import Node, Run, Source

_MARGIN, _GUTTER, _HEAD = 56.0, 18.0, 60.0
_SHEET = getSampleStyleSheet()
_BODY = ParagraphStyle("body", parent=_SHEET["BodyText"], fontSize=9.5, leading=12.5)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=8, leading=9.8)
_BOX = ParagraphStyle("box", parent=_BODY, backColor=colors.HexColor("#e8edee"), borderPadding=6,
                      borderWidth=0.5, borderColor=colors.HexColor("#005eb8"), spaceBefore=8, spaceAfter=8)  # fmt: skip
_NOTE = ParagraphStyle("note", parent=_BODY, fontSize=7.5, leading=9)


def write_pdf(source: Source, path: Path) -> None:
    """Write the plan as a .pdf whose bytes depend on the source alone."""
    width, height = A4
    document = BaseDocTemplate(
        str(path), pagesize=A4, title=source.meta["title"], author=source.meta["organisation"],
        invariant=1, lang="en-GB",
    )  # fmt: skip
    columns = int(source.meta.get("columns", 1))
    inner = width - 2 * _MARGIN
    column = (inner - _GUTTER * (columns - 1)) / columns
    frames = [
        Frame(_MARGIN + n * (column + _GUTTER), _HEAD, column, height - 2 * _HEAD, 0, 0, 0, 0, id=f"c{n}")
        for n in range(columns)
    ]
    document.addPageTemplates(PageTemplate("page", frames, onPage=_furniture(source.meta)))
    story: list[Flowable] = list(_front(source.meta))
    for node in _joined_items(source.nodes):
        story += _flowables(node, column)
    if source.notes:
        story.append(Paragraph("Notes", _SHEET["Heading3"]))
        story += [Paragraph(f"{n} {escape(text)}", _NOTE) for n, text in enumerate(source.notes, 1)]
    document.build(story)


def _front(meta: dict[str, Any]) -> list[Flowable]:
    return [
        Paragraph(escape(meta["title"]), _SHEET["Title"]),
        Paragraph(escape(meta["organisation"]), _SHEET["Heading3"]),
        Paragraph(escape(str(meta.get("status", ""))), _BODY),
    ]


def _furniture(meta: dict[str, Any]) -> Any:
    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, A4[1] - 36, str(meta.get("header", "")))
        canvas.drawString(_MARGIN, 30, str(meta.get("footer", "")))
        canvas.drawRightString(A4[0] - _MARGIN, 30, f"Page {document.page}")
        canvas.restoreState()

    return draw


def _joined_items(nodes: tuple[Node, ...]) -> list[tuple[Node, int]]:
    """Each node with its number in its list (0 outside ordered lists)."""
    numbered, count = [], 0
    for node in nodes:
        count = count + 1 if node.kind == "item" and node.ordered and node.level == 0 else (
            count if node.kind == "item" else 0
        )  # fmt: skip
        numbered.append((node, count))
    return numbered


def _flowables(entry: tuple[Node, int], width: float) -> list[Flowable]:
    node, number = entry
    match node.kind:
        case "heading":
            return [Paragraph(_markup(node.runs), _SHEET[f"Heading{min(node.level, 4)}"])]
        case "item":
            style = ParagraphStyle(
                "item", parent=_BODY, leftIndent=14 + 14 * node.level, bulletIndent=4 + 14 * node.level
            )
            bullet = f"{number}." if node.ordered and node.level == 0 else "\u2022"
            return [Paragraph(_markup(node.runs), style, bulletText=bullet)]
        case "call-out":
            return [Paragraph(_markup(node.runs), _BOX)]
        case "table":
            return [_table(node, width), Spacer(1, 8)]
        case "page break":
            return [PageBreak()]
    return [Paragraph(_markup(node.runs), _BODY)]


def _table(node: Node, width: float) -> Table:
    cells = [[Paragraph(_markup(runs), _CELL) for runs in row] for row in node.rows]
    lengths = [max(max(len(_plain(row[n])) for row in node.rows), 6) ** 0.6 for n in range(len(node.rows[0]))]
    widths = [width * length / sum(lengths) for length in lengths]
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#d8dde0")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _markup(runs: tuple[Run, ...]) -> str:
    parts = []
    for run in runs:
        if run.note is not None:
            parts.append(f"<super>{run.note + 1}</super>")
            continue
        text = escape(run.text)
        text = f"<b>{text}</b>" if run.bold else text
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)
