"""What a quoted passage shows of its subject, and what weakens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planchecker.checklist import Specific
from planchecker.judging.modifiers import STRENGTHS, Found, Modifier, is_all_past, modifiers
from planchecker.judging.specifics import kinds_of_detail
from planchecker.matching.language import analyse, content_stems

_ECHO_SHARE = 0.7  # of a passage's words that stand in the requirement or the guidance
_ECHO_WORDS = 5  # a passage with fewer words that carry meaning shares them by chance


@dataclass(frozen=True, slots=True)
class Showing:
    """Facts about one passage.

    Attributes:
        details: kinds of concrete detail it holds.
        strengths: commitment, already in place.
        weakeners: what takes from it, in words.
    """

    details: frozenset[Specific]
    strengths: frozenset[Modifier]
    weakeners: tuple[Modifier, ...]

    @property
    def committed(self) -> bool:
        """True if it says that something is done or will be done."""
        return bool(self.strengths)

    @property
    def words(self) -> tuple[str, ...]:
        """What it shows, in words."""
        return (*sorted(self.strengths), *sorted(self.details))


def showing(text: str, national: Sequence[str], is_heading: bool = False) -> Showing:
    """Look at one passage.

    Args:
        text: the passage.
        national: the requirement's and the guidance's own wording, to recognise an echo of it.
        is_heading: True for a line that may be no more than a heading.
    """
    details, found, all_past = _look(text)
    strengths = {m.kind for m in found if m.kind in STRENGTHS and not _undone(m, found)}
    weakeners = [m.kind for m in found if m.kind not in STRENGTHS]
    if all_past and not strengths:
        weakeners.append(Modifier.PAST_ONLY)
    if is_echo(text, national):
        weakeners.append(Modifier.NATIONAL)
    if is_heading:
        weakeners.append(Modifier.HEADING_ONLY)
    return Showing(details, frozenset(strengths), tuple(dict.fromkeys(weakeners)))


def is_echo(text: str, national: Sequence[str]) -> bool:
    """True if the passage mostly repeats the wording of the ask."""
    words = _stems(text)
    if len(words) < _ECHO_WORDS:
        return False
    return any(len(words & _stems(ask)) >= _ECHO_SHARE * len(words) for ask in national)


@lru_cache(maxsize=5_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(analyse(text)))


@lru_cache(maxsize=20_000)
def _look(text: str) -> tuple[frozenset[Specific], tuple[Found, ...], bool]:
    return kinds_of_detail(text), modifiers(text), is_all_past(text)


def _undone(strength: Found, found: Sequence[Found]) -> bool:
    """A commitment inside the scope of a denial, or put off, commits to nothing."""
    undoing = (Modifier.NEGATED, Modifier.TO_BE_CONFIRMED, Modifier.PLACEHOLDER)
    return any(m.kind in undoing and m.reaches(strength.start, strength.end) for m in found)
