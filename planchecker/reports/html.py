"""The gap report as one HTML file that needs neither network nor script to be read."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planchecker.reports import digest
from planchecker.reports.terminal import CAVEATS, headline
from planchecker.resources import resource_folder
from planchecker.result import Result, Verdict

_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def write_html(result: Result, path: Path) -> None:
    """Write the gap report as an HTML file."""
    path.write_text(as_html(result), encoding="utf-8", newline="\n")


def as_html(result: Result) -> str:
    """The gap report as HTML text."""
    template = environment().get_template("gap-report.html.j2")
    style, script = inlined("gap-report.css"), inlined("gap-report.js")
    return template.render(
        result=result,
        start=digest.where_to_start(result),
        headline=headline(result),
        bar=_bar(result),
        anchors=_anchors(result),
        caveats=CAVEATS,
        style=style,
        script=script,
        style_hash=csp_hash(style),
        script_hash=csp_hash(script),
    )


@cache
def environment() -> Environment:
    """Templates with the words and small functions that all HTML reports share."""
    made = Environment(
        loader=FileSystemLoader(resource_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized,
    )
    made.globals.update(
        words=digest.words(),
        verdicts=tuple(Verdict),
        plan_name=digest.plan_name,
        confidence=digest.confidence,
        looks_unsure=digest.looks_unsure,
        found_by=digest.found_by,
        answered_part=digest.answered_part,
        facts=digest.facts,
        place=digest.place,
        listed=digest.listed,
        not_read=digest.not_read,
        sentence=digest.sentence,
    )
    return made


def _finalized(value: Any) -> Any:
    """Every text that the template prints passes here before it is escaped."""
    return digest.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def inlined(name: str) -> Markup:
    """One of the project's own style or script files, to be inlined as it is."""
    text = (resource_folder("templates") / name).read_text(encoding="utf-8")
    return Markup(text)


def csp_hash(text: str) -> str:
    """The content-security-policy source that allows this inline text and no other."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _bar(result: Result) -> list[dict[str, Any]]:
    """The segments of the summary bar, in percent of its width."""
    total = sum(result.summary.values()) or 1
    segments, left = [], 0.0
    for verdict, count in result.summary.items():
        width = 100 * count / total
        if count:
            segments.append(
                {"verdict": verdict, "count": count, "x": round(left, 3), "width": round(width, 3)}
            )
        left += width
    return segments


def _anchors(result: Result) -> dict[str, str]:
    """A fragment for each element and feature id: the id itself wherever it makes a plain link."""
    ids = [e.id for e in result.elements] + [f.id for f in result.features]
    return {name: name if _PLAIN_ID.fullmatch(name) else f"item-{n}" for n, name in enumerate(ids, start=1)}
