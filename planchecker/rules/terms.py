"""Terms of rules as patterns: any case, a space matches a hyphen, `*` any ending."""

from __future__ import annotations

import re
from functools import cache

from planchecker.figures.grammar import fold


class Terms:
    """Terms of a measure, looked for in text: first by a plain word, then exactly."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        self.keys = tuple({_key(term) for term in terms})
        self._pattern = re.compile("|".join(map(_pattern, terms)) or r"(?!)", re.I)

    def within(self, text: str, lowered: str = "") -> bool:
        """Whether one of the terms stands in a text, which may be given in small letters, too."""
        lowered = lowered or text.lower()
        return any(key in lowered for key in self.keys) and self._pattern.search(fold(text)) is not None

    def removed_from(self, text: str) -> str:
        """A folded text without the terms ("do not recur" denies nothing)."""
        return self._pattern.sub("", text)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where terms stand in a text."""
        return [match.span() for match in self._pattern.finditer(fold(text))]


@cache
def terms_of(terms: tuple[str, ...]) -> Terms:
    """The terms, made ready once."""
    return Terms(terms)


def _key(term: str) -> str:
    """The first word of a term in small letters: a cheap test that spares most searches."""
    return re.split(r"[\s*-]", term.lower())[0]


def _pattern(term: str) -> str:
    words = (re.escape(word).replace(r"\*", r"[\w'-]*") for word in re.split(r"[\s-]+", term))
    return r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)"
