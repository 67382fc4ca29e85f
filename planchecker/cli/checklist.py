"""`planchecker checklist`: look at and validate checklists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

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


def _feature_lines(feature: Feature) -> Iterator[str]:
    yield f"{feature.id} {feature.name}"
    yield f"  asks: {feature.requirement}"
    if feature.gloss:
        yield f"  read as: {feature.gloss}"
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
