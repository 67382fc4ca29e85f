"""What the gap reports say, and in what order, whatever their format."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import PureWindowsPath
from typing import Any

from planchecker.resources import resource_folder
from planchecker.result import ElementResult, Evidence, FeatureResult, PlanFacts, Result, Verdict
from planchecker.scrutiny import Quote, RuleOutcome, Ruling, Scrutiny, Severity, Slip

_CLOSEST = 6  # gaps that fit under "Closest to met" on one page
_STATES = ("Not found:", "The passage", "It is touched", "The answer box")  # of judging/wording, /answers
_BLANKS = ("to be confirmed", "placeholder")
_HIGH = 0.8  # from this confidence on, "high"
_PAGE = re.compile(r"page \d{1,6}")
_BREAKS = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a planner should start; gaps that the team has accepted are left out.

    Attributes:
        total: the number of all gaps.
        closest: the partly met features that lack least, the least first.
        empty: elements for which nothing at all was found.
        missing: the other features for which nothing was found.
        unsure: features whose verdict is too uncertain to lean on.
    """

    total: int
    closest: tuple[FeatureResult, ...]
    empty: tuple[ElementResult, ...]
    missing: tuple[FeatureResult, ...]
    unsure: tuple[FeatureResult, ...]


@cache
def words() -> dict[str, Any]:
    """The wording of the gap reports (gap-report-words.toml)."""
    path = resource_folder("templates") / "gap-report-words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def where_to_start(result: Result) -> Start:
    """The gaps that are cheapest to close, and what to look at before anything else."""
    gaps = [feature for feature in result.features if feature.is_open]
    partial = [f for f in gaps if f.verdict is Verdict.PARTIAL and f.sure and not _weakeners(f)]
    empty = tuple(element for element in result.elements if _nothing_found(element))
    in_empty = {feature.id for element in empty for feature in element.features}
    return Start(
        total=len(gaps),
        closest=tuple(sorted(partial, key=_distance)[:_CLOSEST]),
        empty=empty,
        missing=tuple(f for f in gaps if f.verdict is Verdict.MISSING and f.id not in in_empty),
        unsure=tuple(feature for feature in result.features if looks_unsure(feature)),
    )


def _distance(feature: FeatureResult) -> tuple[int, int]:
    """How far a partly met feature is from met: what is lacking, and what its passages show already."""
    return len(feature.gaps), -sum(len(best.shows) for best in _best(feature))


def _weakeners(feature: FeatureResult) -> int:
    """What weakens the best passages, apart from blanks, which only need filling in."""
    return sum(weak not in _BLANKS for best in _best(feature) for weak in best.weakened_by)


def _best(feature: FeatureResult) -> tuple[Evidence, ...]:
    """The best passage of each part."""
    return tuple({evidence.part: evidence for evidence in reversed(feature.evidence)}.values())


def _nothing_found(element: ElementResult) -> bool:
    open_gaps = [f for f in element.features if f.verdict is Verdict.MISSING and not f.accepted]
    return len(open_gaps) > 0 and len(open_gaps) + element.count(Verdict.NOT_ASSESSED) == len(
        element.features
    )


def lacking(feature: FeatureResult) -> tuple[str, ...]:
    """The gaps that say what is lacking."""
    return tuple(gap for gap in feature.gaps if gap.startswith(_STATES))


def would_meet(feature: FeatureResult) -> tuple[str, ...]:
    """The gaps that say what to write."""
    return tuple(gap for gap in feature.gaps if not gap.startswith(_STATES))


def looks_unsure(feature: FeatureResult) -> bool:
    """True for a verdict that was given with too little confidence."""
    return not feature.sure and feature.verdict is not Verdict.NOT_ASSESSED


def plan_name(result: Result) -> str:
    """The plan's title, or its file name where it has none."""
    return clean(result.plan.title).strip() or file_name(result)


def file_name(result: Result) -> str:
    """The plan's file name without folders, which are nobody else's business."""
    return PureWindowsPath(result.plan.path).name


def confidence(feature: FeatureResult) -> str:
    """The confidence in words and percent; "" for a feature that was not assessed."""
    if feature.verdict is Verdict.NOT_ASSESSED:
        return ""
    percent = f"{feature.confidence:.0%}"
    label: dict[str, str] = words()["labels"]
    if looks_unsure(feature):
        return label["look_here"].format(percent=percent)
    level = words()["confidence"]["high" if feature.confidence >= _HIGH else "fair"]
    return label["confidence"].format(words=level, percent=percent)


def found_by(evidence: Evidence) -> str:
    """What matched a passage, in words."""
    say: dict[str, str] = words()["found_by"]
    terms = [f"“{by.removeprefix('cue:')}”" for by in evidence.matched_by if by.startswith("cue:")]
    ways = [say.get(by, by) for by in evidence.matched_by if not by.startswith("cue:")]
    if len(terms) == 1:
        ways.insert(0, say["cue"].format(term=terms[0].strip("“”")))
    elif terms:
        ways.insert(0, say["cues"].format(terms=listed(terms)))
    return listed(ways)


