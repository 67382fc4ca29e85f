"""Lines in reading order -> paragraphs and list items, whole again across lines, columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from planchecker.reading.pdf_layout import Flow
from planchecker.reading.pdf_lines import Line, is_bullet, is_label
from planchecker.reading.pdf_mend import sets_off
from planchecker.reading.pdf_words import BREAK_HYPHEN

LOOSE = 1.3  # times the usual distance of lines that starts a new paragraph

T = TypeVar("T")

_ENDS = re.compile(r"[.!?:;]['\"’”)\]]*$")
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{6,})\s*\S{0,40}$")
_CONTENTS = re.compile(
    r"^(?:\d+\.?\s+)?(?:table of |list of )?(?:contents|tables|figures)\W*$", re.IGNORECASE
)
_ENTRY = re.compile(r"\D.*\s(?:\d{1,3}|[ivxl]{1,5})$")
_NOTE = re.compile(r"^(?:\d{1,3}|[ivx]{1,4}|[*†‡§∗])\s?\W?[A-Za-z]")


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: its lines.
        page: page it begins on, counted from 1.
        left, right: the sides of the column it stands in.
        label: the bullet or list number it begins with, or "".
        boxed: stands in a call-out box.
        note: is a footnote.
        last_page: page it ends on.
    """

    lines: list[Line]
    page: int
    left: float
    right: float
    label: str = ""
    boxed: bool = False
    note: bool = False
    last_page: int = 0

    @property
    def size(self) -> float:
        """Font size of its longest line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def display_size(self) -> float:
        """Size that it has as a heading: of the capitals, where the rest is in small ones."""
        if not all(line.text.isupper() for line in self.lines):
            return self.size
        return max(word.size for line in self.lines for word in line.words)

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def indent(self) -> float:
        """Where its first line begins."""
        return self.lines[0].x0


def drop_contents(lines: Sequence[Line]) -> set[int]:
    """Ids of the lines of one page that are a table of contents."""
    drop = {id(line) for line in lines if _LEADERS.search(line.text)}
    heading = next((line for line in lines if _CONTENTS.match(line.text)), None)
    if heading is None:
        return drop
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line.top > heading.top), key=lambda ln: ln.base):
        if rows and abs(rows[-1][0].base - line.base) < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    entries = [row for row in rows if _is_entry(row)]
    if len(entries) >= 3 and len(entries) >= 0.5 * len(rows):
        drop |= {id(line) for row in entries for line in row}
    return drop


def _is_entry(row: list[Line]) -> bool:
    text = " ".join(line.text for line in sorted(row, key=lambda line: line.x0))
    return bool(_ENTRY.match(text))


def usual_pitch(pages: Iterable[Sequence[Line]]) -> float:
    """The usual distance of lines, in font sizes."""
    counts: dict[int, int] = {}
    for lines in pages:
        for one, other in pairwise(lines):
            step = (other.base - one.base) / one.size if one.size else 0
            if 0.9 < step < 2.2 and abs(one.x0 - other.x0) < 3 and abs(one.size - other.size) < 0.5:
                counts[round(step * 20)] = counts.get(round(step * 20), 0) + 1
    return max(counts, key=lambda step: counts[step]) / 20 if counts else 1.2


def paragraphs(lines: Sequence[Line], flow: Flow, page: int, pitch: float) -> list[Paragraph]:
    """Cut lines that follow one another in a flow into paragraphs."""
    found: list[Paragraph] = []
    for line in lines:
        label = _label(line)
        if label and found and _wraps(found[-1], line, label):
            label = ""
        if not found or label or _starts_new(found[-1], line, pitch):
            found.append(Paragraph([line], page, flow.left, flow.right, label, flow.boxed, last_page=page))
        else:
            found[-1].lines.append(line)
    return found


def mark_notes(found: Sequence[Paragraph], body: float, height: float) -> None:
    """Mark the footnotes: small print at the foot of a column that begins with a figure or a sign."""
    note = False
    for paragraph in found:
        small = paragraph.size <= 0.92 * body
        starts = bool(_NOTE.match(paragraph.lines[0].text)) and paragraph.lines[0].top > 0.35 * height
        note = small and (note or starts)
        if note:
            paragraph.note, paragraph.label = True, ""


def _label(line: Line) -> str:
    first = line.words[0].text
    return first if len(line.words) > 1 and is_label(first) and sets_off(line) else ""


def _wraps(paragraph: Paragraph, line: Line, label: str) -> bool:
    """Whether a number that opens a line belongs to the line above ("in all" / "1.12 million people")."""
    last = paragraph.lines[-1]
    if is_bullet(label) or _ENDS.search(last.text) or _room_left(paragraph, last, line):
        return False
    if _digits(label) and _digits(label) == _digits(paragraph.label) + 1:
        return False
    margin = last.x0
    if len(paragraph.lines) == 1 and paragraph.label and len(last.words) > 1:
        margin = last.words[1].x0
    return abs(line.x0 - margin) < 3 and line.base - last.base < 1.6 * line.size


def _digits(label: str) -> int:
    """The last number of a label, or 0."""
    parts = re.findall(r"\d+", label)
    return int(parts[-1]) if parts else 0


def _starts_new(paragraph: Paragraph, line: Line, pitch: float) -> bool:
    last = paragraph.lines[-1]
    step = line.base - last.base
    usual = pitch
    if len(paragraph.lines) > 1:
        usual = max(0.8, (last.base - paragraph.lines[-2].base) / max(last.size, 1.0))
    if step > LOOSE * usual * max(line.size, last.size) or step < -2:
        return True
    if step < 0.3 * line.size:  # beside it on the same line
        return line.x0 - last.x1 > 4 * line.size
    if abs(line.size - last.size) > 0.09 * last.size:
        return True
    if line.bold is not last.bold:
        return _weight_breaks(paragraph, last, line)
    return _ends_short(paragraph, last, line)


def _weight_breaks(paragraph: Paragraph, last: Line, line: Line) -> bool:
    """Whether a change of weight is a heading's end or start, not emphasis that wraps."""
    if last.bold:
        return not (line.words[0].bold or line.text[:1].islower())
    wrapped = not _ENDS.search(last.text) and not _room_left(paragraph, last, line)
    return not wrapped


