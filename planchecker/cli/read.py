"""`planchecker read`: what planchecker sees of a plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from planchecker.plan import Block, BlockKind, Plan
from planchecker.reading import read


@click.command("read")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--password", help="Password of a protected PDF or Word file.")
def command(plan: Path, form: str, password: str | None) -> None:
    """Show what planchecker sees of PLAN, where, and what it had to skip."""
    seen = read(plan, password=password)
    if form == "json":
        click.echo(json.dumps(asdict(seen), ensure_ascii=False, indent=1))
    else:
        for line in _lines(seen):
            click.echo(line)


def _lines(plan: Plan) -> Iterator[str]:
    pages = f"{plan.pages} pages" if plan.pages else "pages not known"
    yield f"{plan.title} ({plan.format}, {pages}, {plan.words} words, {len(plan.blocks)} blocks)"
    for notice in plan.notices:
        yield f"! {notice}"
    for skipped in plan.unread:
        yield f"! not read: {skipped.where}: {skipped.why}"
    page = None
    for block in plan.blocks:
        if block.page != page:
            page = block.page
            yield f"\n--- page {page} ---"
        yield _line(block)


def _line(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        guessed = "  (heading by its look)" if block.inferred else ""
        return f"\n{'#' * (block.level or 1)} {block.text}{guessed}"
    mark = {
        BlockKind.LIST_ITEM: "  " * (block.level or 0) + "- ",
        BlockKind.TABLE_ROW: "| ",
        BlockKind.NOTE: "[note] ",
    }
    return mark.get(block.kind, "") + block.text
