"""Where in the document each element's evidence lies, as points on a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from planchecker.plan import Plan
from planchecker.reports.digest import listed
from planchecker.result import ElementResult, Evidence, Result, Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """A quoted passage: how far into the document it stands, in percent, and for what verdict."""

    at: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Strip:
    """One element's evidence along the document.

    Attributes:
        points: its passages, in order.
        words: the same for those who do not see the picture.
    """

    points: tuple[Point, ...]
    words: str


def strips(result: Result, plan: Plan | None) -> Mapping[str, Strip]:
    """A strip for each element by its id; empty where nothing says how far in a passage stands."""
    starts = _starts(plan) if plan else {}
    if not starts and not result.plan.pages:
        return {}
    return {element.id: _strip(element, starts, result.plan.pages) for element in result.elements}


def _starts(plan: Plan) -> dict[int, float]:
    """How far into the document each block begins, in percent of its words."""
    lengths = [len(block.text.split()) for block in plan.blocks]
    total = sum(lengths) or 1
    before = accumulate(lengths, initial=0)
    return {block.number: 100 * words / total for block, words in zip(plan.blocks, before, strict=False)}


def _strip(element: ElementResult, starts: Mapping[int, float], pages: int | None) -> Strip:
    shown = [
        (evidence, feature.verdict)
        for feature in element.features
        if feature.verdict in (Verdict.MET, Verdict.PARTIAL)
        for evidence in feature.evidence
    ]
    points = {
        Point(round(at, 1), verdict)
        for evidence, verdict in shown
        if (at := _at(evidence, starts, pages)) is not None
    }
    ordered = tuple(sorted(points, key=lambda point: (point.at, point.verdict is Verdict.MET)))
    return Strip(ordered, _words([evidence for evidence, _ in shown]))


def _at(evidence: Evidence, starts: Mapping[int, float], pages: int | None) -> float | None:
    if evidence.block in starts:
        return starts[evidence.block]
    return 100 * (evidence.page - 0.5) / pages if evidence.page and pages else None


def _words(evidence: list[Evidence]) -> str:
    pages = [str(page) for page in sorted({one.page for one in evidence if one.page})]
    if pages:
        return f"Evidence on page{'s' if len(pages) > 1 else ''} {listed(pages)}"
    passages = len({(one.block, one.text) for one in evidence})
    return f"Evidence in {passages} passage{'s' if passages > 1 else ''}" if passages else "No evidence"
