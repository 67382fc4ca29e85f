"""Tables without vertical lines: rows of short texts whose columns line up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planchecker.reading.pdf_grids import Grid, GridCell
from planchecker.reading.pdf_lines import Line
from planchecker.reading.pdf_words import Box

MIN_ROWS = 3
MIN_GAP = 0.7  # ems of white that part two columns
PROSE_WORDS = 4.2  # words a line from which columns are running text, not cells

_Row = list[Line]
_Span = tuple[float, float]


def aligned_tables(lines: Sequence[Line], rules: Sequence[Box], pitch: float) -> list[Grid]:
    """Tables among the lines that stand in no grid.

    Args:
        lines: the free lines of a page.
        rules: horizontal ruling lines of the page.
        pitch: usual distance of lines, in font sizes.
    """
    rows = _rows([line for line in lines if line.words[0].turn == 0])
    tables: list[Grid] = []
    start = 0
    while start < len(rows):
        end, gaps = _run(rows, start, pitch)
        run = rows[start:end]
        if gaps and _is_tabular(run, gaps):
            tables.append(_grid(run, gaps, rules, pitch))
            start = end
        else:
            start += 1
    return tables


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and abs(rows[-1][0].base - line.base) < 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _run(rows: Sequence[_Row], start: int, pitch: float) -> tuple[int, list[_Span]]:
    """How far from a row on some white gap between columns stays open, and the gaps then open."""
    if len(rows[start]) < 2:
        return start, []
    gaps = _gaps(rows[start])
    end = start + 1
    while end < len(rows) and end - start < 400:
        row, before = rows[end], rows[end - 1]
        if row[0].top - before[0].base > 1.8 * pitch * row[0].size:
            break
        left = _still_open(gaps, row)
        if not left or (len(row) == 1 and _ends_table(row[0], gaps)):
            break
        gaps, end = left, end + 1
    while end > start + 1 and len(rows[end - 1]) == 1 and rows[end - 1][0].x1 < gaps[0][0]:
        end -= 1  # text below the table that happens to end left of the first gap
    return end, gaps


def _gaps(row: _Row) -> list[_Span]:
    return [(one.x1, other.x0) for one, other in pairwise(row) if other.x0 - one.x1 >= MIN_GAP * one.size]


def _still_open(gaps: list[_Span], row: _Row) -> list[_Span]:
    """What a row leaves of the gaps."""
    left: list[_Span] = []
    for start, end in gaps:
        for line in row:
            if line.x1 <= start or line.x0 >= end:
                continue
            if line.x0 - start > end - line.x1:
                end = min(end, line.x0)
            else:
                start = max(start, line.x1)
        if end - start >= MIN_GAP * row[0].size:
            left.append((start, end))
    return left


def _ends_table(line: Line, gaps: list[_Span]) -> bool:
    """Whether a line alone in its row is a long one in the first column: text after the table."""
    return line.x1 < gaps[0][0] and len(line.words) > 8


def _is_tabular(run: Sequence[_Row], gaps: list[_Span]) -> bool:
    several = [row for row in run if len(row) > 1]
    if len(several) < MIN_ROWS or len(several) < 0.4 * len(run):
        return False
    columns: list[list[Line]] = [[] for _ in range(len(gaps) + 1)]
    for row in run:
        for line in row:
            columns[_column(line, gaps)].append(line)
    if any(len(column) < 2 for column in columns):
        return False
    wordy = [sum(len(line.words) for line in column) / len(column) for column in columns]
    if len(columns) == 2:
        return min(wordy) < 3.2 and _starts_agree(columns[1])
    return sum(1 for words in wordy if words >= PROSE_WORDS) <= len(wordy) / 2


def _starts_agree(column: Sequence[Line]) -> bool:
    """Whether most lines of a column begin or end at one place."""
    for side in (0, 2):
        places: dict[int, int] = {}
        for line in column:
            place = round(line.box[side] / 4)
            places[place] = places.get(place, 0) + 1
        if max(places.values()) >= 0.5 * len(column):
            return True
    return False


def _column(line: Line, gaps: list[_Span]) -> int:
    middle = (line.x0 + line.x1) / 2
    return sum(1 for start, end in gaps if (start + end) / 2 < middle)


def _grid(run: Sequence[_Row], gaps: list[_Span], rules: Sequence[Box], pitch: float) -> Grid:
    groups = _cell_rows(run, gaps, rules, pitch)
    left, right = (
        min(line.x0 for row in run for line in row),
        max(line.x1 for row in run for line in row),
    )
    xs = (left, *((start + end) / 2 for start, end in gaps), right)
    tops = [min(line.top for row in group for line in row) for group in groups]
    bottom = max(line.bottom for line in run[-1])
    ys = (*tops, bottom)
    cells: list[GridCell] = []
    for number, group in enumerate(groups):
        made: dict[int, GridCell] = {}
        for line in (line for row in group for line in row):
            column = _column(line, gaps)
            if column not in made:
                box = (xs[column], ys[number], xs[column + 1], ys[number + 1])
                made[column] = GridCell(number, column, 1, 1, box)
            made[column].words.extend(line.words)
        cells += [made[column] for column in sorted(made)]
    return Grid(xs, ys, cells)


def _cell_rows(
    run: Sequence[_Row], gaps: list[_Span], rules: Sequence[Box], pitch: float
) -> list[list[_Row]]:
    """Rows of text put together that are one row of the table."""
    by_rule = _between_rules(run, rules)
    starts = sum(1 for row in run if _column(row[0], gaps) == 0)
    if len(by_rule) > 2 and len(by_rule) >= 0.5 * starts:
        return by_rule
    groups: list[list[_Row]] = []
    for row in run:
        if groups and _wraps(groups[-1], row, gaps, pitch):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _between_rules(run: Sequence[_Row], rules: Sequence[Box]) -> list[list[_Row]]:
    left, right = min(row[0].x0 for row in run), max(row[-1].x1 for row in run)
    wide = [rule for rule in rules if min(rule[2], right) - max(rule[0], left) > 0.5 * (right - left)]
    places = sorted((rule[1] + rule[3]) / 2 for rule in wide)
    groups: dict[int, list[_Row]] = {}
    for row in run:
        middle = (row[0].top + row[0].bottom) / 2
        groups.setdefault(sum(1 for place in places if place < middle), []).append(row)
    return list(groups.values())


def _wraps(group: list[_Row], row: _Row, gaps: list[_Span], pitch: float) -> bool:
    """Whether a row of text carries on the cells above it."""
    step = row[0].base - group[-1][0].base
    if step > 1.35 * pitch * row[0].size:
        return False
    if _column(row[0], gaps) > 0:
        return True
    return all(line.text[:1].islower() for line in row)
