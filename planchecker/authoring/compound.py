"""Requirements that plainly ask two things, cut in two. Where it is not plain they are left whole."""

from __future__ import annotations

import re

# Verbs that a requirement or a priority begins with; those of the second line are nouns as often
# ("improve information and support services"), so they begin a second half only behind "to".
_PLAIN = (
    "achieve|agree|arrange|assess|build|close|commit|create|define|deliver|demonstrate|describe|develop|eliminate|enable|"
    "encourage|engage|ensure|establish|expand|explain|extend|give|identify|implement|improve|increase|integrate|introduce|"
    "invest|involve|keep|maintain|make|meet|narrow|prevent|promote|protect|provide|publish|reduce|secure|strengthen|"
    "tackle|transform"
)
_ALSO_NOUNS = (
    "address|commission|cut|fund|help|list|measure|monitor|name|offer|plan|raise|report|review|say|set|share|show|state|"
    "support|train|use|work"
)
_VERBS = f"{_PLAIN}|{_ALSO_NOUNS}"
_ASKING = r"(?:how|what|who|whom|when|where|which|why|whether)"
_AND = r",?\s+and\s+(?:also\s+)?"
_TWO_ASKED = re.compile(
    rf"^(?P<lead>.*?\b)(?P<one>{_ASKING}\b.+?){_AND}(?P<two>{_ASKING}\b.+)$", re.IGNORECASE
)
_TWO_TOLD = re.compile(
    rf"^(?P<lead>(?:(?:the )?plans? (?:should|must|will|is to|are to)\s+|to\s+|we (?:will|must)\s+)?)"
    rf"(?P<one>(?:{_VERBS})\b.+?){_AND}(?P<two>(?:to\s+(?:{_VERBS})|{_PLAIN})\b.+)$",
    re.IGNORECASE,
)
_MIN_WORDS = 2  # a half of one word is no requirement of its own ("and review")
_POINTS_BACK = re.compile(r"^(?:\w+\s+){1,2}(?:that|this|it|they|them|these|those)\b", re.IGNORECASE)


def halves(text: str) -> tuple[str, str] | None:
    """The two things that a requirement asks, or None where it asks one or it is not plain.

    It is plain where "and" stands between two questions ("how ... and who ...") or between two
    verbs ("reduce ... and increase ..."), once. A second half that points back ("how that will be
    measured") carries the first in brackets, as each half is looked for by itself.
    """
    body = text.strip().rstrip(".")
    for pattern in (_TWO_ASKED, _TWO_TOLD):
        match = pattern.match(body)
        if match is None:
            continue
        one, two = match["one"].strip(" ,;"), match["two"].strip(" ,;").removeprefix("to ")
        if min(len(one.split()), len(two.split())) < _MIN_WORDS or pattern.match(two):
            continue
        if _POINTS_BACK.match(two):
            two = f"{two} ({one})"
        return _capital(one), _capital(two)
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
