"""The result for programs: JSON in the published form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planchecker.resources import resource_folder
from planchecker.result import Result


def as_json(result: Result) -> str:
    """The result as JSON text (result.schema.json)."""
    return json.dumps(result.to_dict(), ensure_ascii=False, indent=1)


def all_as_json(results: Sequence[Result]) -> str:
    """The results of one plan against several checklists as JSON text (results.schema.json)."""
    data = {"schema": "planchecker.results/1", "results": [result.to_dict() for result in results]}
    return json.dumps(data, ensure_ascii=False, indent=1)


def result_schema() -> dict[str, Any]:
    """The JSON Schema that every JSON result follows."""
    path = resource_folder("templates") / "result.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def write_json(result: Result, path: Path) -> None:
    """Write the result as a JSON file."""
    path.write_text(as_json(result) + "\n", encoding="utf-8")
