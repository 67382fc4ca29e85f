"""The pack's files: written of the batch alone, so that the same batch gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planchecker.errors import UsageError
from planchecker.files import whole
from planchecker.reports.comparison import comparison_as_html
from planchecker.reports.html import as_html
from planchecker.reports.triage_page import triage_page
from planchecker.reports.triage_workbook import triage_workbook
from planchecker.triage.batch import Batch, Entry
from planchecker.triage.edition import look
from planchecker.triage.layout import INDEX, RESULTS, WORKBOOK, comparison_names, report_names
from planchecker.triage.overview import Overview
from planchecker.triage.store import Store

SCHEMA = "planchecker.batch/1"


def write_pack(overview: Overview, pack: Path, store: Store) -> None:
    """Write everything in the pack but the store; reports of plans that are gone are taken away.

    Raises:
        UsageError: a file cannot be written.
    """
    batch = overview.batch
    reports = report_names(entry.name for entry in batch.checked)
    comparisons = comparison_names(pair.new for pair in overview.drafts)
    try:
        _write_reports(batch, reports, pack, store)
        for pair in overview.drafts:
            _write(pack, comparisons[pair.new], comparison_as_html(pair.comparison).encode(), store)
        _write(pack, INDEX, triage_page(overview, reports, comparisons).encode(), store)
        _write(pack, WORKBOOK, triage_workbook(overview, reports), store)
        lines = "".join(f"{line}\n" for line in results_lines(batch))
        _write(pack, RESULTS, lines.encode(), store)
        for place in store.forget_written(
            {*reports.values(), *comparisons.values(), INDEX, WORKBOOK, RESULTS}
        ):
            (pack / place).unlink(missing_ok=True)
    except OSError as error:
        problem = f"{error.filename or pack}: the pack cannot be written ({error.strerror or error})"
        raise UsageError(f"{problem}; close its files in other programs and run the batch again.") from error


def results_lines(batch: Batch) -> Iterator[str]:
    """One line of JSON a plan, in the order of names, then one for each file that was left out."""
    reports = report_names(entry.name for entry in batch.checked)
    for entry in batch.entries:
        yield _line(_as_data(entry, reports.get(entry.name, "")))
    for one in batch.left_out:
        yield _line({"schema": SCHEMA, "name": one.name, "left_out": one.why})


def _as_data(entry: Entry, report: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "name": entry.name,
        "sha256": entry.sha256,
        "metadata": asdict(entry.metadata),
    }
    if entry.result is None:
        return data | {"problem": entry.problem}
    return data | {"report": report, "result": entry.result.to_dict()}


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write_reports(batch: Batch, names: Mapping[str, str], pack: Path, store: Store) -> None:
    """The gap reports; one that would come out as it lies there is not made again."""
    for entry, result in batch.results:
        place = names[entry.name]
        made_of = hashlib.sha256(f"{look()} {_line(result.to_dict())}".encode()).hexdigest()
        if store.was_written(place, made_of) != _digest_of(pack / place):
            _write(pack, place, as_html(result, entry.plan).encode(), store, made_of)


def _write(pack: Path, place: str, data: bytes, store: Store, made_of: str = "") -> None:
    """Write a file whole or not at all, and note it."""
    _replace(pack / place, data)
    store.note_written(place, made_of, hashlib.sha256(data).hexdigest())


def _digest_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: whoever opens it meanwhile sees the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as fresh:
        fresh.write_bytes(data)
