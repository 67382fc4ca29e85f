"""Ruling lines -> grids of cells (tables) and single boxes (call-outs)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planchecker.reading.pdf_rulings import Rulings
from planchecker.reading.pdf_words import Box, Word

TOUCH = 3.0  # points by which lines may miss each other and still meet
MAX_LINES_PER_PAGE = 4_000
"""More ruling lines than this are a drawing, not a table."""

MAX_CELLS_PER_GRID = 8_000


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell of a grid: where it starts, how far it reaches, and its words in drawing order."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    words: list[Word] = field(default_factory=list)
    shaded: bool = False


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


@dataclass(slots=True)
class _Rule:
    """A ruling line: its place across its direction, and its extent along it."""

    at: float
    start: float
    end: float


def find_grids(rulings: Rulings) -> list[Grid]:
    """Grids of at least one cell, largest first; single boxes are grids with one cell."""
    if len(rulings.across) + len(rulings.down) > MAX_LINES_PER_PAGE:
        return []
    across = _joined([_Rule((b[1] + b[3]) / 2, b[0], b[2]) for b in rulings.across])
    down = _joined([_Rule((b[0] + b[2]) / 2, b[1], b[3]) for b in rulings.down])
    grids = [grid for hs, vs in _connected(across, down) if (grid := _grid(hs, vs)) is not None]
    _shade(grids, rulings.fills)
    return sorted(grids, key=lambda grid: -_area(grid.box))


def _joined(rules: list[_Rule]) -> list[_Rule]:
    """Pieces of one line put together, double lines made one."""
    rules.sort(key=lambda rule: (rule.at, rule.start))
    groups: list[list[_Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= TOUCH:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    joined: list[_Rule] = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        group.sort(key=lambda rule: rule.start)
        current = _Rule(at, group[0].start, group[0].end)
        for rule in group[1:]:
            if rule.start - current.end <= TOUCH:
                current.end = max(current.end, rule.end)
            else:
                joined.append(current)
                current = _Rule(at, rule.start, rule.end)
        joined.append(current)
    return joined


def _connected(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Groups of horizontal and vertical lines that meet."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    places = [rule.at for rule in across]  # sorted by `_joined`
    for j, v in enumerate(down, start=len(across)):
        first = bisect_left(places, v.start - TOUCH)
        for i in range(first, len(across)):
            h = across[i]
            if h.at > v.end + TOUCH:
                break
            if h.start - TOUCH <= v.at <= h.end + TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate(across):
        groups[root(i)][0].append(rule)
    for j, rule in enumerate(down, start=len(across)):
        groups[root(j)][1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(across: list[_Rule], down: list[_Rule]) -> Grid | None:
    ys = _places(across)
    _close_sides(across, down, ys)
    xs = _places(down)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS_PER_GRID:
        return None
    return Grid(tuple(xs), tuple(ys), _cells(xs, ys, across, down))


def _places(rules: list[_Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > TOUCH:
            places.append(at)
    return places


def _close_sides(across: list[_Rule], down: list[_Rule], ys: list[float]) -> None:
    """Add the left and right edge of a table drawn without them."""
    if not across:
        return
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, bottom = ys[0], ys[-1]
    if min(rule.at for rule in down) - left > 4 * TOUCH:
        down.append(_Rule(left, top, bottom))
    if right - max(rule.at for rule in down) > 4 * TOUCH:
        down.append(_Rule(right, top, bottom))


class _Covers:
    """Answers whether lines at a place cover a point along them."""

    def __init__(self, rules: list[_Rule], places: list[float]) -> None:
        self._spans: list[list[tuple[float, float]]] = [[] for _ in places]
        for rule in rules:
            nearest = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
            self._spans[nearest].append((rule.start - TOUCH, rule.end + TOUCH))

    def __call__(self, place: int, point: float) -> bool:
        return any(start <= point <= end for start, end in self._spans[place])


def _cells(xs: list[float], ys: list[float], across: list[_Rule], down: list[_Rule]) -> list[GridCell]:
    """Cells from left to right and top to bottom; neighbours with no line between them are one."""
    columns, rows = len(xs) - 1, len(ys) - 1
    has_across, has_down = _Covers(across, ys), _Covers(down, xs)
    middles_x = [(a + b) / 2 for a, b in pairwise(xs)]
    middles_y = [(a + b) / 2 for a, b in pairwise(ys)]
    owner: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = 1
            while (
                column + wide < columns
                and (row, column + wide) not in owner
                and not has_down(column + wide, middles_y[row])
            ):
                wide += 1
            tall = 1
            while row + tall < rows and not any(
                has_across(row + tall, middles_x[c]) or (row + tall, c) in owner
                for c in range(column, column + wide)
            ):
                tall += 1
            box = (xs[column], ys[row], xs[column + wide], ys[row + tall])
            cell = GridCell(row, column, tall, wide, box)
            cells.append(cell)
            for r in range(row, row + tall):
                for c in range(column, column + wide):
                    owner[r, c] = cell
    return cells


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
    return len(full) >= 0.25 * len(grid.cells)


def _overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
