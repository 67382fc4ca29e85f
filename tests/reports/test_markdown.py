from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planchecker.reports.markdown import as_markdown, plain, write_markdown
from tests.reports.everything import everything
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, HOSTILE, RESULT

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def test_golden() -> None:
    assert_golden("gap-report.md", as_markdown(everything()))


def test_every_feature_has_its_heading() -> None:
    html = _MARKDOWN.render(as_markdown(RESULT))
    for feature in RESULT.features:
        assert re.search(rf"<h3>{feature.id} .*</h3>", html)


def test_hostile_text_stays_text() -> None:
    assert HOSTILE[:12] in str(RESULT.to_dict()), "the sample must hold it for this test to mean anything"
    html = _MARKDOWN.render(as_markdown(everything()))
    assert "<script" not in html
    assert "alert" in html


@given(st.text(max_size=80))
def test_any_text_is_one_paragraph_of_text(text: str) -> None:
    html = _MARKDOWN.render(f"x {plain(text)} x")
    assert html.startswith("<p>x ")
    assert "<" not in html.removeprefix("<p>").removesuffix("</p>\n")


def test_accepted_gaps_stand_apart() -> None:
    text = as_markdown(everything())
    assert "Gaps that the team has accepted" in text
    assert "Acceptances that no longer apply" in text


def test_a_plan_without_gaps(tmp_path: Path) -> None:
    write_markdown(FLAWLESS, tmp_path / "r.md")
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "1 of 1 features met" in text
    assert "Beyond the checklist" not in text
