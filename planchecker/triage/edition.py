"""What a stored verdict depends on beside the plan: this planchecker and this checklist, as one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from planchecker.checklist import Checklist
from planchecker.resources import resource_folder

_PACKAGE = Path(__file__).resolve().parent.parent
_DECIDES = ("*.py", "*.json", "*.onnx")  # code, fitted weights, models


@cache
def edition_of(checklist: Checklist) -> str:
    """Hex digest of everything but the plan that decides a result.

    Args:
        checklist: its words and the file of exemplars beside it count; where they lie does not.
    """
    digest = hashlib.sha256(_program().encode())
    words = asdict(checklist)
    words.pop("exemplar_file")
    digest.update(json.dumps(words, sort_keys=True, default=str).encode())
    if checklist.exemplar_file is not None:
        digest.update(checklist.exemplar_file.read_bytes())
    return digest.hexdigest()


@cache
def look() -> str:
    """Hex digest of everything but the results that decides how a report looks."""
    return hashlib.sha256(
        f"{_program()} {_digest_of(resource_folder('templates'), ('*',))}".encode()
    ).hexdigest()


@cache
def _program() -> str:
    """Version, code, models, rules and word lists: a version number alone would not notice a mended line."""
    data = _digest_of(resource_folder("checklists"), ("rules/*", "*.toml"))
    return f"{version('planchecker')} {_digest_of(_PACKAGE, _DECIDES)} {data}"


def _digest_of(folder: Path, patterns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    files = {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    for path in sorted(files, key=lambda one: one.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
