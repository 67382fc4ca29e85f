"""What lies where in a pack."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

STORE = "planchecker-batch.sqlite"  # what was checked so far; its presence makes a folder a pack
RUNS = "planchecker-batch.runs"  # one lock for each run that is going on
INDEX = "index.html"  # the overview
WORKBOOK = "triage.xlsx"  # the same, with columns for the assessors
RESULTS = "results.jsonl"
REPORTS = "reports"
COMPARISONS = "changes"  # what changed between drafts of the same plan
TABLE = "plans.csv"  # among what is handed in: what the senders know about their plans
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100  # letters; a path on Windows may have 260 in all


def is_pack(folder: Path) -> bool:
    """Whether a folder is a pack."""
    return (folder / STORE).is_file()


def report_names(names: Iterable[str]) -> dict[str, str]:
    """The place of each plan's gap report within the pack, by the plan's name.

    A plan called `north/plan.docx` has `reports/north--plan.docx.html`; a name that cannot be told from
    another's that way, or not in full, has some of its hash behind it.
    """
    return _places(names, REPORTS)


def comparison_names(names: Iterable[str]) -> dict[str, str]:
    """The place of each report on what changed since the draft before, by the newer draft's name."""
    return _places(names, COMPARISONS)


def _places(names: Iterable[str], folder: str) -> dict[str, str]:
    stems = {name: _stem(name) for name in names}
    counts = Counter(stem.casefold() for stem in stems.values())
    return {
        name: f"{folder}/{stem if counts[stem.casefold()] == 1 else _marked(stem, name)}.html"
        for name, stem in stems.items()
    }


def _stem(name: str) -> str:
    stem = _UNSAFE.sub("-", name.replace("/", "--")).strip(".-") or "plan"
    return stem if len(stem) <= _LONGEST else _marked(stem[-_LONGEST:], name)


def _marked(stem: str, name: str) -> str:
    return f"{stem}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
