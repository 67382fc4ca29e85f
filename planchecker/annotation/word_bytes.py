"""Places in the bytes of a Word part, so that comments can be put in and every other byte stays.

Writing a parsed tree back would keep the text but not the bytes (quotes, entities, empty
elements), and a team that compares files would see changes everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
_NUMBERS = {"commentRangeStart", "commentRangeEnd", "commentReference", "comment"}


@dataclass(slots=True)
class Spot:
    """One paragraph in the bytes of a part.

    Attributes:
        prefix: the prefix of its name, or "" where its namespace is the default.
        namespace: the namespace of its name; strict files have another one.
        host: position of the outermost paragraph around it (itself where it is in no text box).
        tag: where its start tag begins.
        inner: where its content begins, after its properties.
        end: where its end tag begins; None for an empty paragraph without one.
        text: its words.
    """

    prefix: str
    namespace: str
    host: int
    tag: int
    inner: int | None = None
    end: int | None = None
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a part holds: its paragraphs in order, and the numbers of comments used in it."""

    spots: tuple[Spot, ...]
    comment_ids: frozenset[int]


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8: additions are plain ASCII, which two-byte encodings would garble."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return (declared + _DECLARATION.sub("", data.decode("utf-16"))).encode()


def inserted(data: bytes, additions: list[tuple[int, bytes]]) -> bytes:
    """The data with additions at byte positions; those at one position stay in their order."""
    pieces, done = [], 0
    for position, addition in sorted(additions, key=lambda pair: pair[0]):
        pieces += [data[done:position], addition]
        done = position
    return b"".join([*pieces, data[done:]])


def before_end(data: bytes, addition: bytes) -> bytes:
    """The data with an addition at the end of its root element."""
    depth, name, end = 0, "", 0

    def begin(tag: str, _: dict[str, str]) -> None:
        nonlocal depth, name
        name = name or tag
        depth += 1

    def finish(_: str) -> None:
        nonlocal depth, end
        depth -= 1
        end = parser.CurrentByteIndex if depth == 0 else end

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.Parse(data, True)
    if data[end : end + 2] == b"</":
        return inserted(data, [(end, addition)])
    cut = data.rindex(b"/>", 0, end)  # `<comments ... />`: open it up
    return data[:cut] + b">" + addition + f"</{name}>".encode() + data[end:]


def scan(data: bytes) -> Scan:
    """Find the paragraphs of a part."""
    return _Scanner(data).scan()


class _Scanner:
    """Walks a part with expat, which knows the byte at which each tag begins."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._spots: list[Spot] = []
        self._ids: set[int] = set()
        self._open: list[tuple[int, int]] = []  # (depth, position) of the paragraphs around us
        self._depth = 0
        self._in_text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.namespace_prefixes = True

    def scan(self) -> Scan:
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._parser.Parse(self._data, True)
        return Scan(tuple(self._spots), frozenset(self._ids))

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        namespace, local, prefix = _split(name)
        if self._open and self._depth == self._open[-1][0] and local != "pPr":
            spot = self._spots[self._open[-1][1]]
            spot.inner = at if spot.inner is None else spot.inner
        self._depth += 1
        if namespace not in (STRICT, USUAL):
            return
        if local == "p":
            position = len(self._spots)
            host = self._open[0][1] if self._open else position
            self._spots.append(Spot(prefix, namespace, host, at))
            self._open.append((self._depth, position))
        elif local in _NUMBERS:
            used = (value for key, value in attributes.items() if _split(key)[1] == "id")
            self._ids.update(int(value) for value in used if value.isascii() and value.isdigit())
        self._in_text = local == "t"

    def _end(self, name: str) -> None:
        self._in_text = False
        if self._open and self._open[-1][0] == self._depth:
            spot = self._spots[self._open.pop()[1]]
            at = self._parser.CurrentByteIndex
            # An empty `<w:p/>` ends where it begins; nothing can be put into it.
            if spot.inner is not None or not self._data[spot.tag : at].endswith(b"/>"):
                spot.end = at
                spot.inner = at if spot.inner is None else spot.inner
        self._depth -= 1

    def _words(self, text: str) -> None:
        if self._in_text and self._open:
            self._spots[self._open[-1][1]].text.append(text)


def _split(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix of a name as expat gives it."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""
