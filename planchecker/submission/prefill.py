"""Text of an existing draft for the answers of a template: quoted, with its place, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planchecker.checklist import Checklist, Element, Feature, Part
from planchecker.matching.language import sentence_ends
from planchecker.matching.match import Candidate, match
from planchecker.matching.passages import passages_of
from planchecker.pipeline import check
from planchecker.plan import Block, BlockKind, Plan
from planchecker.result import Evidence, FeatureResult, Verdict
from planchecker.submission.kinds import Kind, Layout, Question
from planchecker.submission.occasion import Filling, Quote

_GAPS = 2  # sentences on what is still lacking
_WORTHWHILE = 8  # words; with less room left, no further passage is begun
_SURE = 0.8  # probability that a passage is about a question at all
_LABEL = 5  # words in a first cell that labels its row

_MOST = 2  # passages that the matcher alone may offer for a question
CUT = " …"  # ends a text that had to be cut within a sentence

_Found = tuple[str, str]  # text and its place


def prefill(plan: Plan, kind: Kind, checklist: Checklist) -> dict[str, Filling]:
    """What a draft offers for the answers of a template; nothing for those it shows no evidence for.

    Args:
        plan: the draft.
        kind: the template.
        checklist: the checklist whose features the template asks for, if it asks for features.
    """
    if kind.layout is Layout.CHECKLIST:
        fillings = {f.id: _filling(f, kind.words) for f in check(plan, checklist).features}
    else:
        found = match(passages_of(plan), questions_as_checklist(kind))
        fillings = {}
        for question in kind.questions:
            identifier = f"{kind.id}:{question.id}"
            texts = _answers(plan, question, found.get((identifier, "a"), ()))
            fillings[identifier] = Filling(tuple(_quotes(texts, question.words)))
    return {identifier: filling for identifier, filling in fillings.items() if filling.quotes}


def questions_as_checklist(kind: Kind) -> Checklist:
    """The questions of a kind as requirements, so that a draft is searched for them in the same way."""
    features = tuple(
        Feature(
            id=f"{kind.id}:{question.id}",
            name=question.ask,
            requirement=question.seeks,
            parts=(Part("a", question.seeks),),
        )
        for question in kind.questions
        if question.seeks
    )
    return Checklist(kind.id, "1", kind.title, (Element(kind.id, kind.title, features),))


def shortened(text: str, words: int) -> str:
    """The text's first sentences that fit, or, where not even one does, its first words."""
    text = " ".join(text.split())
    if len(text.split()) <= words:
        return text
    kept = ""
    for _, end in sentence_ends(text):
        if len(text[:end].split()) > words:
            break
        kept = text[:end]
    return f"{kept} […]" if kept else f"{' '.join(text.split()[:words])}{CUT}"


def _answers(plan: Plan, question: Question, candidates: Sequence[Candidate]) -> list[_Found]:
    """Where a draft answers a question: below the heading one would expect, else by the matcher.

    The matcher's models know requirements, not questions about a plan's own make-up (its vision, its
    risks), which drafts answer under headings that hardly vary.
    """
    for words in question.headings:
        below = [block for block in plan.blocks if _is_titled(block, words)]
        if below:
            section = below[0].heading
            return [(b.text, _place(b.page, b.heading)) for b in below if b.heading == section]
    sure = [c for c in candidates if c.reading and c.reading.evidence + c.reading.weak >= _SURE]
    return [(c.passage.text, _place(c.passage.page, c.passage.heading)) for c in sure[:_MOST]]


def _is_titled(block: Block, words: str) -> bool:
    """Whether a block stands under a heading, or is a row with a label, that holds the words."""
    if block.kind is BlockKind.HEADING or block.is_table_header:
        return False
    label = block.cells[0].text if len(block.cells) > 1 and len(block.cells[0].text.split()) <= _LABEL else ""
    title = " ".join((*block.heading[-1:], label))
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", title, re.IGNORECASE) is not None


def _place(page: int | None, heading: tuple[str, ...]) -> str:
    return Evidence("", page, heading, 0, 0.0).place


def _filling(feature: FeatureResult, words: int) -> Filling:
    lacking = feature.gaps[:_GAPS] if feature.verdict is Verdict.PARTIAL else ()
    return Filling(tuple(_quotes([(e.text, e.place) for e in feature.evidence], words)), lacking)


def _quotes(found: Sequence[_Found], words: int) -> Iterator[Quote]:
    """The best passages, as many as there is room for, each with its place."""
    room = words
    for whole, place in found:
        text = shortened(whole, room)
        begun = room < words
        if begun and (room < _WORTHWHILE or text.endswith(CUT)):
            return
        room -= len(text.split())
        yield Quote(text, place)
