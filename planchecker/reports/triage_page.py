"""The overview of a pack as one HTML file: a table that can be read without script, and opens with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from planchecker.comparison import Change, Direction
from planchecker.reports import digest
from planchecker.reports.html import csp_hash, environment, inlined
from planchecker.reports.terminal import CAVEATS
from planchecker.result import ElementResult, Evidence, FeatureResult, Result, Verdict
from planchecker.triage.overview import Missed, Overview, SharedWith

FIRST = 3  # plans under "Open these first"
_MOST_BYTES = 4_500_000  # of the data behind the cells; a browser on an old laptop opens that in a moment
# How many passages a cell quotes for a feature and how many letters of each: as much as fits.
_QUOTES = ((4, 700), (3, 400), (2, 280), (1, 280), (1, 140), (1, 70))
_SHOWN_TEXTS = 40  # shared texts in the page; the workbook has them all
_CLIP = 420  # letters of a shared text


@dataclass(frozen=True, slots=True)
class Cell:
    """One plan on one element: words beside the colour."""

    verdict: Verdict
    met: int
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """One plan in the grid and in the ranking."""

    number: int
    name: str
    label: str
    report: str
    counts: Mapping[Verdict, int]
    cells: tuple[Cell, ...]
    why: tuple[str, ...]
    first: tuple[tuple[FeatureResult, int], ...]  # each with the number of its element
    newer: str


def triage_page(overview: Overview, reports: Mapping[str, str], comparisons: Mapping[str, str]) -> str:
    """The overview as HTML text.

    Args:
        overview: what to say.
        reports: the place of each plan's gap report beside the page, by the plan's name.
        comparisons: the place of each comparison of drafts, by the newer draft's name.
    """
    style, script = inlined("gap-report.css") + inlined("pack.css"), inlined("pack.js")
    labels = overview.labels
    return (
        environment()
        .get_template("pack.html.j2")
        .render(
            overview=overview,
            labels=labels,
            rows=tuple(_rows(overview, labels, reports)),
            first_plans=FIRST,
            elements=_elements(overview),
            headline=headline(overview),
            missed=_most_missed(overview),
            few=lambda names: few([labels[name] for name in names]),
            comparisons=comparisons,
            changes=_changes,
            texts={kind: [t for t in overview.shared if t.kind is kind] for kind in SharedWith},
            shown_texts=_SHOWN_TEXTS,
            clip=lambda text: clipped(text, _CLIP),
            caveats=CAVEATS,
            data=_embedded(_data(overview, labels, reports)),
            style=style,
            script=script,
            style_hash=csp_hash(style),
            script_hash=csp_hash(script),
        )
    )


def headline(overview: Overview) -> str:
    """How many plans were checked, and how many were not."""
    batch = overview.batch
    checked, unread = len(batch.checked), len(batch.unread)
    told = f"{checked} of {len(batch.entries)} plans checked"
    return f"{told}; {unread} could not be read." if unread else f"{told}."


def few(names: list[str], most: int = 5) -> str:
    """Names as a list, the rest as a number."""
    more = len(names) - most
    return digest.listed(names if more <= 0 else [*names[:most], f"{more} more"])


def clipped(text: str, letters: int) -> str:
    """The text, cut at a word where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 2].rsplit(" ", 1)[0] + " …"


def element_verdict(element: ElementResult) -> Verdict:
    """One word for an element: met or missing only where all its features are."""
    standing = {feature.standing for feature in element.features}
    if len(standing) == 1:
        return standing.pop()
    found = standing & {Verdict.MET, Verdict.PARTIAL}
    return Verdict.PARTIAL if found else Verdict.MISSING


def _elements(overview: Overview) -> tuple[ElementResult, ...]:
    return next((result.elements for _, result in overview.batch.results), ())


