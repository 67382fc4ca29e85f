"""How short lists with a handful of exemplars are judged: python benchmarks/short_lists.py [plans].

Each of the 21 elements of everyone-counts-2014 is made a list of its own, with the exemplars that are written in
the checklist and without the file of exemplars beside it, and the sample plans are judged against every one of them
by the weights for many exemplars, by those for texts alone, and by those for a few. A short list has few other
features to tell what a passage is otherwise about, which is what makes it hard. The weights were fitted on some of
these plans, with other exemplars, so only the differences between the rows mean much.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from planchecker import load_checklist, read
from planchecker.evaluation.gold import gold_plans
from planchecker.judging import findings
from planchecker.judging.verdict import judge
from planchecker.judging.weights import Mode
from planchecker.matching.encoding import begin_encoding
from planchecker.matching.match import match
from planchecker.matching.passages import passages_of

ROOT = Path(__file__).resolve().parent.parent
checklist = load_checklist()
lists = [replace(checklist, id=e.id, exemplar_file=None, elements=(e,)) for e in checklist.elements]
wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 6
pairs: dict[Mode, Counter[tuple[str, str]]] = {m: Counter() for m in (Mode.EXEMPLARS, Mode.TEXTS, Mode.FEW)}

for gold in islice(gold_plans(ROOT / "corpus" / "plans", ".docx"), wanted):
    passages = passages_of(read(gold.file))
    encoding = begin_encoding(passages)
    for short in lists:
        matches = match(passages, short, encoding=encoding)
        for mode, seen in pairs.items():
            with patch.object(findings, "mode_of", lambda *_, mode=mode: mode):
                found = findings.all_findings(short, matches)
            for feature_id, of_feature in found.items():
                seen[gold.features[feature_id].status, judge(of_feature, mode).verdict] += 1

print(f"{'judged by':12}{'right':>8}{'gaps found':>12}{'gaps called met':>17}{'met or partial shown':>22}")
for mode, seen in pairs.items():
    gaps = sum(n for (gold_verdict, _), n in seen.items() if gold_verdict == "missing")
    others = sum(seen.values()) - gaps
    right = sum(n for (one, other), n in seen.items() if one == other) / sum(seen.values())
    lost = sum(n for (one, other), n in seen.items() if one != "missing" and other == "missing")
    print(
        f"{mode:12}{right:8.3f}{seen['missing', 'missing'] / gaps:12.3f}"
        f"{seen['missing', 'met'] / gaps:17.3f}{1 - lost / others:22.3f}"
    )
