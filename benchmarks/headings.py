"""Headings of sample plans read from PDF, held against those of their Word originals.

    python benchmarks/headings.py [FOLDER]

FOLDER holds one folder a plan with `plan.docx` and `plan.pdf` (default: corpus/plans). Truth is what the Word
file's own heading styles say, taken with python-docx and not with planchecker. Scored are the text of a heading
(its words, case aside) and text with level; precision, recall and F1 over the headings of all plans. The lines
of the cover (styles Title and Subtitle) count neither as right nor as wrong, for either reader. A plan whose
Word file has no heading styles is left out: it holds no truth.
Control: every line that is larger than most of the text, or bold and short, levels by size; as pdfplumber sees it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pdfplumber

from planchecker import read
from planchecker.plan import BlockKind

ROOT = Path(__file__).resolve().parents[1]


Headings = Counter[tuple[str, int]]
_SHORT = 14  # words


def truth(path: Path) -> tuple[Headings, set[str]]:
    """Headings by style with their levels, that of the table of contents aside; and the cover's lines."""
    found: Headings = Counter()
    cover = {"contents"}
    for paragraph in docx.Document(str(path)).paragraphs:
        name = (paragraph.style.name if paragraph.style is not None else None) or ""
        text = _plain(paragraph.text)
        if name in ("Title", "Subtitle"):
            cover.add(text)
        elif name.startswith("Heading ") and text not in ("", "contents"):
            found[text, int(name.split()[-1])] += 1
    return found, cover


def ours(path: Path) -> Headings:
    """Headings as planchecker reads them."""
    return Counter((_plain(b.text), b.level or 1) for b in read(path).blocks if b.kind is BlockKind.HEADING)


def by_size(path: Path) -> Headings:
    """The control: large lines and short bold ones."""
    with pdfplumber.open(path) as document:
        lines = [line for page in document.pages for line in _lines(page)]
    letters: Counter[float] = Counter()
    for text, size, _ in lines:
        letters[size] += len(text)
    body = letters.most_common(1)[0][0]
    heads = [(text, size) for text, size, bold in lines
             if len(text.split()) <= _SHORT and (size > body or (bold and size >= body))]  # fmt: skip
    ranks = {size: at for at, size in enumerate(sorted({s for _, s in heads}, reverse=True), start=1)}
    return Counter((_plain(text), ranks[size]) for text, size in heads)


def _lines(page: pdfplumber.page.Page) -> Iterator[tuple[str, float, bool]]:
    for line in page.extract_text_lines(return_chars=True):
        first = line["chars"][0]
        yield line["text"], round(first["size"]), "bold" in first["fontname"].lower()
    page.close()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _texts(headings: Headings) -> Headings:
    """The same headings, all of one level."""
    found: Headings = Counter()
    for (text, _), times in headings.items():
        found[text, 0] += times
    return found


def _differences(name: str, wanted: Headings, got: Headings) -> None:
    if wanted != got:
        print(f"{name}: lost {list(wanted - got)}, added {list(got - wanted)}", flush=True)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus" / "plans"
    pairs = [p for p in sorted(folder.glob("*/plan.pdf")) if p.with_name("plan.docx").is_file()]
    # right, returned, wanted
    totals = {(reader, what): [0, 0, 0] for reader in READERS for what in SCORED}
    counted = 0
    for pdf in pairs:
        wanted, cover = truth(pdf.with_name("plan.docx"))
        if not wanted:
            print(f"{pdf.parent.name}: no heading styles")
            continue
        counted += 1
        for reader, headings in READERS.items():
            got = Counter({key: n for key, n in headings(pdf).items() if key[0] not in cover})
            if headings is ours:
                _differences(pdf.parent.name, wanted, got)
            for what, view in SCORED.items():
                one, other = view(wanted), view(got)
                counts = (one & other).total(), other.total(), one.total()
                totals[reader, what] = [sum(pair) for pair in zip(totals[reader, what], counts, strict=True)]
    print(f"\n{counted} plans\n")
    print("| reader | scored | headings | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for (reader, what), (right, returned, there) in totals.items():
        f1 = 2 * right / (returned + there)
        print(f"| {reader} | {what} | {there} | {right / returned:.3f} | {right / there:.3f} | {f1:.3f} |")


READERS = {"planchecker": ours, "size and weight": by_size}
SCORED: dict[str, Callable[[Headings], Headings]] = {"text": _texts, "text and level": Counter}

if __name__ == "__main__":
    main()
