"""The pack's workbook: the plans in order, every feature of every plan with room for the assessor, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planchecker.reports import digest
from planchecker.reports.sheets import Column, Link, Sheet, Value, workbook_bytes
from planchecker.reports.triage_page import element_verdict
from planchecker.result import ElementResult, FeatureResult, Verdict
from planchecker.triage.batch import Entry
from planchecker.triage.judgement import evidence_digest
from planchecker.triage.overview import Attention, Overview

_TINTS = {
    Verdict.MET.words: "good",
    Verdict.PARTIAL.words: "middling",
    Verdict.MISSING.words: "bad",
    Verdict.NOT_ASSESSED.words: "quiet",
}
_CHOICES = tuple(verdict.words for verdict in Verdict)
_QUOTES = 3

_PLANS = (
    Column("Order", 7), Column("Plan", 30), Column("File", 28), Column("Organisation", 24),
    Column("Unit of planning", 18), Column("Draft date", 11), Column("Met", 7), Column("Partly met", 8),
    Column("No evidence found", 10), Column("Not assessed", 10), Column("Too uncertain", 10),
    Column("Judged by assessors", 10), Column("Why here", 70), Column("Read first", 14),
    Column("Newer draft", 20), Column("Gap report", 14),
)  # fmt: skip
_FEATURES = (
    Column("File", 22), Column("Plan", 24), Column("Organisation", 22), Column("Element", 22),
    Column("Feature", 9), Column("Name", 24), Column("planchecker says", 17, tints=_TINTS),
    Column("Confidence", 16), Column("What is lacking", 40), Column("Evidence", 70), Column("Weakened by", 20),
    Column("Your verdict", 18, choices=_CHOICES, theirs=True, tints=_TINTS,
           prompt="Your own verdict. It stands before planchecker's when the batch is run again."),
    Column("Your note", 36, theirs=True, prompt="Why, for those who read it after you."),
    Column("Your initials", 9, theirs=True, prompt="Who judges: the same letters every time."),
    Column("Evidence changed", 12), Column("All assessors", 30), Column("Evidence seen", 18),
)  # fmt: skip
_SHARED = (
    Column("Text", 7), Column("Shared with", 14), Column("Words", 8), Column("Word for word", 10),
    Column("Plan or guidance", 30), Column("Page", 7), Column("Heading", 30), Column("What it says", 90),
)  # fmt: skip
_UNREAD = (Column("File", 40), Column("What became of it", 22), Column("Why", 90))
_DRAFTS = (
    Column("Older", 34), Column("Newer", 34), Column("Shared, %", 10), Column("Why drafts", 60),
    Column("Shows more of", 12), Column("Shows less of", 12),
)  # fmt: skip
_DIFFERING = (
    Column("Plan", 30), Column("Feature", 9), Column("Name", 30), Column("Verdicts", 60), Column("Stands", 18),
)  # fmt: skip


def triage_workbook(overview: Overview, reports: Mapping[str, str]) -> bytes:
    """The workbook.

    Args:
        overview: what to say.
        reports: the place of each plan's gap report beside the workbook, by the plan's name.
    """
    labels = overview.labels
    unread = len(overview.batch.unread)
    sheets = [
        Sheet("Plans", _PLANS, list(_plans(overview, labels, reports)), held=2),
        Sheet("Features", _FEATURES, list(_features(overview, labels)), held=2),
        Sheet("Grid", *_grid(overview, labels), held=1),
        Sheet("Shared text", _SHARED, list(_shared(overview)), held=1),
        Sheet(f"Not read ({unread})" if unread else "Not read", _UNREAD, list(_unread(overview))),
    ]
    if unread:  # what is not in the other sheets must be seen before them
        sheets.insert(0, sheets.pop())
    if overview.drafts:
        sheets.append(Sheet("Drafts", _DRAFTS, list(_drafts(overview))))
    if overview.judged.disagreements:
        sheets.append(Sheet("Assessors differ", _DIFFERING, list(_differing(overview, labels))))
    return workbook_bytes(f"Triage of {len(overview.batch.entries)} plans", sheets)


_Row = tuple[Value, ...]


def _plans(overview: Overview, labels: Mapping[str, str], reports: Mapping[str, str]) -> Iterator[_Row]:
    entries = {entry.name: entry for entry in overview.batch.checked}
    for order, attention in enumerate(overview.ranking, start=1):
        yield _plan(order, attention, entries[attention.plan], labels, reports)


def _plan(
    order: int, attention: Attention, entry: Entry, labels: Mapping[str, str], reports: Mapping[str, str]
) -> _Row:
    assert entry.result is not None
    features = list(entry.result.features)
    standing = [feature.standing for feature in features]
    return (
        order,
        labels[entry.name],
        entry.name,
        entry.metadata.organisation,
        entry.metadata.unit_of_planning,
        entry.metadata.draft_date,
        *(standing.count(verdict) for verdict in Verdict),
        sum(digest.looks_unsure(feature) for feature in features),
        sum(bool(feature.decisions) for feature in features),
        " ".join(attention.why),
        ", ".join(attention.first),
        attention.newer,
        Link("Gap report", reports[entry.name]) if entry.name in reports else None,
    )


def _features(overview: Overview, labels: Mapping[str, str]) -> Iterator[_Row]:
    """The plans in the order of need, in each the checklist's order."""
    entries = {entry.name: entry for entry in overview.batch.checked}
    for attention in overview.ranking:
        entry = entries[attention.plan]
        assert entry.result is not None
        for element in entry.result.elements:
            for feature in element.features:
                yield _feature(entry, labels[entry.name], element, feature)


