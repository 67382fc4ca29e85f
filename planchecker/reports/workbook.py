"""The gap workbook: the working list of a team, in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planchecker.reports import digest
from planchecker.reports.sheets import Column, Sheet, Value, workbook_bytes
from planchecker.reports.terminal import CAVEATS, headline, warnings
from planchecker.result import FeatureResult, Result
from planchecker.scrutiny import Scrutiny

_STATES = ("To do", "In hand", "Done", "Not for this plan")


def write_workbook(result: Result, path: Path) -> None:
    """Write the gap workbook."""
    path.write_bytes(as_workbook(result))


def as_workbook(result: Result) -> bytes:
    """The gap workbook as a file's bytes; the same result gives the same bytes."""
    title = digest.words()["title"].format(plan=digest.plan_name(result))
    sheets = [_features(result), _evidence(result), *_beyond(result.scrutiny), _summary(result)]
    return workbook_bytes(title, sheets)


def _features(result: Result) -> Sheet:
    say = digest.words()
    label, short = say["labels"], say["verdicts"]
    tints = dict(zip((short[v] for v in result.summary), ("good", "middling", "bad", "quiet"), strict=True))
    columns = (
        Column("Id", 7),
        Column(label["element"], 26),
        Column(label["feature"], 28),
        Column("Verdict", 14, tints=tints),
        Column("Probability", 11),
        Column("Look here", 9),
        Column(label["gaps"], 50),
        Column(label["do"], 50),
        Column("Best passage", 50),
        Column(label["where"], 30),
        Column(label["accepted"], 24),
        Column(label["assessor"], 24),
        Column(label["owner"], 16, theirs=True),
        Column(label["by_when"], 14, theirs=True),
        Column("State", 14, choices=_STATES, theirs=True),
        Column("Note", 30, theirs=True),
        Column(label["asked"], 50),
        Column(label["wording"], 30),
    )
    rows = [
        _row(feature, f"{element.id} {element.name}")
        for element in result.elements
        for feature in element.features
    ]
    return Sheet("Features", columns, rows, held=4)


def _row(feature: FeatureResult, element: str) -> list[Value]:
    say = digest.words()
    best = feature.evidence[0] if feature.evidence else None
    accepted, decided = feature.accepted, feature.decisions[-1:] or ()
    return [
        feature.id,
        element,
        feature.name,
        say["verdicts"][feature.verdict],
        feature.confidence,
        "yes" if digest.looks_unsure(feature) else "",
        "\n".join(digest.lacking(feature)),
        "\n".join(digest.would_meet(feature)),
        best.text if best else "",
        digest.place(best) if best else "",
        f"{accepted.reason} ({accepted.by}, {accepted.on})" if accepted else "",
        "; ".join(f"{say['verdicts'][d.verdict]} ({d.by}) {d.note}".strip() for d in decided),
        "",
        "",
        "",
        "",
        feature.requirement,
        feature.provenance.meaning,
    ]


def _evidence(result: Result) -> Sheet:
    label = digest.words()["labels"]
    columns = (
        Column("Id", 7),
        Column(label["feature"], 28),
        Column("Part", 6),
        Column("Passage", 80),
        Column("Page", 7),
        Column("Headings", 40),
        Column("Score", 8),
        Column(label["shows"], 28),
        Column(label["weakened"], 28),
        Column(label["found_by"], 36),
    )
    rows = [
        [
            feature.id,
            feature.name,
            evidence.part,
            evidence.text,
            evidence.page,
            " › ".join(evidence.heading),
            evidence.score,
            ", ".join(evidence.shows),
            ", ".join(evidence.weakened_by),
            digest.found_by(evidence),
        ]
        for feature in result.features
        for evidence in feature.evidence
    ]
    return Sheet("Evidence", columns, rows, held=2)


def _beyond(scrutiny: Scrutiny | None) -> Iterator[Sheet]:
    if scrutiny is not None:
        yield _rules(scrutiny)
        yield _slips(scrutiny)


def _rules(scrutiny: Scrutiny) -> Sheet:
    say = digest.words()
    label = say["labels"]
    return Sheet(
        "Rules",
        (
            Column(label["rule"], 26),
            Column(label["year"], 10),
            Column("Ruling", 13),
            Column(label["why"], 50),
            Column("What is asked", 50),
            Column(label["says"], 60),
            Column(label["where"], 30),
            Column(label["source"], 40),
            Column("How sure the rule is", 26),
        ),
        [
            [
                rule.title,
                rule.year,
                rule.ruling.words,
                rule.why,
                rule.rule,
                "\n".join(quote.text for quote in rule.quotes),
                "\n".join(digest.place(quote) for quote in rule.quotes),
                rule.source,
                say["certainty"][rule.certainty],
            ]
            for rule in scrutiny.rules
        ],
        held=1,
    )


def _slips(scrutiny: Scrutiny) -> Sheet:
    say = digest.words()
    label = say["labels"]
    return Sheet(
        "Plan against itself",
        (
            Column(label["point"], 24),
            Column(label["severity"], 11),
            Column(label["message"], 60),
            Column(label["says"], 60),
            Column(label["where"], 30),
            Column("Often nothing", 13),
        ),
        [
            [
                digest.sentence(slip.kind),
                say["severity"][slip.severity],
                slip.message,
                "\n".join(quote.text for quote in slip.quotes),
                "\n".join(digest.place(quote) for quote in slip.quotes),
                "yes" if slip.quiet else "",
            ]
            for slip in scrutiny.slips
        ],
        held=1,
    )


def _summary(result: Result) -> Sheet:
    rows: list[list[Value]] = [["Result", headline(result)]]
    rows += [["Warning", warning] for warning in warnings(result)]
    rows += [[label, value] for label, value in digest.facts(result)]
    rows += [["Checklist", f"{result.checklist.title} ({result.checklist.version})"]]
    rows += [["About the checklist", result.checklist.about]] if result.checklist.about else []
    rows += [
        ["Acceptance that no longer applies", f"{one.feature}: {one.reason} ({one.by}, {one.on})"]
        for one in result.stale_acceptances
    ]
    rows += [["Bear in mind", caveat] for caveat in CAVEATS]
    return Sheet("About", (Column("What", 26), Column("Says", 110)), rows)
