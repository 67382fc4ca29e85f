"""Whose plan, for which unit of planning, of what date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.triage.metadata import dates_in, metadata_of
from tests.support import ROOT, prose


@pytest.mark.parametrize(
    ("line", "organisation"),
    [
        ("NHS Isle of Merrow CCG", "NHS Isle of Merrow CCG"),
        ("The plan of NHS Wennick Vale Clinical Commissioning Group", "NHS Wennick Vale CCG"),
        (
            "NHS Aldershaw CCG, NHS Cragholme and Dene CCG and NHS Tenterfold CCG (Millgate)",
            "NHS Aldershaw CCG; NHS Cragholme and Dene CCG; NHS Tenterfold CCG",
        ),
        ("NHS Fenwick CCG and again NHS Fenwick CCG", "NHS Fenwick CCG"),
        ("NHS England asks every CCG", ""),
        ("NHS staff in a CCG", ""),
    ],
)
def test_the_organisation_is_the_one_named_first(line: str, organisation: str) -> None:
    assert metadata_of(prose("Five year plan", line, "NHS Other CCG")).organisation == (
        organisation or "NHS Other CCG"
    )


def test_an_author_that_is_an_organisation_is_one_and_a_person_is_not() -> None:
    plan = prose("Five year plan", "Nothing more.")
    assert metadata_of(replace(plan, author="NHS Fenwick CCG")).organisation == "NHS Fenwick CCG"
    assert metadata_of(replace(plan, author="A Clerk")).organisation == ""


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("NHS A CCG and NHS B CCG (Millgate unit of planning)", "Millgate"),
        ("Unit of planning: North Lodeshire", "North Lodeshire"),
        ("Unit of planning | North Lodeshire", "North Lodeshire"),
        ("for its unit of planning", ""),
    ],
)
def test_the_unit_of_planning_is_found_where_it_is_named(line: str, unit: str) -> None:
    assert metadata_of(prose("Plan", line)).unit_of_planning == unit


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Draft v0.7 for governing body, 28 March 2014", "2014-03-28"),
        ("Working draft of 1st April 2014", "2014-04-01"),
        ("DRAFT 04/04/2014", "2014-04-04"),
        ("Final version, June 2014", "2014-06"),
        ("v0.83 for SMT, 2014-03-24", "2014-03-24"),
        ("Version 31.2.2014", ""),
        ("Draft of 31 June 2014", ""),
        ("Draft 2014/15", ""),
    ],
)
def test_the_date_is_that_of_the_draft(line: str, day: str) -> None:
    body = ["words"] * 7
    assert metadata_of(prose("Plan", line, *body, "Opened on 2 May 2013.")).draft_date == day


def test_a_line_about_the_draft_goes_before_another_date_on_the_title_page() -> None:
    plan = prose("Plan agreed on 2 May 2014", "Draft of 4 April 2014")
    assert metadata_of(plan).draft_date == "2014-04-04"


def test_dates_far_below_the_title_page_are_not_the_drafts() -> None:
    assert metadata_of(prose(*["words"] * 40, "Draft of 4 April 2014")).draft_date == ""


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read_in_every_form(day: date) -> None:
    for form in ("%d/%m/%Y", "%d %B %Y", "%d.%m.%Y", "%Y-%m-%d"):
        assert list(dates_in(f"draft of {day.strftime(form)}, second")) == [day.isoformat()]


@given(st.text(max_size=80))
def test_no_line_makes_it_stumble(line: str) -> None:
    metadata_of(prose(line, line.upper()))


def test_every_sample_plan_says_whose_it_is_and_when() -> None:
    from planchecker.reading import read

    files = sorted((ROOT / "corpus" / "plans").glob("*/plan.docx"))[:6]
    if not files:
        pytest.skip("no corpus here")
    for file in files:
        found = metadata_of(read(file))
        assert found.organisation.endswith("CCG"), file
        assert found.draft_date.startswith("2014-"), file
        assert found.saved.startswith("2014-"), file
