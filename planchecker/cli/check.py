"""`planchecker check`: a summary in the terminal and reports to open."""

from __future__ import annotations

from pathlib import Path

import click

from planchecker.checklist import Checklist
from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.errors import ExitCode, UsageError
from planchecker.judging.explanation import explanation
from planchecker.pipeline import check
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.reports import FORMATS, write_reports
from planchecker.reports.machine import as_json
from planchecker.reports.terminal import terminal_summary
from planchecker.result import Result, Verdict


class CommaSeparated(click.ParamType[tuple[str, ...]]):
    """A list such as `html,docx`."""

    name = "A,B,..."

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split at commas; white space does not count."""
        if isinstance(value, tuple):
            return value
        return tuple(item.strip() for item in str(value).split(",") if item.strip())


@click.command("check")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the reports.  [default: planchecker-report]",
)
@click.option("--format", "formats", type=CommaSeparated(), default="html,docx", show_default=True,
              help=f"Reports to write, of {', '.join(FORMATS)}.")  # fmt: skip
@click.option(
    "--json", "as_data", is_flag=True, help="Print the result as JSON; no reports unless -o is given."
)
@click.option(
    "--fail-under", type=click.IntRange(0), metavar="N", help="Exit 1 if fewer than N features are met."
)
@click.option(
    "--fail-on", type=CommaSeparated(), default="", help="Exit 1 if one of these features is not met."
)
@click.option(
    "--explain", metavar="FEATURE", help="Show how the verdict on one feature came about; no reports."
)
@click.option("--password", help="Password of a protected PDF or Word file.")
def command(
    plan: Path,
    checklist: str,
    output: Path | None,
    formats: tuple[str, ...],
    as_data: bool,
    fail_under: int | None,
    fail_on: tuple[str, ...],
    explain: str | None,
    password: str | None,
) -> int:
    """Check the draft PLAN (Word or PDF) and write gap reports."""
    wanted = load_checklist(checklist)
    _refuse_unknown(formats, FORMATS, "report format")
    _refuse_unknown(fail_on, [f.id for f in wanted.features], "feature")
    draft = read(plan, password=password)
    if explain:
        _explain(draft, wanted, explain)
        return ExitCode.DONE
    result = check(draft, wanted)
    if as_data:
        click.echo(as_json(result))
    else:
        for line in terminal_summary(result):
            click.echo(line)
    if output or not as_data:
        for path in write_reports(result, formats, output or Path("planchecker-report")):
            click.echo(f"Report: {path}", err=as_data)
    return _threshold(result, fail_under, fail_on)


def _explain(plan: Plan, checklist: Checklist, feature_id: str) -> None:
    feature = checklist.feature(feature_id)
    if feature is None:
        _refuse_unknown((feature_id,), [f.id for f in checklist.features], "feature")
        return
    for line in explanation(plan, checklist, feature):
        click.echo(line)


def _refuse_unknown(given: tuple[str, ...], known: tuple[str, ...] | list[str], what: str) -> None:
    allowed = {name.upper() for name in known}
    for name in given:
        if name.upper() not in allowed:
            raise UsageError(f"there is no {what} '{name}'; choose from {', '.join(known)}.")


def _threshold(result: Result, fail_under: int | None, fail_on: tuple[str, ...]) -> ExitCode:
    names = {name.upper() for name in fail_on}
    failed = any(f.id.upper() in names and f.verdict is not Verdict.MET for f in result.features)
    too_few = fail_under is not None and result.summary[Verdict.MET] < fail_under
    return ExitCode.BELOW_THRESHOLD if failed or too_few else ExitCode.DONE
