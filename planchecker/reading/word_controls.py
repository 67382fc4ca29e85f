"""The content controls of planchecker's own templates: which words are answers and which are the form's.

A template marks its answer boxes with tags, and its own wording (questions, prompts, placeholders) with
tags and a style. Reading one back needs no guessing then: an answer is known by its box, and nothing
that the form says is taken for something that the plan says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planchecker.reading.word_styles import Styles
from planchecker.reading.word_xml import ANSWERS, ROW, RPR, RUN, TEXT, Element, P, toggle, value, w

ANSWER_TAG = "planchecker:"  # followed by the id of what is answered
WORDING_TAG, LABEL_TAG = "planchecker-wording", "planchecker-label"
WORDING_STYLE, MARK_STYLE = "planchecker wording", "planchecker mark"
PLACEHOLDER_STYLE = "Placeholder Text"
REFERENCE = "/reference"  # ends the id of a box that asks for page and heading
SUPPORT = "/support"  # ends the id of a box that asks for supporting documents

_SDT, _SDT_CONTENT, _SDT_PR = w("sdt"), w("sdtContent"), w("sdtPr")
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")


def is_prompt(control: Element, styles: Styles) -> bool:
    """Whether a control shows nothing but its prompt."""
    properties, content = control.find(_SDT_PR), control.find(_SDT_CONTENT)
    if content is None:
        return False
    if toggle(properties, "showingPlcHdr"):
        return True
    # Some programs lose the flag on the way and keep the look.
    runs = [run for run in content.iter(RUN) if _has_words(run)]
    return bool(runs) and _answered(control) != "" and all(_is_placeholder(run, styles) for run in runs)


@dataclass(slots=True)
class Template:
    """What a document shows of having been made by planchecker.

    Attributes:
        has_wording: whether it holds wording of a template.
        unconfirmed: ids of the answers that still carry the mark "to be confirmed".
    """

    has_wording: bool = False
    unconfirmed: set[str] = field(default_factory=set)


def settle_template(root: Element, styles: Styles, template: Template) -> None:
    """Mark the paragraphs that answer something and empty those that are the template's own wording.

    Args:
        root: a story before its controls are taken off.
        styles: the document's styles.
        template: what the document shows of having been made by planchecker, added to here.
    """
    for control in list(root.iter(_SDT)):
        if identifier := _answered(control):
            for paragraph in _paragraphs(control):
                paragraph.set(ANSWERS, identifier)
        tag = _tag(control)
        if tag == WORDING_TAG or (tag == LABEL_TAG and not _labels_answer(control, styles)):
            _empty(control)
    for paragraph in root.iter(P):
        names = {style.name for style in styles.of_paragraph(paragraph)}
        if MARK_STYLE in names:
            template.unconfirmed.add(paragraph.get(ANSWERS, ""))
        if WORDING_STYLE in names:
            template.has_wording = True
            _empty(paragraph)
    if template.has_wording:
        # Some programs drop controls when they save; placeholders are known by their brackets then.
        for paragraph in root.iter(P):
            if _PLACEHOLDER.fullmatch(_text(paragraph)):
                _empty(paragraph)


def empty_references(root: Element) -> None:
    """Take out where an answer is said to stand in the plan, which is no evidence itself."""
    for paragraph in root.iter(P):
        if paragraph.get(ANSWERS, "").endswith(REFERENCE):
            _empty(paragraph)


def answer_of(element: Element) -> str:
    """Id of what an element answers: its own or its first marked paragraph's; "" for none."""
    return next((p.get(ANSWERS, "") for p in element.iter(P) if p.get(ANSWERS)), "")


def _tag(control: Element) -> str:
    return value(control.find(_SDT_PR), "tag") or ""


def _answered(control: Element) -> str:
    tag = _tag(control)
    return tag.removeprefix(ANSWER_TAG) if tag.startswith(ANSWER_TAG) else ""


def _paragraphs(control: Element) -> Iterator[Element]:
    """The paragraphs in a control or, for one within a line, the paragraph around it."""
    inside = list(control.iter(P))
    return iter(inside) if inside else control.iterancestors(P)


def _labels_answer(label: Element, styles: Styles) -> bool:
    """Whether the row of a label holds an answer, which would mean little without it."""
    row = next(label.iterancestors(ROW), None)
    if row is None:
        return False
    return any(
        _answered(control) and not is_prompt(control, styles) and _has_words(control)
        for control in row.iter(_SDT)
    )


def _has_words(element: Element) -> bool:
    return bool(_text(element))


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(TEXT)).strip()


def _is_placeholder(run: Element, styles: Styles) -> bool:
    chain = styles.chain(value(run.find(RPR), "rStyle"))
    return any(style.name.lower() == PLACEHOLDER_STYLE.lower() for style in chain)


def _empty(element: Element) -> None:
    for text in list(element.iter(TEXT)):
        parent = text.getparent()
        if parent is not None:
            parent.remove(text)
