"""`planchecker match`: ranked passages per feature, no verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.matching.match import Candidate, rank
from planchecker.matching.passages import passages_of
from planchecker.reading import read


@click.command("match")
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--top", default=3, show_default=True, type=click.IntRange(1, 1000), help="Passages a feature.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def command(plans: tuple[Path, ...], checklist: str, top: int, form: str) -> None:
    """Rank the passages of PLANS, taken together, for each feature of a checklist."""
    wanted = load_checklist(checklist)
    passages = [passage for plan in plans for passage in passages_of(read(plan))]
    matches = rank(passages, wanted, keep=top)
    for feature in wanted.features:
        candidates = [c for part in feature.parts for c in matches[(feature.id, part.id)]]
        if form == "text":
            click.echo(f"{feature.id} {feature.name}")
        for place, candidate in enumerate(_best_of_each_passage(candidates)[:top], start=1):
            line = (
                _text(place, candidate, len(plans) > 1)
                if form == "text"
                else _json(feature.id, place, candidate)
            )
            click.echo(line)


def _best_of_each_passage(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: -c.score):
        best.setdefault((candidate.passage.plan, candidate.passage.text), candidate)
    return list(best.values())


def _text(place: int, candidate: Candidate, name_plan: bool) -> str:
    passage = candidate.passage
    plan = f"{Path(passage.plan).name}, " if name_plan else ""
    page = f"p. {passage.page}" if passage.page else "p. ?"
    return f"  {place}. {candidate.score:.2f}  {plan}{page}  {passage.text}"


def _json(feature_id: str, place: int, candidate: Candidate) -> str:
    passage = candidate.passage
    return json.dumps(
        {
            "plan": passage.plan,
            "feature": feature_id,
            "rank": place,
            "score": round(candidate.score, 4),
            "text": passage.text,
            "page": passage.page,
            "heading": passage.heading,
            "matched_by": candidate.matched_by,
        },
        ensure_ascii=False,
    )
