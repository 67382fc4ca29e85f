"""A dated rule as data: what it measures, what it asks, for when, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planchecker.scrutiny import Certainty


class Bound(StrEnum):
    """How a stated figure must stand to the one that is asked."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    UP_TO = "up to"


class Way(StrEnum):
    """Which way a measure has to move to get better."""

    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a rule is about, and the words that mark it in a plan.

    A term is a word or phrase in any case; a space matches a hyphen, `*` any ending, and an apostrophe or a plural
    counts only where it is written.

    Attributes:
        id: what rules call it.
        name: its name in a sentence ("surplus").
        marks: terms that mark it; one must stand in the sentence, the row or the nearest heading.
        context: terms of which one must stand in the sentence, the row or its headings, if any are given.
        sure: terms without which only an equal figure counts: the marks alone may mean something else.
        never: terms that show that something else is meant.
        own: only the plan's own organisations can state it; a trust's surplus is not the plan's.
    """

    id: str
    name: str
    marks: tuple[str, ...]
    context: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """A figure that the plan should state.

    Attributes:
        value: the figure, in the unit (pounds, per cent); of a range its lower end.
        to: the upper end of a range, else equal to `value`.
        unit: "%", "£", "count", "days", with "/head" and the like behind it.
        bound: how the plan's figure must stand to it.
        tolerance: how far off it may be, in the same unit, and still agree.
        change: the figure is a change (a cut of a tenth), not a level.
        nouns: for a count, the nouns that may follow it.
        neighbours: figures of sister rules under the same words, never held against the plan.
        national: the figure is a national one, so a national statement counts.
    """

    value: float
    to: float
    unit: str
    bound: Bound = Bound.EXACTLY
    tolerance: float = 0.0
    change: bool = False
    nouns: tuple[str, ...] = ()
    neighbours: tuple[float, ...] = ()
    national: bool = False


@dataclass(frozen=True, slots=True)
class TrajectoryAsked:
    """A baseline, a target and their years, the target better than the baseline.

    Attributes:
        way: which way is better.
        low: the smallest figure that can be meant.
        high: the largest.
    """

    way: Way
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StatedAsked:
    """Any figure of a unit between two others will do; silence is the gap."""

    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SubjectAsked:
    """No figure is asked; the plan should raise the subject."""


@dataclass(frozen=True, slots=True)
class DateAsked:
    """A day on or before which something is due."""

    day: date


Asked = FigureAsked | TrajectoryAsked | StatedAsked | SubjectAsked | DateAsked


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule.

    Attributes:
        id: such as "surplus-2014-15".
        title: the rule in a few words.
        text: the rule in a sentence.
        year: financial year it holds for ("2014/15"), or "" where it holds throughout.
        measure: what it is about.
        asked: what it asks, alternatives after the first: meeting one is enough.
        source: where it comes from.
        certainty: how sure it is.
    """

    id: str
    title: str
    text: str
    year: str
    measure: Measure
    asked: tuple[Asked, ...]
    source: str
    certainty: Certainty

    @property
    def asks_figures(self) -> bool:
        """True for a rule that asks for a figure."""
        return isinstance(self.asked[0], FigureAsked)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A file of rules.

    Attributes:
        id: what the file is called.
        title: its name in words.
        about: where the rules come from and how far they can be leaned on.
        organisations: terms of which one must stand in a plan that is held to them, if any are given.
        years: first and last financial year of the plans they are for; a plan that says that it is for other years
            is not held to them.
        rules: the rules.
    """

    id: str
    title: str
    about: str
    organisations: tuple[str, ...]
    years: tuple[str, ...]
    rules: tuple[Rule, ...]
