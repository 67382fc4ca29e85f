"""Help: quick, complete, and the same line in the list of commands as in the command."""

from __future__ import annotations

import time
from collections.abc import Iterator

import click
import pytest

from planchecker.cli.main import _COMMANDS, run
from planchecker.cli.main import planchecker as group
from tests.conftest import PlancheckerRun


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand with its words."""
    context = click.Context(group, **group.context_settings)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", one) for sub, one in command.commands.items())


EVERY = dict(commands())


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_list_of_commands_shows_each_commands_own_first_line(name: str) -> None:
    assert _COMMANDS[name] == (EVERY[name].help or "").split("\n")[0]


@pytest.mark.parametrize("words", EVERY)
def test_every_command_answers_help(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: ")
    assert (EVERY[words].help or "").split()[0] in shown


@pytest.mark.parametrize("words", EVERY)
def test_every_command_says_what_it_does_in_a_sentence(words: str) -> None:
    text = EVERY[words].help or ""
    assert text[:1].isupper()
    assert text.rstrip().endswith(".")


@pytest.mark.parametrize("words", EVERY)
def test_every_option_is_explained_or_shows_its_values(words: str) -> None:
    for parameter in EVERY[words].params:
        if isinstance(parameter, click.Option):
            told = parameter.help or parameter.metavar or isinstance(parameter.type, click.Choice)
            assert told, f"{words} {parameter.opts}"


def test_the_script_lists_every_command_at_once(planchecker: PlancheckerRun) -> None:
    started = time.monotonic()
    done = planchecker("--help")
    took = time.monotonic() - started
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in _COMMANDS)
    assert done.stderr == ""
    assert took < 2  # about 0.1 s on an idle machine; with spaCy it would be 2 s and more


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_a_short_form(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([option]) == 0
    assert "Commands:" in capsys.readouterr().out


def test_the_version_is_that_of_the_package(planchecker: PlancheckerRun) -> None:
    from importlib.metadata import version

    done = planchecker("--version")
    assert done.stdout.split()[-1] == version("planchecker")
