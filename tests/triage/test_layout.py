"""Names of reports: safe everywhere, no two alike, the same on every run."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from planchecker.triage.layout import report_names


def test_a_plain_name_stays_readable() -> None:
    (place,) = report_names(["north/Plan v0.7.docx"]).values()
    assert place == "reports/north--Plan-v0.7.docx.html"


def test_names_that_would_meet_are_told_apart() -> None:
    places = report_names(["a/b.md", "a--b.md", "A/B.md"])
    assert len({place.casefold() for place in places.values()}) == 3


@given(st.lists(st.text(min_size=1, max_size=300), unique=True, max_size=5))
def test_every_name_has_a_safe_place_of_its_own(names: list[str]) -> None:
    places = list(report_names(names).values())
    assert len({place.casefold() for place in places}) == len(names)
    for place in places:
        folder, file = PurePosixPath(place).parts
        assert folder == "reports"
        assert file.isascii()
        assert not file.startswith((".", "-"))
        assert len(file) < 130
