"""Assessors' verdicts: they stand, follow a new draft, say when the evidence changed, and are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planchecker.result import Verdict
from planchecker.triage.batch import Batch
from planchecker.triage.exemplar_file import exemplars
from planchecker.triage.judgement import Judgement, as_seen, evidence_digest, kappa, merged
from planchecker.triage.overview import Overview
from planchecker.triage.survey import Guidance, survey
from tests.triage.many import CHECKLIST, COPIED, M, N, P, X, batch, entry, own

PENN = entry("penn.docx", (M, P, N), organisation="NHS Penn CCG")
TARN = entry("tarn.docx", (M, M, N), organisation="NHS Tarn CCG")


def judged(plan: str, feature: str, verdict: Verdict, by: str = "AB", **more: str) -> Judgement:
    return Judgement(plan, feature, verdict, by, **more)


def looked_at(plans: Batch, *judgements: Judgement) -> Overview:
    return survey(plans, Guidance(CHECKLIST), as_seen(merged((), judgements), plans))


def feature_of(overview: Overview, plan: str, feature: str):  # type: ignore[no-untyped-def]
    result = next(one.result for one in overview.batch.checked if one.name == plan)
    assert result is not None
    return next(one for one in result.features if one.id == feature)


def test_an_assessors_verdict_stands_beside_planchecker_s_own() -> None:
    overview = looked_at(batch(PENN, TARN), judged("penn.docx", "f03", M, note="page 4, in the table"))
    feature = feature_of(overview, "penn.docx", "F03")
    assert (feature.verdict, feature.standing) == (N, M)
    assert (feature.decisions[0].by, feature.decisions[0].note) == ("AB", "page 4, in the table")
    assert overview.judged.taken == 1
    missed = next(one for one in overview.missed if one.feature == "F03")
    assert missed.met == ("penn.docx",)
    assert "Assessors have judged 1 feature of it." in next(
        one.why for one in overview.ranking if one.plan == "penn.docx"
    )


def test_a_verdict_survives_evidence_that_changed_and_says_so() -> None:
    seen = evidence_digest(feature_of(looked_at(batch(PENN)), "penn.docx", "F01"))
    same = looked_at(batch(PENN), judged("penn.docx", "F01", P, seen=seen))
    assert not feature_of(same, "penn.docx", "F01").decisions[0].changed
    rewritten = entry("penn.docx", (M, P, N), texts=(own("other"), own("words")))
    later = looked_at(batch(rewritten), judged("penn.docx", "F01", P, seen=seen))
    assert feature_of(later, "penn.docx", "F01").decisions[0].changed
    assert later.judged.changed == 1


def test_marks_of_echoes_and_pages_do_not_change_what_was_seen() -> None:
    feature = feature_of(looked_at(batch(PENN)), "penn.docx", "F01")
    marked = replace(
        feature, evidence=tuple(replace(e, page=99, weakened_by=("also in X",)) for e in feature.evidence)
    )
    assert evidence_digest(marked) == evidence_digest(feature)


def test_verdicts_pass_on_to_a_new_draft_but_not_back() -> None:
    texts = tuple(own("long", n) for n in range(5))
    old = entry("v1.docx", (M, P, N), texts, "NHS Penn CCG", date="2014-02")
    new = entry("v2.docx", (M, P, N), (own("new", 7), *texts[1:]), "NHS Penn CCG", date="2014-04")
    overview = looked_at(batch(old, new), judged("v1.docx", "F01", P), judged("v2.docx", "F03", M))
    assert feature_of(overview, "v2.docx", "F01").decisions[0].changed
    assert feature_of(overview, "v1.docx", "F01").standing is P
    assert feature_of(overview, "v1.docx", "F03").decisions == ()


def test_a_plan_under_another_name_is_found_by_its_organisation() -> None:
    gone = judged("old name.docx", "F01", P, organisation="NHS Penn CCG")
    assert feature_of(looked_at(batch(PENN, TARN), gone), "penn.docx", "F01").standing is P


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (
            judged("gone.docx", "F01", M, where="a.csv, row 2"),
            "a.csv, row 2: there is no checked plan “gone.docx”",
        ),
        (judged("penn.docx", "F99", M), "the checklist has no feature “F99”"),
    ],
)
def test_what_cannot_be_placed_is_listed(judgement: Judgement, why: str) -> None:
    overview = looked_at(batch(PENN), judgement)
    assert overview.judged.taken == 0
    (line,) = overview.judged.apart
    assert why in line


def test_two_assessors_are_compared_and_the_later_verdict_stands() -> None:
    overview = looked_at(
        batch(PENN, TARN),
        judged("penn.docx", "F01", M, "AB"),
        judged("penn.docx", "F02", M, "AB"),
        judged("penn.docx", "F01", M, "CD"),
        judged("penn.docx", "F02", N, "CD", note="no figure"),
        judged("tarn.docx", "F01", M, "CD"),
    )
    (agreement,) = overview.judged.agreements
    assert (agreement.one, agreement.other, agreement.judged, agreement.agreed) == ("AB", "CD", 2, 1)
    (differing,) = overview.judged.disagreements
    assert (differing.plan, differing.feature, differing.stands) == ("penn.docx", "F02", N)
    assert [(d.by, d.verdict) for d in differing.decisions] == [("AB", M), ("CD", N)]


def test_kappa_is_cohens() -> None:
    # 50 pairs of a textbook table: yes-yes 20, yes-no 5, no-yes 10, no-no 15; kappa is 0.4.
    pairs = [(M, M)] * 20 + [(M, N)] * 5 + [(N, M)] * 10 + [(N, N)] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(M, M)] * 3) is None
    assert kappa([(M, N), (N, M)]) == pytest.approx(-1)


def test_a_verdict_that_comes_back_unchanged_keeps_its_place_and_what_was_seen() -> None:
    kept = (judged("a", "F01", M, seen="1"), judged("a", "F01", N, "CD", seen="1"))
    assert merged(kept, [judged("a", "F01", M, seen="2")]) == kept
    fresh = judged("a", "F01", M, note="seen again", seen="2")
    assert merged(kept, [fresh]) == (kept[1], fresh)


def test_confirmed_evidence_makes_exemplars_and_nothing_else_does() -> None:
    plans = batch(
        entry("a.docx", (M, P, P), texts=(own("a"), own("b"), COPIED)),
        entry("b.docx", (N, N, M), texts=(own("c"), own("d"), COPIED)),
        entry("c.docx", (M, M, M)),
        entry("d.docx", (P, P, P)),
    )
    overview = looked_at(
        plans,
        judged("d.docx", "F01", M),  # found elsewhere, perhaps
        judged("a.docx", "F01", M),
        judged("a.docx", "F02", N),  # what was quoted misleads
        judged("a.docx", "F03", M),  # an echo
        judged("b.docx", "F01", X),
        judged("c.docx", "F01", M, "AB"),
        judged("c.docx", "F01", N, "CD"),  # they differ
        judged("c.docx", "F02", M, seen="something else"),
    )
    found = list(exemplars(overview.batch))
    assert [(one["feature"], one["label"], one["text"]) for one in found] == [
        ("F01", "met", own("a")),
        ("F02", "none", own("b")),
    ]
    assert found[0] | {"text": ""} == {
        "feature": "F01", "label": "met", "parts": {"a": "met"}, "kind": "confirmed", "heading": "Chapter",
        "text": "", "plan": "a.docx", "by": ["AB"],
    }  # fmt: skip