def _feature(entry: Entry, label: str, element: ElementResult, feature: FeatureResult) -> _Row:
    quotes = [f"“{e.text}” ({digest.place(e)})" for e in feature.evidence[:_QUOTES]]
    weak = dict.fromkeys(weak for e in feature.evidence[:_QUOTES] for weak in e.weakened_by)
    latest = feature.decisions[-1] if feature.decisions else None
    return (
        entry.name,
        label,
        entry.metadata.organisation,
        f"{element.id} {element.name}",
        feature.id,
        feature.name,
        feature.verdict.words,
        digest.confidence(feature),
        "\n".join(feature.gaps),
        "\n".join(quotes),
        "; ".join(weak),
        latest.verdict.words if latest else None,
        latest.note if latest else None,
        latest.by if latest else None,
        "yes: look again" if latest and latest.changed else None,
        "; ".join(f"{one.by}: {one.verdict.words}" for one in feature.decisions) or None,
        evidence_digest(feature),
    )


def _grid(overview: Overview, labels: Mapping[str, str]) -> tuple[tuple[Column, ...], list[_Row]]:
    results = {entry.name: result for entry, result in overview.batch.results}
    elements = next((result.elements for result in results.values()), ())
    columns = (
        Column("Plan", 32),
        Column("File", 28),
        *(Column(f"{element.id} {element.name}", 14, tints=_TINTS) for element in elements),
    )
    rows: list[_Row] = [
        (
            labels[attention.plan],
            attention.plan,
            *(element_verdict(element).words for element in results[attention.plan].elements),
        )
        for attention in overview.ranking
    ]
    return columns, rows


def _shared(overview: Overview) -> Iterator[_Row]:
    for number, text in enumerate(overview.shared, start=1):
        for quote in text.quotes:
            yield (
                number,
                text.kind.value,
                text.words,
                "yes" if text.verbatim else "nearly",
                quote.label,
                quote.page,
                " › ".join(quote.heading),
                quote.text,
            )


def _unread(overview: Overview) -> Iterator[_Row]:
    for entry in overview.batch.unread:
        yield entry.name, "could not be read", entry.problem
    for one in overview.batch.left_out:
        yield one.name, "not taken for a plan", one.why


def _drafts(overview: Overview) -> Iterator[_Row]:
    for pair in overview.drafts:
        counts = pair.comparison.to_dict()["summary"]
        yield pair.old, pair.new, round(100 * pair.share), pair.why, counts["better"], counts["worse"]


def _differing(overview: Overview, labels: Mapping[str, str]) -> Iterator[_Row]:
    for one in overview.judged.disagreements:
        said = "; ".join(
            f"{d.by}: {d.verdict.words}{f' ({d.note})' if d.note else ''}" for d in one.decisions
        )
        yield labels[one.plan], one.feature, one.name, said, one.stands.words
