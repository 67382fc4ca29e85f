"""Word tables: every row one piece, every cell once, under the header of its column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from planchecker.plan import BlockKind, Cell
from planchecker.reading.draft import Piece
from planchecker.reading.word_xml import CELL, ROW, VAL, Element, number, toggle, w

_MAX_SPAN = 100  # Word allows 63 columns; a damaged span must not make a list of millions
_MAX_HEADER_ROWS = 5
_MAX_HEADER_WORDS = 15
_COLUMNS_OF_A_GRID = 3
_SHORT = 6  # words in a header that nothing else marks as one
_FIRST_ROW = 0x0020  # the bit for it in the older, packed form of the table's look


@dataclass(slots=True)
class CellText:
    """One cell as read."""

    column: int
    span: int
    text: str
    bold: bool


@dataclass(slots=True)
class RowText:
    """One row as read, with what has to follow it (notes, nested tables)."""

    page: int | None
    cells: list[CellText]
    is_header: bool = False
    after: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    answers: str = ""  # id of what the row answers in a planchecker template

    @property
    def filled(self) -> list[CellText]:
        """The cells that hold text."""
        return [cell for cell in self.cells if cell.text]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell that is shown, and the columns it covers."""

    element: Element
    column: int
    span: int


def shown_cells(row: Element) -> list[GridCell]:
    """The cells of a row that Word shows, merged ones once, with their columns."""
    column = number(row.find(w("trPr")), "gridBefore") or 0
    cells: list[GridCell] = []
    for element in row.iterchildren(CELL):
        properties = element.find(w("tcPr"))
        span = min(max(number(properties, "gridSpan") or 1, 1), _MAX_SPAN)
        if not _continues(properties, "vMerge") and not _continues(properties, "hMerge"):
            cells.append(GridCell(element, column, span))
        elif _continues(properties, "hMerge") and cells:
            cells[-1] = GridCell(cells[-1].element, cells[-1].column, cells[-1].span + span)
        column += span
    return cells


def _continues(properties: Element | None, tag: str) -> bool:
    """Whether a cell only continues the merged cell above or before it."""
    merge = None if properties is None else properties.find(w(tag))
    return merge is not None and merge.get(VAL, "continue") != "restart"


def is_box(table: Element, is_heading: Callable[[Element], bool]) -> bool:
    """Whether a table only draws a box or columns around text that flows as usual."""
    rows = list(table.iterchildren(ROW))
    if all(len(list(row.iterchildren(CELL))) <= 1 for row in rows):
        return True
    if len(rows) == 1:
        return any(is_heading(p) for p in table.iter(w("p")))
    # Sections side by side or one below another, as some templates lay out their pages.
    sections = sum(any(_is_section(cell, is_heading) for cell in row.iterchildren(CELL)) for row in rows)
    return 2 * sections >= len(rows)


def _is_section(cell: Element, is_heading: Callable[[Element], bool]) -> bool:
    """Whether a cell holds a heading with text under it."""
    written = [p for p in cell.iterchildren(w("p")) if any((t.text or "").strip() for t in p.iter(w("t")))]
    return any(is_heading(p) for p in written[:-1]) and not is_heading(written[-1])


def is_hidden_row(row: Element) -> bool:
    """Whether Word does not show the row."""
    return bool(toggle(row.find(w("trPr")), "hidden"))


def mark_headers(table: Element, rows: list[RowText], style_marks_first_row: bool) -> None:
    """Say which rows hold the column headers: those marked so, else the first if it looks so.

    Args:
        table: the table.
        rows: its rows as read.
        style_marks_first_row: whether the table's style sets the first row apart.
    """
    elements = [row for row in table.iterchildren(ROW) if not is_hidden_row(row)]
    for row, element in zip(rows, elements, strict=False):
        if not toggle(element.find(w("trPr")), "tblHeader"):
            break  # only rows at the top can repeat as headers
        row.is_header = True
    if any(row.is_header and len(row.filled) > 1 for row in rows):
        return
    for row in rows:
        row.is_header = False
    # A title over all columns comes first; the headers are below it.
    first = next((at for at, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    if first >= len(rows) - 1:
        return
    set_apart = style_marks_first_row and _first_row_is_special(table)
    shaded = _is_shaded(elements[first]) and not _is_shaded(elements[first + 1])
    rows[first].is_header = _looks_like_header(rows[first], rows[first + 1 :], set_apart or shaded)


def _looks_like_header(row: RowText, body: list[RowText], set_apart: bool) -> bool:
    """Whether an unmarked first row reads as headers and not as the first of the facts."""
    cells = row.filled
    if any(len(cell.text.split()) > _MAX_HEADER_WORDS for cell in cells):
        return False
    labels = [other.filled[0].bold for other in body if other.filled]
    if all(cell.bold for cell in cells):
        return True
    if cells[0].bold and labels and all(labels):
        return False  # bold labels down the first column: a table of facts, one a row
    if set_apart:
        return True
    # Nothing sets it apart. Two columns are then a glossary or a list of facts more often than
    # not; three or more with nothing but short words on top have headers.
    return len(cells) >= _COLUMNS_OF_A_GRID and all(_reads_as_header(cell.text) for cell in cells)


def _reads_as_header(text: str) -> bool:
    return len(text.split()) <= _SHORT and any(ch.isalpha() for ch in text)


def _first_row_is_special(table: Element) -> bool:
    """Whether the table asks its style to set the first row apart."""
    look = table.find(f"{w('tblPr')}/{w('tblLook')}")
    if look is None:
        return False
    if look.get(w("firstRow")) is not None:
        return look.get(w("firstRow")) in ("1", "true", "on")
    try:
        return bool(int(look.get(VAL, "0"), 16) & _FIRST_ROW)
    except ValueError:
        return False


def _is_shaded(row: Element) -> bool:
    """Whether all cells of a row have a background of their own."""
    fills = [
        None if (shade := cell.find(f"{w('tcPr')}/{w('shd')}")) is None else shade.get(w("fill"))
        for cell in row.iterchildren(CELL)
    ]
    return bool(fills) and all(fill not in (None, "auto", "FFFFFF") for fill in fills)


def row_pieces(rows: list[RowText], table: int) -> list[Piece]:
    """Turn rows into pieces, each cell with the header of its columns."""
    headers: dict[int, list[str]] = {}
    for row in rows:
        if row.is_header:
            for cell in row.filled:
                for column in range(cell.column, cell.column + cell.span):
                    names = headers.setdefault(column, [])
                    if len(names) < _MAX_HEADER_ROWS:
                        names.append(cell.text)
    return [_piece(row, table, headers) for row in rows]


def _piece(row: RowText, table: int, headers: dict[int, list[str]]) -> Piece:
    cells = row.filled
    return Piece(
        kind=BlockKind.TABLE_ROW,
        text=" | ".join(cell.text for cell in cells),
        page=row.page,
        table=table,
        cells=tuple(Cell("" if row.is_header else _header(cell, headers), cell.text) for cell in cells),
        is_table_header=row.is_header,
        paragraphs=tuple(row.places),
        answers=row.answers,
    )


def _header(cell: CellText, headers: dict[int, list[str]]) -> str:
    """The headers of the columns a cell covers, outer before inner, each once."""
    if not headers:
        return ""
    columns = range(cell.column, cell.column + cell.span)
    names = [" ".join(name.split()) for column in columns for name in headers.get(column, ())]
    return " / ".join(dict.fromkeys(names))
