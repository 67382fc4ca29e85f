from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planchecker.reports.sarif import as_sarif, write_sarif
from planchecker.result import Result
from tests.reports.everything import everything
from tests.reports.sample import FLAWLESS, MISSING, PARTIAL, RESULT

_SCHEMA = os.environ.get("SARIF_SCHEMA", "")  # the published schema, which .ci/run fetches


def _results(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = as_sarif(result)["runs"][0]["results"]
    return found


@pytest.mark.external
@pytest.mark.skipif(not _SCHEMA, reason="SARIF_SCHEMA names no file")
@pytest.mark.parametrize("result", [RESULT, FLAWLESS, everything()])
def test_follows_the_published_schema(result: Result, tmp_path: Path) -> None:
    write_sarif(result, tmp_path / "r.sarif")
    log = json.loads((tmp_path / "r.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, json.loads(Path(_SCHEMA).read_text(encoding="utf-8")))


def test_a_finding_for_every_gap_and_none_for_what_is_met() -> None:
    assert [one["ruleId"] for one in _results(RESULT)] == [PARTIAL.id, MISSING.id, "F99"]
    assert _results(FLAWLESS) == []


def test_every_rule_that_is_named_is_described_once() -> None:
    log = as_sarif(everything())["runs"][0]
    described = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert len(described) == len(set(described))
    assert {one["ruleId"] for one in log["results"]} == set(described)


def test_fingerprints_stay_the_same_when_evidence_and_confidence_change() -> None:
    element = RESULT.elements[1]
    moved = replace(element.features[0], confidence=0.1, evidence=(), gaps=("Something else.",))
    later = replace(
        RESULT,
        elements=(RESULT.elements[0], replace(element, features=(moved, *element.features[1:]))),
    )
    before = {one["ruleId"]: one["partialFingerprints"] for one in _results(RESULT)}
    after = {one["ruleId"]: one["partialFingerprints"] for one in _results(later)}
    assert after["F40"] == before["F40"]
    assert len({str(value) for value in before.values()}) == len(before)


def test_accepted_gaps_are_suppressed_with_their_reason() -> None:
    (accepted,) = [one for one in _results(everything()) if one.get("suppressions")]
    assert accepted["ruleId"] == "F40"
    assert "agreed by the board" in accepted["suppressions"][0]["justification"]


def test_beyond_the_checklist_only_what_differs_and_is_loud() -> None:
    beyond = [one["ruleId"] for one in _results(everything()) if "/" in one["ruleId"]]
    assert beyond == ["rule/surplus-2014-15", "slip/placeholder"]


def test_what_was_not_read_is_told() -> None:
    (invocation,) = as_sarif(RESULT)["runs"][0]["invocations"]
    told = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert len(told) == len(RESULT.plan.unread)
    assert told[0].startswith("Not read: page 3")


def test_no_folder_of_the_user_leaves_the_machine() -> None:
    assert "Users" not in json.dumps(as_sarif(RESULT))
