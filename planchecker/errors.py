"""Every error a user can meet: one root, one exit code a class, one sentence each."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any


class ExitCode(IntEnum):
    """Exit codes of the command line, a promise to scripts (see docs/architecture.md)."""

    DONE = 0
    BELOW_THRESHOLD = 1
    USAGE = 2
    UNREADABLE_PLAN = 3
    BAD_CHECKLIST = 4
    INCOMPLETE_BATCH = 5
    DEFECT = 70


class PlancheckerError(Exception):
    """Root of all errors that planchecker raises on purpose.

    The message is one sentence on one line that says what is wrong and what to do next.
    """

    exit_code = ExitCode.DEFECT

    def __init__(self, sentence: str = "") -> None:
        # Names of files and words of documents stand in messages: nothing in them may end the line or reach
        # the terminal as a command.
        line = " ".join(sentence.split())
        super().__init__("".join(ch if ch.isprintable() else "\ufffd" for ch in line))

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross from worker processes whole, whatever their constructors ask for."""
        return _rebuilt, (type(self), self.args, vars(self))


def _rebuilt(kind: type[PlancheckerError], args: tuple[Any, ...], state: dict[str, Any]) -> PlancheckerError:
    error = kind.__new__(kind, *args)
    vars(error).update(state)
    return error


class UsageError(PlancheckerError):
    """The command was given something it cannot work with."""

    exit_code = ExitCode.USAGE


class UnreadablePlanError(PlancheckerError):
    """A plan could not be read at all.

    Attributes:
        path: the file as the user named it.
    """

    exit_code = ExitCode.UNREADABLE_PLAN

    def __init__(self, path: str | Path, problem: str, remedy: str) -> None:
        self.path = Path(path)
        super().__init__(f"{self.path.name}: {problem}; {remedy}.")


class PlanNotFoundError(UnreadablePlanError):
    """There is no file at the path, or it is a folder."""


class EncryptedPlanError(UnreadablePlanError):
    """The plan is protected by a password that was not given or is wrong."""


class UnsupportedFormatError(UnreadablePlanError):
    """The file is not a document of a kind that planchecker reads."""


class DamagedPlanError(UnreadablePlanError):
    """The file claims to be a supported document but cannot be parsed safely."""


class NoTextError(UnreadablePlanError):
    """The document opened, but none of it is readable text (a scan, or empty)."""


class CheckStoppedError(PlancheckerError):
    """A check in a worker process came to no end; the plan was not judged."""

    exit_code = ExitCode.UNREADABLE_PLAN


class LimitReachedError(CheckStoppedError):
    """A check was stopped because it took more time or memory than it was allowed."""


class NoRequirementsError(UnreadablePlanError):
    """The document opened, but no list of requirements stands in it."""


class DataFileError(PlancheckerError):
    """A file of data that planchecker works with is wrong.

    Attributes:
        path: the file.
        line: line of the offending key, counted from 1, or None where it has no line.
        key: dotted name of the offending key, such as `elements[2].features[0].id`.
    """

    exit_code = ExitCode.BAD_CHECKLIST

    def __init__(self, path: str | Path, line: int | None, key: str, problem: str, example: str) -> None:
        self.path, self.line, self.key = Path(path), line, key
        where = f"{self.path}:{line}" if line else str(self.path)
        at = f" at '{key}'" if key else ""
        super().__init__(f"{where}{at}: {problem}; a correct example: {example}")


class ChecklistError(DataFileError):
    """A checklist file is wrong."""


class PlansFileError(DataFileError):
    """A file that says what is known about the plans of a batch is wrong."""


class AcceptanceError(DataFileError):
    """A list of accepted gaps is wrong."""

    exit_code = ExitCode.USAGE


class TemplateError(DataFileError):
    """A file that describes a submission template is wrong."""


class RuleFileError(DataFileError):
    """A file of dated rules is wrong."""
