"""A Word report on its way: its headings, bookmarks and links, and the kinds of paragraph it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.text.paragraph import Paragraph

from planchecker.reports import digest
from planchecker.reports.digest import clean, words
from planchecker.reports.word_look import blank_report
from planchecker.reports.word_parts import add_bookmark, add_contents, add_link, shade_run
from planchecker.result import ElementResult, Evidence, FeatureResult, Result, Verdict
from planchecker.scrutiny import Quote

_SHADES = {
    Verdict.MET: "CCE5D8",
    Verdict.PARTIAL: "FFEDC8",
    Verdict.MISSING: "EFD3E3",
    Verdict.NOT_ASSESSED: "E8EDEE",
}


class ReportDocument:
    """The document, and the bookmarks of its headings.

    Args:
        result: what the report is about; its elements and features can be linked to.
    """

    def __init__(self, result: Result) -> None:
        self.document: Document = blank_report()
        items: list[ElementResult | FeatureResult] = [*result.elements, *result.features]
        self._bookmarks = {(type(item), item.id): f"item_{n}" for n, item in enumerate(items, start=1)}
        self._headings: list[tuple[int, str, str]] = []  # of the contents: level, text, bookmark
        self._bookmarked = 0

    def heading(
        self,
        level: int,
        text: str,
        item: ElementResult | FeatureResult | None = None,
        new_page: bool = False,
    ) -> None:
        """A heading; those of the first two levels stand in the contents."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        paragraph.add_run(_one_line(text))
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        if level > 2 and item is None:
            return
        self._bookmarked += 1
        bookmark = self._bookmarks[type(item), item.id] if item else f"part_{self._bookmarked}"
        add_bookmark(paragraph, bookmark, self._bookmarked)
        if level <= 2:
            self._headings.append((level, _one_line(text), bookmark))

    def fill_contents(self, before: Paragraph) -> None:
        """Put the contents, when all headings are known, before a paragraph."""
        add_contents(before, self._headings)

    def say(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph."""
        return self.document.add_paragraph(clean(text), style=style)

    def labelled(self, label: str, text: str, style: str = "Normal") -> None:
        """A paragraph that begins with a label in bold."""
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(text))

    def points(self, label: str, items: Sequence[str]) -> None:
        """A heading and its points; nothing where there are none."""
        if items:
            self.heading(4, label)
        for item in items:
            self.say(digest.sentence(item), "List Bullet")

    def link(self, paragraph: Paragraph, item: FeatureResult | ElementResult) -> None:
        """Append the name of an element or feature, which leads to it."""
        add_link(paragraph, f"{item.id} {item.name}", self._bookmarks[type(item), item.id])

    def link_line(self, style: str, item: FeatureResult | ElementResult, tail: str = "") -> None:
        """A list item that leads to an element or feature."""
        paragraph = self.document.add_paragraph(style=style)
        self.link(paragraph, item)
        if tail:
            paragraph.add_run(clean(f": {tail}"))

    def links(self, paragraph: Paragraph, features: Sequence[FeatureResult]) -> None:
        """Append ids that lead to the features, each with its verdict in a word."""
        for number, feature in enumerate(features):
            if number:
                paragraph.add_run("   ")
            add_link(paragraph, feature.id, self._bookmarks[FeatureResult, feature.id])
            symbol, short = words()["symbols"][feature.verdict], words()["short"][feature.verdict]
            shade_run(paragraph.add_run(f"\u00a0{symbol}\u00a0{short}"), _SHADES[feature.verdict])

    def tag(self, paragraph: Paragraph, verdict: Verdict) -> None:
        """Append a verdict in words, a symbol and a colour."""
        run = paragraph.add_run(
            f"\u00a0{words()['symbols'][verdict]}\u00a0{words()['verdicts'][verdict]}\u00a0"
        )
        run.bold = True
        shade_run(run, _SHADES[verdict])

    def quote(self, quoted: Evidence | Quote, facts: Sequence[str] = ()) -> None:
        """The plan's words, and under them where they stand and what is known of them."""
        paragraph = self.say(f"“{quoted.text}”", "Quote")
        paragraph.paragraph_format.keep_with_next = True
        self.say(". ".join(fact for fact in (digest.place(quoted), *facts) if fact) + ".", "Source")


def _one_line(text: str) -> str:
    """A heading's text without line breaks, which the contents cannot show."""
    return " ".join(clean(text).split())
