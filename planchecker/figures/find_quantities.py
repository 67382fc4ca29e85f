"""Quantities in a text: money, per cent, shares, rates, staff, counts; ranges and bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from planchecker.figures.bounds import bounds_of, is_from
from planchecker.figures.numbers import DIGITS, NUMBER, PART, SCALE, WORDS, part_of, value_of
from planchecker.figures.period import Period
from planchecker.figures.quantity import Quantity, Role, Unit
from planchecker.figures.surroundings import is_label, noun_after

_SCALE = r"(?:k|m|mn|bn|b|million|billion|thousand)\b"
_PER = (
    r"(?:(?: |-)?(?:per|an?|for each|for every|each|/) ?"
    r"(?P<per>registered patient|head|patient|person|capita|resident|week|month|year|annum|quarter|day)\b)?"
)
_BASE = r"(?P<base>100,?000|10,?000|1,?000|100|hundred thousand|ten thousand|thousand|hundred|million)"
_PERCENT = r"(?P<unit>percentage[- ]points?|% points?|per cent points?|%|per ?cent\b)"
_JOIN = r"(?P<join> ?- ?| to | or | and )"
_JOIN_WORDS = r"(?P<join>(?<![a-z]) ?- ?| to | or | and )"  # the hyphen of "ninety-two" joins no range
_WTE = r"(?:WTEs?|FTEs?|whole[- ]time[- ]equivalents?|full[- ]time[- ]equivalents?)\b"
_BASES = {"hundred": "100", "thousand": "1,000", "ten thousand": "10,000", "hundred thousand": "100,000",
          "million": "1,000,000", "100": "100", "1000": "1,000", "10000": "10,000", "100000": "100,000"}  # fmt: skip
_PERS = {"capita": "head", "person": "head", "patient": "head", "registered patient": "head",
         "resident": "head", "annum": "year"}  # fmt: skip

# Where a quantity can begin; everything else is tried only there.
_ATOM = re.compile(rf"£|\bGBP ?|(?=[\d½¼¾nzotfseahNZOTFSEAH])(?<![\w.,/:])(?:{DIGITS}|{WORDS}|{PART})", re.I)
_SIGN = re.compile(
    r"(?:(?P<both>\+/-|±|plus or minus|plus/minus) ?|(?<!\w)(?P<minus>-|minus )|(?<!\w)(?P<plus>\+))$", re.I
)
_CELL_DEFICIT = re.compile(r"^\s*\(\s*£?[\d,.]+ ?(?:%|k|m|bn)?\s*\)\s*$")
_BETWEEN = re.compile(r"\bbetween $", re.I)


_MONEY = (
    rf"(?:£|GBP ?) ?(?!000s?\b)(?P<a>{DIGITS})(?: ?(?P<sa>{_SCALE}))?"
    rf"{_JOIN}(?:(?:£|GBP) ?(?P<b>{DIGITS})(?: ?(?P<sb>{_SCALE}))?|(?P<b2>{DIGITS}) ?(?P<sb2>{_SCALE})){_PER}"
)
_ONE_MONEY = rf"(?:£|GBP ?) ?(?!000s?\b)(?P<a>{DIGITS})(?: ?(?P<sa>{_SCALE}))?{_PER}"
_DEFICIT = rf"£ ?\((?P<a>{DIGITS})\)(?: ?(?P<sa>{_SCALE}))?"
_POUNDS = rf"(?P<a>{NUMBER})(?: (?P<sa>{_SCALE}))? ?(?P<coin>pounds?\b|pence\b|p\b){_PER}"
_PART_OF_A_PERCENT = rf"(?P<part>{PART})(?: of)?(?: (?:an?|one|1))? ?{_PERCENT}"
_SHARE = (
    rf"(?P<a>{NUMBER})(?: [a-z]+)? (?:in|out of) (?:every|each) (?P<b>hundred|thousand|{NUMBER})(?! ?%)\b"
)
_WORDY_SHARE = rf"(?P<a>{WORDS}) [a-z]+ in (?P<b>{WORDS})(?! [a-z]+s\b)"
_PLAIN_SHARE = rf"(?P<a>{NUMBER}) (?:in|out of) (?:an? )?(?P<b>hundred|thousand|{NUMBER})(?! ?%)\b"
_PERCENTAGE = rf"(?P<a>{NUMBER})(?: ?(?:%|per ?cent))?{_JOIN_WORDS}(?P<b>{NUMBER}) ?{_PERCENT}"
_PERCENT_LIST = rf"(?P<list>{DIGITS}(?:(?:, | ?/ ?){DIGITS})+(?:,? and {DIGITS}| ?/ ?{DIGITS})?) ?{_PERCENT}"
_ONE_PERCENTAGE = rf"(?P<a>{NUMBER}) ?{_PERCENT}"
_RATE = rf"(?P<a>{NUMBER})(?: [a-z][a-z'-]*){{0,5}} ?(?:per|for every|in every|/) ?{_BASE}\b(?! ?%)"
_STAFF = rf"(?P<a>{NUMBER})(?:{_JOIN_WORDS}(?P<b>{NUMBER}))? ?{_WTE}"
_SLASHED_PART = r"(?P<a>[1-9])/(?P<b>[2-9]|10)(?= of\b)"
_PART = rf"(?P<part>{PART})"
_COUNT = (
    rf"(?P<a>{NUMBER})(?: ?(?P<sa>{_SCALE}))?(?P<join>(?<![a-z])-| - | to | and )(?P<b>{NUMBER})(?: ?(?P<sb>{_SCALE}))?"
    r"(?![\w%]|[.,]\d|[-/]\d)"
)
_ONE_COUNT = rf"(?P<a>{NUMBER})(?: ?(?P<sa>{_SCALE}))?(?![\w%]|[.,:]\d|/\d)"

_AFTER_A_PART = re.compile(
    r" (?:of|fewer|less|more|lower|higher|below|above|by|in|and|or|to|from|over|since|between|the|our|their|"
    r"its|these|those|all|are|is|were|was|will|have|has|had|live|lives|say|said)\b|\s*[.,;:)]|\s*$",
    re.I,
)
_BEFORE_A_PART = re.compile(
    r"\b(?:by|about|nearly|almost|around|over|only|than|some|roughly|least|under|to|just|up|down) $", re.I
)
_NO_PART_AFTER = re.compile(r"(?: (?:an? )?(?:day|hour|year|million|dozen|past|time|way|term)s?\b|-)", re.I)
_NOT_HALF = re.compile(r"\b(?:first|second|last|latter|other|each|this|per|every) $", re.I)


def find_quantities(text: str, periods: Sequence[Period]) -> tuple[Quantity, ...]:
    """All quantities of a folded text outside its times, in order, no two overlapping."""
    taken = bytearray(len(text))
    for period in periods:
        taken[period.begin : period.finish] = b"\1" * (period.finish - period.begin)
    found: list[Quantity] = []
    for atom in _ATOM.finditer(text):
        if taken[atom.start()]:
            continue
        for quantity in _at(text, atom.start(), taken):
            taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
            found.append(quantity)
    return tuple(found)


def _at(text: str, position: int, taken: bytearray) -> tuple[Quantity, ...]:
    """The quantity that begins at a position, or the two ends of a change."""
    for pattern, reader in _readers():
        match = pattern.match(text, position)
        if match is None or any(taken[match.start() : match.end()]):
            continue
        quantities = tuple(_finished(text, one, taken) for one in reader(match))
        if quantities:
            return quantities
    return ()


def _finished(text: str, quantity: Quantity, taken: bytearray) -> Quantity:
    """The quantity with its sign, bound and role, which stand around its words."""
    start, low, high, role = quantity.start, quantity.low, quantity.high, quantity.role
    sign = _SIGN.search(text, max(0, start - 14), start)
    if sign and not any(taken[sign.start() : start]):
        start = sign.start()
        if sign["both"]:
            low, role = -high, Role.BY
        elif sign["minus"]:
            low, high = -high, -low
    elif _CELL_DEFICIT.match(text):
        low, high = -high, -low
    comparator, usual = bounds_of(text, start, quantity.end)
    return replace(
        quantity,
        low=low,
        high=high,
        comparator=comparator,
        role=role if role is not Role.LEVEL else usual,
        text=text[start : quantity.end],
        start=start,
    )


def _made(match: re.Match[str], low: float, high: float, unit: Unit, per: str = "") -> Quantity:
    words = match.group().rstrip()
    start = match.start()
    return Quantity(round(low, 6), round(high, 6), unit, per, text=words, start=start, end=start + len(words))


def _ends(match: re.Match[str], whole: Quantity, last: str = "b") -> Iterator[Quantity]:
    """A range as one quantity; "from 58 to 67 per cent" and "3.1 and 2.9 per cent" as two."""
    text, start, joint = match.string, whole.start, match["join"].strip()
    apart = joint in ("and", "or") and not _BETWEEN.search(text, max(0, start - 8), start)
    change = joint == "to" and is_from(text, start)
    if not apart and not change and whole.low <= whole.high:
        yield whole
        return
    cut, at = match.start("join"), match.start(last)
    at = len(text[:at].rstrip()) - 1 if text[:at].rstrip().endswith("£") else at
    roles = (Role.FROM, Role.TO) if change else (Role.LEVEL, Role.LEVEL)
    yield replace(
        whole,
        high=whole.low,
        role=roles[0],
        text=text[start:cut].rstrip(),
        end=start + len(text[start:cut].rstrip()),
    )
    yield replace(whole, low=whole.high, role=roles[1], text=text[at : whole.end], start=at)


def _scaled(number: str, scale: str | None) -> float:
    return value_of(number) * (SCALE[scale.lower()] if scale else 1.0)


def _money(match: re.Match[str]) -> Iterator[Quantity]:
    last, scale = ("b", match["sb"]) if match["b"] else ("b2", match["sb2"])
    per = _per(match["per"])
    joint = match["join"].strip()
    if joint in ("and", "or") and not _BETWEEN.search(match.string, 0, match.start()):
        return
    low = _scaled(match["a"], match["sa"] or scale)
    yield from _ends(match, _made(match, low, _scaled(match[last], scale), Unit.POUNDS, per), last)


def _one_money(match: re.Match[str]) -> Iterator[Quantity]:
    value = _scaled(match["a"], match["sa"])
    yield _made(match, value, value, Unit.POUNDS, _per(match["per"]))


def _deficit(match: re.Match[str]) -> Iterator[Quantity]:
    value = -_scaled(match["a"], match["sa"])
    yield _made(match, value, value, Unit.POUNDS)


def _pounds(match: re.Match[str]) -> Iterator[Quantity]:
    value = _scaled(match["a"], match["sa"])
    if match["coin"].lower() in ("p", "pence"):
        value /= 100
        if match["coin"] == "P":
            return
    yield _made(match, value, value, Unit.POUNDS, _per(match["per"]))


def _per(words: str | None) -> str:
    return _PERS.get(words.lower(), words.lower()) if words else ""


def _part_of_a_percent(match: re.Match[str]) -> Iterator[Quantity]:
    value = part_of(match["part"])
    yield _made(match, value, value, _percent_unit(match["unit"]))


def _percent_unit(words: str) -> Unit:
    return Unit.POINTS if "point" in words.lower() else Unit.PERCENT


def _share(match: re.Match[str]) -> Iterator[Quantity]:
    """Such as "one in five" or "one pound in every hundred"."""
    whole = {"hundred": 100.0, "thousand": 1000.0}.get(match["b"].lower()) or value_of(match["b"])
    count = value_of(match["a"])
    if 0 < count < whole and count == int(count):
        yield _made(match, 100 * count / whole, 100 * count / whole, Unit.PERCENT)


def _percentages(match: re.Match[str]) -> Iterator[Quantity]:
    whole = _made(match, value_of(match["a"]), value_of(match["b"]), _percent_unit(match["unit"]))
    yield from _ends(match, whole)


def _percent_list(match: re.Match[str]) -> Iterator[Quantity]:
    """Such as "90, 95 and 92 per cent": several that share the unit."""
    unit = _percent_unit(match["unit"])
    numbers = list(re.finditer(DIGITS, match["list"]))
    for place, number in enumerate(numbers):
        start, value = match.start() + number.start(), value_of(number.group())
        end = match.end() if place == len(numbers) - 1 else match.start() + number.end()
        yield Quantity(value, value, unit, text=match.string[start:end], start=start, end=end)


def _one_percentage(match: re.Match[str]) -> Iterator[Quantity]:
    value = value_of(match["a"])
    yield _made(match, value, value, _percent_unit(match["unit"]))


def _rate(match: re.Match[str]) -> Iterator[Quantity]:
    value, base = value_of(match["a"]), match["base"].lower().replace(",", "")
    yield _made(match, value, value, Unit.COUNT, _BASES[base])


def _staff(match: re.Match[str]) -> Iterator[Quantity]:
    low = value_of(match["a"])
    if match["b"]:
        yield from _ends(match, _made(match, low, value_of(match["b"]), Unit.STAFF))
    else:
        yield _made(match, low, low, Unit.STAFF)


def _part(match: re.Match[str]) -> Iterator[Quantity]:
    """Such as "a fifth of", "fell by a third", but not "a third party" or "half a day"."""
    text, start, end = match.string, match.start(), match.end()
    if _NO_PART_AFTER.match(text, end) or _NOT_HALF.search(text, max(0, start - 8), start):
        return
    if _AFTER_A_PART.match(text, end) or _BEFORE_A_PART.search(text, max(0, start - 10), start):
        value = 100 * part_of(match["part"])
        yield _made(match, value, value, Unit.PERCENT)


def _slashed_part(match: re.Match[str]) -> Iterator[Quantity]:
    value = 100 * int(match["a"]) / int(match["b"])
    if value < 100:
        yield _made(match, value, value, Unit.PERCENT)


def _counts(match: re.Match[str]) -> Iterator[Quantity]:
    if is_label(match.string, match.start(), match.end()):
        return
    if match["join"] == " and " and not _BETWEEN.search(match.string, 0, match.start()):
        return
    low, high = _scaled(match["a"], match["sa"] or match["sb"]), _scaled(match["b"], match["sb"])
    noun = noun_after(match.string, match.end())
    if noun or low < high:
        yield from _ends(match, replace(_made(match, low, high, Unit.COUNT), noun=noun))


def _one_count(match: re.Match[str]) -> Iterator[Quantity]:
    if is_label(match.string, match.start(), match.end()):
        return
    value, noun = _scaled(match["a"], match["sa"]), noun_after(match.string, match.end())
    if match["a"].lower() == "one" or (
        not match["a"][0].isdigit() and match["a"][0] not in "½¼¾" and not noun
    ):
        return  # "one of them", "the two": words that count nothing
    yield replace(_made(match, value, value, Unit.COUNT), noun=noun)


_Reader = Callable[[re.Match[str]], Iterator[Quantity]]

_READERS: tuple[tuple[str, _Reader], ...] = (
    (_MONEY, _money),
    (_ONE_MONEY, _one_money),
    (_DEFICIT, _deficit),
    (_SHARE, _share),
    (_POUNDS, _pounds),
    (_PART_OF_A_PERCENT, _part_of_a_percent),
    (_PERCENT_LIST, _percent_list),
    (_PERCENTAGE, _percentages),
    (_ONE_PERCENTAGE, _one_percentage),
    (_WORDY_SHARE, _share),
    (_PLAIN_SHARE, _share),
    (_SLASHED_PART, _slashed_part),
    (_RATE, _rate),
    (_STAFF, _staff),
    (_PART, _part),
    (_COUNT, _counts),
    (_ONE_COUNT, _one_count),
)


@cache
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """Made ready when first needed: it takes longer than all the other imports of `figures`."""
    return tuple((re.compile(pattern, re.I), reader) for pattern, reader in _READERS)
