"""The look of planchecker's Word documents: page, fonts and styles, which a team can change in Word afterwards."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from planchecker.reports.word_parts import add_field, element, set_current_word

_FONT = "Arial"
_BLUE = RGBColor(0x00, 0x5E, 0xB8)
_MUTED = RGBColor(0x42, 0x55, 0x63)
_HEADINGS = {
    "Title": 24,
    "TOC Heading": 17,
    "Heading 1": 17,
    "Heading 2": 13.5,
    "Heading 3": 11.5,
    "Heading 4": 10,
}


def blank_report() -> Document:
    """An empty A4 document with the report's styles."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    _text_styles(document)
    _heading_styles(document)
    _table_styles(document)
    _callout_styles(document)
    set_current_word(document)
    _remember_style_ids(document)
    return document


def _remember_style_ids(document: Document) -> None:
    """python-docx goes through all styles several times for every paragraph: two thirds of a report's time."""
    part: Any = document.part
    id_of_name = cache(part.get_style_id)
    part.get_style_id = lambda style, kind: id_of_name(getattr(style, "name", style), kind)


def add_section(document: Document, landscape: bool) -> None:
    """Begin a page of the other orientation behind the last paragraph; margins and running lines stay."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    carrier: Any = document.paragraphs[-1]._p  # an empty paragraph, which screen readers would announce
    last = carrier.getprevious()
    if last is not None and last.tag == qn("w:p"):
        last.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
        carrier.getparent().remove(carrier)
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)


def add_running_lines(document: Document, title: str) -> None:
    """The title at the head of each page, the page number at its foot."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(title)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    foot.add_run("Page ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def _text_styles(document: Document) -> None:
    normal = paragraph_style(document, "Normal", 10.5, after=6)
    normal.paragraph_format.line_spacing = 1.1
    paragraph_style(document, "List Bullet", 10.5, after=3)
    paragraph_style(document, "List Number", 10.5, after=3)
    paragraph_style(document, "Headline", 12, before=8, after=8).font.bold = True
    _plain(paragraph_style(document, "Subtitle", 12, after=8, colour=_MUTED))
    paragraph_style(document, "Small print", 9, after=6, colour=_MUTED)
    paragraph_style(document, "Header", 9, colour=_MUTED)
    paragraph_style(document, "Footer", 9, colour=_MUTED)
    for level, indent in ((1, 0.0), (2, 0.6)):
        style = paragraph_style(document, f"toc {level}", 10.5, after=2)
        style.font.bold = level == 1
        style.paragraph_format.left_indent = Cm(indent)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(link, CharacterStyle)
    link.font.color.rgb, link.font.underline = _BLUE, True


def _heading_styles(document: Document) -> None:
    for name, size in _HEADINGS.items():
        style = paragraph_style(document, name, size, before=size * 0.8, after=size * 0.35)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0x21, 0x2B, 0x32) if name in ("Heading 3", "Heading 4") else _BLUE
        style.paragraph_format.keep_with_next = True
    title = _style(document, "Title")
    title.paragraph_format.space_before = Pt(0)
    _plain(title)


def _plain(style: ParagraphStyle) -> None:
    """Take away the borders, letter spacing and slant of Word's own style."""
    style.font.italic = False
    for unwanted in (f".//{qn('w:pBdr')}", f"{qn('w:rPr')}/{qn('w:spacing')}"):
        for found in style.element.findall(unwanted):
            found.getparent().remove(found)


def _table_styles(document: Document) -> None:
    paragraph_style(document, "Table text", 9, after=1, before=1)
    heading = paragraph_style(document, "Table heading", 9, after=1, before=1)
    heading.font.bold, heading.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)


def _callout_styles(document: Document) -> None:
    for name, colour, fill in (("Warning", "FFB81C", "FFF9C4"), ("Inset", "005EB8", "F0F4F5")):
        style = paragraph_style(document, name, 10.5, after=0, before=0)
        callout(style, colour, fill)
    callout(paragraph_style(document, "Standing", 10, after=6), "005EB8", "F0F4F5")
    for name, size, after in (("Quote", 10, 0), ("Source", 9, 8)):
        style = paragraph_style(document, name, size, after=after)
        style.font.italic = False
        style.font.color.rgb = _MUTED if name == "Source" else RGBColor(0x21, 0x2B, 0x32)
        style.paragraph_format.left_indent = Cm(0.5)
        callout(style, "005EB8", "")


def callout(style: ParagraphStyle, colour: str, fill: str) -> None:
    """A bar at the left, and a background where one is given."""
    properties = style.element.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="36" if fill else "18", space="8", color=colour))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    if fill:
        shade = element("shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def paragraph_style(
    document: Document,
    name: str,
    size: float,
    before: float = 0,
    after: float = 0,
    colour: RGBColor | None = None,
) -> ParagraphStyle:
    """The style with this name, made where the document lacks it, in the report's font."""
    style = _style(document, name)
    style.font.size, style.font.name = Pt(size), _FONT
    fonts: Any = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _style(document: Document, name: str) -> ParagraphStyle:
    if name in {style.name for style in document.styles}:
        return cast(ParagraphStyle, document.styles[name])
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style, style.quick_style = document.styles["Normal"], True
    return style
