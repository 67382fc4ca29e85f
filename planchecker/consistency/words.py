"""The word lists of the consistency checks, from `checklists/consistency.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from planchecker.resources import resource_folder


@cache
def words(section: str, key: str) -> tuple[Any, ...]:
    """One list of the file."""
    return tuple(_file()[section][key])


@cache
def pattern(section: str, key: str, *, cased: bool = False) -> re.Pattern[str]:
    """The patterns of one list as one."""
    return re.compile("|".join(f"(?:{one})" for one in words(section, key)), 0 if cased else re.I)


@cache
def one_pattern(section: str, key: str) -> re.Pattern[str]:
    """A pattern that stands alone."""
    return re.compile(_file()[section][key], re.I)


@cache
def _file() -> dict[str, Any]:
    path = resource_folder("checklists") / "consistency.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
