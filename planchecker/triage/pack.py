"""The pack's files: written of the batch alone, so that the same batch gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planchecker.errors import UsageError
from planchecker.reports.html import as_html
from planchecker.triage.batch import Batch, Entry
from planchecker.triage.edition import look
from planchecker.triage.layout import RESULTS, report_names
from planchecker.triage.store import Store

SCHEMA = "planchecker.batch/1"


def write_pack(batch: Batch, pack: Path, store: Store) -> None:
    """Write everything in the pack but the store; reports of plans that are gone are taken away.

    Raises:
        UsageError: a file cannot be written.
    """
    try:
        _write_reports(batch, pack, store)
        _replace(pack / RESULTS, "".join(f"{line}\n" for line in results_lines(batch)))
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


def _write_reports(batch: Batch, pack: Path, store: Store) -> None:
    names = report_names(entry.name for entry in batch.checked)
    for entry, result in batch.results:
        place = names[entry.name]
        made_of = hashlib.sha256(f"{look()} {_line(result.to_dict())}".encode()).hexdigest()
        if store.was_written(place, made_of) != _digest_of(pack / place):
            _replace(pack / place, text := as_html(result, entry.plan))
            store.note_written(place, made_of, hashlib.sha256(text.encode()).hexdigest())
    for place in store.forget_written(set(names.values())):
        (pack / place).unlink(missing_ok=True)


def _digest_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: whoever opens it meanwhile sees the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)
