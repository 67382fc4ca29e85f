"""Words as the matcher sees them: spaCy tokens with stems, and sentence boundaries."""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:  # spaCy takes half a second to import, during which the models can be loaded
    from spacy.lang.en import English
    from spacy.tokens import Doc

# One character for one, so that offsets in the folded text are offsets in the plan's own words.
_FOLD = str.maketrans({"-": " ", "‐": " ", "‑": " ", "‒": " ", "–": " ", "—": " ", "’": "'",
                       "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\n": " ", "\t": " "})  # fmt: skip
_SLASH = re.compile(r"(?<=[A-Za-z])/|/(?=[A-Za-z])")  # "RTT/18 weeks", but 2014/15 and 24/7 stay whole

# Spellings of one word that the stemmer keeps apart.
_CO_PREFIX = re.compile(r"\b(co) (?=o(?:rd|p))", re.I)  # co-ordination, co-operation, folded
_IZE = re.compile(r"(?<=[iy])z(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")
_SPELLINGS = {
    "center": "centre", "centers": "centres", "program": "programme", "programs": "programmes",
    "judgement": "judgment", "measureable": "measurable", "winterborne": "winterbourne", "whilst": "while",
    "behavior": "behaviour", "behaviors": "behaviours", "behavioral": "behavioural",
}  # fmt: skip
_NOT_STEMMED = {"careful", "carefully", "caring", "carer", "carers"}  # the stemmer makes them "care"


def fold(text: str) -> str:
    """The text with dashes as spaces and plain quotation marks, character for character."""
    return _SLASH.sub(" ", text.translate(_FOLD))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word, the same for its usual spellings."""
    lowered = word.lower().rstrip(".")
    lowered = _IZE.sub("s", _SPELLINGS.get(lowered, lowered))
    if lowered in _NOT_STEMMED:
        return lowered.removesuffix("s")
    stemmed: str = _stemmer().stemWord(lowered)
    return stemmed or word


def analyse(text: str) -> Doc:
    """Tokens for matching: the norm is a stem, the lemma the word as written without its full stop.

    White space and the hyphen of "co-ordinate" are evened out, so offsets are those of the evened text.
    """
    return _marked(_pipeline()(_evened(text)))


@lru_cache(maxsize=20_000)
def analyse_term(term: str) -> Doc:
    """The same for a term of a checklist, which needs no sentences."""
    return _marked(_pipeline().make_doc(_evened(term)))


def _evened(text: str) -> str:
    return _CO_PREFIX.sub(r"\1", " ".join(fold(text).split()))


def _marked(doc: Doc) -> Doc:
    for token in doc:
        token.norm_ = stem(token.text)
        token.lemma_ = token.text.rstrip(".") or token.text
    return doc


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, as offsets in the text itself."""
    return [(sentence.start_char, sentence.end_char) for sentence in _pipeline()(fold(text)).sents]


def content_stems(doc: Doc) -> list[str]:
    """Stems of the words that carry meaning: no function words, no punctuation."""
    return [t.norm_ for t in doc if not (t.is_stop or t.is_punct or t.is_space)]


@cache
def _pipeline() -> English:
    _leave_out_command_line()
    from spacy.attrs import IS_PUNCT, IS_SPACE, IS_STOP, LOWER, NORM  # type: ignore[import-not-found]
    from spacy.lang.en import English

    nlp = English()
    getters: dict[int, object] = getattr(nlp.vocab, "lex_attr_getters")  # noqa: B009 - not in its stub
    for unused in getters.keys() - {IS_PUNCT, IS_SPACE, IS_STOP, LOWER, NORM}:
        del getters[unused]  # each would be worked out for every new word
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    return nlp


def _leave_out_command_line() -> None:
    """Keep `import spacy` from importing its command line too, which takes a third of the time.

    It does so for one name, `spacy.info`, which is not used here; whoever imports `spacy.cli` later gets it.
    """
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType("spacy.cli.info")
    vars(stand_in)["info"] = None
    names = ("spacy.cli", "spacy.cli.info")
    sys.modules.update(dict.fromkeys(names, stand_in))
    try:
        import spacy  # noqa: F401
    finally:
        for name in names:
            sys.modules.pop(name, None)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
