"""A figure as a plan states it: the quantity, what it measures, for when, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from planchecker.figures.period import Period
from planchecker.figures.quantity import Quantity
from planchecker.scrutiny import Quote


@dataclass(frozen=True, slots=True)
class Statement:
    """One quantity in its place.

    Attributes:
        quantity: the quantity; `start` and `end` are places in `text`.
        subject: what it measures: in a table the row's label and the column's header, in prose the nearest words.
        periods: the times it may hold for: those of its cell, else of its column or row; in prose those of its
            sentence.
        text: the sentence or the cell's own words.
        quote: the sentence, or the whole row with its column headers, with its place.
        label: for a table cell, the label of its row, else "".
        header: for a table cell, the header of its column, else "".
    """

    quantity: Quantity
    subject: str
    periods: tuple[Period, ...]
    text: str
    quote: Quote
    label: str = ""
    header: str = ""

    @property
    def in_table(self) -> bool:
        """True for a figure in a table cell."""
        return bool(self.label or self.header)

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years of its times, such as "2014/15", each once."""
        return tuple(dict.fromkeys(year for period in self.periods for year in period.financial_years))
