"""How a plan stands to a rule that asks for a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planchecker.figures.quantity import Comparator, Quantity, Role, Unit
from planchecker.figures.statement import Statement
from planchecker.rules.rule import Bound, FigureAsked, Rule, StatedAsked
from planchecker.rules.sightings import Sighting
from planchecker.rules.standing import why_not_the_plans
from planchecker.rules.years import When, when
from planchecker.scrutiny import Quote, Ruling

_SAME_ORDER = 10.0  # a figure more than ten times the one that is asked measures something else


@dataclass(frozen=True, slots=True)
class Considered:
    """A figure of the plan held against a rule.

    Attributes:
        statement: the figure.
        ruling: AGREES or DIFFERS, or CANNOT_TELL where it is not comparable.
        why_not: what keeps it from being compared, as the end of a sentence, or "".
        strength: how surely it is said of the rule's measure and year; the surest decide.
    """

    statement: Statement
    ruling: Ruling
    why_not: str = ""
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule's looking-up came to: a ruling, its reason in a sentence, and the plan's own words."""

    ruling: Ruling
    why: str
    quotes: tuple[Quote, ...] = ()


def rule_on_figures(rule: Rule, sightings: Sequence[Sighting], years: Sequence[str]) -> Found:
    """Whether the plan's figures agree with those asked; the surest statements decide."""
    considered = considered_figures(rule, sightings, years)
    decisive = [one for one in considered if one.ruling is not Ruling.CANNOT_TELL]
    if not decisive:
        return _undecided(rule, sightings, considered)
    top = max(one.strength for one in decisive)
    surest = [one for one in decisive if one.strength == top]
    rulings = {one.ruling for one in surest}
    quotes = _quotes(surest)
    if len(rulings) > 1:
        agreeing, differing = (
            next(one.statement.quantity.text for one in surest if one.ruling is ruling)
            for ruling in (Ruling.AGREES, Ruling.DIFFERS)
        )
        why = f"The plan states both {agreeing} and {differing}{_for(rule)}; only one can be meant."
        return Found(Ruling.CANNOT_TELL, why, quotes)
    said = f"The plan states {surest[0].statement.quantity.text}{_for(rule)}"
    if rulings == {Ruling.DIFFERS}:
        return Found(Ruling.DIFFERS, f"{said}, where {asked_words(rule)} is asked.", quotes)
    rounded = "" if _is_met(rule, surest[0].statement.quantity) else ", which this meets within rounding"
    return Found(Ruling.AGREES, f"{said}; {asked_words(rule)} is asked{rounded}.", quotes)


def _is_met(rule: Rule, quantity: Quantity) -> bool:
    """Whether a figure that agrees does so without its tolerance."""
    strict = (replace(asked, tolerance=0.0) for asked in rule.asked if isinstance(asked, FigureAsked))
    return any(
        _unit(quantity) == asked.unit and compare(asked, quantity) is Ruling.AGREES for asked in strict
    )


def rule_on_any_figure(
    rule: Rule, asked: StatedAsked, sightings: Sequence[Sighting], years: Sequence[str]
) -> Found:
    """Whether the plan states any figure of the unit for the rule's year; the largest that names the year is quoted."""
    fitting = [
        (when(statement, years).named, statement.quantity.high, statement)
        for sighting in sightings
        for statement in sighting.statements
        if _unit(statement.quantity) == asked.unit
        and asked.low <= statement.quantity.low <= asked.high
        and when(statement, years).holds_for(rule.year)
        and not why_not_the_plans(statement, rule.measure)
    ]
    if not fitting:
        return _undecided(rule, sightings, ())
    best = max(fitting, key=lambda one: one[:2])[2]
    return Found(Ruling.AGREES, f"The plan states {best.quantity.text}{_for(rule)}.", (best.quote,))


def considered_figures(rule: Rule, sightings: Sequence[Sighting], years: Sequence[str]) -> list[Considered]:
    """Every figure of the sightings held against the rule, in reading order."""
    return [
        _consider(rule, statement, sighting, years)
        for sighting in sightings
        for statement in sighting.statements
    ]


def _consider(rule: Rule, statement: Statement, sighting: Sighting, years: Sequence[str]) -> Considered:
    outcomes = [
        _against(rule, asked, statement, sighting, years)
        for asked in rule.asked
        if isinstance(asked, FigureAsked)
    ]
    order = (Ruling.AGREES, Ruling.DIFFERS, Ruling.CANNOT_TELL)
    return min(outcomes, key=lambda one: order.index(one.ruling))


def _against(
    rule: Rule, asked: FigureAsked, statement: Statement, sighting: Sighting, years: Sequence[str]
) -> Considered:
    """One figure held against one asked, or why it cannot be."""
    quantity, holds = statement.quantity, when(statement, years)
    why_not = next(_obstacles(rule, asked, statement, sighting, holds, years), "")
    if why_not:
        return Considered(statement, Ruling.CANNOT_TELL, why_not)
    ruling = compare(asked, quantity)
    strength = 2 * holds.named - sighting.by_heading
    if ruling is Ruling.DIFFERS and any(quantity.fits(value, asked.tolerance) for value in asked.neighbours):
        return Considered(statement, Ruling.CANNOT_TELL, "is the figure of a sister rule")
    if not sighting.sure and (ruling is Ruling.DIFFERS or not quantity.fits(asked.value, asked.tolerance)):
        return Considered(statement, Ruling.CANNOT_TELL, "may measure something else")
    if ruling is Ruling.DIFFERS and asked.value == 0:
        return Considered(statement, Ruling.CANNOT_TELL, "may count what happened, not what is planned")
    if ruling is Ruling.CANNOT_TELL:
        return Considered(statement, ruling, "bounds the figure without settling it")
    return Considered(statement, ruling, strength=strength)


