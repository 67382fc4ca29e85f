from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.matching.expansions import expansions, long_form
from planchecker.plan import Block, BlockKind, Cell


def _block(text: str) -> Block:
    return Block(0, BlockKind.PARAGRAPH, text)


@pytest.mark.parametrize(
    ("text", "acronym", "meaning"),
    [
        ("Through the Better Care Fund (BCF) we pool.", "BCF", "Better Care Fund"),
        (
            "Quality, innovation, productivity and prevention (QIPP) saves.",
            "QIPP",
            "Quality, innovation, productivity and prevention",
        ),
        ("The JSNA (joint strategic needs assessment) says so.", "JSNA", "joint strategic needs assessment"),
        ("BCF: better care fund", "BCF", "better care fund"),
        ("Service development plans (SDPs) are signed.", "SDP", "Service development plans"),
    ],
)
def test_the_forms_in_which_acronyms_are_written_out(text: str, acronym: str, meaning: str) -> None:
    (found,) = expansions(_block(text))
    assert (found.acronym, found.meaning, found.exact) == (acronym, meaning, True)


def test_a_glossary_row_writes_out_even_freely() -> None:
    cells = (Cell("Term", "QIPP"), Cell("Meaning", "Quality savings programme"))
    (found,) = expansions(Block(3, BlockKind.TABLE_ROW, "QIPP | Quality savings programme", cells=cells))
    assert (found.acronym, found.exact) == ("QIPP", False)


@pytest.mark.parametrize(
    "text", ["SRO: Director of Strategy", "The chair (JSNA) spoke.", "SMT. PMO. RAG (red)."]
)
def test_what_is_no_expansion(text: str) -> None:
    assert not list(expansions(_block(text)))


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True), min_size=3, max_size=6))
def test_first_letters_are_always_found_again(words: list[str]) -> None:
    acronym = "".join(word[0] for word in words)
    found = long_form(acronym, "We use the " + " ".join(words))
    assert found
    assert " ".join(words).endswith(found)
