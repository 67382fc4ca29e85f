"""The entry point: finds the command, imports only that, and turns errors into one sentence."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from planchecker.errors import ExitCode, PlancheckerError, UsageError

# The help lines stand here so that `--help` imports no command; a test holds them to the commands'.
_COMMANDS = {
    "check": "Check the draft PLAN (Word or PDF) and write gap reports.",
    "read": "Show what planchecker sees of PLAN, where, and what it had to skip.",
    "match": "Rank the passages of PLANS, taken together, for each feature of a checklist.",
    "annotate": "Copy the draft PLAN (Word or PDF) with comments at the evidence and a list of what is missing.",
    "compare": "Say what changed between two drafts, OLD and NEW: plans, or results saved as JSON.",
    "batch": "Check many plans (folders, patterns, zip archives or files) and write a triage pack.",
    "serve": "Open a page in the browser to check drafts on; nothing leaves this computer.",
    "template": "Write a submission template of this KIND in Word, or `list` the kinds.",
    "evaluate": "Score verdicts against the gold plans in FOLDER, beside controls.",
    "checklist": "Work with checklists.",
}


# A model's thread waits so many seconds for the interpreter; the usual 5 ms cost 7 % of a check's time.
_SOON = 5e-5
# New objects between two looks for rubbish; one every 700, as usual, takes 6 % of a check's time.
_MANY = 50_000


class LazyGroup(click.Group):
    """Imports a command's module when it is asked for: `--help` need not wait for spaCy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of a planner's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"planchecker.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="planchecker", prog_name="planchecker")
def planchecker() -> None:
    """Check a draft plan against a checklist: what is met, partly met, missing, and where.

    Nothing that you check leaves this machine.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of the documented codes."""
    _write_any_letter()
    gc.set_threshold(_MANY)
    sys.setswitchinterval(_SOON)
    _leave(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        code = planchecker.main(arguments, standalone_mode=False)
        return int(code or ExitCode.DONE)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.Abort:
        click.echo("Stopped.", err=True)
        return ExitCode.BELOW_THRESHOLD
    except PlancheckerError as error:
        click.echo(f"planchecker: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe (head, less) has enough; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:  # a disk that is full, a name that no file can have
        click.echo(f"planchecker: {_of_the_system(error)}", err=True)
        return ExitCode.USAGE
    except Exception:  # the last line of defence: a defect is reported as one
        click.echo(traceback.format_exc(), err=True)
        click.echo("planchecker: a defect in planchecker itself; please report the lines above.", err=True)
        return ExitCode.DEFECT


def _write_any_letter() -> None:
    """Let any letter of a plan be written: Windows would give a file or pipe a code page of 256 letters."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="replace")


def _leave(code: int) -> NoReturn:
    """End at once: all is written, and Python would take half a second to take apart what the system frees."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # as Python itself reports it
        sys.exit(code)
    processes = sys.modules.get("multiprocessing")  # without it there are no others
    if processes and processes.active_children():
        sys.exit(code)
    os._exit(code)


def _of_the_system(error: OSError) -> UsageError:
    """What the system refused, in a sentence."""
    what = f"{str(error.filename)[:200]}: " if error.filename else ""
    reason = error.strerror or str(error)
    return UsageError(
        f"{what}the system refused it ({reason}); check the name, the disk and who may write there."
    )
