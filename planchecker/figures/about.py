"""What a figure is about: the nearest words before it, else after it, that name something."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST_WORDS = 6
_TOKEN = re.compile(r"\0+|[A-Za-z][\w'&/-]*|[.;:!?](?=\s|$)|,")
_END = {".", ";", ":", "!", "?"}


# Words that join a figure to what it is about, in either order.
_LINK_WORDS = """
a an the this that these those our their its his her each every all any some no not only just about around
approximately roughly nearly almost circa over under above below than more less fewer least most up down to from by
at in on into of for with within as per between is are was were be been being am will would shall should can could
may might must has have had do does did it we they there which who what and or but so then also both either
equal equals equivalent estimated expected forecast projected planned plan plans planning set held hold holds put
spent spend agreed assumed reported reach reaches reaching reached achieve achieves achieving achieved stands stood
remain remains rising rise rises rose risen increase increases increased increasing improve improves improved
improving fall falls fell fallen falling reduce reduces reduced reducing cut cuts drop drops grow grows grew growing
decrease decreases decreased go goes went going move moves moved keep keeps kept make makes made making give gives
amounts amounting totalling totals exceed exceeds exceeding maintain maintained against before after until during
since currently now already still further another total through
"""
_LINKS = frozenset(_LINK_WORDS.split())
_INSIDE = frozenset({"of", "for", "in", "the"})  # may stand inside a name: "years of life lost"


def without_figures(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The folded text with its figures blanked, as they name nothing themselves; places stay the same."""
    blank = list(text)
    for first, last in spans:
        blank[first:last] = "\0" * (last - first)
    return "".join(blank)


def about(blanked: str, start: int, end: int) -> str:
    """The words that say what a figure measures, in small letters, or "".

    Args:
        blanked: the text as `without_figures` gives it.
        start: where the figure begins.
        end: where it ends.
    """
    return _before(blanked[max(0, start - 240) : start]) or _after(blanked[end : end + 160])


def _before(text: str) -> str:
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    found: list[str] = []
    for token in reversed(tokens):
        word = token.lower()
        named = token[0] != "\0" and token != "," and token not in _END and word not in _LINKS
        if named:
            found.append(word)
        elif token in _END and not found:
            if token == ":":
                continue
            break
        elif found and (word not in _INSIDE or len(found) >= _MOST_WORDS):
            break
        elif found:
            found.append(word)
    while found and found[-1] in _LINKS:
        found.pop()
    return " ".join(reversed(found[:_MOST_WORDS]))


def _after(text: str) -> str:
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token, word = match.group(), match.group().lower()
        if token in _END or (token == "," and found):
            break
        if token[0] == "\0" or token == "," or word in _LINKS:
            if found and not (word in _INSIDE and len(found) < _MOST_WORDS):
                break
            if found:
                found.append(word)
            continue
        found.append(word)
    while found and found[-1] in _LINKS:
        found.pop()
    return " ".join(found[:_MOST_WORDS])
