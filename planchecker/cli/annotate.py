"""`planchecker annotate`: the user's own draft, with comments in it."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.annotation import Scope, annotated
from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.errors import EncryptedPlanError, UsageError
from planchecker.files import whole
from planchecker.pipeline import check
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.reports.terminal import headline, warnings


@click.command("annotate")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="OUT",
              help="The annotated copy; PLAN itself is never written to.")  # fmt: skip
@click.option("--only", "scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.GAPS.value,
              show_default=True, help="What to comment on: gaps (partly met, and a list of what was not found),"
              " partial (partly met only), or all (met too).")  # fmt: skip
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
def command(plan: Path, output: Path, scope: str, checklist: str) -> None:
    """Copy the draft PLAN (Word or PDF) with comments at the evidence and a list of what is missing."""
    wanted = load_checklist(checklist)
    _refuse(plan, output)
    draft = _read(plan)
    data = plan.read_bytes()
    result = check(draft, wanted)
    copy = annotated(data, draft, result, Scope(scope))
    try:
        with whole(output) as fresh:
            fresh.write_bytes(copy)
    except OSError as error:
        problem = f"{output}: the copy cannot be written here ({error.strerror or error})"
        raise UsageError(f"{problem}; name another file with -o.") from error
    for warning in warnings(result):
        click.echo(f"! {warning}")
    click.echo(headline(result))
    click.echo(f"Annotated copy: {output}")


def _refuse(plan: Path, output: Path) -> None:
    """Refuse to write over the draft, into a folder, or under an ending that would mislead."""
    if plan.resolve() == output.resolve() or (plan.exists() and output.exists() and plan.samefile(output)):
        raise UsageError(
            f"{output} is the draft itself, which is never written to; name another file with -o."
        )
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it with -o.")
    if output.suffix.lower() != plan.suffix.lower():
        raise UsageError(
            f"{output.name} is to be a copy of {plan.name} and needs the ending {plan.suffix}; change it in -o."
        )


def _read(plan: Path) -> Plan:
    """The draft; one under a password is refused, as the copy would lie open."""
    try:
        return read(plan)
    except EncryptedPlanError as error:
        raise EncryptedPlanError(
            plan,
            "the draft is under a password, and its copy would not be",
            "save it without one and annotate that",
        ) from error
