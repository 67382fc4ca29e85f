"""What a file is, judged by its content; its name is only asked about plain text."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from planchecker.errors import DamagedPlanError, NoTextError, UnsupportedFormatError


class Kind(StrEnum):
    """Kinds of file that planchecker can tell apart and read."""

    WORD = "docx"
    ENCRYPTED_WORD = "encrypted docx"
    PDF = "pdf"
    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    OLD_WORD = "doc"
    OPEN_DOCUMENT = "odt"
    RICH_TEXT = "rtf"
    SLIDES = "pptx"
    OLD_SLIDES = "ppt"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "open it in the program it came from, save it as .docx or PDF and check that copy"
_MARKDOWN_ENDINGS = {".md", ".markdown", ".mdown"}
_TEXT_ENDINGS = {".txt", ".text", ".asc", ".log", ""}
_HTML_START = re.compile(r"\s*(<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(!doctype\s+html|html|head|body)\b",
                         re.IGNORECASE | re.DOTALL)  # fmt: skip
_PROGRAMS = {
    "spreadsheetml": "an Excel workbook",
    "ms-excel": "an Excel workbook",
    "opendocument.spreadsheet": "a spreadsheet",
    "epub": "an e-book",
}
_OLE_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED_WORD),
    ("WordDocument", Kind.OLD_WORD),
    ("PowerPoint Document", Kind.OLD_SLIDES),
)
_BINARY_SHARE = 0.02  # of control characters from which a file is not text
_SNIFFED = 65_536


def sniff(data: bytes, name: str) -> Kind:
    """Tell what kind of file this is.

    Args:
        data: the file's bytes.
        name: the file as the user named it.

    Raises:
        NoTextError: the file is empty.
        UnsupportedFormatError: it is of no kind that planchecker reads, or is plain text under
            the name of another kind.
        DamagedPlanError: it begins like a Word file but its package is broken.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise NoTextError(name, "the file is empty", "check that the right file was saved")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data[:2] == b"PK":
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if data.lstrip()[:5] == b"{\\rtf":
        return Kind.RICH_TEXT
    return _text_kind(data, name)


def _zip_kind(data: bytes, name: str) -> Kind:
    """Tell Word from the other formats that are zip files inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist()[:20_000])
            described = "".join(
                package.open(part).read(_SNIFFED * 4).decode("utf-8", errors="replace")
                for part in ("[Content_Types].xml", "mimetype") if part in names
            )  # fmt: skip
    except Exception as error:  # a hostile zip can raise nearly anything
        problem = "the file is cut short or damaged"
        raise DamagedPlanError(name, problem, "ask for a fresh copy of it") from error
    if "wordprocessingml" in described or "ms-word." in described or "word/document.xml" in names:
        return Kind.WORD
    if "presentationml" in described or "opendocument.presentation" in described:
        return Kind.SLIDES
    if "opendocument.text" in described:
        return Kind.OPEN_DOCUMENT
    found = (words for sign, words in _PROGRAMS.items() if sign in described)
    raise _unsupported(name, next(found, "an archive or a program's own format"))


def _ole_kind(data: bytes, name: str) -> Kind:
    """Tell apart what the old container of Microsoft Office holds, by the names of its streams."""
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    if "Workbook".encode("utf-16-le") in data:
        raise _unsupported(name, "an Excel workbook")
    raise _unsupported(name, "an old Office file of a kind planchecker does not read")


def _text_kind(data: bytes, name: str) -> Kind:
    """Tell HTML, Markdown and plain text apart, and text from anything binary."""
    start = decode(data[:_SNIFFED])
    odd = sum(1 for ch in start if (ch < " " and ch not in "\t\n\r\f\x1b\x08") or ch == "\ufffd")
    if odd > len(start) * _BINARY_SHARE:
        raise _unsupported(name, "of a kind that planchecker does not know")
    if _HTML_START.match(start):
        return Kind.HTML
    ending = PurePath(name).suffix.lower()
    if ending in (".html", ".htm"):
        return Kind.HTML
    if ending in _MARKDOWN_ENDINGS:
        return Kind.MARKDOWN
    if ending in _TEXT_ENDINGS:
        return Kind.TEXT
    raise UnsupportedFormatError(
        name,
        f"the file is named {ending} but holds plain text",
        "rename it to .txt if that is right, else ask for a fresh copy of it",
    )


def decode(data: bytes) -> str:
    """Text in the encoding it shows by its first bytes, else UTF-8, else Windows Western."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and len(data) == _SNIFFED:
            return data[: error.start].decode("utf-8")  # the sample ends inside a character
        return data.decode("cp1252", errors="replace")


def _unsupported(name: str, what: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(name, f"the file is {what}", _SAVE_AS)