def _room_left(paragraph: Paragraph, last: Line, line: Line) -> bool:
    """Whether the next line's first word would have fitted on the last line."""
    first = line.words[0]
    return last.x1 + 0.3 * last.size + (first.x1 - first.x0) < paragraph.right - 1.2 * last.size


def _ends_short(paragraph: Paragraph, last: Line, line: Line) -> bool:
    back = paragraph.label and line.x0 <= paragraph.indent + 2 and len(paragraph.lines) == 1
    if back and _hangs(paragraph) and _ENDS.search(last.text):
        return True  # text back at the bullet's own margin, after a finished item
    if line.x0 - last.x0 > 1.2 * line.size and _ENDS.search(last.text) and not paragraph.label:
        return True
    if not _room_left(paragraph, last, line):
        return False
    return bool(_ENDS.search(last.text)) or not line.text[:1].islower()


def _hangs(paragraph: Paragraph) -> bool:
    words = paragraph.lines[0].words
    return len(words) > 1 and words[1].x0 - words[0].x0 > 8


def rejoin(items: Sequence[Paragraph | T]) -> list[Paragraph | T]:
    """Put paragraphs together again that a column's or page's end had cut; other items stay as they are."""
    whole: list[Paragraph | T] = []
    recent: list[Paragraph] = []
    for item in items:
        if not isinstance(item, Paragraph):
            whole.append(item)
            continue
        host = _host(recent, item)
        if host is not None:
            host.lines += item.lines
            host.last_page = item.page
        else:
            whole.append(item)
            recent = [*recent[-5:], item]
    return whole


def _host(whole: Sequence[Paragraph], item: Paragraph) -> Paragraph | None:
    """The paragraph that an item carries on, if any."""
    if item.label or item.note or item.boxed:
        return None
    for host in reversed(whole):
        if host.note or host.boxed:
            continue
        return host if _carries_on(host, item) else None
    return None


def _carries_on(host: Paragraph, item: Paragraph) -> bool:
    last, first = host.lines[-1], item.lines[0]
    moved = item.page != host.last_page or first.top < last.top
    if not moved or item.page - host.last_page > 1:
        return False
    if abs(host.size - item.size) > 0.06 * host.size or last.bold is not first.bold:
        return False
    text = last.text
    if _ENDS.search(text):
        return False
    if first.text[:1].islower():
        return True
    return text.endswith((",", "-", BREAK_HYPHEN)) or (
        len(last.words) > 4 and not _room_left(host, last, first)
    )