def _obstacles(
    rule: Rule,
    asked: FigureAsked,
    statement: Statement,
    sighting: Sighting,
    holds: When,
    years: Sequence[str],
) -> Iterator[str]:
    quantity = statement.quantity
    if _unit(quantity) != asked.unit:
        yield f"is not in {unit_words(asked.unit)}"
    if asked.change is not (quantity.role is Role.BY):
        yield "is a level, not a change" if asked.change else "is a change, not a level"
    if asked.nouns and quantity.noun not in asked.nouns:
        yield "counts something else"
    if asked.value != asked.to and not quantity.is_range:
        yield "is not a range"
    if not holds.holds_for(rule.year):
        yield f"is not for {rule.year}"
    if not holds.named and rule.year not in ("", years[0]):
        yield f"does not say that it is for {rule.year}"
    if holds.named == 2 and not rule.year and all(year < "2014/15" for year in holds.years):
        yield "is for a year before the plan"
    if sighting.is_open and quantity.low == 0:
        yield "is a placeholder"
    if asked.value and abs(quantity.high) > _SAME_ORDER * asked.value:
        yield "is of another order"
    if why := why_not_the_plans(statement, rule.measure, national=asked.national):
        yield why


def compare(asked: FigureAsked, quantity: Quantity) -> Ruling:
    """How a figure stands to the one that is asked, in the same unit."""
    low, high, slack = quantity.low, quantity.high, asked.tolerance + 1e-9
    if asked.value != asked.to or asked.bound is Bound.EXACTLY:
        same = abs(low - asked.value) <= slack and abs(high - asked.to) <= slack
        return Ruling.AGREES if same else Ruling.DIFFERS
    if asked.bound is Bound.AT_LEAST:
        if high < asked.value - slack:
            return Ruling.CANNOT_TELL if quantity.comparator is Comparator.MORE_THAN else Ruling.DIFFERS
        settled = low >= asked.value - slack and quantity.comparator not in (
            Comparator.UP_TO,
            Comparator.LESS_THAN,
        )
        return Ruling.AGREES if settled else Ruling.CANNOT_TELL
    if low > asked.value + slack:
        return Ruling.CANNOT_TELL if quantity.comparator is Comparator.LESS_THAN else Ruling.DIFFERS
    settled = high <= asked.value + slack and quantity.comparator not in (
        Comparator.AT_LEAST,
        Comparator.MORE_THAN,
    )
    return Ruling.AGREES if settled else Ruling.CANNOT_TELL


def _undecided(rule: Rule, sightings: Sequence[Sighting], considered: Sequence[Considered]) -> Found:
    """Nothing comparable: why, with the nearest that there is."""
    name = rule.measure.name
    left_open = [sighting for sighting in sightings if sighting.is_open and not sighting.by_heading]
    if left_open:
        why = f"The plan leaves the {name} to be confirmed."
        return Found(Ruling.NOT_FOUND, why, (left_open[0].quote,))
    units = {asked.unit for asked in rule.asked if isinstance(asked, FigureAsked)}
    near = [one for one in considered if _unit(one.statement.quantity) in units]
    if near:
        first = near[0]
        why = f"The plan's {first.statement.quantity.text} {first.why_not}, so it is not compared."
        return Found(Ruling.CANNOT_TELL, why, _quotes(near[:2]))
    spoken = [sighting for sighting in sightings if sighting.sure and not sighting.by_heading]
    if spoken:
        spoken.sort(key=lambda sighting: not sighting.statements)
        unit = f" in {unit_words(next(iter(units)))}" if len(units) == 1 else ""
        why = f"The plan speaks of the {name} but gives no figure{unit} for it{_for(rule)}."
        return Found(Ruling.CANNOT_TELL, why, (spoken[0].quote,))
    return Found(Ruling.NOT_FOUND, f"No passage of the plan states the {name}.")


def _quotes(considered: Sequence[Considered], limit: int = 3) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(one.statement.quote for one in considered))[:limit]


def _unit(quantity: Quantity) -> str:
    unit = quantity.unit.value if quantity.unit is not Unit.COUNT else "count"
    return f"{unit}/{quantity.per}" if quantity.per else unit


def unit_words(unit: str) -> str:
    """A unit as a sentence says it."""
    return {"%": "per cent", "£": "pounds", "£/head": "pounds a head", "count": "a plain number"}.get(
        unit, unit.replace("count/", "a number per ")
    )


def asked_words(rule: Rule) -> str:
    """What the rule asks, such as "at least 1 per cent"."""
    return " or ".join(_asked_words(asked) for asked in rule.asked if isinstance(asked, FigureAsked))


def _asked_words(asked: FigureAsked) -> str:
    value = f"{asked.value:g}" if asked.unit[0] != "£" else f"£{asked.value:,.2f}".removesuffix(".00")
    if asked.to != asked.value:
        value = f"{value} to {asked.to:g}"
    value = f"{value} per cent" if asked.unit == "%" else value
    value = f"{value} a head" if asked.unit.endswith("/head") else value
    bound = "" if asked.bound is Bound.EXACTLY else f"{asked.bound.value} "
    return f"a change of {bound}{value}" if asked.change else f"{bound}{value}"


def _for(rule: Rule) -> str:
    return f" for {rule.year}" if rule.year else ""
