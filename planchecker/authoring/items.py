"""From a document or a workbook to the requirements that it lists: a table's column, numbers, or bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from pathlib import Path

from planchecker.errors import NoRequirementsError
from planchecker.plan import Block, BlockKind, Plan
from planchecker.reading.reader import read
from planchecker.reading.workbook import ENDINGS, Sheet, read_workbook

MAX_REQUIREMENTS = 500
_NUMBERED = re.compile(
    r"\s*\(?(?P<label>[A-Za-z]{1,3}[.-]?\d{1,3}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})*)(?:[.):]+\s+|\s*[–—-]\s+|\s{1,})(?=\S)"
)
_LETTERED = re.compile(r"\s*\(?(?:[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")
_COLUMNS = {
    "text": (
        r"requirements?", r"what (?:is|the plan|we|must|should)\b.*", r".*\b(?:must|should|asked|asks)\b.*",
        r"(?:national )?conditions?", r"features?", r"priorit(?:y|ies)", r"standards?", r"criteri(?:on|a)",
        r"(?:key )?(?:questions?|lines? of enquiry)", r"KLOEs?", r"objectives?", r"ambitions?", r"expectations?",
        r"commitments?", r"actions?", r"text", r"descriptions?",
    ),
    "label": (r"no\.?|nr\.?|num(?:ber)?|ref(?:erence)?\.?|id|#|item|code",),
    "name": (r"(?:short )?(?:name|title)|topic|subject",),
    "group": (r"theme|domain|section|element|area|group|chapter|category|outcome",),
}  # fmt: skip
_FIRST_ROWS = 15  # a header row stands near the top, below a title or two


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as the author's file states it.

    Attributes:
        text: what is asked.
        label: its number or code in the file, or "".
        name: its short name, or "".
        group: the heading or theme it stands under, or "".
        points: the points listed beneath it.
    """

    text: str
    label: str = ""
    name: str = ""
    group: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The requirements of a file, with its title and where in it they were found, in words."""

    title: str
    found_in: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's column headers, its rows by header, and the heading or sheet that it stands under."""

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    heading: str


def requirements_in(path: Path) -> Listed:
    """The requirements that a text, Markdown, Word, PDF or Excel file lists.

    Raises:
        UnreadablePlanError: the file cannot be read, or lists nothing.
    """
    if path.suffix.lower() in ENDINGS:
        listed = _in_workbook(path.stem, read_workbook(path))
    else:
        listed = _in_document(read(path))
    if not listed.requirements:
        raise NoRequirementsError(
            path,
            "no list of requirements was found in it",
            "give each requirement its own number or bullet, or put them in a table with a column called Requirement",
        )
    if len(listed.requirements) > MAX_REQUIREMENTS:
        problem = f"it lists {len(listed.requirements)} requirements, more than the {MAX_REQUIREMENTS} of any checklist"
        raise NoRequirementsError(path, problem, "keep the list itself and take the rest out")
    return listed


def _in_workbook(title: str, sheets: Sequence[Sheet]) -> Listed:
    tables: list[_Table] = []
    for sheet in sheets:
        at = next((n for n, row in enumerate(sheet.rows[:_FIRST_ROWS]) if _is_header(row)), None)
        if at is not None:
            header = sheet.rows[at]
            rows = tuple(dict(zip(header, row, strict=False)) for row in sheet.rows[at + 1 :])
            tables.append(_Table(header, rows, sheet.name if len(sheets) > 1 else ""))
    if tables:
        return _in_tables(title, tables)
    for sheet in sheets:
        columns = [[text for text in column if text] for column in zip_longest(*sheet.rows, fillvalue="")]
        filled = [column for column in columns if column]
        if len(filled) == 1:
            texts = filled[0][1:] if "text" in _columns(filled[0][:1]) else filled[0]
            blocks = [Block(n, BlockKind.LIST_ITEM, text, level=0) for n, text in enumerate(texts)]
            return Listed(title, f"the only column of the sheet “{sheet.name}”", tuple(_from_list(blocks)))
    return Listed(title, "", ())


