"""Ruling lines -> grids of cells (tables) and single boxes (call-outs).

The geometry is pdfplumber's, on lines from PDFium: its own reading of a page takes ten times as long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber import table

from planchecker.reading.pdf_rulings import Rulings
from planchecker.reading.pdf_words import Box, Word

TOUCH = 3.0  # points by which lines may miss each other and still meet
MAX_LINES_PER_PAGE = 4_000
"""More ruling lines than this are a drawing, not a table."""

MAX_PAIRS_PER_PAGE = 250_000
"""Levels times uprights; a page of dense tables has 5,000, and each pair is tried."""

MAX_POINTS_PER_GRID = 3_000
"""Levels times uprights of one grid; finding its cells takes the square of their meeting points."""

_Edge = dict[str, Any]  # a line as pdfplumber writes it


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell of a grid: where it starts, how far it reaches, and its words in drawing order.

    Not `closed` where lines are missing around it.
    """

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    words: list[Word] = field(default_factory=list)
    shaded: bool = False
    closed: bool = True


@dataclass(slots=True, eq=False)
class Grid:
    """Cells between connected ruling lines.

    Attributes:
        xs: places of the vertical lines.
        ys: places of the horizontal lines.
        cells: in rows, merged cells once.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: list[GridCell]

    @property
    def box(self) -> Box:
        """Its outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_grids(rulings: Rulings) -> list[Grid]:
    """Grids of at least one cell, largest first; single boxes are grids with one cell."""
    if len(rulings.across) + len(rulings.down) > MAX_LINES_PER_PAGE:
        return []
    across = [_level((b[1] + b[3]) / 2, b[0], b[2]) for b in rulings.across]
    down = [_upright((b[0] + b[2]) / 2, b[1], b[3]) for b in rulings.down]
    edges = table.merge_edges(across + down, TOUCH, TOUCH, TOUCH, TOUCH)
    levels = sum(edge["orientation"] == "h" for edge in edges)
    if levels * (len(edges) - levels) > MAX_PAIRS_PER_PAGE:
        return []
    grids = [grid for group in _connected(edges) if (grid := _grid(group)) is not None]
    _shade(grids, rulings.fills)
    return sorted(grids, key=lambda grid: -_area(grid.box))


def _level(at: float, start: float, end: float) -> _Edge:
    return {"orientation": "h", "x0": start, "x1": end, "top": at, "bottom": at, "width": end - start}


def _upright(at: float, start: float, end: float) -> _Edge:
    return {"orientation": "v", "x0": at, "x1": at, "top": start, "bottom": end, "height": end - start}


def _connected(edges: list[_Edge]) -> list[list[_Edge]]:
    """Groups of lines that meet."""
    group = {id(edge): [edge] for edge in edges}
    for meeting in table.edges_to_intersections(edges, TOUCH, TOUCH).values():
        first, *others = meeting["v"] + meeting["h"]
        for other in others:
            large, small = sorted((group[id(first)], group[id(other)]), key=len, reverse=True)
            if large is not small:
                large += small
                group.update((id(edge), large) for edge in small)
    return list({id(edges): edges for edges in group.values() if len(edges) > 2}.values())


def _grid(edges: list[_Edge]) -> Grid | None:
    edges = edges + _open_sides(edges)
    across = {edge["top"] for edge in edges if edge["orientation"] == "h"}
    down = {edge["x0"] for edge in edges if edge["orientation"] == "v"}
    if len(across) * len(down) > MAX_POINTS_PER_GRID:
        return None
    edges = [_reaching(edge, down if edge["orientation"] == "h" else across) for edge in edges]
    boxes = table.intersections_to_cells(table.edges_to_intersections(edges))
    if not boxes:
        return None
    xs = sorted({x for box in boxes for x in (box[0], box[2])})
    ys = sorted({y for box in boxes for y in (box[1], box[3])})
    return Grid(tuple(xs), tuple(ys), _cells(boxes, xs, ys))


def _cells(boxes: list[Box], xs: list[float], ys: list[float]) -> list[GridCell]:
    """Cells in reading order, none over another; where lines close none, each place is a cell."""
    column, row = ({at: index for index, at in enumerate(places)} for places in (xs, ys))
    free = {(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}
    cells: list[GridCell] = []
    for box in sorted(boxes, key=_area):  # pdfplumber lays a box over smaller ones when a side is missing
        left, top, right, bottom = column[box[0]], row[box[1]], column[box[2]], row[box[3]]
        end = top
        while end < bottom and (wanted := {(end, c) for c in range(left, right)}) <= free:
            free -= wanted
            end += 1
        if end > top:
            cells.append(GridCell(top, left, end - top, right - left, (box[0], box[1], box[2], ys[end])))
    for r, c in free:
        cells.append(GridCell(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]), closed=False))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _reaching(edge: _Edge, places: set[float]) -> _Edge:
    """A line with its ends moved to the nearest lines across it: some stop short of them."""

    def nearest(end: str) -> float:
        return min(places, key=lambda place: abs(place - edge[end]))

    if edge["orientation"] == "h":
        return _level(edge["top"], nearest("x0"), nearest("x1"))
    return _upright(edge["x0"], nearest("top"), nearest("bottom"))


def _open_sides(edges: list[_Edge]) -> list[_Edge]:
    """The left and right edge of a table drawn without them."""
    across = [edge for edge in edges if edge["orientation"] == "h"]
    places = [edge["x0"] for edge in edges if edge["orientation"] == "v"]
    left, right = min(edge["x0"] for edge in across), max(edge["x1"] for edge in across)
    top, bottom = min(edge["top"] for edge in across), max(edge["top"] for edge in across)
    sides = [(left, min(places) - left), (right, right - max(places))]
    return [_upright(at, top, bottom) for at, gap in sides if gap > 4 * TOUCH]


def _shade(grids: list[Grid], fills: list[Box]) -> None:
    """Mark the cells that a filled area covers."""
    for grid in grids:
        near = [fill for fill in fills if _overlaps(fill, grid.box)][:MAX_LINES_PER_PAGE]
        if not near or len(near) * len(grid.cells) > 400_000:
            continue
        for cell in grid.cells:
            x, y = (cell.box[0] + cell.box[2]) / 2, (cell.box[1] + cell.box[3]) / 2
            cell.shaded = any(f[0] <= x <= f[2] and f[1] <= y <= f[3] for f in near)


def fill_cells(grid: Grid, words: Sequence[Word]) -> set[int]:
    """Put each word that lies in the grid into its cell; return the ids of those words."""
    left, top, right, bottom = grid.box
    by_place = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rows)
        for c in range(cell.column, cell.column + cell.columns)
    }
    taken: set[int] = set()
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        column = max(0, bisect_left(grid.xs, x) - 1)
        row = max(0, bisect_left(grid.ys, y) - 1)
        cell = by_place.get((row, column))
        if cell is not None:
            cell.words.append(word)
            taken.add(id(word))
    return taken


def is_table(grid: Grid) -> bool:
    """Whether a filled grid is a table: several cells that hold text, not a chart's or form's lines."""
    full = [cell for cell in grid.cells if cell.words]
    if len({cell.column for cell in full}) < 2 or len(full) < 2:
        return False
    return len(full) >= 0.25 * sum(cell.closed for cell in grid.cells)


def _overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
