"""Reports: a Result in, files out. The only part that knows output formats of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from planchecker.errors import UsageError
from planchecker.files import whole
from planchecker.plan import Plan
from planchecker.reports.names import report_stem
from planchecker.result import Result

_WRITERS = {  # format: module, function, ending
    "html": ("html", "write_html", "html"),
    "docx": ("word", "write_word", "docx"),
    "xlsx": ("workbook", "write_workbook", "xlsx"),
    "json": ("machine", "write_json", "json"),
    "md": ("markdown", "write_markdown", "md"),
    "sarif": ("sarif", "write_sarif", "sarif"),
    "junit": ("junit", "write_junit", "junit.xml"),
}
FORMATS = tuple(_WRITERS)


def write_all_reports(
    results: Sequence[Result], formats: Iterable[str], folder: Path, plan: Plan | None = None
) -> list[Path]:
    """Write the reports on one plan; with several checklists each list's name stands in the file names.

    Args:
        results: what was found, one a checklist.
        formats: of FORMATS.
        folder: made if it is not there.
        plan: the plan that was judged, whose text the HTML report shows.

    Raises:
        UsageError: the folder cannot be written to.
    """
    formats = tuple(formats)
    if len(results) == 1:
        return write_reports(results[0], formats, folder, plan)
    return [
        path
        for result in results
        for path in write_reports(result, formats, folder, plan, f"-{result.checklist.id}")
    ]


def write_reports(
    result: Result, formats: Iterable[str], folder: Path, plan: Plan | None = None, suffix: str = ""
) -> list[Path]:
    """Write one report a format into the folder, named after the plan.

    Args:
        result: what to report.
        formats: of FORMATS.
        folder: made if it is not there.
        plan: the plan that was judged, whose text the HTML report shows.
        suffix: stands behind the plan's name in the name of each file.

    Raises:
        UsageError: the folder cannot be written to.
    """
    stem = report_stem(result.plan.path) + suffix
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in formats:
            path = folder / f"{stem}-gaps.{_WRITERS[form][2]}"
            with whole(path) as fresh:
                write_report(result, form, fresh, plan)
            written.append(path)
    except OSError as error:
        reason = error.strerror or str(error)
        problem = f"{folder}: the reports cannot be written here ({reason})"
        raise UsageError(f"{problem}; name another folder with -o.") from error
    return written


def write_report(result: Result, form: str, path: Path, plan: Plan | None = None) -> None:
    """Write one report, of one of FORMATS; its module is imported now, as some are slow to import."""
    module, name, _ = _WRITERS[form]
    writer: Callable[..., None] = getattr(import_module(f"planchecker.reports.{module}"), name)
    writer(result, path, **({"plan": plan} if form == "html" else {}))
