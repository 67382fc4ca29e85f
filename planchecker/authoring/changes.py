"""What changed between two versions of a checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from planchecker.checklist import Checklist, Feature

_SAME_TEXT = 90  # of 100: a removed and an added feature this alike are one that was given another id


class ChangeKind(StrEnum):
    """How a feature changed; the values are the words that are printed."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "another id"
    REWORDED = "reworded"
    PROVENANCE = "provenance changed"
    PARTS = "parts changed"
    VOCABULARY = "cues or exemplars changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one feature: its id in the newer version (the older one's where removed), before and after."""

    kind: ChangeKind
    feature: str
    before: str = ""
    after: str = ""


def changes(old: Checklist, new: Checklist) -> tuple[Change, ...]:
    """What changed from one version of a checklist to the next, in the order of the newer one, removals last."""
    pairs = _pairs(old, new)
    found: list[Change] = []
    for feature in new.features:
        before = pairs.get(feature.id)
        if before is None:
            found.append(Change(ChangeKind.ADDED, feature.id, after=feature.requirement))
        else:
            found += _changed(before, feature)
    kept = {feature.id for feature in pairs.values()}
    found += [
        Change(ChangeKind.REMOVED, f.id, before=f.requirement) for f in old.features if f.id not in kept
    ]
    return tuple(found)


def _pairs(old: Checklist, new: Checklist) -> dict[str, Feature]:
    """The older feature that each newer one stands for: the same id, else nearly the same text."""
    pairs = {feature.id: same for feature in new.features if (same := old.feature(feature.id))}
    left = [f for f in old.features if f.id not in {same.id for same in pairs.values()}]
    for feature in new.features:
        if feature.id in pairs or not left:
            continue
        nearest = max(left, key=lambda f: fuzz.ratio(f.requirement, feature.requirement))
        if fuzz.ratio(nearest.requirement, feature.requirement) >= _SAME_TEXT:
            pairs[feature.id] = nearest
            left.remove(nearest)
    return pairs


def _changed(old: Feature, new: Feature) -> Iterator[Change]:
    if old.id != new.id:
        yield Change(ChangeKind.RENUMBERED, new.id, old.id, new.id)
    if old.requirement != new.requirement:
        yield Change(ChangeKind.REWORDED, new.id, old.requirement, new.requirement)
    if old.provenance is not new.provenance:
        yield Change(ChangeKind.PROVENANCE, new.id, old.provenance, new.provenance)
    texts = [" / ".join(part.text for part in feature.parts) for feature in (old, new)]
    if texts[0] != texts[1] and (len(old.parts), len(new.parts)) != (1, 1):
        yield Change(ChangeKind.PARTS, new.id, *texts)
    elif old.parts != new.parts and [p.text for p in old.parts] == [p.text for p in new.parts]:
        yield Change(ChangeKind.VOCABULARY, new.id)
