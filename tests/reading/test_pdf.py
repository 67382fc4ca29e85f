"""PDF reading: per construct, on real files, and on files that somebody broke."""

from __future__ import annotations

import io
import json
import random
import time
from pathlib import Path

import pdfplumber
import pytest

from planchecker.errors import (
    DamagedPlanError,
    EncryptedPlanError,
    NoTextError,
    PlancheckerError,
)
from planchecker.plan import BlockKind, ReadingConfidence
from planchecker.reading.draft import Draft
from planchecker.reading.pdf import read_pdf
from planchecker.reading.pdf_grids import Grid, find_grids
from planchecker.reading.pdf_rulings import Rulings
from tests.reading import pdf_files
from tests.reading.pdf_files import CONSTRUCTS, score

SHARED = Path(__file__).parents[2].parent / "shared"
REAL_FILES = sorted((SHARED / "real-files").glob("*.pdf"))
REAL_PLANS = [
    SHARED / "real-plans" / name
    for name in ("green-growth-11p.pdf", "wash-policy-36p.pdf", "scanned-no-text-layer.pdf")
    if (SHARED / "real-plans" / name).is_file()
]
WRITTEN_PLANS = sorted((SHARED / "plans").glob("*/plan.pdf"))


def read(data: bytes, password: str | None = None) -> Draft:
    return read_pdf(data, "plan.pdf", password)


def words(draft: Draft) -> list[str]:
    return [word for piece in draft.pieces for word in piece.text.split() if word != "|"]


def texts(draft: Draft, kind: BlockKind) -> list[str]:
    return [piece.text for piece in draft.pieces if piece.kind is kind]


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_every_word_once_and_in_order(construct: str) -> None:
    sample = CONSTRUCTS[construct]()
    ours = score(sample.words, words(read(sample.data)))
    with pdfplumber.open(io.BytesIO(sample.data)) as document:
        plain = " ".join(page.extract_text() or "" for page in document.pages).split()
    control = score(sample.words, plain)
    assert ours.recall == 1.0
    assert ours.invented == 0.0
    assert ours.order == 1.0
    assert ours.order >= control.order
    assert ours.invented <= control.invented


@pytest.mark.parametrize(
    "construct",
    [
        "one column", "two columns", "call-out box", "rotated pages", "header, footer", "hyphenation",
        "headings", "lists", "paragraph over pages",
    ],
)  # fmt: skip
def test_paragraphs_are_whole(construct: str) -> None:
    sample = CONSTRUCTS[construct]()
    assert [piece.text for piece in read(sample.data).pieces] == sample.expected


def test_furniture_is_kept_apart() -> None:
    draft = read(pdf_files.furniture().data)
    assert "Harbour CCG draft plan for the Governing Body" in draft.furniture
    assert not any("Harbour CCG" in piece.text for piece in draft.pieces)


def test_headings_take_levels_from_outline_and_look() -> None:
    found = [
        (piece.level, piece.inferred)
        for piece in read(pdf_files.headings().data).pieces
        if piece.kind is BlockKind.HEADING
    ]
    # The file has an outline: a bold line that it leaves out and that is no larger is no heading.
    assert found == [(1, False), (2, False)] * 2


def test_headings_without_an_outline_are_inferred() -> None:
    found = [
        (piece.level, piece.inferred)
        for piece in read(pdf_files.headings(outline=False).data).pieces
        if piece.kind is BlockKind.HEADING
    ]
    assert found == [(1, True), (2, True), (3, True)] * 2


@pytest.mark.parametrize("odd", ["QIPP", "7 day working", "QIPP 2014/15"])
def test_an_abbreviation_or_a_quantity_is_a_heading_like_those_around_it(odd: str) -> None:
    page = pdf_files.Page()
    y = 80.0
    for text, size in (("Our programmes", 18), ("Carers", 13), (odd, 13), ("Stroke care", 13), ("Money", 18)):
        page.text(72, y, text, size, pdf_files.BOLD)
        y = page.flow(72, y + 22, 450, pdf_files.paragraph(int(y))) + 18
    found = [p.level for p in read(page.done()).pieces if p.kind is BlockKind.HEADING]
    assert found == [1, 2, 2, 2, 1]


def test_the_lead_of_a_programme_is_no_heading() -> None:
    page = pdf_files.Page()
    page.text(72, 80, "Programme B: Live actively", 16, pdf_files.BOLD)
    page.text(72, 110, "Lead: Director of Strategy", font=pdf_files.BOLD)
    page.flow(72, 135, 450, pdf_files.paragraph(2))
    assert texts(read(page.done()), BlockKind.HEADING) == ["Programme B: Live actively"]


def test_list_items_have_depth_and_keep_their_numbers() -> None:
    items = [p for p in read(pdf_files.lists().data).pieces if p.kind is BlockKind.LIST_ITEM]
    assert [item.level for item in items] == [0, 1, 0, 1, 0, 1, 0, 0, 0]
    assert items[-1].text.startswith("3. ")


def test_a_table_over_pages_is_one_and_keeps_its_headers() -> None:
    rows = read(pdf_files.table_over_pages().data).pieces
    assert {row.kind for row in rows} == {BlockKind.TABLE_ROW}
    assert {row.table for row in rows} == {0}
    assert len({row.page for row in rows}) > 1
    assert [row.is_table_header for row in rows] == [True] + [False] * 45
    for row, expected in zip(rows[1:], pdf_files.table_rows(), strict=True):
        assert [cell.header for cell in row.cells] == pdf_files.TABLE_HEADER
        assert [cell.text for cell in row.cells] == expected


