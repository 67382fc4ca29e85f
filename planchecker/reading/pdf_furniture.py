"""Running headers, footers and page numbers: lines that come back at one place on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from planchecker.reading.pdf_grids import Grid
from planchecker.reading.pdf_lines import Line

EDGE = 0.14  # share of the page's height, top and bottom, in which furniture is looked for
OUTER_EDGE = 0.09  # nearer the edge than this, two pages are enough

_DIGITS = re.compile(r"\d+|^[ivxl]+\b|\b[ivxl]+$")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.?)?\W*(\d{1,4}|[ivxlc]{1,7})\W*(?:(?:of|/|\||sur|de)\W*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"^\W*page\s+\d{1,4}(?:\s+of\s+\d{1,4})?\W*$", re.IGNORECASE)

_Key = tuple[str, int, bool]


def find_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], grids: Sequence[Sequence[Grid]]
) -> tuple[list[set[int]], tuple[str, ...]]:
    """Tell which lines of which page are furniture.

    Args:
        pages: the lines of each page.
        heights: the height of each page.
        grids: the ruled tables of each page; the headers of one that fills a page are not furniture.

    Returns:
        For each page the ids of its furniture lines, and every distinct text of furniture.
    """
    seen: dict[_Key, set[int]] = defaultdict(set)
    keyed: list[list[tuple[Line, _Key]]] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        tables = [grid for grid in grids[number] if _is_body(grid, height)]
        page_keys = [
            (line, key)
            for line in lines
            if (key := _key(line, height)) and not any(_inside(line, grid) for grid in tables)
        ]
        keyed.append(page_keys)
        for _, key in page_keys:
            seen[key].add(number)
    drop: list[set[int]] = []
    texts: dict[str, str] = {}
    for number, page_keys in enumerate(keyed):
        chosen = _chosen(number, pages[number], heights[number], page_keys, seen, len(pages))
        drop.append({id(line) for line in chosen})
        for line in chosen:
            texts.setdefault(_shape(line.text), line.text)
    return drop, tuple(text for shape, text in texts.items() if shape != "#")


def _is_body(grid: Grid, height: float) -> bool:
    """Whether a grid is a table of the page's body and not the frame of a header."""
    _, top, _, bottom = grid.box
    if len(grid.xs) < 3 or len(grid.ys) < 3:
        return False
    return bottom > (EDGE + 0.05) * height and top < (1 - EDGE - 0.05) * height


def _inside(line: Line, grid: Grid) -> bool:
    left, top, right, bottom = grid.box
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return left <= x <= right and top <= y <= bottom


def _key(line: Line, height: float) -> _Key | None:
    """What a line must share with lines of other pages; None away from the edges."""
    middle = (line.top + line.bottom) / 2
    if EDGE * height < middle < (1 - EDGE) * height:
        return None
    at_top = middle < height / 2
    place = line.top if at_top else height - line.bottom
    return _shape(line.text), round(place / 4), at_top


def _shape(text: str) -> str:
    """The text without what changes from page to page; "#" for a page number alone."""
    return "#" if _PAGE_NUMBER.match(text) else _DIGITS.sub("#", text).casefold()


def _chosen(
    number: int,
    lines: Sequence[Line],
    height: float,
    keyed: list[tuple[Line, _Key]],
    seen: dict[_Key, set[int]],
    pages: int,
) -> list[Line]:
    """Furniture of one page, found from the edges inwards: nothing beyond body text is furniture."""
    chosen: list[Line] = []
    for at_top in (True, False):
        edge = [(line, key) for line, key in keyed if key[2] is at_top]
        edge.sort(key=lambda pair: pair[0].top if at_top else -pair[0].bottom)
        limit = None  # place of the first line that is body text
        for line, key in edge:
            middle = (line.top + line.bottom) / 2
            if limit is not None and (middle > limit if at_top else middle < limit):
                break
            if _repeats(key, number, line, height, seen, pages):
                chosen.append(line)
            elif limit is None:
                limit = line.bottom if at_top else line.top
        while chosen and _runs_into(chosen[-1], chosen, lines):
            chosen.pop()
    return chosen


def _runs_into(line: Line, chosen: list[Line], lines: Sequence[Line]) -> bool:
    """Whether body text of the same look follows or precedes a line with no more than the usual gap."""
    for other in lines:
        if any(other is one for one in chosen) or abs(other.size - line.size) > 0.5:
            continue
        gap = max(other.top - line.bottom, line.top - other.bottom)
        beside = min(line.x1, other.x1) - max(line.x0, other.x0) > 0.5 * (line.x1 - line.x0)
        if gap < 0.5 * line.size and beside and abs(line.x0 - other.x0) < 3:
            return True
    return False


def _repeats(
    key: _Key, number: int, line: Line, height: float, seen: dict[_Key, set[int]], pages: int
) -> bool:
    shape, place, at_top = key
    on = {page for step in (-1, 0, 1) for page in seen.get((shape, place + step, at_top), ())}
    near = len([page for page in on if abs(page - number) <= 12])
    distance = line.bottom if at_top else height - line.top
    outer = distance < OUTER_EDGE * height
    if _NAMED_NUMBER.match(line.text) and outer:
        return True
    return near >= 3 or (outer and len(on) >= 2 and pages <= 6)
