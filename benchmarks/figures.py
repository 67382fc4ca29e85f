"""The grammar of figures against hand-labelled sentences and table rows, beside quantulum3 and dateparser.

    python benchmarks/figures.py [worked|held_out] [--misses]

The labels are in benchmarks/figures.yaml. Of a found quantity or time its place must overlap the label's, and its
value must be the labelled one; the grammar must also give the labelled unit, which the controls are not asked for.
The controls come with the extra `bench`; without them the script says so.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from planchecker.figures.grammar import figures_in
from planchecker.figures.period import Period, PeriodKind
from planchecker.figures.quantity import Quantity
from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Cell, Plan

LABELS = Path(__file__).with_name("figures.yaml")
Labels = dict[str, Any]


@dataclass
class Score:
    """Right, found and labelled figures, with those that went wrong."""

    right: int = 0
    found: int = 0
    labelled: int = 0
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.labelled if self.labelled else 0.0
        return (
            f"precision {precision:.2f} ({self.right}/{self.found})  "
            f"recall {recall:.2f} ({self.right}/{self.labelled})"
        )


@dataclass(frozen=True)
class Found:
    """A figure that some tool found: its place, and whether it equals a label."""

    start: int
    end: int
    equals: Callable[[Labels], bool]
    shown: str


def labelled_value(words: Any) -> tuple[float, float]:
    """A labelled value as the ends of a range."""
    low, _, high = str(words).partition("..")
    return float(low), float(high or low)


def is_quantity(quantity: Quantity, label: Labels) -> bool:
    low, high = labelled_value(label["value"])
    unit = (quantity.unit.value or "count") + (f"/{quantity.per}" if quantity.per else "")
    return close(quantity.low, low) and close(quantity.high, high) and unit == label["unit"]


def close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-4 * max(1.0, abs(other))


def is_time(period: Period, label: Labels) -> bool:
    words = str(label["value"])
    if words == "undated":
        return period.start is None and not period.days
    if words.endswith(" days"):
        return period.kind is PeriodKind.SPAN and abs(period.days - float(words[:-5])) < 0.01 * max(
            1.0, period.days
        )
    if words.startswith("year "):
        return period.kind is PeriodKind.PLAN_YEAR and period.number == int(words[5:])
    first, last = words.split("..")
    return (str(period.start), str(period.end)) == (first, last)


def ours(text: str) -> tuple[list[Found], list[Found]]:
    figures = figures_in(text)
    return (
        [Found(q.start, q.end, lambda label, q=q: is_quantity(q, label), q.text) for q in figures.quantities],
        [Found(p.begin, p.finish, lambda label, p=p: is_time(p, label), p.text) for p in figures.periods],
    )


def quantulum(text: str) -> list[Found]:
    """quantulum3 without its classifier; its value is right if it is the label's, in units or as written."""
    from quantulum3 import parser

    def equals(quantity: Any) -> Callable[[Labels], bool]:
        def check(label: Labels) -> bool:
            low, high = labelled_value(label["value"])
            scales = (1.0, 1e3, 1e6, 1e9, 0.01, 100.0)
            return low == high and any(close(quantity.value * scale, low) for scale in scales)

        return check

    return [Found(*q.span, equals(q), q.surface) for q in parser.parse(text, classifier_path=None)]


def dates(text: str) -> list[Found]:
    """dateparser; its date is right if it lies in the labelled time, and any date will do for an undated one."""
    from dateparser.search import search_dates

    found, at = [], 0
    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": datetime(2014, 3, 1)}
    for words, when in search_dates(text, languages=["en"], settings=settings) or []:
        start = max(text.find(words, at), 0)
        at = start + len(words)
        found.append(
            Found(start, at, lambda label, when=when: _lies_in(when.date(), str(label["value"])), words)
        )
    return found


def _lies_in(when: date, words: str) -> bool:
    if ".." not in words:
        return words == "undated"
    first, last = (date.fromisoformat(day) for day in words.split(".."))
    return first <= when <= last