def test_a_table_without_lines_is_rows() -> None:
    rows = [p for p in read(pdf_files.open_table().data).pieces if p.kind is BlockKind.TABLE_ROW]
    assert rows[0].is_table_header
    assert [(c.header, c.text) for c in rows[1].cells] == [
        ("Measure", "Indicator A"), ("2012/13", "100"), ("2013/14", "200"), ("2014/15", "300"),
    ]  # fmt: skip


def test_scanned_pages_are_unread_with_what_to_do() -> None:
    draft = read(pdf_files.scan(pages=1, with_text=True))
    assert [(unread.where, unread.page) for unread in draft.unread] == [("page 2", 2)]
    assert "ocrmypdf --skip-text" in draft.unread[0].why
    assert draft.confidence is not ReadingConfidence.HIGH


@pytest.mark.parametrize("data", [pdf_files.scan(3), pdf_files.unmapped()], ids=["scan", "no font map"])
def test_nothing_readable_is_refused(data: bytes) -> None:
    with pytest.raises(NoTextError, match="ocrmypdf"):
        read(data)


def test_encrypted_asks_for_the_password() -> None:
    data = pdf_files.encrypted("secret")
    with pytest.raises(EncryptedPlanError, match="protected by a password"):
        read(data)
    with pytest.raises(EncryptedPlanError, match="does not open"):
        read(data, "wrong")
    assert words(read(data, "secret")) == pdf_files.SENTENCES[0].split()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4 nothing else", b"\x00" * 5000])
def test_damaged_is_one_sentence(data: bytes) -> None:
    with pytest.raises(DamagedPlanError) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(DamagedPlanError, match="unpacks to more than"):
        read(pdf_files.bomb())


def test_impossible_numbers_are_survived() -> None:
    data = pdf_files.impossible_matrix()
    try:
        assert isinstance(read(data), Draft)
    except PlancheckerError as refusal:
        assert "\n" not in str(refusal)


def test_broken_files_end_in_a_draft_or_a_sentence() -> None:
    chance = random.Random(20140620)
    seeds = [CONSTRUCTS[name]().data for name in ("two columns", "headings", "table over pages", "ligatures")]
    stop = time.monotonic() + 12
    for _ in range(500):
        if time.monotonic() > stop:
            break
        broken = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 60)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        began = time.monotonic()
        try:
            assert isinstance(read(bytes(broken)), Draft)
        except PlancheckerError as refusal:
            assert "\n" not in str(refusal)
        assert time.monotonic() - began < 10


@pytest.mark.skipif(not REAL_FILES, reason="the shared files are not here")
@pytest.mark.parametrize("path", [*REAL_FILES, *REAL_PLANS], ids=lambda path: path.name)
def test_real_files_are_read_or_refused(path: Path) -> None:
    try:
        draft = read(path.read_bytes())
    except PlancheckerError as refusal:
        assert "\n" not in str(refusal)
        assert path.name in {
            "password-example.pdf", "malformed-from-issue-932.pdf", "scanned-no-text-layer.pdf",
        }  # fmt: skip
    else:
        assert words(draft)


@pytest.mark.skipif(not WRITTEN_PLANS, reason="the shared plans are not here")
@pytest.mark.parametrize("path", WRITTEN_PLANS, ids=lambda path: path.parent.name)
def test_evidence_stands_in_one_piece(path: Path) -> None:
    pieces = [" ".join(piece.text.split()) for piece in read(path.read_bytes()).pieces]
    gold = json.loads(path.with_name("gold.json").read_text(encoding="utf-8"))
    snippets = [
        " ".join(snippet.split())
        for feature in gold["features"].values()
        for snippet in [*feature.get("evidence", []), *feature.get("decoy", [])]
    ]
    lost = [snippet for snippet in snippets if not any(snippet in piece for piece in pieces)]
    assert not lost


def _ruled(across: list[tuple[float, ...]], down: list[tuple[float, ...]]) -> list[Grid]:
    return find_grids(
        Rulings(across=[(x0, y, x1, y) for y, x0, x1 in across], down=[(x, y0, x, y1) for x, y0, y1 in down])
    )


def _cells(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]


def test_a_grid_with_an_open_side_a_merged_cell_and_short_lines() -> None:
    across = [(y, 0.0, 300.0) for y in (0.0, 20.0, 40.0, 60.0)]
    (grid,) = _ruled(across, [(0.0, 0.0, 60.0), (100.0, 26.0, 60.0), (200.0, 26.0, 54.0)])
    assert grid.xs == (0, 100, 200, 300)
    assert _cells(grid) == [(0, 0, 1, 3), *((row, column, 1, 1) for row in (1, 2) for column in range(3))]


def test_a_title_without_a_line_below_it_is_not_laid_over_the_headers() -> None:
    across = [(0.0, 0.0, 300.0), (20.0, 100.0, 300.0), (40.0, 0.0, 300.0)]
    (grid,) = _ruled(across, [(0.0, 0.0, 40.0), (100.0, 20.0, 40.0), (200.0, 20.0, 40.0), (300.0, 0.0, 40.0)])
    assert _cells(grid) == [(0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]


@pytest.mark.parametrize("lines", [100, 700, 1900])
def test_a_drawing_of_many_lines_takes_no_time(lines: int) -> None:
    places = [5.0 * number for number in range(lines)]
    began = time.process_time()
    ruled = [(place, 0.0, places[-1]) for place in places]
    assert _ruled(ruled, ruled) == []
    assert time.process_time() - began < 1
