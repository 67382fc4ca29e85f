"""From checked plans to a finished pack: the plans together, with what the assessors decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planchecker.checklist import Checklist
from planchecker.plan import Plan
from planchecker.triage.batch import Batch
from planchecker.triage.decision_file import Decisions, read_decisions
from planchecker.triage.judgement import as_seen, merged
from planchecker.triage.layout import WORKBOOK
from planchecker.triage.overview import Overview
from planchecker.triage.pack import write_pack
from planchecker.triage.store import Store
from planchecker.triage.survey import Guidance, survey


@dataclass(frozen=True, slots=True)
class Across:
    """What else is to be looked at beside the plans.

    Attributes:
        guidance: the guidance that plans may have copied from, or None.
        decisions: what assessors decided; of two verdicts of one assessor, and of two assessors, the later stands.
    """

    guidance: Plan | None = None
    decisions: tuple[Decisions, ...] = ()


def with_filled_in(across: Across, pack: Path, store: Store) -> Across:
    """The same with the pack's own workbook first, if somebody has put verdicts into it since it was written.

    A copy of it stays beside the new one: it may hold more than verdicts.

    Raises:
        UsageError: a row of it is wrong; it is left as it is.
    """
    workbook = pack / WORKBOOK
    if not workbook.is_file():
        return across
    data = workbook.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest == store.last_written(WORKBOOK):
        return across
    decisions = read_decisions(workbook)
    workbook.with_stem(f"{workbook.stem}-filled-in-{digest[:8]}").write_bytes(data)
    return replace(across, decisions=(decisions, *across.decisions))


def conclude(batch: Batch, checklist: Checklist, across: Across, pack: Path, store: Store) -> Overview:
    """Look at the plans together and write the pack.

    Raises:
        UsageError: the pack cannot be written.
    """
    fresh = [one for decisions in across.decisions for one in decisions.judgements]
    judgements = as_seen(merged(store.judgements(checklist.id), fresh), batch)
    overview = survey(batch, Guidance(checklist, across.guidance), judgements)
    overview = _with_remarks(overview, across.decisions)
    store.keep_judgements(checklist.id, judgements)
    write_pack(overview, pack, store)
    return overview


def _with_remarks(overview: Overview, decisions: Sequence[Decisions]) -> Overview:
    """The overview with the lines of the files that are no verdicts."""
    remarks = tuple(line for one in decisions for line in one.apart)
    judged = overview.judged
    return replace(overview, judged=replace(judged, apart=(*judged.apart, *remarks)))
