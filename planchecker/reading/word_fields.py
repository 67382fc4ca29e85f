"""Fields: their results stay, their instructions and generated tables of contents go."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from planchecker.reading.word_xml import (
    BR,
    CR,
    DRAWING,
    ENDNOTE,
    FOOTNOTE,
    OBJECT,
    PICT,
    SYM,
    TAB,
    TEXT,
    VAL,
    Element,
    is_page_break,
    toggle,
    w,
    whole,
)

_MARK, _INSTRUCTION, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_WORDS = (TEXT, TAB, BR, CR, SYM, w("noBreakHyphen"), DRAWING, PICT, OBJECT, FOOTNOTE, ENDNOTE)
# Their results repeat headings, captions or terms from elsewhere in the same document.
_GENERATED = {"TOC", "TOA", "INDEX"}
_GENERATED_WEIGHT = 1_000_000  # more than fields can nest, so that the two kinds never mix
_TICKED, _UNTICKED = "\u2612", "\u2610"


@dataclass(slots=True)
class _Field:
    """A complex field by the positions of its marks among the words of the story."""

    begin: int
    separate: int | None = None
    instruction: str = ""


def resolve_fields(root: Element) -> int:
    """Leave of every field only what a reader of the page sees.

    Returns:
        How many words of generated tables of contents and indexes were taken out.
    """
    words = 0
    for simple in list(root.iter(_SIMPLE)):
        if _is_generated(simple.get(w("instr"), "")):
            for word in list(simple.iter(*_WORDS)):
                words += len((word.text or "").split())
                _drop(word)
    elements = list(root.iter(_MARK, _INSTRUCTION, *_WORDS))
    for element, covered in zip(elements, _covered(elements), strict=True):
        if element.tag == _MARK:
            _write_form_field(element)
        elif element.tag == _INSTRUCTION:
            _drop(element)
        elif covered:
            words += len((element.text or "").split()) if covered >= _GENERATED_WEIGHT else 0
            _drop(element)
    return words


def _covered(elements: list[Element]) -> list[int]:
    """For every element, whether it is out of sight: 0 for in sight.

    Only fields with an end count: in a damaged file a begin without an end must not swallow
    the rest of the text.
    """
    change = [0] * (len(elements) + 1)
    open_fields: list[_Field] = []
    for at, element in enumerate(elements):
        if element.tag == _INSTRUCTION and open_fields and open_fields[-1].separate is None:
            open_fields[-1].instruction += element.text or ""
        if element.tag != _MARK:
            continue
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append(_Field(at))
        elif kind == "separate" and open_fields:
            open_fields[-1].separate = at
        elif kind == "end" and open_fields:
            ended = open_fields.pop()
            shown_from = at if ended.separate is None else ended.separate
            generated = _is_generated(ended.instruction)
            weight = _GENERATED_WEIGHT if generated else 1
            change[ended.begin] += weight
            change[at if generated else shown_from] -= weight
    return list(accumulate(change))[:-1]


def _is_generated(instruction: str) -> bool:
    return instruction.split(maxsplit=1)[:1] != [] and instruction.split()[0].upper() in _GENERATED


def _drop(element: Element) -> None:
    """Take an element out, unless it begins a page."""
    parent = element.getparent()
    if parent is not None and not is_page_break(element):
        parent.remove(element)


def _write_form_field(mark: Element) -> None:
    """Write what an old form field shows but keeps outside the text: a tick or a choice."""
    data = mark.find(w("ffData"))
    if data is None:
        return
    shown = ""
    box, choices = data.find(w("checkBox")), data.find(w("ddList"))
    if box is not None:
        ticked = toggle(box, "checked")
        shown = _TICKED if (toggle(box, "default") if ticked is None else ticked) else _UNTICKED
    elif choices is not None:
        entries = [entry.get(VAL, "") for entry in choices.iter(w("listEntry"))]
        result = choices.find(w("result"))
        chosen = (whole(result.get(VAL)) if result is not None else None) or 0
        shown = entries[chosen] if 0 <= chosen < len(entries) else ""
    if shown:
        text = etree.Element(TEXT)
        text.text = shown
        mark.addnext(text)
