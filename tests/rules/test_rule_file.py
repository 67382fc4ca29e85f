"""Files of rules: the installed ones are sound, and a wrong one is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from planchecker.errors import ExitCode, RuleFileError
from planchecker.rules.rule import Bound, FigureAsked
from planchecker.rules.rule_file import installed_rules, load_rules

ASKS = '{figures: [{figure: 1, unit: "%", bound: at least, tolerance: 0.05}]}'
GOOD = f"""\
id: ours
title: Our rules
measures:
  - {{id: surplus, name: surplus, marks: [surplus]}}
rules:
  - id: surplus
    title: Surplus
    rule: Plan a surplus of 1 per cent.
    measure: surplus
    asks: {ASKS}
    source: our auditors
    certainty: sourced
"""


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ids_are_unique_over_all_installed_files() -> None:
    ids = [rule.id for book in installed_rules() for rule in book.rules]
    assert len(ids) == len(set(ids))
    assert len(ids) > 40


def test_a_file_becomes_rules(tmp_path: Path) -> None:
    (rule,) = load_rules(_file(tmp_path, GOOD)).rules
    assert rule.measure.marks == ("surplus",)
    assert rule.asked == (FigureAsked(1.0, 1.0, "%", Bound.AT_LEAST, 0.05),)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("measure: surplus", "measure: deficit", 9, "there is no measure 'deficit'"),
        ("certainty: sourced", "certainty: sure", 12, "'sure' is not one of"),
        ('unit: "%"', "unit: furlongs", 10, "furlongs"),
        ("    source: our auditors\n", "", 6, "'source' is lacking"),
        ("    title: Surplus\n", "    title: Surplus\n    colour: red\n", 8, "unknown key"),
        (ASKS, '{by: "2014-02-30"}', 10, "no such day"),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_with_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(RuleFileError, match=said) as caught:
        load_rules(_file(tmp_path, GOOD.replace(old, new)))
    assert caught.value.line == line
    assert caught.value.exit_code is ExitCode.BAD_CHECKLIST


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    again = GOOD + GOOD[GOOD.index("  - id: surplus\n    title") :]
    with pytest.raises(RuleFileError, match="more than once"):
        load_rules(_file(tmp_path, again))
