"""What a check found: a verdict for every feature, with its evidence, reasons and gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from planchecker.checklist import Provenance
from planchecker.plan import Unread
from planchecker.scrutiny import Scrutiny

SCHEMA = "planchecker.result/1"


class Verdict(StrEnum):
    """What a plan shows of a feature."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"

    @property
    def words(self) -> str:
        """The verdict as reports print it."""
        return {"met": "Met", "partial": "Partly met", "missing": "No evidence found"}.get(
            self.value, "Not assessed"
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted passage of the plan.

    Attributes:
        text: the plan's own words.
        page: page it begins on, counted from 1, or None.
        heading: the headings it stands under, outermost first.
        block: number of the block it stands in.
        score: how well it answers the feature, 0 to 1.
        part: id of the part of the feature that it answers best.
        matched_by: what found it: "cue:<term>", "words", "meaning", "reader".
        shows: what it holds: "commitment", "number", "date", "owner" and so on.
        weakened_by: what takes from it: "negated", "to be confirmed" and so on.
    """

    text: str
    page: int | None
    heading: tuple[str, ...]
    block: int
    score: float
    part: str = "a"
    matched_by: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    weakened_by: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Page and heading in words, such as "page 7, 3.2 Baseline"."""
        page = f"page {self.page}" if self.page else ""
        heading = self.heading[-1] if self.heading else ""
        return ", ".join(part for part in (page, heading) if part) or "no page or heading known"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A gap that a team has accepted.

    Attributes:
        feature: id of the feature.
        reason: why it is accepted.
        by: who accepted it.
        on: date as YYYY-MM-DD.
    """

    feature: str
    reason: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Decision:
    """An assessor's own verdict on a feature, which stands before planchecker's.

    Attributes:
        verdict: what the assessor decided.
        by: the assessor's initials or name.
        note: why, or "".
        changed: True where the evidence is no longer what the assessor saw.
    """

    verdict: Verdict
    by: str
    note: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FeatureResult:
    """The verdict on one feature.

    Attributes:
        id: the feature's id.
        name: its short name.
        requirement: what was asked.
        provenance: how sure the requirement's wording is.
        verdict: what the plan shows of it.
        confidence: calibrated probability that a careful reader would give this verdict, 0 to 1.
        reasons: why, in sentences.
        gaps: what is lacking, in sentences a planner can act on.
        evidence: the best passages, best first.
        sure: False where confidence is too low to lean on: "look here" instead of a verdict.
        accepted: the team's acceptance of the gap, or None.
        decisions: what assessors decided, the latest last.
        same_as: the feature of another checklist that was judged for this one, as "checklist/F45", or "".
    """

    id: str
    name: str
    requirement: str
    provenance: Provenance
    verdict: Verdict
    confidence: float
    reasons: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sure: bool = True
    accepted: Acceptance | None = None
    decisions: tuple[Decision, ...] = ()
    same_as: str = ""

    @property
    def is_gap(self) -> bool:
        """True for a feature that was judged and is not met."""
        return self.verdict in (Verdict.PARTIAL, Verdict.MISSING)

    @property
    def is_open(self) -> bool:
        """True for a gap that nobody has accepted."""
        return self.is_gap and self.accepted is None

    @property
    def standing(self) -> Verdict:
        """The verdict that stands: the latest assessor's where there is one, else planchecker's."""
        return self.decisions[-1].verdict if self.decisions else self.verdict


@dataclass(frozen=True, slots=True)
class ElementResult:
    """The verdicts on one element's features."""

    id: str
    name: str
    group: str
    features: tuple[FeatureResult, ...]

    def count(self, verdict: Verdict) -> int:
        """How many of its features have this verdict."""
        return sum(feature.verdict is verdict for feature in self.features)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a result says about the plan it judged."""

    path: str
    title: str
    sha256: str
    pages: int | None
    words: int
    unread: tuple[Unread, ...] = ()
    notices: tuple[str, ...] = ()
    reading_confidence: str = "not assessed"


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """What a result says about the checklist it was judged by."""

    id: str
    version: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of checking one plan against one checklist.

    Attributes:
        plan: the plan that was judged.
        checklist: what it was judged by.
        elements: the verdicts.
        scrutiny: rules and the plan against itself, or None where they were not looked at.
        stale_acceptances: acceptances of gaps that are none (any more).
    """

    plan: PlanFacts
    checklist: ChecklistFacts
    elements: tuple[ElementResult, ...]
    scrutiny: Scrutiny | None = None
    stale_acceptances: tuple[Acceptance, ...] = ()

    @property
    def features(self) -> Iterator[FeatureResult]:
        """The verdicts on all features, in order."""
        return (feature for element in self.elements for feature in element.features)

    @property
    def summary(self) -> dict[Verdict, int]:
        """Number of features by verdict; every verdict is present."""
        counts = Counter(feature.verdict for feature in self.features)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def gaps(self) -> tuple[FeatureResult, ...]:
        """The gaps that matter first: nothing found before partly met, surer before less sure."""
        gaps = [feature for feature in self.features if feature.is_gap]
        return tuple(sorted(gaps, key=lambda f: (f.verdict is not Verdict.MISSING, not f.sure, f.id)))

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, in the published form (result.schema.json)."""
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "plan": asdict(self.plan),
            "checklist": asdict(self.checklist),
            "summary": {verdict.value: n for verdict, n in self.summary.items()},
            "elements": [asdict(element) for element in self.elements],
        }
        if self.scrutiny is not None:
            data["scrutiny"] = self.scrutiny.to_dict()
        if self.stale_acceptances:
            data["stale_acceptances"] = [asdict(one) for one in self.stale_acceptances]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """The result that `to_dict` gave as plain data, which must follow result.schema.json."""
        plan = _known(PlanFacts, data["plan"])
        plan["unread"] = tuple(Unread(**_known(Unread, one)) for one in plan["unread"])
        return cls(
            PlanFacts(**plan),
            ChecklistFacts(**_known(ChecklistFacts, data["checklist"])),
            tuple(_element(element) for element in data["elements"]),
            Scrutiny.from_dict(data["scrutiny"]) if "scrutiny" in data else None,
            tuple(Acceptance(**_known(Acceptance, one)) for one in data.get("stale_acceptances", ())),
        )


def _element(data: Mapping[str, Any]) -> ElementResult:
    features = tuple(_feature(feature) for feature in data["features"])
    return ElementResult(data["id"], data["name"], data.get("group", ""), features)


def _feature(data: Mapping[str, Any]) -> FeatureResult:
    known = _known(FeatureResult, data)
    known.setdefault("name", "")
    known["provenance"], known["verdict"] = Provenance(data["provenance"]), Verdict(data["verdict"])
    known["evidence"] = tuple(Evidence(**_known(Evidence, one)) for one in data["evidence"])
    accepted = data.get("accepted")
    known["accepted"] = Acceptance(**_known(Acceptance, accepted)) if accepted else None
    known["decisions"] = tuple(_decision(one) for one in data.get("decisions", ()))
    return FeatureResult(**known)


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(**_known(Decision, data) | {"verdict": Verdict(data["verdict"])})


def _known(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a class that are in the data, lists as tuples; later versions may add others."""
    names = {field.name for field in fields(kind)}
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in data.items()
        if name in names
    }
