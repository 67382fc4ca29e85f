"""The Word report's part on what was found beyond the checklist."""

from __future__ import annotations

from planchecker.reports import digest
from planchecker.reports.digest import words
from planchecker.reports.word_document import ReportDocument
from planchecker.reports.word_parts import add_row, add_table
from planchecker.scrutiny import RuleOutcome, Scrutiny, Slip


def add_beyond(report: ReportDocument, scrutiny: Scrutiny) -> None:
    """The rules and the slips; the quiet slips as a table without quotes."""
    say = words()
    report.heading(1, say["headings"]["beyond"], new_page=True)
    report.say(digest.beyond(scrutiny))
    for group, rules in digest.rule_groups(scrutiny):
        report.heading(2, say["headings"][group])
        report.say(say["intros"][group])
        _rules(report, say["headings"][group], [rule for _, rule in rules])
    for group, slips in digest.slip_groups(scrutiny):
        report.heading(2, say["headings"][group])
        report.say(say["intros"][group])
        if group == "quiet":
            _quiet(report, [slip for _, slip in slips])
            continue
        for _, slip in slips:
            _slip(report, slip)


def _rules(report: ReportDocument, title: str, rules: list[RuleOutcome]) -> None:
    say = words()
    titles = [say["labels"][name] for name in ("rule", "stands_how", "why")]
    table = add_table(report.document, titles, (6.6, 2.2, 8.2), title)
    for rule in rules:
        year = f" {say['labels']['year']} {rule.year}." if rule.year else ""
        source = f"{say['labels']['source']}: {rule.source} ({say['certainty'][rule.certainty]})"
        quotes = [f"“{quote.text}” ({digest.place(quote)})" for quote in rule.quotes]
        cells = add_row(
            table, [rule.title, rule.rule + year, source], [rule.ruling.words], [rule.why, *quotes]
        )
        cells[0].paragraphs[0].runs[0].bold = True


def _slip(report: ReportDocument, slip: Slip) -> None:
    report.heading(3, digest.sentence(slip.kind))
    report.say(slip.message)
    report.labelled(words()["labels"]["severity"], words()["severity"][slip.severity])
    for quote in slip.quotes:
        report.quote(quote)


def _quiet(report: ReportDocument, slips: list[Slip]) -> None:
    say = words()["labels"]
    titles = (say["point"], say["message"], say["where"])
    table = add_table(report.document, titles, (3.6, 8.4, 5.0), words()["headings"]["quiet"])
    for slip in slips:
        places = list(dict.fromkeys(digest.place(quote) for quote in slip.quotes))
        add_row(table, [digest.sentence(slip.kind)], [slip.message], places)
