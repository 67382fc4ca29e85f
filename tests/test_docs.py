"""Documentation: every command line in it parses, every command is in it, every link leads somewhere."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from planchecker.acceptance import load_acceptances
from planchecker.checklist_file import load_checklist
from planchecker.cli.main import _COMMANDS
from planchecker.cli.main import planchecker as group
from planchecker.reports import FORMATS
from tests.conftest import PlancheckerRun
from tests.support import ROOT, yaml_file

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
    context = click.Context(group, **group.context_settings)
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

    section = text_of(ROOT / "README.md").partition("## Exit codes")[2].partition("\n## ")[0]
    listed = [int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]
    assert listed == [int(code) for code in ExitCode]


def test_no_command_stands_twice_in_the_readmes_table() -> None:
    rows = re.findall(r"^\| [^|]+ \| `planchecker ([^`]+)`", text_of(ROOT / "README.md"), re.MULTILINE)
    forms = [" ".join(word for word in row.split() if not re.search(r"[.\dA-Z]", word)) for row in rows]
    assert sorted(set(forms)) == sorted(forms)


# docs/json.md: a heading, and where the object is in the schema of results.
OBJECTS = {
    "Result": (), "Plan": ("properties", "plan"), "Checklist": ("properties", "checklist"),
    "Scrutiny": ("properties", "scrutiny"),
    **{name.capitalize(): ("$defs", name) for name in
       ("element", "feature", "evidence", "acceptance", "decision", "rule", "slip", "quote")},
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (ROOT / "templates" / "result.schema.json").read_text(encoding="utf-8")
    )
    return loaded


@pytest.mark.parametrize("name", OBJECTS)
def test_the_fields_of_the_json_are_those_of_its_schema(name: str, schema: dict[str, Any]) -> None:
    found: Any = schema
    for key in OBJECTS[name]:
        found = found[key]
    section = text_of(ROOT / "docs" / "json.md").partition(f"\n### {name}\n")[2].partition("\n#")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (yes|no) \|", section, re.MULTILINE))
    required = found["required"]
    assert told == {field: "yes" if field in required else "no" for field in found["properties"]}


def test_every_object_of_the_schema_is_explained(schema: dict[str, Any]) -> None:
    objects = {name.capitalize() for name, one in schema["$defs"].items() if "properties" in one}
    assert objects <= set(OBJECTS)


def _fenced(document: Path, language: str) -> list[str]:
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text_of(document), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.slow
def test_the_first_check_does_what_its_page_says(tmp_path: Path, planchecker: PlancheckerRun) -> None:
    page = ROOT / "docs" / "first-check.md"
    (line,) = [line for line in _fenced(page, "sh") if line.startswith(".venv/bin/planchecker check")]
    words = shlex.split(line)[1:]
    (tmp_path / words[1]).parent.mkdir(parents=True)
    shutil.copy(ROOT / words[1], tmp_path / words[1])
    done = planchecker(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "of 47 features met" in done.stdout
    for report in re.findall(r"`(report/[^`]+)`", text_of(page)):
        assert (tmp_path / report).stat().st_size > 10_000


@pytest.mark.slow
def test_the_verdict_that_is_taken_apart_is_still_given(planchecker: PlancheckerRun) -> None:
    """Every quoted line must be printed; figures may move when the models do."""
    command, *lines = _fenced(ROOT / "docs" / "verdicts.md", "console")
    done = planchecker(*shlex.split(command.removeprefix("$ planchecker ")), cwd=ROOT)
    printed = {re.sub(r"\d+", "#", line) for line in done.stdout.splitlines()}
    wanted = [re.sub(r"\d+", "#", line) for line in lines if line.strip() != "..."]
    assert [line for line in wanted if line not in printed] == []
    assert [line for line in lines if line.startswith("Verdict: ")]


@pytest.mark.slow
def test_the_script_in_the_json_page_lists_the_gaps(
    tmp_path: Path, plan_file: Path, planchecker: PlancheckerRun
) -> None:
    done = planchecker("check", plan_file, "--json", "--fail-under", "30")
    assert done.returncode == 1, done.stderr
    (tmp_path / "result.json").write_text(done.stdout, encoding="utf-8")
    script = "\n".join(_fenced(ROOT / "docs" / "json.md", "python"))
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    summary = json.loads(done.stdout)["summary"]
    assert len(ran.stdout.splitlines()) == sum(summary.values()) - summary["met"]


@pytest.mark.parametrize("number", [0, 1])
def test_the_checklists_in_their_page_are_in_order(number: int, tmp_path: Path) -> None:
    blocks = re.findall(
        r"^```yaml\n(.*?)^```", text_of(ROOT / "docs" / "checklists.md"), re.MULTILINE | re.DOTALL
    )
    head = "" if "\nfeatures:" in blocks[number] else "id: mine\ntitle: Mine\n"
    assert load_checklist(yaml_file(tmp_path, head + blocks[number], "mine.yaml")).features


def test_the_list_of_accepted_gaps_in_its_page_is_in_order(tmp_path: Path) -> None:
    block = text_of(ROOT / "docs" / "reports.md").partition("    accepted:\n")[2].partition("\n\n")[0]
    accepted = load_acceptances(yaml_file(tmp_path, f"    accepted:\n{block}\n", "accepted.yaml"))
    assert [one.feature for one in accepted] == ["F45"]
