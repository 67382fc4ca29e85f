"""How exactly a figure is stated, so that two roundings of one value are not called different."""

from __future__ import annotations

import re

from planchecker.figures.numbers import SCALE
from planchecker.figures.quantity import Quantity

_DIGITS = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")
_SCALE = re.compile(r"\d ?(k|m|mn|bn|b|million|billion|thousand)\b", re.I)
_SAME = 1e-9
_COUNTED = 1000  # "40 practices" were counted; "40,000 people" may be rounded
_MOST = 0.25  # of a value: half a per cent is no rounding of one per cent


def last_place(quantity: Quantity) -> float:
    """The worth of the last digit that a figure states, trailing noughts of a whole number left out.

    "£3.0m" is exact to 100,000, "230,000" to 10,000, "7.45%" to 0.01; 0 where it is in words.
    """
    match = _DIGITS.search(quantity.text)
    if match is None:
        return 0.0
    stated = float(match.group().replace(",", ""))
    scale = _scale_of(quantity, stated)
    if match["decimals"]:
        return float(scale * 10.0 ** -len(match["decimals"]))
    digits = match.group().replace(",", "")
    exact = not stated or (scale == 1.0 and stated < _COUNTED)
    noughts = 0 if exact else len(digits) - len(digits.rstrip("0"))
    return float(scale * 10.0**noughts)


def differ(one: Quantity, other: Quantity) -> bool:
    """Whether two single values differ by more than rounding explains."""
    largest = max(abs(one.low), abs(other.low))
    room = min(max(last_place(one), last_place(other)) / 2, _MOST * largest)
    return abs(one.low - other.low) > room + _SAME * largest


def _scale_of(quantity: Quantity, stated: float) -> float:
    """What the digits stand for: their own "m", else the one that a column's header gave the value."""
    own = _SCALE.search(quantity.text)
    if own:
        return SCALE[own[1].lower()]
    return abs(quantity.low) / stated if stated and quantity.low else 1.0
