"""Forms for the tests: written, walked and filled in as a person would in Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from planchecker.checklist import Checklist
from planchecker.submission.kinds import load_kind
from planchecker.submission.occasion import DEFAULT_YEARS, Occasion, financial_years
from planchecker.submission.write import write_template

Element = etree._Element
ANSWER = "planchecker:"


def occasion(checklist: Checklist, **more: object) -> Occasion:
    return Occasion(checklist, financial_years(DEFAULT_YEARS), **more)  # type: ignore[arg-type]


def written(kind: str, folder: Path, made_for: Occasion) -> Path:
    path = folder / f"{kind}.docx"
    write_template(load_kind(kind), made_for, path)
    return path


def controls(document: Document) -> Iterator[Element]:
    yield from document.element.body.iter(qn("w:sdt"))


def tag(control: Element) -> str:
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if found is None else found.get(qn("w:val"), "")


def text(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def fill(path: Path, to: Path, answer: Callable[[str], str]) -> int:
    """Type an answer into every box, as Word does: the placeholder and its look go. Returns how many."""
    document = docx.Document(str(path))
    filled = 0
    for control in controls(document):
        identifier = tag(control).removeprefix(ANSWER)
        typed = answer(identifier) if tag(control).startswith(ANSWER) else ""
        if not typed:
            continue
        properties = control.find(qn("w:sdtPr"))
        assert properties is not None
        for flag in properties.findall(qn("w:showingPlcHdr")):
            properties.remove(flag)
        for run in control.iter(qn("w:r")):
            for look in run.findall(qn("w:rPr")):
                run.remove(look)
        first, *others = control.iter(qn("w:t"))
        first.text = typed
        for other in others:
            other.text = ""
        filled += 1
    document.save(str(to))
    return filled
