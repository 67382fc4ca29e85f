"""Checklist files: YAML in, a Checklist out, and errors that name file, line and key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

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

DEFAULT_CHECKLIST = "everyone-counts-2014"
_MAX_BYTES = 5_000_000  # the 47 features with all their exemplars take about 0.2 MB
_MINIMAL = '{"id": "my-list", "title": "My list", "features": [{"id": "R1", "requirement": "..."}]}'

_Path = tuple[str | int, ...]


def installed_checklists() -> dict[str, Path]:
    """Ids and files of the checklists that come with planchecker."""
    return {path.stem: path for path in sorted(resource_folder("checklists").glob("*.yaml"))}


def load_checklist(id_or_path: str | Path = DEFAULT_CHECKLIST) -> Checklist:
    """Load an installed checklist by id, or any checklist file by path.

    Raises:
        ChecklistError: it is not there, or something in it is wrong.
    """
    path = installed_checklists().get(str(id_or_path), Path(id_or_path))
    text = _read_text(path)
    root = _compose(path, text)
    _refuse_repeated_keys(path, root)
    data = _construct(path, text)
    _validate(path, data, root)
    checklist = _build(data)
    _refuse_duplicates(path, data, root)
    return checklist


@cache
def checklist_schema() -> dict[str, Any]:
    """The JSON Schema of a checklist file."""
    path = resource_folder("checklists") / "checklist.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _read_text(path: Path) -> str:
    if not path.is_file():
        known = ", ".join(installed_checklists())
        raise ChecklistError(
            path, None, "", "there is no such checklist or file", f"--checklist with one of {known}"
        )
    if path.stat().st_size > _MAX_BYTES:
        raise ChecklistError(path, None, "", "the file is too large for a checklist", _MINIMAL)
    try:
        return path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise ChecklistError(path, None, "", "the file is not readable as UTF-8 text", _MINIMAL) from error


def _compose(path: Path, text: str) -> yaml.Node | None:
    """The node tree, which knows lines; aliases are refused as they can explode."""
    with _yaml_errors(path):
        alias = next((event for event in yaml.parse(text) if isinstance(event, yaml.AliasEvent)), None)
        if alias is not None:
            line = alias.start_mark.line + 1
            raise ChecklistError(path, line, "", "YAML aliases (*name) are not allowed", _MINIMAL)
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _construct(path: Path, text: str) -> Any:
    with _yaml_errors(path):
        return yaml.safe_load(text)


@contextmanager
def _yaml_errors(path: Path) -> Iterator[None]:
    """Whatever YAML complains of, as a checklist error."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"not valid YAML ({error.problem})"
        raise ChecklistError(
            path, mark.line + 1 if mark is not None else None, "", problem, '- "text in double quotes"'
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ChecklistError(path, None, "", f"not valid YAML ({error})", _MINIMAL) from error


def _refuse_repeated_keys(path: Path, node: yaml.Node | None) -> None:
    """YAML would silently keep the last of two equal keys."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise ChecklistError(
                    path, line, name, f"the key '{name}' is given twice here", f"{name}: ..."
                )
            seen.add(name)
            _refuse_repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item)


def _validate(path: Path, data: Any, root: yaml.Node | None) -> None:
    error = best_match(Draft202012Validator(checklist_schema()).iter_errors(data))
    if error is None:
        return
    where, problem = _culprit(error)
    examples = _examples(error)
    example = json.dumps(examples[0], ensure_ascii=False) if examples else _MINIMAL
    raise ChecklistError(path, _line(root, where), _dotted(where), problem, example)


def _examples(error: ValidationError) -> list[Any]:
    """Examples of the schema that was broken, else of the nearest one around it."""
    while error.parent is not None and not (isinstance(error.schema, dict) and "examples" in error.schema):
        error = error.parent  # type: ignore[assignment]
    schema = error.schema
    return list(schema.get("examples", ())) if isinstance(schema, dict) else []


def _culprit(error: ValidationError) -> tuple[_Path, str]:
    """The path of the offending key, which for an unknown key is the key itself."""
    where: _Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known: dict[str, Any] = dict(error.schema)["properties"]  # type: ignore[arg-type]
        unknown = next(key for key in error.instance if key not in known)
        return (*where, unknown), f"unknown key (known here: {', '.join(known)})"
    if error.validator == "required" and isinstance(error.instance, dict):
        lacking = [key for key in list(error.validator_value) if key not in error.instance]  # type: ignore[arg-type]
        return where, f"'{lacking[0]}' is lacking"
    if error.validator == "oneOf" and not where:
        return where, "give either 'elements' or 'features'"
    return where, error.message[:200]


def _line(root: yaml.Node | None, where: _Path) -> int | None:
    """Line of the key or item that a path leads to, or of the nearest thing above it."""
    node, line = root, None
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line or (root.start_mark.line + 1 if root else None)


def _dotted(where: _Path) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in where).lstrip(".")


def _refuse_duplicates(path: Path, data: dict[str, Any], root: yaml.Node | None) -> None:
    places: list[tuple[str, _Path]] = []
    for e, element in enumerate(data.get("elements", [])):
        places.append((element["id"], ("elements", e, "id")))
        places += _feature_ids(element["features"], ("elements", e, "features"))
    places += _feature_ids(data.get("features", []), ("features",))
    counts = Counter(identifier.upper() for identifier, _ in places)
    for identifier, where in reversed(places):
        if counts[identifier.upper()] > 1:
            problem = f"the id '{identifier}' is used more than once"
            raise ChecklistError(path, _line(root, where), _dotted(where), problem, '"F48"')


def _feature_ids(features: list[dict[str, Any]], where: _Path) -> Iterator[tuple[str, _Path]]:
    """Ids of features, and of parts behind their feature's: part ids need only differ within it."""
    for f, feature in enumerate(features):
        yield feature["id"], (*where, f, "id")
        for p, part in enumerate(feature.get("parts", [])):
            yield f"{feature['id']}.{part['id']}", (*where, f, "parts", p, "id")


def _build(data: dict[str, Any]) -> Checklist:
    groups = data.get("elements") or [{"id": "ALL", "name": "All requirements", "features": data["features"]}]
    return Checklist(
        id=data["id"],
        version=str(data.get("version", "0")),
        title=data["title"],
        about=data.get("about", ""),
        national_phrases=tuple(data.get("national_phrases", ())),
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