def add(score: Score, text: str, found: list[Found], labels: list[Labels]) -> None:
    """Count each label once, by the first found figure that overlaps and equals it."""
    left = list(found)
    for label in labels:
        start = text.index(label["words"], label["from"])
        end = start + len(label["words"])
        hit = next((one for one in left if one.start < end and start < one.end and one.equals(label)), None)
        if hit is not None:
            left.remove(hit)
            score.right += 1
        else:
            score.misses.append(f"not found: {label['words']!r} in {text!r}")
    score.misses += [f"wrong: {one.shown!r} in {text!r}" for one in left]
    score.found += len(found)
    score.labelled += len(labels)


def as_labels(text: str, labels: list[list[Any]]) -> list[Labels]:
    """Labels in order, each looked for behind the one before."""
    made, at = [], 0
    for label in labels:
        words, value, unit = [*label, ""][:3]
        start = text.find(str(words), at)
        made.append({"words": str(words), "value": value, "unit": unit, "from": start if start >= 0 else 0})
        at = max(at, start)
    return made


def row_figures(row: Labels) -> Iterator[tuple[float, str, str]]:
    """What the statements of one table row say: value, unit, financial year."""
    cells = [Cell(row["corner"], row["label"])] + [Cell(head, text) for head, text in row["columns"].items()]
    block = Block(0, BlockKind.TABLE_ROW, " | ".join(c.text for c in cells), table=0, cells=tuple(cells))
    for statement in statements(Plan("", "", "", "docx", None, (block,))):
        quantity = statement.quantity
        unit = (quantity.unit.value or "count") + (f"/{quantity.per}" if quantity.per else "")
        yield quantity.low, unit, statement.years[0] if statement.years else ""


def score_rows(rows: list[Labels]) -> Score:
    score = Score()
    for row in rows:
        found = list(row_figures(row))
        wanted = [(float(value), unit, year) for value, unit, year in row["figures"]]
        right = [one for one in wanted if any(close(one[0], f[0]) and one[1:] == f[1:] for f in found)]
        score.right, score.found = score.right + len(right), score.found + len(found)
        score.labelled += len(wanted)
        if len(right) < len(wanted) or len(found) > len(wanted):
            score.misses.append(f"row {row['label']!r}: found {found}, labelled {wanted}")
    return score


def controls() -> tuple[Callable[[str], list[Found]] | None, Callable[[str], list[Found]] | None]:
    logging.disable(logging.CRITICAL)
    tools: list[Callable[[str], list[Found]] | None] = []
    for name, tool in (("quantulum3", quantulum), ("dateparser", dates)):
        try:
            __import__(name)
            tools.append(tool)
        except ImportError:
            print(f"{name} is not installed: no control for it (pip install 'planchecker[bench]')")
            tools.append(None)
    return tools[0], tools[1]


def main(half: str, show_misses: bool) -> None:
    data = yaml.safe_load(LABELS.read_text(encoding="utf-8"))[half]
    quantulum_control, date_control = controls()
    scores = {"grammar, quantities": Score(), "grammar, times": Score()}
    if quantulum_control:
        scores["quantulum3, quantities"] = Score()
    if date_control:
        scores |= {"dateparser, times": Score(), "dateparser, times without spans": Score()}
    for sentence in data["sentences"]:
        text = sentence["text"]
        quantities = as_labels(text, sentence.get("quantities", []))
        times = as_labels(text, sentence.get("times", []))
        found_quantities, found_times = ours(text)
        add(scores["grammar, quantities"], text, found_quantities, quantities)
        add(scores["grammar, times"], text, found_times, times)
        if quantulum_control:
            add(scores["quantulum3, quantities"], text, quantulum_control(text), quantities)
        if date_control:
            add(scores["dateparser, times"], text, date_control(text), times)
            dated = [label for label in times if not str(label["value"]).endswith(" days")]
            add(scores["dateparser, times without spans"], text, date_control(text), dated)
    scores["grammar, table rows"] = score_rows(data["rows"])
    print(f"{half}: {len(data['sentences'])} sentences, {len(data['rows'])} table rows")
    for name, score in scores.items():
        print(f"{name:32} {score}")
        if show_misses and name.startswith("grammar"):
            print(*(f"    {miss}" for miss in score.misses), sep="\n")


if __name__ == "__main__":
    halves = [argument for argument in sys.argv[1:] if not argument.startswith("-")] or ["worked", "held_out"]
    for half in halves:
        main(half, "--misses" in sys.argv)
