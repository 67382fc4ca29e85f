"""planchecker: reads a draft plan and says, with quoted evidence, what of a checklist it shows.

from planchecker import check, load_checklist, read

result = check(read("draft.docx"), load_checklist())
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planchecker.checklist import Checklist as Checklist
    from planchecker.checklist_file import load_checklist as load_checklist
    from planchecker.errors import PlancheckerError as PlancheckerError
    from planchecker.pipeline import check as check
    from planchecker.pipeline import check_all as check_all
    from planchecker.plan import Plan as Plan
    from planchecker.reading import read as read
    from planchecker.result import Result as Result

# Imported when first used, so that `planchecker --help` need not wait for spaCy.
_HOMES = {
    "Checklist": "checklist",
    "Plan": "plan",
    "PlancheckerError": "errors",
    "Result": "result",
    "check": "pipeline",
    "check_all": "pipeline",
    "load_checklist": "checklist_file",
    "read": "reading",
}

__all__ = ["Checklist", "Plan", "PlancheckerError", "Result", "check", "check_all", "load_checklist", "read"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'planchecker' has no attribute '{name}'")
    value: object = getattr(import_module(f"planchecker.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
