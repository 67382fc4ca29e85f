"""`planchecker compare`: what changed between two drafts."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.cli.check import CommaSeparated
from planchecker.comparison import Comparison, Direction, Side, compare
from planchecker.errors import ExitCode, UsageError
from planchecker.pipeline import check
from planchecker.reading import read
from planchecker.reports.comparison import (
    FORMATS,
    comparison_as_json,
    comparison_summary,
    write_comparison,
)
from planchecker.result_file import is_result_file, load_result


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--format", "formats", type=CommaSeparated(), default="",
              help=f"Reports to write, of {', '.join(FORMATS)}; none unless given.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Folder for the reports.  [default: planchecker-report]")  # fmt: skip
@click.option("--json", "as_data", is_flag=True, help="Print the comparison as JSON.")
@click.option("--fail-on-regression", is_flag=True, help="Exit 1 if a feature is worse in NEW.")
@click.option("--password", help="Password of protected PDF or Word files.")
def command(
    old: Path,
    new: Path,
    checklist: str,
    formats: tuple[str, ...],
    output: Path | None,
    as_data: bool,
    fail_on_regression: bool,
    password: str | None,
) -> int:
    """Say what changed between two drafts, OLD and NEW: plans, or results saved as JSON."""
    for form in formats:
        if form not in FORMATS:
            raise UsageError(f"there is no report format '{form}'; choose from {', '.join(FORMATS)}.")
    comparison = compare(_side(old, checklist, password), _side(new, checklist, password))
    _tell(comparison, as_data)
    if output and not formats:
        formats = ("html", "docx")
    if formats:
        for path in write_comparison(comparison, formats, output or Path("planchecker-report")):
            click.echo(f"Report: {path}", err=as_data)
    worse = fail_on_regression and comparison.going(Direction.WORSE)
    return ExitCode.BELOW_THRESHOLD if worse else ExitCode.DONE


def _side(path: Path, checklist: str, password: str | None) -> Side:
    """A saved result, or a plan checked now."""
    if is_result_file(path):
        return Side(load_result(path))
    wanted = load_checklist(checklist)
    plan = read(path, password=password)
    return Side(check(plan, wanted), plan)


def _tell(comparison: Comparison, as_data: bool) -> None:
    for line in [comparison_as_json(comparison)] if as_data else comparison_summary(comparison):
        click.echo(line)
