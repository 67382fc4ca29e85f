"""Words: the stems of each passage and the cues that it holds, remembered between drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata

from planchecker.checklist import Checklist
from planchecker.matching.cues import CueHits, CueMatcher
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.memory import Texts, remembered_bytes

_FORM = 1  # to be raised when stems or cues are found in another way
_PartKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one passage.

    Attributes:
        stems: of the words that carry meaning.
        hits: what each part's vocabulary finds; parts without any are left out.
    """

    stems: list[str]
    hits: Mapping[_PartKey, CueHits]


def words_of(texts: Sequence[str], checklist: Checklist) -> list[Words]:
    """The words of each text, as a checklist sees them."""

    def compute(new: Texts) -> list[bytes]:
        matcher = CueMatcher(checklist)
        return [_packed(str(text), matcher) for text in new]

    return [_unpacked(value) for value in remembered_bytes(_key(checklist), list(texts), compute)]


def _key(checklist: Checklist) -> bytes:
    """Another vocabulary or another planchecker remembers nothing of this one's."""
    vocabulary = [
        (feature.id, part.id, part.cues, part.hints, part.counter_cues)
        for feature in checklist.features
        for part in feature.parts
    ]
    named = repr((_FORM, metadata.version("planchecker"), vocabulary))
    return hashlib.blake2b(named.encode(), digest_size=32).digest()


def _packed(text: str, matcher: CueMatcher) -> bytes:
    doc = analyse(text)
    hits = [(*key, hit.cues, hit.hints, hit.killed) for key, hit in matcher.hits(doc).items()]
    return json.dumps([content_stems(doc), hits]).encode()


def _unpacked(value: bytes) -> Words:
    stems, hits = json.loads(value)
    return Words(
        stems,
        {
            (feature, part): CueHits(tuple(cues), tuple(hints), tuple(killed))
            for feature, part, cues, hints, killed in hits
        },
    )
