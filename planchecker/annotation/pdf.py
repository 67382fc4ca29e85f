"""Highlights and notes in a PDF, added behind the bytes of the user's own file."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from datetime import datetime

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from planchecker.annotation.pdf_places import Box, PdfPlaces
from planchecker.annotation.remarks import AUTHOR, Note, Remark
from planchecker.errors import DamagedPlanError, EncryptedPlanError, PlancheckerError
from planchecker.plan import Plan
from planchecker.result import Verdict

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False  # its remarks on sloppy files help no planner

_PRINTED = 4  # the flag of an annotation that is printed too
_AMBER, _GREEN = (1.0, 0.84, 0.4), (0.62, 0.87, 0.66)
_ICON, _MARGIN = 18.0, 6.0  # points
# A sheet with four lines, drawn here as viewers without icons of their own (Chrome) show nothing.
_SHEET = (
    b"1 0.84 0.4 rg 0.3 0.22 0.02 RG 1 w 0.5 0.5 17 17 re B "
    b"4 13.5 m 14 13.5 l 4 10.5 m 14 10.5 l 4 7.5 m 14 7.5 l 4 4.5 m 10 4.5 l S"
)


def annotated_pdf(
    data: bytes, plan: Plan, remarks: Sequence[Remark], opening: Sequence[Note], made: datetime
) -> bytes:
    """A copy of a PDF with highlights; where a passage cannot be located, a note on its page.

    Args:
        data: the file's bytes.
        plan: the plan as read from them.
        remarks: what is said at passages; those on one paragraph become one note.
        opening: what is said on the first page.
        made: the date of the notes.

    Raises:
        EncryptedPlanError: the file is protected.
        DamagedPlanError: nothing can be added to the file.
    """
    try:
        writer = _writer(data, plan)
        pages = _Pages(writer, made)
        pages.note(1, opening)
        with PdfPlaces(data) as places:
            lost = [group for group in _by_block(remarks) if not _highlight(pages, places, group)]
        for page in sorted({_page(group) for group in lost}):
            groups = (group for group in lost if _page(group) == page)
            pages.note(page, [remark.note for group in groups for remark in group])
        out = io.BytesIO()
        writer.write(out)
    except PlancheckerError:
        raise
    except Exception as error:  # what pypdf raises on damaged files is not documented
        problem = "notes cannot be added to this PDF, though it can be read"
        raise DamagedPlanError(plan.path, problem, "print it to a new PDF and annotate that") from error
    return out.getvalue()


def _writer(data: bytes, plan: Plan) -> PdfWriter:
    """A writer that adds to the file as it is, or, where its structure is broken, to a mended copy."""
    if PdfReader(io.BytesIO(data)).is_encrypted:
        raise EncryptedPlanError(
            plan.path,
            "the PDF is protected against changes",
            "save a copy without protection and annotate that",
        )
    try:
        return PdfWriter(io.BytesIO(data), incremental=True)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return PdfWriter(clone_from=PdfReader(io.BytesIO(data)))


def _by_block(remarks: Sequence[Remark]) -> list[list[Remark]]:
    """Remarks by the paragraph that they stand at, in the order of the text."""
    groups: dict[int, list[Remark]] = {}
    for remark in remarks:
        groups.setdefault(remark.evidence.block, []).append(remark)
    return [groups[block] for block in sorted(groups)]


def _highlight(pages: _Pages, places: PdfPlaces, group: list[Remark]) -> bool:
    """Highlight the passages of one paragraph; False where none of them can be located."""
    page = _page(group)
    passages = dict.fromkeys(remark.evidence.text for remark in group)
    boxes = dict.fromkeys(box for passage in passages for box in places.boxes(page, passage))
    if boxes:
        all_met = all(remark.verdict is Verdict.MET for remark in group)
        notes = [remark.note for remark in group]
        pages.highlight(page, list(boxes), notes, _GREEN if all_met else _AMBER)
    return bool(boxes)


def _page(group: list[Remark]) -> int:
    return group[0].evidence.page or 1


class _Pages:
    """The pages that annotations are added to."""

    def __init__(self, writer: PdfWriter, made: datetime) -> None:
        self._writer, self._made = writer, made.strftime("D:%Y%m%d%H%M%SZ")
        self._noted: dict[int, int] = {}  # notes already at the top of a page
        self._icon = writer._add_object(_sheet())
        self._count = 0

    def highlight(
        self, page: int, boxes: Sequence[Box], notes: Sequence[Note], colour: tuple[float, ...]
    ) -> None:
        """Highlight lines and say something about them."""
        around = (
            min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes),
        )  # fmt: skip
        # Corners as every viewer draws them: upper left, upper right, lower left, lower right.
        corners = [n for b in boxes for n in (b[0], b[3], b[2], b[3], b[0], b[1], b[2], b[1])]
        self._put(page, "/Highlight", around, notes, colour, {"/QuadPoints": _numbers(corners)})

    def note(self, page: int, notes: Sequence[Note]) -> None:
        """Put a note at the top of a page, beside those that are there."""
        shift = self._noted.get(page, 0)
        self._noted[page] = shift + 1
        box = self._writer.pages[page - 1].cropbox
        left = float(box.left) + _MARGIN + shift * (_ICON + _MARGIN)
        top = float(box.top) - _MARGIN
        look = DictionaryObject({NameObject("/N"): self._icon})
        extra: dict[str, PdfObject] = {"/Name": NameObject("/Note"), "/AP": look}
        self._put(page, "/Text", (left, top - _ICON, left + _ICON, top), notes, _AMBER, extra)

    def _put(
        self, page: int, kind: str, around: Box, notes: Sequence[Note], colour: tuple[float, ...],
        extra: dict[str, PdfObject],
    ) -> None:  # fmt: skip
        self._count += 1
        entries = {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject(kind),
            "/Rect": _numbers(around),
            "/Contents": TextStringObject(_text(notes)),
            "/T": TextStringObject(AUTHOR),
            "/M": TextStringObject(self._made),
            "/NM": TextStringObject(f"{AUTHOR}-{self._made}-{self._count}"),
            "/C": _numbers(colour),
            "/F": NumberObject(_PRINTED),
            **extra,
        }
        annotation = DictionaryObject({NameObject(key): value for key, value in entries.items()})
        self._writer.add_annotation(page - 1, annotation)


def _sheet() -> StreamObject:
    icon = StreamObject()
    icon.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers((0, 0, _ICON, _ICON)),
        }
    )
    icon.set_data(_SHEET)
    return icon


def _text(notes: Sequence[Note]) -> str:
    return "\n\n".join("\n".join((note.title, *note.lines)) for note in notes)


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 3)) for value in values])
