"""Training pairs for the reader: (part of a requirement, passage, evidence / weak / none)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from planchecker.checklist import Checklist, Feature, Part
from planchecker.evaluation.gold import GoldLabel, GoldPlan, holds_snippet
from planchecker.matching.match import Candidate, Matches, match
from planchecker.matching.models import encoder
from planchecker.matching.passages import Passage, passages_of
from planchecker.reading import read

LABELS = ("evidence", "weak", "none")
UNLABELLED = -1  # a teacher alone says what such a pair is
_LABEL_OF = {"met": 0, "partial": 1, "none": 2}
_CANDIDATES = 12
_HARD_RANKS = slice(1, 14)  # other parts that resemble the passage, the very nearest left out
_HARD = 0.75  # share of sentences paired with such a part; the others with any part at all
_JOINED = 0.5  # share of sentences that stand beside one on another subject, as they do in real paragraphs
_JOINED_WORDS = 110


@dataclass(frozen=True)
class Pair:
    """One training example; `label` indexes LABELS or is UNLABELLED, `origin` says where it comes from."""

    part: str
    passage: str
    label: int
    feature: str
    origin: str


def exemplar_lines(folder: Path) -> list[dict[str, Any]]:
    """All lines of all exemplar files, each with its voice (the author, from the file name)."""
    lines = []
    for file in sorted(folder.glob("*.jsonl")):
        for text in file.read_text(encoding="utf-8").splitlines():
            if text.strip():
                lines.append(json.loads(text) | {"voice": file.stem.rsplit("-", 1)[-1]})
    return lines


def exemplar_pairs(lines: Sequence[dict[str, Any]], checklist: Checklist, seed: int) -> list[Pair]:
    """Each line with the parts of its own feature, and with parts that it does not answer."""
    rng = random.Random(seed)
    parts = [(feature, part) for feature in checklist.features for part in feature.parts]
    nearest = _nearest_parts([in_context(line) for line in lines], parts)
    pairs: list[Pair] = []
    for line, order in zip(lines, nearest, strict=True):
        feature = checklist.feature(line["feature"])
        if feature is None:
            continue
        text, beside = _beside_another(line, lines, rng)
        for part in feature.parts:
            label = _LABEL_OF[line["parts"].get(part.id, "none")]
            pairs.append(Pair(part.text, text, label, feature.id, line["voice"]))
        others = [parts[n] for n in order if parts[n][0].id not in (feature.id, beside)]
        hard = line["kind"] != "neighbour" and rng.random() < _HARD
        other, other_part = rng.choice(others[_HARD_RANKS] if hard else others)
        pairs.append(Pair(other_part.text, text, 2, other.id, line["voice"]))
    return pairs


def _beside_another(
    line: dict[str, Any], lines: Sequence[dict[str, Any]], rng: random.Random
) -> tuple[str, str]:
    """A line as it is or, now and then, joined to one of its voice about another feature, and that feature's id."""
    other = rng.choice(lines)
    words = len(line["text"].split()) + len(other["text"].split())
    apart = other["feature"] != line["feature"] and other["voice"] == line["voice"]
    if (
        rng.random() > _JOINED
        or not apart
        or "table" in (line["kind"], other["kind"])
        or words > _JOINED_WORDS
    ):
        return in_context(line), ""
    texts = [line["text"], other["text"]]
    if rng.random() < 0.5:
        texts.reverse()
    heading = rng.choice((line, other)).get("heading", "")
    return in_context({"heading": heading, "text": " ".join(texts)}), other["feature"]


def checklist_pairs(checklist: Checklist) -> Iterator[Pair]:
    """The exemplars that the checklist itself carries."""
    for feature in checklist.features:
        for part in feature.parts:
            sets = (part.exemplars.met, part.exemplars.partial, part.exemplars.misleading)
            for label, texts in enumerate(sets):
                for text in texts:
                    yield Pair(part.text, text, label, feature.id, "checklist")


def plan_pairs(gold: GoldPlan, checklist: Checklist, hard: int = 4) -> Iterator[Pair]:
    """From a labelled plan: its quoted evidence, and what misleads the reader that there is so far.

    A passage quoted for one feature and not for another is taken not to answer the other: the key gives
    a passage to the feature that it answers most directly.
    """
    passages = passages_of(read(gold.file))
    matches = match(passages, checklist, keep=_CANDIDATES)
    quoted_for = {
        passage: {f for f, label in gold.features.items() if _quoted(passage.text, label.evidence)}
        for passage in passages
    }
    for feature in checklist.features:
        label = gold.features[feature.id]
        for part in feature.parts:
            candidates = sorted(matches[(feature.id, part.id)], key=_evidence, reverse=True)
            wrong = [c.passage for c in candidates if feature.id not in quoted_for[c.passage]]
            if label.status != "missing":
                wrong = [passage for passage in wrong if quoted_for[passage]]
            for passage in wrong[:hard]:
                yield Pair(part.text, passage.in_context, 2, feature.id, gold.name)
        if label.status != "missing":
            quoted = [passage for passage, features in quoted_for.items() if feature.id in features]
            yield from _quoted_pairs(feature, label, quoted, matches, gold.name)


def candidate_pairs(gold: GoldPlan, checklist: Checklist, known: Set[tuple[str, str]]) -> Iterator[Pair]:
    """What a reader would be given to read of a plan, without labels; no pair that is known already."""
    matches = match(passages_of(read(gold.file)), checklist, keep=_CANDIDATES)
    parts = {(feature.id, part.id): part for feature in checklist.features for part in feature.parts}
    for key, candidates in matches.items():
        for candidate in candidates:
            pair = parts[key].text, candidate.passage.in_context
            if pair not in known:
                yield Pair(*pair, UNLABELLED, key[0], gold.name)


def _quoted_pairs(
    feature: Feature, label: GoldLabel, quoted: Sequence[Passage], matches: Matches, name: str
) -> Iterator[Pair]:
    """Quoted passages with the part that they answer; the key names features, not parts."""
    chances = {
        part.id: {c.passage: _evidence(c) for c in matches[(feature.id, part.id)]} for part in feature.parts
    }
    lacking = min(feature.parts, key=lambda p: max((chances[p.id].get(q, 0.0) for q in quoted), default=0.0))
    for passage in quoted:
        best = max(feature.parts, key=lambda p: chances[p.id].get(passage, 0.0))
        shown = label.status == "met" or label.twist == "half"
        yield Pair(best.text, passage.in_context, 0 if shown else 1, feature.id, name)
        if label.twist == "half" and len(feature.parts) > 1 and lacking is not best:
            yield Pair(lacking.text, passage.in_context, 2, feature.id, name)


def _evidence(candidate: Candidate) -> float:
    return candidate.reading.evidence if candidate.reading else candidate.score


def _quoted(text: str, snippets: Iterable[str]) -> bool:
    return any(holds_snippet(text, snippet) for snippet in snippets)


def in_context(line: dict[str, Any]) -> str:
    return f"{line['heading']}: {line['text']}" if line.get("heading") else str(line["text"])


def _nearest_parts(texts: Sequence[str], parts: Sequence[tuple[Feature, Part]]) -> list[list[int]]:
    model = encoder()
    assert model is not None, "the encoder is needed to find hard negatives"
    similarity = model.run(list(texts)) @ model.run([part.text for _, part in parts]).T
    return [list(row) for row in np.argsort(-similarity, axis=1)]
