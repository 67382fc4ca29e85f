"""The gap report as Markdown, for wikis, issue trackers and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from planchecker.reports import digest
from planchecker.reports.terminal import CAVEATS, headline, warnings
from planchecker.result import FeatureResult, Result
from planchecker.scrutiny import Quote, Scrutiny

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$@-])")  # a plan's text is never markup


def write_markdown(result: Result, path: Path) -> None:
    """Write the gap report as a Markdown file."""
    path.write_text(as_markdown(result), encoding="utf-8", newline="\n")


def as_markdown(result: Result) -> str:
    """The gap report as Markdown text."""
    return "\n".join(_lines(result)) + "\n"


def plain(text: str) -> str:
    """Text of a plan on one line, with every character that Markdown would take for markup escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(digest.clean(text).split()))


def _lines(result: Result) -> Iterator[str]:
    say = digest.words()
    yield f"# {say['title'].format(plan=plain(digest.plan_name(result)))}"
    yield ""
    yield f"Checked against {plain(result.checklist.title)} ({plain(result.checklist.version)})."
    yield ""
    for warning in warnings(result):
        yield f"> **{plain(warning)}**"
        yield ">"
    yield f"**{headline(result)}**"
    yield ""
    yield from _grid(result)
    yield from _features(result)
    yield from _accepted(result)
    if result.scrutiny is not None:
        yield from _beyond(result.scrutiny)
    yield f"## {say['headings']['limits']}"
    yield ""
    yield from (f"- {plain(caveat)}" for caveat in CAVEATS)


def _grid(result: Result) -> Iterator[str]:
    say = digest.words()
    verdicts = list(result.summary)
    yield f"| {say['labels']['element']} | {' | '.join(say['verdicts'][verdict] for verdict in verdicts)} |"
    yield f"|---|{'---:|' * len(verdicts)}"
    for element in result.elements:
        counts = " | ".join(str(element.count(verdict)) for verdict in verdicts)
        yield f"| {plain(element.id)} {plain(element.name)} | {counts} |"
    yield ""


def _features(result: Result) -> Iterator[str]:
    for element in result.elements:
        yield f"## {plain(element.id)} {plain(element.name)}"
        yield ""
        for feature in element.features:
            yield from _feature(feature)


def _feature(feature: FeatureResult) -> Iterator[str]:
    say = digest.words()
    label = say["labels"]
    confidence = digest.confidence(feature)
    verdict = say["verdicts"][feature.verdict]
    yield f"### {plain(feature.id)} {plain(feature.name)}: {verdict}"
    yield ""
    yield f"*{label['asked']}:* {plain(feature.requirement)} ({feature.provenance}: {feature.provenance.meaning})"
    yield ""
    if confidence:
        yield f"{confidence}."
        yield ""
    for decision in feature.decisions:
        note = f": {plain(decision.note)}" if decision.note else ""
        by = label["decided_by"].format(by=plain(decision.by))
        changed = f" {label['changed']}" if decision.changed else ""
        yield f"- **{label['assessor']}:** {say['verdicts'][decision.verdict]}. {by}{note}.{changed}"
    yield from (f"- {plain(reason)}" for reason in feature.reasons)
    yield from (f"- **{label['gaps']}:** {plain(gap)}" for gap in digest.lacking(feature))
    yield from (f"- **{label['meets']}:** {plain(gap)}" for gap in digest.would_meet(feature))
    yield ""
    for evidence in feature.evidence:
        yield from _quoted(evidence.text, digest.place(evidence))


def _quoted(text: str, place: str) -> Iterator[str]:
    yield f"> {plain(text)}"
    yield ">"
    yield f"> {plain(place)}"
    yield ""


def _accepted(result: Result) -> Iterator[str]:
    say = digest.words()["headings"]
    accepted = [feature.accepted for feature in result.features if feature.accepted]
    for heading, group in ((say["accepted"], accepted), (say["stale"], result.stale_acceptances)):
        if group:
            yield f"## {heading}"
            yield ""
            for one in group:
                yield f"- {plain(one.feature)}: {plain(one.reason)} ({plain(one.by)}, {plain(one.on)})"
            yield ""


def _beyond(scrutiny: Scrutiny) -> Iterator[str]:
    say = digest.words()
    yield f"## {say['headings']['beyond']}"
    yield ""
    for name, rules in digest.rule_groups(scrutiny):
        yield f"### {say['headings'][name]}"
        yield ""
        for _, rule in rules:
            year = f" ({plain(rule.year)})" if rule.year else ""
            yield f"- **{plain(rule.title)}{year}: {rule.ruling.words}.** {plain(rule.rule)} {plain(rule.why)}"
            yield f"  {say['labels']['source']}: {plain(rule.source)}; {say['certainty'][rule.certainty]}."
            yield from _indented(rule.quotes)
        yield ""
    for name, slips in digest.slip_groups(scrutiny):
        yield f"### {say['headings'][name]}"
        yield ""
        for _, slip in slips:
            yield f"- **{plain(digest.sentence(slip.kind))} ({say['severity'][slip.severity]}):** {plain(slip.message)}"
            yield from _indented(slip.quotes)
        yield ""


def _indented(quotes: tuple[Quote, ...]) -> Iterator[str]:
    for quote in quotes:
        yield f"  - “{plain(quote.text)}” ({plain(digest.place(quote))})"
