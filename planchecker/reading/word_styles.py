"""What styles say about a paragraph or a run, through the chain of styles they are based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from planchecker.reading.word_xml import (
    PPR,
    RPR,
    TYPE,
    Element,
    number,
    toggle,
    value,
    w,
)

_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc( ?\d| heading)|table of (figures|authorities)|index \d", re.IGNORECASE)
_MAX_CHAIN = 30
_BODY_LEVEL = 9  # the outline level that Word calls "body text"
_DEFAULT_HALF_POINTS = 20  # the format's own default size, 10 points


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own settings; None where it says nothing."""

    id: str
    name: str
    based_on: str | None
    outline: int | None
    num_id: str | None
    list_level: int | None
    bold: bool | None
    hidden: bool | None
    half_points: int | None
    marks_first_row: bool = False  # a table style that sets the first row apart


class Styles:
    """The styles of a document.

    Args:
        root: root of styles.xml, or None where the file has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._root = root
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self._chains: dict[str | None, tuple[Style, ...]] = {}
        self._latest: Element | None = None
        self._latest_chain: tuple[Style, ...] = ()
        for element in () if root is None else root.iter(w("style")):
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if element.get(TYPE) == "paragraph" and element.get(w("default")) in ("1", "true"):
                self._default = style.id

    @cached_property
    def default_half_points(self) -> int:
        """Font size where neither run nor style gives one, in half points."""
        path = "/".join(w(t) for t in ("docDefaults", "rPrDefault", "rPr"))
        defaults = None if self._root is None else self._root.find(path)
        return number(defaults, "sz") or _DEFAULT_HALF_POINTS

    def chain(self, style_id: str | None) -> tuple[Style, ...]:
        """The style and those it is based on, nearest first."""
        if style_id not in self._chains:
            links: list[Style] = []
            link = self._styles.get(style_id or "")
            # A damaged file may have a style based on itself, or a chain without end.
            while link and link not in links and len(links) < _MAX_CHAIN:
                links.append(link)
                link = self._styles.get(link.based_on or "")
            self._chains[style_id] = tuple(links)
        return self._chains[style_id]

    def of_paragraph(self, paragraph: Element) -> tuple[Style, ...]:
        """The chain of a paragraph's style, the default style's where it names none."""
        if paragraph is not self._latest:  # asked eight times about one paragraph, then the next
            self._latest, self._latest_chain = paragraph, self._find_chain(paragraph)
        return self._latest_chain

    def _find_chain(self, paragraph: Element) -> tuple[Style, ...]:
        style_id = value(paragraph.find(PPR), "pStyle")
        chain = self.chain(style_id)
        if not chain and style_id:  # a file without styles still names them
            bare = Style(style_id, style_id, None, None, None, None, None, None, None)
            chain = self._chains[style_id] = (bare,)
        return chain or self.chain(self._default)

    def heading_level(self, paragraph: Element) -> int | None:
        """Heading level from 1: the paragraph's own outline level, else its style's."""
        outline = number(paragraph.find(PPR), "outlineLvl")
        if outline is not None:
            return outline + 1 if 0 <= outline < _BODY_LEVEL else None
        for style in self.of_paragraph(paragraph):
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < _BODY_LEVEL else None
            if named := _HEADING.fullmatch(style.name):
                return int(named.group(1))
        return None

    def is_title(self, paragraph: Element) -> bool:
        """Whether the paragraph is the document's title."""
        return any(style.name.lower() == "title" for style in self.of_paragraph(paragraph))

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of a table of contents, of figures, or of an index."""
        return any(_CONTENTS.fullmatch(style.name) for style in self.of_paragraph(paragraph))

    def list_of(self, paragraph: Element) -> tuple[str, int | None, str] | None:
        """(list id, level if given, style id) of an automatically numbered paragraph."""
        own = paragraph.find(f"{PPR}/{w('numPr')}")
        num_id, level = value(own, "numId"), number(own, "ilvl")
        style_id = ""
        if num_id is None:
            style = next((s for s in self.of_paragraph(paragraph) if s.num_id is not None), None)
            if style is None:
                return None
            style_id, num_id = style.id, style.num_id
            level = style.list_level if level is None else level
        return None if num_id in (None, "0", "") else (num_id, level, style_id)

    def is_hidden(self, run: Element, paragraph: Element | None) -> bool:
        """Whether a run is hidden text."""
        own = toggle(run.find(RPR), "vanish")
        return own if own is not None else self._styled(run, paragraph, "hidden")

    def is_bold(self, run: Element, paragraph: Element | None) -> bool:
        """Whether a run is bold."""
        own = toggle(run.find(RPR), "b")
        return own if own is not None else self._styled(run, paragraph, "bold")

    def half_points(self, run: Element, paragraph: Element) -> int:
        """Font size of a run in half points."""
        own = number(run.find(RPR), "sz")
        if own:
            return own
        chain = self.chain(value(run.find(RPR), "rStyle")) + self.of_paragraph(paragraph)
        sizes = (style.half_points for style in chain if style.half_points)
        return next(sizes, self.default_half_points)

    def _styled(self, run: Element, paragraph: Element | None, name: str) -> bool:
        """A toggle as the format defines it: paragraph and character style cancel each other."""
        by_run = self.chain(value(run.find(RPR), "rStyle"))
        by_paragraph = () if paragraph is None else self.of_paragraph(paragraph)
        return _nearest(by_run, name) != _nearest(by_paragraph, name)


def _nearest(chain: tuple[Style, ...], name: str) -> bool:
    """The first word that a chain of styles says on a toggle."""
    said = (getattr(style, name) for style in chain)
    return next((bool(flag) for flag in said if flag is not None), False)


def _style(element: Element) -> Style:
    """Read one style."""
    paragraph, run = element.find(PPR), element.find(RPR)
    numbering = None if paragraph is None else paragraph.find(w("numPr"))
    style_id = element.get(w("styleId")) or ""
    return Style(
        id=style_id,
        name=value(element, "name") or style_id,
        based_on=value(element, "basedOn"),
        outline=number(paragraph, "outlineLvl"),
        num_id=value(numbering, "numId"),
        list_level=number(numbering, "ilvl"),
        bold=toggle(run, "b"),
        hidden=toggle(run, "vanish"),
        half_points=number(run, "sz"),
        marks_first_row=any(
            part.get(TYPE) == "firstRow" and len(part) > 0 for part in element.iter(w("tblStylePr"))
        ),
    )
