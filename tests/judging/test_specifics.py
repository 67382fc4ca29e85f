"""Concrete details in the field's own forms."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Specific
from planchecker.judging.specifics import details, kinds_of_detail

DATE, MONEY, PERCENT, NUMBER = Specific.DATE, Specific.MONEY, Specific.PERCENT, Specific.NUMBER
OWNER, MECHANISM, PROGRAMME = Specific.OWNER, Specific.MECHANISM, Specific.PROGRAMME

PHRASES: dict[str, set[Specific]] = {
    # dates and financial years
    "2015/16": {DATE},
    "2014-15": {DATE},
    "2014–15": {DATE},
    "2014/2015": {DATE},
    "FY15": {DATE},
    "FY 14/15": {DATE},
    "Q2": {DATE},
    "Q3 2014/15": {DATE},
    "by March 2016": {DATE},
    "in May 2015": {DATE},
    "from April": {DATE},
    "by the end of March": {DATE},
    "by 2018": {DATE},
    "30 June 2014": {DATE},
    "1st April 2015": {DATE},
    "31 March": {DATE},
    "31/03/2015": {DATE},
    "spring 2015": {DATE},
    "mid-2015": {DATE},
    "within five years": {DATE},
    "within the next 18 months": {DATE},
    "over the next three years": {DATE},
    "from 2013/14 to 2018/19": {DATE},
    "the end of 2018/19": {DATE},
    "year two": {DATE},
    # money
    "£6.6m": {MONEY},
    "£30bn": {MONEY},
    "£20k": {MONEY},
    "£480,000": {MONEY},
    "£1.2 million": {MONEY},
    "£2m-£3m": {MONEY},
    "£5 a head": {MONEY},
    "£5 per head": {MONEY},
    # shares
    "20 per cent": {PERCENT},
    "20%": {PERCENT},
    "20-25%": {PERCENT},
    "10–15 per cent": {PERCENT},
    "3.2 per cent": {PERCENT},
    "2.5 percentage points": {PERCENT},
    "ninety-five per cent": {PERCENT},
    "half of one per cent": {PERCENT},
    "a fifth": {PERCENT},
    "two-thirds": {PERCENT},
    "four in five": {PERCENT},
    "nine out of ten": {PERCENT},
    "1 in 4": {PERCENT},
    # numbers
    "15-30 centres": {NUMBER},
    "15 to 30 centres": {NUMBER},
    "420 admissions": {NUMBER},
    "1,200 people": {NUMBER},
    "thirty beds": {NUMBER},
    "forty-two practices": {NUMBER},
    "0.5 WTE": {NUMBER},
    "18 weeks": {NUMBER},
    # owners
    "Dr Anne Patel": {OWNER},
    "Dr. Shah": {OWNER},
    "Mrs O'Neill": {OWNER},
    "Professor Green": {OWNER},
    "Director of Nursing": {OWNER},
    "the medical director": {OWNER},
    "Chief Finance Officer": {OWNER},
    "Accountable Officer": {OWNER},
    "Head of Quality": {OWNER},
    "SRO: Jane Smith": {OWNER},
    "led by Dr Jones": {OWNER},
    "chaired by the Director of Finance": {OWNER},
    "lead GP": {OWNER},
    "Clinical lead": {OWNER},
    "named nurse": {OWNER},
    # mechanisms and programmes
    "CQUIN": {MECHANISM},
    "section 75 agreement": {MECHANISM},
    "pooled budget": {MECHANISM},
    "service specification": {MECHANISM},
    "a quarterly audit": {MECHANISM},
    "Better Care Fund": {PROGRAMME},
    "Living Well Programme": {PROGRAMME},
    "‘Staying Steady’": {PROGRAMME},
    # together
    "90 per cent of 1,400 patients by June 2015": {PERCENT, NUMBER, DATE},
    "Dr Shah will pool £6.6m from April 2015": {OWNER, MONEY, DATE},
    # none of it
    "We may": set(),
    "We may march on": set(),
    "may": set(),
    "March": set(),
    "section 5": set(),
    "see section 5": set(),
    "(see Appendix 3)": set(),
    "in Table 9": set(),
    "page 12": set(),
    "A&E": set(),
    "F12": set(),
    "one thing": set(),
    "all practices": set(),
    "the registered list": set(),
    # what only looks like it
    "Mental Capacity Act 2005": set(),
    "This will lead to better care": set(),
    "a directory of services": set(),
    "financial headroom": set(),
    "the heading of this chapter": set(),
    "spending per head": set(),
    "The Board will meet": set(),
    "Our Plan says": set(),
    "dial NHS 111": set(),
    "": set(),
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_a_phrase_shows(phrase: str) -> None:
    assert kinds_of_detail(phrase) == PHRASES[phrase]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("It is ", "."), ("(", ")"), ("“", "”"), ("Target: ", "; then"), ("- ", ",")],
)
@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("2015/16", DATE),
        ("£6.6m", MONEY),
        ("20 per cent", PERCENT),
        ("420 admissions", NUMBER),
        ("Dr Shah", OWNER),
    ],
)
def test_a_detail_is_seen_wherever_it_stands(phrase: str, kind: Specific, before: str, after: str) -> None:
    assert kind in kinds_of_detail(before + phrase + after)


@pytest.mark.parametrize("kind", [DATE, MONEY, PERCENT, NUMBER, OWNER, MECHANISM, PROGRAMME])
def test_every_kind_is_known(kind: Specific) -> None:
    assert any(kind in kinds for kinds in PHRASES.values())


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(list(PHRASES)), max_size=5).map(" and ".join))
)
def test_details_stand_where_they_say_in_order_and_apart(text: str) -> None:
    found = details(text)
    assert all(text[d.start : d.end] == d.text and d.text for d in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert kinds_of_detail(text) == {d.kind for d in found}


@given(st.integers(2000, 2030), st.sampled_from("/-–"), st.booleans())
def test_a_financial_year_is_never_a_number(year: int, mark: str, short: bool) -> None:
    following = str(year + 1)[2:] if short else str(year + 1)
    assert kinds_of_detail(f"in {year}{mark}{following} we") == {DATE}


@given(st.integers(0, 10**9), st.sampled_from(["", "m", "bn", "k", " million"]))
def test_a_sum_of_money_is_never_a_number(amount: int, unit: str) -> None:
    assert kinds_of_detail(f"some £{amount:,}{unit} in all") == {MONEY}
