"""Documentation: every command line in it parses, every command is in it, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planchecker.cli.main import _COMMANDS
from planchecker.cli.main import planchecker as group
from planchecker.reports import FORMATS
from tests.support import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
_COMMAND = re.compile(r"(?:^|[\s/\\;&])planchecker(?:\.exe)? +(?P<rest>.*)$")
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def command_lines(text: str) -> Iterator[str]:
    """What is typed after `planchecker`: in blocks of code, indented or fenced, and in code within a line."""
    fenced = False
    held = ""
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            whole = held + line
            held = whole[:-1] + " " if whole.endswith("\\") else ""
            if not held:
                yield from _typed(whole)
        else:
            for code in _INLINE.findall(line):
                yield from _typed(code)


def _typed(code: str) -> Iterator[str]:
    for piece in re.split(r"&&|\||;|(?<=\s)>(?=\s)", code):
        found = _COMMAND.search(piece)
        if found and not piece.lstrip().startswith(("from ", "import ", "pip ", "cd ")):
            yield found["rest"].strip()


DOCUMENTED = [
    (document.relative_to(ROOT).as_posix(), line)
    for document in DOCUMENTS
    for line in command_lines(text_of(document))
]


def parse(line: str) -> None:
    """Parse a command line against the real commands, without running or opening anything.

    Raises:
        click.UsageError: there is no such command, option or value.
    """
    words = shlex.split(line, comments=True)
    command: click.Command = group
    context = click.Context(group)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        if not name.islower():
            return  # "planchecker COMMAND ...": a form, not a command
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no such command: {name}")
        command, context = found, click.Context(found, parent=context)
    words = [word for word in words if word not in ("...", "…", "[OPTIONS]")]
    values, _, _ = command.make_parser(context).parse_args(list(words))
    for parameter in command.params:
        value = values.get(parameter.name or "")
        if isinstance(value, str) and isinstance(parameter.type, click.Choice) and not value.isupper():
            parameter.type.convert(value, parameter, context)
        if parameter.name == "formats" and isinstance(value, str) and not value.isupper():
            unknown = set(value.split(",")) - set(FORMATS)
            if unknown:
                raise click.UsageError(f"no such report format: {', '.join(unknown)}")


@pytest.mark.parametrize(("document", "line"), DOCUMENTED, ids=[f"{d}: {line}" for d, line in DOCUMENTED])
def test_every_documented_command_line_parses(document: str, line: str) -> None:
    try:
        parse(line)
    except click.UsageError as error:
        pytest.fail(f"{document}: `planchecker {line}`: {error.format_message()}")


@pytest.mark.parametrize(
    "line",
    [
        "chekc draft.docx",
        "check draft.docx --no-such",
        "read draft.docx --format yaml",
        "check d --format papyrus",
    ],
)
def test_a_wrong_command_line_would_be_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line)


def test_command_lines_are_found_wherever_they_stand() -> None:
    text = """Type `planchecker read draft.docx`.

    .venv/bin/pip install . && .venv/bin/planchecker check draft.docx -o report

```sh
$ planchecker match draft.docx \\
    --top 5 | head
```
"""
    assert list(command_lines(text)) == [
        "read draft.docx",
        "check draft.docx -o report",
        "match draft.docx      --top 5",
    ]


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    if not text_of(ROOT / "README.md").strip():
        pytest.skip("README.md is not written yet")
    used = {line.split()[0] for _, line in DOCUMENTED if line}
    assert name in used, f"no document shows `planchecker {name} ...`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    links = [
        link
        for link in _LINK.findall(text_of(document))
        if "://" not in link and not link.startswith("mailto:")
    ]
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_document_says_something(document: Path) -> None:
    if not text_of(document).strip():
        pytest.skip(f"{document.name} is not written yet")
    assert text_of(document).startswith("# ")


def test_the_exit_codes_in_the_readme_are_the_real_ones() -> None:
    from planchecker.errors import ExitCode

    text = text_of(ROOT / "README.md")
    if "## Exit codes" not in text:
        pytest.skip("README.md does not list the exit codes yet")
    section = text.partition("## Exit codes")[2].partition("\n## ")[0]
    listed = {int(code) for code in re.findall(r"(?:^|;|\n)[ |`]*(\d+) ", section)}
    assert listed <= {int(code) for code in ExitCode}
    assert {0, 1, 2, 3, 4, 70} <= listed
