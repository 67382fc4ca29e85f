"""What the reports of a comparison say, and in what order, whatever their format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planchecker.comparison import Change, Comparison, Direction, Pair
from planchecker.reports.digest import clean, place, plan_name
from planchecker.result import Evidence, FeatureResult, Result, Verdict


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one kind under a heading, with a sentence about them."""

    title: str
    about: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One passage that is new, lost, moved or reworded.

    Attributes:
        label: what happened to it, in a word.
        texts: its words; where they changed, before and after.
        place: where it stands, or stood and stands.
    """

    label: str
    texts: tuple[str, ...]
    place: str


def title(comparison: Comparison) -> str:
    """The heading of a report."""
    names = [clean(plan_name(result)) for result in (comparison.old, comparison.new)]
    return f"What changed: {names[1]}" if names[0] == names[1] else f"What changed: {names[0]} to {names[1]}"


def headline(comparison: Comparison) -> str:
    """The counts in one sentence."""
    better, worse, same, unknown = (len(comparison.going(way)) for way in Direction)
    text = f"{_features(better)} better, {worse} worse, {same} the same"
    return f"{text}, {unknown} not comparable." if unknown else f"{text}."


def counts(comparison: Comparison) -> tuple[tuple[str, int, int], ...]:
    """For each verdict: its words, how often in the old draft, how often in the new."""
    old, new = comparison.old.summary, comparison.new.summary
    shown = (v for v in Verdict if v is not Verdict.NOT_ASSESSED or old[v] or new[v])
    return tuple((verdict.words, old[verdict], new[verdict]) for verdict in shown)


def sections(comparison: Comparison) -> tuple[Section, ...]:
    """The changes in the order in which they matter; empty sections are left out."""
    same = [change for change in comparison.going(Direction.SAME) if not change.is_quiet]
    found = (
        Section("Worse", "Look at these first: the new draft shows less.", comparison.going(Direction.WORSE)),
        Section("Better", "The new draft shows more.", comparison.going(Direction.BETTER)),
        Section("Same verdict, other evidence", "The passages behind these verdicts changed.", tuple(same)),
        Section(
            "Not comparable",
            "Not assessed, or not asked, on one side.",
            comparison.going(Direction.UNKNOWN),
        ),
    )
    return tuple(section for section in found if section.changes)


def unchanged(comparison: Comparison) -> str:
    """The ids of features about which nothing changed, with a count."""
    quiet = [change.id for change in comparison.changes if change.is_quiet]
    return f"Unchanged ({len(quiet)}): {', '.join(quiet)}." if quiet else ""


def verdicts(change: Change) -> str:
    """The verdicts of a feature: "partly met, now met"."""
    before, after = _verdict(change.old), _verdict(change.new)
    return before if before == after else f"{before}, now {after}"


def items(change: Change) -> Iterator[Item]:
    """What happened to the evidence for a feature."""
    for evidence in change.lost:
        yield Item("Lost", (clean(evidence.text),), clean(place(evidence)))
    for evidence in change.gained:
        yield Item("New", (clean(evidence.text),), clean(place(evidence)))
    for pair in change.reworded:
        yield Item("Reworded", (clean(pair.old.text), clean(pair.new.text)), clean(place(pair.new)))
    for pair in change.moved:
        yield _moved(pair)


def warnings(comparison: Comparison) -> tuple[str, ...]:
    """What a reader must know first."""
    return tuple(
        clean(text)
        for text in (*comparison.notices, *_unread(comparison.old, "old"), *_unread(comparison.new, "new"))
    )


def gaps(change: Change) -> tuple[str, ...]:
    """What is lacking in the new draft, where it got worse or is still short."""
    return tuple(clean(gap) for gap in change.new.gaps) if change.new else ()


def _moved(pair: Pair) -> Item:
    texts = (pair.old.text, pair.new.text) if pair.reworded else (pair.new.text,)
    label = "Moved and reworded" if pair.reworded else "Moved"
    where = f"From {_inner(pair.old)} to {_inner(pair.new)}"
    return Item(label, tuple(clean(text) for text in texts), clean(where))


def _inner(evidence: Evidence) -> str:
    text = place(evidence)
    return text[:1].lower() + text[1:] if text.startswith(("Page", "No ")) else f"“{text}”"


def _unread(result: Result, which: str) -> Iterator[str]:
    if result.plan.unread:
        yield f"The {which} draft was only partly read ({len(result.plan.unread)} places were not)."


def _verdict(feature: FeatureResult | None) -> str:
    return feature.verdict.words.lower() if feature else "not asked"


def _features(number: int) -> str:
    return "1 feature" if number == 1 else f"{number} features"
