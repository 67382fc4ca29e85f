"""The paper of a form: a Word document in planchecker's look, with headings, wording and answer boxes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import cast

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from planchecker.reading.word_controls import MARK_STYLE, PLACEHOLDER_STYLE, WORDING_STYLE
from planchecker.reports.digest import clean
from planchecker.reports.word_look import add_running_lines, blank_report, paragraph_style
from planchecker.reports.word_parts import add_bookmark, element, set_properties
from planchecker.submission.controls import as_answer, as_wording
from planchecker.submission.kinds import form_words
from planchecker.submission.occasion import Filling

HINT, SMALL = "planchecker hint", "planchecker small print"
CELL, CELL_HINT = "planchecker cell", "planchecker cell hint"
ANSWER, ANSWER_CELL = "Answer", "Answer in table"
BOXED_MARK = "planchecker boxed mark"
_GREY = RGBColor(0x42, 0x55, 0x63)


class Paper:
    """A form on its way.

    Args:
        title: the document's title.
        subject: what it is about, for its properties.
        landscape: whether its pages lie on their side.
        margin: margin in centimetres on all sides.
        running: whether title and page number run along.
    """

    def __init__(
        self, title: str, subject: str, landscape: bool = False, margin: float = 2, running: bool = True
    ) -> None:
        self.document = blank_report()
        self.headings: list[tuple[int, str, str]] = []  # level, text, bookmark
        self._controls = 0
        _lay(self.document, landscape, margin)
        _styles(self.document)
        set_properties(self.document, title, subject)
        if running:
            add_running_lines(self.document, clean(title))
        self.document.add_paragraph(_line(title), style="Title")

    def heading(self, level: int, text: str, new_page: bool = False) -> None:
        """A heading that the contents can lead to."""
        paragraph = self.document.add_paragraph(_line(text), style=f"Heading {level}")
        paragraph.paragraph_format.page_break_before = True if new_page else None
        number = len(self.headings) + 1
        add_bookmark(paragraph, f"place_{number}", number)
        self.headings.append((level, _line(text), f"place_{number}"))

    def wording(self, *texts: str, style: str = WORDING_STYLE) -> None:
        """Paragraphs of the form's own wording."""
        added = [self.document.add_paragraph(clean(text), style=style) for text in texts if text]
        if added:
            for paragraph in added:
                paragraph.paragraph_format.keep_with_next = True
            as_wording(added, self._number())

    def wording_in(self, cell: _Cell, text: str, hints: Sequence[str] = (), label: str = "") -> None:
        """The form's own wording in an empty cell: text and hints, below a label that answers keep."""
        paragraph = cell.paragraphs[0]
        if label:
            paragraph.style = "Table text"
            paragraph.add_run(clean(label)).bold = True
            as_wording([paragraph], self._number(), labels=True)
        texts = [(text, CELL)] * bool(text) + [(hint, CELL_HINT) for hint in hints]
        added: list[Paragraph] = []
        for words, style in texts:
            follows = bool(label or added)
            paragraph = cell.add_paragraph() if follows else cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(clean(words))
            added.append(paragraph)
        if added:
            as_wording(added, self._number())

    def answer(
        self, identifier: str, title: str, placeholder: str, filling: Filling | str | None = None
    ) -> None:
        """An answer box below the last paragraph."""
        self._answer([self.document.add_paragraph(style=ANSWER)], identifier, title, placeholder, filling)

    def answer_in(
        self, cell: _Cell, identifier: str, title: str, placeholder: str, filling: Filling | str | None = None
    ) -> None:
        """An answer box that is an empty cell."""
        cell.paragraphs[0].style = ANSWER_CELL
        self._answer([cell.paragraphs[0]], identifier, title, placeholder, filling)

    def _answer(
        self,
        paragraphs: list[Paragraph],
        identifier: str,
        title: str,
        placeholder: str,
        filling: Filling | str | None,
    ) -> None:
        style = paragraphs[0].style
        lines = _lines(filling, style.name or "" if style else "")
        if not lines:
            paragraphs[0].add_run(placeholder, style=PLACEHOLDER_STYLE)
        for text, name in lines:
            if paragraphs[-1].runs:
                paragraphs.append(_paragraph_after(paragraphs[-1]))
            paragraphs[-1].style = cast(ParagraphStyle, self.document.styles[name])
            paragraphs[-1].add_run(clean(text))
        as_answer(paragraphs, self._number(), identifier, title, empty=not lines)

    def _number(self) -> int:
        self._controls += 1
        return self._controls


