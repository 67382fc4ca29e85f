"""What the page keeps: plans, their drafts, and what came of checking each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from planchecker.result import Verdict
from planchecker.triage.choice import shown

_LONGEST = 120  # letters of a name


class State(StrEnum):
    """How far a draft is."""

    UNFINISHED = "unfinished"  # waiting, being checked, or planchecker was stopped before it was
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much the page keeps and takes.

    Attributes:
        draft: bytes of one draft.
        total: bytes of everything that is kept.
        drafts: number of drafts that are kept.
        unfinished: number of drafts that may wait to be checked.
        checklists: number of checklists that one draft is checked against.
    """

    draft: int = 100_000_000
    total: int = 4_000_000_000
    drafts: int = 500
    unfinished: int = 50
    checklists: int = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft of a plan, without its contents.

    Attributes:
        id: random.
        plan: id of the plan it is a draft of.
        plan_name: what the planner calls that plan.
        name: the file's name as it is shown; never a path.
        size: bytes of the file.
        checklists: ids of the checklists it is checked against.
        sent: when it came in, in seconds since 1970.
        state: how far it is.
        locked: whether a password came with it.
        problem: why it could not be checked, in a sentence, or "".
        format: as of `planchecker.plan.Plan`, or "" before it was read.
        pages: as of `planchecker.plan.Plan`.
        words: number of words read.
        titles: title of each checklist it was checked against, by its id.
        counts: number of features by verdict, by the checklist's id.
    """

    id: str
    plan: str
    plan_name: str
    name: str
    size: int
    checklists: tuple[str, ...]
    sent: float
    state: State
    locked: bool = False
    problem: str = ""
    format: str = ""
    pages: int | None = None
    words: int = 0
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    counts: Mapping[str, Mapping[Verdict, int]] = field(default_factory=dict, hash=False)

    @property
    def takes_comments(self) -> bool:
        """Whether a commented copy can be made; one of a protected draft would lie open."""
        return self.format in ("docx", "pdf") and not self.locked


def display_name(given: str) -> str:
    """A file's name as a browser gives it, fit to be shown: no folders, nothing that ends or turns a line."""
    name = PurePath(given.replace("\\", "/")).name
    stem, ending = _parts(shown(unicodedata.normalize("NFC", name)).replace("�", "").strip())
    return (stem.strip(" .") or "draft")[: _LONGEST - len(ending)] + ending


def file_stem(name: str) -> str:
    """The name without its ending, for the names of downloads."""
    return re.sub(r'[/\\:*?"<>|]+', "-", _parts(name)[0]).strip(". ") or "draft"


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem.strip(" .") and 0 < len(ending) <= 8 else (name, "")
