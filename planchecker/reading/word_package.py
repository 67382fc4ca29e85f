"""The zip package of a Word file: opened within limits, its XML parsed without any outside reach."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from planchecker.errors import DamagedPlanError
from planchecker.reading.word_xml import Element

# The longest real plans have some hundred parts and document XML of a few megabytes; a table of
# ten thousand rows has about 25. What is far beyond is an attack or an accident, never a plan.
MAX_ENTRIES = 10_000
MAX_PART_BYTES = 40_000_000
MAX_TOTAL_BYTES = 2_000_000_000
MAX_RATIO = 300  # deflate reaches 1,000 only on filler; Word's own XML stays below 60
RATIO_MATTERS_FROM = 5_000_000

_RESAVE = "open it in Word, save it again as .docx and check that copy"
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # includes UnicodeDecodeError in entry names
    KeyError,
    IndexError,
    NotImplementedError,  # a compression method that no Word writes
    RuntimeError,  # an entry under a zip password
    OverflowError,
)
# Strict files (ISO 29500 Strict) use other names for the same things.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A pointer from one part to another; `kind` is the last word of its type."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file's parts, read on demand.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.

    Raises:
        DamagedPlanError: the zip is broken or larger inside than any plan.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN_ZIP as error:
            raise self.damaged("the file is cut short or damaged") from error
        self._check_size(entries)
        self._names = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def damaged(self, problem: str) -> DamagedPlanError:
        """The error to raise for this file, with the usual remedy."""
        return DamagedPlanError(self.name, problem, _RESAVE)

    def _check_size(self, entries: list[zipfile.ZipInfo]) -> None:
        """Refuse a zip bomb before anything is unpacked."""
        too_big = (
            len(entries) > MAX_ENTRIES
            or sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES
            or any(
                entry.file_size > RATIO_MATTERS_FROM
                and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
                for entry in entries
            )
        )
        if too_big:
            raise self.damaged("the file unpacks to far more than any plan holds")

    def has(self, part: str) -> bool:
        """Whether the package holds a part of this name."""
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        entry = self._names[part.lower()]
        if entry.file_size > MAX_PART_BYTES:
            raise self.damaged(f"its part {part} is larger than any plan's")
        return self.whole(entry)

    def whole(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry of the zip, whatever its size; the zip as a whole has a limit."""
        try:
            return self._zip.read(entry)
        except _BROKEN_ZIP as error:
            raise self.damaged(f"its part {entry.filename} is cut short or damaged") from error

    def xml(self, part: str) -> Element | None:
        """The root of a part's XML, strict names mapped to the usual ones; None where absent.

        Raises:
            DamagedPlanError: the part is not well-formed, nests too deeply, or declares entities.
        """
        if not self.has(part):
            return None
        data = self.read(part)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16", errors="replace")
            data = re.sub(r"^<\?xml[^>]*\?>", "", text).encode()
        if _DOCTYPE.search(data, 0, 4096):
            raise self.damaged(f"its part {part} declares entities, which no Word file does")
        data = _STRICT.sub(_TRANSITIONAL, data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(f"its part {part} is not readable XML") from error
        return root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What a part points to, by relationship id, in the order of the file."""
        folder, leaf = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: dict[str, Relationship] = {}
        for item in () if root is None else root.iter(_RELATIONSHIP):
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = item.get("Type", "").rpartition("/")[2]
            found[item.get("Id", "")] = Relationship(kind, target, external)
        return found

    def main_part(self) -> str:
        """The name of the part that holds the document's text."""
        for relation in self.relationships("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise self.damaged("the package holds no Word text")
