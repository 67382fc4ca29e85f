"""The sample plans: keys that fit the plans, and a build that gives the same bytes every time."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planchecker.checklist import Checklist
from planchecker.plan import Plan
from planchecker.reading import read
from tests.support import ROOT, squeezed

CORPUS = ROOT / "corpus"
NAMES = sorted(
    path.parent.name for path in CORPUS.glob("sources/*/plan.md") if (path.parent / "gold.json").is_file()
)
WANTED_PLANS = 8

TWISTS = {
    "met": {"plain", "no_keyword", "split", "table", "appendix"},
    "partial": {"no_keyword", "mention_only", "tbc", "negated", "parrot", "half"},
    "missing": {"decoy", "absent"},
}

pytestmark = pytest.mark.skipif(not NAMES, reason="no sample plans in this checkout")


def gold(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((CORPUS / "sources" / name / "gold.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def build() -> Callable[..., None]:
    """`corpus/build.py`, which is no package."""
    spec = importlib.util.spec_from_file_location("corpus_build", CORPUS / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before
    function: Callable[..., None] = module.build
    return function


@pytest.fixture(scope="module")
def built(build: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a plan, built once in this run."""
    out = tmp_path_factory.mktemp("corpus")

    def folder(name: str) -> Path:
        if not (out / name).is_dir():
            build(name, out=out)
        return out / name

    return folder


@pytest.fixture(scope="module")
def plan_of(built: Callable[[str], Path]) -> Callable[[str], Plan]:
    """A plan as read from its fresh Word file, read once."""
    plans: dict[str, Plan] = {}

    def plan(name: str) -> Plan:
        if name not in plans:
            plans[name] = read(built(name) / "plan.docx")
        return plans[name]

    return plan


def test_there_are_plans_enough() -> None:
    if len(NAMES) < WANTED_PLANS:
        pytest.skip(f"the corpus is not complete: {len(NAMES)} of {WANTED_PLANS} plans")


@pytest.mark.parametrize("name", NAMES)
def test_a_key_labels_every_feature(name: str, everyone_counts: Checklist) -> None:
    key = gold(name)
    assert key["name"] == name
    assert list(key["features"]) == [feature.id for feature in everyone_counts.features]


@pytest.mark.parametrize("name", NAMES)
def test_status_and_twist_go_together(name: str) -> None:
    for feature, label in gold(name)["features"].items():
        assert label["twist"] in TWISTS[label["status"]], (
            f"{feature}: {label['status']} with {label['twist']}"
        )
        assert set(label) <= {"status", "twist", "evidence", "decoy"}, feature


@pytest.mark.parametrize("name", NAMES)
def test_what_is_met_or_partial_is_quoted_and_what_is_missing_is_not(name: str) -> None:
    for feature, label in gold(name)["features"].items():
        assert bool(label.get("evidence")) == (label["status"] != "missing"), feature
        if label["twist"] == "decoy":
            assert label.get("decoy"), feature
        if label["twist"] == "split":
            assert len(label["evidence"]) > 1, feature


@pytest.mark.parametrize("name", NAMES)
def test_every_snippet_stands_in_one_block_of_the_plan_as_read(
    name: str, plan_of: Callable[[str], Plan]
) -> None:
    places = [squeezed(cell.text) for b in plan_of(name).blocks for cell in b.cells]
    places += [squeezed(block.text) for block in plan_of(name).blocks]
    lost = [
        (feature, snippet)
        for feature, label in gold(name)["features"].items()
        for snippet in (*label.get("evidence", ()), *label.get("decoy", ()))
        if not any(squeezed(snippet) in place for place in places)
    ]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_read_whole(name: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(name)
    assert plan.unread == ()
    assert plan.words > 3000
    assert any(block.cells for block in plan.blocks)


def test_every_feature_occurs_met_partial_and_missing() -> None:
    if len(NAMES) < WANTED_PLANS:
        pytest.skip(f"the corpus is not complete: {len(NAMES)} of {WANTED_PLANS} plans")
    seen: dict[str, set[str]] = {}
    for name in NAMES:
        for feature, label in gold(name)["features"].items():
            seen.setdefault(feature, set()).add(label["status"])
    assert {
        f: sorted(set(TWISTS) - statuses) for f, statuses in seen.items() if statuses != set(TWISTS)
    } == {}


def test_every_twist_occurs() -> None:
    seen = {label["twist"] for name in NAMES for label in gold(name)["features"].values()}
    assert seen == set().union(*TWISTS.values())


def test_building_a_plan_twice_gives_the_same_bytes(build: Callable[..., None], tmp_path: Path) -> None:
    name = NAMES[0]
    for run in ("one", "two"):
        build(name, out=tmp_path / run)
    for file in ("plan.docx", "plan.pdf", "gold.json"):
        assert (tmp_path / "one" / name / file).read_bytes() == (
            tmp_path / "two" / name / file
        ).read_bytes(), file


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_plan_in_the_repository_is_a_fresh_build(name: str, built: Callable[[str], Path]) -> None:
    for file in ("plan.docx", "plan.pdf", "gold.json"):
        stored = CORPUS / "plans" / name / file
        assert stored.is_file(), f"run: python corpus/build.py {name}"
        assert stored.read_bytes() == (built(name) / file).read_bytes(), (
            f"{file}: run python corpus/build.py {name}"
        )


EXEMPLARS = sorted((CORPUS / "exemplars").glob("*.jsonl"))


@pytest.mark.parametrize("path", EXEMPLARS, ids=lambda path: path.stem)
def test_every_exemplar_is_one_json_object_a_line(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        assert isinstance(json.loads(line), dict), f"{path.name}:{number}"
