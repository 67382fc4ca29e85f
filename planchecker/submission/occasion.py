"""What a template is made for: whose plan, which years, which checklist, and text from a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from planchecker import errors
from planchecker.checklist import Checklist

DEFAULT_YEARS = "2014/15 to 2018/19"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d)(?!\d)")
_MOST_YEARS = 7  # columns that a table of figures has room for


@dataclass(frozen=True, slots=True)
class Quote:
    """Text of a draft, and where it stands there."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What a draft offers for one answer.

    Attributes:
        quotes: its own words, best first.
        lacking: what they do not yet say.
    """

    quotes: tuple[Quote, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a template is made for.

    Attributes:
        checklist: the checklist whose features are asked for.
        years: the financial years, in order, each such as "2014/15".
        unit: the unit of planning, or "".
        draft: name of the draft that answers are taken from, or "".
        fillings: text for answers, by id of the feature or question.
    """

    checklist: Checklist
    years: tuple[str, ...]
    unit: str = ""
    draft: str = ""
    fillings: Mapping[str, Filling] = field(default_factory=dict, hash=False)

    def say(self, text: str) -> str:
        """Text of a kind with unit, years and checklist filled in.

        Raises:
            TemplateError: the text is not right Jinja2.
        """
        years = self.years[0] if len(self.years) == 1 else f"{self.years[0]} to {self.years[-1]}"
        try:
            template = SandboxedEnvironment(undefined=StrictUndefined).from_string(text)
            return template.render(unit=self.unit, years=years, checklist=self.checklist)
        except TemplateError as error:
            problem = f"“{text}” cannot be filled in ({error})"
            raise errors.TemplateError("template", None, "", problem, "Strategic plan {{ years }}") from error


def financial_years(text: str) -> tuple[str, ...]:
    """All financial years from the first to the last named: "2014/15 to 2018/19" is five.

    Raises:
        UsageError: these are no financial years, or too many.
    """
    found = [(int(start), end) for start, end in _YEAR.findall(text)]
    first, last = (found[0][0], found[-1][0]) if found else (0, -1)
    right = all((start + 1) % 100 == int(end) for start, end in found)
    if not right or not 0 <= last - first < _MOST_YEARS:
        raise errors.UsageError(
            f"“{text}” is not a run of one to {_MOST_YEARS} financial years; "
            f"write them as in --years “{DEFAULT_YEARS}”."
        )
    return tuple(f"{year}/{(year + 1) % 100:02}" for year in range(first, last + 1))
