from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planchecker.reports.machine import as_json, result_schema, write_json
from planchecker.result import Result
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, MISSING, PARTIAL, RESULT

_QUIET = replace(PARTIAL, evidence=(replace(PARTIAL.evidence[0], text="May be <considered>."),))
_STORABLE = replace(
    RESULT,
    elements=(
        RESULT.elements[0],
        replace(RESULT.elements[1], features=(_QUIET, MISSING)),
        *RESULT.elements[2:],
    ),
)


@pytest.mark.parametrize("result", [RESULT, FLAWLESS, _STORABLE])
def test_json_follows_the_published_schema(result: Result) -> None:
    Draft202012Validator.check_schema(result_schema())
    Draft202012Validator(result_schema()).validate(json.loads(as_json(result)))


def test_golden() -> None:
    assert_golden("result.json", as_json(_STORABLE) + "\n")


def test_written_file_holds_the_same(tmp_path: Path) -> None:
    write_json(_STORABLE, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert data == json.loads(as_json(_STORABLE))
    assert data["schema"] == "planchecker.result/1"
    assert data["summary"] == {"met": 1, "partial": 1, "missing": 2, "not_assessed": 1}
