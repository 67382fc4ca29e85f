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

from planchecker.plan import Plan
from planchecker.reports import digest
from planchecker.reports.picture import strips
from planchecker.reports.plan_text import shown_text
from planchecker.reports.quotes import Quotes, quotes_in
from planchecker.reports.terminal import CAVEATS, headline
from planchecker.resources import resource_folder
from planchecker.result import Result, Verdict

_PLAIN_ID = re.compile(r"(?!(?:element|feature|heading|filter|name|page|passage|rule|section|slip|symbol)-)"
                       r"[A-Za-z][A-Za-z0-9._-]*")  # fmt: skip
_STYLES = ("gap-report.css", "gap-report-panels.css")


def write_html(result: Result, path: Path, plan: Plan | None = None) -> None:
    """Write the gap report as an HTML file."""
    path.write_text(as_html(result, plan), encoding="utf-8", newline="\n")


def as_html(result: Result, plan: Plan | None = None, back: str = "") -> str:
    """The gap report as HTML text.

    Args:
        result: what was found.
        plan: the plan that was judged, to show its text beside the verdicts; without it, or with another
            plan than the result's, the report shows the quoted passages alone.
        back: address that the report leads back to, where it is part of a page.
    """
    plan = plan if plan is not None and plan.sha256 == result.plan.sha256 else None
    features, elements = _fragments(result)
    quotes = quotes_in(plan, result, features) if plan else Quotes()
    style, script = _style(), inlined("gap-report.js")
    return (
        environment()
        .get_template("gap-report.html.j2")
        .render(
            result=result,
            start=digest.where_to_start(result),
            headline=headline(result),
            bar=_bar(result),
            anchors=features,
            element_anchors=elements,
            quotes=quotes,
            plan_text=list(shown_text(plan, quotes)) if plan else [],
            strips=strips(result, plan),
            caveats=CAVEATS,
            style=style,
            script=script,
            policy=content_policy(),
            back=back,
        )
    )


def content_policy() -> str:
    """The content security policy that the report carries; a server may send the same."""
    style, script = csp_hash(_style()), csp_hash(inlined("gap-report.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
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
        lacking=digest.lacking,
        would_meet=digest.would_meet,
        facts=digest.facts,
        place=digest.place,
        listed=digest.listed,
        not_read=digest.not_read,
        sentence=digest.sentence,
        beyond=digest.beyond,
        rule_groups=digest.rule_groups,
        slip_groups=digest.slip_groups,
    )
    return made


def _finalized(value: Any) -> Any:
    """Every text that the template prints passes here before it is escaped."""
    return digest.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def inlined(name: str) -> Markup:
    """One of the project's own style or script files, to be inlined as it is."""
    text = (resource_folder("templates") / name).read_text(encoding="utf-8")
    return Markup(text)


def _style() -> Markup:
    return Markup("").join(inlined(name) for name in _STYLES)


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


def _fragments(result: Result) -> tuple[dict[str, str], dict[str, str]]:
    """A fragment for each feature and for each element: its id wherever that makes a plain link of its own."""
    features = {
        feature.id: feature.id if _PLAIN_ID.fullmatch(feature.id) else f"feature-{number}"
        for number, feature in enumerate(result.features, start=1)
    }
    elements = {
        element.id: element.id
        if _PLAIN_ID.fullmatch(element.id) and element.id not in features
        else f"element-{number}"
        for number, element in enumerate(result.elements, start=1)
    }
    return features, elements
