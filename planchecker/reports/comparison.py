"""Reports of a comparison: the terminal's lines, HTML, Word and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from planchecker.comparison import Change, Comparison
from planchecker.errors import UsageError
from planchecker.files import whole
from planchecker.reports import comparison_digest as digest
from planchecker.reports.names import report_stem

FORMATS = ("html", "docx", "json")
_QUOTE = 160  # letters of a passage in the terminal


def write_comparison(comparison: Comparison, formats: Iterable[str], folder: Path) -> list[Path]:
    """Write one report a format into the folder, named after the new draft.

    Raises:
        UsageError: the folder cannot be written to.
    """
    stem = report_stem(comparison.new.plan.path)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in formats:
            path = folder / f"{stem}-changes.{form}"
            with whole(path) as fresh:
                _write(comparison, form, fresh)
            written.append(path)
    except OSError as error:
        problem = f"{folder}: the reports cannot be written here ({error.strerror or error})"
        raise UsageError(f"{problem}; name another folder with -o.") from error
    return written


def _write(comparison: Comparison, form: str, path: Path) -> None:
    """Write one format; the slow ones are imported when asked for."""
    if form == "html":
        path.write_text(comparison_as_html(comparison), encoding="utf-8", newline="\n")
    elif form == "docx":
        from planchecker.reports.comparison_word import write_comparison_word

        write_comparison_word(comparison, path)
    else:
        path.write_text(comparison_as_json(comparison) + "\n", encoding="utf-8")


def comparison_as_json(comparison: Comparison) -> str:
    """The comparison as JSON text."""
    return json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1)


def comparison_as_html(comparison: Comparison, back: str = "") -> str:
    """The comparison as one HTML file that needs neither network nor script.

    Args:
        comparison: what changed.
        back: address that the report leads back to, where it is part of a page.
    """
    from planchecker.reports.html import environment

    template = environment().get_template("comparison.html.j2")
    policy = comparison_policy()
    return template.render(comparison=comparison, digest=digest, style=_style(), policy=policy, back=back)


def comparison_policy() -> str:
    """The content security policy that the HTML report carries; a server may send the same."""
    from planchecker.reports.html import csp_hash

    return f"default-src 'none'; style-src '{csp_hash(_style())}'; base-uri 'none'; form-action 'none'"


def _style() -> Markup:
    from planchecker.reports.html import inlined

    return inlined("gap-report.css") + inlined("comparison.css")


def comparison_summary(comparison: Comparison) -> Iterator[str]:
    """The comparison for the terminal, line by line."""
    yield digest.title(comparison)
    yield f"against {comparison.new.checklist.title}"
    for warning in digest.warnings(comparison):
        yield f"! {warning}"
    yield ""
    yield digest.headline(comparison)
    yield "; ".join(f"{words.lower()} {old} to {new}" for words, old, new in digest.counts(comparison)) + "."
    for section in digest.sections(comparison):
        yield f"\n{section.title}:"
        for change in section.changes:
            yield from _change_lines(change)
    if quiet := digest.unchanged(comparison):
        yield f"\n{quiet}"


def _change_lines(change: Change) -> Iterator[str]:
    yield f"\n{change.id} {change.name}: {digest.verdicts(change)}"
    for item in digest.items(change):
        quotes = " became ".join(f"“{_clipped(text)}”" for text in item.texts)
        yield f"     {item.label}: {quotes} ({item.place})"


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTE else text[: _QUOTE - 3].rsplit(" ", 1)[0] + " …"
