"""The gap report as a Word document that a team can circulate, edit and fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document
from docx.text.paragraph import Paragraph

from planchecker.reports import digest
from planchecker.reports.digest import clean, words
from planchecker.reports.terminal import CAVEATS, headline
from planchecker.reports.word_look import add_running_lines, blank_report
from planchecker.reports.word_parts import (
    add_bookmark,
    add_contents,
    add_link,
    add_row,
    add_table,
    set_properties,
    shade_run,
)
from planchecker.result import ElementResult, Evidence, FeatureResult, Result, Verdict

_LISTED = 6  # elements that the summary page lists on a line each
_SHADES = {
    Verdict.MET: "CCE5D8",
    Verdict.PARTIAL: "FFEDC8",
    Verdict.MISSING: "EFD3E3",
    Verdict.NOT_ASSESSED: "E8EDEE",
}


def write_word(result: Result, path: Path) -> None:
    """Write the gap report as a Word document."""
    report = _Report(result)
    report.write()
    report.document.save(str(path))


class _Report:
    """One report on its way: the document, and the bookmarks of its headings."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.document: Document = blank_report()
        ids = [e.id for e in result.elements] + [f.id for f in result.features]
        self.bookmarks = {name: f"item_{number}" for number, name in enumerate(ids, start=1)}
        self._headings: list[tuple[int, str, str]] = []  # of the contents: level, text, bookmark
        self._bookmarked = 0

    def write(self) -> None:
        """Everything, in the order in which it is read."""
        title = words()["title"].format(plan=digest.plan_name(self.result))
        set_properties(self.document, title, self.result.checklist.title)
        add_running_lines(self.document, clean(title))
        self._summary_page(title)
        place_of_contents = self._contents()
        self._grid()
        self._actions()
        self._features()
        self._about()
        add_contents(place_of_contents, self._headings)

    def _summary_page(self, title: str) -> None:
        self._say(title, "Title")
        self._say(f"Checked against {self.result.checklist.title}", "Subtitle")
        self._warning()
        self._say(headline(self.result), "Headline")
        self._say(CAVEATS[0], "Inset")
        self._heading(1, words()["headings"]["start"])
        self._first_gaps()

    def _warning(self) -> None:
        """What could not be read, before anything else."""
        plan = self.result.plan
        lines = list(plan.notices)
        skipped = digest.not_read(plan)
        if skipped:
            lines += [words()["intros"]["unread"], *skipped[:5]]
        if len(skipped) > 5:
            lines.append(words()["intros"]["more_unread"])
        if lines:
            self._say(words()["headings"]["warning"], "Warning").runs[0].bold = True
        for line in lines:
            self._say(line, "Warning")

    def _first_gaps(self) -> None:
        say, start = words(), digest.where_to_start(self.result)
        if not start.total:
            self._say(say["intros"]["no_gaps"])
        if start.first:
            shown = "first_gaps" if start.total > len(start.first) else "all_first_gaps"
            self._heading(2, say["headings"]["first_gaps"])
            self._say(say["intros"][shown].format(shown=len(start.first), total=start.total))
        for feature in start.first:
            self._link_line("List Number", feature, self._verdict_words(feature))
        if start.empty:
            self._heading(2, say["headings"]["empty_elements"])
            self._empty_elements(start.empty)
        if start.unsure:
            self._heading(2, say["headings"]["unsure"])
            paragraph = self._say(say["intros"]["unsure"] + " ")
            self._links(paragraph, start.unsure)

    def _empty_elements(self, elements: Sequence[ElementResult]) -> None:
        """A list, or, where it would push the summary off its page, a paragraph."""
        if len(elements) <= _LISTED:
            for element in elements:
                self._link_line("List Bullet", element)
            return
        paragraph = self.document.add_paragraph()
        for number, element in enumerate(elements):
            paragraph.add_run("; " if number else "")
            add_link(paragraph, f"{element.id} {element.name}", self.bookmarks[element.id])

    def _contents(self) -> Paragraph:
        """The place of the contents, which are filled in when all headings are known."""
        title = self._say(words()["headings"]["contents"], "TOC Heading")
        title.paragraph_format.page_break_before = True
        return self._say(words()["labels"]["contents_note"], "Small print")

    def _grid(self) -> None:
        say = words()
        self._heading(1, say["headings"]["grid"], new_page=True)
        self._say(say["intros"]["grid"])
        columns = [v for v in Verdict if v is not Verdict.NOT_ASSESSED or self.result.summary[v]]
        titles = [say["labels"]["element"], *(say["short"][v] for v in columns), say["labels"]["features"]]
        widths = [5.4, *(1.5 for _ in columns), 11.6 - 1.5 * len(columns)]
        table = add_table(self.document, titles, widths, say["intros"]["grid"])
        for element in self.result.elements:
            counts = ([str(element.count(verdict))] for verdict in columns)
            cells = add_row(table, [f"{element.id} {element.name}"], *counts, [])
            self._links(cells[-1].paragraphs[0], element.features)

    def _actions(self) -> None:
        """All gaps, with room for an owner and a date."""
        say = words()
        self._heading(1, say["headings"]["actions"], new_page=True)
        gaps = [feature for feature in self.result.features if feature.is_gap]
        if not gaps:
            self._say(say["intros"]["no_gaps"])
            return
        self._say(say["intros"]["actions"])
        titles = [say["labels"][name] for name in ("feature", "gaps", "owner", "by_when")]
        table = add_table(self.document, titles, (4.2, 7.6, 2.9, 2.3), say["headings"]["actions"])
        for feature in gaps:
            lacking = [digest.sentence(gap) for gap in feature.gaps or (feature.requirement,)]
            cells = add_row(table, [], lacking, [], [])
            add_link(cells[0].paragraphs[0], f"{feature.id} {feature.name}", self.bookmarks[feature.id])
            self._tag(cells[0].add_paragraph(style="Table text"), feature.verdict)

    def _features(self) -> None:
        self._heading(1, words()["headings"]["features"], new_page=True)
        for element in self.result.elements:
            self._heading(2, f"{element.id} {element.name}", self.bookmarks[element.id])
            for feature in element.features:
                self._feature(feature)

    def _feature(self, feature: FeatureResult) -> None:
        say = words()["labels"]
        self._heading(3, f"{feature.id} {feature.name}", self.bookmarks[feature.id])
        verdict = self.document.add_paragraph()
        verdict.paragraph_format.keep_with_next = True
        self._tag(verdict, feature.verdict)
        verdict.add_run(f"  {digest.confidence(feature)}".rstrip()).bold = digest.looks_unsure(feature)
        self._labelled(say["asked"], feature.requirement)
        self._say(f"{say['wording']}: {feature.provenance}. {feature.provenance.meaning}", "Small print")
        self._list(say["gaps"], feature.gaps)
        self._list(say["reasons"], feature.reasons)
        if feature.evidence:
            self._heading(4, say["evidence"])
        for evidence in feature.evidence:
            self._evidence(evidence, feature)

    def _evidence(self, evidence: Evidence, feature: FeatureResult) -> None:
        say = words()["labels"]
        quote = self._say(f"“{evidence.text}”", "Quote")
        quote.paragraph_format.keep_with_next = True
        facts = [digest.answered_part(evidence, feature)]
        facts += [f"{say['shows']}: {digest.listed(evidence.shows)}"] if evidence.shows else []
        facts += [f"{say['weakened']}: {digest.listed(evidence.weakened_by)}"] if evidence.weakened_by else []
        facts += [f"{say['found_by']}: {digest.found_by(evidence)}"] if evidence.matched_by else []
        self._say(". ".join(fact for fact in (digest.place(evidence), *facts) if fact) + ".", "Source")

    def _about(self) -> None:
        say, checklist = words(), self.result.checklist
        self._heading(1, say["headings"]["limits"], new_page=True)
        for caveat in CAVEATS:
            self._say(caveat, "List Bullet")
        self._heading(1, say["headings"]["checklist"])
        self._say(f"{checklist.title} ({checklist.id}, version {checklist.version}).")
        if checklist.about.strip():
            self._say(checklist.about)
        self._heading(1, say["headings"]["plan"])
        for label, value in digest.facts(self.result):
            self._labelled(label, value)
        self._say(say["made_by"], "Small print")

    def _heading(self, level: int, text: str, bookmark: str = "", new_page: bool = False) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        paragraph.add_run(_one_line(text))
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        if level <= 2 or bookmark:
            self._bookmarked += 1
            bookmark = bookmark or f"part_{self._bookmarked}"
            add_bookmark(paragraph, bookmark, self._bookmarked)
        if level <= 2:
            self._headings.append((level, _one_line(text), bookmark))

    def _say(self, text: str, style: str = "Normal") -> Paragraph:
        return self.document.add_paragraph(clean(text), style=style)

    def _labelled(self, label: str, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(text))

    def _list(self, label: str, items: Sequence[str]) -> None:
        """A heading and its points; nothing where there are none."""
        if items:
            self._heading(4, label)
        for item in items:
            self._say(digest.sentence(item), "List Bullet")

    def _link_line(self, style: str, item: FeatureResult | ElementResult, tail: str = "") -> None:
        paragraph = self.document.add_paragraph(style=style)
        add_link(paragraph, f"{item.id} {item.name}", self.bookmarks[item.id])
        if tail:
            paragraph.add_run(f": {tail}")

    def _links(self, paragraph: Paragraph, features: Sequence[FeatureResult]) -> None:
        """Ids that lead to the features, each with its verdict in a word."""
        for number, feature in enumerate(features):
            if number:
                paragraph.add_run("   ")
            add_link(paragraph, feature.id, self.bookmarks[feature.id])
            symbol, short = words()["symbols"][feature.verdict], words()["short"][feature.verdict]
            shade_run(paragraph.add_run(f"\u00a0{symbol}\u00a0{short}"), _SHADES[feature.verdict])

    def _tag(self, paragraph: Paragraph, verdict: Verdict) -> None:
        run = paragraph.add_run(
            f"\u00a0{words()['symbols'][verdict]}\u00a0{words()['verdicts'][verdict]}\u00a0"
        )
        run.bold = True
        shade_run(run, _SHADES[verdict])

    def _verdict_words(self, feature: FeatureResult) -> str:
        verdict: str = words()["verdicts"][feature.verdict].lower()
        return f"{verdict}; {digest.confidence(feature).lower()}" if digest.looks_unsure(feature) else verdict


def _one_line(text: str) -> str:
    """A heading's text without line breaks, which the contents cannot show."""
    return " ".join(clean(text).split())
