"""A small share of `benchmarks/fuzzing.py`: spoiled inputs get one sentence and the right exit code."""

from __future__ import annotations

import warnings

import pytest

from benchmarks.fuzzing import MAKERS, tried

_QUICK = [kind for kind in MAKERS if kind not in ("word checked", "pdf annotated", "pdf")]


@pytest.mark.parametrize("kind", _QUICK)
def test_a_spoiled_input_is_taken_or_refused_in_a_sentence(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's own word on names that a spoiled package gives twice
        outcomes = [tried(kind, number) for number in range(6)]
    assert [one for one in outcomes if one.fault] == []


def test_a_fault_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("planchecker.triage.plans_csv.load_plans_csv", broken)
    assert "ZeroDivisionError" in tried("plans.csv", 0).fault
