"""Checklist files that are written from lists: always valid, and never over a file that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.authoring.items import Listed, Requirement
from planchecker.authoring.write import slug, write_checklist
from planchecker.checklist import Provenance
from planchecker.checklist_file import load_checklist
from planchecker.errors import UsageError

texts = st.text(min_size=1, max_size=60).filter(lambda text: any(ch.isalnum() for ch in text))
printables = texts.map(lambda text: "".join(ch for ch in text if ch.isprintable()) + "x")


def listed(*requirements: Requirement) -> Listed:
    return Listed("Our priorities", "its numbered list", requirements)


@given(st.lists(st.builds(Requirement, printables, printables, printables, printables,
                          st.lists(printables, max_size=3).map(tuple)), min_size=1, max_size=5))  # fmt: skip
def test_whatever_is_listed_the_file_is_a_checklist(
    tmp_path_factory: pytest.TempPathFactory, requirements: list[Requirement]
) -> None:
    path = tmp_path_factory.mktemp("made") / "made.yaml"
    write_checklist(listed(*requirements), "strategy.docx", path)
    features = list(load_checklist(path).features)
    assert len(features) == len(requirements)
    assert all(feature.provenance is Provenance.OWN for feature in features)


def test_a_compound_ask_gets_two_parts_and_points_get_one_each(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    requirements = (
        Requirement("Reduce smoking and increase breastfeeding", "1"),
        Requirement("Age well", "2", points=("Fewer are lonely", "More walk", "Fewer fall")),
        Requirement("Help carers", "3"),
    )
    write_checklist(listed(*requirements), "strategy.docx", path)
    parts = {feature.id: [part.text for part in feature.parts] for feature in load_checklist(path).features}
    assert parts == {
        "R1": ["Reduce smoking", "Increase breastfeeding"],
        "R2": ["Fewer are lonely", "More walk", "Fewer fall"],
        "R3": ["Help carers"],
    }


def test_themes_become_elements_and_codes_ids(tmp_path: Path) -> None:
    path = tmp_path / "my list.yaml"
    requirements = (Requirement("Say a", "P1", group="Start"), Requirement("Say b", "P2", group="Age"))
    write_checklist(listed(*requirements), "strategy.docx", path, title="Mine")
    made = load_checklist(path)
    assert (made.id, made.title) == ("my-list", "Mine")
    assert [(e.name, [f.id for f in e.features]) for e in made.elements] == [
        ("Start", ["P1"]),
        ("Age", ["P2"]),
    ]
    assert next(made.features).sources == ("strategy.docx, P1",)


def test_equal_codes_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write_checklist(listed(Requirement("Say a", "1"), Requirement("Say b", "1")), "s.docx", path)
    assert [feature.id for feature in load_checklist(path).features] == ["R1", "R2"]


def test_the_author_is_told_what_to_add(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write_checklist(listed(Requirement("Say who leads", "1")), "s.docx", path)
    text = path.read_text(encoding="utf-8")
    for word in (
        "exemplars",
        "counter_cues",
        "specifics",
        "advice",
        "planchecker checklist validate mine.yaml",
    ):
        assert f"{word}" in text


def test_what_is_commented_out_is_right_when_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write_checklist(listed(Requirement("Say who leads", "1")), "s.docx", path)
    _, _, body = path.read_text(encoding="utf-8").partition("\nid: ")
    opened = tmp_path / "opened.yaml"
    opened.write_text("id: " + body.replace("# ", "").replace("#   ", "  "), encoding="utf-8")
    part = next(load_checklist(opened).features).parts[0]
    assert part.cues and part.exemplars.misleading and part.advice


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="already"):
        write_checklist(listed(Requirement("Say a")), "s.docx", path)
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    ("text", "made"), [("Été 2014 – v2", "ete-2014-v2"), ("…", "my-list"), ("A" * 90, "a" * 60)]
)
def test_ids_are_made_of_names(text: str, made: str) -> None:
    assert slug(text) == made
