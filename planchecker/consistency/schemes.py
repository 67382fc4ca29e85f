"""Interventions without money, money without an intervention, objectives without an intervention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planchecker.consistency.places import row_quote
from planchecker.consistency.tables import Table, cell_text
from planchecker.consistency.words import one_pattern
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutiny import Severity, Slip

NO_MONEY = "intervention without money"
NO_INTERVENTION = "money without an intervention"
NO_ACTION = "objective without an intervention"
NOWHERE_ELSE = "intervention named on the plan on a page only"

_NAME = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_EMPTY = re.compile(r"\W*(?:n/?a|none|nil|blank|tb[acd]|to follow|x+)?\W*", re.I)
_ENOUGH = 3  # rows that must fill a column before one that leaves it empty is a slip
_SHORT = frozenset(
    {"the", "a", "an", "of", "in", "for", "and", "to", "our", "we", "will", "by", "on", "at", "with", "more", "better",
     "all", "new", "as", "is", "be", "it", "that", "this", "from"}
)  # fmt: skip


def schemes(plan: Plan, tables: Sequence[Table]) -> Iterator[Slip]:
    """Gaps between what a plan aims at, what it will do and what that costs, as far as its tables show them."""
    for table in tables:
        what, money = _column(table, "intervention"), _column(table, "money")
        aim = _column(table, "objective")
        if what and money and what != money:
            yield from _gaps(
                table, what, money, NO_MONEY, Severity.MEDIUM, "no money: put in its cost or saving"
            )
            yield from _gaps(
                table, money, what, NO_INTERVENTION, Severity.MEDIUM, "money but no intervention: name it"
            )
        if aim and what and aim != what:
            yield from _gaps(
                table, aim, what, NO_ACTION, Severity.MEDIUM, "no intervention: say what will be done"
            )
    yield from _named_once(plan, tables)


def _column(table: Table, role: str) -> str:
    """The first column whose header has a role, or ""."""
    return next((header for header in table.headers if one_pattern("schemes", role).search(header)), "")


def _gaps(
    table: Table, held: str, lacking: str, kind: str, severity: Severity, problem: str
) -> Iterator[Slip]:
    """Rows that fill one column and leave the other empty, in a table where most rows fill both."""
    rows = [row for row in table.rows if not one_pattern("schemes", "total").search(row.text)]
    has = [row for row in rows if not _EMPTY.fullmatch(cell_text(row, held))]
    both = [row for row in has if cell_text(row, lacking)]
    if len(both) < _ENOUGH or 2 * len(both) <= len(has):
        return
    for row in has:
        if not cell_text(row, lacking):
            message = f"'{_short(cell_text(row, held))}' has {problem} in '{_short(lacking)}'."
            yield Slip(kind, severity, message, (row_quote(row),))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def _named_once(plan: Plan, tables: Sequence[Table]) -> Iterator[Slip]:
    """Interventions on the plan on a page whose name comes up nowhere else; quiet, as plans rename things freely."""
    pages = [table for table in tables if table.rows and _is_plan_on_a_page(table.rows[0])]
    if not pages:
        return
    of_pages = {row.number for table in pages for row in table.rows}
    rest = [block for block in plan.blocks if block.number not in of_pages]
    text = {word.lower() for block in rest for word in _NAME.findall(block.text)}
    for table in pages:
        what = _column(table, "intervention")
        for row in table.rows if what else ():
            name = cell_text(row, what)
            words = {word.lower() for word in _NAME.findall(name)} - _SHORT
            if words and not _EMPTY.fullmatch(name) and 2 * len(words & text) < len(words):
                message = f"'{_short(name)}' stands on the plan on a page only: say how, and with what money."
                yield Slip(NOWHERE_ELSE, Severity.MEDIUM, message, (row_quote(row),), quiet=True)


def _is_plan_on_a_page(row: Block) -> bool:
    return row.kind is BlockKind.TABLE_ROW and any(
        one_pattern("schemes", "page").search(h) for h in row.heading[-2:]
    )
