"""The plan against itself, measured: slips planted in the sample plans, and what is found in them untouched.

    python benchmarks/slips.py [--list] [--seed 1]

Recall: in a copy of every sample plan one slip of each kind is planted where the plan has room for it (a total needs
a table with one); it counts as found when a slip of that kind quotes the block. Precision: the findings in the
untouched plans, all of which were read; those that were judged wrong stand in benchmarks/slips.yaml. `--list` prints
every finding, to be read again when a check has changed.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from planchecker import read
from planchecker.consistency.counted import _phrase
from planchecker.consistency.schemes import _column
from planchecker.consistency.slips import _all
from planchecker.consistency.tables import Table, cell_text, tables
from planchecker.consistency.totals import _total_columns, _total_rows
from planchecker.figures.statement import Statement
from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Cell, Plan
from planchecker.scrutiny import Slip

PLANS = Path(__file__).parent.parent / "corpus" / "plans"
WRONG = Path(__file__).with_name("slips.yaml")


@dataclass
class Copy:
    """A plan that is being edited, with what was found in the original."""

    blocks: list[Block]
    figures: Sequence[Statement]
    tables: Sequence[Table]
    chance: random.Random
    used: set[int] = field(default_factory=set)

    def paragraph(self) -> int:
        """A paragraph that no other slip stands in, by chance."""
        free = [b.number for b in self.blocks if b.kind is BlockKind.PARAGRAPH and 120 < len(b.text) < 900
                and not re.search(r"\d|\[", b.text) and b.text.endswith(".")]  # fmt: skip
        rest = [b.number for b in self.blocks if b.kind is BlockKind.PARAGRAPH and b.text.endswith(".")]
        rest = rest or [b.number for b in self.blocks if not b.cells and b.kind is not BlockKind.HEADING]
        number = self.chance.choice([number for number in free or rest if number not in self.used] or rest)
        self.used.add(number)
        return number

    def say(self, *variants: str) -> int:
        """One of some sentences, put at the end of a paragraph."""
        number = self.paragraph()
        block = self.blocks[number]
        self.blocks[number] = replace(block, text=f"{block.text} {self.chance.choice(variants)}")
        return number

    def set_cell(self, number: int, header: str, text: str) -> None:
        """A cell with another text; "" takes the cell away, as reading does with empty ones."""
        block = self.blocks[number]
        cells = [Cell(c.header, text) if c.header == header else c for c in block.cells]
        kept = tuple(cell for cell in cells if cell.text)
        self.blocks[number] = replace(block, cells=kept, text=" | ".join(cell.text for cell in kept))


Planter = Callable[[Copy], int | None]


def placeholder(copy: Copy) -> int | None:
    return copy.say("The saving is £Xm a year.", "The lead is [insert name].", "The start date is TBC.",
                    "Figures to follow.", "The cost is to be confirmed.", "It costs £xx.xm in all.",
                    "See Error! Reference source not found.", "This will help XX% of patients.",
                    "The target is ____ by March.")  # fmt: skip


def note(copy: Copy) -> int | None:
    return copy.say(
        "[Jane, is this still right?]", "[KB: the trust disputes this.]", "[moved from chapter 4]"
    )


def impossible(copy: Copy) -> int | None:
    return copy.say("It opens on 31 June 2015.", "The board meets on Monday 3 June 2014.",
                    "Reports are due on 30/02/2015.",
                    "The rate for 2016/15 is the same.", "The lease ends on 29 February 2017.")  # fmt: skip


def backwards(copy: Copy) -> int | None:
    return copy.say("The work runs from March 2017 to June 2016.", "The saving falls between 2018/19 and 2015/16.",
                    "This is for 2018/19 to 2014/15.", "It will cost between £9m and £6m.")  # fmt: skip


def past(copy: Copy) -> int | None:
    return copy.say("The team will be in place by March 2013.", "We will open the second hub in September 2012.",
                    "All practices will have been trained by the end of 2012/13.",
                    "The pathway is to be agreed before June 2013.",
                    "Two more nurses will start on 1 October 2013.")  # fmt: skip


def outside(copy: Copy) -> int | None:
    return copy.say("All of this will be done by March 2023.", "The new unit will open in 2021/22.")


def reference(copy: Copy) -> int | None:
    return copy.say(
        "Details are in section 27.4.",
        "See Appendix Z.",
        "Table 98 has the figures.",
        "(See Annex 41.)",
        "Chapter 63 says how.",
    )


def acronym(copy: Copy) -> int | None:
    return copy.say(
        "The QZKB will be told each month.",
        "It is on the agenda of the JXWP.",
        "We shall ask the ZTVG to lead.",
    )


def two_ways(copy: Copy) -> int | None:
    copy.say("It reports to the Joint Quality Panel (JQP).")
    return copy.say("The Junction Questions Programme (JQP) looks after this.")


def practices(copy: Copy) -> int | None:
    counts = [s.quantity.low for s in copy.figures if _phrase(s) == "practices"]
    if not counts:
        return None
    number = int(counts[0]) + copy.chance.choice((-2, -1, 1, 2))
    return copy.say(
        f"All {number} practices have signed up.",
        f"It is open to our {number} practices.",
        f"This holds for the {number} member practices.",
    )


def text_and_table(copy: Copy) -> int | None:
    cells = [s for s in copy.figures if s.in_table and len(s.years) == 1 and s.quantity.text.replace(".", "").isdigit()
             and s.quantity.unit.value in ("£", "%") and re.fullmatch(r"[A-Z][a-z -]{4,30}", s.label)]  # fmt: skip
    if not cells:
        return None
    cell = copy.chance.choice(cells)
    value = cell.quantity.low * 1.07
    shown = f"£{value / 1e6:.1f}m" if cell.quantity.unit.value == "£" else f"{value + 0.3:.1f}%"
    name = cell.label.lower()
    return copy.say(f"The {name} is {shown} in {cell.years[0]}.", f"We plan a {name} of {shown} in {cell.years[0]}.",
                    f"For {cell.years[0]} the {name} comes to {shown}.")  # fmt: skip


def table_twice(copy: Copy) -> int | None:
    """A table's copy at the end of the plan, with the first digit of one cell changed."""
    spots = [(table, place) for table in copy.tables if len(table.figures) > 5
             for place, quantity in table.figures.items() if quantity.low and place[1] != table.headers[0]]  # fmt: skip
    if not spots:
        return None
    table, (number, column) = copy.chance.choice(spots)
    header = next(block for block in copy.blocks if block.table == table.number and block.is_table_header)
    new, at = 1 + max(block.table or 0 for block in copy.blocks), {}
    for row in (header, *table.rows):
        at[row.number] = len(copy.blocks)
        copy.blocks.append(replace(row, number=len(copy.blocks), table=new))
    text = cell_text(next(row for row in table.rows if row.number == number), column)
    spot = next(place for place, letter in enumerate(text) if letter in "123456789")
    copy.set_cell(at[number], column, text[:spot] + str(int(text[spot]) % 9 + 1) + text[spot + 1 :])
    return at[number]


