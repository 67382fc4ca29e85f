"""What the page has done in worker processes: whatever touches the bytes or the text of a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar

from planchecker.checklist import Checklist
from planchecker.reading import read_bytes
from planchecker.triage.packing import packed_plan, packed_result, unpacked_plan, unpacked_result
from planchecker.web.draft import file_stem
from planchecker.web.storage import Checked
from planchecker.workers import giving_up_memory

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft that was read.

    Attributes:
        text: the plan, packed.
        format, pages, words: as of `planchecker.plan.Plan`.
    """

    text: bytes
    format: str
    pages: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft and what was found in it, as files are made of it.

    Attributes:
        name: the file's name, as it is shown.
        text: the plan, packed.
        result: the result, packed.
        data: the file's own bytes, where they are needed.
    """

    name: str
    text: bytes
    result: bytes
    data: bytes = field(default=b"", repr=False)


def _bounded(function: Callable[P, T]) -> Callable[P, T]:
    """Have a function end its worker when memory runs out, so that the caller learns of it."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        with giving_up_memory():
            return function(*args, **kwargs)

    return inner


@_bounded
def open_draft(data: bytes, name: str, password: str | None) -> Opened:
    """Read a draft.

    Raises:
        UnreadablePlanError: it cannot be read.
    """
    plan = read_bytes(data, name, password)
    return Opened(packed_plan(plan), plan.format, plan.pages, plan.words)


@_bounded
def check_draft(text: bytes, name: str, checklists: Sequence[Checklist]) -> tuple[Checked, ...]:
    """Check a draft that was read against checklists."""
    from planchecker.pipeline import examine

    results = examine(unpacked_plan(text, name), checklists)
    return tuple(
        Checked(one.checklist.id, one.checklist.title, one.summary, packed_result(one)) for one in results
    )


@_bounded
def report(sheet: Sheet, form: str, back: str = "") -> bytes:
    """A report on a draft.

    Args:
        sheet: the draft.
        form: "html", "docx", "xlsx" or "json".
        back: where the HTML report leads back to.
    """
    from planchecker.reports import write_report
    from planchecker.reports.html import as_html

    result, plan = unpacked_result(sheet.result, sheet.name), unpacked_plan(sheet.text, sheet.name)
    if form == "html":
        return as_html(result, plan, back).encode()
    return _written(lambda path: write_report(result, form, path, plan))


@_bounded
def commented(sheet: Sheet) -> bytes:
    """A copy of the draft with comments.

    Raises:
        PlancheckerError: this file cannot carry comments.
    """
    from planchecker.annotation import annotated

    result, plan = unpacked_result(sheet.result, sheet.name), unpacked_plan(sheet.text, sheet.name)
    return annotated(sheet.data, plan, result)


@_bounded
def changes(old: Sheet, new: Sheet, form: str, back: str = "") -> bytes:
    """A report on what changed between two drafts, as "html" or "docx"."""
    from planchecker.comparison import Side, compare
    from planchecker.reports.comparison import comparison_as_html
    from planchecker.reports.comparison_word import write_comparison_word

    sides = [
        Side(unpacked_result(one.result, one.name), unpacked_plan(one.text, one.name)) for one in (old, new)
    ]
    comparison = compare(*sides)
    if form == "html":
        return comparison_as_html(comparison, back).encode()
    return _written(lambda path: write_comparison_word(comparison, path))


@_bounded
def form_to_fill(
    kind: str, checklist: Checklist, years: str, unit: str, draft: tuple[str, bytes] | None
) -> bytes:
    """A submission template in Word.

    Args:
        kind: id of the kind of template.
        checklist: whose features are asked for.
        years: the financial years, such as "2014/15 to 2018/19".
        unit: the unit of planning, or "".
        draft: name and packed plan of the draft to fill it in from, or None.

    Raises:
        UsageError: there is no such kind, or these are no financial years.
    """
    from planchecker.submission.kinds import load_kind
    from planchecker.submission.occasion import Occasion, financial_years
    from planchecker.submission.prefill import prefill
    from planchecker.submission.write import write_template

    wanted = load_kind(kind)
    occasion = Occasion(checklist, financial_years(years), " ".join(unit.split()))
    if draft is not None:
        name, text = draft
        plan = unpacked_plan(text, name)
        occasion = replace(occasion, draft=plan.title, fillings=prefill(plan, wanted, checklist))
    return _written(lambda path: write_template(wanted, occasion, path))


def download_name(name: str, what: str, ending: str) -> str:
    """The name of a file made of a draft, such as "plan v7-gaps.docx"."""
    return f"{file_stem(name)}-{what}{ending}"


def _written(write: Callable[[Path], object]) -> bytes:
    """The bytes of what is written to a path, under a name of our own."""
    with TemporaryDirectory(prefix="planchecker-") as folder:
        path = Path(folder, "made")
        write(path)
        return path.read_bytes()