def _rows(overview: Overview, labels: Mapping[str, str], reports: Mapping[str, str]) -> Iterator[Row]:
    results = {entry.name: result for entry, result in overview.batch.results}
    for number, attention in enumerate(overview.ranking):
        result = results[attention.plan]
        places = {f.id: (f, n) for n, e in enumerate(result.elements) for f in e.features}
        standing = [feature.standing for feature in result.features]
        yield Row(
            number=number,
            name=attention.plan,
            label=labels[attention.plan],
            report=reports.get(attention.plan, ""),
            counts={verdict: standing.count(verdict) for verdict in Verdict},
            cells=tuple(
                Cell(element_verdict(e), sum(f.standing is Verdict.MET for f in e.features), len(e.features))
                for e in result.elements
            ),
            why=attention.why,
            first=tuple(places[feature] for feature in attention.first),
            newer=attention.newer,
        )


def _most_missed(overview: Overview) -> list[Missed]:
    """The features that more plans miss or only touch than meet."""
    return [m for m in overview.missed if len(m.missing) + len(m.partial) > len(m.met)]


def _changes(changes: tuple[Change, ...]) -> list[tuple[str, list[Change]]]:
    """The features of which a newer draft shows more or less than the older one."""
    ways = (("shows less of", Direction.WORSE), ("shows more of", Direction.BETTER))
    return [(words, [c for c in changes if c.direction is way]) for words, way in ways]


def _data(overview: Overview, labels: Mapping[str, str], reports: Mapping[str, str]) -> str:
    """What stands behind the cells, as JSON; with fewer and shorter quotes where it would be too much."""
    for quotes, letters in _QUOTES:
        data = _Data(overview, labels, reports, quotes, letters).as_json()
        if len(data.encode()) <= _MOST_BYTES:
            break
    return data


class _Data:
    """What stands behind the cells; sentences that many plans share stand in it once."""

    def __init__(
        self,
        overview: Overview,
        labels: Mapping[str, str],
        reports: Mapping[str, str],
        quotes: int,
        letters: int,
    ) -> None:
        self._overview, self._labels, self._reports = overview, labels, reports
        self._quotes, self._letters = quotes, letters
        self._texts: dict[str, int] = {}

    def as_json(self) -> str:
        """The data as JSON text."""
        results = {entry.name: result for entry, result in self._overview.batch.results}
        plans = [self._plan(attention.plan, results[attention.plan]) for attention in self._overview.ranking]
        data = {
            "elements": [
                {"id": e.id, "name": e.name, "features": [[f.id, f.name, f.requirement] for f in e.features]}
                for e in _elements(self._overview)
            ],
            "verdicts": {verdict.value: verdict.words for verdict in Verdict},
            "plans": plans,
            "texts": [digest.clean(text) for text in self._texts],
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def _plan(self, name: str, result: Result) -> dict[str, Any]:
        return {
            "label": digest.clean(self._labels[name]),
            "report": self._reports.get(name, ""),
            "elements": [[self._feature(feature) for feature in e.features] for e in result.elements],
        }

    def _feature(self, feature: FeatureResult) -> dict[str, Any]:
        data: dict[str, Any] = {"v": feature.verdict.value, "c": self._text(digest.confidence(feature))}
        if feature.gaps:
            data["g"] = [self._text(gap) for gap in feature.gaps]
        if feature.reasons:
            data["r"] = [self._text(reason) for reason in feature.reasons]
        if feature.evidence:
            data["e"] = [self._evidence(evidence) for evidence in feature.evidence[: self._quotes]]
        if feature.decisions:
            data["d"] = [
                [one.verdict.value, digest.clean(one.by), digest.clean(one.note), one.changed]
                for one in feature.decisions
            ]
        return data

    def _evidence(self, evidence: Evidence) -> list[Any]:
        weak = digest.listed(evidence.weakened_by)
        return [
            digest.clean(clipped(evidence.text, self._letters)),
            self._text(clipped(digest.place(evidence), 160)),
            self._text(weak),
        ]

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))


def _embedded(data: str) -> Markup:
    """JSON that cannot end the script element it stands in, nor begin another."""
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(data)
