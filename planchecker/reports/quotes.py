"""Which passages of the plan a result quotes, by whom, and where in the plan's text they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planchecker.plan import Block, Plan
from planchecker.result import Evidence, Result, Verdict
from planchecker.scrutiny import Quote

Key = tuple[int, str]
"""What names a quoted passage: the number of its block and its words."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One that quotes a passage.

    Attributes:
        link: the fragment that leads to it.
        label: its id or what it is, such as "F23" or "Rule".
        title: its name.
        kind: a verdict, "rule" or "slip".
    """

    link: str
    label: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of the plan that is quoted.

    Attributes:
        anchor: the fragment that leads to it in the plan's text, such as "passage-12".
        block: number of its block.
        start: where it begins in the block's text.
        end: where it ends.
        cited: those that quote it.
    """

    anchor: str
    block: int
    start: int
    end: int
    cited: tuple[Citation, ...]

    @property
    def kind(self) -> str:
        """The kind that it is shown as: the best verdict that it bears, else what quotes it."""
        kinds = {citation.kind for citation in self.cited}
        ranks = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING, "rule", "slip")
        return next((kind for kind in ranks if kind in kinds), "slip")


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quoted passages that stand in the plan, by block and by what quotes them."""

    blocks: Mapping[int, tuple[Quoted, ...]] = field(default_factory=dict)
    anchors: Mapping[Key, str] = field(default_factory=dict)

    def anchor(self, quote: Evidence | Quote) -> str:
        """The fragment that leads to a quote in the plan's text, or "" where it does not stand there."""
        return self.anchors.get((quote.block, quote.text), "")


def quotes_in(plan: Plan, result: Result, links: Mapping[str, str]) -> Quotes:
    """The passages that a result quotes, each with its place in the plan.

    Args:
        plan: the plan that was judged.
        result: what was found.
        links: the fragment of each feature, rule and slip.
    """
    cited: dict[Key, list[Citation]] = {}
    for quote, citation in _citations(result, links):
        cited.setdefault((quote.block, quote.text), []).append(citation)
    blocks = {block.number: block for block in plan.blocks}
    spans = {(block, *_span(blocks[block], text)): (block, text) for block, text in cited if block in blocks}
    found: dict[int, list[Quoted]] = {}
    anchors: dict[Key, str] = {}
    for number, (block, start, end) in enumerate(sorted(spans), start=1):
        keys = [key for key in cited if key[0] == block and _span(blocks[block], key[1]) == (start, end)]
        who = tuple(dict.fromkeys(one for key in keys for one in cited[key]))
        found.setdefault(block, []).append(Quoted(f"passage-{number}", block, start, end, who))
        anchors.update(dict.fromkeys(keys, f"passage-{number}"))
    return Quotes({block: tuple(quoted) for block, quoted in found.items()}, anchors)


def _citations(result: Result, links: Mapping[str, str]) -> Iterator[tuple[Evidence | Quote, Citation]]:
    for feature in result.features:
        for evidence in feature.evidence:
            yield evidence, Citation(links[feature.id], feature.id, feature.name, feature.verdict.value)
    scrutiny = result.scrutiny
    for number, rule in enumerate(scrutiny.rules if scrutiny else (), start=1):
        for quote in rule.quotes:
            yield quote, Citation(f"rule-{number}", "Rule", rule.title, "rule")
    for number, slip in enumerate(scrutiny.slips if scrutiny else (), start=1):
        for quote in slip.quotes:
            yield quote, Citation(f"slip-{number}", "Check", slip.kind, "slip")


def _span(block: Block, text: str) -> tuple[int, int]:
    """Where the words stand in the block; all of it where they were put together from its parts."""
    start = block.text.find(text)
    if text and start >= 0:
        return start, start + len(text)
    words = re.search(r"\s+".join(map(re.escape, text.split())), block.text) if text.strip() else None
    return words.span() if words else (0, len(block.text))
