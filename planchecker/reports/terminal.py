"""The summary that `planchecker check` prints: elements and counts, then the gaps that matter first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planchecker.result import FeatureResult, Result, Verdict
from planchecker.scrutiny import Ruling, Scrutiny

CAVEATS = (
    "Presence is not adequacy: planchecker says whether the draft addresses a feature, not whether the plan is good.",
    "“No evidence found” means that planchecker found none; look at the places named before you rely on it.",
    "Each requirement shows its provenance; take none for a quotation of the guidance unless it says so.",
)
_SLIPS = 5  # told in the terminal; all of them stand in the reports
_COUNTED = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING, Verdict.NOT_ASSESSED)


def headline(result: Result) -> str:
    """The counts in one sentence."""
    counts = result.summary
    total = sum(counts.values())
    text = (
        f"{counts[Verdict.MET]} of {total} features met, {counts[Verdict.PARTIAL]} partly met, "
        f"no evidence found for {counts[Verdict.MISSING]}"
    )
    not_assessed = counts[Verdict.NOT_ASSESSED]
    return f"{text}, {not_assessed} not assessed." if not_assessed else f"{text}."


def terminal_summary(result: Result) -> Iterator[str]:
    """The summary, line by line."""
    plan = result.plan
    pages = f"{plan.pages} pages, " if plan.pages else ""
    yield f"{plan.title} ({pages}{plan.words:,} words)"
    yield f"against {result.checklist.title}"
    for warning in warnings(result):
        yield f"! {warning}"
    yield ""
    yield headline(result)
    yield ""
    yield f"{'':4} {'met':>4} {'part':>4} {'none':>4}  element"
    for element in result.elements:
        met, partial, missing, skipped = (element.count(verdict) for verdict in _COUNTED)
        note = f"  ({skipped} not assessed)" if skipped else ""
        yield f"{element.id:4} {met or '.':>4} {partial or '.':>4} {missing or '.':>4}  {element.name}{note}"
    gaps = [feature for feature in result.gaps if feature.is_open]
    if gaps:
        yield ""
        yield "Gaps, those with no evidence first:"
    for feature in gaps:
        yield from _gap_lines(feature)
    yield from _accepted_lines(result)
    yield from _rule_lines(result.scrutiny)
    yield from _slip_lines(result.scrutiny)
    yield ""
    yield CAVEATS[0]


def _accepted_lines(result: Result) -> Iterator[str]:
    """Gaps that the team has accepted, and acceptances that no longer apply."""
    accepted = [feature.accepted for feature in result.features if feature.accepted]
    groups = (("Accepted gaps:", accepted), ("Acceptances that no longer apply:", result.stale_acceptances))
    for title, group in groups:
        if group:
            yield ""
            yield title
            yield from (f"{one.feature}: {one.reason} ({one.by}, {one.on})" for one in group)


def warnings(result: Result) -> Iterator[str]:
    """What a reader must know before the verdicts: what could not be read."""
    yield from result.plan.notices
    if result.plan.unread:
        places = "; ".join(f"{skipped.where} ({skipped.why})" for skipped in result.plan.unread[:5])
        more = len(result.plan.unread) - 5
        tail = f" and {more} more" if more > 0 else ""
        yield f"This draft was only partly read. Not read: {places}{tail}."


def _gap_lines(feature: FeatureResult) -> Iterator[str]:
    unsure = "" if feature.sure else ", not sure: look here"
    yield f"\n{feature.id} {feature.name}: {feature.verdict.words.lower()} ({feature.confidence:.0%}{unsure})"
    for gap in feature.gaps[:2]:
        yield f"     {gap}"
    if feature.evidence:
        best = feature.evidence[0]
        quote = best.text if len(best.text) <= 160 else best.text[:157].rsplit(" ", 1)[0] + " …"
        nearest = "The nearest, which may not address it: " if feature.verdict is Verdict.MISSING else ""
        yield f"     {nearest}“{quote}” ({best.place})"


def _rule_lines(scrutiny: Scrutiny | None) -> Iterator[str]:
    """The dated rules in two or three lines: how many agree, and those that differ."""
    if scrutiny is None or not scrutiny.rules:
        return
    counts = Counter(outcome.ruling for outcome in scrutiny.rules)
    yield ""
    yield (
        f"Figures against dated rules and advice: {counts[Ruling.AGREES]} agree, {counts[Ruling.DIFFERS]} differ, "
        f"{counts[Ruling.NOT_FOUND]} not found, {counts[Ruling.CANNOT_TELL]} cannot be told."
    )
    for outcome in scrutiny.rules:
        if outcome.ruling is Ruling.DIFFERS:
            advice = " (advice: no source confirms the rule)" if outcome.is_advice else ""
            yield f"     {outcome.title}: {outcome.why}{advice}"


def _slip_lines(scrutiny: Scrutiny | None) -> Iterator[str]:
    """Where the plan does not agree with itself: how many slips of each kind, and the gravest."""
    if scrutiny is None or not scrutiny.slips:
        return
    kinds = Counter(slip.kind for slip in scrutiny.loud)
    quiet = len(scrutiny.slips) - len(scrutiny.loud)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    rest = f" {quiet} more that are often false stand in the reports." if quiet else ""
    yield ""
    yield f"The plan against itself: {counted or 'nothing that is surely a slip'}.{rest}"
    for slip in scrutiny.loud[:_SLIPS]:
        yield f"     {slip.message}"
