"""The words near a figure: what a count counts, what a figure is about, what is only a label."""

from __future__ import annotations

import re

_LABELS = re.compile(
    r"(?:\b(?:NHS|section|sections|appendix|annex|figure|fig\.?|table|chapter|page|pages|pp\.?|p\.|version|draft|"
    r"paper|part|domain|ambition|element|feature|objective|priority|goal|standard|level|tier|band|stage|phase|"
    r"step|grade|type|class|category|red|box|question|item|no\.?|number|note|room|unit|ward|row|column|"
    r"paragraph|para\.?|risk|annexe|schedule|volume|month|key line|recommendation|scheme|milestone|"
    r"project|workstream|option|scenario|outcome|indicator|must-win|aged|ages?|over-|under-|the over|the under|"
    r"per|(?:for|in) (?:each|every)|domains|levels|sections|tiers|parts|chapters|dial|call|ring|"
    r"Act) |\b[A-Z]{1,4}|#|\bv|\bs\.|@|\bM)$",
    re.I,
)
_ITEM_AFTER = re.compile(r"\.\d|\.?\)?\s+[A-Z]|[.)] ")
_AGES = re.compile(r"(?:'?s\b|-year| years?[- ]old| and over\b(?= *(?:$|[.,;)]|who|with|in)))", re.I)
_AGED = re.compile(
    r"\b(?:people|patients|adults|those|children|residents|men|women|everyone|anyone|person|population) "
    r"(?:aged |who are )?(?:over|under|above|below) $",
    re.I,
)

_AGE_ALONE = re.compile(r"\b(?:over|under|above|below) $", re.I)
_AGE = re.compile(r"(?:5|16|18|19|25|60|65|70|75|80|85|90)(?= ?(?:[,.;:)]|$|and |or |years ))")

_STOP = {
    "of", "in", "on", "at", "by", "to", "from", "for", "with", "and", "or", "but", "is", "are", "was", "were", "be",
    "been", "will", "would", "can", "may", "should", "has", "have", "had", "that", "which", "who", "where", "when",
    "as", "than", "more", "less", "per", "a", "an", "the", "this", "these", "those", "each", "every", "if", "so",
    "it", "its", "their", "our", "we", "they", "not", "no", "between", "over", "under", "within", "through",
    "across", "till", "into", "during", "until", "since", "because", "while", "after", "before", "out", "up", "down",
}  # fmt: skip
_PEOPLE = {"people", "men", "women", "children", "staff", "personnel"}
_WORD = re.compile(r"[ -]([A-Za-z][\w'’-]*)")
_NOUN_WORDS = 5


def noun_after(text: str, end: int) -> str:
    """The noun that a number before `end` counts, in small letters, or "": the first plural within a few words."""
    words: list[str] = []
    at = end
    while len(words) < _NOUN_WORDS:
        match = _WORD.match(text, at)
        if match is None or match[1].lower() in _STOP:
            break
        words.append(match[1].lower())
        at = match.end()
    plural = next((word for word in words if word in _PEOPLE or _is_plural(word)), "")
    return plural or (words[0] if words else "")


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ous", "us", "is", "'s"))


def is_label(text: str, start: int, end: int) -> bool:
    """Whether a number only names something: "section 5", "NHS 111", "over-75s", "7.3 Running costs"."""
    before = text[max(0, start - 20) : start]
    if _LABELS.search(before) or _AGES.match(text, end) or _AGED.search(text, max(0, start - 40), start):
        return True
    if _AGE_ALONE.search(text, max(0, start - 8), start) and _AGE.match(text, start):
        return True
    return bool(not text[:start].strip() and text[start].isdigit() and _ITEM_AFTER.match(text, end))
