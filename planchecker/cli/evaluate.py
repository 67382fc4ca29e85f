"""`planchecker evaluate`: scores against gold verdicts, beside controls."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.checklist import Checklist
from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.evaluation.evaluate import evaluate
from planchecker.evaluation.gold import GoldPlan, gold_plans
from planchecker.evaluation.scorecard import as_json, as_markdown, as_text

_WRITERS = {"text": as_text, "json": as_json, "markdown": as_markdown}


@click.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--only", type=click.Choice(["docx", "pdf"]), help="Score only this form of each plan.")
@click.option("--format", "form", type=click.Choice(list(_WRITERS)), default="text", show_default=True)
@click.option("--decisions", type=click.Path(path_type=Path), metavar="FILE", multiple=True,
              help="Assessors' verdicts as the key: a pack's triage.xlsx filled in, or a CSV; FOLDER is then the folder"
              " of the batch.")  # fmt: skip
def command(folder: Path, checklist: str, only: str | None, form: str, decisions: tuple[Path, ...]) -> None:
    """Score verdicts against the gold plans in FOLDER, beside controls."""
    wanted = load_checklist(checklist)
    plans = (
        _decided(folder, decisions, wanted) if decisions else gold_plans(folder, f".{only}" if only else None)
    )
    click.echo(_WRITERS[form](evaluate(plans, wanted)))


def _decided(folder: Path, files: tuple[Path, ...], checklist: Checklist) -> tuple[GoldPlan, ...]:
    from planchecker.evaluation.decided import decided_plans
    from planchecker.triage.decision_file import read_decisions

    decided = decided_plans(folder, [read_decisions(file) for file in files], checklist)
    for line in decided.apart:
        click.echo(f"Not scored: {line}", err=True)
    return decided.plans
