"""Ranking measured on real plans with expert matches: recall at k over the 169 SDG targets.

    python benchmarks/sdg_ranking.py FOLDER

FOLDER holds targets.json and one JSON file a country (paragraphs, matches), as described in its README.
A target's expert passage is found at k when one of the first k passages contains it (partial ratio of at
least 88 after lower-casing and dropping punctuation). Two settings: the target's text alone, and with the
other countries' expert passages as exemplars. BM25 alone stands beside, on the same passages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from planchecker.checklist import Checklist, Element, Exemplars, Feature, Part
from planchecker.evaluation.gold import normalised
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.lexical import BM25
from planchecker.matching.match import rank
from planchecker.matching.passages import passages_of
from planchecker.plan import Block, BlockKind, Plan

_COUNTRIES = ("liberia", "bhutan", "cambodia")
_KS = (1, 5, 10, 30, 100)
_FOUND = 88


def main(folder: Path) -> None:
    targets = json.loads((folder / "targets.json").read_text(encoding="utf-8"))
    countries = {c: json.loads((folder / f"{c}.json").read_text(encoding="utf-8")) for c in _COUNTRIES}
    print(f"{'':24}" + "".join(f"{'R@' + str(k):>8}" for k in _KS))
    for setting in ("text alone", "with examples"):
        rows = []
        for name, data in countries.items():
            examples = _examples(name, countries) if setting == "with examples" else {}
            checklist = _checklist(targets, data["matches"], examples)
            rows.append(_recalls(data, checklist))
        for ranker in rows[0]:
            means = np.mean([row[ranker] for row in rows], axis=0)
            print(f"{ranker + ', ' + setting:24}" + "".join(f"{m:8.3f}" for m in means), flush=True)


def _examples(name: str, countries: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for other, data in countries.items():
        if other != name:
            for target, texts in data["matches"].items():
                found.setdefault(target, []).extend(texts)
    return found


def _checklist(targets: Mapping[str, str], wanted: Any, examples: Mapping[str, list[str]]) -> Checklist:
    features = tuple(
        Feature(t, t, targets[t], (Part("a", targets[t], exemplars=Exemplars(tuple(examples.get(t, ())))),))
        for t in wanted
        if t in targets
    )
    return Checklist("sdg", "1", "SDG targets", (Element("ALL", "All", features),))


def _recalls(data: Mapping[str, Any], checklist: Checklist) -> dict[str, list[float]]:
    blocks = tuple(
        Block(n, BlockKind.PARAGRAPH, p["text"], heading=(p["doc"],))
        for n, p in enumerate(data["paragraphs"])
    )
    passages = passages_of(Plan("", "", "", "txt", None, blocks))
    texts = [normalised(p.text) for p in passages]
    ours = rank(passages, checklist, keep=max(_KS))
    bm25 = BM25([content_stems(analyse(p.text)) for p in passages])
    scores: dict[str, list[list[float]]] = {"planchecker": [], "BM25": []}
    for feature in checklist.features:
        truths = [normalised(text) for text in data["matches"][feature.id]]
        chosen = [c.passage for c in ours[(feature.id, "a")]]
        scores["planchecker"].append(_recall([normalised(p.text) for p in chosen], truths))
        query = ". ".join([feature.requirement, *feature.parts[0].exemplars.met])
        order = np.argsort(-bm25.scores(content_stems(analyse(query))), kind="stable")[: max(_KS)]
        scores["BM25"].append(_recall([texts[n] for n in order], truths))
    return {name: list(np.mean(rows, axis=0)) for name, rows in scores.items()}


def _recall(ranked: Sequence[str], truths: Sequence[str]) -> list[float]:
    """Share of the expert passages found among the first k, for each k."""
    first = [_first_holding(ranked, truth) for truth in truths]
    return [float(np.mean([place < k for place in first])) for k in _KS]


def _first_holding(ranked: Sequence[str], truth: str) -> int:
    for place, text in enumerate(ranked):
        if len(text) >= len(truth) * 0.8 and fuzz.partial_ratio(truth, text, score_cutoff=_FOUND):
            return place
    return len(ranked) + 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
