"""Every figure of a plan with its place; table cells are read with their row's label and column's header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planchecker.figures.about import without_figures
from planchecker.figures.grammar import Figures, figures_in, fold
from planchecker.figures.quantity import Quantity, Unit
from planchecker.figures.statement import Statement
from planchecker.matching.language import sentence_ends
from planchecker.plan import Block, BlockKind, Cell, Plan
from planchecker.scrutiny import Quote

_FIGURE = re.compile(
    r"\d|[½¼¾]|\b(?:per ?cent|half|third|quarter|fifth|tenth|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|nil|zero)",
    re.I,
)
_WORD = re.compile(r"[A-Za-z]{2}")
_FIGURE_END = re.compile(r"(?<=[\dkmn%]\.) (?=[A-Z][a-z])")
_INNER_END = re.compile(r"[.!?;]['\")]? ")

# Units that a header, a label or a heading states for the bare numbers in its cells: unit, factor, "per".
_UNITS: tuple[tuple[re.Pattern[str], Unit, float, str], ...] = tuple(
    (re.compile(pattern, re.I), unit, factor, per)
    for pattern, unit, factor, per in (
        (r"£ ?(?:bn|billions?)\b|\bGBP ?bn\b", Unit.POUNDS, 1e9, ""),
        (r"£ ?(?:m|mn|millions?)\b|\bGBP ?m\b", Unit.POUNDS, 1e6, ""),
        (r"£ ?'?000s?|£ ?(?:k|thousands?)\b|\bGBP ?'?000", Unit.POUNDS, 1e3, ""),
        (r"£ ?(?:per|a) head|£/head", Unit.POUNDS, 1.0, "head"),
        (r"percentage points?", Unit.POINTS, 1.0, ""),
        (r"%|\bper ?cent\b|\bpercentage\b", Unit.PERCENT, 1.0, ""),
        (r"\bper 100,?000\b", Unit.COUNT, 1.0, "100,000"),
        (r"\bper 1,?000\b", Unit.COUNT, 1.0, "1,000"),
        (r"\bper (?:100|hundred)\b", Unit.COUNT, 1.0, "100"),
        (r"\bW?FTEs?\b|\bWTEs?\b", Unit.STAFF, 1.0, ""),
        (r"£", Unit.POUNDS, 1.0, ""),
    )
)
_HEAD = re.compile(r"\b(?:per|a) (?:head|patient|person)\b", re.I)


def statements(plan: Plan) -> tuple[Statement, ...]:
    """Every quantity that a plan states outside its headings, in reading order."""
    return tuple(statement for block in plan.blocks for statement in statements_of(block))


def statements_of(block: Block) -> Iterator[Statement]:
    """Every quantity that a block states; none for headings and rows of column headers."""
    if block.kind is BlockKind.HEADING or block.is_table_header:
        return
    if block.cells:
        yield from _of_row(block)
        return
    for sentence in sentences(block.text):
        if _FIGURE.search(sentence):
            figures = figures_in(sentence)
            quote = Quote(sentence, block.page, block.heading, block.number)
            for quantity in figures.quantities:
                yield Statement(quantity, quantity.about, figures.periods, sentence, quote)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, stripped; one may end in a figure ("£7.2m. Growth of ...")."""
    if not _INNER_END.search(text):
        yield text.strip()
        return
    for start, end in sentence_ends(text):
        for sentence in _FIGURE_END.split(text[start:end]):
            yield sentence.strip()


def _of_row(block: Block) -> Iterator[Statement]:
    """The figures of a table row; those of its label hold for the years of all its columns."""
    quote = Quote(block.readable, block.page, block.heading, block.number)
    first, *others = block.cells
    named = bool(_WORD.search(first.text)) or bool(figures_in(first.text).periods)
    label = first.text if named else ""
    of_label = figures_in(label)
    columns = tuple(period for cell in others for period in figures_in(cell.header).periods)
    if named:
        for quantity in of_label.quantities:
            periods = of_label.periods or columns
            yield Statement(quantity, _words(label), periods, label, quote, label, first.header)
    for cell in others if named else block.cells:
        for sentence in sentences(cell.text):
            yield from _of_cell(Cell(cell.header, sentence), label, of_label, first.header, block, quote)


def _of_cell(
    cell: Cell, label: str, of_label: Figures, corner: str, block: Block, quote: Quote
) -> Iterator[Statement]:
    if not _FIGURE.search(cell.text):
        return
    figures, of_header = figures_in(cell.text), figures_in(cell.header)
    periods = figures.periods or of_header.periods or of_label.periods
    title = block.heading[-1] if block.heading else ""
    for quantity in figures.quantities:
        bare = not _WORD.search(cell.text[: quantity.start] + cell.text[quantity.end :])
        resolved = (
            _with_unit(quantity, (_without_figures(label), cell.header, corner, title)) if bare else quantity
        )
        subject = " ".join(
            dict.fromkeys(part for part in (_words(label), _words(cell.header), quantity.about) if part)
        )
        yield Statement(resolved, subject, periods, cell.text, quote, label, cell.header)


def _with_unit(quantity: Quantity, places: tuple[str, ...]) -> Quantity:
    """A bare number takes the unit that its label, header, corner or title states, the nearest first."""
    if quantity.unit is not Unit.COUNT or quantity.per or quantity.noun:
        if quantity.unit is Unit.POUNDS and not quantity.per and any(_HEAD.search(p) for p in places[:2]):
            return replace(quantity, per="head")
        return quantity
    for place in places:
        for pattern, unit, factor, per in _UNITS:
            if pattern.search(fold(place)):
                if unit is Unit.POUNDS and not per and any(_HEAD.search(p) for p in places[:2]):
                    per = "head"
                return replace(
                    quantity,
                    low=round(quantity.low * factor, 6),
                    high=round(quantity.high * factor, 6),
                    unit=unit,
                    per=per,
                )
    return quantity


def _words(text: str) -> str:
    """A label or header without its figures, in small letters."""
    return " ".join(re.findall(r"[A-Za-z][\w'&/-]*", _without_figures(text))).lower()


def _without_figures(text: str) -> str:
    figures = figures_in(text)
    places = [(q.start, q.end) for q in figures.quantities] + [(p.begin, p.finish) for p in figures.periods]
    return without_figures(fold(text), places).replace("\0", " ")
