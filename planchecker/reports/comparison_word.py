"""The comparison as a Word document, in the look of the gap report."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document

from planchecker.comparison import Change, Comparison
from planchecker.files import save_document
from planchecker.reports import comparison_digest as digest
from planchecker.reports.digest import clean, sentence, words
from planchecker.reports.terminal import CAVEATS
from planchecker.reports.word_look import add_running_lines, blank_report
from planchecker.reports.word_parts import add_row, add_table, set_properties


def write_comparison_word(comparison: Comparison, path: Path) -> None:
    """Write the comparison as a Word document."""
    document = blank_report()
    _summary(document, comparison)
    for section in digest.sections(comparison):
        document.add_paragraph(section.title, style="Heading 1")
        document.add_paragraph(section.about)
        for change in section.changes:
            _change(document, change)
    if quiet := digest.unchanged(comparison):
        document.add_paragraph("Unchanged", style="Heading 1")
        document.add_paragraph(clean(quiet))
    document.add_paragraph(words()["made_by"], style="Small print")
    save_document(document, path)


def _summary(document: Document, comparison: Comparison) -> None:
    title, checklist = digest.title(comparison), clean(comparison.new.checklist.title)
    set_properties(document, title, checklist)
    add_running_lines(document, title)
    document.add_paragraph(title, style="Title")
    document.add_paragraph(f"Checked against {checklist}", style="Subtitle")
    for warning in digest.warnings(comparison):
        document.add_paragraph(warning, style="Warning")
    document.add_paragraph(digest.headline(comparison), style="Headline")
    document.add_paragraph(CAVEATS[0], style="Inset")
    document.add_paragraph("Features by verdict", style="Heading 1")
    summary = "Number of features by verdict in the old and in the new draft"
    table = add_table(document, ("Verdict", "Old draft", "New draft"), (7.0, 3.0, 3.0), summary)
    for verdict, old, new in digest.counts(comparison):
        add_row(table, [verdict], [str(old)], [str(new)])


def _change(document: Document, change: Change) -> None:
    document.add_paragraph(clean(f"{change.id} {change.name}"), style="Heading 2")
    document.add_paragraph().add_run(sentence(digest.verdicts(change)) + ".").bold = True
    for gap in digest.gaps(change):
        document.add_paragraph(sentence(gap), style="List Bullet")
    for item in digest.items(change):
        document.add_paragraph(item.label, style="Heading 3")
        for text in item.texts:
            quote = document.add_paragraph(f"“{text}”", style="Quote")
            quote.paragraph_format.keep_with_next = True
        document.add_paragraph(f"{item.place}.", style="Source")
