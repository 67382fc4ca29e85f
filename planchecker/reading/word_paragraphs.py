"""One Word paragraph, read: its words, its number, where it stands and how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planchecker.reading.numbering import Numbering
from planchecker.reading.word_styles import Styles
from planchecker.reading.word_xml import (
    BOXED,
    BR,
    CR,
    DRAWING,
    ENDNOTE,
    FOOTNOTE,
    ID,
    OBJECT,
    PICT,
    PPR,
    RENDERED_BREAK,
    RUN,
    SYM,
    TAB,
    TEXT,
    A,
    Element,
    M,
    is_page_break,
    places,
    w,
)

_DRAWN_TEXT, _DRAWN_END, _FORMULA = f"{{{A}}}t", f"{{{A}}}p", f"{{{M}}}t"
_FIXED = {
    TAB: "\t", w("ptab"): "\t", BR: "\n", CR: "\n", w("noBreakHyphen"): "-", _DRAWN_END: "\n",
}  # fmt: skip
# Glyphs of the symbol fonts that carry meaning in forms and tables.
_SYMBOLS = {
    "F0FE": "\u2612", "F0A8": "\u2610", "F06F": "\u2610", "F0FC": "\u2713", "F0FB": "\u2717",
    "F0B7": "\u2022", "F0A7": "\u2022", "F0E0": "\u2192", "F0B3": "\u2265", "F0A3": "\u2264",
    "F0B1": "\u00b1", "F0B0": "\u00b0",
}  # fmt: skip
_READ = (
    RUN, TEXT, SYM, RENDERED_BREAK, FOOTNOTE, ENDNOTE, DRAWING, PICT, OBJECT, _DRAWN_TEXT,
    _FORMULA, *_FIXED,
)  # fmt: skip
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r" ?\n[ \n]*")
_TYPED_BULLET = re.compile(r"[\u2022\u25aa\u25cf\u25e6\u2023\u00b7\uf0b7\uf0a7\u25a0\u2013*-]\s+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u2060\ufeff")


@dataclass(slots=True)
class PageCount:
    """The page that reading has reached, from the breaks that Word left when it last saved."""

    page: int = 1
    _forced: bool = False  # a forced break was counted and no word has followed yet

    def turn(self, element: Element) -> None:
        """Count a break, once where Word writes a forced and a rendered one for the same."""
        if element.tag == RENDERED_BREAK and self._forced:
            self._forced = False
            return
        self._forced = element.tag != RENDERED_BREAK
        self.page += 1

    def word(self) -> None:
        """Tell that a word was read."""
        self._forced = False


@dataclass(slots=True)
class Paragraph:
    """What one paragraph says and how it looks.

    Attributes:
        text: its words; automatic numbering is in `label`.
        page: page it begins on (to be believed only where the file carries rendered breaks).
        level: heading level from its style, or None.
        list_level: depth in a list, or None where it is no list item.
        half_points: size of most of its letters.
        boxed: whether it stands in a text box.
        places: its positions among all paragraphs of the file.
    """

    text: str
    page: int
    label: str = ""
    level: int | None = None
    list_level: int | None = None
    bold: bool = False
    half_points: int = 0
    boxed: bool = False
    is_title: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)
    places: tuple[int, ...] = ()

    @property
    def full(self) -> str:
        """The words with the number before them."""
        return f"{self.label} {self.text}" if self.label and self.text else self.text


class ParagraphReader:
    """Reads paragraphs in document order, which numbering and page counting need."""

    def __init__(self, styles: Styles, numbering: Numbering, pages: PageCount) -> None:
        self.styles, self.numbering, self.pages = styles, numbering, pages
        self.contents_words = 0  # left out with tables of contents

    def read(self, element: Element) -> Paragraph | None:
        """Read a paragraph; None for one of a generated table of contents."""
        result, parts = self._words(element)
        result.text = tidy("".join(parts))
        if self.styles.is_contents(element):
            self.contents_words += len(result.text.split())
            return None
        result.boxed = BOXED in element.attrib
        result.places = places(element)
        result.level = self.styles.heading_level(element)
        result.is_title = self.styles.is_title(element)
        self._number(element, result)
        if result.level is not None or result.is_title:
            result.text = result.text.replace("\n", " ")
        return result

    def _words(self, element: Element) -> tuple[Paragraph, list[str]]:
        """Collect words, notes and drawings, and count the pages passed."""
        result, parts = Paragraph("", self.pages.page), []
        run: Element | None = None
        looks: list[tuple[int, bool, int]] = []  # (letters, bold, half points) of each text
        for item in _inside(element):
            if item.tag == RUN:
                run = item
            elif is_page_break(item):
                self.pages.turn(item)
            elif item.tag in (FOOTNOTE, ENDNOTE):
                result.notes.append((item.tag, item.get(ID, "")))
            elif item.tag in (DRAWING, PICT, OBJECT):
                result.drawings.append(item)
            elif text := _text(item):
                parts.append(text)
                letters = sum(1 for ch in text if not ch.isspace())
                if not letters:
                    continue
                if not looks:
                    result.page = self.pages.page
                self.pages.word()
                looks.append((letters, *self._look(run, element)))
        _summarise(result, looks)
        return result, parts

    def _look(self, run: Element | None, paragraph: Element) -> tuple[bool, int]:
        if run is None:
            return False, 0
        return self.styles.is_bold(run, paragraph), self.styles.half_points(run, paragraph)

    def _number(self, element: Element, result: Paragraph) -> None:
        """Work out the paragraph's place in a list and the number Word shows before it."""
        listed = self.styles.list_of(element)
        if listed:
            num_id, given, style_id = listed
            depth = self.numbering.level_of(num_id, given, style_id)
            result.label = self.numbering.next_label(num_id, depth)
            result.list_level = depth
        elif bullet := _TYPED_BULLET.match(result.text):
            result.text = result.text[bullet.end() :]
            result.list_level = 0
        elif any(s.name.lower().startswith(("list bullet", "list number"))
                 for s in self.styles.of_paragraph(element)):  # fmt: skip
            result.list_level = 0


def has_rendered_breaks(root: Element) -> bool:
    """Whether Word left in the file where its pages ended."""
    return next(root.iter(RENDERED_BREAK), None) is not None


def tidy(text: str) -> str:
    """One space between words, no space around line ends, nothing invisible."""
    text = _SPACES.sub(" ", text.translate(_INVISIBLE))
    return _AROUND_LINE_END.sub("\n", text).strip()


def _inside(paragraph: Element) -> Iterator[Element]:
    """Everything that is read in a paragraph, in order, its properties aside."""
    for child in paragraph:
        if child.tag != PPR:
            yield from child.iter(*_READ)


def _text(item: Element) -> str:
    """The text that an element stands for."""
    if item.tag in (TEXT, _DRAWN_TEXT, _FORMULA):
        return item.text or ""
    if item.tag == SYM:
        return _SYMBOLS.get(item.get(w("char"), "").upper(), "")
    return _FIXED.get(item.tag, "")


def _summarise(result: Paragraph, looks: list[tuple[int, bool, int]]) -> None:
    """The look of most letters; bold only if all are."""
    if looks:
        result.bold = all(bold for _, bold, _ in looks)
        sizes: dict[int, int] = {}
        for letters, _, size in looks:
            sizes[size] = sizes.get(size, 0) + letters
        result.half_points = max(sizes, key=lambda size: sizes[size])
