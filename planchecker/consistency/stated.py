"""The same measure of the same year given differently: in two sentences, in text and table, in two tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from planchecker.consistency.rounding import differ
from planchecker.consistency.tables import Table
from planchecker.consistency.words import pattern, words
from planchecker.figures.quantity import Comparator, Quantity, Role, Unit
from planchecker.figures.statement import Statement
from planchecker.matching.language import stem

Pair = tuple[Statement, Statement]
_Cell = tuple[str, str, Unit, str]  # label, header, unit, per
_Measure = tuple[frozenset[str], Unit, str, tuple[str, ...]]  # words, unit, per, years

_WORD = re.compile(r"[a-z][a-z'&-]+")
_EMPTY = frozenset(
    {"the", "a", "an", "of", "in", "for", "and", "to", "our", "we", "plan", "planned", "total", "net", "annual",
     "number", "rate", "target", "actual", "forecast", "outturn", "percent", "cent", "per", "will", "level",
     "comes", "come"}
)  # fmt: skip
_SHARE_OF = re.compile(
    r"(?:%|per ?cent|half|third|quarter|fifth|tenth|share|part|rest|remainder|some|most) of "
    r"(?:the |our |its |this |that )?$",
    re.I,
)


def sentences_differ(statements: Sequence[Statement]) -> Iterator[Pair]:
    """Sentences that give one of the plan's headline measures two values for one year."""
    by_measure: dict[_Measure, list[Statement]] = defaultdict(list)
    for statement in statements:
        subject = _stems(statement.quantity.about)
        if not statement.in_table and subject in _headlines() and _can_be_compared(statement):
            by_measure[_measure(statement, subject)].append(statement)
    for group in by_measure.values():
        first = group[0]
        yield from ((first, other) for other in group[1:] if _contradict(first, other))


def text_and_tables_differ(tables: Sequence[Table], statements: Sequence[Statement]) -> Iterator[Pair]:
    """A sentence and a table's row that give one measure two values for one year."""
    rows: dict[_Measure, Statement] = {}
    values: dict[int, set[float]] = defaultdict(set)
    for cell in _cells(tables, statements):
        values[cell.quote.block].add(cell.quantity.low)
        if len(cell.years) == 1 and _stems(cell.label):
            rows.setdefault(_measure(cell, _stems(cell.label)), cell)
    by_sentence: dict[tuple[int, str], list[Quantity]] = defaultdict(list)
    for statement in statements:
        by_sentence[statement.quote.block, statement.text].append(statement.quantity)
    for statement in statements:
        if statement.in_table or len(statement.years) != 1 or not _can_be_compared(statement):
            continue
        cell_found = rows.get(_measure(statement, _stems(statement.quantity.about)))
        if cell_found is None or not _contradict(statement, cell_found):
            continue
        beside = by_sentence[statement.quote.block, statement.text]
        if not any(quantity.low in values[cell_found.quote.block] for quantity in beside):
            yield statement, cell_found


def tables_differ(tables: Sequence[Table], statements: Sequence[Statement]) -> Iterator[Pair]:
    """Cells with the same row label and column header in two tables that otherwise agree."""
    of_block = {row.number: table.number for table in tables for row in table.rows}
    cells: dict[int, dict[_Cell, Statement]] = defaultdict(dict)
    holders: dict[_Cell, list[int]] = defaultdict(list)
    for cell in _cells(tables, statements):
        key = _folded(cell.label), _folded(cell.header), cell.quantity.unit, cell.quantity.per
        table = of_block[cell.quote.block]
        if key not in cells[table]:
            cells[table][key] = cell
            holders[key].append(table)
    # Three tables with one layout are one for each of three places: only pairs are compared.
    pairs = (tuple(numbers) for numbers in holders.values() if len(numbers) == 2)
    for one, other in dict.fromkeys(pair for numbers in pairs for pair in combinations(numbers, 2)):
        shared = [key for key in cells[one] if key in cells[other]]
        apart = [key for key in shared if differ(cells[one][key].quantity, cells[other][key].quantity)]
        if len(apart) * 2 <= len(shared):
            yield from ((cells[one][key], cells[other][key]) for key in apart if len(holders[key]) == 2)


def _cells(tables: Sequence[Table], statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements of cells that hold one figure and nothing else, in a row with a label."""
    lone = {place: quantity for table in tables for place, quantity in table.figures.items()}
    for statement in statements:
        place = statement.quote.block, statement.header
        if lone.get(place) is statement.quantity and statement.label:
            yield statement


def _measure(statement: Statement, subject: frozenset[str]) -> _Measure:
    return subject, statement.quantity.unit, statement.quantity.per, statement.years


def _contradict(one: Statement, other: Statement) -> bool:
    return one.quote.block != other.quote.block and differ(one.quantity, other.quantity)


@cache
def _headlines() -> frozenset[frozenset[str]]:
    return frozenset(_stems(phrase) for phrase in words("figures", "headlines"))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _can_be_compared(statement: Statement) -> bool:
    """A level stated as such for the plan's own body: no range, bound, change, bare count or share of something."""
    quantity = statement.quantity
    if quantity.is_range or quantity.comparator not in (Comparator.EXACTLY, Comparator.ABOUT):
        return False
    if quantity.role not in (Role.LEVEL, Role.TO) or (quantity.unit is Unit.COUNT and not quantity.per):
        return False
    elsewhere = statement.text.lower().replace(quantity.about, " ") if quantity.about else statement.text
    if len(statement.years) > 1 or pattern("figures", "others").search(elsewhere):
        return False
    at = statement.text.lower().rfind(quantity.about, 0, quantity.start)
    return at < 0 or not _SHARE_OF.search(statement.text, max(0, at - 40), at)
