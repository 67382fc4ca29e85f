"""Which pages of a PDF hold no usable text, and what to do about them."""

from __future__ import annotations

from collections import Counter

from planchecker.plan import Unread
from planchecker.reading.pdf_source import MAX_PAGES, RawPage, Source
from planchecker.reading.pdf_words import MAX_CHARS_PER_PAGE

MAX_GARBAGE = 0.3  # share of characters without a meaning that makes a page unreadable
FEW_CHARACTERS = 15  # fewer than this on a page full of pictures are not its text
MOSTLY_PICTURE = 0.5  # share of the page that pictures cover

NO_TEXT = "a picture with no text layer; run `ocrmypdf --skip-text in.pdf out.pdf` and check the new file"
GARBAGE = (
    "its fonts do not say which letters they draw; run `ocrmypdf --force-ocr in.pdf out.pdf`"
    " and check the new file (`--skip-text` would leave this page as it is)"
)

_VOWELS = frozenset("aeiouy")


def unread_pages(source: Source) -> tuple[tuple[Unread, ...], set[int]]:
    """What of a file is not read, and the numbers of its pages that are left out.

    An empty page is left out but is not unread: nobody could read it.
    """
    unread: list[Unread] = []
    skipped: set[int] = set()
    for page in source.pages:
        why = _problem(page)
        if why:
            unread.append(Unread(f"page {page.number}", why, page.number))
        if why or not page.text.words:
            skipped.add(page.number)
        elif page.text.characters >= MAX_CHARS_PER_PAGE:
            unread.append(
                Unread(
                    f"page {page.number}",
                    f"only its first {MAX_CHARS_PER_PAGE:,} characters were read",
                )
            )
    if source.count > len(source.pages):
        where = f"pages {len(source.pages) + 1} to {source.count}"
        unread.append(Unread(where, f"planchecker reads the first {MAX_PAGES:,} pages; split the file"))
    return tuple(unread), skipped


def _problem(page: RawPage) -> str:
    if page.problem:
        return page.problem
    pictures = page.rulings.pictures / (page.width * page.height)
    if page.text.characters < FEW_CHARACTERS and pictures > MOSTLY_PICTURE:
        return NO_TEXT
    if not page.text.words:
        drawn = len(page.rulings.fills) + len(page.rulings.across) + len(page.rulings.down)
        return NO_TEXT if page.rulings.pictures > 0 or drawn > 50 else ""
    if page.text.garbage > MAX_GARBAGE or _is_cipher(page):
        return GARBAGE
    return ""


def _is_cipher(page: RawPage) -> bool:
    """Whether letters are mapped to wrong letters: Latin text with hardly any vowels, or little else."""
    counts: Counter[str] = Counter()
    for word in page.text.words:
        counts.update(word.text.lower())
    del counts["."], counts["…"], counts["_"]  # leaders of contents, blanks of forms
    marks = sum(n for ch, n in counts.items() if not ch.isalnum())
    latin = sum(n for ch, n in counts.items() if "a" <= ch <= "z")
    if sum(counts.values()) < 200 or latin < 0.25 * sum(counts.values()):
        return bool(marks > 0.6 * max(sum(counts.values()), 1) and marks > 200)
    vowels = sum(counts[ch] for ch in _VOWELS) / latin
    return not 0.2 < vowels < 0.7
