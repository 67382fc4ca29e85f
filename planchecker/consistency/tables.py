"""Tables of a plan as rows and columns of figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planchecker.figures.quantity import Quantity
from planchecker.figures.statement import Statement
from planchecker.plan import Block, Plan

_MARKS = re.compile(r"[\s()*†‡§£%+~c.\-–—]*|\s*(?:m|k|bn)\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        number: its number in the plan.
        headers: the columns' headers in order, each once; a header that two columns share is left out.
        rows: the rows below the header.
        figures: by block number and header, the one quantity that a cell holds and nothing else.
    """

    number: int
    headers: tuple[str, ...]
    rows: tuple[Block, ...]
    figures: dict[tuple[int, str], Quantity]


def tables(plan: Plan, statements: Sequence[Statement]) -> tuple[Table, ...]:
    """The plan's tables that have a header row.

    Args:
        plan: the plan as read.
        statements: its figures, as `figures.statements` finds them.
    """
    rows: dict[int, list[Block]] = defaultdict(list)
    headers: dict[int, tuple[str, ...]] = {}
    for block in plan.blocks:
        if block.table is None:
            continue
        if not block.is_table_header:
            rows[block.table].append(block)
        elif block.table not in headers:
            headers[block.table] = tuple(cell.text for cell in block.cells)
    figures = _lone_figures(statements)
    return tuple(
        Table(
            number,
            tuple(header for header in names if names.count(header) == 1),
            tuple(rows[number]),
            {(row.number, name): figures[row.number, name] for row in rows[number] for name in names
             if (row.number, name) in figures},
        )
        for number, names in headers.items()
    )  # fmt: skip


def cell_text(row: Block, header: str) -> str:
    """What a row says in a column, or ""."""
    return next((cell.text.strip() for cell in row.cells if cell.header == header), "")


def _lone_figures(statements: Sequence[Statement]) -> dict[tuple[int, str], Quantity]:
    """Cells that hold one figure and no words; cells with several figures are no figures."""
    found: dict[tuple[int, str], Quantity | None] = {}
    for statement in statements:
        if not statement.header:
            continue
        place = statement.quote.block, statement.header
        rest = statement.text[: statement.quantity.start] + statement.text[statement.quantity.end :]
        lone = place not in found and _MARKS.fullmatch(rest) and not statement.quantity.is_range
        found[place] = statement.quantity if lone else None
    return {place: quantity for place, quantity in found.items() if quantity is not None}
