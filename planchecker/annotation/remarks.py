"""What the comments say, whatever the format that carries them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planchecker.annotation.suggestions import Suggestions
from planchecker.plan import Block, Plan
from planchecker.reports.digest import clean, listed, looks_unsure, sentence
from planchecker.reports.terminal import CAVEATS, headline, warnings
from planchecker.result import Evidence, FeatureResult, Result, Verdict

AUTHOR = "planchecker"
_MOST_LINES = 4  # of what is lacking; a longer comment hides the text beside it


class Scope(StrEnum):
    """Which features are commented on."""

    GAPS = "gaps"  # partly met at their evidence, not found in the opening comment
    PARTIAL = "partial"  # partly met only
    ALL = "all"  # met too

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts whose evidence gets a comment."""
        return (Verdict.PARTIAL, Verdict.MET) if self is Scope.ALL else (Verdict.PARTIAL,)


@dataclass(frozen=True, slots=True)
class Note:
    """A heading and the lines below it."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about one feature at one passage.

    Attributes:
        evidence: the passage.
        verdict: the verdict on the feature, for the colour of a highlight.
        note: what is said.
    """

    evidence: Evidence
    verdict: Verdict
    note: Note


def remarks(result: Result, scope: Scope) -> tuple[Remark, ...]:
    """The remarks on all features in scope: one at the best passage for each part of a feature.

    A feature may quote four passages; a comment at each would bury the draft.
    """
    return tuple(
        remark
        for feature in result.features
        if feature.verdict in scope.verdicts
        for remark in _remarks_on(feature)
    )


def _remarks_on(feature: FeatureResult) -> Iterator[Remark]:
    best: dict[str, Evidence] = {}
    for evidence in feature.evidence:
        best.setdefault(evidence.part, evidence)
    blocks: set[int] = set()
    for part, evidence in best.items():
        if evidence.block in blocks:
            continue
        note = _further(feature, evidence, part) if blocks else _first(feature, evidence)
        blocks.add(evidence.block)
        yield Remark(evidence, feature.verdict, note)


def _first(feature: FeatureResult, evidence: Evidence) -> Note:
    """The comment at the best passage: the verdict and all that is lacking."""
    title = f"{_name(feature)}: {feature.verdict.words.lower()}"
    if looks_unsure(feature):
        title += f" (not sure, {feature.confidence:.0%}: please look)"
    if feature.verdict is Verdict.MET:
        lines = feature.reasons[:_MOST_LINES] or ("This passage shows it.",)
    else:
        lines = tuple(_here(gap, evidence) for gap in feature.gaps[:_MOST_LINES])
        lines = lines or (f"Asked: {feature.requirement}",)
    return Note(clean(title), tuple(clean(sentence(line)) for line in lines))


def _further(feature: FeatureResult, evidence: Evidence, part: str) -> Note:
    """The comment at the best passage for another part of the feature."""
    facts = [f"This passage answers part {part}"]
    facts += [f"It shows: {listed(evidence.shows)}"] if evidence.shows else []
    facts += [f"Weakened by: {listed(evidence.weakened_by)}"] if evidence.weakened_by else []
    title = f"{_name(feature)}, part {part}: {feature.verdict.words.lower()}"
    return Note(clean(title), tuple(clean(f"{fact}.") for fact in facts))


def _here(gap: str, evidence: Evidence) -> str:
    """A gap as said at the passage itself, which needs no page and heading."""
    page = f" on page {evidence.page}" if evidence.page else ""
    heading = f" under “{evidence.heading[-1]}”" if evidence.heading else ""
    return gap.replace(f"The passage{page}{heading} ", "This passage ")


def opening(plan: Plan, result: Result, scope: Scope) -> tuple[Note, ...]:
    """The comment at the start: counts, what was not found and where it might go."""
    notes = [Note(clean(headline(result)), (clean(f"Checked against {result.checklist.title}."),))]
    lines = tuple(clean(warning) for warning in warnings(result))
    notes += [Note("Before you rely on this", lines)] if lines else []
    missing = [feature for feature in result.features if feature.verdict is Verdict.MISSING]
    if missing and scope is Scope.PARTIAL:
        notes.append(
            Note(f"{len(missing)} features with no evidence are not listed here.", ("Use --only gaps.",))
        )
    elif missing:
        notes.append(Note("No evidence found, and where it might go", tuple(_not_found(plan, result))))
    skipped = [clean(_name(f)) for f in result.features if f.verdict is Verdict.NOT_ASSESSED]
    notes += [Note("Not assessed", (f"{'; '.join(skipped)}.",))] if skipped else []
    return (*notes, Note("How to read these comments", (_what_stands_where(scope), *CAVEATS[:2])))


def _not_found(plan: Plan, result: Result) -> Iterator[str]:
    suggestions = Suggestions(plan)
    for element in result.elements:
        for feature in element.features:
            if feature.verdict is Verdict.MISSING:
                place = suggestions.place_for(feature, element)
                yield clean(f"{_name(feature)}: {_place(place)}")


def _place(heading: Block | None) -> str:
    if heading is None:
        return "no heading fits; perhaps a section of its own."
    page = f" (page {heading.page})" if heading.page else ""
    return f"under “{' '.join(heading.text.split())}”{page}."


def _what_stands_where(scope: Scope) -> str:
    partly = "Features that are partly met have a comment at the passage that comes nearest"
    return (
        f"{partly}, features that are met at the passage that shows them."
        if scope is Scope.ALL
        else f"{partly}."
    )


def _name(feature: FeatureResult) -> str:
    return f"{feature.id} {feature.name}".strip()
