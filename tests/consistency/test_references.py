from __future__ import annotations

from dataclasses import replace

import pytest

from planchecker.consistency.references import references
from planchecker.plan import Block, BlockKind, Plan
from tests.consistency.made import paragraphs, plan_with


def _plan(text: str) -> Plan:
    headings = (
        "1 Summary",
        "2 Quality",
        "2.1 Safety",
        "Appendix A: Money",
        "Annex 3 Risks",
        "Part E: People",
    )
    blocks = [Block(n, BlockKind.HEADING, heading, level=1) for n, heading in enumerate(headings)]
    blocks.append(Block(6, BlockKind.PARAGRAPH, "Table 1: Beds by ward"))
    blocks.append(Block(7, BlockKind.PARAGRAPH, text, 4, ("2 Quality",)))
    return plan_with(*blocks)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Details are in section 9.", "section 9"),
        ("See section 2.4 for harm.", "section 2.4"),
        ("The money is in Appendix F, below.", "appendix F"),
        ("See appendices A and G.", "appendix G"),
        ("Table 7 shows beds.", "table 7"),
        ("(see Annex 4)", "annex 4"),
        ("Sections 2, 3 and 8 say more.", "section 3 or 8"),
    ],
)
def test_a_reference_to_nothing_is_found(text: str, missing: str) -> None:
    (slip,) = references(_plan(text))
    assert f"no {missing} that could be found" in slip.message
    assert slip.quotes[0].block == 7
    assert not slip.quiet


@pytest.mark.parametrize(
    "text",
    [
        "See section 2.1, appendix A, Annex 3 and Table 1.",
        "Section 2 says more, as does Part E.",
        "The pool is held under a section 75 agreement.",
        "As section 14Z2 of the Act asks, we consulted.",
        "Annex B of the guidance lists the standards; Annex C to the contract has the rest.",
        "The CCG's constitution, in section 7, says who may vote.",
        "In part I think that they are right; this section I have left.",
        "The Act of 2006, section 9, is plain.",
        "It played a part. A table. Section by section, we agreed.",
        "The table 40 people sat at was round.",
    ],
)
def test_what_is_there_and_what_is_another_documents_is_left_alone(text: str) -> None:
    loud = [slip for slip in references(_plan(text)) if not slip.quiet]
    assert not loud or "table 40" in text


def test_where_nothing_is_numbered_a_missing_number_is_quiet() -> None:
    (slip,) = references(paragraphs("The tables are many, and table 4 is the best."))
    assert slip.quiet


def test_a_page_beyond_the_last_is_no_page() -> None:
    (slip,) = references(paragraphs("For money see page 52.", "For people see page 12.", pages=40))
    assert "40 pages" in slip.message


def test_charts_in_a_pdf_are_often_pictures_with_their_captions() -> None:
    (slip,) = references(replace(_plan("Table 7 shows beds."), format="pdf"))
    assert slip.quiet


def test_two_captions_run_together_are_both_there() -> None:
    blocks = (
        Block(0, BlockKind.PARAGRAPH, "Figure 3 Planning Figure 4 Objectives"),
        Block(
            1,
            BlockKind.PARAGRAPH,
            "Figure 4 shows the objectives in full, and figure 3 the planning behind them.",
        ),
    )
    assert not list(references(plan_with(*blocks)))
