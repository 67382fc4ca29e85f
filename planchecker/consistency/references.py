"""Cross-references to sections, appendices, tables, figures and pages that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from planchecker.consistency.places import quote
from planchecker.consistency.words import pattern, words
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutiny import Severity, Slip

NO_SUCH_PLACE = "reference to nothing"

_KINDS = {"section": "section", "sections": "section", "sec": "section", "paragraph": "section",
          "paragraphs": "section", "para": "section", "chapter": "chapter", "chapters": "chapter",
          "part": "part", "parts": "part", "appendix": "appendix", "appendices": "appendix", "annex": "annex",
          "annexe": "annex", "annexes": "annex", "table": "table", "tables": "table", "figure": "figure",
          "figures": "figure", "fig": "figure", "figs": "figure"}  # fmt: skip
_LABEL = r"(?:[A-Z]\d{0,2}|\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[IVX]{1,5})(?!\w|\.\d|['’]s|,\d|%)"
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_REFERENCE = re.compile(
    rf"\b(?P<kind>(?i:{_KIND}))(?:(?<=fig|sec)\.|(?<=para)\.)? (?P<first>{_LABEL})"
    rf"(?P<more>(?:(?:, | and | or | & |, and ){_LABEL})*)"
)
_CAN_BE = re.compile(r"sec|para|chapter|part|append|annex|table|fig|page", re.I)
_NUMBERED = re.compile(
    rf"[\s<(\[]*(?:(?P<kind>(?i:{_KIND}))\b[.: ]*)?"
    rf"(?P<label>{_LABEL}|\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}(?=[A-Z]|\.(?!\d)))"
)
_PAGE = re.compile(r"\b(?:see|on|at|to) (?:page|p\.) (?P<page>\d{1,4})\b", re.I)
_CAPTION = 300  # letters
_MOST = 200  # references that are looked up in one block
_NAMES = {"annex": ("annex", "appendix"), "appendix": ("appendix", "annex"), "section": ("section", "chapter", "part"),
          "chapter": ("chapter", "section", "part"), "part": ("part", "section", "chapter")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Targets:
    """The places of a plan that a reference can mean, by kind: headings "", captions and the like by name."""

    labels: dict[str, frozenset[str]]

    def known(self, kind: str) -> bool:
        """Whether the plan numbers such places at all; else the numbers may be lost in reading."""
        return any(self.labels.get(name) for name in (*_NAMES.get(kind, (kind,)), *self._plain(kind)))

    def has(self, kind: str, label: str) -> bool:
        """Whether there is such a place, or one inside it."""
        names = (*_NAMES.get(kind, (kind,)), *self._plain(kind))
        return any(label in self.labels.get(name, ()) for name in names)

    @staticmethod
    def _plain(kind: str) -> tuple[str, ...]:
        return ("",) if kind in ("section", "chapter", "part") else ()


def references(plan: Plan) -> Iterator[Slip]:
    """References to numbered places of this plan that it does not have; other documents' are left alone."""
    targets = _targets(plan)
    for block in plan.blocks:
        if block.kind is BlockKind.HEADING or not _CAN_BE.search(block.text):
            continue
        for match in islice(_REFERENCE.finditer(block.text), _MOST):
            missing = [label for label in _labels(match) if _lacks(targets, block, match, label)]
            if missing:
                # The captions of charts in a PDF are often part of the picture.
                kind = _KINDS[match["kind"].lower()]
                in_picture = plan.format == "pdf" and kind in ("figure", "table")
                unsure = in_picture or not targets.known(kind)
                yield _slip(block, match, missing, unsure)
                break
        yield from _pages(plan, block)


def _slip(block: Block, match: re.Match[str], missing: list[str], unsure: bool) -> Slip:
    kind = _KINDS[match["kind"].lower()]
    message = (
        f"The plan has no {kind} {' or '.join(missing)} that could be found: mend the reference, or name the "
        "document that it means."
    )
    return Slip(NO_SUCH_PLACE, Severity.MEDIUM, message, (quote(block, *match.span()),), quiet=unsure)


