"""The nouns of the pack: what a reader of many plans is told, beside each plan's own result. No input or output."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from planchecker.comparison import Comparison
from planchecker.result import Decision, Verdict
from planchecker.triage.batch import Batch


@dataclass(frozen=True, slots=True)
class Quote:
    """What one plan, or the guidance, says in words that others use too.

    Attributes:
        owner: the plan's name, or the name of the guidance.
        label: how a reader knows the owner.
        page: page it begins on, counted from 1, or None.
        heading: the headings it stands under, outermost first.
        text: its own words.
    """

    owner: str
    label: str
    page: int | None
    heading: tuple[str, ...]
    text: str


class SharedWith(StrEnum):
    """Who a text is shared with; the most telling first."""

    PLANS = "plans"
    GUIDANCE = "guidance"
    MOST = "most plans"  # boilerplate


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that stands in several plans, or in a plan and the guidance, in nearly the same words.

    Attributes:
        kind: who it is shared with.
        words: number of its words.
        quotes: each owner's own words, the guidance first, then plans in the order of names.
        verbatim: True where all owners use exactly the same words.
    """

    kind: SharedWith
    words: int
    quotes: tuple[Quote, ...]
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """How much text two plans share, without what most plans share.

    Attributes:
        one, other: names of the plans.
        words: number of words of `one` that `other` has too.
        share_of_one, share_of_other: the shared text as a part of each plan's whole, 0 to 1.
        joint: True for plans of the same organisation or unit of planning, which may share text by right.
    """

    one: str
    other: str
    words: int
    share_of_one: float
    share_of_other: float
    joint: bool


@dataclass(frozen=True, slots=True)
class Drafts:
    """Two drafts of the same plan.

    Attributes:
        old, new: names of the files.
        share: part of the shorter one's text that stands in the other too, 0 to 1.
        why: why they are taken for drafts of one plan and in this order, in a sentence.
        comparison: what changed.
    """

    old: str
    new: str
    share: float
    why: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Missed:
    """A feature that many plans miss.

    Attributes:
        feature: its id.
        name: its short name.
        missing, partial, met: names of the plans by their standing verdict.
    """

    feature: str
    name: str
    missing: tuple[str, ...]
    partial: tuple[str, ...]
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A feature in which one plan stands alone.

    Attributes:
        feature: its id.
        name: its short name.
        plan: name of the plan that stands alone.
        verdict: MISSING where all others have something; MET where no other meets it.
        others: number of the other plans.
    """

    feature: str
    name: str
    plan: str
    verdict: Verdict
    others: int


@dataclass(frozen=True, slots=True)
class Attention:
    """How much a plan needs a reader, beside the others.

    Attributes:
        plan: its name.
        points: the more, the sooner it should be read; of no meaning outside this batch.
        why: the reasons in sentences, the weightiest first.
        first: ids of the features to read first in it.
        newer: name of a newer draft of the same plan, or "".
    """

    plan: str
    points: float
    why: tuple[str, ...]
    first: tuple[str, ...]
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A feature of a plan on which assessors differ; the verdict that was read last stands."""

    plan: str
    feature: str
    name: str
    decisions: tuple[Decision, ...]
    stands: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two assessors agree where both judged.

    Attributes:
        one, other: the assessors.
        judged: number of features of plans that both judged.
        agreed: number of those with the same verdict.
        kappa: Cohen's kappa, or None where both gave one and the same verdict throughout.
    """

    one: str
    other: str
    judged: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the assessors' verdicts.

    Attributes:
        taken: number of verdicts that stand in this batch.
        changed: number of those whose evidence is no longer what the assessor saw.
        agreements: every two assessors that judged the same.
        disagreements: every feature on which they differ.
        apart: lines on verdicts that could not be placed, each saying where it stands and why.
    """

    taken: int = 0
    changed: int = 0
    agreements: tuple[Agreement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the pack says.

    Attributes:
        batch: the plans; their evidence says where it is only an echo, and assessors' verdicts stand in it.
        ranking: every checked plan, the one that needs a reader most first; older drafts last.
        missed: the features by how many plans miss them, the most first.
        outliers: plans that stand alone.
        shared: texts that several plans have.
        sharing: which plans share how much.
        drafts: plans that are drafts of one another.
        judged: what became of the assessors' verdicts.
    """

    batch: Batch
    ranking: tuple[Attention, ...] = ()
    missed: tuple[Missed, ...] = ()
    outliers: tuple[Outlier, ...] = ()
    shared: tuple[SharedText, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    drafts: tuple[Drafts, ...] = ()
    judged: Judged = Judged()

    @property
    def labels(self) -> dict[str, str]:
        """How a reader knows each plan, by its name."""
        return labels_of(self.batch)


def labels_of(batch: Batch) -> dict[str, str]:
    """How a reader knows each plan; where several go by one label, their files' names tell them apart."""
    counts = Counter(entry.label for entry in batch.entries)
    return {
        entry.name: entry.label if counts[entry.label] == 1 else f"{entry.label} ({entry.name})"
        for entry in batch.entries
    }
