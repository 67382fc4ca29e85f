"""`planchecker template`: Word forms to write a plan in."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.errors import ExitCode, UsageError
from planchecker.submission.kinds import Kind, kinds, load_kind
from planchecker.submission.occasion import DEFAULT_YEARS, Occasion, financial_years


@click.command("template")
@click.argument("kind")
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Word file to write.  [default: KIND.docx]")  # fmt: skip
@click.option("--unit", default="", metavar="NAME", help="Unit of planning, such as “NHS Fenwick CCG”.")
@click.option("--years", default=DEFAULT_YEARS, show_default=True, metavar="YEARS", help="Financial years.")
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option(
    "--prefill",
    "draft",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Fill in the best evidence of a draft, to be confirmed.",
)
@click.option("--password", help="Password of a protected draft.")
def command(
    kind: str,
    output: Path | None,
    unit: str,
    years: str,
    checklist: str,
    draft: Path | None,
    password: str | None,
) -> int:
    """Write a submission template of this KIND in Word, or `list` the kinds."""
    if kind == "list":
        for identifier in kinds():
            click.echo(f"{identifier}  {load_kind(identifier).title}")
        return ExitCode.DONE
    wanted = load_kind(kind)
    path = output or Path(f"{kind}.docx")
    if path.suffix.lower() != ".docx":
        raise UsageError(f"{path} does not end in .docx, as a Word file has to; write -o {path.stem}.docx.")
    occasion = Occasion(load_checklist(checklist), financial_years(years), " ".join(unit.split()))
    if draft is not None:
        occasion = _with_text(occasion, wanted, draft, password)
    from planchecker.submission.write import write_template  # python-docx: `template list` need not wait

    write_template(wanted, occasion, path)
    click.echo(f"Template: {path}")
    return ExitCode.DONE


def _with_text(occasion: Occasion, kind: Kind, draft: Path, password: str | None) -> Occasion:
    from dataclasses import replace

    from planchecker.reading import read
    from planchecker.submission.prefill import prefill

    plan = read(draft, password=password)
    for notice in plan.notices:
        click.echo(f"Note: {notice}", err=True)
    fillings = prefill(plan, kind, occasion.checklist)
    click.echo(f"{len(fillings)} answers were filled in from {draft.name}; each is marked to be confirmed.")
    return replace(occasion, draft=plan.title, fillings=fillings)
