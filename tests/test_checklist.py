"""The checklist noun."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from planchecker.checklist import Checklist, Provenance
from tests.support import checklist_of, part


def test_features_come_in_the_order_of_their_elements(everyone_counts: Checklist) -> None:
    in_order = [f for element in everyone_counts.elements for f in element.features]
    assert list(everyone_counts.features) == in_order


@pytest.mark.parametrize("written", ["F23", "f23"])
def test_a_feature_is_found_by_its_id_in_any_case(everyone_counts: Checklist, written: str) -> None:
    found = everyone_counts.feature(written)
    assert found is not None
    assert found.id == "F23"


@pytest.mark.parametrize("written", ["F48", "", "23", "E01"])
def test_what_is_no_feature_is_none(everyone_counts: Checklist, written: str) -> None:
    assert everyone_counts.feature(written) is None


@pytest.mark.parametrize("provenance", Provenance)
def test_every_provenance_says_what_it_means(provenance: Provenance) -> None:
    assert provenance.meaning.endswith(".")
    assert len(provenance.meaning.split()) >= 4


def test_meanings_differ() -> None:
    assert len({provenance.meaning for provenance in Provenance}) == len(Provenance)


def test_a_checklist_cannot_be_changed() -> None:
    checklist = checklist_of(part("Who leads it"))
    with pytest.raises(FrozenInstanceError):
        checklist.title = "Another"  # type: ignore[misc]


def test_equal_checklists_are_equal() -> None:
    assert checklist_of(part("Who leads it")) == checklist_of(part("Who leads it"))
