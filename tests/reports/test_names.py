"""What reports are called, whatever the plan is called."""

from __future__ import annotations

import pytest

from planchecker.reports.names import report_stem


@pytest.mark.parametrize(
    ("plan", "stem"),
    [
        ("drafts/Five year plan v0.7.docx", "Five year plan v0.7"),
        ("Cynllun gofal Môn.docx", "Cynllun gofal Môn"),
        ("=1+1.docx", "=1+1"),
        ("a" * 251 + ".md", "a" * 120),
        ("計" * 80 + ".md", "計" * 40),
        ("bad\udcff.md", "bad?"),
        ("", "plan"),
    ],
)
def test_it_is_the_plans_own_name_as_far_as_any_system_keeps_it(plan: str, stem: str) -> None:
    assert report_stem(plan) == stem
