"""One page: its lines and rulings -> paragraphs and tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planchecker.reading.pdf_aligned import aligned_tables
from planchecker.reading.pdf_grids import Grid, fill_cells, is_table
from planchecker.reading.pdf_layout import Atom, Flow, reading_order
from planchecker.reading.pdf_lines import Line, build_lines
from planchecker.reading.pdf_paragraphs import Paragraph, mark_notes, paragraphs
from planchecker.reading.pdf_source import RawPage
from planchecker.reading.pdf_words import Box

PageItem = Paragraph | Grid

WHOLE_PAGE = 0.7  # share of the page that makes a box its frame and not a call-out


@dataclass(frozen=True, slots=True)
class Norms:
    """What is usual in the document: the distance of lines in font sizes, and the size of running text."""

    pitch: float
    body: float


def lay_out(page: RawPage, lines: Sequence[Line], grids: Sequence[Grid], norms: Norms) -> list[PageItem]:
    """Paragraphs and tables of a page, in the order in which a person reads them.

    Args:
        page: the page, for its size, fills and rules.
        lines: its lines, without furniture.
        grids: what its ruling lines make.
        norms: what is usual in the document.
    """
    words = [word for line in lines for word in line.words]
    tables: list[Grid] = []
    frames: list[Box] = []
    taken: set[int] = set()
    for grid in grids:
        inside = fill_cells(grid, [word for word in words if id(word) not in taken])
        if is_table(grid):
            tables.append(grid)
            taken |= inside
        else:
            frames += [cell.box for cell in grid.cells if cell.words]
    free = _free(lines, taken)
    atoms = [Atom(grid.box, grid=grid) for grid in tables]
    atoms += [Atom(line.box, line=line) for line in free if line.words[0].turn == 0]
    flows = reading_order(_boxed(atoms, frames + page.rulings.fills, page))
    sideways = [Atom(line.box, line=line) for line in free if line.words[0].turn]
    if sideways:
        flows.append(Flow(sideways, boxed=True))
    return [item for flow in flows for item in _items(flow, page, norms)]


def _free(lines: Sequence[Line], taken: set[int]) -> list[Line]:
    """The lines outside tables; those that reach into one are cut."""
    if not taken:
        return list(lines)
    free: list[Line] = []
    for line in lines:
        left = [word for word in line.words if id(word) not in taken]
        if len(left) == len(line.words):
            free.append(line)
        elif left:
            free += build_lines(left)
    return free


def _boxed(atoms: list[Atom], frames: Sequence[Box], page: RawPage) -> list[Atom]:
    """Put the lines that stand in a call-out into one atom for the call-out."""
    area = page.width * page.height
    frames = [frame for frame in frames if 400 < _area(frame) < WHOLE_PAGE * area]
    frames = _without_bands(sorted(set(frames), key=_area, reverse=True)[:200])
    for frame in frames:  # the largest first: what stands in a box inside a box goes with the outer one
        inside = [atom for atom in atoms if not atom.inside and _holds(frame, atom.box)]
        if len(inside) < 2 or len(inside) == len(atoms) or _on_one_line(inside):
            continue
        chosen = {id(atom) for atom in inside}
        atoms = [atom for atom in atoms if id(atom) not in chosen]
        atoms.append(Atom(frame, inside=inside))
    return atoms


def _without_bands(frames: Sequence[Box]) -> list[Box]:
    """Frames that are not the shaded rows of a table: low, and of one width with another."""
    sides = Counter((round(frame[0] / 3), round(frame[2] / 3)) for frame in frames)
    return [
        frame
        for frame in frames
        if frame[3] - frame[1] > 80 or sides[round(frame[0] / 3), round(frame[2] / 3)] < 2
    ]


def _on_one_line(atoms: Sequence[Atom]) -> bool:
    return max(atom.box[1] for atom in atoms) < min(atom.box[3] for atom in atoms)


def _holds(frame: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    within = frame[0] - 3 <= box[0] and box[2] <= frame[2] + 3
    return within and frame[0] <= x <= frame[2] and frame[1] - 1 <= y <= frame[3] + 1


def _items(flow: Flow, page: RawPage, norms: Norms) -> Iterator[PageItem]:
    """Paragraphs and tables of one flow."""
    run: list[Line] = []
    for atom in flow.atoms:
        if atom.line is not None:
            run.append(atom.line)
        if atom.grid is not None:
            yield from _run_items(run, flow, page, norms)
            yield atom.grid
            run = []
    yield from _run_items(run, flow, page, norms)


def _run_items(run: Sequence[Line], flow: Flow, page: RawPage, norms: Norms) -> Iterator[PageItem]:
    """Paragraphs of lines that no ruled table parts, and the tables that they make by lining up."""
    grids = aligned_tables(run, page.rulings.across, norms.pitch) if len(run) > 5 else []
    owner = {id(word): grid for grid in grids for cell in grid.cells for word in cell.words}
    text: list[Line] = []
    given: Grid | None = None
    for line in run:
        grid = owner.get(id(line.words[0]))
        if grid is None:
            text.append(line)
        elif grid is not given:
            yield from _text(text, flow, page, norms)
            yield grid
            text, given = [], grid
    yield from _text(text, flow, page, norms)


def _text(lines: Sequence[Line], flow: Flow, page: RawPage, norms: Norms) -> Iterator[PageItem]:
    found = paragraphs(lines, flow, page.number, norms.pitch)
    mark_notes(found, norms.body, page.height)
    yield from found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
