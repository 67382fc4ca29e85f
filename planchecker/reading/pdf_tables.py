"""Grids with words -> table rows whose cells carry their column headers, also over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planchecker.plan import BlockKind, Cell
from planchecker.reading.draft import Piece
from planchecker.reading.pdf_grids import Grid
from planchecker.reading.pdf_lines import build_lines
from planchecker.reading.pdf_mend import Mender

SAME_PLACE = 8.0  # points by which the columns of a table carried on may differ

_NUMERIC = re.compile(r"^[£$€<>~+\-–(]*\d[\d,.%/\s–-]*\D{0,4}$")


@dataclass(slots=True, eq=False)
class TableCell:
    """Text of a cell, its column, how many columns it spans, and its look."""

    text: str
    column: int
    columns: int
    bold: bool
    shaded: bool


@dataclass(slots=True, eq=False)
class TableRow:
    """The cells of a row that begin in it, without empty ones."""

    cells: list[TableCell]
    page: int

    def at(self, column: int) -> TableCell | None:
        """The cell that stands in a column or reaches over it."""
        return next((c for c in self.cells if c.column <= column < c.column + c.columns), None)


@dataclass(slots=True, eq=False)
class Table:
    """A table on one page, or over several once continued.

    Attributes:
        xs: places of the column edges.
        rows: rows that hold text.
        headers: how many of the first rows are column headers.
        last_page: page that it ends on.
    """

    xs: tuple[float, ...]
    rows: list[TableRow]
    headers: int
    last_page: int


def read_table(grid: Grid, page: int, mender: Mender) -> Table:
    """The rows of a filled grid."""
    by_row: dict[int, list[TableCell]] = {}
    for cell in grid.cells:
        lines = build_lines(cell.words)
        text = mender.cell_text(lines, cell.box[0], cell.box[2])
        if text:
            bold = all(line.bold for line in lines)
            by_row.setdefault(cell.row, []).append(
                TableCell(text, cell.column, cell.columns, bold, cell.shaded)
            )
    rows = [TableRow(by_row[row], page) for row in sorted(by_row)]
    return Table(grid.xs, rows, _header_rows(rows, len(grid.xs) - 1), page)


def _header_rows(rows: Sequence[TableRow], columns: int) -> int:
    """How many of the first rows hold column headers."""
    if len(rows) < 2:
        return 0
    count = 0
    while count < min(3, len(rows) - 1) and _is_header(rows, count, columns):
        count += 1
        if all(cell.columns == 1 for cell in rows[count - 1].cells):
            break
    if count and len(rows[count - 1].cells) == 1 and columns > 1:
        return 0  # a title across the table, with no headers below it
    return count


def _is_header(rows: Sequence[TableRow], at: int, columns: int) -> bool:
    row, rest = rows[at], rows[at + 1 :]
    later = [cell for other in rest for cell in other.cells if cell.column > 0 or columns == 1]
    own = [cell for cell in row.cells if cell.column > 0] or row.cells
    for look in (lambda c: c.bold, lambda c: c.shaded):
        if all(map(look, own)) and sum(map(look, later)) <= 0.5 * len(later):
            return True
    if any(cell.bold or cell.shaded for cell in own + later):
        return False
    numbers = sum(1 for cell in later if _NUMERIC.match(cell.text))
    plain = all(not _NUMERIC.match(cell.text) and len(cell.text) < 60 for cell in row.cells)
    full = sum(cell.columns for cell in row.cells) >= columns - 1
    return plain and full and numbers > 0.5 * max(len(later), 1)


def carries_on(table: Table, part: Table) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before."""
    if len(table.xs) != len(part.xs) or not 0 <= part.last_page - table.last_page <= 1:
        return False
    if part.last_page == table.last_page and not (table.headers and _same(part.rows[0], table.rows[0])):
        return False  # two tables on one page are one only if the header comes again
    shift = part.xs[0] - table.xs[0]
    return all(abs(b - a - shift) < SAME_PLACE for a, b in zip(table.xs, part.xs, strict=True))


def append(table: Table, part: Table) -> None:
    """Carry a table on: a repeated header goes, a row that the page cut is whole again."""
    rows = part.rows
    repeated = 0
    while repeated < min(table.headers, len(rows)) and _same(rows[repeated], table.rows[repeated]):
        repeated += 1
    if not table.headers and part.headers and table.rows and _same(rows[0], table.rows[0]):
        table.headers = repeated = part.headers
    rows = rows[repeated:]
    if rows and len(table.rows) > table.headers and _is_cut(table.rows[-1], rows[0]):
        _mend_row(table.rows[-1], rows[0])
        rows = rows[1:]
    table.rows += rows
    table.last_page = part.last_page


def _same(one: TableRow, other: TableRow) -> bool:
    return [c.text.casefold() for c in one.cells] == [c.text.casefold() for c in other.cells]


def _is_cut(above: TableRow, below: TableRow) -> bool:
    """Whether a row at the top of a page is the rest of the row that ended the page before."""
    if not above.cells or not below.cells:
        return False
    if below.cells[0].column == 0 and not below.cells[0].text[:1].islower():
        return False
    partners = [(above.at(cell.column), cell) for cell in below.cells]
    if any(partner is None for partner, _ in partners):
        return False
    lower = any(cell.text[:1].islower() for cell in below.cells)
    unfinished = any(p is not None and not re.search(r"[.!?;:]$", p.text) for p, _ in partners)
    return lower or (unfinished and below.cells[0].column > 0)


def _mend_row(above: TableRow, below: TableRow) -> None:
    for cell in below.cells:
        partner = above.at(cell.column)
        if partner is not None:
            partner.text = f"{partner.text} {cell.text}"


def pieces(table: Table, number: int) -> list[Piece]:
    """The rows as pieces; each cell names the headers above it."""
    made: list[Piece] = []
    for index, row in enumerate(table.rows):
        is_header = index < table.headers
        cells = tuple(Cell("" if is_header else _header(table, cell), cell.text) for cell in row.cells)
        made.append(
            Piece(
                kind=BlockKind.TABLE_ROW,
                text=" | ".join(cell.text for cell in cells),
                page=row.page,
                table=number,
                cells=cells,
                is_table_header=is_header,
            )
        )
    return made


def _header(table: Table, cell: TableCell) -> str:
    """The header texts above a cell, outermost first."""
    names: list[str] = []
    for row in table.rows[: table.headers]:
        above = row.at(cell.column)
        if above is not None and above.text not in names:
            names.append(above.text)
    return " ".join(names)
