"""Is a plan in English? Told by how often it uses the commonest small words of a language.

A language model would be more precise on single sentences; on a whole plan, thousands of
words long, small words settle it, with nothing to install and nothing to load.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SMALL_WORDS = {
    "English": "the of and to in a is for that with be will are on as by we our this from have",
    "French": "le la les de des du et en un une est pour que qui dans sur par au aux avec ce sont",
    "German": "der die das und in den von zu mit ist im für auf des nicht ein eine dem auch werden",
    "Spanish": "el la los las de y en que del un una es para por con se al su como más son",
    "Portuguese": "o a os as de e em que do da um uma para por com não se no na dos mais são",
    "Italian": "il la di e che in un una per è del della con non le gli si dei delle sono nel",
    "Dutch": "de het een van en in is op te dat voor met zijn niet aan er om ook door worden",
    "Welsh": "y yr a i o yn ar am ac mae bod eu ei gan wedi sydd hyn fydd ein gyda oedd neu",
    "Polish": "i w z na do się jest nie że o jak przez dla są oraz od po które za być",
    "Romanian": "și de la în a cu pe din care că este un o pentru sunt mai nu se prin ale",
    "Swedish": "och att det i en av för på är som med den till inte har de om ett var kan",
    "Turkish": "ve bir bu için ile da de olarak olan en daha gibi kadar çok ise veya her",
}
_SETS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = {
    "ARABIC": "Arabic or another language in its script",
    "CYRILLIC": "Russian or another language in Cyrillic letters",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "DEVANAGARI": "Hindi or another language in its script",
    "BENGALI": "Bengali",
    "THAI": "Thai",
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 40
_ENOUGH_DIFFERENT = 6
_SAMPLE = 200_000  # characters; more would not change the answer
_LEAST_ENGLISH = 0.12  # English prose has a third of its words from the list, tables of it a fifth
_CLEARLY_MORE = 1.3


def foreign_language(text: str) -> str | None:
    """The language a text seems to be in, or None where it is English or too short to tell."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    script = _foreign_script(sample)
    if script:
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _ENOUGH_WORDS:
        return None
    counts = Counter(words)
    # A table repeats its few words; a language shows in many different ones.
    shares = {
        language: sum(counts[word] for word in small) / len(words)
        for language, small in _SETS.items()
        if language == "English" or sum(word in counts for word in small) >= _ENOUGH_DIFFERENT
    }
    best = max(shares, key=lambda language: shares[language])
    english = shares["English"]
    if shares[best] > english * _CLEARLY_MORE and shares[best] > _LEAST_ENGLISH:
        return best
    return None


def _foreign_script(text: str) -> str | None:
    """The language of a script other than Latin that most letters are written in."""
    letters = [ch for ch in text[:20_000] if ch.isalpha()]
    other = Counter(
        unicodedata.name(ch, "").partition(" ")[0].partition("-")[0] for ch in letters if ch > "\u02ff"
    )
    if len(letters) < _ENOUGH_WORDS or not other:
        return None
    script, times = other.most_common(1)[0]
    return _SCRIPTS.get(script) if times > len(letters) / 2 else None
