"""Words as the matcher sees them: spaCy tokens whose norm is a stem, and sentence boundaries."""

from __future__ import annotations

from functools import cache, lru_cache

import snowballstemmer
from spacy.lang.en import English
from spacy.tokens import Doc

# One character for one, so that offsets in the folded text are offsets in the plan's own words.
_FOLD = str.maketrans({"-": " ", "‐": " ", "‑": " ", "‒": " ", "–": " ", "—": " ", "’": "'",
                       "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\n": " ", "\t": " "})  # fmt: skip

# British and American spellings that the stemmer keeps apart.
_SPELLINGS = {"programm": "program", "organis": "organ", "organiz": "organ", "measureabl": "measur",
              "coordin": "coordin", "winterborn": "winterbourn", "judgement": "judgment",
              "whilst": "while", "per": "per"}  # fmt: skip


def fold(text: str) -> str:
    """The text with dashes as spaces and plain quotation marks, character for character."""
    return text.translate(_FOLD)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word, the same for its usual spellings."""
    stemmed: str = _stemmer().stemWord(word.lower())
    return _SPELLINGS.get(stemmed, stemmed)


def analyse(text: str) -> Doc:
    """Tokens with stems as their norms, and sentence boundaries."""
    doc = _pipeline()(fold(text))
    for token in doc:
        token.norm_ = stem(token.text)
    return doc


def tokens(text: str) -> Doc:
    """Tokens with stems as their norms, for short terms that need no sentences."""
    doc = _pipeline().make_doc(fold(text))
    for token in doc:
        token.norm_ = stem(token.text)
    return doc


def content_stems(doc: Doc) -> list[str]:
    """Stems of the words that carry meaning: no function words, no punctuation."""
    return [t.norm_ for t in doc if not (t.is_stop or t.is_punct or t.is_space)]


@cache
def _pipeline() -> English:
    nlp = English()
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    return nlp


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
