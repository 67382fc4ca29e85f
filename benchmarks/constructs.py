"""How faithfully planchecker reads each construct of a Word file and of PDFs whose text is known.

    python benchmarks/constructs.py [--word] [--pdf]

Word: one file with every construct (`tests/reading/word_constructs.py`), beside python-docx's paragraphs
and cells in document order. A text that comes back broken or changed counts as lost.
PDF: one file a construct (`tests/reading/pdf_files.py`), beside pdfplumber's `extract_text`, word by word.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402
import pdfplumber  # noqa: E402
from docx.table import Table  # noqa: E402

from planchecker.reading.draft import Draft  # noqa: E402
from planchecker.reading.pdf import read_pdf  # noqa: E402
from planchecker.reading.word import read_word  # noqa: E402
from tests.reading.pdf_files import CONSTRUCTS, score  # noqa: E402
from tests.reading.word_constructs import NOT_TEXT, STORY, everything  # noqa: E402


def words_of(draft: Draft) -> list[str]:
    """All words in reading order, without the strokes between the cells of a row."""
    return [word for piece in draft.pieces for word in piece.text.split() if word != "|"]


def words_of_python_docx(data: bytes) -> list[str]:
    """What `paragraph.text` and the cells of tables give, in document order."""
    texts: list[str] = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            texts += [cell.text for row in item.rows for cell in row.cells]
        else:
            texts.append(item.text)
    return " ".join(texts).split()


def words_of_pdfplumber(data: bytes) -> list[str]:
    """What `extract_text` gives, page after page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return " ".join(page.extract_text() or "" for page in document.pages).split()


def times_by_construct(texts: Iterable[tuple[str, str]], got: list[str]) -> dict[str, tuple[int, int, int]]:
    """For each construct its words, those returned (in unbroken texts), and those returned again."""
    whole = f" {' '.join(got)} "
    found: dict[str, tuple[int, int, int]] = {}
    for construct, text in texts:
        size, times = len(text.split()), whole.count(f" {text} ")
        words, once, again = found.get(construct, (0, 0, 0))
        found[construct] = (words + size, once + size * min(times, 1), again + size * max(times - 1, 0))
    return found


def word_file() -> None:
    data = everything()
    readers = {
        "planchecker": words_of(read_word(data, "sample.docx")),
        "python-docx": words_of_python_docx(data),
    }
    print("| construct | words |" + "".join(f" {name}: recall | repeated |" for name in readers))
    print("|---|---|" + "---|---|" * len(readers))
    tables = [times_by_construct(STORY, got) for got in readers.values()]
    for construct, (size, _, _) in tables[0].items():
        cells = [f"{t[construct][1] / size:.2f} | {t[construct][2] / size:.2f}" for t in tables]
        print(f"| {construct} | {size} | {' | '.join(cells)} |")
    expected = " ".join(text for _, text in STORY).split()
    print("\n| whole file | recall | invented or repeated | in order |\n|---|---|---|---|")
    for name, got in readers.items():
        result = score(expected, got)
        print(f"| {name} | {result.recall:.3f} | {result.invented:.3f} | {result.order:.3f} |")
    for name, got in readers.items():
        leaked = [what for what, (_, once, _) in times_by_construct(NOT_TEXT, got).items() if once]
        print(
            f"\nOf {len(NOT_TEXT)} things that are not the text, {name} returns {', '.join(leaked) or 'none'}."
        )


def pdf_files() -> None:
    print(
        "| construct | words | planchecker: recall | invented | in order | extract_text: recall | invented | in order |"
    )
    print("|---|---|" + "---|" * 6)
    for name, make in CONSTRUCTS.items():
        sample = make()
        both = words_of(read_pdf(sample.data, "sample.pdf", None)), words_of_pdfplumber(sample.data)
        results = [score(sample.words, got) for got in both]
        cells = [f"{r.recall:.3f} | {r.invented:.3f} | {r.order:.3f}" for r in results]
        print(f"| {name} | {len(sample.words)} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--word", action="store_true")
    parser.add_argument("--pdf", action="store_true")
    arguments = parser.parse_args()
    if arguments.word or not arguments.pdf:
        word_file()
    if arguments.pdf or not arguments.word:
        pdf_files()


if __name__ == "__main__":
    main()
