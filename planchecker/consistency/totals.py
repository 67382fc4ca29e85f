"""Totals of tables that are not the sum of what stands above them, or to their left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from planchecker.consistency.places import row_quote
from planchecker.consistency.rounding import last_place
from planchecker.consistency.tables import Table, cell_text
from planchecker.figures.quantity import Quantity, Unit
from planchecker.plan import Block
from planchecker.scrutiny import Severity, Slip

WRONG_TOTAL = "total does not add up"

_TOTAL = re.compile(r"\W*(?:grand |overall |sub-?|plan |ccg )?(?:total|sum)\b", re.I)
_TOTAL_HEADER = re.compile(r"\W*(?:grand |overall |five-year |5-year )?totals?\b", re.I)
_PART = re.compile(r"\W*(?:of which|including|includes|less\b|net of|memo)", re.I)
_NO_SUM = re.compile(
    r"%|per cent|percent|rate|average|mean|median|per |ratio|score|rank|cumulative|year\b", re.I
)
_IS_YEAR = re.compile(r"20\d\d|\d\d/\d\d")
_OPEN = re.compile(r"tb[ac]|xx|\?|\[|to follow|n/?k", re.I)
_NEAR = 0.5  # a sum further off than half of the total is no sum: the rows mean something else

_CLOSE = 0.1
_ROUNDING = 0.05  # of the total: roundings come to no more


@dataclass(frozen=True, slots=True)
class _Sum:
    parts: tuple[Quantity, ...]
    total: Quantity

    @property
    def value(self) -> float:
        return sum(part.low for part in self.parts)

    @property
    def adds_up(self) -> bool:
        """Whether the total is the sum of its parts, each rounded where it is."""
        room = max(last_place(part) for part in (*self.parts, self.total)) * (1 + sqrt(len(self.parts))) / 2
        # Whole numbers are counts: their trailing noughts are no rounding here, or no slip would be found.
        exact = all("." not in part.text and not _scaled(part) for part in (*self.parts, self.total))
        return abs(self.value - self.total.low) <= (
            1e-6 if exact else min(room, abs(self.total.low) * _ROUNDING) + 1e-6
        )

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum at all: of two or more parts, of one unit that can be added."""
        units = {(part.unit, part.per) for part in (*self.parts, self.total)}
        countable = self.total.unit in (Unit.COUNT, Unit.POUNDS, Unit.STAFF) and not self.total.per
        return len(self.parts) > 1 and len(units) == 1 and countable

    @property
    def is_near(self) -> bool:
        """Whether it is near enough for a sum to be meant, where no other total of the table says so."""
        return abs(self.value - self.total.low) <= _NEAR * abs(self.total.low)

    @property
    def is_close(self) -> bool:
        """Whether a wrong sum is so near that nothing else can have been meant."""
        return len(self.parts) > 2 and abs(self.value - self.total.low) <= _CLOSE * abs(self.total.low)


def totals(tables: Sequence[Table]) -> Iterator[Slip]:
    """Rows and columns called "total" whose figures are not the sum of the others."""
    for table in tables:
        rows = list(_total_rows(table))
        columns = list(_total_columns(table))
        # Where no total of a table adds up, its rows are probably not meant to be added.
        proven = any(one.adds_up for *_, one in (*rows, *columns))
        for block, header, one in (*rows, *columns):
            if not one.adds_up and (proven or one.is_near):
                yield _slip(block, header, one, quiet=not (proven or one.is_close))


def _slip(block: Block, header: str, one: _Sum, *, quiet: bool) -> Slip:
    message = (
        f"The total in '{header}' is given as {one.total.text}, but its {len(one.parts)} parts come to "
        f"{_like(one)}: correct the total or the part that is wrong."
    )
    return Slip(WRONG_TOTAL, Severity.HIGH, message, (row_quote(block),), quiet)


def _like(one: _Sum) -> str:
    """The sum, in the units of the total as stated."""
    digits = re.search(r"\d[\d,.]*", one.total.text)
    stated = float(digits.group().rstrip(".,").replace(",", "")) if digits else 0.0
    value = one.value / (abs(one.total.low) / stated) if stated and one.total.low else one.value
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _total_rows(table: Table) -> Iterator[tuple[Block, str, _Sum]]:
    """The totals at the foot of columns; a total adds what stands between it and the one before."""
    above: list[Block] = []
    for row in table.rows:
        label = row.cells[0].text if row.cells else ""
        if _TOTAL.match(label):
            for header in table.headers[1:]:
                found = _column_sum(table, above, row, header)
                if found is not None and found.is_sum:
                    yield row, header, found
            above = [] if re.search(r"sub", label, re.I) else above
        elif not _PART.match(label):
            above.append(row)


def _column_sum(table: Table, above: Sequence[Block], row: Block, header: str) -> _Sum | None:
    total = table.figures.get((row.number, header))
    if total is None or (_NO_SUM.search(header) and not _IS_YEAR.search(header)):
        return None
    parts = []
    for part in above:
        figure = table.figures.get((part.number, header))
        if figure is not None:
            parts.append(figure)
        elif re.search(r"\d", cell_text(part, header)) or _OPEN.search(cell_text(part, header)):
            return None  # a part that is no plain figure: the sum cannot be told
    return _Sum(tuple(parts), total)


def _total_columns(table: Table) -> Iterator[tuple[Block, str, _Sum]]:
    """The totals at the end of rows."""
    if not table.headers or not _TOTAL_HEADER.match(table.headers[-1]):
        return
    for row in table.rows:
        total = table.figures.get((row.number, table.headers[-1]))
        cells = [cell_text(row, header) for header in table.headers[1:-1]]
        parts = [table.figures.get((row.number, header)) for header in table.headers[1:-1]]
        figures = tuple(part for part in parts if part is not None)
        plain = all(part is not None or not re.search(r"\d|tb[ac]|xx", cell, re.I)
                    for part, cell in zip(parts, cells, strict=True))  # fmt: skip
        if total is not None and plain and not any(_NO_SUM.search(cell) for cell in (row.cells[0].text,)):
            one = _Sum(figures, total)
            if one.is_sum:
                yield row, table.headers[-1], one


def _scaled(quantity: Quantity) -> bool:
    return bool(re.search(r"\d ?(?:k|m|bn|million|billion|thousand)\b", quantity.text, re.I))
