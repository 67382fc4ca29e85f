"""Checklist files: YAML in, a Checklist out, and errors that name file, line and key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from planchecker.checklist import (
    Checklist,
    Cue,
    Element,
    Exemplars,
    Feature,
    Part,
    Provenance,
    Specific,
)
from planchecker.errors import ChecklistError
from planchecker.resources import resource_folder
from planchecker.yaml_file import Form, Where, YamlFile, load_yaml

DEFAULT_CHECKLIST = "everyone-counts-2014"
_MINIMAL = '{"id": "my-list", "title": "My list", "features": [{"id": "R1", "requirement": "..."}]}'


def installed_checklists() -> dict[str, Path]:
    """Ids and files of the checklists that come with planchecker."""
    return {path.stem: path for path in sorted(resource_folder("checklists").glob("*.yaml"))}


def load_checklist(id_or_path: str | Path = DEFAULT_CHECKLIST) -> Checklist:
    """Load an installed checklist by id, or any checklist file by path.

    Raises:
        ChecklistError: it is not there, or something in it is wrong.
    """
    path = installed_checklists().get(str(id_or_path), Path(id_or_path))
    if not path.is_file():
        known = ", ".join(installed_checklists())
        raise ChecklistError(
            path, None, "", "there is no such checklist or file", f"--checklist with one of {known}"
        )
    file = load_yaml(path, Form("checklist", checklist_schema(), _MINIMAL, ChecklistError))
    _refuse_duplicates(file)
    exemplars = path.with_suffix(".exemplars.npz")
    return _build(file.data, exemplars if exemplars.is_file() else None)


@cache
def checklist_schema() -> dict[str, Any]:
    """The JSON Schema of a checklist file."""
    path = resource_folder("checklists") / "checklist.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _refuse_duplicates(file: YamlFile) -> None:
    places: list[tuple[str, Where]] = []
    for e, element in enumerate(file.data.get("elements", [])):
        places.append((element["id"], ("elements", e, "id")))
        places += _feature_ids(element["features"], ("elements", e, "features"))
    places += _feature_ids(file.data.get("features", []), ("features",))
    counts = Counter(identifier.upper() for identifier, _ in places)
    for identifier, where in reversed(places):
        if counts[identifier.upper()] > 1:
            raise file.error(where, f"the id '{identifier}' is used more than once", '"F48"')


def _feature_ids(features: list[dict[str, Any]], where: Where) -> Iterator[tuple[str, Where]]:
    """Ids of features, and of parts behind their feature's: part ids need only differ within it."""
    for f, feature in enumerate(features):
        yield feature["id"], (*where, f, "id")
        for p, part in enumerate(feature.get("parts", [])):
            yield f"{feature['id']}.{part['id']}", (*where, f, "parts", p, "id")


def _build(data: dict[str, Any], exemplar_file: Path | None) -> Checklist:
    groups = data.get("elements") or [{"id": "ALL", "name": "All requirements", "features": data["features"]}]
    return Checklist(
        id=data["id"],
        version=str(data.get("version", "0")),
        title=data["title"],
        about=data.get("about", ""),
        national_phrases=tuple(data.get("national_phrases", ())),
        exemplar_file=exemplar_file,
        elements=tuple(
            Element(
                id=group["id"],
                name=group["name"],
                group=group.get("group", ""),
                features=tuple(_feature(feature) for feature in group["features"]),
            )
            for group in groups
        ),
    )


def _feature(data: dict[str, Any]) -> Feature:
    requirement = data["requirement"]
    parts = data.get("parts") or [{"id": "a", "text": requirement}]
    return Feature(
        id=data["id"],
        name=data.get("name") or _shortened(requirement),
        requirement=requirement,
        gloss=data.get("gloss", ""),
        provenance=Provenance(data.get("provenance", "unstated")),
        sources=tuple(data.get("sources", ())),
        parts=tuple(_part(part) for part in parts),
    )


def _part(data: dict[str, Any]) -> Part:
    exemplars = data.get("exemplars", {})
    return Part(
        id=data["id"],
        text=data["text"],
        cues=tuple(_cue(cue) for cue in data.get("cues", ())),
        hints=tuple(data.get("hints", ())),
        counter_cues=tuple(data.get("counter_cues", ())),
        specifics=tuple(Specific(kind) for kind in data.get("specifics", ())),
        advice=data.get("advice", ""),
        exemplars=Exemplars(
            met=tuple(exemplars.get("met", ())),
            partial=tuple(exemplars.get("partial", ())),
            misleading=tuple(exemplars.get("misleading", ())),
        ),
    )


def _cue(data: str | dict[str, Any]) -> Cue:
    return Cue(data) if isinstance(data, str) else Cue(data["term"], tuple(data["near"]))


def _shortened(requirement: str, limit: int = 60) -> str:
    if len(requirement) <= limit:
        return requirement.rstrip(".")
    return requirement[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
