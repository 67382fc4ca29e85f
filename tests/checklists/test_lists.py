"""The lists beside the 47 features: whole, honest, and told apart by a plan that meets them and one that does not."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from planchecker.checklist import Checklist, Feature, Part, Provenance
from planchecker.checklist_file import DEFAULT_CHECKLIST, installed_checklists, load_checklist
from planchecker.matching.cues import CueMatcher
from planchecker.matching.language import analyse
from planchecker.matching.models import encoder, reader
from planchecker.pipeline import check, check_all
from planchecker.reading import read
from planchecker.result import Result, Verdict

HERE = Path(__file__).parent
OTHERS = [identifier for identifier in installed_checklists() if identifier != DEFAULT_CHECKLIST]
UNRELATED = sorted((HERE / "unrelated").glob("*.md"))


@cache
def loaded(identifier: str) -> Checklist:
    return load_checklist(identifier)


OWN = [
    pytest.param(identifier, feature, part, id=f"{identifier} {feature.id}{part.id}")
    for identifier in OTHERS
    for feature in loaded(identifier).features
    if not feature.same_as
    for part in feature.parts
]
FEATURES = [
    pytest.param(identifier, feature, id=f"{identifier} {feature.id}")
    for identifier in OTHERS
    for feature in loaded(identifier).features
]


def test_the_lists_that_plans_were_held_to_are_here() -> None:
    assert set(OTHERS) >= {
        "any-town-2014",
        "better-care-fund-2015",
        "ccg-assurance-2013",
        "ccg-assurance-interim-2013",
        "ccg-authorisation-2012",
        "commissioning-plan-statutory",
        "financial-planning-2014",
        "joint-forward-plan-icb",
        "seven-ambitions-2014",
        "six-characteristics-2014",
    }


@pytest.mark.parametrize("identifier", OTHERS)
def test_each_says_what_it_is_and_how_sure(identifier: str) -> None:
    checklist = loaded(identifier)
    assert checklist.version != "0"
    assert len(checklist.about.split()) >= 30
    assert any(word in checklist.about for word in ("paraphrase", "ours", "recollection"))
    assert checklist.national_phrases


@pytest.mark.parametrize("identifier", OTHERS)
def test_names_tell_features_apart(identifier: str) -> None:
    names = Counter(feature.name for feature in loaded(identifier).features)
    assert names.most_common(1)[0][1] == 1


@pytest.mark.parametrize(("identifier", "feature"), FEATURES)
def test_every_feature_has_its_source_and_certainty(identifier: str, feature: Feature) -> None:
    assert feature.provenance in (Provenance.QUOTED, Provenance.RECALLED, Provenance.RECONSTRUCTED)
    assert feature.sources
    assert feature.requirement.endswith(".")


@pytest.mark.parametrize(("identifier", "feature"), FEATURES)
def test_what_is_quoted_names_where_its_wording_was_seen(identifier: str, feature: Feature) -> None:
    if feature.provenance is Provenance.QUOTED:
        seen = " ".join(feature.sources)
        assert any(word in seen for word in ("wording", "quoted", '"')), seen
    else:
        assert "'" not in feature.requirement.replace("'s ", "").replace("s' ", "")


@pytest.mark.parametrize(("identifier", "feature", "part"), OWN)
def test_every_part_is_authored_in_full(identifier: str, feature: Feature, part: Part) -> None:
    assert part.cues and part.hints and part.counter_cues and part.specifics
    assert part.advice.endswith(".")
    exemplars = part.exemplars
    assert exemplars.met and exemplars.partial and exemplars.misleading
    sentences = (*exemplars.met, *exemplars.partial, *exemplars.misleading)
    assert len(set(sentences)) == len(sentences)
    for terms in ([cue.term for cue in part.cues], part.hints, part.counter_cues):
        assert len(set(terms)) == len(terms)
    assert not set(part.hints) & {cue.term for cue in part.cues}


@pytest.mark.parametrize("identifier", OTHERS)
def test_cues_hit_the_exemplars_of_their_own_part_and_no_misleading_one(identifier: str) -> None:
    checklist = loaded(identifier)
    matcher = CueMatcher(checklist)
    silent, misled = [], []
    for feature in checklist.features:
        for part in feature.parts if not feature.same_as else ():
            key = (feature.id, part.id)
            met = [matcher.hits(analyse(text)).get(key) for text in part.exemplars.met]
            if not all(hits and hits.cues for hits in met):
                silent.append(key)
            for text in part.exemplars.misleading:
                hits = matcher.hits(analyse(text)).get(key)
                if hits and hits.cues:
                    misled.append((*key, hits.cues))
    assert (silent, misled) == ([], [])


def test_no_figure_is_asked_for_ambitions_four_and_seven() -> None:
    for identifier in ("AMB4", "AMB7"):
        feature = loaded("seven-ambitions-2014").feature(identifier)
        assert feature is not None
        assert not {"number", "percent"} & {kind.value for part in feature.parts for kind in part.specifics}
        assert "No figure is asked" in feature.requirement


def test_the_two_assurance_frameworks_are_kept_apart() -> None:
    assert len(list(loaded("ccg-assurance-interim-2013").features)) == 5
    assert len(list(loaded("ccg-assurance-2013").features)) == 6


def shown(result: Result) -> float:
    """The share of features that are met or partly met."""
    verdicts = [feature.verdict for feature in result.features]
    return sum(verdict in (Verdict.MET, Verdict.PARTIAL) for verdict in verdicts) / len(verdicts)


needs_models = pytest.mark.skipif(
    encoder() is None or reader() is None, reason="this installation lacks a model"
)


@pytest.mark.slow
@needs_models
@pytest.mark.parametrize("identifier", OTHERS)
def test_a_plan_that_meets_it_is_seen_to(identifier: str) -> None:
    assert shown(check(read(HERE / "plans" / f"{identifier}.md"), loaded(identifier))) >= 0.7


@pytest.mark.slow
@needs_models
@pytest.mark.parametrize("path", UNRELATED, ids=lambda path: path.stem)
def test_a_plan_about_something_else_meets_none(path: Path) -> None:
    results = check_all(read(path), [loaded(identifier) for identifier in OTHERS])
    assert {r.checklist.id: shown(r) for r in results if shown(r) > 1 / 3} == {}
    assert sum(map(shown, results)) / len(results) <= 0.08
