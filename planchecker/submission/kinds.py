"""Kinds of submission templates: what each form asks. The wording is data (templates/submission/*.yaml)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from planchecker.errors import TemplateError, UsageError
from planchecker.resources import resource_folder
from planchecker.yaml_file import Form, Where, load_yaml

_WORDS = 150  # in an answer that is filled in from a draft, where the kind gives no number
_MINIMAL = '{"id": "my-form", "title": "My form", "heading": "My form", "layout": "checklist"}'


class Layout(StrEnum):
    """How a kind is laid out."""

    RETURN = "return"  # a table a segment: question, response, supported by
    PAGE = "page"  # one landscape page of boxes
    CHECKLIST = "checklist"  # one answer box a feature of the checklist


class Sureness(StrEnum):
    """How sure it is that the original form asks this; the document says so."""

    SEEN = "seen"
    RECALLED = "recalled"
    UNSURE = "unsure"

    @property
    def meaning(self) -> str:
        """The sureness as a sentence for whoever fills in the form."""
        meaning: str = form_words()["sure"][self.value]
        return meaning


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of a table of figures."""

    id: str
    name: str
    measure: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures: a row a measure, a column a year."""

    title: str
    columns: tuple[str, ...]
    baseline: str
    rows: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is asked about each thing of several, such as its timeline."""

    id: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """The same questions asked about several things, such as interventions."""

    title: str
    count: int
    columns: tuple[str, ...]
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question or box.

    Attributes:
        id: stable name within its kind, such as "b1".
        ask: the question, or the title of the box.
        sure: how sure it is that the original asks this.
        words: the most words that are filled in from a draft.
        hints: what makes a good answer.
        support: a document that usually supports the answer, or "".
        seeks: what to look for in a draft, as a statement, or "".
        headings: words of the headings under which drafts usually answer it, likeliest first.
        fill: "unit" where the unit of planning is the answer.
        figures: a table to complete, or None.
        blocks: blocks to complete, or None.
    """

    id: str
    ask: str
    sure: Sureness
    words: int
    hints: tuple[str, ...] = ()
    support: str = ""
    seeks: str = ""
    headings: tuple[str, ...] = ()
    fill: str = ""
    figures: Figures | None = None
    blocks: Blocks | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Questions under one heading."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of submission template.

    Attributes:
        id: stable name, as given to `planchecker template`.
        title: what it is, in a line.
        heading: the document's title; Jinja2.
        subtitle: the line below it; Jinja2.
        layout: how it is laid out.
        sure: how sure its questions are on the whole.
        words: the most words that are filled in from a draft, a box.
        intro: how to use it, in paragraphs.
        closing: the line at its end, or "".
        hints: what makes a good answer where a question says nothing of its own.
        columns: titles of its tables' columns.
        segments: its questions.
    """

    id: str
    title: str
    heading: str
    layout: Layout
    subtitle: str = ""
    sure: Sureness = Sureness.SEEN
    words: int = _WORDS
    intro: tuple[str, ...] = ()
    closing: str = ""
    hints: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in order."""
        return (question for segment in self.segments for question in segment.questions)


def kinds() -> dict[str, Path]:
    """Ids and files of the kinds that come with planchecker."""
    return {path.stem: path for path in sorted(resource_folder("templates").glob("submission/*.yaml"))}


def load_kind(identifier: str) -> Kind:
    """The kind of this name.

    Raises:
        UsageError: there is no such kind.
        TemplateError: its file is wrong.
    """
    if identifier not in kinds():
        known = ", ".join(kinds())
        raise UsageError(f"there is no template '{identifier}'; choose from {known}.")
    return read_kind(kinds()[identifier])


def read_kind(path: Path) -> Kind:
    """Read a kind from its file.

    Raises:
        TemplateError: the file is wrong; the error says where.
    """
    file = load_yaml(path, Form("template", kind_schema(), _MINIMAL, TemplateError))
    seen: set[str] = set()
    for identifier, where in _ids(file.data):
        if identifier.upper() in seen:
            raise file.error(where, f"the id '{identifier}' is used more than once", '"b8"')
        seen.add(identifier.upper())
    if file.data["layout"] == Layout.RETURN and "columns" not in file.data:
        raise file.error((), "'columns' is lacking", '["Question", "Response", "Supported by"]')
    return _kind(file.data)


@cache
def kind_schema() -> dict[str, Any]:
    """The JSON Schema of a kind's file."""
    path = resource_folder("templates") / "submission" / "kind.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def form_words() -> dict[str, Any]:
    """What every template says (words.toml)."""
    path = resource_folder("templates") / "submission" / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _ids(data: dict[str, Any]) -> Iterator[tuple[str, Where]]:
    """Ids of segments and questions: the boxes of a document are told apart by them."""
    for s, segment in enumerate(data.get("segments", ())):
        yield f"segment {segment['id']}", ("segments", s, "id")
        for q, question in enumerate(segment["questions"]):
            where: Where = ("segments", s, "questions", q)
            yield question["id"], (*where, "id")
            for name, of in (("table", "rows"), ("repeat", "attributes")):
                for n, item in enumerate(question.get(name, {}).get(of, ())):
                    yield f"{question['id']}.{item['id']}", (*where, name, of, n, "id")


def _kind(data: dict[str, Any]) -> Kind:
    sure = data.get("sure", Sureness.SEEN)
    words = data.get("words", _WORDS)
    return Kind(
        id=data["id"],
        title=data["title"],
        heading=data["heading"],
        layout=Layout(data["layout"]),
        subtitle=data.get("subtitle", ""),
        sure=Sureness(sure),
        words=words,
        intro=tuple(data.get("intro", ())),
        closing=data.get("closing", ""),
        hints=tuple(data.get("hints", ())),
        columns=tuple(data.get("columns", ())),
        segments=tuple(
            Segment(
                id=segment["id"],
                title=segment["title"],
                questions=tuple(
                    _question({"sure": segment.get("sure", sure), "words": words} | question)
                    for question in segment["questions"]
                ),
            )
            for segment in data.get("segments", ())
        ),
    )


def _question(data: dict[str, Any]) -> Question:
    return Question(
        id=data["id"],
        ask=data["ask"],
        sure=Sureness(data["sure"]),
        words=data["words"],
        hints=tuple(data.get("hints", ())),
        support=data.get("support", ""),
        seeks=data.get("seeks", ""),
        headings=tuple(data.get("headings", ())),
        fill=data.get("fill", ""),
        figures=_figures(data["table"]) if "table" in data else None,
        blocks=_blocks(data["repeat"]) if "repeat" in data else None,
    )


def _figures(data: dict[str, Any]) -> Figures:
    rows = tuple(Measure(**row) for row in data["rows"])
    return Figures(data["title"], tuple(data["columns"]), data["baseline"], rows)


def _blocks(data: dict[str, Any]) -> Blocks:
    attributes = tuple(Attribute(**attribute) for attribute in data["attributes"])
    return Blocks(data["title"], data["count"], tuple(data["columns"]), attributes)
