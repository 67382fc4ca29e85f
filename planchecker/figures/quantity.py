"""A quantity as a plan states it: its value, unit and place, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a quantity is measured in; `Quantity.per` holds what it is divided by."""

    PERCENT = "%"
    POINTS = "percentage points"
    POUNDS = "£"
    STAFF = "WTE"  # whole-time equivalents
    COUNT = ""  # a plain number; `Quantity.noun` says of what


class Comparator(StrEnum):
    """How the stated value bounds the quantity."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at least"
    UP_TO = "up to"
    MORE_THAN = "more than"
    LESS_THAN = "less than"


class Role(StrEnum):
    """What the value is: a level, one end of a change, or the change itself."""

    LEVEL = "level"
    FROM = "from"  # the start of a change: "from 58 to 67 per cent"
    TO = "to"  # the end of one, or an aim: "to 67 per cent"
    BY = "by"  # the change itself: "falls by a tenth"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        low: the value, or the lower end of a range: pounds, per cent, people (never thousands or millions).
        high: the upper end of a range; equals `low` for a single value.
        unit: what it is measured in.
        per: what it is divided by: "head", "100,000", "1,000", "year", or "".
        noun: for a count, the noun that follows, such as "centres"; else "".
        comparator: how the value bounds the quantity.
        role: level, or start, end or size of a change.
        about: the words nearest to it that say what it measures, in small letters, or "".
        text: its words in the text.
        start: where they begin in the text, in characters from 0.
        end: where they end.
    """

    low: float
    high: float
    unit: Unit
    per: str = ""
    noun: str = ""
    comparator: Comparator = Comparator.EXACTLY
    role: Role = Role.LEVEL
    about: str = ""
    text: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_range(self) -> bool:
        """True for "15 to 30"."""
        return self.low != self.high

    def fits(self, value: float, tolerance: float = 0.0) -> bool:
        """Whether a value lies in the quantity's range, widened by a tolerance in the same unit."""
        return self.low - tolerance - 1e-9 <= value <= self.high + tolerance + 1e-9
