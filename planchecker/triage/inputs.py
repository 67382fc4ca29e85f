"""What was handed in: folders, patterns, archives and single files to submissions under stable names."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from planchecker.errors import PlanNotFoundError, UnreadablePlanError, UsageError
from planchecker.reading import file_bytes
from planchecker.triage import archives
from planchecker.triage.batch import LeftOut, Submission
from planchecker.triage.choice import ARCHIVE, PLAN_ENDINGS, shown, why_left_out
from planchecker.triage.layout import TABLE, is_pack


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Everything that was found, each list in the order of names.

    Attributes:
        submissions: what is taken for plans.
        left_out: what is not.
        tables: files called `plans.csv` at the top of a folder.
        password: opens those that are protected, or None.
    """

    submissions: tuple[Submission, ...]
    left_out: tuple[LeftOut, ...]
    tables: tuple[Path, ...] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file among what was handed in."""

    path: Path  # absolute
    shown: int  # how many of its last parts make its name


def collect(paths: Sequence[str], password: str | None = None) -> HandedIn:
    """Find the plans in what was handed in.

    Args:
        paths: folders (searched whole), patterns such as `returns/*.docx`, zip archives and files.
        password: opens those that are protected.

    Raises:
        UsageError: nothing in them can be a plan.
    """
    search = _Search()
    submissions: list[Submission] = []
    left_out: list[LeftOut] = []
    for found, name in _named(_unique(search.files(paths))):
        if found.path.suffix.lower() == ARCHIVE:
            held = archives.submissions(found.path, name)
            submissions += held.submissions
            left_out += held.left_out
        else:
            submissions.append(_hashed(Submission(name, str(found.path))))
    submissions += search.problems
    whys = [why for _, why in search.left_out]
    named = _named(found for found, _ in search.left_out)
    left_out += [LeftOut(name, why) for (_, name), why in zip(named, whys, strict=True)]
    if not submissions:
        kinds = " ".join(sorted(PLAN_ENDINGS))
        problem = f"there is no plan in {', '.join(paths)}"
        raise UsageError(f"{problem}; files that can be one end in {kinds} or {ARCHIVE}.")
    return HandedIn(
        tuple(_distinct(sorted(submissions, key=lambda one: (one.name, one.path, one.member or 0)))),
        tuple(sorted(left_out, key=lambda one: (one.name, one.why))),
        tuple(search.tables),
        password,
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


class _Search:
    """A search through what was handed in, with what it met that is no plan."""

    def __init__(self) -> None:
        self.left_out: list[tuple[_Found, str]] = []
        self.problems: list[Submission] = []
        self.tables: list[Path] = []

    def files(self, paths: Iterable[str]) -> Iterator[_Found]:
        """The files that can be plans or archives of plans; a file that was named itself always is one."""
        for given in paths:
            matches = _matches(given)
            for path in [Path(match) for match in matches] or [Path(given)]:
                if path.is_dir():
                    yield from self._below(path.absolute())
                elif matches and (why := why_left_out(PurePath(path.name))):
                    self.left_out.append((_Found(path.absolute(), 1), why))
                else:
                    yield _Found(path.absolute(), 1)

    def _below(self, top: Path) -> Iterator[_Found]:
        """The files of a folder and those below it; links to folders, which may go round, are not followed."""
        for folder, folders, files in os.walk(top, onerror=lambda error: self._cannot_open(top, error)):
            here = Path(folder)
            place = PurePath(here.relative_to(top))
            if is_pack(here):
                self.left_out.append((_Found(here, max(1, len(place.parts))), "a pack that planchecker made"))
                folders.clear()
                continue
            folders.sort()
            for name in folders:
                if (here / name).is_symlink():
                    found = _Found(here / name, len(place.parts) + 1)
                    self.left_out.append((found, "a link to a folder"))
            for name in sorted(files):
                found = _Found(here / name, len(place.parts) + 1)
                if here == top and name.lower() == TABLE:
                    self.tables.append(here / name)
                elif why := why_left_out(place / name):
                    self.left_out.append((found, why))
                else:
                    yield found

    def _cannot_open(self, top: Path, error: OSError) -> None:
        path = Path(error.filename)
        name = shown(path.relative_to(top).as_posix() if path != top else top.name)
        problem = f"the folder cannot be opened ({error.strerror})"
        sentence = str(PlanNotFoundError(path, problem, "check that you may read it"))
        self.problems.append(Submission(name, str(path), problem=sentence))


def _matches(given: str) -> list[str]:
    """The files that a pattern stands for; none for a path, even one with brackets in its name."""
    if not glob.has_magic(given) or Path(given).exists():
        return []
    return sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern


def _distinct(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """No two under one name: archives may say anything, and odd letters are not shown."""
    used: set[str] = set()
    for one in submissions:
        name = one.name
        while name in used:
            name += "′"
        used.add(name)
        yield replace(one, name=name)


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
        names = [shown("/".join(one.path.parts[-n:])) for one, n in zip(files, depth, strict=True)]
        counts = Counter(names)
        again = [
            n for n, name in enumerate(names) if counts[name] > 1 and depth[n] < len(files[n].path.parts) - 1
        ]
        if not again:
            return iter(list(zip(files, names, strict=True)))
        for n in again:
            depth[n] += 1
