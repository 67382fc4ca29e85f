"""Which files are drafts of the same plan, and which of them is the newer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from planchecker.comparison import Side, compare
from planchecker.result import Result
from planchecker.triage.batch import Batch, Entry
from planchecker.triage.overview import Drafts

# Parts of the shorter text that stand in the other too. A CCG's next draft keeps most of the last; two CCGs
# that wrote together keep less, and each names itself.
_SHARE_OF_ONE_ORGANISATION = 0.3
_SHARE_OF_LIKE_NAMES = 0.5
_SHARE_ALONE = 0.9
_LIKE_NAMES = 85.0  # of 100
_VERSION = re.compile(
    r"(?:\b|_|(?<=\d))(?:v|version|draft|rev)[ ._-]?(?P<number>\d+(?:\.\d+)*)", re.IGNORECASE
)
_FINAL = re.compile(r"(?:\b|_)final(?:\b|_)", re.IGNORECASE)
_NO_NAME = re.compile(r"[\W\d_]+|\b(?:v|version|draft|final|rev)\b")


def families(batch: Batch, shares: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """For each checked plan the name that stands for all its drafts: that of the oldest.

    Args:
        batch: the plans.
        shares: for every two of them that share text, which part of the shorter one is in the other too.
    """
    groups = {entry.name: [entry] for entry in batch.checked}
    for one, other in combinations(batch.checked, 2):
        share = shares.get((one.name, other.name), 0.0)
        if why_drafts(one, other, share) and groups[one.name] is not groups[other.name]:
            joined = groups[one.name] + groups[other.name]
            groups |= {entry.name: joined for entry in joined}
    return {name: _in_time(group)[0][0].name for name, group in groups.items()}


def why_drafts(one: Entry, other: Entry, share: float) -> str:
    """Why two files are taken for drafts of one plan, or ""."""
    if one.sha256 == other.sha256:
        return "Both files are the same, byte for byte."
    mine, theirs = one.metadata.organisation, other.metadata.organisation
    if mine and theirs and mine != theirs:
        return ""
    told = f"{share:.0%} of the shorter text stands in both"
    if mine and mine == theirs and share >= _SHARE_OF_ONE_ORGANISATION:
        return f"Both are of {mine}, and {told}."
    if share >= _SHARE_OF_LIKE_NAMES and fuzz.ratio(_bare(one.name), _bare(other.name)) >= _LIKE_NAMES:
        return f"Their names are alike, and {told}."
    return f"Of the shorter text {share:.0%} stands in both." if share >= _SHARE_ALONE else ""


def drafts_of(
    batch: Batch, family: Mapping[str, str], shares: Mapping[tuple[str, str], float]
) -> Iterator[Drafts]:
    """Every draft beside the next one of the same plan."""
    groups: dict[str, list[Entry]] = {}
    for entry in batch.checked:
        groups.setdefault(family[entry.name], []).append(entry)
    for group in groups.values():
        ordered, by = _in_time(group)
        for old, new in pairwise(ordered):
            share = shares.get((old.name, new.name), 1.0 if old.sha256 == new.sha256 else 0.0)
            why = why_drafts(old, new, share) or "Each is a draft of the same third file."
            compared = compare(Side(_result(old), old.plan), Side(_result(new), new.plan))
            yield Drafts(old.name, new.name, share, f"{why} {by}", compared)


def newer_drafts(drafts: Iterable[Drafts]) -> dict[str, str]:
    """For each older draft the name of the newest."""
    later = {pair.old: pair.new for pair in drafts}
    return {old: _last(old, later) for old in later}


def _last(name: str, later: Mapping[str, str]) -> str:
    while name in later:
        name = later[name]
    return name


def _result(entry: Entry) -> Result:
    assert entry.result is not None
    return entry.result


def _bare(name: str) -> str:
    """A file's name without versions, numbers and punctuation."""
    return _NO_NAME.sub(" ", _VERSION.sub(" ", PurePosixPath(name).stem.casefold())).strip()


def _in_time(group: Sequence[Entry]) -> tuple[list[Entry], str]:
    """The drafts, oldest first, and by what that was told."""
    for known, words in _CLOCKS:
        times = {entry.name: known(entry) for entry in group}
        if all(times.values()) and len(set(times.values())) == len(group):
            return sorted(group, key=lambda entry: (times[entry.name], entry.name)), words
    return sorted(
        group, key=lambda entry: entry.name
    ), "Which is the newer cannot be told; they stand by name."


def _version(entry: Entry) -> str:
    stem = PurePosixPath(entry.name).stem
    if found := _VERSION.search(stem):
        return ".".join(f"{int(number):06}" for number in found["number"].split("."))
    return "~" if _FINAL.search(stem) else "000001"  # "~" stands behind all digits


_CLOCKS: tuple[tuple[Callable[[Entry], str], str], ...] = (
    (lambda entry: entry.metadata.draft_date, "The dates on them say which is the newer."),
    (_version, "The versions in their names say which is the newer."),
    (lambda entry: entry.metadata.saved, "The dates on which they were last saved say which is the newer."),
)