def wrong_total(copy: Copy) -> int | None:
    sums = [(b, h) for t in copy.tables for b, h, one in (*_total_rows(t), *_total_columns(t)) if one.adds_up]
    if not sums:
        return None
    block, header = copy.chance.choice(sums)
    text = cell_text(block, header)
    at = copy.chance.choice([n for n, letter in enumerate(text) if letter.isdigit()])
    copy.set_cell(block.number, header, text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :])
    return block.number


def empty_heading(copy: Copy) -> int | None:
    last = [b for b in copy.blocks if b.kind is BlockKind.HEADING and not b.inferred][-1]
    copy.blocks.append(
        Block(len(copy.blocks), BlockKind.HEADING, "Research and innovation", level=last.level)
    )
    copy.blocks.append(replace(last, number=len(copy.blocks)))
    copy.blocks.append(Block(len(copy.blocks), BlockKind.PARAGRAPH, "Here the plan ends."))
    return len(copy.blocks) - 3


def percentage(copy: Copy) -> int | None:
    return copy.say(
        "About 31 per cent of carers said so.",
        "A third of patients wait too long.",
        "Only 44% of staff agree.",
    )


def _gap(copy: Copy, lacking: str, other: str) -> int | None:
    for table in copy.tables:
        first, second = _column(table, lacking), _column(table, other)
        rows = [r for r in table.rows if first and second and cell_text(r, first) and cell_text(r, second)]
        rows = [row for row in rows[1:] if row.number not in copy.used]
        if first and first != second and len(rows) > 4:
            row = copy.chance.choice(rows)
            copy.used.add(row.number)
            copy.set_cell(row.number, first, "")
            return row.number
    return None


