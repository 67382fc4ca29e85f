"""Results that were saved as JSON, read back."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from planchecker.errors import DamagedPlanError
from planchecker.reading.reader import file_bytes
from planchecker.reports.machine import result_schema
from planchecker.result import Result

_REMEDY = "save one with `planchecker check DRAFT --format json`, or name the draft itself"


def is_result_file(path: Path) -> bool:
    """Whether a file is to be read as a saved result rather than as a plan."""
    return path.suffix.lower() == ".json"


def load_result(path: Path) -> Result:
    """Read a saved result.

    Raises:
        UnreadablePlanError: the file cannot be opened.
        DamagedPlanError: it holds something else.
    """
    try:
        data = json.loads(file_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedPlanError(path, "this is not JSON, so no saved result", _REMEDY) from error
    wrong = best_match(Draft202012Validator(result_schema()).iter_errors(data))
    if wrong is not None:
        where = f" at {wrong.json_path}" if wrong.absolute_path else ""
        problem = f"this is not a result that planchecker saved{where}: {wrong.message[:120]}"
        raise DamagedPlanError(path, problem, _REMEDY)
    return Result.from_dict(data)
