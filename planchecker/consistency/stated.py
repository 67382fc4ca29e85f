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

_WORD = re.compile(r"[a-z][a-z'&-]+")
_EMPTY = frozenset(
    "the a an of in for and to our plan planned total net annual number rate target actual forecast outturn percent cent per m".split()
)
Pair = tuple[Statement, Statement]


def stated_differently(statements: Sequence[Statement]) -> Iterator[Pair]:
    """Sentences and tables that give one of the plan's headline measures two values for one year."""
    by_measure: dict[tuple[frozenset[str], Unit, str, tuple[str, ...]], list[Statement]] = defaultdict(list)
    for statement in statements:
        measure = _measure(statement)
        if measure and _is_plain(statement.quantity) and len(statement.years) <= 1 and not _of_others(statement):
            quantity = statement.quantity
            by_measure[measure, quantity.unit, quantity.per, statement.years].append(statement)
    for group in by_measure.values():
        first = group[0]
        for other in group[1:]:
            if other.quote.block != first.quote.block and differ(first.quantity, other.quantity):
                if not (first.in_table and other.in_table):
                    yield first, other
                    break


def _measure(statement: Statement) -> frozenset[str]:
    """The headline measure that a statement is about, in stems, or nothing."""
    subject = statement.label.lower() if statement.in_table else statement.quantity.about
    found = _stems(subject)
    return found if found in _headlines() else frozenset()


@cache
def _headlines() -> frozenset[frozenset[str]]:
    return frozenset(_stems(phrase) for phrase in words("figures", "headlines"))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _is_plain(quantity: Quantity) -> bool:
    """A level stated as such: no range, no bound, no change, and never a bare count."""
    return (
        not quantity.is_range
        and quantity.comparator in (Comparator.EXACTLY, Comparator.ABOUT)
        and quantity.role in (Role.LEVEL, Role.TO)
        and (quantity.unit is not Unit.COUNT or bool(quantity.per))
    )


def _of_others(statement: Statement) -> bool:
    text = statement.label if statement.in_table else statement.text
    return bool(pattern("figures", "others").search(text))


def tables_differ(tables: Sequence[Table], statements: Sequence[Statement]) -> Iterator[Pair]:
    """Cells with the same row label and column header in two tables that otherwise agree."""
    cells: dict[int, dict[tuple[frozenset[str], str, Unit, str], Statement]] = {}
    by_block = {row.number: table.number for table in tables for row in table.rows}
    lone = {place: quantity for table in tables for place, quantity in table.figures.items()}
    for statement in statements:
        table = by_block.get(statement.quote.block)
        label = _stems(statement.label)
        if table is None or not label or lone.get((statement.quote.block, statement.header)) is not statement.quantity:
            continue
        key = label, " ".join(statement.header.lower().split()), statement.quantity.unit, statement.quantity.per
        cells.setdefault(table, {}).setdefault(key, statement)
    holders: dict[tuple[frozenset[str], str, Unit, str], int] = defaultdict(int)
    for held in cells.values():
        for key in held:
            holders[key] += 1
    for one, other in _sharing(cells):
        shared = [key for key in cells[one] if key in cells[other]]
        apart = [key for key in shared if differ(cells[one][key].quantity, cells[other][key].quantity)]
        if apart and len(apart) * 2 <= len(shared):
            for key in apart:
                if holders[key] == 2:
                    yield cells[one][key], cells[other][key]


def _sharing(cells: dict[int, dict[tuple[frozenset[str], str, Unit, str], Statement]]) -> Iterator[tuple[int, int]]:
    """Pairs of tables with a cell in common, found by the cell so that many tables stay cheap."""
    by_key: dict[tuple[frozenset[str], str, Unit, str], list[int]] = defaultdict(list)
    for table, held in cells.items():
        for key in held:
            by_key[key].append(table)
    pairs = (pair for numbers in by_key.values() if len(numbers) == 2 for pair in combinations(numbers, 2))
    yield from dict.fromkeys(pairs)
