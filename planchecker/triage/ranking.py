"""Which plans need a reader first, and why; what most plans miss; where one plan stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from planchecker.reports.digest import listed, looks_unsure, not_read
from planchecker.result import FeatureResult, Result, Verdict
from planchecker.triage.echo import is_only_echo
from planchecker.triage.overview import Attention, Missed, Outlier

# Weights are a judgement, not a measurement: a feature without evidence asks for more reading than one that
# falls short, and both for more where the other plans show that it can be met.
_SHORT = {Verdict.MISSING: 1.0, Verdict.NOT_ASSESSED: 0.5, Verdict.PARTIAL: 0.4, Verdict.MET: 0.0}
_ECHO = 0.5  # a feature that is met in words that stand elsewhere too
_UNREAD = 2.0  # parts of the plan that nobody has looked at yet
_MOST = 0.6  # share of the other plans
_FIRST = 6  # features to read first
_NAMED = 4  # features that a sentence names
_LEAST_PLANS = 4  # of fewer, none stands alone


class _Field:
    """The plans side by side; older drafts do not count."""

    def __init__(self, results: Mapping[str, Result], newer: Mapping[str, str]) -> None:
        self.results = {name: result for name, result in results.items() if name not in newer}
        self.newer = newer
        self.names = {f.id: f.name for result in results.values() for f in result.features}
        self.verdicts: dict[str, dict[str, Verdict]] = {feature: {} for feature in self.names}
        for name, result in self.results.items():
            for feature in result.features:
                self.verdicts[feature.id][name] = feature.standing
        self.missing = [len(_missing(result)) for result in self.results.values()] or [0]

    def share_met(self, feature: str, plan: str) -> float:
        """Share of the other plans that meet a feature, 0 to 1."""
        others = [verdict for name, verdict in self.verdicts[feature].items() if name != plan]
        return sum(verdict is Verdict.MET for verdict in others) / len(others) if others else 0.0


def ranking(results: Mapping[str, Result], newer: Mapping[str, str]) -> tuple[Attention, ...]:
    """Every plan, the one that needs a reader most first; older drafts last.

    Args:
        results: every checked plan's, by name.
        newer: for each older draft the name of the newest.
    """
    field = _Field(results, newer)
    found = [_attention(name, result, field) for name, result in results.items()]
    return tuple(sorted(found, key=lambda one: (bool(one.newer), -one.points, one.plan)))


def missed(results: Mapping[str, Result], newer: Mapping[str, str]) -> tuple[Missed, ...]:
    """The features by how many plans miss them, the most first."""
    field = _Field(results, newer)
    found = []
    for feature_id, verdicts in field.verdicts.items():
        name = field.names[feature_id]
        by = {wanted: tuple(n for n, v in verdicts.items() if v is wanted) for wanted in Verdict}
        found.append(Missed(feature_id, name, by[Verdict.MISSING], by[Verdict.PARTIAL], by[Verdict.MET]))
    return tuple(sorted(found, key=lambda m: (-len(m.missing), -len(m.partial), m.feature)))


def outliers(results: Mapping[str, Result], newer: Mapping[str, str]) -> tuple[Outlier, ...]:
    """Where one plan is alone in missing a feature, or alone in meeting it."""
    field = _Field(results, newer)
    found = []
    for feature_id, verdicts in field.verdicts.items():
        name = field.names[feature_id]
        if len(verdicts) < _LEAST_PLANS:
            continue
        for alone in (Verdict.MISSING, Verdict.MET):
            those = [plan for plan, verdict in verdicts.items() if verdict is alone]
            if len(those) == 1:
                found.append(Outlier(feature_id, name, those[0], alone, len(verdicts) - 1))
    return tuple(sorted(found, key=lambda o: (o.verdict is Verdict.MET, o.plan, o.feature)))


def _attention(name: str, result: Result, field: _Field) -> Attention:
    met_by = {feature.id: field.share_met(feature.id, name) for feature in result.features}
    weights = {f.id: _SHORT[f.standing] * (1 + met_by[f.id]) for f in result.features}
    points = sum(weights.values()) + _ECHO * len(_echoes(result)) + (_UNREAD if result.plan.unread else 0)
    order = sorted((f for f in result.features if weights[f.id]), key=lambda f: (-weights[f.id], f.id))
    return Attention(
        plan=name,
        points=round(points, 2),
        why=tuple(_why(name, result, met_by, field)),
        first=tuple(feature.id for feature in order[:_FIRST]),
        newer=field.newer.get(name, ""),
    )


def _missing(result: Result) -> list[FeatureResult]:
    return [feature for feature in result.features if feature.standing is Verdict.MISSING]


def _echoes(result: Result) -> list[FeatureResult]:
    """Features that planchecker alone calls met, in words that stand elsewhere too."""
    return [f for f in result.features if f.standing is Verdict.MET and is_only_echo(f) and not f.decisions]


def _why(name: str, result: Result, met_by: Mapping[str, float], field: _Field) -> Iterator[str]:
    features = list(result.features)
    missing = _missing(result)
    if name in field.newer:
        yield f"{field.newer[name]} is a newer draft of the same plan; read that one."
    yield _counts(result, field)
    if lags := [f for f in missing if met_by[f.id] >= _MOST]:
        yield f"Most other plans meet {_named(lags)}; here nothing was found."
    if empty := [f"{e.id} {e.name}" for e in result.elements if all(f in missing for f in e.features)]:
        whole = "a whole element" if len(empty) == 1 else f"{len(empty)} whole elements"
        yield f"Nothing was found for {whole}: {_some(empty)}."
    if echoes := _echoes(result):
        yield f"All that is quoted for {_named(echoes)} stands elsewhere too, and says little of this place."
    if result.plan.unread:
        yield f"Not all of it could be read: {_some(list(not_read(result.plan)), 2)}."
    if unsure := [f for f in features if looks_unsure(f) and not f.decisions]:
        are = "is" if len(unsure) == 1 else "are"
        yield f"{_counted(len(unsure), 'verdict')} {are} too uncertain to lean on."
    yield from _assessed(features)


def _counts(result: Result, field: _Field) -> str:
    missing, total = len(_missing(result)), sum(1 for _ in result.features)
    partial = sum(feature.standing is Verdict.PARTIAL for feature in result.features)
    middle = f"{median(field.missing):g} in the middle plan here"
    beside = (
        f"no plan here has more; {middle}"
        if missing == max(field.missing) > median(field.missing)
        else middle
    )
    falling = f"{partial} {'falls' if partial == 1 else 'fall'} short" if partial else ""
    if not missing:
        return f"Something was found for all {total} features{f'; {falling}' if falling else ''}."
    tail = f", and {falling}" if falling else ""
    return f"No evidence was found for {missing} of {total} features ({beside}){tail}."


def _assessed(features: list[FeatureResult]) -> Iterator[str]:
    judged = [f for f in features if f.decisions]
    if judged:
        yield f"Assessors have judged {_counted(len(judged), 'feature')} of it."
    if changed := [f for f in judged if f.decisions[-1].changed]:
        yield f"The evidence for {_named(changed)} has changed since the assessor saw it."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _named(features: list[FeatureResult]) -> str:
    return _some([f"{feature.id} {feature.name}" for feature in features])


def _some(items: list[str], most: int = _NAMED) -> str:
    more = len(items) - most
    return listed(items if more <= 0 else [*items[:most], f"{more} more"])
