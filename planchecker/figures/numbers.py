"""Numbers in digits and in words, as patterns and as values."""

from __future__ import annotations

import re

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
          "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_VALUES: dict[str, float] = {
    "nought": 0.0, "zero": 0.0, "nil": 0.0, "a": 1.0, "an": 1.0,
    **{word: float(n) for n, word in enumerate(_ONES, 1)},
    **{word: float(n) for n, word in enumerate(_TEENS, 10)},
    **{word: float(n * 10) for n, word in enumerate(_TENS, 2)},
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
          "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100}  # fmt: skip
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _any(words: tuple[str, ...]) -> str:
    return "|".join(words)


_SMALL = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(_ONES)})\b)?|{_any(_TEENS)}|{_any(_ONES)})"
_HUNDREDS = rf"(?:(?:{_SMALL}|an?) hundred(?: and {_SMALL})?|{_SMALL})"
_AND_A_PART = r"(?: and (?:a half|a quarter|a third|three[- ]quarters))?"
_POINT = rf"(?: point(?: (?:nought|zero|{_any(_ONES)}))+)?"

# A number in words: "twenty-four", "one hundred and twenty thousand", "two and a half", "nought point five".
WORDS = (
    r"(?:(?:nought|zero|nil|(?:half an?|a quarter of a) (?:thousand|million|billion)"
    rf"|(?:{_HUNDREDS}|an?) (?:thousand|million|billion)(?:,? (?:and )?{_HUNDREDS}\b)?"
    rf"|{_HUNDREDS}){_POINT}{_AND_A_PART})\b"
)
# A number in digits: "1,753.6", "0.5", "2½", ".5" is not one.
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?[½¼¾]?|[½¼¾])"
NUMBER = rf"(?:{DIGITS}|{WORDS})"
# A part of a whole: "a fifth", "two-thirds", "one half", "half".
PART = (
    rf"(?:(?:an?|one|three)[- ]quarters?|(?:an?|{_any(_ONES)})[- ](?:half|halves|third|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|twelfth|twentieth|hundredth)s?|half)\b"  # "two quarters" are half a year
)
SCALE = {
    "k": 1e3, "000": 1e3, "000s": 1e3, "thousand": 1e3,
    "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
}  # fmt: skip

_PART_OF_A = re.compile(r"^(half an?|a quarter of a) ")
_AND_A = re.compile(r" and (a half|a quarter|a third|three[- ]quarters)$")


def value_of(words: str) -> float:
    """The value of a number that `NUMBER` matched, in digits or in words.

    Raises:
        ValueError: it is not a number.
    """
    text = words.strip().lower()
    if text and (text[0].isdigit() or text[0] in _GLYPHS):
        glyph = _GLYPHS.get(text[-1], 0.0)
        plain = text.rstrip("½¼¾").replace(",", "")
        return (float(plain) if plain else 0.0) + glyph
    if share := _PART_OF_A.match(text):
        return (
            part_of(share.group(1).split(" of ")[0].removesuffix(" a").removesuffix(" an"))
            * _SCALES[text.split()[-1]]
        )
    rest = 0.0
    if part := _AND_A.search(text):
        rest, text = part_of(part.group(1)), text[: part.start()]
    whole, _, decimals = text.partition(" point ")
    if decimals:
        rest += float("0." + "".join(str(int(_VALUES[word])) for word in decimals.split()))
    return _in_words(whole) + rest


def part_of(words: str) -> float:
    """The value of a part that `PART` matched: "a fifth" is 0.2.

    Raises:
        ValueError: it is not a part.
    """
    tokens = re.split(r"[- ]+", words.strip().lower())
    name = {"halves": "half"}.get(tokens[-1], tokens[-1].rstrip("s"))
    if name not in _PARTS:
        raise ValueError(f"'{words}' is not a part of a whole")
    count = _VALUES[tokens[0]] if len(tokens) > 1 else 1.0
    return count / _PARTS[name]


def _in_words(text: str) -> float:
    total = group = 0.0
    for token in re.split(r"[-, ]+", text):
        if token == "and":
            continue
        if token == "hundred":
            group = (group or 1.0) * 100.0
        elif token in _SCALES:
            total, group = total + (group or 1.0) * _SCALES[token], 0.0
        elif token in _VALUES:
            group += _VALUES[token]
        else:
            raise ValueError(f"'{text}' is not a number")
    return total + group
