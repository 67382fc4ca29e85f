from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planchecker.consistency.tables import tables
from planchecker.consistency.totals import WRONG_TOTAL, totals
from planchecker.figures.statements import statements
from planchecker.scrutiny import Slip
from tests.consistency.made import plan_with, table


def _slips(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[Slip]:
    plan = plan_with(*table(header, *rows))
    return list(totals(tables(plan, statements(plan))))


def test_a_total_that_is_not_the_sum_of_its_column() -> None:
    (slip,) = _slips(
        ("Scheme", "£m"), ("Clinics", "1.2"), ("Homes", "2.3"), ("Drugs", "0.5"), ("Total", "4.2")
    )
    assert (slip.kind, slip.quiet) == (WRONG_TOTAL, False)
    assert slip.message.startswith("The total in '£m' is given as 4.2, but its 3 parts come to 4:")
    assert slip.quotes[0].text == "Scheme: Total; £m: 4.2"


def test_a_total_at_the_end_of_a_row() -> None:
    (slip,) = _slips(
        ("Ward", "Men", "Women", "Total"),
        ("North", "1,200", "1,300", "2,500"),
        ("South", "900", "1,000", "1,950"),
    )
    assert "1,950" in slip.message
    assert "1,900" in slip.message


def test_rounded_parts_may_miss_their_total_by_a_rounding() -> None:
    assert not _slips(("£m", "2014/15"), ("A", "1.3"), ("B", "1.3"), ("C", "1.3"), ("Total", "4.0"))


def test_a_part_of_a_part_is_not_added_twice() -> None:
    assert not _slips(
        ("£m", "2014/15"), ("A", "4.3"), ("of which new", "1.3"), ("B", "1.4"), ("Total", "5.7")
    )


def test_what_cannot_be_added_is_left_alone() -> None:
    assert not _slips(("Ward", "Rate %"), ("A", "4%"), ("B", "6%"), ("Total", "5%"))
    assert not _slips(("£m", "2014/15"), ("A", "4.3"), ("B", "TBC"), ("Total", "9.9"))
    assert not _slips(("£m", "2014/15"), ("A", "4.3"), ("B", "1 to 2"), ("Total", "5.9"))
    assert not _slips(("£m", "2014/15"), ("A", "4.3"), ("Total resource", "205.9"))


def test_a_sum_far_off_in_a_table_that_proves_nothing_is_quiet() -> None:
    (slip,) = _slips(("£m", "2014/15"), ("A", "4.3"), ("B", "1.4"), ("Total", "7.9"))
    assert slip.quiet


@given(st.lists(st.integers(1, 90_000), min_size=3, max_size=12), st.integers(1, 400))
def test_right_totals_are_never_blamed_and_wrong_ones_always(parts: list[int], error: int) -> None:
    rows = [(f"Ward {chr(65 + at)}", f"{part:,}") for at, part in enumerate(parts)]
    assert not _slips(("Ward", "People"), *rows, ("Total", f"{sum(parts):,}"))
    if error < sum(parts) / 2:
        assert _slips(("Ward", "People"), *rows, ("Total", f"{sum(parts) + error:,}"))
