"""Plans in a line or two for the checks of a plan against itself."""

from __future__ import annotations

from collections.abc import Sequence

from planchecker.plan import Block, BlockKind, Cell, Plan
from tests.support import plan_of

HEAD = ("1 Money",)


def paragraphs(*texts: str, title: str = "Plan 2014/15 to 2018/19", pages: int | None = None) -> Plan:
    """A plan of paragraphs under one heading, whose title gives its years."""
    blocks = [Block(n, BlockKind.PARAGRAPH, text, 2, HEAD) for n, text in enumerate(texts)]
    return Plan("p.docx", title, "0" * 64, "docx", pages, tuple(blocks))


def table(
    header: Sequence[str],
    *rows: Sequence[str],
    first: int = 0,
    number: int = 0,
    heading: tuple[str, ...] = HEAD,
) -> list[Block]:
    """The blocks of a table; an empty text is an empty cell, which a row leaves out."""
    made = [
        Block(first, BlockKind.TABLE_ROW, " | ".join(header), 3, heading, table=number,
              cells=tuple(Cell(name, name) for name in header), is_table_header=True)
    ]  # fmt: skip
    for at, row in enumerate(rows, start=first + 1):
        cells = tuple(Cell(name, text) for name, text in zip(header, row, strict=True) if text)
        text = " | ".join(cell.text for cell in cells)
        made.append(Block(at, BlockKind.TABLE_ROW, text, 3, heading, table=number, cells=cells))
    return made


def plan_with(*blocks: Block) -> Plan:
    """A plan of these blocks, numbered in order."""
    return plan_of(*blocks)
