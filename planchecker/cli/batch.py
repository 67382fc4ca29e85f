"""`planchecker batch`: many plans at once, and a pack that says where to look first."""

from __future__ import annotations

import os
from pathlib import Path

import click

from planchecker.checklist import Checklist
from planchecker.checklist_file import DEFAULT_CHECKLIST, load_checklist
from planchecker.cli.progress import ProgressLine
from planchecker.errors import ExitCode, UsageError
from planchecker.reading import read
from planchecker.triage.batch import Batch
from planchecker.triage.cluster import ClusterEngine
from planchecker.triage.conclude import Across
from planchecker.triage.decision_file import read_decisions
from planchecker.triage.exemplar_file import write_exemplars
from planchecker.triage.inputs import collect
from planchecker.triage.local import LocalEngine
from planchecker.triage.overview import Judged
from planchecker.triage.plans_csv import Given, load_plans_csv
from planchecker.triage.run import run_batch
from planchecker.workers import Limits, memory_is_bounded

_SHOWN = 20  # unread or left-out files that the terminal lists; the pack lists all


@click.command("batch")
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", "pack", type=click.Path(path_type=Path), default=Path("planchecker-pack"),
              show_default=True, help="Folder for the pack; the next run adds to it what is new.")  # fmt: skip
@click.option("--checklist", default=DEFAULT_CHECKLIST, show_default=True, metavar="ID|FILE")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Plans at once.  [default: one a core]")
@click.option("--plans", type=click.Path(path_type=Path), metavar="CSV",
              help="Table of what is known about the plans (columns file, organisation, unit_of_planning,"
              " draft_date).  [default: plans.csv in the folder handed in]")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(1), default=Limits().seconds, show_default=True,
              metavar="SECONDS", help="Most time that one plan may take.")  # fmt: skip
@click.option("--memory-limit", type=click.IntRange(1000), default=Limits().megabytes, show_default=True,
              metavar="MB", help="Most memory that one plan may take.")  # fmt: skip
@click.option("--password", help="Password of protected plans, if they have one in common.")
@click.option("--scheduler", metavar="ADDRESS",
              help="Have the checks done by the Dask cluster whose scheduler is at this address, such as"
              " tcp://host:8786; needs the extra 'cluster'.")  # fmt: skip
@click.option("--guidance", type=click.Path(path_type=Path), metavar="FILE",
              help="The guidance itself (Word or PDF): text that plans copied from it is marked.")  # fmt: skip
@click.option("--decisions", type=click.Path(path_type=Path), metavar="FILE", multiple=True,
              help="Assessors' verdicts: a pack's triage.xlsx filled in, or a CSV with the columns file, feature,"
              " verdict, note, initials; may be given again, and the later file stands.")  # fmt: skip
@click.option("--export-exemplars", type=click.Path(path_type=Path), metavar="FILE",
              help="Write evidence that assessors have confirmed as exemplars (JSON lines).")  # fmt: skip
def command(
    paths: tuple[str, ...],
    pack: Path,
    checklist: str,
    jobs: int | None,
    plans: Path | None,
    time_limit: float,
    memory_limit: int,
    password: str | None,
    scheduler: str | None,
    guidance: Path | None,
    decisions: tuple[Path, ...],
    export_exemplars: Path | None,
) -> int:
    """Check many plans (folders, patterns, zip archives or files) and write a triage pack."""
    wanted = load_checklist(checklist)
    handed_in = collect(paths, password)
    tables = [plans] if plans else handed_in.tables
    given = load_plans_csv(tables, [one.name for one in handed_in.submissions])
    across = Across(read(guidance) if guidance else None, tuple(map(read_decisions, decisions)))
    with ProgressLine() as line, _engine(scheduler, jobs, Limits(time_limit, memory_limit), wanted) as engine:
        try:
            overview = run_batch(handed_in, wanted, pack, engine, given, line.show, across)
        except KeyboardInterrupt:
            line.end()
            click.echo("What is done is kept: the same command goes on from here.", err=True)
            raise
    if export_exemplars:
        write_exemplars(overview.batch, export_exemplars)
    _tell(overview.batch, given, pack)
    _tell_judged(overview.judged)
    return ExitCode.INCOMPLETE_BATCH if overview.batch.unread else ExitCode.DONE


def _engine(
    scheduler: str | None, jobs: int | None, limits: Limits, checklist: Checklist
) -> LocalEngine | ClusterEngine:
    if scheduler and jobs:
        raise UsageError(
            "--jobs is for this machine; a cluster works on as many plans as its workers have threads."
        )
    if scheduler:
        return ClusterEngine(scheduler, limits, checklist)
    if not memory_is_bounded():
        click.echo(
            "Note: this system cannot bound the memory of a check; --memory-limit does nothing.", err=True
        )
    return LocalEngine(jobs or os.cpu_count() or 1, limits, checklist)


def _tell(batch: Batch, given: Given, pack: Path) -> None:
    if batch.unread:
        click.echo(f"Could not be read ({len(batch.unread)}):")
        _list([f"{entry.name}: {entry.problem}" for entry in batch.unread])
    if batch.left_out:
        click.echo(f"Left out, not taken for plans ({len(batch.left_out)}):")
        _list([f"{one.name}: {one.why}" for one in batch.left_out])
    if given.unmatched:
        click.echo(f"Named in plans.csv, and not one plan here ({len(given.unmatched)}):")
        _list(list(given.unmatched))
    click.echo(f"{len(batch.checked)} of {len(batch.entries)} plans checked.")
    click.echo(f"Pack: {pack}")


def _tell_judged(judged: Judged) -> None:
    if judged.apart:
        click.echo(f"Of the assessors' verdicts, not placed ({len(judged.apart)}):")
        _list(list(judged.apart))
    if judged.taken:
        changed = f", {judged.changed} of them on evidence that has changed since" if judged.changed else ""
        click.echo(f"{judged.taken} features have an assessor's verdict{changed}.")


def _list(lines: list[str]) -> None:
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _SHOWN:
        click.echo(f"  and {len(lines) - _SHOWN} more, all listed in the pack")
