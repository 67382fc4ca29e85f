"""`planchecker checklist`: look at, validate, make and compare checklists."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from planchecker.authoring.changes import changes
from planchecker.authoring.items import requirements_in
from planchecker.authoring.write import slug, write_checklist
from planchecker.checklist import Feature, Part
from planchecker.checklist_file import DEFAULT_CHECKLIST, installed_checklists, load_checklist
from planchecker.errors import UsageError


@click.group("checklist")
def command() -> None:
    """Work with checklists."""


@command.command("list")
def list_() -> None:
    """List the checklists that come with planchecker."""
    for identifier in installed_checklists():
        checklist = load_checklist(identifier)
        default = "  (default)" if identifier == DEFAULT_CHECKLIST else ""
        count = sum(1 for _ in checklist.features)
        click.echo(
            f"{identifier}  {checklist.title}: {len(checklist.elements)} elements, {count} features{default}"
        )


@command.command()
@click.argument("checklist")
@click.argument("feature", required=False)
def show(checklist: str, feature: str | None) -> None:
    """Show CHECKLIST (an id or a file), or one FEATURE of it with all its cues."""
    loaded = load_checklist(checklist)
    if feature is None:
        click.echo(f"{loaded.title} (version {loaded.version})\n\n{loaded.about}")
        for element in loaded.elements:
            click.echo(f"\n{element.id} {element.name}")
            for one in element.features:
                click.echo(f"  {one.id} [{one.provenance}] {one.requirement}")
        return
    found = loaded.feature(feature)
    if found is None:
        known = ", ".join(f.id for f in loaded.features)
        raise UsageError(f"{checklist} has no feature '{feature}'; it has {known}.")
    for line in _feature_lines(found):
        click.echo(line)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def validate(file: Path) -> None:
    """Say whether the checklist FILE is in order, and if not, where and how to mend it."""
    checklist = load_checklist(file)
    features = list(checklist.features)
    parts = sum(len(feature.parts) for feature in features)
    click.echo(
        f"{file}: in order ({len(checklist.elements)} elements, {len(features)} features, {parts} parts)"
    )


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="The checklist file to write.  [default: the name of FILE with .yaml]")  # fmt: skip
@click.option("--title", default="", help="Title of the checklist.  [default: the title of FILE]")
def new(file: Path, output: Path | None, title: str) -> None:
    """Make a checklist of the requirements that FILE lists (text, Markdown, Word, PDF or Excel)."""
    listed = requirements_in(file)
    path = output or Path(f"{slug(file.stem)}.yaml")
    write_checklist(listed, file.name, path, title)
    made = load_checklist(path)
    parts = sum(len(feature.parts) for feature in made.features)
    count = len(listed.requirements)
    click.echo(f"{path}: {count} requirements with {parts} parts, from {listed.found_in} of {file.name}.")
    click.echo(f"Look it over, then: planchecker check DRAFT --checklist {shlex.quote(str(path))}")


@command.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Say what changed from the checklist OLD to NEW (ids or files)."""
    before, after = load_checklist(old), load_checklist(new)
    found = changes(before, after)
    click.echo(f"{before.title} (version {before.version}) -> {after.title} (version {after.version})")
    for change in found:
        click.echo(f"\n{change.feature}: {change.kind}")
        for sign, text in (("-", change.before), ("+", change.after)):
            if text:
                click.echo(f"  {sign} {text}")
    click.echo("" if found else "No feature changed.")


def _feature_lines(feature: Feature) -> Iterator[str]:
    yield f"{feature.id} {feature.name}"
    yield f"  asks: {feature.requirement}"
    if feature.gloss:
        yield f"  read as: {feature.gloss}"
    if feature.same_as:
        yield f"  the same as: {feature.same_as}, whose parts are these"
    yield f"  provenance: {feature.provenance}. {feature.provenance.meaning}"
    for source in feature.sources:
        yield f"  source: {source}"
    for part in feature.parts:
        yield from _part_lines(part)


def _part_lines(part: Part) -> Iterator[str]:
    yield f"  part {part.id}: {part.text}"
    cues = [cue.term + (f" (near {' / '.join(cue.near)})" if cue.near else "") for cue in part.cues]
    for name, terms in (
        ("cues", cues),
        ("hints", part.hints),
        ("not counted", part.counter_cues),
        ("specifics", [kind.value for kind in part.specifics]),
    ):
        if terms:
            yield f"    {name}: {'; '.join(terms)}"
    if part.advice:
        yield f"    advice: {part.advice}"
    for name, sentences in (
        ("would meet it", part.exemplars.met),
        ("would only touch it", part.exemplars.partial),
        ("would mislead", part.exemplars.misleading),
    ):
        for sentence in sentences:
            yield f"    {name}: {sentence}"
