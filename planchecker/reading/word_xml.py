"""Names and small lookups in the XML of a Word file."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
# Our own mark on paragraphs that came out of a text box or a drawing.
BOXED = "{urn:planchecker}boxed"
# And on those in an answer box of a planchecker template: the id of what they answer.
ANSWERS = "{urn:planchecker}answers"
# Our own mark on paragraphs: their positions among all of the part, before anything is moved.
PLACES = "{urn:planchecker}places"


def w(tag: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{tag}"


P, PPR, RUN, RPR, TBL, ROW, CELL = (w(t) for t in ("p", "pPr", "r", "rPr", "tbl", "tr", "tc"))
TEXT, TAB, BR, CR, SYM = (w(t) for t in ("t", "tab", "br", "cr", "sym"))
VAL, ID, TYPE = w("val"), w("id"), w("type")
RENDERED_BREAK = w("lastRenderedPageBreak")
FOOTNOTE, ENDNOTE = w("footnoteReference"), w("endnoteReference")
DRAWING, PICT, OBJECT = w("drawing"), w("pict"), w("object")

_OFF = {"0", "false", "off", "none"}


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child, or None where there is no such child."""
    child = None if parent is None else parent.find(w(tag))
    return None if child is None else child.get(VAL, "")


def number(parent: Element | None, tag: str) -> int | None:
    """The `w:val` of a child as a whole number, or None."""
    return whole(value(parent, tag))


def whole(text: str | None) -> int | None:
    """A whole number written in an attribute, or None where it is not one."""
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def toggle(parent: Element | None, tag: str) -> bool | None:
    """An on/off property: True, False, or None where it is not given."""
    child = None if parent is None else parent.find(w(tag))
    return None if child is None else child.get(VAL, "1").lower() not in _OFF


def mark_places(root: Element) -> None:
    """Write on every paragraph its position among all of the part, counted from 0."""
    for position, paragraph in enumerate(root.iter(P)):
        paragraph.set(PLACES, str(position))


def places(paragraph: Element) -> tuple[int, ...]:
    """The positions that were written on a paragraph, more than one where several were joined."""
    return tuple(int(position) for position in paragraph.get(PLACES, "").split())


def is_page_break(element: Element) -> bool:
    """Whether a new page begins at this element."""
    return element.tag == RENDERED_BREAK or (element.tag == BR and element.get(TYPE) == "page")
