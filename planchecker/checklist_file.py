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
from planchecker.yaml_file import Form, Where, YamlFile, is_there, load_yaml

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
    file = _loaded(id_or_path)
    exemplars = file.path.with_suffix(".exemplars.npz")
    return _build(file, exemplars if exemplars.is_file() else None)


def _loaded(id_or_path: str | Path) -> YamlFile:
    """A checklist's data, in order but for what it shares with other lists."""
    path = installed_checklists().get(str(id_or_path), Path(id_or_path))
    if not is_there(path):
        known = ", ".join(installed_checklists())
        raise ChecklistError(
            path, None, "", "there is no such checklist or file", f"--checklist with one of {known}"
        )
    file = load_yaml(path, Form("checklist", checklist_schema(), _MINIMAL, ChecklistError))
    _refuse_duplicates(file)
    return file


@cache
def checklist_schema() -> dict[str, Any]:
    """The JSON Schema of a checklist file."""
    path = resource_folder("checklists") / "checklist.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _refuse_duplicates(file: YamlFile) -> None:
    """Part ids need only differ within their feature."""
    places: list[tuple[str, Where]] = [
        (element["id"], ("elements", e, "id")) for e, element in enumerate(file.data.get("elements", []))
    ]
    for where, feature in _features(file.data):
        places.append((feature["id"], (*where, "id")))
        for p, part in enumerate(feature.get("parts", [])):
            places.append((f"{feature['id']}.{part['id']}", (*where, "parts", p, "id")))
    counts = Counter(identifier.upper() for identifier, _ in places)
    for identifier, where in reversed(places):
        if counts[identifier.upper()] > 1:
            raise file.error(where, f"the id '{identifier}' is used more than once", '"F48"')


def _build(file: YamlFile, exemplar_file: Path | None) -> Checklist:
    data = file.data
    groups = data.get("elements") or [{"id": "ALL", "name": "All requirements", "features": data["features"]}]
    shared = _shared_parts(file)
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
                features=tuple(
                    _feature(feature, shared.get(feature.get("same_as", ""), ()))
                    for feature in group["features"]
                ),
            )
            for group in groups
        ),
    )


def _shared_parts(file: YamlFile) -> dict[str, tuple[Part, ...]]:
    """The parts of every feature of another list that this one shares, by its name such as "list/F18"."""
    shared: dict[str, tuple[Part, ...]] = {}
    for where, feature in _features(file.data):
        name = feature.get("same_as", "")
        if name and "parts" in feature:
            problem = "a feature that is the same as another has no parts of its own"
            raise file.error((*where, "parts"), problem, f'same_as: "{name}" without parts')
        if name and name not in shared:
            shared[name] = _parts_of(name, file, (*where, "same_as"))
    return shared


def _parts_of(name: str, file: YamlFile, where: Where) -> tuple[Part, ...]:
    identifier, _, feature_id = name.partition("/")
    example = f'"{DEFAULT_CHECKLIST}/F18"'
    if identifier not in installed_checklists() or identifier == file.data["id"]:
        raise file.error(where, f"'{identifier}' is no other checklist that comes with planchecker", example)
    for _, other in _features(_installed_data(identifier)):
        if other["id"] != feature_id:
            continue
        if "same_as" in other:
            raise file.error(where, f"{name} is itself shared; name {other['same_as']}", example)
        return _feature(other).parts
    raise file.error(where, f"{identifier} has no feature '{feature_id}'", example)


@cache
def _installed_data(identifier: str) -> dict[str, Any]:
    """The data of a checklist that comes with planchecker; several features of a list may share with it."""
    data: dict[str, Any] = _loaded(identifier).data
    return data


def _features(data: dict[str, Any]) -> Iterator[tuple[Where, dict[str, Any]]]:
    """Every feature with its place in the file."""
    groups: list[tuple[Where, list[dict[str, Any]]]] = [(("features",), data.get("features", []))]
    groups += [
        (("elements", e, "features"), one["features"]) for e, one in enumerate(data.get("elements", []))
    ]
    for where, features in groups:
        for f, feature in enumerate(features):
            yield (*where, f), feature


def _feature(data: dict[str, Any], shared: tuple[Part, ...] = ()) -> Feature:
    requirement = data["requirement"]
    parts = data.get("parts") or [{"id": "a", "text": requirement}]
    return Feature(
        id=data["id"],
        name=data.get("name") or _shortened(requirement),
        requirement=requirement,
        gloss=data.get("gloss", ""),
        provenance=Provenance(data.get("provenance", "unstated")),
        sources=tuple(data.get("sources", ())),
        parts=shared or tuple(_part(part) for part in parts),
        same_as=data.get("same_as", ""),
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
