from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planchecker.acceptance import accepting, load_acceptances
from planchecker.errors import AcceptanceError, ExitCode
from planchecker.result import Acceptance
from tests.reports.sample import FLAWLESS, RESULT

_RIGHT = "accepted:\n  - {feature: F40, reason: Later this year, by: A. Planner, date: 2014-03-01}\n"
_ACCEPTED = Acceptance("F40", "Later this year", "A. Planner", "2014-03-01")


def _file(folder: Path, text: str) -> Path:
    path = folder / "accepted.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [_RIGHT, _RIGHT.replace("2014-03-01", '"2014-03-01"'), "\ufeff" + _RIGHT])
def test_loads(tmp_path: Path, text: str) -> None:
    assert load_acceptances(_file(tmp_path, text)) == (_ACCEPTED,)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("accepted: 5\n", "accepted"),
        ("accepted:\n  - {feature: F40, by: A, date: 2014-03-01}\n", "'reason' is lacking"),
        (_RIGHT.replace("2014-03-01", "March"), "'March' is not a date"),
        (_RIGHT.replace("2014-03-01", "5"), "'5' is not a date"),
        (_RIGHT.replace("by:", "from:"), "'by' is lacking"),
        (_RIGHT.replace("date:", "team: x, date:"), "unknown key"),
        ("accepted: [\n", "not valid YAML"),
        ("a: &x 1\nb: *x\n", "aliases"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(AcceptanceError) as caught:
        load_acceptances(_file(tmp_path, text))
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AcceptanceError, match="there is no such file"):
        load_acceptances(tmp_path / "none.yaml")


def test_marks_the_gap_and_nothing_else() -> None:
    (result,) = accepting([RESULT], [_ACCEPTED])
    assert [f.id for f in result.features if f.accepted] == ["F40"]
    assert "F40" not in [f.id for f in result.features if f.is_open]
    assert result.summary == RESULT.summary
    assert result.stale_acceptances == ()


@pytest.mark.parametrize("feature", ["F14", "F1000"])
def test_an_acceptance_of_what_is_no_gap_is_stale(feature: str) -> None:
    stale = replace(_ACCEPTED, feature=feature)
    (result,) = accepting([RESULT], [stale])
    assert result.stale_acceptances == (stale,)
    assert not [f for f in result.features if f.accepted]


def test_with_several_checklists_only_what_is_on_none_is_stale() -> None:
    other = replace(FLAWLESS, checklist=replace(FLAWLESS.checklist, id="other"))
    first, second = accepting([other, RESULT], [_ACCEPTED])
    assert (first.stale_acceptances, second.stale_acceptances) == ((), ())


def test_ids_in_any_case() -> None:
    (result,) = accepting([RESULT], [replace(_ACCEPTED, feature="f40")])
    assert [f.id for f in result.features if f.accepted] == ["F40"]
