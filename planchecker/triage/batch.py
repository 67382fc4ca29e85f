"""The nouns of triage: what was handed in, and what became of each plan. No input or output here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planchecker.plan import Plan
from planchecker.result import ChecklistFacts, Result
from planchecker.triage.packing import unpacked_plan


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that was handed in as a plan.

    Attributes:
        name: what the pack calls it: its place within what was handed in, parts joined by "/"; unique in
            the batch, and the same wherever the folder lies.
        path: the file on this machine, or the archive that it stands in.
        member: its position in the archive, or None for a file of its own.
        size: number of its bytes.
        sha256: hex digest of its bytes, or "" where they cannot be had.
        problem: the one sentence why they cannot be had, or "".
    """

    name: str
    path: str
    member: int | None = None
    size: int = 0
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something among what was handed in that is not taken for a plan, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a plan beside its text; "" where it is not known.

    Attributes:
        organisation: whose plan it is, such as "NHS Fenwick CCG"; several are joined by "; ".
        unit_of_planning: the unit of planning that it belongs to.
        draft_date: date of the draft as YYYY-MM-DD or, where no day is given, YYYY-MM.
        saved: date the file was last saved, by its own account, as YYYY-MM-DD: not the date of the draft, but
            enough to tell which of two came later.
        given: names of those of these fields that `plans.csv` gave; the others were found in the document.
    """

    organisation: str = ""
    unit_of_planning: str = ""
    draft_date: str = ""
    saved: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One plan of the batch, checked or not.

    Attributes:
        name: as in `Submission`.
        sha256: hex digest of the file's bytes, or "".
        metadata: what is known about it.
        result: what the check found; its `plan.path` is `name`. None for a plan that was not checked.
        problem: the one sentence why it was not checked, or "".
        text: the plan as it was read, packed; b"" for a plan that was not checked.
    """

    name: str
    sha256: str
    metadata: Metadata = Metadata()
    result: Result | None = None
    problem: str = ""
    text: bytes = b""

    @property
    def plan(self) -> Plan:
        """The plan as it was read, unpacked at every call; only for an entry that has a result."""
        return unpacked_plan(self.text, self.name)

    @property
    def label(self) -> str:
        """How a reader knows the plan: its organisation, else its title, else its name."""
        title = self.result.plan.title if self.result else ""
        return self.metadata.organisation or title or self.name


@dataclass(frozen=True, slots=True)
class Batch:
    """All that was handed in, in the order of names.

    Attributes:
        checklist: what the plans were checked against.
        entries: every plan, checked or not.
        left_out: what was not taken for a plan.
    """

    checklist: ChecklistFacts
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def checked(self) -> tuple[Entry, ...]:
        """The plans that have a result."""
        return tuple(entry for entry in self.entries if entry.result is not None)

    @property
    def unread(self) -> tuple[Entry, ...]:
        """The plans that have none; each says why."""
        return tuple(entry for entry in self.entries if entry.result is None)

    @property
    def results(self) -> Iterator[tuple[Entry, Result]]:
        """The plans that have a result, each with it."""
        return ((entry, entry.result) for entry in self.entries if entry.result is not None)
