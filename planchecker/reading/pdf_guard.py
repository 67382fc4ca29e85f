"""Refuses PDFs whose page drawings expand to gigabytes, before PDFium unpacks them whole in memory."""

from __future__ import annotations

import re
import zlib

from planchecker.errors import DamagedPlanError

MAX_UNPACKED = 24_000_000
"""Bytes to which one drawing may expand; PDFium needs twenty times as much memory to hold it."""

_BEST_RATIO = 1032  # deflate packs no better than this
_STEP = 1_000_000
_STREAM = re.compile(rb"stream\r?\n")
_KNOWN = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)|/Length1\b|/FunctionType\b")
_HEADER = 600  # bytes before `stream` in which its dictionary is looked for


def refuse_bombs(data: bytes, name: str) -> None:
    """Look at every packed stream that could expand too far, without keeping what comes out.

    Raises:
        DamagedPlanError: one of them does.
    """
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
        end = len(data) if end < 0 else end
        if (end - start) * _BEST_RATIO > MAX_UNPACKED and _expands(data[start:end]):
            raise DamagedPlanError(
                name,
                f"a page of the PDF unpacks to more than {MAX_UNPACKED // 1_000_000} MB of drawing",
                "print the plan to a new PDF without its largest maps",
            )


def _expands(packed: bytes) -> bool:
    """Whether a stream unpacks to more than the limit."""
    unpacker = zlib.decompressobj()
    total = 0
    try:
        while not unpacker.eof and total <= MAX_UNPACKED:
            part = unpacker.decompress(packed, _STEP)
            packed = unpacker.unconsumed_tail
            total += len(part)
            if not part:
                break  # cut short: nothing left to unpack
    except zlib.error:
        return False  # PDFium will stop at the damage too
    return total > MAX_UNPACKED
