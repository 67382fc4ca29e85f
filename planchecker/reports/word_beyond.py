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
        for _, rule in rules:
            _rule(report, rule)
    for group, slips in digest.slip_groups(scrutiny):
        report.heading(2, say["headings"][group])
        report.say(say["intros"][group])
        if group == "quiet":
            _quiet(report, [slip for _, slip in slips])
            continue
        for _, slip in slips:
            _slip(report, slip)


def _rule(report: ReportDocument, rule: RuleOutcome) -> None:
    say = words()["labels"]
    report.heading(3, f"{rule.title}: {rule.ruling.words.lower()}")
    year = f" {say['year']} {rule.year}." if rule.year else ""
    report.labelled(say["rule"], rule.rule + year)
    report.labelled(say["why"], rule.why)
    report.labelled(say["source"], f"{rule.source} ({words()['certainty'][rule.certainty]})")
    for quote in rule.quotes:
        report.quote(quote)


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
