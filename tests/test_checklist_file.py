"""Checklist files: the installed ones are whole, a minimal one works, and every mistake is located."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planchecker.checklist import Checklist, Cue, Provenance, Specific
from planchecker.checklist_file import (
    DEFAULT_CHECKLIST,
    checklist_schema,
    installed_checklists,
    load_checklist,
)
from planchecker.errors import ChecklistError, ExitCode
from tests.support import MINIMAL, yaml_file


def refusal(path: Path) -> ChecklistError:
    """The error that loading the file gives."""
    with pytest.raises(ChecklistError) as caught:
        load_checklist(path)
    assert caught.value.exit_code is ExitCode.BAD_CHECKLIST
    return caught.value


class TestInstalled:
    def test_the_default_is_installed(self) -> None:
        assert DEFAULT_CHECKLIST in installed_checklists()

    @pytest.mark.parametrize("identifier", installed_checklists())
    def test_every_installed_checklist_loads_under_its_own_id(self, identifier: str) -> None:
        assert load_checklist(identifier).id == identifier

    def test_elements_and_features_are_numbered_throughout(self, everyone_counts: Checklist) -> None:
        assert [e.id for e in everyone_counts.elements] == [f"E{n:02}" for n in range(1, 22)]
        assert [f.id for f in everyone_counts.features] == [f"F{n:02}" for n in range(1, 48)]

    def test_provenance_is_stated_and_counted(self, everyone_counts: Checklist) -> None:
        counts = Counter(feature.provenance for feature in everyone_counts.features)
        assert counts == {Provenance.QUOTED: 3, Provenance.RECALLED: 33, Provenance.RECONSTRUCTED: 11}

    def test_the_quoted_ones_are_the_confirmed_ones(self, everyone_counts: Checklist) -> None:
        quoted = [f.id for f in everyone_counts.features if f.provenance is Provenance.QUOTED]
        assert quoted == ["F14", "F22", "F23"]

    def test_every_feature_is_described(self, everyone_counts: Checklist) -> None:
        for feature in everyone_counts.features:
            assert feature.name and feature.requirement.endswith("."), feature.id
            assert feature.sources, feature.id

    def test_names_tell_features_apart(self, everyone_counts: Checklist) -> None:
        names = Counter(feature.name for feature in everyone_counts.features)
        assert names.most_common(1)[0][1] == 1

    def test_every_part_is_authored_in_full(self, everyone_counts: Checklist) -> None:
        for feature in everyone_counts.features:
            assert [p.id for p in feature.parts] == list("abcdefgh"[: len(feature.parts)]), feature.id
            for part in feature.parts:
                where = f"{feature.id}{part.id}"
                assert part.text and part.cues and part.specifics, where
                assert part.advice.endswith("."), where
                assert part.exemplars.met and part.exemplars.partial and part.exemplars.misleading, where

    def test_no_sentence_is_an_exemplar_of_two_kinds_of_one_part(self, everyone_counts: Checklist) -> None:
        for feature in everyone_counts.features:
            for part in feature.parts:
                exemplars = part.exemplars
                sentences = (*exemplars.met, *exemplars.partial, *exemplars.misleading)
                assert len(sentences) == len(set(sentences)), f"{feature.id}{part.id}"

    def test_no_term_is_listed_twice_in_a_part(self, everyone_counts: Checklist) -> None:
        for feature in everyone_counts.features:
            for part in feature.parts:
                for terms in ([c.term for c in part.cues], part.hints, part.counter_cues):
                    assert len(terms) == len(set(terms)), (feature.id, part.id, terms)

    def test_it_says_that_it_is_no_quotation(self, everyone_counts: Checklist) -> None:
        assert "paraphrase" in everyone_counts.about


class TestSchema:
    def test_it_is_a_json_schema(self) -> None:
        Draft202012Validator.check_schema(checklist_schema())

    def test_its_examples_are_right_by_itself(self) -> None:
        schema = checklist_schema()
        for example in schema["examples"]:
            Draft202012Validator(schema).validate(example)
        for name in ("element", "feature", "part"):
            for example in schema["$defs"][name]["examples"]:
                definition = {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}
                Draft202012Validator(definition).validate(example)

    def test_every_leaf_key_has_an_example_for_its_errors(self) -> None:
        schema = checklist_schema()
        for name in ("element", "feature", "part"):
            for key, rule in schema["$defs"][name]["properties"].items():
                assert "examples" in rule or "$ref" in rule, f"{name}.{key}"

    def test_its_kinds_are_those_of_the_code(self) -> None:
        definitions = checklist_schema()["$defs"]
        specifics = definitions["part"]["properties"]["specifics"]["items"]["enum"]
        provenance = definitions["feature"]["properties"]["provenance"]["enum"]
        assert set(specifics) == {kind.value for kind in Specific}
        assert set(provenance) == {kind.value for kind in Provenance}


class TestMinimal:
    def test_ids_and_texts_are_enough(self, tmp_path: Path) -> None:
        checklist = load_checklist(yaml_file(tmp_path, MINIMAL))
        features = list(checklist.features)
        assert [f.id for f in features] == ["R1", "R2"]
        assert features[0].provenance is Provenance.UNSTATED
        assert [(p.id, p.text) for p in features[0].parts] == [("a", features[0].requirement)]
        assert len(checklist.elements) == 1

    def test_a_long_requirement_gets_a_short_name_cut_at_a_word(self, tmp_path: Path) -> None:
        requirement = "The plan says " + "in so many words " * 10
        path = yaml_file(
            tmp_path, f"id: a\ntitle: A\nfeatures: [{{id: R1, requirement: '{requirement.strip()}'}}]\n"
        )
        name = next(load_checklist(path).features).name
        assert len(name) <= 61 and name.endswith("…")
        assert requirement.startswith(name.rstrip("…") + " ")

    def test_it_may_be_named_by_text_or_path(self, minimal_checklist: Path) -> None:
        assert load_checklist(str(minimal_checklist)) == load_checklist(minimal_checklist)

    def test_a_byte_order_mark_does_no_harm(self, tmp_path: Path) -> None:
        path = tmp_path / "bom.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + yaml_file(tmp_path, MINIMAL).read_bytes())
        assert load_checklist(path).id == "my-list"

    def test_windows_line_ends_do_no_harm(self, tmp_path: Path) -> None:
        path = tmp_path / "crlf.yaml"
        path.write_bytes(yaml_file(tmp_path, MINIMAL).read_bytes().replace(b"\n", b"\r\n"))
        assert load_checklist(path).id == "my-list"

    def test_json_is_yaml_too(self, tmp_path: Path) -> None:
        path = yaml_file(
            tmp_path, '{"id": "a", "title": "A", "features": [{"id": "R1", "requirement": "x"}]}'
        )
        assert load_checklist(path).title == "A"

    def test_a_cue_is_a_term_or_a_term_with_neighbours(self, tmp_path: Path) -> None:
        text = """\
            id: a
            title: A
            features:
              - id: R1
                requirement: x
                parts:
                  - id: a
                    text: t
                    cues: [care plan, {term: BCF, near: [pooled, fund]}]
        """
        part = next(load_checklist(yaml_file(tmp_path, text)).features).parts[0]
        assert part.cues == (Cue("care plan"), Cue("BCF", ("pooled", "fund")))


START = "id: my-list\ntitle: My list\nfeatures:\n  - id: R1\n"
PART = START + "    requirement: x\n    parts:\n      - id: a\n        text: t\n"

# what is wrong: (text, line, key, a word of the message, a word of the correct example)
MISTAKES = {
    "unknown key": (
        START + "    requirement: x\n    requirment: y\n",
        6,
        "features[0].requirment",
        "unknown key",
        "requirement",
    ),
    "unknown key at the top": (
        "id: a\ntitle: A\ntitel: B\nfeatures: [{id: R, requirement: x}]\n",
        3,
        "titel",
        "unknown key",
        "title",
    ),
    "unknown key in a part": (
        PART + "        cue: [y]\n",
        9,
        "features[0].parts[0].cue",
        "unknown key",
        "cues",
    ),
    "missing requirement": (START, 4, "features[0]", "'requirement' is lacking", "requirement"),
    "missing title": ("id: a\nfeatures: [{id: R, requirement: x}]\n", 1, "", "'title' is lacking", "title"),
    "number for a text": (
        START + "    requirement: 5\n",
        5,
        "features[0].requirement",
        "not of type 'string'",
        "The plan",
    ),
    "text for a list": (
        PART + "        hints: baseline\n",
        9,
        "features[0].parts[0].hints",
        "not of type 'array'",
        "care plan",
    ),
    "date for a text": (
        "id: a\ntitle: 2014-01-01\nfeatures: [{id: R, requirement: x}]\n",
        2,
        "title",
        "not of type",
        "Everyone Counts",
    ),
    "empty text": (START + "    requirement: ''\n", 5, "features[0].requirement", "non-empty", "The plan"),
    "empty list": ("id: a\ntitle: A\nfeatures: []\n", 3, "features", "non-empty", "R1"),
    "neither elements nor features": ("id: a\ntitle: A\n", 1, "", "'elements' or 'features'", "features"),
    "unknown specific": (
        PART + "        specifics: [dates]\n",
        9,
        "features[0].parts[0].specifics[0]",
        "not one of",
        "date",
    ),
    "unknown provenance": (
        START + "    requirement: x\n    provenance: sure\n",
        6,
        "features[0].provenance",
        "not one of",
        "own",
    ),
    "bad id": (
        "id: My List\ntitle: A\nfeatures: [{id: R, requirement: x}]\n",
        1,
        "id",
        "does not match",
        "everyone-counts-2014",
    ),
    "number for a cue": (
        PART + "        cues:\n          - 5\n",
        10,
        "features[0].parts[0].cues[0]",
        "5",
        "care plan",
    ),
    "duplicate id": (
        START + "    requirement: x\n  - id: R1\n    requirement: y\n",
        6,
        "features[1].id",
        "more than once",
        '"',
    ),
    "duplicate id in another case": (
        START + "    requirement: x\n  - id: r1\n    requirement: y\n",
        6,
        "features[1].id",
        "more than once",
        '"',
    ),
    "element and feature of one id": (
        "id: a\ntitle: A\nelements:\n  - id: X1\n    name: n\n    features: [{id: X1, requirement: x}]\n",
        6,
        "elements[0].features[0].id",
        "more than once",
        '"',
    ),
    "shared with parts of its own": (
        PART + "    same_as: everyone-counts-2014/F18\n",
        6,
        "features[0].parts",
        "has no parts of its own",
        "same_as",
    ),
    "shared with no list": (
        START + "    requirement: x\n    same_as: no-such-list/F18\n",
        6,
        "features[0].same_as",
        "'no-such-list' is no other checklist",
        "everyone-counts-2014/F18",
    ),
    "shared with no feature": (
        START + "    requirement: x\n    same_as: everyone-counts-2014/F99\n",
        6,
        "features[0].same_as",
        "has no feature 'F99'",
        "everyone-counts-2014/F18",
    ),
    "tab": ("id: a\ntitle: A\nfeatures:\n\t- id: R1\n", 4, "", "not valid YAML", '"'),
    "unclosed quotation mark": ('id: a\ntitle: "A\nfeatures: []\n', 4, "", "not valid YAML", '"'),
    "two documents": ("id: a\ntitle: A\n---\nid: b\n", 3, "", "not valid YAML", '"'),
    "a list": ("- a\n- b\n", 1, "", "not of type 'object'", "features"),
    "a sentence": ("hello\n", 1, "", "not of type 'object'", "features"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_file_line_key_and_a_correct_example(mistake: str, tmp_path: Path) -> None:
    text, line, key, problem, example = MISTAKES[mistake]
    path = yaml_file(tmp_path, text)
    error = refusal(path)
    message = str(error)
    said, _, correct = message.partition("a correct example: ")
    assert (error.path, error.line, error.key) == (path, line, key)
    assert said.startswith(f"{path}:{line}")
    assert f"'{key}'" in said or not key
    assert problem in said
    assert example in correct
    assert "\n" not in message


def test_the_example_for_a_cue_without_neighbours_is_a_cue(tmp_path: Path) -> None:
    error = refusal(yaml_file(tmp_path, PART + "        cues:\n          - {term: BCF}\n"))
    assert (error.line, error.key) == (10, "features[0].parts[0].cues[0]")
    assert "'near' is lacking" in str(error)
    assert str(error).endswith('a correct example: {"term": "BCF", "near": ["pooled"]}')


UNREADABLE = {
    "empty": b"",
    "only a comment": b"# to do\n",
    "not UTF-8": "id: a\ntitle: caf\xe9\n".encode("latin-1"),
    "UTF-16": "id: a\n".encode("utf-16"),
    "a nought byte": b"id: \0",
    "a control character": b'id: a\ntitle: "\x07"\n',
    "huge": b"# " + b"x" * 5_000_000,
    "nested without end": b"[" * 5000,
    "a Word file": b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_checklist_text_is_refused_with_an_example(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(UNREADABLE[kind])
    message = str(refusal(path))
    assert str(path) in message
    assert "a correct example: " in message
    assert len(message) < 1000


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.monotonic()
    message = str(refusal(yaml_file(tmp_path, "\n".join(lines))))
    assert "alias" in message
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("name", ["no-such-list", "no/such/file.yaml", ""])
def test_an_unknown_checklist_is_told_the_known_ones(name: str) -> None:
    with pytest.raises(ChecklistError, match=DEFAULT_CHECKLIST):
        load_checklist(name)


def test_a_folder_is_no_checklist(tmp_path: Path) -> None:
    assert str(tmp_path) in str(refusal(tmp_path))


UNBUILDABLE = {
    "a Python object": "id: !!python/object/apply:os.getcwd []\ntitle: A\n",
    "a list as a key": "? [a, b]\n: c\n",
    "a day that does not exist": "id: a\ntitle: 2014-13-45\nfeatures: [{id: R, requirement: x}]\n",
}


@pytest.mark.parametrize("kind", UNBUILDABLE)
def test_yaml_that_parses_but_cannot_be_built_is_refused(kind: str, tmp_path: Path) -> None:
    refusal(yaml_file(tmp_path, UNBUILDABLE[kind]))


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    error = refusal(yaml_file(tmp_path, MINIMAL + "    features:\n      - {id: R9, requirement: y}\n"))
    assert (error.line, error.key) == (8, "features")
    assert "'features' is given twice" in str(error)


def test_a_key_given_twice_within_is_refused(tmp_path: Path) -> None:
    error = refusal(yaml_file(tmp_path, PART + "        text: other\n"))
    assert (error.line, error.key) == (9, "text")


def test_parts_of_two_features_may_share_an_id(tmp_path: Path) -> None:
    second = "  - id: R2\n    requirement: y\n    parts:\n      - id: a\n        text: other\n"
    checklist = load_checklist(yaml_file(tmp_path, PART + second))
    assert [part.id for feature in checklist.features for part in feature.parts] == ["a", "a"]


def test_parts_of_one_id_are_refused(tmp_path: Path) -> None:
    error = refusal(yaml_file(tmp_path, PART + "      - id: a\n        text: other\n"))
    assert (error.line, error.key) == (9, "features[0].parts[1].id")


def test_the_error_for_an_alias_names_its_line(tmp_path: Path) -> None:
    error = refusal(
        yaml_file(tmp_path, "id: a\ntitle: &t A\nabout: *t\nfeatures: [{id: R, requirement: x}]\n")
    )
    assert error.line == 3


def test_a_shared_feature_has_the_parts_of_the_one_it_is_the_same_as(
    tmp_path: Path, everyone_counts: Checklist
) -> None:
    text = START + "    requirement: Our own words.\n    same_as: everyone-counts-2014/F08\n"
    feature = next(load_checklist(yaml_file(tmp_path, text)).features)
    original = everyone_counts.feature("F08")
    assert original is not None
    assert feature.parts == original.parts
    assert (feature.requirement, feature.same_as) == ("Our own words.", "everyone-counts-2014/F08")
