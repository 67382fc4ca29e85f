"""One Word tree for every way of writing the same text.

Reading is simple once the tree holds each word once, as the page shows it: so revisions are
accepted, wrappers taken off, hidden text taken out and text boxes set after their paragraph,
before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from planchecker.reading.word_controls import ANSWER_TAG, Template, is_prompt, settle_template
from planchecker.reading.word_fields import resolve_fields
from planchecker.reading.word_styles import Styles
from planchecker.reading.word_xml import (
    BOXED,
    BR,
    CELL,
    MC,
    PLACES,
    PPR,
    RENDERED_BREAK,
    ROW,
    RPR,
    RUN,
    TEXT,
    A,
    Element,
    P,
    is_page_break,
    value,
    w,
)

_SDT, _SDT_CONTENT, _SDT_PR = w("sdt"), w("sdtContent"), w("sdtPr")
_WRAPPERS = tuple(
    w(tag) for tag in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir",
                       "bdo", "sdt", "ruby", "rubyBase")
)  # fmt: skip
_PROPERTIES = {w(t) for t in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "fldData")}
_FORMER = tuple(
    w(t) for t in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange",
                   "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange")
)  # fmt: skip
_DELETED = (w("del"), w("moveFrom"))
_BOX = w("txbxContent")
_TOC_GALLERIES = {"Table of Contents", "Table of Figures", "Bibliographies Contents"}


@dataclass(slots=True)
class LeftOut:
    """What normalising took out on purpose, to be told to the reader."""

    deleted_words: int = 0
    hidden_words: int = 0
    prompts: list[str] = field(default_factory=list)
    contents_words: int = 0
    template: Template = field(default_factory=Template)


def normalise(root: Element, styles: Styles, left_out: LeftOut) -> None:
    """Bring a story (body, notes, header...) into the one form that is read."""
    _choose_alternatives(root)
    _drop_all(root.iter(*_FORMER, w("rt")))
    _accept_deletions(root, left_out)
    settle_template(root, styles, left_out.template)
    _settle_controls(root, styles, left_out)
    left_out.contents_words += resolve_fields(root)
    _drop_hidden(root, styles, left_out)
    _unwrap(root)
    _lift_boxes(root)
    _join_paragraphs(root)


def _choose_alternatives(root: Element) -> None:
    """Keep one branch of each alternative: Word writes a text box twice, new way and old."""
    for element in list(root.iter(f"{{{MC}}}AlternateContent")):
        branches = [child for child in element if child.tag == f"{{{MC}}}Choice"]
        branches += [child for child in element if child.tag == f"{{{MC}}}Fallback"]
        with_words = (b for b in branches if next(b.iter(TEXT, f"{{{A}}}t"), None) is not None)
        chosen = next(with_words, branches[0] if branches else None)
        if chosen is not None:
            _replace(element, list(chosen))


def _accept_deletions(root: Element, left_out: LeftOut) -> None:
    """Take out what tracked changes delete or move away, whole rows and cells included."""
    for element in list(root.iter(*_DELETED)):
        parent = element.getparent()
        if parent is None or parent.tag == RPR:
            continue  # a deleted paragraph mark; see _join_paragraphs
        if parent.tag == w("trPr"):
            element = next(element.iterancestors(ROW), element)
        _count_and_remove(element, left_out)
    for mark in list(root.iter(w("cellDel"))):
        cell = next(mark.iterancestors(CELL), None)
        if cell is not None:
            _count_and_remove(cell, left_out)


def _count_and_remove(element: Element, left_out: LeftOut) -> None:
    left_out.deleted_words += _words(element)
    _remove(element)


def _settle_controls(root: Element, styles: Styles, left_out: LeftOut) -> None:
    """Empty content controls that hold a generated table of contents or only their prompt."""
    for control in list(root.iter(_SDT)):
        properties, content = control.find(_SDT_PR), control.find(_SDT_CONTENT)
        if properties is None or content is None:
            continue
        gallery = value(properties.find(w("docPartObj")), "docPartGallery")
        prompted = is_prompt(control, styles)
        # An empty answer box of a template is reported as such, by its id.
        if prompted and not (value(properties, "tag") or "").startswith(ANSWER_TAG):
            left_out.prompts.append("".join(t.text or "" for t in content.iter(TEXT)))
        elif gallery in _TOC_GALLERIES:
            left_out.contents_words += _words(content)
        if prompted or gallery in _TOC_GALLERIES:
            _drop_all(content.iter(TEXT))


def _drop_hidden(root: Element, styles: Styles, left_out: LeftOut) -> None:
    """Take out runs that Word does not show."""
    for run in list(root.iter(RUN)):
        paragraph = next(run.iterancestors(P), None)
        if styles.is_hidden(run, paragraph):
            left_out.hidden_words += _words(run)
            _remove(run)


def _unwrap(root: Element) -> None:
    """Put the content of every wrapper in the wrapper's place."""
    for element in list(root.iter(*_WRAPPERS)):
        parent = element.getparent()
        if parent is None or parent.tag in (RPR, w("trPr")):
            continue  # `w:ins` as a mark in properties wraps nothing
        content = element.findall(_SDT_CONTENT) if element.tag == _SDT else [element]
        _replace(element, [e for part in content for e in part if e.tag not in _PROPERTIES])


def _lift_boxes(root: Element) -> None:
    """Set the paragraphs of a text box right after the paragraph that anchors it."""
    last: dict[Element, Element] = {}  # anchor paragraph -> where its next box goes
    for box in list(root.iter(_BOX)):
        anchor = next(box.iterancestors(P), None)
        if anchor is None:
            continue
        for block in list(box):
            for paragraph in block.iter(P):
                paragraph.set(BOXED, "1")
            last.get(anchor, anchor).addnext(block)
            last[anchor] = block


def _join_paragraphs(root: Element) -> None:
    """Join what reads as one paragraph: a deleted paragraph mark, an initial set large."""
    for paragraph in list(root.iter(P)):
        properties = paragraph.find(PPR)
        mark = None if properties is None else properties.find(RPR)
        deleted = mark is not None and any(mark.find(tag) is not None for tag in _DELETED)
        frame = None if properties is None else properties.find(w("framePr"))
        initial = frame is not None and frame.get(w("dropCap"), "none") != "none"
        following = paragraph.getnext()
        if not (deleted or initial) or following is None or following.tag != P:
            continue
        start = 1 if following.find(PPR) is not None else 0
        content = [child for child in paragraph if child.tag != PPR]
        following[start:start] = content
        following.set(PLACES, f"{paragraph.get(PLACES, '')} {following.get(PLACES, '')}")
        _drop_all([paragraph])


def _replace(element: Element, content: list[Element]) -> None:
    """Put elements in the place of one."""
    parent = element.getparent()
    if parent is None:
        return
    for child in content:
        element.addprevious(child)
    parent.remove(element)


def _remove(element: Element) -> None:
    """Take an element out, leaving the page breaks in it, which still count pages."""
    parent = element.getparent()
    if parent is None:
        return
    breaks = [e for e in element.iter(RENDERED_BREAK, BR) if is_page_break(e)]
    if breaks and parent.tag == P:
        run = etree.Element(RUN)
        run.extend(breaks)
        parent.replace(element, run)
    else:
        parent.remove(element)


def _drop_all(elements: Iterable[Element]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _words(element: Element) -> int:
    texts = (t.text or "" for t in element.iter(TEXT, w("delText")))
    return len("".join(texts).split())
