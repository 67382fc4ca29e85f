"""Gaps that a team has accepted: they are listed apart and fail no threshold, and stale ones are told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from planchecker.errors import AcceptanceError
from planchecker.resources import resource_folder
from planchecker.result import Acceptance, FeatureResult, Result
from planchecker.yaml_file import Form, YamlFile, is_there, load_yaml

_EXAMPLE = (
    '{"accepted": [{"feature": "F45", "reason": "The surplus is set by the area team", '
    '"by": "A. Planner", "date": "2014-03-01"}]}'
)


def load_acceptances(path: str | Path) -> tuple[Acceptance, ...]:
    """The accepted gaps in a file (docs/reports.md says how to write one).

    Raises:
        AcceptanceError: there is no such file, or it is not as it should be.
    """
    file = Path(path)
    if not is_there(file):
        raise AcceptanceError(file, None, "", "there is no such file", _EXAMPLE)
    loaded = load_yaml(file, _form())
    return tuple(_acceptance(loaded, number) for number in range(len(loaded.data["accepted"])))


def accepting(results: Sequence[Result], acceptances: Sequence[Acceptance]) -> tuple[Result, ...]:
    """The results of one plan with the accepted gaps marked.

    An acceptance is stale where its feature is no gap, or is on none of the checklists.
    """
    gaps = {feature.id.upper() for result in results for feature in result.features if feature.is_gap}
    known = {feature.id.upper(): n for n, result in enumerate(results) for feature in result.features}
    stale: list[list[Acceptance]] = [[] for _ in results]
    for acceptance in acceptances:
        if acceptance.feature.upper() not in gaps:
            stale[known.get(acceptance.feature.upper(), 0)].append(acceptance)
    by_feature = {acceptance.feature.upper(): acceptance for acceptance in acceptances}
    return tuple(
        replace(
            result,
            elements=tuple(
                replace(element, features=tuple(_marked(feature, by_feature) for feature in element.features))
                for element in result.elements
            ),
            stale_acceptances=tuple(left),
        )
        for result, left in zip(results, stale, strict=True)
    )


def _marked(feature: FeatureResult, by_feature: dict[str, Acceptance]) -> FeatureResult:
    accepted = by_feature.get(feature.id.upper())
    return replace(feature, accepted=accepted) if accepted and feature.is_gap else feature


def _acceptance(file: YamlFile, number: int) -> Acceptance:
    data = file.data["accepted"][number]
    return Acceptance(data["feature"], data["reason"], data["by"], _day(file, number))


def _day(file: YamlFile, number: int) -> str:
    """The date as YYYY-MM-DD; YAML makes a date of one that is not quoted."""
    given = file.data["accepted"][number]["date"]
    try:
        return (given if isinstance(given, date) else date.fromisoformat(given)).isoformat()[:10]
    except (TypeError, ValueError) as error:
        where = ("accepted", number, "date")
        raise file.error(where, f"'{given}' is not a date written as year-month-day", "2014-03-01") from error


@cache
def _form() -> Form:
    schema = (resource_folder("templates") / "acceptances.schema.json").read_text(encoding="utf-8")
    return Form("list of accepted gaps", json.loads(schema), _EXAMPLE, AcceptanceError)
