"""`planchecker check`: a summary in the terminal and reports to open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from planchecker.acceptance import accepting, load_acceptances
from planchecker.checklist import Checklist
from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.errors import ExitCode, UsageError
from planchecker.judging.explanation import explanation
from planchecker.matching.models import load_ahead
from planchecker.pipeline import examine
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.reports import FORMATS, write_all_reports
from planchecker.reports.machine import all_as_json, as_json
from planchecker.reports.terminal import terminal_summary
from planchecker.result import Result, Verdict
from planchecker.rules.explanation import find_rule, rule_explanation
from planchecker.rules.rule_file import installed_rules


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
@click.option("--checklist", "names", default=[DEFAULT_CHECKLIST], multiple=True, show_default=True, metavar="ID|FILE",
              help="May be given more than once: the plan is then read once and checked against each.")  # fmt: skip
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
@click.option("--accept", "accepted", type=click.Path(path_type=Path), metavar="FILE",
              help="Gaps that the team has accepted (YAML): listed apart, and no reason to exit 1.")  # fmt: skip
@click.option(
    "--explain",
    metavar="FEATURE|RULE",
    help="Show how the verdict on one feature or the ruling on one rule came about; no reports.",
)
@click.option("--password", help="Password of a protected PDF or Word file.")
def command(
    plan: Path,
    names: tuple[str, ...],
    output: Path | None,
    formats: tuple[str, ...],
    as_data: bool,
    fail_under: int | None,
    fail_on: tuple[str, ...],
    accepted: Path | None,
    explain: str | None,
    password: str | None,
) -> int:
    """Check the draft PLAN (Word or PDF) and write gap reports."""
    wanted = checklists_of(names)
    _refuse_unknown(formats, FORMATS, "report format")
    _refuse_unknown(fail_on, [f.id for one in wanted for f in one.features], "feature")
    acceptances = load_acceptances(accepted) if accepted else ()
    load_ahead()  # while the draft is read
    draft = read(plan, password=password)
    if explain:
        _explain(draft, wanted, explain)
        return ExitCode.DONE
    results = accepting(examine(draft, wanted), acceptances)
    if as_data:
        click.echo(as_json(results[0]) if len(results) == 1 else all_as_json(results))
    else:
        for number, result in enumerate(results):
            if number:
                click.echo("\n" + "=" * 72 + "\n")
            # What is found beyond the checklists is the same for all and printed once.
            for line in terminal_summary(replace(result, scrutiny=None) if number else result):
                click.echo(line)
    if output or not as_data:
        for path in write_all_reports(results, formats, output or Path("planchecker-report"), draft):
            click.echo(f"Report: {path}", err=as_data)
    return _threshold(results, fail_under, fail_on)


def checklists_of(names: tuple[str, ...]) -> tuple[Checklist, ...]:
    """The checklists of these ids or files.

    Raises:
        UsageError: two have the same id.
    """
    loaded = tuple(load_checklist(name) for name in names)
    twice = [name for name, n in Counter(checklist.id for checklist in loaded).items() if n > 1]
    if twice:
        raise UsageError(f"the checklist '{twice[0]}' is given twice; give each once, each under its own id.")
    return loaded


def _explain(plan: Plan, checklists: tuple[Checklist, ...], feature_id: str) -> None:
    rules = installed_rules()
    rule = find_rule(rules, feature_id)
    if rule is None:
        ids = [f.id for one in checklists for f in one.features] + [
            r.id for book in rules for r in book.rules
        ]
        _refuse_unknown((feature_id,), ids, "feature or rule")
    for checklist in checklists:
        feature = checklist.feature(feature_id)
        if feature is not None:
            for line in explanation(plan, checklist, feature):
                click.echo(line)
    if rule is not None:
        for line in rule_explanation(plan, rules, rule):
            click.echo(line)


def _refuse_unknown(given: tuple[str, ...], known: tuple[str, ...] | list[str], what: str) -> None:
    allowed = {name.upper() for name in known}
    for name in given:
        if name.upper() not in allowed:
            raise UsageError(f"there is no {what} '{name}'; choose from {', '.join(known)}.")


def _threshold(results: tuple[Result, ...], fail_under: int | None, fail_on: tuple[str, ...]) -> ExitCode:
    names = {name.upper() for name in fail_on}
    features = [feature for result in results for feature in result.features]
    failing = [feature for feature in features if feature.verdict is not Verdict.MET and not feature.accepted]
    failed = any(feature.id.upper() in names for feature in failing)
    too_few = fail_under is not None and len(features) - len(failing) < fail_under
    return ExitCode.BELOW_THRESHOLD if failed or too_few else ExitCode.DONE
