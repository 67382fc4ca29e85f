"""Figures of a plan: table cells take unit and year from their row and column."""

from __future__ import annotations

from planchecker.figures.quantity import Unit
from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Cell, Plan


def _plan(*blocks: Block) -> Plan:
    return Plan("p.docx", "P", "0" * 64, "docx", None, blocks)


def _row(*cells: tuple[str, str]) -> Block:
    made = tuple(Cell(header, text) for header, text in cells)
    return Block(
        0, BlockKind.TABLE_ROW, " | ".join(cell.text for cell in made), 3, ("Money",), table=0, cells=made
    )


def test_a_bare_number_takes_its_unit_from_the_corner_and_its_year_from_the_header() -> None:
    found = statements(_plan(_row(("£m", "Surplus"), ("2013/14 forecast", "2.9"), ("2014/15", "3.0"))))
    assert [(s.quantity.low, s.quantity.unit, s.years, s.subject) for s in found] == [
        (2.9e6, Unit.POUNDS, ("2013/14",), "surplus forecast"),
        (3.0e6, Unit.POUNDS, ("2014/15",), "surplus"),
    ]
    assert found[0].quote.text == "£m: Surplus; 2013/14 forecast: 2.9; 2014/15: 3.0"


def test_the_label_states_the_unit_before_the_corner() -> None:
    (found,) = statements(_plan(_row(("£m", "Surplus %"), ("2014/15", "1.0"))))
    assert (found.quantity.unit, found.quantity.low) == (Unit.PERCENT, 1.0)


def test_a_figure_in_the_label_holds_for_the_years_of_all_columns() -> None:
    found = statements(_plan(_row(("£m", "Planned surplus (1%)"), ("2014/15", "0.63"), ("2015/16", "0.64"))))
    assert found[0].quantity.unit is Unit.PERCENT
    assert found[0].years == ("2014/15", "2015/16")


def test_years_down_the_side_work_as_years_along_the_top() -> None:
    (found,) = statements(_plan(_row(("Year", "2014/15"), ("Running costs £ per head", "24.73"))))
    assert (found.quantity.low, found.quantity.unit, found.quantity.per) == (24.73, Unit.POUNDS, "head")
    assert found.years == ("2014/15",)
    assert "running costs" in found.subject


def test_deficits_in_brackets_are_negative() -> None:
    (found,) = statements(_plan(_row(("£000", "Surplus / (deficit)"), ("2014/15", "(1,200)"))))
    assert found.quantity.low == -1_200_000


def test_prose_is_read_sentence_by_sentence() -> None:
    text = "We plan a surplus of 1% in 2014/15. A contingency of half a per cent is held in 2015/16."
    first, second = statements(_plan(Block(0, BlockKind.PARAGRAPH, text, 1, ("Money",))))
    assert (first.subject, first.years, first.quantity.low) == ("surplus", ("2014/15",), 1.0)
    assert (second.subject, second.years, second.quantity.low) == ("contingency", ("2015/16",), 0.5)
