"""`planchecker match`: ranked passages per feature, no verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.matching.match import Candidate, match
from planchecker.matching.passages import passages_of
from planchecker.reading import read


@click.command("match")
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--top", default=3, show_default=True, type=click.IntRange(1, 1000), help="Passages a feature.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def command(plans: tuple[Path, ...], checklist: str, top: int, form: str) -> None:
    """Rank the passages of PLANS for each feature of a checklist."""
    wanted = load_checklist(checklist)
    for path in plans:
        plan = read(path)
        matches = match(passages_of(plan), wanted, keep=max(top, 10))
        for feature in wanted.features:
            candidates = [c for part in feature.parts for c in matches[(feature.id, part.id)]]
            best = _best_of_each_passage(candidates)[:top]
            if form == "text":
                click.echo(f"{feature.id} {feature.name}")
            for rank, candidate in enumerate(best, start=1):
                click.echo(_line(str(path), feature.id, rank, candidate, form))


def _best_of_each_passage(candidates: list[Candidate]) -> list[Candidate]:
    best: dict[tuple[int, str], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: -c.score):
        best.setdefault((candidate.passage.block, candidate.passage.text), candidate)
    return list(best.values())


def _line(path: str, feature_id: str, rank: int, candidate: Candidate, form: str) -> str:
    passage = candidate.passage
    if form == "text":
        page = f"p. {passage.page}" if passage.page else "p. ?"
        return f"  {rank}. {candidate.score:.2f}  {page}  {passage.text}"
    return json.dumps(
        {
            "plan": path,
            "feature": feature_id,
            "rank": rank,
            "score": round(candidate.score, 4),
            "text": passage.text,
            "page": passage.page,
            "heading": passage.heading,
            "matched_by": candidate.matched_by,
        },
        ensure_ascii=False,
    )
