"""Which files can be a plan, judged by their names, and how a name is shown."""

from __future__ import annotations

from pathlib import PurePath

PLAN_ENDINGS = frozenset({
    ".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf", ".pptx", ".ppt",
    ".md", ".markdown", ".txt", ".text", ".html", ".htm",
})  # fmt: skip
ARCHIVE = ".zip"
_NO_PLAN = "not a kind of file that a plan is written in"


def why_left_out(place: PurePath) -> str:
    """Why a file is not taken for a plan, judged by its name alone, or ""."""
    if place.name.startswith("~$"):
        return "a lock file that Office leaves while a document is open"
    if any(part.startswith(".") or part == "__MACOSX" for part in place.parts):
        return "a hidden file"
    if place.stem.lower() in ("readme", "read me"):
        return "a note about the folder, by its name; name the file itself to have it checked"
    if place.stem.lower().endswith("-gaps") and place.suffix.lower() in (".html", ".docx"):
        return "a gap report, by its name; name the file itself to have it checked"
    return "" if place.suffix.lower() in {*PLAN_ENDINGS, ARCHIVE} else _NO_PLAN


def shown(name: str) -> str:
    """A file's name as it can be printed and written: without what turns text round or ends a line."""
    return "".join(ch if ch.isprintable() else "�" for ch in name)
