"""Plans and checklists made in a line or two, for tests of everything behind the readers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from planchecker.checklist import Checklist, Cue, Element, Feature, Part, Specific
from planchecker.plan import Block, BlockKind, Plan

ROOT = Path(__file__).resolve().parent.parent

MINIMAL = """\
    id: my-list
    title: My list
    features:
      - id: R1
        requirement: The plan says who leads the work.
      - id: R2
        requirement: The plan says how fishing boats on the moon are insured.
"""


def plan_of(*blocks: Block) -> Plan:
    """A plan of these blocks, as a reader would hand it over."""
    return Plan("draft.docx", "Draft", "0" * 64, "docx", None, tuple(blocks))


def prose(*texts: str, heading: tuple[str, ...] = ()) -> Plan:
    """A plan of plain paragraphs."""
    return plan_of(*(Block(n, BlockKind.PARAGRAPH, text, heading=heading) for n, text in enumerate(texts)))


def part(
    text: str,
    cues: Iterable[str | Cue] = (),
    counter_cues: Iterable[str] = (),
    hints: Iterable[str] = (),
    specifics: Iterable[Specific] = (),
    identifier: str = "a",
    advice: str = "",
) -> Part:
    """A part, with plain strings for cues."""
    return Part(
        id=identifier,
        text=text,
        cues=tuple(cue if isinstance(cue, Cue) else Cue(cue) for cue in cues),
        counter_cues=tuple(counter_cues),
        hints=tuple(hints),
        specifics=tuple(specifics),
        advice=advice,
    )


def checklist_of(*parts: Part, identifier: str = "F01") -> Checklist:
    """A checklist of one feature with these parts."""
    feature = Feature(identifier, "The feature", " and ".join(p.text for p in parts), parts)
    return Checklist("one", "0", "One feature", (Element("E01", "The element", (feature,)),))


def yaml_file(folder: Path, text: str, name: str = "list.yaml") -> Path:
    """A checklist file; the text may be indented."""
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
