"""The source of a sample plan: front matter and a small Markdown, as plain nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; `note` is the number of a footnote instead of text."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


@dataclass(frozen=True)
class Node:
    """A heading, paragraph, list item, call-out, table or page break."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    ordered: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """One sample plan."""

    meta: dict[str, Any]
    nodes: tuple[Node, ...]
    notes: tuple[str, ...] = ()

    @property
    def headings(self) -> Iterator[Node]:
        """All headings, in order."""
        return (node for node in self.nodes if node.kind == "heading")


@dataclass
class _Builder:
    nodes: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists: list[bool] = field(default_factory=list)
    quoted: int = 0


def read_source(path: Path) -> Source:
    """Parse `plan.md`."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    markdown = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    builder = _Builder()
    tokens = markdown.parse(body)
    _walk(tokens, builder)
    return Source(yaml.safe_load(front), tuple(builder.nodes), tuple(builder.notes))


def _walk(tokens: Sequence[Token], builder: _Builder) -> None:
    number = 0
    while number < len(tokens):
        token = tokens[number]
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
                builder.nodes.append(Node("heading", _runs(tokens[number + 1]), level))
            case "bullet_list_open" | "ordered_list_open":
                builder.lists.append(token.type.startswith("ordered"))
            case "bullet_list_close" | "ordered_list_close":
                builder.lists.pop()
            case "blockquote_open":
                builder.quoted += 1
            case "blockquote_close":
                builder.quoted -= 1
            case "hr":
                builder.nodes.append(Node("page break"))
            case "paragraph_open":
                builder.nodes.append(_paragraph(_runs(tokens[number + 1]), builder))
            case "table_open":
                end = next(n for n in range(number, len(tokens)) if tokens[n].type == "table_close")
                builder.nodes.append(Node("table", rows=_rows(tokens[number:end])))
                number = end
            case "footnote_block_open":
                builder.notes += _notes(tokens[number:])
                return
        number += 1


def _paragraph(runs: tuple[Run, ...], builder: _Builder) -> Node:
    if builder.lists:
        return Node("item", runs, len(builder.lists) - 1, builder.lists[-1])
    return Node("call-out" if builder.quoted else "paragraph", runs)


def _rows(tokens: Sequence[Token]) -> tuple[tuple[tuple[Run, ...], ...], ...]:
    rows: list[list[tuple[Run, ...]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return tuple(tuple(row) for row in rows)


def _notes(tokens: Sequence[Token]) -> list[str]:
    return ["".join(r.text for r in _runs(token)) for token in tokens if token.type == "inline"]


def _runs(inline: Token) -> tuple[Run, ...]:
    runs: list[Run] = []
    bold = italic = False
    for child in inline.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                bold = child.type.endswith("open")
            case "em_open" | "em_close":
                italic = child.type.endswith("open")
            case "softbreak" | "hardbreak":
                runs.append(Run(" ", bold, italic))
            case "footnote_ref":
                runs.append(Run("", note=int(child.meta["id"])))
            case "text" | "code_inline" | "text_special":
                runs.append(Run(child.content, bold, italic))
    return tuple(runs)
