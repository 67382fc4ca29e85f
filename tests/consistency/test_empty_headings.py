from __future__ import annotations

from planchecker.consistency.empty_headings import empty_headings
from planchecker.plan import Block, BlockKind, Plan
from tests.consistency.made import plan_with


def _plan(*made: tuple[str, int], inferred: bool = False) -> Plan:
    """Headings with their level, and text where the level is 0; the first block is the title."""
    blocks = [Block(0, BlockKind.HEADING, "Our plan", level=1)]
    for number, (text, level) in enumerate(made, start=1):
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        blocks.append(Block(number, kind, text, level=level or None, inferred=inferred))
    return plan_with(*blocks)


def test_a_heading_followed_by_its_equal_or_by_nothing_is_empty() -> None:
    plan = _plan(("Research", 2), ("Innovation", 2), ("We adopt what works.", 0), ("Governance", 1))
    found = [slip.quotes[0].text for slip in empty_headings(plan)]
    assert found == ["Research", "Governance"]


def test_a_heading_over_a_smaller_one_is_not_empty_nor_is_a_divider() -> None:
    plan = _plan(
        ("Research", 1),
        ("Duties", 2),
        ("We promote it.", 0),
        ("Appendices", 1),
        ("Appendix A", 1),
        ("Text.", 0),
    )
    assert not list(empty_headings(plan))


def test_a_line_that_only_looks_like_a_heading_counts_where_it_is_numbered_and_quietly() -> None:
    plan = _plan(
        ("Dr Anne Patel, Chair", 2), ("4.2 Research", 2), ("4.3 Innovation", 2), ("Text.", 0), inferred=True
    )
    (slip,) = empty_headings(plan)
    assert slip.quotes[0].text == "4.2 Research"
    assert slip.quiet
