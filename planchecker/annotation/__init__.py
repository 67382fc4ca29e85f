"""Annotation: a Result and the user's own file in, a copy with comments (PDF: highlights) out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from planchecker.annotation.remarks import Scope, opening, remarks
from planchecker.errors import UnsupportedFormatError
from planchecker.plan import Plan
from planchecker.result import Result

__all__ = ["Scope", "annotated"]


def annotated(
    data: bytes, plan: Plan, result: Result, scope: Scope = Scope.GAPS, made: datetime | None = None
) -> bytes:
    """A copy of a draft with comments at the evidence and a list of what was not found.

    Args:
        data: the bytes of the user's own file, which are not changed.
        plan: the plan as read from them.
        result: what the check of that plan found.
        scope: which features to comment on.
        made: when the comments were made; now if not given.

    Returns:
        The bytes of the copy.

    Raises:
        UnsupportedFormatError: files of this format cannot carry comments.
    """
    said, first = remarks(result, scope), opening(plan, result, scope)
    made = made or datetime.now(UTC)
    if plan.format == "docx":
        from planchecker.annotation.word import annotated_word

        return annotated_word(data, Path(plan.path).name, said, first, made)
    if plan.format == "pdf":
        from planchecker.annotation.pdf import annotated_pdf

        return annotated_pdf(data, plan, said, first, made)
    raise UnsupportedFormatError(
        plan.path,
        f"comments can be written into Word (.docx, .docm) and PDF files, not into a .{plan.format} file",
        "save the draft as .docx and annotate that copy",
    )
