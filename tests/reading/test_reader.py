"""The one door to reading: any file in, a plan or one sentence out."""

from __future__ import annotations

import hashlib
import io
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest

from planchecker.errors import (
    DamagedPlanError,
    EncryptedPlanError,
    ExitCode,
    NoTextError,
    PlanNotFoundError,
    UnreadablePlanError,
    UnsupportedFormatError,
)
from planchecker.plan import BlockKind, Plan
from planchecker.reading import office, read
from planchecker.reading.draft import Draft, Piece, assemble
from planchecker.reading.sniff import Kind, sniff

from . import word_files as make

SHARED = Path(__file__).parents[2].parent / "shared"
REAL_FILES = sorted(SHARED.glob("real-files/*")) if SHARED.exists() else []
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def test_a_plan_knows_its_file(tmp_path: Path) -> None:
    path = saved(tmp_path, "draft 3.docx", make.simple_file("We will act."))
    plan = read(path)
    assert (plan.path, plan.title, plan.format) == (str(path), "draft 3", "docx")
    assert plan.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    assert read(saved(tmp_path, "plan.txt", make.simple_file("We will act."))).format == "docx"
    assert read(saved(tmp_path, "plan.doc", b"<html><p>We will act.</p>")).format == "html"
    assert read(saved(tmp_path, "plan", b"We will act.")).format == "txt"


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("plan.docx", b"Only plain text.", UnsupportedFormatError, "holds plain text; rename it to .txt"),
        ("plan.docx", b"", NoTextError, "empty"),
        ("plan.docx", b"\0" * 500, NoTextError, "empty"),
        ("plan.docx", b"PK\x03\x04 cut short", DamagedPlanError, "cut short"),
        ("plan.docx", make.simple_file("  ", "..."), NoTextError, "no readable text"),
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedPlanError, "password"),
        ("plan.xls", OLE + "Workbook".encode("utf-16-le"), UnsupportedFormatError, "Excel"),
        ("plan.msg", OLE, UnsupportedFormatError, "does not read"),
        ("plan.xlsx", package(**{"[Content_Types].xml": "spreadsheetml"}), UnsupportedFormatError, "Excel"),
        ("plan.zip", package(a="b"), UnsupportedFormatError, "archive"),
        ("plan.docx", package(**{"word/document.xml": "<x"}), DamagedPlanError, "XML"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), UnsupportedFormatError, "does not know"),
    ],
)
def test_refusals_are_one_sentence(
    tmp_path: Path, name: str, data: bytes, error: type[UnreadablePlanError], words: str
) -> None:
    with pytest.raises(error) as refusal:
        read(saved(tmp_path, name, data))
    message = str(refusal.value)
    assert words in message and message.startswith(f"{name}: ") and message.endswith(".")
    assert "\n" not in message and refusal.value.exit_code is ExitCode.UNREADABLE_PLAN


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.docx", "bad\0name"):
        with pytest.raises(PlanNotFoundError):
            read(path)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), Kind.OLD_WORD),
        (OLE + "PowerPoint Document".encode("utf-16-le"), Kind.OLD_SLIDES),
        (b"{\\rtf1 x}", Kind.RICH_TEXT),
        (package(mimetype="application/vnd.oasis.opendocument.text"), Kind.OPEN_DOCUMENT),
        (package(**{"[Content_Types].xml": "presentationml.presentation"}), Kind.SLIDES),
        (b"junk %PDF-1.4", Kind.PDF),
        (b"<!-- a --> <!-- b -->\n<!DOCTYPE html>", Kind.HTML),
    ],
)
def test_kinds_are_told_by_content(data: bytes, kind: Kind) -> None:
    assert sniff(data, "x") is kind


def test_sniffing_hostile_comments_takes_no_time() -> None:
    started = time.perf_counter()
    sniff(b"<!---->" * 9_000, "x.txt")
    assert time.perf_counter() - started < 1


def test_a_plan_in_french_says_so(tmp_path: Path) -> None:
    text = "Le plan est la réponse de notre pays aux défis et il a pour but de donner une vie meilleure. " * 5
    notices = read(saved(tmp_path, "plan.txt", text.encode())).notices
    assert "written in French" in notices[0]


def test_a_defect_in_parsing_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Draft:
        raise RecursionError("deep\nand long")

    monkeypatch.setattr("planchecker.reading.word.read_word", broken)
    with pytest.raises(DamagedPlanError, match="RecursionError") as refusal:
        read(saved(tmp_path, "plan.docx", make.simple_file("x")))
    assert "\n" not in str(refusal.value)


