"""YAML files of data, checked against a JSON Schema; errors name file, line, key and a correct example."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from planchecker.errors import DataFileError

_MAX_BYTES = 5_000_000  # the 47 features with all their exemplars take about 0.2 MB

# The C parser is ten times as fast; both build plain data only.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of file has to look like.

    Attributes:
        name: what such a file is called in messages.
        schema: its JSON Schema; an `examples` key shows what is right at each place.
        example: the smallest right file.
        error: what is raised when a file is wrong.
    """

    name: str
    schema: Mapping[str, Any]
    example: str
    error: type[DataFileError]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's data with the nodes that know their lines."""

    path: Path
    form: Form
    data: Any
    root: yaml.Node | None

    def error(self, where: Where, problem: str, example: str) -> DataFileError:
        """An error at the key or item that a path leads to."""
        return self.form.error(self.path, _line(self.root, where), _dotted(where), problem, example)


def is_there(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is that of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def load_yaml(path: Path, form: Form) -> YamlFile:
    """Read a file and hold it to its form.

    Raises:
        DataFileError: the form's own error, when the file is not as it should be.
    """
    text = _read_text(path, form)
    with _yaml_errors(path, form):
        loader = _LOADER(text)
        root = _root(path, text, loader, form)
        _refuse_repeated_keys(path, root, form)
        data = loader.construct_document(root) if root else None
    file = YamlFile(path, form, data, root)
    _validate(file)
    return file


def _read_text(path: Path, form: Form) -> str:
    if path.stat().st_size > _MAX_BYTES:
        raise form.error(path, None, "", f"the file is too large for a {form.name}", form.example)
    try:
        return path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise form.error(path, None, "", "the file is not readable as UTF-8 text", form.example) from error


def _root(path: Path, text: str, loader: Any, form: Form) -> yaml.Node | None:
    """The node tree, which knows lines; aliases are refused as they can explode."""
    alias = next(
        (event for event in yaml.parse(text, Loader=_LOADER) if isinstance(event, yaml.AliasEvent)), None
    )
    if alias is not None:
        line = alias.start_mark.line + 1 if alias.start_mark else None
        raise form.error(path, line, "", "YAML aliases (*name) are not allowed", form.example)
    root: yaml.Node | None = loader.get_single_node()
    return root


@contextmanager
def _yaml_errors(path: Path, form: Form) -> Iterator[None]:
    """Whatever YAML complains of, as the form's error."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"not valid YAML ({error.problem})"
        line = mark.line + 1 if mark is not None else None
        raise form.error(path, line, "", problem, '- "text in double quotes"') from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise form.error(path, None, "", f"not valid YAML ({error})", form.example) from error


def _refuse_repeated_keys(path: Path, node: yaml.Node | None, form: Form) -> None:
    """YAML would silently keep the last of two equal keys."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise form.error(path, line, name, f"the key '{name}' is given twice here", f"{name}: ...")
            seen.add(name)
            _refuse_repeated_keys(path, value, form)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item, form)


def _validate(file: YamlFile) -> None:
    error = best_match(Draft202012Validator(dict(file.form.schema)).iter_errors(file.data))
    if error is None:
        return
    where, problem = _culprit(error)
    examples = _examples(error)
    example = json.dumps(examples[0], ensure_ascii=False) if examples else file.form.example
    raise file.error(where, problem, example)


def _examples(error: ValidationError) -> list[Any]:
    """Examples of the schema that was broken, else of the nearest one around it."""
    while error.parent is not None and not (isinstance(error.schema, dict) and "examples" in error.schema):
        error = error.parent  # type: ignore[assignment]
    schema = error.schema
    return list(schema.get("examples", ())) if isinstance(schema, dict) else []


def _culprit(error: ValidationError) -> tuple[Where, str]:
    """The path of the offending key, which for an unknown key is the key itself."""
    where: Where = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known: dict[str, Any] = dict(error.schema)["properties"]  # type: ignore[arg-type]
        unknown = next(key for key in error.instance if key not in known)
        return (*where, unknown), f"unknown key (known here: {', '.join(known)})"
    if error.validator == "required" and isinstance(error.instance, dict):
        lacking = [key for key in list(error.validator_value) if key not in error.instance]  # type: ignore[arg-type]
        return where, f"'{lacking[0]}' is lacking"
    if error.validator == "oneOf" and not where:
        choices = [f"'{choice['required'][0]}'" for choice in list(error.validator_value)]  # type: ignore[arg-type]
        return where, f"give either {' or '.join(choices)}"
    return where, error.message[:200]


def _line(root: yaml.Node | None, where: Where) -> int | None:
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


def _dotted(where: Where) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in where).lstrip(".")
