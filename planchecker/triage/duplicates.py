"""Sentences that are nearly the same: found by MinHash, confirmed by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from datasketch import MinHash, MinHashLSH

from planchecker.triage.sentences import Sentence

SHINGLE = 3  # words; a changed figure or name undoes three shingles
ALIKE = 0.6  # share of shingles in common from which two sentences are the same text
# 64 hashes for the search alone: it may miss a pair near the threshold, it cannot make one up.
_HASHES = 64


@dataclass(frozen=True, slots=True)
class Cluster:
    """The same text wherever it stands, in the order of the sentences given; the first is its measure."""

    sentences: tuple[Sentence, ...]

    @property
    def owners(self) -> frozenset[str]:
        """Whose text it is."""
        return frozenset(sentence.owner for sentence in self.sentences)


def clusters_of(sentences: Iterable[Sentence]) -> tuple[Cluster, ...]:
    """The texts that have at least two owners.

    Args:
        sentences: in an order that decides which one measures the others: the guidance first.
    """
    same_words: dict[tuple[str, ...], list[Sentence]] = {}
    for sentence in sentences:
        same_words.setdefault(sentence.words, []).append(sentence)
    members: dict[int, list[Sentence]] = {}
    for leader, group in zip(_leaders(list(same_words)), same_words.values(), strict=True):
        members.setdefault(leader, []).extend(group)
    return tuple(Cluster(tuple(one)) for one in members.values() if len({s.owner for s in one}) > 1)


def _leaders(texts: Sequence[tuple[str, ...]]) -> list[int]:
    """For each text the number of the first that it is nearly the same as; itself, if there is none."""
    search = MinHashLSH(threshold=ALIKE, num_perm=_HASHES)
    shingles: dict[int, frozenset[str]] = {}
    leaders = []
    for number, words in enumerate(texts):
        own = _shingles(words)
        hashed = MinHash(num_perm=_HASHES, hashfunc=crc32)
        hashed.update_batch([shingle.encode() for shingle in sorted(own)])
        near = ((_likeness(own, shingles[other]), -other) for other in search.query(hashed))
        likeness, leader = max(near, default=(0.0, 0))
        if likeness >= ALIKE:
            leaders.append(-leader)
        else:
            leaders.append(number)
            shingles[number] = own
            search.insert(number, hashed)
    return leaders


def _shingles(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
