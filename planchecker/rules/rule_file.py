"""Rule files: YAML in, rules out, and errors that name file, line and key."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from planchecker.errors import RuleFileError
from planchecker.resources import resource_folder
from planchecker.rules.rule import (
    Asked,
    Bound,
    DateAsked,
    FigureAsked,
    Measure,
    Rule,
    RuleBook,
    StatedAsked,
    SubjectAsked,
    TrajectoryAsked,
    Way,
)
from planchecker.scrutiny import Certainty
from planchecker.yaml_file import Form, YamlFile, load_yaml

_MINIMAL = (
    '{"id": "my-rules", "title": "My rules", "measures": [{"id": "surplus", "name": "surplus", "marks": ["surplus"]}], '
    '"rules": [...]}'
)


@cache
def installed_rules() -> tuple[RuleBook, ...]:
    """The rules that come with planchecker, file by file."""
    folder = resource_folder("checklists") / "rules"
    return tuple(load_rules(path) for path in sorted(folder.glob("*.yaml")))


def load_rules(path: Path) -> RuleBook:
    """Read one file of rules.

    Raises:
        RuleFileError: something in it is wrong.
    """
    file = load_yaml(path, Form("file of rules", rules_schema(), _MINIMAL, RuleFileError))
    measures = {measure.id: measure for measure in map(_measure, file.data["measures"])}
    _refuse_wrong_ids(file, frozenset(measures))
    return RuleBook(
        id=file.data["id"],
        title=file.data["title"],
        about=file.data.get("about", ""),
        organisations=tuple(file.data.get("organisations", ())),
        years=tuple(file.data.get("years", ())),
        rules=tuple(_rule(rule, measures) for rule in file.data["rules"]),
    )


@cache
def rules_schema() -> dict[str, Any]:
    """The JSON Schema of a file of rules."""
    path = resource_folder("checklists") / "rules" / "rules.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _refuse_wrong_ids(file: YamlFile, measures: frozenset[str]) -> None:
    for key in ("measures", "rules"):
        counts = Counter(item["id"] for item in file.data[key])
        for number, item in enumerate(file.data[key]):
            if counts[item["id"]] > 1:
                problem = f"the id '{item['id']}' is used more than once"
                raise file.error((key, number, "id"), problem, '"surplus-2014-15"')
    for number, rule in enumerate(file.data["rules"]):
        where = ("rules", number)
        if rule["measure"] not in measures:
            known = ", ".join(sorted(measures))
            raise file.error(
                (*where, "measure"), f"there is no measure '{rule['measure']}'", f"one of {known}"
            )
        if "by" in rule["asks"]:
            try:
                date.fromisoformat(rule["asks"]["by"])
            except ValueError as error:
                raise file.error((*where, "asks", "by"), "there is no such day", '"2014-06-20"') from error


def _measure(data: dict[str, Any]) -> Measure:
    terms = {key: tuple(data.get(key, ())) for key in ("marks", "context", "sure", "never")}
    return Measure(id=data["id"], name=data["name"], own=data.get("own", False), **terms)


def _rule(data: dict[str, Any], measures: dict[str, Measure]) -> Rule:
    return Rule(
        id=data["id"],
        title=data["title"],
        text=data["rule"],
        year=data.get("year", ""),
        measure=measures[data["measure"]],
        asked=_asked(data["asks"]),
        source=data["source"],
        certainty=Certainty(data["certainty"]),
    )


def _asked(asks: dict[str, Any]) -> tuple[Asked, ...]:
    if "figures" in asks:
        return tuple(_figure(figure) for figure in asks["figures"])
    if "trajectory" in asks:
        low, high = asks["trajectory"]["between"]
        return (TrajectoryAsked(Way(asks["trajectory"]["better"]), float(low), float(high)),)
    if "stated" in asks:
        low, high = asks["stated"]["between"]
        return (StatedAsked(asks["stated"]["unit"], float(low), float(high)),)
    if "by" in asks:
        return (DateAsked(date.fromisoformat(asks["by"])),)
    return (SubjectAsked(),)


def _figure(data: dict[str, Any]) -> FigureAsked:
    return FigureAsked(
        value=float(data["figure"]),
        to=float(data.get("to", data["figure"])),
        unit=data["unit"],
        bound=Bound(data.get("bound", "exactly")),
        tolerance=float(data.get("tolerance", 0.0)),
        change=data.get("change", False),
        nouns=tuple(data.get("nouns", ())),
        neighbours=tuple(float(n) for n in data.get("neighbours", ())),
        national=data.get("national", False),
    )
