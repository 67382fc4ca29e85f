"""The gap report as a Word document that a team can circulate, edit and fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.text.paragraph import Paragraph

from planchecker.files import save_document
from planchecker.reports import digest
from planchecker.reports.digest import Start, clean, words
from planchecker.reports.terminal import CAVEATS, headline
from planchecker.reports.word_beyond import add_beyond
from planchecker.reports.word_document import ReportDocument
from planchecker.reports.word_look import add_running_lines, add_section
from planchecker.reports.word_parts import add_row, add_table, set_properties
from planchecker.result import Acceptance, ElementResult, Evidence, FeatureResult, Result, Verdict

_LISTED = 6  # elements that the summary page lists on a line each


def write_word(result: Result, path: Path) -> None:
    """Write the gap report as a Word document."""
    report = ReportDocument(result)
    title = words()["title"].format(plan=digest.plan_name(result))
    set_properties(report.document, title, result.checklist.title)
    add_running_lines(report.document, clean(title))
    _summary_page(report, result, title)
    place_of_contents = _contents(report)
    _grid(report, result)
    _actions(report, result)
    _accepted(report, result)
    _features(report, result)
    if result.scrutiny:
        add_beyond(report, result.scrutiny)
    _about(report, result)
    report.fill_contents(place_of_contents)
    save_document(report.document, path)


def _summary_page(report: ReportDocument, result: Result, title: str) -> None:
    """What a director reads: one page."""
    report.say(title, "Title")
    report.say(f"Checked against {result.checklist.title}", "Subtitle")
    _warning(report, result)
    report.say(headline(result), "Headline")
    report.say(CAVEATS[0], "Inset")
    if result.scrutiny:
        report.labelled(words()["headings"]["beyond"], digest.beyond(result.scrutiny))
    report.heading(1, words()["headings"]["start"])
    _start(report, result, digest.where_to_start(result))


def _warning(report: ReportDocument, result: Result) -> None:
    """What could not be read, before anything else."""
    plan = result.plan
    lines = list(plan.notices)
    skipped = digest.not_read(plan)
    if skipped:
        lines += [words()["intros"]["unread"], *skipped[:5]]
    if len(skipped) > 5:
        lines.append(words()["intros"]["more_unread"])
    if lines:
        report.say(words()["headings"]["warning"], "Warning").runs[0].bold = True
    for line in lines:
        report.say(line, "Warning")


def _start(report: ReportDocument, result: Result, start: Start) -> None:
    say = words()
    if not start.total:
        report.say(say["intros"]["no_open_gaps" if result.gaps else "no_gaps"])
    if start.closest:
        report.heading(2, say["headings"]["closest"])
        report.say(say["intros"]["closest"])
    for feature in start.closest:
        report.link_line("List Number", feature, (digest.lacking(feature) or ("",))[0])
    if start.empty:
        report.heading(2, say["headings"]["empty_elements"])
        _empty_elements(report, start.empty)
    for name, features in (("missing", start.missing), ("unsure", start.unsure)):
        if features:
            report.heading(2, say["headings"][name])
            report.links(report.say(say["intros"][name] + " "), features)


def _empty_elements(report: ReportDocument, elements: Sequence[ElementResult]) -> None:
    """A list, or, where it would push the summary off its page, a paragraph."""
    if len(elements) <= _LISTED:
        for element in elements:
            report.link_line("List Bullet", element)
        return
    paragraph = report.document.add_paragraph()
    for number, element in enumerate(elements):
        paragraph.add_run("; " if number else "")
        report.link(paragraph, element)


def _contents(report: ReportDocument) -> Paragraph:
    """The place of the contents, which are filled in when all headings are known."""
    title = report.say(words()["headings"]["contents"], "TOC Heading")
    title.paragraph_format.page_break_before = True
    return report.say(words()["labels"]["contents_note"], "Small print")


def _grid(report: ReportDocument, result: Result) -> None:
    say = words()
    report.heading(1, say["headings"]["grid"], new_page=True)
    report.say(say["intros"]["grid_counts"])
    columns = [v for v in Verdict if v is not Verdict.NOT_ASSESSED or result.summary[v]]
    titles = [say["labels"]["element"], *(say["short"][v] for v in columns), say["labels"]["features"]]
    widths = [5.4, *(1.5 for _ in columns), 11.6 - 1.5 * len(columns)]
    table = add_table(report.document, titles, widths, say["intros"]["grid_counts"])
    for element in result.elements:
        counts = ([str(element.count(verdict))] for verdict in columns)
        cells = add_row(table, [f"{element.id} {element.name}"], *counts, [])
        report.links(cells[-1].paragraphs[0], element.features)
    key = (f"{say['symbols'][v]} {say['short'][v]}: {say['verdicts'][v].lower()}" for v in columns)
    report.say("; ".join(key) + ".", "Small print")


def _actions(report: ReportDocument, result: Result) -> None:
    """All open gaps: what is lacking and what to do, with room for an owner and a date."""
    say = words()
    gaps = [feature for feature in result.features if feature.is_open]
    if not gaps:
        report.heading(1, say["headings"]["actions"], new_page=True)
        report.say(say["intros"]["no_open_gaps" if result.gaps else "no_gaps"])
        return
    add_section(report.document, landscape=True)
    report.heading(1, say["headings"]["actions"])
    report.say(say["intros"]["actions"])
    titles = [say["labels"][name] for name in ("feature", "gaps", "do", "owner", "by_when")]
    table = add_table(report.document, titles, (4.6, 7.4, 7.4, 3.6, 2.7), say["headings"]["actions"])
    for feature in gaps:
        asked = () if feature.gaps else (feature.requirement,)
        lacking = [digest.sentence(gap) for gap in digest.lacking(feature) or asked]
        cells = add_row(table, [], lacking, [digest.sentence(g) for g in digest.would_meet(feature)], [], [])
        report.link(cells[0].paragraphs[0], feature)
        report.tag(cells[0].add_paragraph(style="Table text"), feature.verdict)
    report.say(say["intros"]["own_actions"], "Small print")
    add_section(report.document, landscape=False)


def _accepted(report: ReportDocument, result: Result) -> None:
    """Gaps that the team has accepted, and acceptances of what is no gap."""
    say = words()
    accepted = [feature for feature in result.features if feature.accepted]
    for name, present in (("accepted", accepted), ("stale", result.stale_acceptances)):
        if present:
            report.heading(1, say["headings"][name])
            report.say(say["intros"][name])
        if name == "accepted":
            for feature in accepted:
                assert feature.accepted is not None
                report.link_line("List Bullet", feature, _acceptance(feature.accepted))
        else:
            for one in result.stale_acceptances:
                report.say(f"{one.feature}: {_acceptance(one)}", "List Bullet")


def _acceptance(accepted: Acceptance) -> str:
    who = words()["labels"]["accepted_by"].format(by=accepted.by, on=accepted.on)
    return f"{accepted.reason} ({who})"


def _features(report: ReportDocument, result: Result) -> None:
    report.heading(1, words()["headings"]["features"], new_page=True)
    for element in result.elements:
        report.heading(2, f"{element.id} {element.name}", element)
        for feature in element.features:
            _feature(report, feature)


def _feature(report: ReportDocument, feature: FeatureResult) -> None:
    say = words()["labels"]
    report.heading(3, f"{feature.id} {feature.name}", feature)
    verdict = report.document.add_paragraph()
    verdict.paragraph_format.keep_with_next = True
    report.tag(verdict, feature.verdict)
    verdict.add_run(f"  {digest.confidence(feature)}".rstrip()).bold = digest.looks_unsure(feature)
    _standing(report, feature)
    report.labelled(say["asked"], feature.requirement)
    same = f" {say['same_as'].format(other=feature.same_as)}" if feature.same_as else ""
    report.say(f"{say['wording']}: {feature.provenance}. {feature.provenance.meaning}{same}", "Small print")
    report.points(say["gaps"], digest.lacking(feature))
    report.points(say["meets"], digest.would_meet(feature))
    report.points(say["reasons"], feature.reasons)
    if feature.evidence:
        report.heading(4, say["nearest" if feature.verdict is Verdict.MISSING else "evidence"])
    for evidence in feature.evidence:
        report.quote(evidence, _facts(evidence, feature))


def _standing(report: ReportDocument, feature: FeatureResult) -> None:
    """What assessors decided, and whether the gap is accepted."""
    say = words()
    for decision in feature.decisions[-1:]:
        parts = [say["verdicts"][decision.verdict], say["labels"]["decided_by"].format(by=decision.by)]
        parts += [decision.note.rstrip(".")] if decision.note else []
        parts += [say["labels"]["changed"].rstrip(".")] if decision.changed else []
        report.labelled(say["labels"]["assessor"], ". ".join(parts) + ".", "Standing")
    if feature.accepted:
        report.labelled(say["labels"]["accepted"], _acceptance(feature.accepted), "Standing")


def _facts(evidence: Evidence, feature: FeatureResult) -> list[str]:
    say = words()["labels"]
    facts = [digest.answered_part(evidence, feature)]
    facts += [f"{say['shows']}: {digest.listed(evidence.shows)}"] if evidence.shows else []
    facts += [f"{say['weakened']}: {digest.listed(evidence.weakened_by)}"] if evidence.weakened_by else []
    facts += [f"{say['found_by']}: {digest.found_by(evidence)}"] if evidence.matched_by else []
    return facts


def _about(report: ReportDocument, result: Result) -> None:
    say, checklist = words(), result.checklist
    report.heading(1, say["headings"]["limits"], new_page=True)
    for caveat in CAVEATS:
        report.say(caveat, "List Bullet")
    report.heading(1, say["headings"]["checklist"])
    report.say(f"{checklist.title} ({checklist.id}, version {checklist.version}).")
    if checklist.about.strip():
        report.say(checklist.about)
    report.heading(1, say["headings"]["plan"])
    for label, value in digest.facts(result):
        report.labelled(label, value)
    report.say(say["made_by"], "Small print")
