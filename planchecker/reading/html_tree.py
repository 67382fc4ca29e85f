"""HTML pages -> drafts: what a browser would show, as blocks."""

from __future__ import annotations

import re

from lxml import etree, html

from planchecker.errors import NoTextError
from planchecker.plan import BlockKind, ReadingConfidence
from planchecker.reading.draft import Draft, Piece
from planchecker.reading.sniff import decode
from planchecker.reading.word_tables import CellText, RowText, row_pieces
from planchecker.reading.word_xml import Element, whole

_SKIPPED = {
    "script", "style", "head", "template", "noscript", "nav", "svg", "math", "iframe", "object",
    "select", "button", "input", "textarea", "del", "s", "strike", "rt",
}  # fmt: skip
_FLOWING = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "ruby", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "img",
}  # fmt: skip
_LISTS = {"ul", "ol", "menu"}
_HEADING = re.compile(r"h([1-6])$")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MAX_SPAN = 100


def read_html(data: bytes, name: str) -> Draft:
    """Read an HTML page; nothing it refers to is fetched and no script runs.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.

    Raises:
        NoTextError: there is nothing on the page.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", _decode(data)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        problem = "there is no text on the page"
        raise NoTextError(name, problem, "save the page again as complete HTML") from error
    page = _Page()
    page.walk(root)
    page.flush()
    title = next(root.iter("title"), None)
    return Draft(
        format="html",
        title=None if title is None else (title.text or "").strip() or None,
        pages=None,
        pieces=tuple(page.pieces),
        confidence=ReadingConfidence.HIGH,
    )


def _decode(data: bytes) -> str:
    """Text in the encoding that the page names, else as plain text."""
    named = _CHARSET.search(data, 0, 4096)
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong name is common; the bytes know better
    return decode(data).replace("\0", "")


class _Page:
    """Collects blocks while the tree is walked."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._depth = 0  # of lists
        self._item = False  # the words being collected open a list item
        self._tables = 0

    def walk(self, element: Element) -> None:
        """Read an element and all below it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(element):
            return
        heading = _HEADING.match(tag)
        if tag == "table":
            self.flush()
            self._table(element)
        elif heading:
            self.flush()
            text = _line(_words(element))
            self.pieces.append(Piece(BlockKind.HEADING, text, level=int(heading.group(1))))
        elif tag == "br":
            self._words.append("\n")
        elif tag in _FLOWING:
            self._inside(element)
        else:
            self._block(element)

    def flush(self) -> None:
        """End the block being collected."""
        text = _lines("".join(self._words))
        self._words.clear()
        if text and self._depth:
            self.pieces.append(Piece(BlockKind.LIST_ITEM, text, level=self._depth - 1))
        elif text:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text))

    def _block(self, element: Element) -> None:
        """An element that begins and ends on a line of its own."""
        self.flush()
        deeper = element.tag in _LISTS
        self._depth += deeper
        self._inside(element)
        self.flush()
        self._depth -= deeper

    def _inside(self, element: Element) -> None:
        self._words.append(_flow(element.text))
        for child in element:
            self.walk(child)
            self._words.append(_flow(child.tail))

    def _table(self, table: Element) -> None:
        """Rows as pieces; tables inside follow."""
        rows: list[RowText] = []
        nested: list[Element] = []
        taken: dict[int, int] = {}  # column -> rows below that a cell above still covers
        for row in table.iter("tr"):
            if next(row.iterancestors("table"), None) is not table or _is_hidden(row):
                continue
            rows.append(_row(row, taken))
            nested += [t for t in row.iter("table") if next(t.iterancestors("table")) is table]
        if rows and any(rows[0].cells) and not any(row.is_header for row in rows):
            first = rows[0].filled
            rows[0].is_header = len(first) > 1 and len(rows) > 1 and all(c.bold for c in first)
        caption = table.find("caption")
        if caption is not None:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, _line(_words(caption))))
        self.pieces += row_pieces(rows, self._tables)
        self._tables += 1
        for inner in nested:
            self._table(inner)


def _row(row: Element, taken: dict[int, int]) -> RowText:
    """Read a row, stepping over the columns that cells above reach into."""
    column, covered = 0, {c for c, left in taken.items() if left > 0}
    for c in covered:
        taken[c] -= 1
    cells: list[CellText] = []
    heads: list[bool] = []
    for cell in row.iterchildren("td", "th"):
        while column in covered:
            column += 1
        span = min(max(whole(cell.get("colspan")) or 1, 1), _MAX_SPAN)
        below = min(max(whole(cell.get("rowspan")) or 1, 1), _MAX_SPAN) - 1
        for c in range(column, column + span) if below else ():
            taken[c] = below
        strong = cell.tag == "th" or _all_strong(cell)
        cells.append(CellText(column, span, _lines(_words(cell)), strong))
        heads.append(cell.tag == "th")
        column += span
    in_head = next(row.iterancestors("thead"), None) is not None
    return RowText(None, cells, is_header=in_head or (len(heads) > 1 and all(heads)))


def _all_strong(cell: Element) -> bool:
    strong = "".join(_words(child) for child in cell.iterchildren("b", "strong"))
    return bool(strong.strip()) and _line(strong) == _line(_words(cell))


def _words(element: Element) -> str:
    """All shown words below an element, tables inside it left for later."""
    parts = [_flow(element.text)]
    for child in element:
        skipped = not isinstance(child.tag, str) or child.tag in _SKIPPED or _is_hidden(child)
        if child.tag == "br":
            parts.append("\n")
        elif not skipped and child.tag != "table":
            around = "" if child.tag in _FLOWING else "\n"
            parts += [around, _words(child), around]
        parts.append(_flow(child.tail))
    return "".join(parts)


def _is_hidden(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _flow(text: str | None) -> str:
    """Text as it flows: line ends of the source are only spaces."""
    return re.sub(r"\s+", " ", text or "")


def _lines(text: str) -> str:
    return "\n".join(filter(None, (_line(line) for line in text.split("\n"))))


def _line(text: str) -> str:
    return " ".join(text.split())