PLANTED: dict[str, tuple[str, Planter]] = {
    "placeholder": ("placeholder left", placeholder),
    "writer's note": ("drafting note left", note),
    "impossible date": ("date that cannot be", impossible),
    "backwards range": ("range runs backwards", backwards),
    "past as future": ("past date spoken of as future", past),
    "after the plan": ("date outside the plan's years", outside),
    "reference": ("reference to nothing", reference),
    "acronym": ("acronym not written out", acronym),
    "acronym, two ways": ("acronym written out in two ways", two_ways),
    "figures: practices counted": ("figures differ", practices),
    "figures: text and table": ("figures differ", text_and_table),
    "figures: table and table": ("figures differ", table_twice),
    "total": ("total does not add up", wrong_total),
    "empty heading": ("heading with nothing under it", empty_heading),
    "percentage": ("percentage without people", percentage),
    "scheme without money": ("intervention without money", lambda copy: _gap(copy, "money", "intervention")),
    "money without scheme": (
        "money without an intervention",
        lambda copy: _gap(copy, "intervention", "money"),
    ),
    "objective alone": (
        "objective without an intervention",
        lambda copy: _gap(copy, "intervention", "objective"),
    ),
}


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--list", action="store_true")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    plans = {path.parent.name: read(path) for path in sorted(PLANS.glob("*/plan.docx"))}
    figures = {name: statements(plan) for name, plan in plans.items()}
    _precision(plans, figures, listed=options.list)
    _recall(plans, figures, options.seed)


def _precision(plans: dict[str, Plan], figures: dict[str, Sequence[Statement]], *, listed: bool) -> None:
    judged = yaml.safe_load(WRONG.read_text(encoding="utf-8"))["wrong"] if WRONG.is_file() else []
    found: Counter[tuple[bool, str]] = Counter()
    wrong: Counter[tuple[bool, str]] = Counter()
    seconds = []
    for name, plan in plans.items():
        started = time.process_time()
        slips = list(_all(plan, figures[name]))
        seconds.append(time.process_time() - started)
        for slip in slips:
            found[slip.quiet, slip.kind] += 1
            wrong[slip.quiet, slip.kind] += any(_is(slip, name, one) for one in judged)
            if listed:
                print(f"{name} | {'quiet ' if slip.quiet else ''}{slip.kind} | {slip.message}")
                print(*(f"      [{quote.block}] {quote.text}" for quote in slip.quotes[:3]), sep="\n")
    print(
        f"untouched: {len(plans)} plans, {sum(seconds):.2f} s of processor time beyond finding their figures"
    )
    print(f"{'kind':45} {'found':>6} {'right':>6}  precision")
    for key in sorted(found):
        right = found[key] - wrong[key]
        print(
            f"{key[1] + (' (quiet)' if key[0] else ''):45} {found[key]:6} {right:6}  {right / found[key]:.2f}"
        )


def _is(slip: Slip, name: str, one: dict[str, str]) -> bool:
    return (
        one["plan"] == name and one["kind"] == slip.kind and any(one["text"] in q.text for q in slip.quotes)
    )


def _recall(plans: dict[str, Plan], figures: dict[str, Sequence[Statement]], seed: int) -> None:
    planted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for name, plan in plans.items():
        copy = Copy(
            list(plan.blocks), figures[name], tables(plan, figures[name]), random.Random(f"{seed} {name}")
        )
        spots = {what: planter(copy) for what, (_, planter) in PLANTED.items()}
        edited = replace(plan, blocks=tuple(copy.blocks))
        slips = list(_all(edited, statements(edited)))
        for what, number in spots.items():
            if number is None:
                continue
            kind = PLANTED[what][0]
            seen = any(s.kind == kind and any(q.block == number for q in s.quotes) for s in slips)
            planted[what] += 1
            hit[what] += seen
            if not seen:
                print(f"missed in {name}: {what}: {copy.blocks[number].text[-140:]}")
    print(f"{'planted':45} {'times':>6} {'found':>6}  recall")
    for what in PLANTED:
        if planted[what]:
            print(f"{what:45} {planted[what]:6} {hit[what]:6}  {hit[what] / planted[what]:.2f}")


if __name__ == "__main__":
    main()
