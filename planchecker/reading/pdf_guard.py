"""Bounds what a hostile PDF can cost: drawings that expand to gigabytes are refused, and reading ends in time.

PDFium unpacks a drawing whole and builds it anew each time a page draws it, so both are looked at first.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from planchecker.errors import DamagedPlanError

MAX_UNPACKED = 24_000_000
"""Bytes to which one drawing may expand; PDFium needs twenty times as much memory to hold it."""

_STEP = 1_000_000
_MANY = 1_000  # times that one form is drawn; maps and bullets stay far below, or their forms are tiny
_DRAWN = re.compile(rb"/([^\s/<>()\[\]]+)\s+Do\b")
_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_FORM = re.compile(rb"/Subtype\s*/Form")
_MAX_SAME = 100  # times that a page may name one content stream
_STACK = 64_000_000  # bytes; threads get little elsewhere than on Linux, and PDFium recurses

MAX_WAIT = 90.0
"""Seconds after which a reading that does not come back is given up."""

_T = TypeVar("_T")
_STREAM = re.compile(rb"stream\r?\n")
_KNOWN = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)|/Length1\b|/FunctionType\b")
_HEADER = 600  # bytes before `stream` in which its dictionary is looked for


def within_time(work: Callable[[], _T], name: str) -> _T:
    """What a piece of work gives, unless it hangs: then the caller goes on and it is left to itself.

    Raises:
        DamagedPlanError: it took longer than MAX_WAIT seconds.
    """
    done: Future[_T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # handed to the caller, whatever it is
            done.set_exception(error)

    before = threading.stack_size(_STACK)
    try:
        threading.Thread(target=run, daemon=True, name="planchecker-pdf").start()
    finally:
        threading.stack_size(before)
    try:
        return done.result(MAX_WAIT)
    except TimeoutError as error:
        if done.done():
            raise
        raise DamagedPlanError(
            name,
            f"reading the PDF was given up after {MAX_WAIT:.0f} seconds",
            "print the plan to a new PDF and check that copy",
        ) from error


def refuse_bombs(data: bytes, name: str) -> None:
    """Look at every packed drawing, without keeping what comes out.

    Raises:
        DamagedPlanError: one of them expands too far, or is drawn too often.
    """
    often_in_page = often_in_form = 1
    largest_form = 0
    same = _most_named(data)
    for header, packed in _packed(data):
        drawing = _unpacked(packed)
        if drawing is None:
            raise _refusal(
                name, f"a page of the PDF unpacks to more than {MAX_UNPACKED // 1_000_000} MB of drawing"
            )
        repeats = max(Counter(_DRAWN.findall(drawing)).values(), default=1)
        if _FORM.search(header):
            often_in_form, largest_form = max(often_in_form, repeats), max(largest_form, len(drawing))
        else:
            often_in_page = max(often_in_page, repeats)
        same = max(same, _most_named(drawing) if b"/ObjStm" in header else 0)
    often = often_in_page * often_in_form
    if same > _MAX_SAME or (often >= _MANY and often * largest_form > MAX_UNPACKED):
        raise _refusal(name, "a page of the PDF draws the same thing many thousand times")


def _refusal(name: str, problem: str) -> DamagedPlanError:
    return DamagedPlanError(name, problem, "print the plan to a new PDF without its largest maps")


def _most_named(data: bytes) -> int:
    """How often a page names its most repeated content stream."""
    pages = (_REFERENCE.findall(match[1]) for match in _CONTENTS.finditer(data))
    return max((max(Counter(names).values()) for names in pages if names), default=0)


def _packed(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The dictionary and the bytes of every packed stream but pictures and fonts."""
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        header = data[max(0, match.start() - _HEADER) : match.start()]
        header = header[header.rfind(b" obj") + 1 :]
        if b"Flate" not in header and b"/Fl" not in header:
            continue
        if _KNOWN.search(header):
            continue  # pictures and fonts: not unpacked for their text
        end = data.find(b"endstream", start)
        yield header, data[start : len(data) if end < 0 else end]


def _unpacked(packed: bytes) -> bytes | None:
    """A stream unpacked, or None if it expands beyond the limit."""
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    try:
        while not unpacker.eof and sum(map(len, parts)) <= MAX_UNPACKED:
            part = unpacker.decompress(packed, _STEP)
            packed = unpacker.unconsumed_tail
            parts.append(part)
            if not part:
                break  # cut short: nothing left to unpack
    except zlib.error:
        pass  # PDFium will stop at the damage too
    whole = b"".join(parts)
    return whole if len(whole) <= MAX_UNPACKED else None