def test_blocks_stand_under_their_headings() -> None:
    pieces = (
        Piece(BlockKind.HEADING, "A", level=1), Piece(BlockKind.HEADING, "B", level=3),
        Piece(BlockKind.PARAGRAPH, " "), Piece(BlockKind.PARAGRAPH, "text"),
        Piece(BlockKind.HEADING, "C", level=2), Piece(BlockKind.HEADING, "D", level=1),
    )  # fmt: skip
    plan = assemble("x.docx", "", Draft("docx", None, None, pieces))
    assert [(b.number, b.text, b.heading) for b in plan.blocks] == [
        (0, "A", ()), (1, "B", ("A",)), (2, "text", ("A", "B")), (3, "C", ("A",)), (4, "D", ()),
    ]  # fmt: skip
    assert plan.title == "A"


FAKE_OFFICE = """#!{python}
import pathlib, shutil, sys, time
if {slow}: time.sleep(60)
at = sys.argv.index("--outdir")
source = pathlib.Path(sys.argv[at + 2])
kind = sys.argv[sys.argv.index("--convert-to") + 1]
if {works}: shutil.copy({answer!r}, pathlib.Path(sys.argv[at + 1], source.stem + "." + kind))
"""


def fake_office(
    folder: Path, monkeypatch: pytest.MonkeyPatch, slow: bool = False, works: bool = True
) -> None:
    """Put a stand-in for LibreOffice on the path, which answers with a Word file of ours."""
    answer = saved(folder, "answer.docx", make.simple_file("Converted words."))
    script = folder / "soffice"
    script.write_text(FAKE_OFFICE.format(python=sys.executable, slow=slow, works=works, answer=str(answer)))
    script.chmod(0o755)
    monkeypatch.setattr(office, "find_libreoffice", lambda: str(script))


def test_old_formats_are_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch)
    plan = read(saved(tmp_path, "old.rtf", b"{\\rtf1 old}"))
    assert (plan.format, plan.blocks[0].text) == ("rtf", "Converted words.")
    assert "converted by LibreOffice" in plan.notices[-1]


def test_a_converter_that_hangs_or_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, "old.rtf", b"{\\rtf1 old}")
    fake_office(tmp_path, monkeypatch, works=False)
    with pytest.raises(DamagedPlanError, match="cannot open it"):
        read(path)
    monkeypatch.setattr(office, "TIME_LIMIT", 0.3)
    fake_office(tmp_path, monkeypatch, slow=True)
    with pytest.raises(DamagedPlanError, match="did not finish"):
        read(path)


def test_without_libreoffice_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    with pytest.raises(UnsupportedFormatError, match=r"needs LibreOffice.*save it as \.docx"):
        read(saved(tmp_path, "old.rtf", b"{\\rtf1 old}"))


@pytest.mark.skipif(not REAL_FILES, reason="no shared files here")
@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
def test_real_files_are_read_or_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.perf_counter()
    try:
        plan = read(path)
    except UnreadablePlanError as refusal:
        assert "\n" not in str(refusal) and str(refusal).endswith(".")
        assert "stops reading" not in str(refusal), "the net for defects is not for known files"
    else:
        assert isinstance(plan, Plan) and plan.words > 0
    assert time.perf_counter() - started < 60


@pytest.mark.skipif(not SHARED.exists(), reason="no shared files here")
@pytest.mark.parametrize("name", ["D1", "D2"])
def test_sample_plans_keep_their_shape(name: str) -> None:
    """Headings with their levels and rows as python-docx counts them in these plain files."""
    path = SHARED / "plans" / name / "plan.docx"
    document = docx.Document(str(path))
    styled = [
        (p.text, int(p.style.name[-1])) for p in document.paragraphs
        if p.style is not None and p.style.name.startswith("Heading ") and p.text != "Contents"
    ]  # fmt: skip
    plan = read(path)
    headings = [b for b in plan.blocks if b.kind is BlockKind.HEADING and not b.inferred]
    assert [(b.text, b.level) for b in headings if b.text != plan.title] == styled
    rows = [block for block in plan.blocks if block.kind is BlockKind.TABLE_ROW]
    boxes = [t for t in document.tables if len(t.columns) == 1]
    assert len(rows) == sum(len(t.rows) for t in document.tables if t not in boxes)
    assert not plan.unread
