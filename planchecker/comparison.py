"""What changed between two drafts: verdicts, and the evidence they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from planchecker.errors import UsageError
from planchecker.plan import Plan
from planchecker.result import Evidence, FeatureResult, PlanFacts, Result, Verdict

SCHEMA = "planchecker.comparison/1"
_ALIKE = 80.0  # of 100: the same passage, reworded
_WITHIN = 95.0  # of 100: one passage stands within the other, which got longer or shorter
_LEAST_WITHIN = 40  # letters; shorter ones stand within others by chance
_RANK = {Verdict.MISSING: 0, Verdict.PARTIAL: 1, Verdict.MET: 2}
_NUMBER = re.compile(
    r"^(?:(?:section|chapter|part|appendix) )?[\divx]{1,4}(?:\.\d{1,2})*[.):]? +", re.IGNORECASE
)


class Direction(StrEnum):
    """Which way a feature went."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "not_comparable"  # asked or assessed on one side only


@dataclass(frozen=True, slots=True)
class Pair:
    """One passage in both drafts.

    Attributes:
        old, new: the passage as quoted from each.
        moved: whether it stands under another heading now (without headings: on another page).
            Numbers of headings and, under the same heading, pages shift with every edit and
            do not count.
        reworded: whether its words changed.
    """

    old: Evidence
    new: Evidence
    moved: bool
    reworded: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One feature in both drafts; `old` or `new` is None where only one checklist has it.

    Attributes:
        gained: evidence whose text the old draft did not have.
        lost: evidence whose text the new draft no longer has.
        kept: evidence that moved or was reworded; evidence that stayed as it was is not listed.
    """

    id: str
    name: str
    direction: Direction
    old: FeatureResult | None
    new: FeatureResult | None
    gained: tuple[Evidence, ...] = ()
    lost: tuple[Evidence, ...] = ()
    kept: tuple[Pair, ...] = ()

    @property
    def moved(self) -> tuple[Pair, ...]:
        """Evidence that stands elsewhere now."""
        return tuple(pair for pair in self.kept if pair.moved)

    @property
    def reworded(self) -> tuple[Pair, ...]:
        """Evidence whose words changed where it stands."""
        return tuple(pair for pair in self.kept if pair.reworded and not pair.moved)

    @property
    def is_quiet(self) -> bool:
        """True where neither the verdict nor the evidence changed."""
        return self.direction is Direction.SAME and not (self.gained or self.lost or self.kept)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drafts, feature by feature, in the order of the new checklist."""

    old: Result
    new: Result
    changes: tuple[Change, ...]
    notices: tuple[str, ...] = ()

    def going(self, direction: Direction) -> tuple[Change, ...]:
        """The changes in one direction."""
        return tuple(change for change in self.changes if change.direction is direction)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return {
            "schema": SCHEMA,
            "old": _side(self.old.plan, self.old),
            "new": _side(self.new.plan, self.new),
            "checklist": asdict(self.new.checklist),
            "notices": list(self.notices),
            "summary": {way.value: len(self.going(way)) for way in Direction},
            "features": [_change_as_data(change) for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Side:
    """One draft to compare: its result and, where it was read now, the draft itself."""

    result: Result
    plan: Plan | None = None


def compare(old: Side, new: Side) -> Comparison:
    """Compare two drafts that were checked against the same checklist.

    A report quotes only the best passages, so one that is quoted on one side only may well stand
    in both drafts. Where the draft itself is at hand, its whole text decides what is new and lost.

    Raises:
        UsageError: the two results are about different checklists.
    """
    asked, before = new.result.checklist, old.result.checklist
    if asked.id != before.id:
        problem = f"the old result is about the checklist '{before.id}', the new one about '{asked.id}'"
        raise UsageError(f"{problem}; check both against one (--checklist).")
    notices = []
    if asked.version != before.version:
        notices.append(
            f"The checklist changed from version {before.version} to {asked.version}; "
            "some differences may come from that."
        )
    if old.plan is None or new.plan is None:
        notices.append(
            "One side is a saved result, which holds only the passages quoted in it: “new” and “lost” "
            "then mean quoted for the first time and no longer quoted."
        )
    elif old.plan.sha256 == new.plan.sha256:
        notices.append("Both files are the same, byte for byte.")
    old_text, new_text = _Text(old), _Text(new)
    earlier = {feature.id: feature for feature in old.result.features}
    changes = [_change(earlier.pop(f.id, None), f, old_text, new_text) for f in new.result.features]
    changes += [_change(feature, None, old_text, new_text) for feature in earlier.values()]
    return Comparison(old.result, new.result, tuple(changes), tuple(notices))


class _Text:
    """All that is known of what a draft says."""

    def __init__(self, side: Side) -> None:
        blocks: Iterable[str] = (block.text for block in side.plan.blocks) if side.plan else ()
        quoted = (e.text for feature in side.result.features for e in feature.evidence)
        self._said = "\n".join(_letters(text) for text in (*blocks, *quoted))

    def says(self, evidence: Evidence) -> bool:
        """Whether the draft holds these words somewhere."""
        return _letters(evidence.text) in self._said


def _change(old: FeatureResult | None, new: FeatureResult | None, old_text: _Text, new_text: _Text) -> Change:
    known = new or old
    assert known is not None
    before, after = old.evidence if old else (), new.evidence if new else ()
    matched = _pairs(before, after)
    left, come = {id(a) for a, _ in matched}, {id(b) for _, b in matched}
    pairs = (Pair(a, b, _moved(a, b), _letters(a.text) != _letters(b.text)) for a, b in matched)
    return Change(
        id=known.id,
        name=known.name,
        direction=_direction(old, new),
        old=old,
        new=new,
        gained=tuple(e for e in after if id(e) not in come and not old_text.says(e)),
        lost=tuple(e for e in before if id(e) not in left and not new_text.says(e)),
        kept=tuple(pair for pair in pairs if pair.moved or pair.reworded),
    )


def _direction(old: FeatureResult | None, new: FeatureResult | None) -> Direction:
    if old is None or new is None or old.verdict is new.verdict is Verdict.NOT_ASSESSED:
        return Direction.UNKNOWN
    if old.verdict not in _RANK or new.verdict not in _RANK:
        return Direction.UNKNOWN
    step = _RANK[new.verdict] - _RANK[old.verdict]
    return Direction.BETTER if step > 0 else Direction.WORSE if step < 0 else Direction.SAME


def _pairs(old: Sequence[Evidence], new: Sequence[Evidence]) -> list[tuple[Evidence, Evidence]]:
    """Passages that are the same in both, the most alike first, each used once."""
    scored = ((_likeness(a, b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new))
    ranked = sorted((one for one in scored if one[0] > 0), reverse=True)
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((old[-i], new[-j]))
    return pairs


def _likeness(old: Evidence, new: Evidence) -> float:
    """How alike two passages are, from 0 (another passage) to 101 (the same, in the same place)."""
    ratio = fuzz.ratio(old.text, new.text)
    shorter = min(len(old.text), len(new.text))
    if ratio < _ALIKE and shorter >= _LEAST_WITHIN and fuzz.partial_ratio(old.text, new.text) >= _WITHIN:
        ratio = _ALIKE
    if ratio < _ALIKE:
        return 0.0
    return ratio if _moved(old, new) else ratio + 1


def _moved(old: Evidence, new: Evidence) -> bool:
    before, after = _path(old), _path(new)
    return before != after if before and after else (bool(before) != bool(after) or old.page != new.page)


def _path(evidence: Evidence) -> list[str]:
    """The headings without their numbers, which shift when a section is put in."""
    return [_NUMBER.sub("", " ".join(heading.split())).casefold() for heading in evidence.heading]


def _letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _side(plan: PlanFacts, result: Result) -> dict[str, Any]:
    return {
        "path": plan.path,
        "title": plan.title,
        "sha256": plan.sha256,
        "summary": {verdict.value: n for verdict, n in result.summary.items()},
    }


def _change_as_data(change: Change) -> dict[str, Any]:
    old, new = change.old, change.new
    return {
        "id": change.id,
        "name": change.name,
        "direction": change.direction.value,
        "old": {"verdict": old.verdict.value, "confidence": old.confidence} if old else None,
        "new": {"verdict": new.verdict.value, "confidence": new.confidence} if new else None,
        "gaps": list(new.gaps) if new else [],
        "new_evidence": [asdict(evidence) for evidence in change.gained],
        "lost_evidence": [asdict(evidence) for evidence in change.lost],
        "moved": [{"old": asdict(pair.old), "new": asdict(pair.new)} for pair in change.moved],
        "reworded": [{"old": asdict(pair.old), "new": asdict(pair.new)} for pair in change.reworded],
    }
