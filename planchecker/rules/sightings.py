"""Where a plan speaks of a measure, and which of its figures belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from planchecker.figures.statement import Statement
from planchecker.figures.statements import sentences
from planchecker.plan import Block, BlockKind, Plan
from planchecker.rules.rule import Measure
from planchecker.rules.terms import terms_of
from planchecker.rules.years import nearby, years_of_plan
from planchecker.scrutiny import Quote

_AFTER = 12  # a mark behind its figure is this much farther than one before it, in characters
_APART = 25  # "and" or a comma between a mark and a figure parts them this much
_NEVER = 1e9
_MOST_FIGURES = 60  # of a paragraph or row; more are no statement
_FAR = 160  # a figure farther from a mark than this is about something else
_PLACEHOLDER = re.compile(
    r"\bT\.?B\.?C\b|\bto be (?:confirmed|completed|supplied|inserted)\b|\bto follow\b|\bx+\.?x+\b|£x"
    r"|\[[^\]]*\b(?:not|insert|follow|supply|supplied)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sentence or table row that speaks of a measure.

    Attributes:
        quote: the sentence or the row, with its place.
        statements: the figures in it that belong to the measure.
        sure: True where one of the measure's `sure` terms stands in it, or it has none.
        by_heading: True where only the heading above it speaks of the measure.
    """

    quote: Quote
    statements: tuple[Statement, ...]
    sure: bool
    by_heading: bool = False

    @property
    def is_open(self) -> bool:
        """True where the plan leaves the matter to be confirmed or holds a placeholder."""
        return bool(_PLACEHOLDER.search(self.quote.text))


@dataclass
class Draft:
    """A plan made ready for looking things up: small letters and figures of each block, made once.

    Attributes:
        plan: the plan.
        measures: every measure that is looked for, as their marks compete for a figure.
        figures: all that the plan states, in reading order.
        years: the years the plan is for.
    """

    plan: Plan
    measures: Sequence[Measure]
    figures: Sequence[Statement]
    years: tuple[str, ...] = ()
    _blocks: list[tuple[Block, str]] = field(default_factory=list)
    _statements: dict[int, tuple[Statement, ...]] = field(default_factory=dict)
    _rivals: dict[tuple[int, str], tuple[Measure, ...]] = field(default_factory=dict)
    _sightings: dict[str, tuple[Sighting, ...]] = field(default_factory=dict)
    _zones: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.years = self.years or years_of_plan(self.plan)
        self._statements = {
            number: tuple(islice(group, _MOST_FIGURES))
            for number, group in groupby(self.figures, key=lambda figure: figure.quote.block)
        }
        self._blocks = [
            (block, f"{block.readable} {block.heading[-1] if block.heading else ''}".lower())
            for block in self.plan.blocks
            if block.kind is not BlockKind.HEADING and not block.is_table_header
        ]

    def sightings(self, measure: Measure) -> tuple[Sighting, ...]:
        """Every sentence and row that speaks of a measure, in reading order."""
        if measure.id not in self._sightings:
            keys = terms_of(measure.marks).keys
            self._sightings[measure.id] = tuple(
                sighting
                for block, lowered in self._blocks
                if any(key in lowered for key in keys)
                for sighting in self._of_block(block, measure)
            )
        return self._sightings[measure.id]

    def _zones_of(self, block: Block) -> tuple[str, ...]:
        """What is read as one: a row, or each sentence."""
        if block.number not in self._zones:
            self._zones[block.number] = (block.readable,) if block.cells else tuple(sentences(block.text))
        return self._zones[block.number]

    def _of_block(self, block: Block, measure: Measure) -> Iterator[Sighting]:
        headed = bool(block.heading) and terms_of(measure.marks).within(block.heading[-1])
        for zone in self._zones_of(block):
            marked = terms_of(measure.marks).within(zone)
            if not (marked or headed) or not self._means(zone, block, measure):
                continue
            rivals = self._speaking(zone, block)
            belonging = tuple(
                one
                for one in self._statements.get(block.number, ())
                if (block.cells or one.quote.text == zone)
                and belongs(one, measure, rivals, headed=not marked)
            )
            quote = Quote(zone, block.page, block.heading, block.number)
            sure = not measure.sure or terms_of(measure.sure).within(zone)
            yield Sighting(quote, belonging, sure, by_heading=not marked)

    def _means(self, zone: str, block: Block, measure: Measure) -> bool:
        """Whether the zone's context is the measure's and nothing shows that something else is meant."""
        around = " ".join((zone, *block.heading))
        if measure.never and terms_of(measure.never).within(" ".join((zone, *block.heading[-1:]))):
            return False
        return not measure.context or terms_of(measure.context).within(around)

    def _speaking(self, zone: str, block: Block) -> tuple[Measure, ...]:
        """The measures that a zone speaks of: their marks compete for its figures."""
        if (block.number, zone) not in self._rivals:
            lowered = zone.lower()
            self._rivals[block.number, zone] = tuple(
                measure
                for measure in self.measures
                if terms_of(measure.marks).within(zone, lowered) and self._means(zone, block, measure)
            )
        return self._rivals[block.number, zone]


def belongs(statement: Statement, measure: Measure, rivals: Sequence[Measure], *, headed: bool) -> bool:
    """Whether a figure is a measure's: its marks are nearer to it than those of its rivals.

    Args:
        statement: the figure.
        measure: the measure.
        rivals: the measures that the figure's sentence or row speaks of.
        headed: only the heading speaks of the measure.
    """
    owners = nearest_measures(statement, rivals)
    if owners:
        return measure.id in owners
    if headed:
        return True
    places = (statement.header, statement.label)
    return any(terms_of(measure.marks).within(place) for place in places if place)


def nearest_measures(statement: Statement, measures: Iterable[Measure]) -> frozenset[str]:
    """The measures whose marks stand nearest to a figure in its own sentence or cell."""
    text, first, last = nearby(statement)
    lowered = text.lower()
    best, owners = _NEVER, set[str]()
    for measure in measures:
        terms = terms_of(measure.marks)
        if not any(key in lowered for key in terms.keys):
            continue
        for start, end in terms.places(text):
            cost = _cost(text, start, end, first, last)
            if cost > _FAR:
                continue
            if cost < best:
                best, owners = cost, {measure.id}
            elif cost == best and owners:
                owners.add(measure.id)
    return frozenset(owners)


def _cost(text: str, start: int, end: int, first: int, last: int) -> float:
    """How far a mark stands from a figure, in characters and what parts them."""
    gap = text[end:first] if end <= first else text[last:start] if last <= start else ""
    if ";" in gap:
        return _NEVER
    parted = _APART * (bool(re.search(r" and |, but ", gap)) + (last <= start and ")" in gap))
    return len(gap) + parted + (_AFTER if last <= start else 0)
