"""Zip archives of submissions: nothing in them is unpacked onto the disk, and none of their claims believed."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from planchecker.errors import DamagedPlanError, UnreadablePlanError, UnsupportedFormatError
from planchecker.reading.reader import MAX_FILE_BYTES
from planchecker.triage.batch import LeftOut, Submission
from planchecker.triage.choice import ARCHIVE, shown, why_left_out

MAX_MEMBERS = 5_000  # a region's 211 plans, each with its annexes, are far fewer
MAX_UNPACKED = 4_000_000_000  # bytes in all
MAX_RATIO = 200  # unpacked to packed; text reaches 20, a bomb thousands
_SMALL = 1_000_000  # bytes below which a ratio means nothing
_SPLIT = "unpack it, see what it holds and hand in the plans themselves"


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive holds."""

    submissions: tuple[Submission, ...]
    left_out: tuple[LeftOut, ...] = ()


def submissions(path: Path, name: str) -> Held:
    """The plans in an archive; one that cannot be opened is one submission with a problem.

    Args:
        path: the archive.
        name: what the pack calls it; its members are called `name/member`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [(n, info) for n, info in enumerate(archive.infolist()) if not info.is_dir()]
            _refuse(members, name)
            held = list(_held(archive, members, path, name))
    except UnreadablePlanError as error:
        return Held((Submission(name, str(path), problem=str(error)),))
    except Exception as error:  # a hostile archive can raise nearly anything
        problem = f"the archive is damaged or cut short ({type(error).__name__})"
        sentence = str(DamagedPlanError(name, problem, "ask for a fresh copy of it"))
        return Held((Submission(name, str(path), problem=sentence),))
    return Held(
        tuple(one for one in held if isinstance(one, Submission)),
        tuple(one for one in held if isinstance(one, LeftOut)),
    )


def member_bytes(path: Path, member: int, name: str) -> bytes:
    """The bytes of one member.

    Raises:
        UnreadablePlanError: they cannot be had.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, archive.infolist()[member], name)
    except UnreadablePlanError:
        raise
    except Exception as error:
        raise _stuck(name, error) from error


def _refuse(members: list[tuple[int, zipfile.ZipInfo]], name: str) -> None:
    if not members:
        raise UnsupportedFormatError(name, "the archive is empty", "check that the right file was saved")
    if len(members) > MAX_MEMBERS:
        raise UnsupportedFormatError(name, f"the archive holds more than {MAX_MEMBERS} files", _SPLIT)
    if sum(info.file_size for _, info in members) > MAX_UNPACKED:
        size = f"{MAX_UNPACKED // 1_000_000_000} GB"
        raise UnsupportedFormatError(name, f"the archive would unpack to more than {size}", _SPLIT)


def _held(
    archive: zipfile.ZipFile, members: list[tuple[int, zipfile.ZipInfo]], path: Path, name: str
) -> Iterator[Submission | LeftOut]:
    for number, info in members:
        place = _place(info.filename)
        called = shown(f"{name}/{place.as_posix()}")
        if place.suffix.lower() == ARCHIVE:
            problem = UnsupportedFormatError(called, "this is an archive within an archive", _SPLIT)
            yield Submission(called, str(path), number, problem=str(problem))
        elif why := why_left_out(place):
            yield LeftOut(called, why)
        else:
            yield _hashed(archive, info, Submission(called, str(path), number))


def _hashed(archive: zipfile.ZipFile, info: zipfile.ZipInfo, submission: Submission) -> Submission:
    try:
        data = _read(archive, info, submission.name)
    except UnreadablePlanError as error:
        return replace(submission, problem=str(error))
    except Exception as error:
        return replace(submission, problem=str(_stuck(submission.name, error)))
    return replace(submission, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _stuck(name: str, error: Exception) -> UnreadablePlanError:
    problem = f"the file cannot be taken out of its archive ({type(error).__name__})"
    return DamagedPlanError(name, problem, "ask for a fresh copy of the archive")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """One member's bytes; zipfile never gives more than the size that was looked at here."""
    if info.flag_bits & 1:
        raise UnsupportedFormatError(name, "the file is under a password in its archive", _SPLIT)
    if info.file_size > MAX_FILE_BYTES:
        raise UnsupportedFormatError(
            name, f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB", _SPLIT
        )
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        problem = f"the file is packed more than {MAX_RATIO} times over, as no document is"
        raise UnsupportedFormatError(name, problem, _SPLIT)
    with archive.open(info) as file:
        return file.read(info.file_size)


def _place(filename: str) -> PurePosixPath:
    """Where a member claims to stand, with nothing that leads out of the archive."""
    parts = filename.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return PurePosixPath(*kept or ["unnamed"])
