"""What the files of reports are called: after the plan, as any system can keep it."""

from __future__ import annotations

from pathlib import PurePath

# Bytes. A name may have 255 on most systems; the rest is for the checklist's id and the report's own ending.
_LONGEST = 120


def report_stem(plan: str) -> str:
    """The name of a plan's file without its ending, cut where reports named after it would be refused.

    Args:
        plan: the file as the user named it.
    """
    stem = PurePath(plan).stem
    return stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(" .") or "plan"