def answered_part(evidence: Evidence, feature: FeatureResult) -> str:
    """Which part of a compound requirement a passage answers; "" for a simple requirement."""
    compound = any(passage.part != "a" for passage in feature.evidence)
    label: str = words()["labels"]["part"]
    return label.format(part=evidence.part) if compound else ""


def place(evidence: Evidence | Quote) -> str:
    """Page and headings of a passage, such as "Page 7, 3 Our outcomes › 3.2 Baseline"."""
    page = f"Page {evidence.page}" if evidence.page else ""
    headings = " › ".join(evidence.heading)
    return ", ".join(part for part in (page, headings) if part) or "No page or heading known"


def rule_groups(scrutiny: Scrutiny) -> tuple[tuple[str, tuple[tuple[int, RuleOutcome], ...]], ...]:
    """Rules that a source confirms, then those that are advice: name of the group, and rules with numbers.

    Within a group those that the plan differs from come first.
    """
    order = (Ruling.DIFFERS, Ruling.CANNOT_TELL, Ruling.NOT_FOUND, Ruling.AGREES)
    numbered = sorted(enumerate(scrutiny.rules, start=1), key=lambda pair: order.index(pair[1].ruling))
    groups = {
        "rules": tuple(pair for pair in numbered if not pair[1].is_advice),
        "advice": tuple(pair for pair in numbered if pair[1].is_advice),
    }
    return tuple((name, rules) for name, rules in groups.items() if rules)


def slip_groups(scrutiny: Scrutiny) -> tuple[tuple[str, tuple[tuple[int, Slip], ...]], ...]:
    """Slips that matter, the gravest first, then the quiet ones: name of the group, and slips with numbers."""
    numbered = sorted(
        enumerate(scrutiny.slips, start=1), key=lambda pair: tuple(Severity).index(pair[1].severity)
    )
    groups = {
        "loud": tuple(pair for pair in numbered if not pair[1].quiet),
        "quiet": tuple(pair for pair in numbered if pair[1].quiet),
    }
    return tuple((name, slips) for name, slips in groups.items() if slips)


def beyond(scrutiny: Scrutiny) -> str:
    """What was found beyond the checklist, in a sentence or two; advice is not counted."""
    say: dict[str, str] = words()["beyond"]
    rulings = [rule.ruling for rule in scrutiny.rules if not rule.is_advice]
    agrees, differs = rulings.count(Ruling.AGREES), rulings.count(Ruling.DIFFERS)
    counts = {"total": len(rulings), "agrees": agrees, "differs": differs or "none"}
    parts = [say["rules"].format(**counts, others=len(rulings) - agrees - differs)] if rulings else []
    if scrutiny.loud:
        many = "slip" if len(scrutiny.loud) == 1 else "slips"
        parts.append(say[many].format(count=len(scrutiny.loud)))
    return " ".join(parts) or say["nothing"]


def listed(items: list[str] | tuple[str, ...]) -> str:
    """Items as a list in a sentence: "a, b and c"."""
    return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def not_read(plan: PlanFacts) -> tuple[str, ...]:
    """What was skipped and why, one line a reason: "pages 3 to 11: a picture without text"."""
    places: dict[str, list[str]] = {}
    for skipped in plan.unread:
        places.setdefault(skipped.why, []).append(skipped.where)
    return tuple(f"{sentence(_places(where))}: {why}" for why, where in places.items())


def facts(result: Result) -> tuple[tuple[str, str], ...]:
    """The plan as it was read: label and value."""
    plan, label = result.plan, words()["facts"]
    return (
        (label["file"], file_name(result)),
        (label["pages"], str(plan.pages) if plan.pages else label["pages_unknown"]),
        (label["words"], f"{plan.words:,}"),
        (label["reading"], plan.reading_confidence),
        (label["unread"], "; ".join(not_read(plan)) or label["nothing_unread"]),
        (label["sha256"], plan.sha256),
    )


def _places(where: list[str]) -> str:
    """Places as a list, runs of three pages and more as ranges: "pages 3 to 11 and 20"."""
    pages = sorted({int(place[5:]) for place in where if _PAGE.fullmatch(place)})
    others = [place for place in where if not _PAGE.fullmatch(place)]
    if not pages:
        return listed(others)
    label = "pages" if len(pages) > 1 else "page"
    return listed([f"{label} {listed(_ranges(pages))}", *others])


def _ranges(pages: list[int]) -> list[str]:
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [
        text
        for run in runs
        for text in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(page) for page in run])
    ]


def clean(text: str) -> str:
    """The text without characters that XML forbids (controls, lone surrogates)."""
    return _ILLEGAL.sub("", _BREAKS.sub(" ", text))
