"""`planchecker evaluate`: scores against gold verdicts, beside controls."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.evaluation.evaluate import evaluate
from planchecker.evaluation.gold import gold_plans
from planchecker.evaluation.scorecard import as_json, as_markdown, as_text

_WRITERS = {"text": as_text, "json": as_json, "markdown": as_markdown}


@click.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--only", type=click.Choice(["docx", "pdf"]), help="Score only this form of each plan.")
@click.option("--format", "form", type=click.Choice(list(_WRITERS)), default="text", show_default=True)
def command(folder: Path, checklist: str, only: str | None, form: str) -> None:
    """Score verdicts against the gold plans in FOLDER, beside controls."""
    plans = gold_plans(folder, f".{only}" if only else None)
    click.echo(_WRITERS[form](evaluate(plans, load_checklist(checklist))))
