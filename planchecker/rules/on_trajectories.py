"""How a plan stands to a rule that asks for a baseline, a target and their years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planchecker.figures.quantity import Role, Unit
from planchecker.figures.statement import Statement
from planchecker.rules.on_figures import Found
from planchecker.rules.rule import Measure, Rule, TrajectoryAsked, Way
from planchecker.rules.sightings import Sighting
from planchecker.rules.standing import is_elsewhere
from planchecker.rules.terms import terms_of
from planchecker.rules.years import nearby, when
from planchecker.scrutiny import Ruling

_NOUNS = ("", "years", "admissions", "responses", "points", "score")
_WORDY = 6
_FIRST_PLANNED = "2014/15"


@dataclass(frozen=True, slots=True)
class _Point:
    statement: Statement
    value: float
    year: str  # the last year it holds for, or "" where none is named


def rule_on_trajectory(
    rule: Rule, asked: TrajectoryAsked, sightings: Sequence[Sighting], years: Sequence[str]
) -> Found:
    """Whether baseline and target are there, and whether the target is better."""
    points = [
        _Point(one, one.quantity.low, max(when(one, years).years, default=""))
        for sighting in sightings
        for one in sighting.statements
        if _is_level(one, asked, rule.measure)
    ]
    name = rule.measure.name
    targets = [point for point in points if _is_target(point, years)]
    baselines = [point for point in points if point not in targets and not _is_aim(point)]
    if targets and baselines:
        return _direction(rule, asked, baselines, targets)
    if targets:
        target = targets[-1]
        why = f"The plan aims at {target.statement.quantity.text} for {target.year} but states no baseline."
        return Found(Ruling.CANNOT_TELL, why, (target.statement.quote,))
    if baselines:
        why = f"The plan states where the {name} stands ({baselines[0].statement.quantity.text}) but no dated target."
        return Found(Ruling.NOT_FOUND, why, (baselines[0].statement.quote,))
    left_open = [sighting for sighting in sightings if sighting.is_open]
    if left_open:
        return Found(Ruling.NOT_FOUND, f"The plan leaves the {name} to be filled in.", (left_open[0].quote,))
    spoken = [sighting for sighting in sightings if not sighting.by_heading]
    if spoken:
        why = f"The plan speaks of the {name} but states no level for it."
        return Found(Ruling.NOT_FOUND, why, (spoken[0].quote,))
    return Found(Ruling.NOT_FOUND, f"No passage of the plan speaks of the {name}.")


def _is_level(statement: Statement, asked: TrajectoryAsked, measure: Measure) -> bool:
    """Whether a figure can be a level of the measure; in a wordy cell only one that its marks stand beside."""
    quantity = statement.quantity
    plain = quantity.unit is Unit.COUNT and not quantity.is_range and quantity.role is not Role.BY
    if not plain or not asked.low <= quantity.low <= asked.high or is_elsewhere(statement):
        return False
    if not quantity.per and quantity.noun not in _NOUNS:
        return False
    aside = statement.in_table and quantity.start > 0 and len(nearby(statement)[0].split()) > _WORDY
    return not aside or bool(quantity.per) or terms_of(measure.marks).within(nearby(statement)[0])


def _is_target(point: _Point, years: Sequence[str]) -> bool:
    """A level for a year of the plan; its first year may also be where it starts from."""
    return point.year >= max(_FIRST_PLANNED, years[0]) and point.statement.quantity.role is not Role.FROM


def _is_aim(point: _Point) -> bool:
    """The end of a change whose year is not named is no baseline."""
    return point.statement.quantity.role is Role.TO


def _direction(
    rule: Rule, asked: TrajectoryAsked, baselines: Sequence[_Point], targets: Sequence[_Point]
) -> Found:
    """The last target against the baseline that it can be compared with: the same row or sentence first."""
    target = max(targets, key=lambda point: point.year)
    same = [point for point in baselines if point.statement.quote == target.statement.quote]
    baseline = (same or list(baselines))[0]
    quotes = tuple(dict.fromkeys((baseline.statement.quote, target.statement.quote)))
    said = f"from {baseline.statement.quantity.text} to {target.statement.quantity.text} by {target.year}"
    if max(baseline.value, target.value) > 3 * min(baseline.value, target.value):
        return Found(Ruling.CANNOT_TELL, f"The plan's figures ({said}) are not on one scale.", quotes)
    change = target.value - baseline.value
    better = change < 0 if asked.way is Way.DOWN else change > 0
    if better:
        return Found(Ruling.AGREES, f"The plan goes {said}, which is an improvement.", quotes)
    if not same:
        why = f"The plan's figures ({said}) stand apart and show no improvement; look whether they belong together."
        return Found(Ruling.CANNOT_TELL, why, quotes)
    way = "lower" if asked.way is Way.DOWN else "higher"
    return Found(
        Ruling.DIFFERS, f"The plan goes {said}, where {way} is better: no improvement is planned.", quotes
    )
