"""The numbers that Word writes before list items and headings: counted here as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planchecker.reading.word_styles import Styles
from planchecker.reading.word_xml import Element, number, toggle, value, w, whole

LEVELS = 9
_MAX_PATTERN = 60  # letters before a number, such as "Appendix %1:"; it is repeated at every item
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 3999


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart_after: int | None = None  # 1-based level whose use restarts this one; 0: never
    style: str | None = None
    legal: bool = False  # show every number in it as 1, 2, 3


@dataclass(slots=True)
class _List:
    """One list as paragraphs refer to it, with the count it shares with its siblings."""

    family: str
    levels: dict[int, Level]
    starts: dict[int, int]  # levels that begin anew at the list's first use
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, counting as paragraphs are read in order.

    Args:
        root: root of numbering.xml, or None where the file has none.
        styles: the document's styles, for lists defined through a numbering style.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        families = {e.get(w("abstractNumId"), ""): e for e in root.iter(w("abstractNum"))}
        nums = {e.get(w("numId"), ""): e for e in root.iter(w("num"))}
        for num_id, element in nums.items():
            family = value(element, "abstractNumId") or ""
            family = _linked(families, nums, styles, family)
            self._lists[num_id] = _list(element, family, families.get(family))

    def level_of(self, num_id: str, given: int | None, style_id: str) -> int:
        """The level meant: the one given, else the one tied to the style, else the first."""
        if given is None and num_id in self._lists:
            tied = (n for n, lvl in self._lists[num_id].levels.items() if lvl.style == style_id)
            given = next(tied, 0) if style_id else 0
        return min(max(given or 0, 0), LEVELS - 1)

    def next_label(self, num_id: str, level: int) -> str:
        """Count one paragraph and return the text before it; "" for a bullet."""
        item = self._lists.get(num_id)
        if item is None:
            return ""
        counts = self._counts.setdefault(item.family, {})
        self._count(item, counts, level)
        shown = item.levels.get(level, Level())
        if shown.format == "bullet":
            return ""

        def place(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = item.levels.get(at, Level())
            style = "decimal" if shown.legal else other.format
            return spell(counts.get(at, other.start), style)

        return _PLACE.sub(place, shown.pattern).strip()

    @staticmethod
    def _count(item: _List, counts: dict[int, int], level: int) -> None:
        """Move the count on by one paragraph at a level."""
        if level in item.starts and level not in item.begun:
            counts.pop(level, None)
        for above in range(level):
            if above in item.starts and above not in item.begun:
                counts.pop(above, None)
                item.begun.add(above)
            counts.setdefault(above, item.starts.get(above, _start(item, above)))
        if level in counts:
            counts[level] += 1
        else:
            counts[level] = item.starts.get(level, _start(item, level))
        item.begun.add(level)
        for below in range(level + 1, LEVELS):
            after = item.levels.get(below, Level()).restart_after
            if after is None or (after and level < after):
                counts.pop(below, None)


def _start(item: _List, level: int) -> int:
    return item.levels.get(level, Level()).start


def _linked(families: dict[str, Element], nums: dict[str, Element], styles: Styles, family: str) -> str:
    """Follow a list that is defined by a numbering style to the family that spells it out."""
    link = value(families.get(family), "numStyleLink")
    for style in styles.chain(link) if link else ():
        if style.num_id in nums:
            return value(nums[style.num_id or ""], "abstractNumId") or family
    return family


def _list(element: Element, family: str, definition: Element | None) -> _List:
    """Read one list: its family's levels with its own overrides."""
    levels = {} if definition is None else _levels(definition)
    starts: dict[int, int] = {}
    for override in element.iter(w("lvlOverride")):
        at = whole(override.get(w("ilvl"))) or 0
        levels.update(_levels(override))
        begin = number(override, "startOverride")
        if begin is not None:
            starts[at] = begin
    return _List(family, levels, starts)


def _levels(parent: Element) -> dict[int, Level]:
    """Read the levels below an element."""
    levels: dict[int, Level] = {}
    for element in parent.iter(w("lvl")):
        start = number(element, "start")
        levels[whole(element.get(w("ilvl"))) or 0] = Level(
            start=1 if start is None else start,
            format=value(element, "numFmt") or "decimal",
            pattern=(value(element, "lvlText") or "")[:_MAX_PATTERN],
            restart_after=number(element, "lvlRestart"),
            style=value(element, "pStyle"),
            legal=bool(toggle(element, "isLgl")),
        )
    return levels


def spell(count: int, style: str) -> str:
    """Write a number as Word does in a number format.

    >>> spell(4, "lowerRoman"), spell(28, "upperLetter"), spell(3, "decimalZero")
    ('iv', 'BB', '03')
    """
    if style in ("none", "bullet"):
        return ""
    if style == "decimalZero":
        return f"{count:02d}"
    if style == "ordinal":
        return f"{count}{_ordinal_ending(count)}"
    if style in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 8)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and 0 < count <= _MAX_ROMAN:
        roman = _roman(count)
        return roman.upper() if style == "upperRoman" else roman
    return str(count)


def _ordinal_ending(count: int) -> str:
    return "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _roman(count: int) -> str:
    letters = []
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        letters.append(sign * times)
    return "".join(letters)
