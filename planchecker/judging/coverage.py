"""Features that cannot be judged, because the place where they would stand was not read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from planchecker.checklist import Checklist
from planchecker.matching.cues import CueMatcher
from planchecker.matching.language import analyse
from planchecker.plan import Block, BlockKind, Plan

_MOSTLY = 0.5  # with this share of the pages unread, silence means nothing
_FEW_WORDS = 20  # a section with no more than these says its part in what was not read


def unassessable(plan: Plan, checklist: Checklist) -> dict[str, str]:
    """Why a feature that was not found must not be called missing, by feature id.

    A feature is left open when most of the plan was not read, or when the section that holds
    something unread is headed by the feature's own vocabulary: an unread page, or an unread picture, chart or
    object that is all there is under its heading.
    """
    if not plan.unread:
        return {}
    pages = {skipped.page for skipped in plan.unread if skipped.page}
    if plan.pages and len(pages) >= _MOSTLY * plan.pages:
        reason = f"Not assessed: {len(pages)} of {plan.pages} pages could not be read."
        return {feature.id: reason for feature in checklist.features}
    matcher = CueMatcher(checklist)
    open_features: dict[str, str] = {}
    for where, heading in _unread_sections(plan):
        for (feature_id, _), hits in matcher.hits(analyse(heading)).items():
            if hits.cues or hits.hints:
                reason = f"Not assessed: {where} could not be read, and it stands under “{heading}”."
                open_features.setdefault(feature_id, reason)
    return open_features


def _unread_sections(plan: Plan) -> Iterator[tuple[str, str]]:
    """Each unread page, and each unread thing with next to no text beside it, with the heading it stands under."""
    headings = [block for block in plan.blocks if block.kind is BlockKind.HEADING and block.page]
    for skipped in plan.unread:
        if skipped.page is None:
            if under := _bare_section(plan, skipped.heading):
                yield skipped.where, under
            continue
        above = [heading for heading in headings if _page(heading) <= skipped.page]
        if above:
            yield skipped.where, " ".join((*above[-1].heading, above[-1].text))


def _bare_section(plan: Plan, heading: str) -> str:
    """A heading with those above it, where hardly a word stands under it; else ""."""
    for at, block in enumerate(plan.blocks):
        if block.kind is BlockKind.HEADING and heading and block.text == heading:
            section = takewhile(lambda below: below.kind is not BlockKind.HEADING, plan.blocks[at + 1 :])
            if sum(len(below.text.split()) for below in section) <= _FEW_WORDS:
                return " ".join((*block.heading, block.text))
    return ""


def _page(block: Block) -> int:
    return block.page or 0
