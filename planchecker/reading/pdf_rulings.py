"""Drawn objects of one PDF page -> ruling lines, filled areas and how much of the page is pictures."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from planchecker.reading.pdf_words import Box, turned

MAX_OBJECTS_PER_PAGE = 60_000
"""Drawn objects looked at on one page; maps and charts beyond it add nothing to tables."""

MAX_POINTS_PER_PATH = 2_000
MAX_FORM_DEPTH = 3
THIN = 3.0  # points: a rectangle thinner than this is a line

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDF_PAGEOBJ_*


@dataclass(slots=True)
class Rulings:
    """What is drawn on a page besides text, in the frame of its words.

    Attributes:
        across: horizontal lines as boxes.
        down: vertical lines as boxes.
        fills: areas filled with a colour other than white.
        pictures: total area of images.
        cut_short: the page holds more objects than were looked at.
    """

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: float = 0.0
    cut_short: bool = False


def page_rulings(page: Any, turn: int) -> Rulings:
    """Collect the ruling lines of an open PDFium page (raw handle), turned into its frame."""
    rulings = Rulings()
    walked = itertools.count()
    for kind, obj, matrix in _objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
        if next(walked) > MAX_OBJECTS_PER_PAGE:
            rulings.cut_short = True
            break
        if kind == _IMAGE:
            x0, top, x1, bottom = _bounds(obj, matrix)
            rulings.pictures += (x1 - x0) * (bottom - top)
        elif kind == _PATH:
            _add_path(rulings, obj, matrix, turn)
    return rulings


def _objects(
    holder: Any, count: Any, get: Any, matrix: _Matrix = _IDENTITY, depth: int = 0
) -> Iterator[tuple[int, Any, _Matrix]]:
    """Paths and images of a page or form, with the matrix that they are drawn under."""
    for index in range(min(count(holder), MAX_OBJECTS_PER_PAGE + 1)):
        obj = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(obj)
        if kind in (_PATH, _IMAGE):
            yield kind, obj, matrix
        elif kind == _FORM and depth < MAX_FORM_DEPTH:
            inner = _times(_matrix(obj), matrix)
            yield from _objects(
                obj, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
            )


def _add_path(rulings: Rulings, obj: Any, matrix: _Matrix, turn: int) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    if not fill.value and not stroke.value:
        return
    box = turned(_bounds(obj, matrix), turn)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < THIN:
        _add_line(rulings, box)
        return
    points = pdfium.FPDFPath_CountSegments(obj)
    if points <= 5 and fill.value and not _is_white(obj):
        rulings.fills.append(box)
        if not stroke.value:
            return
    if stroke.value and points <= MAX_POINTS_PER_PATH:
        for line in _strokes(obj, points, _times(_matrix(obj), matrix)):
            _add_line(rulings, turned(line, turn))
    elif fill.value and 5 < points <= MAX_POINTS_PER_PATH:
        for rect in _thin_parts(obj, points, _times(_matrix(obj), matrix)):
            _add_line(rulings, turned(rect, turn))


def _add_line(rulings: Rulings, box: Box) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= THIN and width > 4:
        rulings.across.append(box)
    elif width <= THIN and height > 3:
        rulings.down.append(box)


def _strokes(obj: Any, points: int, matrix: _Matrix) -> Iterator[Box]:
    """The straight lines of a stroked path."""
    start = last = (0.0, 0.0)
    for kind, point, closes in _points(obj, points, matrix):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _span(last, point)
        if closes:
            yield _span(point, start)
        last = point


def _thin_parts(obj: Any, points: int, matrix: _Matrix) -> Iterator[Box]:
    """The thin rectangles of a filled path: some programs draw all borders of a table as one.

    Ends at the first line that is neither level nor upright: the path is a drawing.
    """
    part: list[tuple[float, float]] = []
    for kind, point, _ in _points(obj, points, matrix):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if part:
                yield _hull(part)
            part = []
        elif (
            kind != pdfium.FPDF_SEGMENT_LINETO
            or min(abs(point[0] - part[-1][0]), abs(point[1] - part[-1][1])) > 0.5
        ):
            return
        part.append(point)
    if part:
        yield _hull(part)


def _points(obj: Any, points: int, matrix: _Matrix) -> Iterator[tuple[int, tuple[float, float], bool]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for index in range(points):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, -(b * x.value + d * y.value + f))
        closes = bool(pdfium.FPDFPathSegment_GetClose(segment))
        yield pdfium.FPDFPathSegment_GetType(segment), point, closes


def _span(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return _hull([one, other])


def _hull(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds(obj: Any, matrix: _Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
    if matrix is _IDENTITY:
        return left.value, -top.value, right.value, -bottom.value
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    return _hull([(a * x + c * y + e, -(b * x + d * y + f)) for x, y in corners])


def _matrix(obj: Any) -> _Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """The matrix that applies `one`, then `other`."""
    if other is _IDENTITY:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _is_white(obj: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(obj, *parts):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return alpha == 0 or min(red, green, blue) >= 250
