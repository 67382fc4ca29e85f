"""The figures of a text: its quantities and its times, each where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from planchecker.figures.about import about, without_figures
from planchecker.figures.find_periods import find_periods
from planchecker.figures.find_quantities import find_quantities
from planchecker.figures.period import Period
from planchecker.figures.quantity import Quantity

# One character for one, so that places in the folded text are places in the plan's own words.
_FOLD = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'",
                       "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\n": " ", "\t": " ", "\r": " "})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities and times of a text, in order; no two overlap."""

    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]


@lru_cache(maxsize=4_096)  # headers and headings come again with every row and sentence
def figures_in(text: str) -> Figures:
    """All figures of a text.

    Args:
        text: a sentence, a paragraph or a table cell.

    Returns:
        Quantities and times with their places in the text as given.
    """
    folded = fold(text)
    periods = find_periods(folded)
    quantities = find_quantities(folded, periods)
    spans = [(p.begin, p.finish) for p in periods] + [(q.start, q.end) for q in quantities]
    blanked = without_figures(folded, spans)
    named = tuple(replace(q, about=_about(blanked, q), text=text[q.start : q.end]) for q in quantities)
    return Figures(named, tuple(replace(p, text=text[p.begin : p.finish]) for p in periods))


def _about(text: str, quantity: Quantity) -> str:
    """For a count the words up to its noun, else the nearest words that name something."""
    if quantity.noun and (at := text.lower().find(quantity.noun, quantity.end)) >= 0:
        return (
            " ".join(text[quantity.end : at + len(quantity.noun)].replace("\0", " ").split())
            .strip("- ")
            .lower()
        )
    return about(text, quantity.start, quantity.end)


def fold(text: str) -> str:
    """The text with plain dashes, quotation marks and spaces, character for character."""
    return text.translate(_FOLD)
