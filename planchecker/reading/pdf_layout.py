"""Lines, tables and boxes of a page -> the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planchecker.reading.pdf_grids import Grid
from planchecker.reading.pdf_lines import Line
from planchecker.reading.pdf_words import Box

MIN_GUTTER = 4.0  # points of white between two columns
MAX_DEPTH = 12


@dataclass(slots=True, eq=False)
class Atom:
    """What is placed as one: a line, a table, or a box with its own lines inside.

    Attributes:
        box: its place.
        line: set for a line.
        grid: set for a table.
        inside: set for a box: its lines, already in order.
    """

    box: Box
    line: Line | None = None
    grid: Grid | None = None
    inside: list[Atom] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Flow:
    """Atoms that follow one another down one column, top to bottom."""

    atoms: list[Atom]
    boxed: bool = False

    @property
    def left(self) -> float:
        """Its left side."""
        return min(atom.box[0] for atom in self.atoms)

    @property
    def right(self) -> float:
        """Its right side."""
        return max(atom.box[2] for atom in self.atoms)


def reading_order(atoms: Sequence[Atom]) -> list[Flow]:
    """Columns and boxes of a page in reading order."""
    flows: list[Flow] = []
    for column in _order(sorted(atoms, key=_by_row), 0):
        current: list[Atom] = []
        for atom in column:
            if atom.inside:
                if current:
                    flows.append(Flow(current))
                    current = []
                flows += [Flow(flow.atoms, boxed=True) for flow in reading_order(atom.inside)]
            else:
                current.append(atom)
        if current:
            flows.append(Flow(current))
    return flows


def _by_row(atom: Atom) -> tuple[float, float]:
    return atom.box[1], atom.box[0]


def _order(atoms: list[Atom], depth: int) -> list[list[Atom]]:
    """Cut a region into columns where white runs down between them, and into bands where it does not."""
    if len(atoms) < 3 or depth > MAX_DEPTH:
        return [_rows(atoms)]
    parts = _columns(atoms)
    if parts is not None:
        return [flow for part in parts for flow in _order(part, depth + 1)]
    bands = _bands(atoms)
    if bands is not None:
        return [flow for band in bands for flow in _order(band, depth + 1)]
    return [_rows(atoms)]


def _rows(atoms: list[Atom]) -> list[Atom]:
    """Atoms top to bottom; those on one line left to right."""
    atoms = sorted(atoms, key=_by_row)
    ordered: list[Atom] = []
    row: list[Atom] = []
    for atom in atoms:
        if row and atom.box[1] > (row[0].box[1] + min(row[0].box[3], row[0].box[1] + 40)) / 2:
            ordered += sorted(row, key=lambda a: a.box[0])
            row = []
        row.append(atom)
    return ordered + sorted(row, key=lambda a: a.box[0])


def _columns(atoms: list[Atom]) -> list[list[Atom]] | None:
    """Parts to the left and right of a gutter that nothing crosses."""
    by_left = sorted(atoms, key=lambda atom: atom.box[0])
    parts: list[list[Atom]] = [[by_left[0]]]
    reach = by_left[0].box[2]
    for atom in by_left[1:]:
        if atom.box[0] - reach >= MIN_GUTTER:
            parts.append([])
        parts[-1].append(atom)
        reach = max(reach, atom.box[2])
    if len(parts) < 2:
        return None
    split = [sorted(part, key=_by_row) for part in parts]
    return split if _are_columns(split) else None


def _are_columns(parts: list[list[Atom]]) -> bool:
    """Whether parts side by side are to be read one after the other and not row by row."""
    several = [part for part in parts if len(part) > 1 or part[0].line is None]
    if len(several) < 2 or not all(_reads_down(part) for part in several):
        return False
    return any(_share_height(one, other) for one, other in pairwise(several))


def _reads_down(part: list[Atom]) -> bool:
    """Whether a part looks like running text, a box or a table, not like cells of rows."""
    lines = [atom.line for atom in part if atom.line]
    if len(lines) < len(part):
        return True
    if len(lines) < 2:
        return False
    words = sum(len(line.words) for line in lines)
    return words >= 3.2 * len(lines)


def _share_height(one: list[Atom], other: list[Atom]) -> bool:
    top = max(min(a.box[1] for a in one), min(a.box[1] for a in other))
    bottom = min(max(a.box[3] for a in one), max(a.box[3] for a in other))
    return bottom - top > 15


def _bands(atoms: list[Atom]) -> list[list[Atom]] | None:
    """Bands above and below what spans the columns, for the gutter that divides most lines."""
    best: list[list[Atom]] | None = None
    most = 5  # lines that a gutter must have on its poorer side
    for x in _gutters(atoms):
        left = [atom for atom in atoms if atom.box[2] <= x]
        right = [atom for atom in atoms if atom.box[0] >= x]
        poorer = min(len(left), len(right))
        if poorer <= most - 1 or len(left) + len(right) < 0.4 * len(atoms):
            continue
        bands = _cut(atoms, x)
        if len(bands) > 1 and any(_columns(band) for band in bands if len(band) > 3):
            best, most = bands, poorer
    return best


def _gutters(atoms: list[Atom]) -> list[float]:
    """Places just left of where several lines begin."""
    starts: dict[int, list[float]] = {}
    for atom in atoms:
        starts.setdefault(round(atom.box[0] / 4), []).append(atom.box[0])
    leftmost = min(starts)
    return [
        min(places) - 1.0 for place, places in starts.items() if len(places) >= 3 and place > leftmost + 10
    ]


def _cut(atoms: list[Atom], x: float) -> list[list[Atom]]:
    """Runs of atoms, top to bottom, that cross a gutter or that do not."""
    bands: list[list[Atom]] = []
    crossing_before: bool | None = None
    for atom in sorted(atoms, key=_by_row):
        crosses = atom.box[0] < x - 2 and atom.box[2] > x + 1
        if crosses is not crossing_before:
            bands.append([])
            crossing_before = crosses
        bands[-1].append(atom)
    return bands
