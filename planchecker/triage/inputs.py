"""What was handed in: folders, patterns, archives and single files to submissions under stable names."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from planchecker.errors import PlanNotFoundError, UnreadablePlanError, UsageError
from planchecker.reading import file_bytes
from planchecker.triage import archives
from planchecker.triage.batch import LeftOut, Submission
from planchecker.triage.choice import ARCHIVE, PLAN_ENDINGS, shown, why_left_out
from planchecker.triage.layout import is_pack


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Everything that was found, each list in the order of names."""

    submissions: tuple[Submission, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file among what was handed in; `parts` is its place, as far up as it may be told."""

    path: Path
    parts: tuple[str, ...]
    shown: int  # how many of the last parts make its name


def collect(paths: Sequence[str]) -> HandedIn:
    """Find the plans in what was handed in.

    Args:
        paths: folders (searched whole), patterns such as `returns/*.docx`, zip archives and files.

    Raises:
        UsageError: nothing in them can be a plan.
    """
    submissions: list[Submission] = []
    left_out: list[LeftOut] = []
    for found, name in _named(_unique(_searched(paths, left_out))):
        if found.path.suffix.lower() == ARCHIVE:
            held = archives.submissions(found.path, name)
            submissions += held.submissions
            left_out += held.left_out
        else:
            submissions.append(_hashed(Submission(name, str(found.path))))
    if not submissions:
        kinds = " ".join(sorted(PLAN_ENDINGS))
        raise UsageError(
            f"there is no plan in {', '.join(paths)}; files that can be one end in {kinds} or {ARCHIVE}."
        )
    return HandedIn(
        tuple(sorted(submissions, key=lambda one: one.name)),
        tuple(sorted(left_out, key=lambda one: one.name)),
    )


def submitted_bytes(submission: Submission) -> bytes:
    """The bytes of a submission.

    Raises:
        UnreadablePlanError: they cannot be had, or are no longer those that were handed in.
    """
    path = Path(submission.path)
    if submission.member is None:
        data = file_bytes(path)
    else:
        data = archives.member_bytes(path, submission.member, submission.name)
    if hashlib.sha256(data).hexdigest() != submission.sha256:
        raise PlanNotFoundError(submission.name, "the file was changed during the run", "run the batch again")
    return data


def _hashed(submission: Submission) -> Submission:
    try:
        data = file_bytes(Path(submission.path))
    except UnreadablePlanError as error:
        return replace(submission, problem=str(error))
    return replace(submission, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _searched(paths: Iterable[str], left_out: list[LeftOut]) -> Iterator[_Found]:
    for given in paths:
        matches = _matches(given)
        for path in [Path(match) for match in matches] or [Path(given)]:
            if path.is_dir():
                yield from _below(path.absolute(), left_out)
            elif matches and (why := why_left_out(PurePath(path.name))):
                left_out.append(LeftOut(shown(path.name), why))
            else:
                yield _Found(path.absolute(), path.absolute().parts, 1)


def _matches(given: str) -> list[str]:
    """The files that a pattern stands for; none for a path, even one with brackets in its name."""
    if not glob.has_magic(given) or Path(given).exists():
        return []
    return sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern


def _below(top: Path, left_out: list[LeftOut]) -> Iterator[_Found]:
    """The files of a folder and those below it; links to folders, which may go round, are not followed."""
    for folder, folders, files in os.walk(top):
        here = Path(folder)
        place = PurePath(here.relative_to(top))
        if is_pack(here):
            left_out.append(LeftOut(shown(place.as_posix()), "a pack that planchecker made"))
            folders.clear()
            continue
        folders.sort()
        for name in folders:
            if (here / name).is_symlink():
                left_out.append(LeftOut(shown((place / name).as_posix()), "a link to a folder"))
        for name in sorted(files):
            why = why_left_out(place / name)
            if why:
                left_out.append(LeftOut(shown((place / name).as_posix()), why))
            else:
                yield _Found(here / name, (here / name).parts, len((place / name).parts))


def _unique(found: Iterable[_Found]) -> Iterator[_Found]:
    """Each file once, however often it was named."""
    seen: set[Path] = set()
    for one in found:
        real = one.path.resolve()
        if real not in seen:
            seen.add(real)
            yield one


def _named(found: Iterable[_Found]) -> Iterator[tuple[_Found, str]]:
    """A name for each file; files that would share one are told apart by the folders above them."""
    files = list(found)
    depth = [one.shown for one in files]
    while True:
        names = [shown("/".join(one.parts[-n:])) for one, n in zip(files, depth, strict=True)]
        counts = Counter(names)
        again = [n for n, name in enumerate(names) if counts[name] > 1 and depth[n] < len(files[n].parts) - 1]
        if not again:
            return iter(list(zip(files, names, strict=True)))
        for n in again:
            depth[n] += 1
