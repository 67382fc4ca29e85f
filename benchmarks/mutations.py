"""Ways to spoil a file: bytes, text, parts of a zip package, elements of XML, values of JSON or YAML."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random
from typing import Any

from lxml import etree

# What programs and hostile hands write where something else is expected.
AWKWARD = (
    "", " ", "\0", "\ufeff", "\r\n", "\u202e", "\ud7ff", "\U0001f9d1\u200d\u2695\ufe0f", "A" * 70_000, "£" * 300,
    "<script>alert(1)</script>", "=HYPERLINK(\"http://x.example\",\"y\")", "@SUM(1)", "-1+1", "+1", "%s%n", "{{7*7}}",
    "&lt;&#0;&#xD800;", "]]>", "<!--", "-1", "0", "1e309", "99999999999999999999", "NaN", "2014-02-30", "31/02/2014",
    "../../../x", "C:\\CON", "\x1b[31m", "'", '"', ";", "true", "null", "~", "*a", "&a", "!!python/object:os.system x",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_PDF_NUMBER = re.compile(rb"(?<=[ \[/\n])\d{1,10}(?=[ \]\n/>])")


def spoiled_bytes(rng: Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, doubled, put in, or cut short."""
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 3, 30))):
        at = rng.randrange(len(spoiled) + 1)
        length = rng.choice((1, 4, 64, 4096))
        way = rng.randrange(5)
        if way == 0 and spoiled:
            spoiled[min(at, len(spoiled) - 1)] ^= 1 << rng.randrange(8)
        elif way == 1:
            del spoiled[at : at + length]
        elif way == 2:
            spoiled[at:at] = spoiled[at : at + length]
        elif way == 3:
            spoiled[at:at] = rng.choice(AWKWARD)[:2000].encode("utf-8", "surrogatepass")
        elif rng.random() < 0.2:
            del spoiled[at:]
    return bytes(spoiled)


def spoiled_numbers(rng: Random, data: bytes, pattern: re.Pattern[bytes] = _NUMBER) -> bytes:
    """Some of the numbers in a file made very large, negative or nought."""
    places = list(pattern.finditer(data))
    for place in sorted(
        rng.sample(places, min(len(places), rng.choice((1, 4, 20)))), key=lambda p: -p.start()
    ):
        number = rng.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"9999999999", b"1e9"))
        data = data[: place.start()] + number + data[place.end() :]
    return data


def spoiled_pdf(rng: Random, data: bytes) -> bytes:
    """A PDF with its objects' numbers, or any of its bytes, spoiled."""
    return spoiled_numbers(rng, data, _PDF_NUMBER) if rng.random() < 0.5 else spoiled_bytes(rng, data)


def spoiled_package(rng: Random, data: bytes) -> bytes:
    """A zip package with some parts spoiled, taken out or given twice."""
    if rng.random() < 0.15:
        return spoiled_bytes(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist() if not info.is_dir()]
    text_parts = [n for n, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))] or [0]
    for _ in range(rng.choice((1, 1, 3))):
        # The body is spoiled as often as all the rest: that is where a reader does its work.
        body = [n for n in text_parts if parts[n][0].endswith(("document.xml", "content.xml", "sheet1.xml"))]
        at = rng.choice(body if body and rng.random() < 0.5 else text_parts)
        name, content = parts[at]
        way = rng.random()
        if way < 0.08:
            parts[at] = (name, b"")
        elif way < 0.14:
            parts.append((name, content))
        else:
            parts[at] = (name, spoiled_xml(rng, content))
    if rng.random() < 0.1 and len(parts) > 1:
        parts.pop(rng.randrange(len(parts)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return packed.getvalue()


def spoiled_xml(rng: Random, data: bytes) -> bytes:
    """XML with elements moved, doubled, nested or emptied, and attributes and text put awry."""
    if rng.random() < 0.15:
        return spoiled_bytes(rng, data)
    if rng.random() < 0.2:
        return spoiled_numbers(rng, data)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return spoiled_bytes(rng, data)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    for _ in range(rng.choice((1, 4, 16))):
        _spoil_element(rng, rng.choice(elements), elements)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _spoil_element(rng: Random, one: Any, elements: list[Any]) -> None:
    way = rng.randrange(6)
    parent = one.getparent()
    if way == 0 and parent is not None:
        parent.remove(one)
    elif way == 1 and parent is not None and len(one) < 200:
        parent.append(etree.fromstring(etree.tostring(one)))
    elif way == 2 and one.attrib:
        one.set(rng.choice(list(one.attrib)), _xml_text(rng))
    elif way == 3:
        one.text = _xml_text(rng)
    elif way == 4:
        one.tag = rng.choice(elements).tag
    elif parent is not None and len(one) < 50:
        inner = one
        for _ in range(rng.choice((2, 300))):
            wrapped = etree.fromstring(etree.tostring(one, with_tail=False))
            inner.append(wrapped)
            inner = wrapped
            if len(etree.tostring(one)) > 200_000:
                break


def _xml_text(rng: Random) -> str:
    return "".join(ch for ch in rng.choice(AWKWARD) if ch in "\t\n" or " " <= ch < "\ud800" or ch > "\uffff")


def spoiled_text(rng: Random, text: str) -> bytes:
    """Text with lines doubled, dropped and moved, and awkward words put in; in some encoding or other."""
    lines = text.splitlines(keepends=True) or [""]
    for _ in range(rng.choice((1, 3, 12))):
        at, way = rng.randrange(len(lines)), rng.randrange(5)
        if way == 0:
            lines.insert(at, lines[at] * rng.choice((1, 50)))
        elif way == 1 and len(lines) > 1:
            lines.pop(at)
        elif way == 2:
            lines.insert(at, lines[rng.randrange(len(lines))])
        else:
            line = lines[at]
            where = rng.randrange(len(line) + 1)
            cut = where + rng.choice((0, 0, 1, 8))
            lines[at] = line[:where] + rng.choice(AWKWARD) + line[cut:]
    joined = "".join(lines)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    data = joined.encode(encoding, errors="replace")
    data = data.replace(b"\n", b"\r\n") if rng.random() < 0.2 and encoding != "utf-16" else data
    return spoiled_bytes(rng, data) if rng.random() < 0.2 else data


def spoiled_data(rng: Random, data: Any) -> Any:
    """A value of JSON or YAML with some of what it holds replaced, dropped, doubled or nested."""
    for _ in range(rng.choice((1, 2, 6))):
        places = list(_places(data))
        if not places:
            return rng.choice((None, [], {}, 0, "x"))
        holder, key = rng.choice(places)
        way = rng.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1:
            holder[key] = [holder[key]] if rng.random() < 0.5 else {"x": holder[key]}
        elif way == 2 and isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder[key] = rng.choice((*AWKWARD, None, True, -1, 0, 10**30, 1e308, [], {}, [[]], "\ud800"))
    return data


def _places(data: Any) -> Any:
    """Every place in a value: what holds it, and under which key or number."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(pairs):
        yield data, key
        yield from _places(value)
