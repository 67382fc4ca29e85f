"""What changed between two versions of a checklist."""

from __future__ import annotations

from dataclasses import replace

from planchecker.authoring.changes import Change, ChangeKind, changes
from planchecker.checklist import Checklist, Cue, Element, Feature, Part, Provenance

A = Feature("R1", "One", "Say who leads the work.", (Part("a", "Who leads"),))
B = Feature("R2", "Two", "Say how fishing boats are insured.", (Part("a", "How boats are insured"),))


def of(*features: Feature) -> Checklist:
    return Checklist("mine", "1", "Mine", (Element("E", "All", features),))


def test_nothing_changed() -> None:
    assert changes(of(A, B), of(A, B)) == ()


def test_added_and_removed() -> None:
    assert changes(of(A), of(B)) == (
        Change(ChangeKind.ADDED, "R2", after=B.requirement),
        Change(ChangeKind.REMOVED, "R1", before=A.requirement),
    )


def test_reworded() -> None:
    new = replace(A, requirement="Say who leads and pays.")
    assert changes(of(A), of(new)) == (Change(ChangeKind.REWORDED, "R1", A.requirement, new.requirement),)


def test_another_id_for_the_same_text_is_no_removal() -> None:
    assert changes(of(A, B), of(replace(A, id="P7"), B)) == (Change(ChangeKind.RENUMBERED, "P7", "R1", "P7"),)


def test_the_case_of_an_id_is_another_id() -> None:
    assert changes(of(A), of(replace(A, id="r1"))) == (Change(ChangeKind.RENUMBERED, "r1", "R1", "r1"),)


def test_provenance() -> None:
    new = replace(A, provenance=Provenance.QUOTED)
    assert changes(of(A), of(new)) == (Change(ChangeKind.PROVENANCE, "R1", "unstated", "quoted"),)


def test_parts_and_their_vocabulary() -> None:
    split = replace(A, parts=(Part("a", "Who leads"), Part("b", "Who pays")))
    assert [c.kind for c in changes(of(A), of(split))] == [ChangeKind.PARTS]
    cued = replace(A, parts=(Part("a", "Who leads", (Cue("led by"),)),))
    assert [c.kind for c in changes(of(A), of(cued))] == [ChangeKind.VOCABULARY]
