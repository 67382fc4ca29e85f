"""PDFs with known text, one construct each, made with reportlab."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle
from reportlab.platypus import Paragraph as Flowable

WIDTH, HEIGHT = A4
FONT, BOLD = "Helvetica", "Helvetica-Bold"

SENTENCES = [
    "Hospital beds in the valley were full on ninety nights of last winter.",
    "The district nurses will visit every care home once a week from October 2014.",
    "Our lay members asked twice for a plainer account of the savings.",
    "By March 2016 each locality holds its own budget for continence supplies.",
    "Ambulance crews hand over within fifteen minutes in four cases out of five.",
    "A named general practitioner signs the plan of each person over seventy-five.",
    "Travellers on the northern sites told us that reception turned them away.",
    "The midwife-led unit opens when eight more midwives have been appointed.",
    "Pharmacists look after repeat prescriptions for the whole of the harbour area.",
    "We measure falls, pressure sores and medicine errors on every ward each month.",
    "Children wait eleven weeks for speech therapy and should wait no more than six.",
    "The council and the commissioning group pool £6.2m for reablement.",
]


@dataclass(frozen=True)
class Sample:
    """A PDF and the text that a faithful reader returns, in order."""

    data: bytes
    expected: list[str]

    @property
    def words(self) -> list[str]:
        return " ".join(self.expected).split()


@dataclass(frozen=True)
class Score:
    recall: float
    invented: float
    order: float


def score(expected: list[str], got: list[str]) -> Score:
    """Recall of words, share of words invented or repeated, and share of words found in order."""
    wanted, found = Counter(expected), Counter(got)
    common = (wanted & found).total()
    matcher = SequenceMatcher(None, expected, got, autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    return Score(common / len(expected), 1 - common / max(len(got), 1), in_order / len(expected))


class Page:
    """Draws text on a canvas; y counts down from the top."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4)

    def text(self, x: float, y: float, text: str, size: float = 11, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def flow(self, x: float, y: float, width: float, text: str, size: float = 11, font: str = FONT) -> float:
        for line in simpleSplit(text, font, size, width):
            self.text(x, y, line, size, font)
            y += 1.25 * size
        return y

    def next(self) -> None:
        self.canvas.showPage()

    def done(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()


def paragraph(start: int, count: int = 4) -> str:
    return " ".join(SENTENCES[(start + i) % len(SENTENCES)] for i in range(count))


def one_column() -> Sample:
    page, expected = Page(), []
    for number in range(3):
        y = 90.0
        for part in range(5):
            expected.append(paragraph(number * 5 + part))
            y = page.flow(72, y, 450, expected[-1]) + 10
        page.next()
    return Sample(page.done(), expected)


def two_columns() -> Sample:
    page = Page()
    title = "What the winter taught the whole of the valley and its hospitals"
    page.text(72, 80, title, 20, BOLD)
    left, right = [paragraph(i) for i in (0, 3, 6)], [paragraph(i) for i in (2, 5, 8)]
    y_left = y_right = 120.0
    for one, other in zip(left, right, strict=True):  # drawn in turn, as some programs do
        y_left = page.flow(72, y_left, 215, one) + 9
        y_right = page.flow(310, y_right, 215, other) + 9
    return Sample(page.done(), [title, *left, *right])


def call_out() -> Sample:
    page = Page()
    box = paragraph(8, 2)
    body = [paragraph(0, 6), paragraph(3, 6)]
    y = page.flow(72, 90, 260, body[0])
    page.flow(72, y + 10, 260, body[1])
    page.canvas.setFillColor(colors.lightblue)
    page.canvas.rect(360, HEIGHT - 230, 170, 150, stroke=0, fill=1)
    page.canvas.setFillColor(colors.black)
    page.flow(370, 105, 150, box, 10)
    return Sample(page.done(), [*body, box])


def rotated() -> Sample:
    page, expected = Page(), []
    for angle in (90, 270, 180):
        page.canvas.saveState()
        if angle == 90:
            page.canvas.translate(WIDTH, 0)
        elif angle == 270:
            page.canvas.translate(0, HEIGHT)
        else:
            page.canvas.translate(WIDTH, HEIGHT)
        page.canvas.rotate(angle)
        expected.append(paragraph(angle // 30, 5))
        y = 100.0 + (HEIGHT - WIDTH if angle == 180 else 0)
        page.flow(72, y + (HEIGHT - WIDTH if angle != 180 else 0), 420, expected[-1])
        page.canvas.restoreState()
        page.next()
    return Sample(page.done(), expected)


def furniture() -> Sample:
    page, expected = Page(), []
    for number in range(6):
        page.text(72, 40, "Harbour CCG draft plan for the Governing Body", 9)
        page.text(270, HEIGHT - 30, f"Page {number + 1} of 6", 9)
        expected.append(paragraph(2 * number, 5))
        page.flow(72, 110, 450, expected[-1])
        page.next()
    return Sample(page.done(), expected)


def hyphenation() -> Sample:
    page = Page()
    lines = [
        "The commissioning group has agreed that the rehabili-",
        "tation of frail people begins on the day that they are ad-",
        "mitted. The rehabilitation team works with the long-",
        "term conditions nurses, who were admitted to the net-",
        "work in April. The network and the long-term plan be-",
        "long together.",
    ]
    for number, line in enumerate(lines):
        page.text(72, 100 + 14 * number, line)
    whole = (
        "The commissioning group has agreed that the rehabilitation of frail people begins on the day "
        "that they are admitted. The rehabilitation team works with the long-term conditions nurses, who "
        "were admitted to the network in April. The network and the long-term plan belong together."
    )
    return Sample(page.done(), [whole])


def ligatures() -> Sample:
    page = Page()
    register_vera()
    page.text(72, 100, "The \ufb01rst of\ufb01ce to \ufb02ag the de\ufb01cit was \ufb01nance.", font="Vera")
    return Sample(page.done(), ["The first office to flag the deficit was finance."])


def register_vera() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab


def doubled_bold() -> Sample:
    page = Page()
    for shift in (0.0, 0.4):
        page.text(72 + shift, 90, "Statement of intent for the harbour")
    for ch, x in zip("Seven", (72, 80, 87, 94, 101), strict=True):  # letter by letter, each twice
        for shift in (0.0, 0.3):
            page.text(x + shift, 115, ch)
    body = paragraph(1)
    page.flow(72, 150, 450, body)
    return Sample(page.done(), ["Statement of intent for the harbour", "Seven", body])


def headings(outline: bool = True) -> Sample:
    page, expected = Page(), []
    y = 90.0
    for number in (1, 2):
        for text, size, level in (
            (f"{number} Chapter about the harbour", 18, 0),
            (f"{number}.1 Section on nurses", 14, 1),
        ):
            if outline:
                page.canvas.bookmarkPage(text)
                page.canvas.addOutlineEntry(text, text, level)
            page.text(72, y, text, size, BOLD)
            y += 26
            expected += [text, paragraph(number + level)]
            y = page.flow(72, y, 450, expected[-1]) + 18
        expected += ["What we ask", paragraph(number + 4)]
        page.text(72, y, "What we ask", 11, BOLD)
        y = page.flow(72, y + 18, 450, expected[-1]) + 24
    return Sample(page.done(), expected)


def lists() -> Sample:
    page, expected = Page(), ["The programme will:"]
    page.text(72, 90, expected[0])
    y = 112.0
    for number in range(3):
        page.text(80, y, "•")
        expected.append(SENTENCES[number] + " " + SENTENCES[number + 3])
        y = page.flow(100, y, 420, expected[-1]) + 4
        page.text(108, y, "–")
        expected.append(SENTENCES[number + 6])
        y = page.flow(126, y, 394, expected[-1]) + 4
    for number in range(3):
        expected.append(f"{number + 1}. {SENTENCES[number + 9]}")
        page.text(80, y, f"{number + 1}.")
        y = page.flow(100, y, 420, SENTENCES[number + 9]) + 4
    return Sample(page.done(), expected)


TABLE_HEADER = ["Programme", "Lead", "What will change"]


def table_rows() -> list[list[str]]:
    return [
        [f"Scheme {n}", f"Person {chr(65 + n % 26)}", SENTENCES[n % len(SENTENCES)]] for n in range(1, 46)
    ]


def table_over_pages() -> Sample:
    style = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11)
    head = ParagraphStyle("head", parent=style, fontName=BOLD)
    rows = [[Flowable(text, head) for text in TABLE_HEADER]]
    rows += [[Flowable(text, style) for text in row] for row in table_rows()]
    table = LongTable(rows, colWidths=[90, 80, 200], repeatRows=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([table])
    return Sample(out.getvalue(), [" ".join(row) for row in [TABLE_HEADER, *table_rows()]])


def open_table() -> Sample:
    """A table with no lines at all."""
    page = Page()
    rows = [["Measure", "2012/13", "2013/14", "2014/15"]]
    rows += [[f"Indicator {c}", str(100 + n), str(200 + n), str(300 + n)] for n, c in enumerate("ABCDEFG")]
    before, after = paragraph(0), paragraph(5)
    y = page.flow(72, 90, 450, before) + 14
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            page.text(72 + 110 * column, y, text, font=FONT if number else BOLD)
        y += 16
    page.flow(72, y + 14, 450, after)
    return Sample(page.done(), [before, *(" ".join(row) for row in rows), after])


def contents_page() -> Sample:
    page = Page()
    page.text(72, 90, "Contents", 18, BOLD)
    for number in range(6):
        page.text(72, 120 + 16 * number, f"{number + 1} Chapter {'.' * 60} {number + 3}")
    page.next()
    page.text(72, 90, "1 Chapter", 18, BOLD)
    page.flow(72, 120, 450, paragraph(0))
    return Sample(page.done(), ["1 Chapter", paragraph(0)])


def scan(pages: int = 1, with_text: bool = False) -> bytes:
    """Pages that are pictures; with a page of text before them on request."""
    page = Page()
    if with_text:
        page.flow(72, 90, 450, paragraph(0))
        page.next()
    picture = ImageReader(Image.effect_noise((120, 160), 50))
    for _ in range(pages):
        page.canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        page.next()
    return page.done()


def unmapped() -> bytes:
    """Text whose font maps its glyphs to code points without a meaning."""
    page = Page()
    register_vera()
    for number, sentence in enumerate(SENTENCES):
        secret = "".join(ch if ch == " " else chr(0xE200 + ord(ch)) for ch in sentence)
        page.text(72, 90 + 15 * number, secret, font="Vera")
    return page.done()


def encrypted(password: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=StandardEncryption(password))
    canvas.drawString(72, 700, SENTENCES[0])
    canvas.save()
    return out.getvalue()


def bomb() -> bytes:
    """A small file whose one page unpacks to forty megabytes of drawing."""
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R/Size 5>>\n%%EOF"


def impossible_matrix() -> bytes:
    """Text placed by numbers too large for any page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=0)
    canvas.drawString(72, 700, SENTENCES[0])
    canvas.save()
    huge = b"9" * 60
    return out.getvalue().replace(b"1 0 0 1 72 700 Tm", b"%s 0 0 %s 72 700 Tm" % (huge, huge))


def two_page_paragraph() -> Sample:
    page = Page()
    page.text(72, HEIGHT - 104, "The council agreed with the hospital that nobody over eighty would be")
    page.text(72, HEIGHT - 90, "moved after nine in the evening, and the ambulance service has been")
    page.next()
    page.text(72, 90, "asked to record each case in which that promise was not kept.")
    return Sample(
        page.done(),
        [
            "The council agreed with the hospital that nobody over eighty would be moved after nine in "
            "the evening, and the ambulance service has been asked to record each case in which that "
            "promise was not kept."
        ],
    )


def landscape() -> Sample:
    """A page on its side between upright ones, written so and turned so."""
    page, expected = Page(), [paragraph(0), paragraph(4, 6), paragraph(7, 6), paragraph(2)]
    page.flow(72, 90, 450, expected[0])
    page.next()
    page.canvas.setPageSize((HEIGHT, WIDTH))
    page.flow(72, 90 + HEIGHT - WIDTH, 690, expected[1])
    page.next()
    page.canvas.setPageRotation(90)  # of the page size, reportlab is told what is shown
    page.canvas.translate(WIDTH, 0)
    page.canvas.rotate(90)
    page.flow(72, 90 + HEIGHT - WIDTH, 690, expected[2])
    page.next()
    page.canvas.setPageRotation(0)
    page.canvas.setPageSize((WIDTH, HEIGHT))
    page.flow(72, 90, 450, expected[3])
    return Sample(page.done(), expected)


def columns_with_call_out() -> Sample:
    """Two columns under a title, a coloured box in the second, a heading in each."""
    page = Page()
    title, box = "How the harbour will look in five years", paragraph(9, 2)
    heads = ["Care at home", "Care in hospital"]
    left, right = [paragraph(0), paragraph(3)], [paragraph(6), paragraph(1)]
    page.text(72, 80, title, 20, BOLD)
    for x, head, texts in ((72, heads[0], left), (310, heads[1], right)):
        page.text(x, 120, head, 13, BOLD)
        y = page.flow(x, 140, 215, texts[0])
        if x == 310:
            page.canvas.setFillColor(colors.lightblue)
            page.canvas.rect(x, HEIGHT - y - 90, 215, 90, stroke=0, fill=1)
            page.canvas.setFillColor(colors.black)
            page.flow(x + 8, y + 16, 199, box, 10)
            y += 110
        page.flow(x, y + 10, 215, texts[1])
    return Sample(page.done(), [title, heads[0], *left, heads[1], right[0], box, right[1]])


def slides() -> Sample:
    """Wide pages as a slide program exports them: a title, bullets, two boxes side by side, a number."""
    page, expected = Page(), []
    wide, high = 720.0, 405.0
    shift = HEIGHT - high
    for number in range(4):
        page.canvas.setPageSize((wide, high))
        title = ("Why we must change", "What we will do", "Who does what", "What it costs")[number]
        page.text(40, shift + 55, title, 28, BOLD)
        expected.append(title)
        y = shift + 95
        for item in (SENTENCES[number], SENTENCES[number + 4]):
            page.text(44, y, "•", 16)
            expected.append(item)
            y = page.flow(62, y, 600, item, 16) + 6
        boxes = [SENTENCES[(number + 8) % 12], SENTENCES[(number + 10) % 12]]
        for x, text in zip((40, 380), boxes, strict=True):
            page.canvas.rect(x, HEIGHT - y - 100, 300, 100)
            page.flow(x + 12, y + 24, 276, text, 14)
        expected += boxes
        page.text(680, HEIGHT - 14, str(number + 1), 10)
        page.next()
    return Sample(page.done(), expected)


CONSTRUCTS: dict[str, Callable[[], Sample]] = {
    "one column": one_column,
    "two columns": two_columns,
    "call-out box": call_out,
    "rotated pages": rotated,
    "header, footer": furniture,
    "hyphenation": hyphenation,
    "ligatures": ligatures,
    "doubled bold": doubled_bold,
    "headings": headings,
    "lists": lists,
    "table over pages": table_over_pages,
    "table with no lines": open_table,
    "table of contents": contents_page,
    "paragraph over pages": two_page_paragraph,
    "landscape pages": landscape,
    "columns with a call-out": columns_with_call_out,
    "slides": slides,
}