def _lines(filling: Filling | str | None, style: str) -> list[tuple[str, str]]:
    """The paragraphs of a box that is filled in, each with its style; what is the form's own is marked."""
    if isinstance(filling, str):
        return [(filling, style)] if filling.strip() else []
    if filling is None or not filling.quotes:
        return []
    say = form_words()
    mark = BOXED_MARK if style == ANSWER else MARK_STYLE
    lines: list[tuple[str, str]] = []
    place = None
    for quote in filling.quotes:
        if quote.place != place:
            place = quote.place
            lines.append((say["to_be_confirmed"].format(place=place), mark))
        lines.append((" ".join(clean(quote.text).split()), style))
    if filling.lacking:
        lines.append((say["still_to_add"].format(gaps=" ".join(filling.lacking)), mark))
    return lines


def _paragraph_after(paragraph: Paragraph) -> Paragraph:
    made = deepcopy(paragraph._p)
    for child in list(made):
        if child.tag != qn("w:pPr"):
            made.remove(child)
    paragraph._p.addnext(made)
    return Paragraph(made, paragraph._parent)


def _lay(document: Document, landscape: bool, margin: float) -> None:
    section = document.sections[0]
    if landscape:
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)


def _styles(document: Document) -> None:
    """Styles of the form's own wording, all based on the one by which it is known, and of answers."""
    wording = paragraph_style(document, WORDING_STYLE, 10.5, after=4)
    for name, size, colour in (
        (HINT, 10.5, None),
        (SMALL, 9, _GREY),
        (CELL, 9.5, None),
        (CELL_HINT, 8.5, _GREY),
        (MARK_STYLE, 8.5, None),
    ):
        style = paragraph_style(document, name, size, before=2, after=2, colour=colour)
        style.base_style = wording
    document.styles[SMALL].paragraph_format.space_before = Pt(6)
    _bullets(document, cast(ParagraphStyle, document.styles[HINT]))
    mark = paragraph_style(document, MARK_STYLE, 8.5)
    mark.font.bold = True
    boxed_mark = paragraph_style(document, BOXED_MARK, 8.5, before=2)
    boxed_mark.base_style = mark
    _boxed(boxed_mark)
    for style in (mark, boxed_mark):
        shade = element("shd", val="clear", color="auto", fill="FFF9C4")
        style.element.get_or_add_pPr().insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc")
    paragraph_style(document, ANSWER_CELL, 9.5, before=2, after=2)
    _boxed(paragraph_style(document, ANSWER, 10.5, before=2, after=8))
    placeholder = document.styles.add_style(PLACEHOLDER_STYLE, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(placeholder, CharacterStyle)
    placeholder.font.color.rgb, placeholder.font.italic = _GREY, True


def _bullets(document: Document, style: ParagraphStyle) -> None:
    """The bullets of Word's own list style; python-docx has no other way to them."""
    own = document.styles["List Bullet"].element.pPr
    for tag in ("w:numPr", "w:ind"):
        found = own.find(qn(tag))
        if found is not None:
            properties = style.element.get_or_add_pPr()
            properties.insert_element_before(deepcopy(found), "w:spacing", "w:ind", "w:jc", "w:rPr")


def _boxed(style: ParagraphStyle) -> None:
    """A thin line around a box, so that one sees where to write."""
    borders = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="single", sz="6", space="6", color="4C6272"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.25)
    style.paragraph_format.line_spacing = Pt(14)


def _line(text: str) -> str:
    """A heading's text without line breaks."""
    return " ".join(clean(text).split())