def _pages(plan: Plan, block: Block) -> Iterator[Slip]:
    for match in _PAGE.finditer(block.text) if plan.pages else ():
        if int(match["page"]) > (plan.pages or 0) and not _is_elsewhere(block.text, match):
            message = f"The plan has {plan.pages} pages, so no page {match['page']}: mend the reference."
            yield Slip(NO_SUCH_PLACE, Severity.MEDIUM, message, (quote(block, *match.span()),))


def _labels(match: re.Match[str]) -> Iterator[str]:
    yield match["first"]
    yield from re.findall(_LABEL, match["more"])


def _lacks(targets: _Targets, block: Block, match: re.Match[str], label: str) -> bool:
    kind = _KINDS[match["kind"].lower()]
    if _is_caption(block.text, match) or targets.has(kind, label):
        return False
    if kind == "section" and _is_statutory(label):
        return False
    if (kind == "part" or label == "I") and not match["kind"][0].isupper():
        return False  # "in part I think"
    return not _is_elsewhere(block.text, match)


def _is_caption(text: str, match: re.Match[str]) -> bool:
    """Whether a line bears a name of its own, as "Table 4: Beds" does, and no sentence begins so."""
    if text[: match.start()].strip(" *<([") or (match["kind"] or "").lower().endswith("s"):
        return False
    sentence = re.match(r",| [a-z]", text[match.end() : match.end() + 2]) and text.rstrip().endswith(
        (".", ":")
    )
    return not sentence


def _is_statutory(label: str) -> bool:
    return label.isdigit() and int(label) in words("references", "statutory_sections")


def _is_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the words around a reference give it to another document."""
    before = text[max(0, match.start() - 60) : match.start()]
    return bool(
        pattern("references", "elsewhere").match(text, match.end())
        or pattern("references", "others").search(before)
    )


def _targets(plan: Plan) -> _Targets:
    """Numbers at the beginning of headings, paragraphs and rows; a part of a number is a place, too."""
    found: dict[str, set[str]] = {}
    for block in plan.blocks:
        for kind, label in _named(block):
            parts = label.split(".")
            found.setdefault(kind, set()).update(".".join(parts[:n]) for n in range(1, len(parts) + 1))
    if not any(label.isdigit() for label in found.get("", ())):
        found.setdefault("", set()).update(_counted(plan))
    return _Targets({kind: frozenset(labels) for kind, labels in found.items()})


def _named(block: Block) -> Iterator[tuple[str, str]]:
    """The numbers that a block bears, each with its kind or ""; two captions may have run together in one line."""
    captioned = block.kind is BlockKind.HEADING
    for text in [cell.text for cell in block.cells[:2]] or [block.text]:
        match = _NUMBERED.match(text)
        captioned |= bool(match and match["kind"] and len(text) < _CAPTION and _is_caption(text, match))
        if match and (_is_caption(text, match) if match["kind"] else _numbers_a_place(block, match["label"])):
            yield _KINDS.get((match["kind"] or "").lower(), ""), match["label"]
    if captioned:
        for match in _REFERENCE.finditer(block.text[:_CAPTION]):
            yield _KINDS[match["kind"].lower()], match["first"]


def _numbers_a_place(block: Block, label: str) -> bool:
    """Whether a number alone makes a place to refer to; items of a list count for themselves, unless as "9.8.1"."""
    return block.kind is not BlockKind.TABLE_ROW and (block.kind is not BlockKind.LIST_ITEM or "." in label)


def _counted(plan: Plan) -> Iterator[str]:
    """The numbers that headings without any would bear, with and without the title counted as the first."""
    for first in (0, 1):
        counts = [0] * 9
        for heading in [block for block in plan.blocks if block.kind is BlockKind.HEADING][first:]:
            level = min(max(heading.level or 1, 1), 9)
            counts[level - 1] += 1
            counts[level:] = [0] * (9 - level)
            yield ".".join(str(count) for count in counts[:level])