def _in_document(plan: Plan) -> Listed:
    """The tables of requirements or the list, whichever holds more of them."""
    title = Path(plan.path).stem if _NUMBERED.match(plan.title) else plan.title
    tables = []
    for _, blocks in groupby((b for b in plan.blocks if b.table is not None), key=lambda block: block.table):
        rows = list(blocks)
        header = tuple(cell.text for row in rows if row.is_table_header for cell in row.cells)
        cells = tuple({c.header: c.text for c in row.cells} for row in rows if not row.is_table_header)
        if "text" in _columns(header):
            tables.append(_Table(header, cells, rows[0].heading[-1] if rows[0].heading else ""))
    tabled = _in_tables(title, tables)
    found = tuple(_from_list([block for block in plan.blocks if block.table is None]))
    if tabled.requirements and len(tabled.requirements) >= len(found):
        return tabled
    how = "its numbered list" if any(one.label for one in found) else "its list"
    return Listed(title, how, found)


def _in_tables(title: str, tables: Sequence[_Table]) -> Listed:
    """The requirements of all tables with the same columns: those that hold the most."""
    best = Listed(title, "", ())
    for header in dict.fromkeys(table.header for table in tables):
        same = [table for table in tables if table.header == header]
        found = tuple(requirement for table in same for requirement in _from_rows(table))
        if len(found) > len(best.requirements):
            where = f"the table with the column “{_columns(header)['text']}”"
            best = Listed(title, where if len(same) == 1 else where.replace("table", "tables"), found)
    return best


def _is_header(row: Sequence[str]) -> bool:
    return sum(map(bool, row)) > 1 and "text" in _columns(row)


def _columns(header: Sequence[str]) -> dict[str, str]:
    """Which column holds what: the first header that fits, the most telling first."""
    found: dict[str, str] = {}
    for role, patterns in _COLUMNS.items():
        for pattern in patterns:
            fitting = [
                text for text in header
                if text and text not in found.values() and re.fullmatch(pattern, text.strip(" :*"), re.IGNORECASE)
            ]  # fmt: skip
            if fitting:
                found[role] = fitting[0]
                break
    return found


def _from_rows(table: _Table) -> Iterator[Requirement]:
    columns = _columns(table.header)
    group = table.heading
    for row in table.rows:
        values = {role: row.get(column, "").strip() for role, column in columns.items()}
        group = values.get("group") or group  # a merged cell is filled in its first row only
        if values["text"]:
            label = values.get("label", "").strip(" .)")
            yield Requirement(values["text"], label, values.get("name", ""), group)


def _from_list(blocks: Sequence[Block]) -> Iterator[Requirement]:
    """Numbered items with the points beneath them or, where nothing is numbered, the bullets."""
    numbered = sum(1 for block in blocks if _label(block)) > 1
    title = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else ""
    current: Requirement | None = None
    depth = 0
    for block in blocks:
        label = _label(block)
        is_item = bool(label) if numbered else block.kind is BlockKind.LIST_ITEM
        level = block.level if block.kind is BlockKind.LIST_ITEM and block.level else 0
        beneath = block.kind is BlockKind.LIST_ITEM and (not is_item or level > depth)
        if current is not None and beneath:
            current = replace(current, points=(*current.points, _unmarked(block.text)))
        elif is_item:
            if current is not None:
                yield current
            depth = level
            heading = [one for one in block.heading if one != title and not _NUMBERED.match(one)]
            text = _unmarked(block.text)
            current = Requirement(text, label, group=heading[-1] if heading else "")
        elif current is not None:
            yield current
            current = None
    if current is not None:
        yield current


def _label(block: Block) -> str:
    """The number or code that a line begins with, or ""; a heading in a heading's style is none."""
    if block.kind is BlockKind.HEADING and not block.inferred:
        return ""
    match = _NUMBERED.match(block.text)
    return match["label"] if match else ""


def _unmarked(text: str) -> str:
    match = _NUMBERED.match(text) or _LETTERED.match(text)
    return text[match.end() :].strip() if match else text.strip()
