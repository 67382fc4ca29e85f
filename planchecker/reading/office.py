"""Old and foreign office formats, converted by LibreOffice when the computer has it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from planchecker.errors import DamagedPlanError, UnsupportedFormatError
from planchecker.reading.draft import Draft
from planchecker.reading.pdf import read_pdf
from planchecker.reading.sniff import Kind
from planchecker.reading.word import read_word

TIME_LIMIT = 120.0  # seconds; LibreOffice needs ten for its first start and a long document
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def read_office(data: bytes, name: str, kind: Kind) -> Draft:
    """Read a document in one of the formats that only LibreOffice can convert.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.
        kind: what the file was recognised as.

    Raises:
        UnsupportedFormatError: LibreOffice is not installed.
        DamagedPlanError: LibreOffice cannot convert the file, or not in time.
    """
    program = find_libreoffice()
    if program is None:
        raise UnsupportedFormatError(
            name,
            f"reading a .{kind} file needs LibreOffice, which is not installed here",
            f"{_save_as(kind)} and check that copy, or install LibreOffice",
        )
    # Slides have pages and no flow: a PDF of them keeps both their order and their numbers.
    target = "pdf" if _is_slides(kind) else "docx"
    converted = _convert(program, data, name, kind, target)
    draft = read_pdf(converted, name, None) if target == "pdf" else read_word(converted, name)
    notice = f"The .{kind} file was converted by LibreOffice before reading."
    return replace(draft, format=str(kind), notices=(*draft.notices, notice))


def find_libreoffice() -> str | None:
    """Where LibreOffice is, or None."""
    found = (shutil.which(name) for name in (*_NAMES, *_USUAL_PLACES))
    return next((path for path in found if path), None)


def _save_as(kind: Kind) -> str:
    """What to do by hand in place of converting."""
    if _is_slides(kind):
        return "open it in PowerPoint, save it as PDF"
    return "open it in Word, save it as .docx"


def _is_slides(kind: Kind) -> bool:
    return kind in (Kind.SLIDES, Kind.OLD_SLIDES)


def _convert(program: str, data: bytes, name: str, kind: Kind, target: str) -> bytes:
    """Convert in a folder and with a profile of its own.

    A LibreOffice that the user has open would otherwise take the job, with their settings and
    macros.
    """
    with tempfile.TemporaryDirectory(prefix="planchecker-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"plan.{kind}")
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--nodefault", "--convert-to", target,
            "--outdir", folder, str(source),
        ]  # fmt: skip
        remedy = f"{_save_as(kind)} and check that copy"
        if not _run(command):
            problem = f"LibreOffice did not finish converting it in {TIME_LIMIT:.0f} seconds"
            raise DamagedPlanError(name, problem, remedy)
        result = source.with_suffix(f".{target}")
        if not result.is_file():
            causes = "it is damaged or under a password"
            if _is_slides(kind):
                causes += ", or LibreOffice was installed without its part for slides, Impress"
            raise DamagedPlanError(name, f"LibreOffice cannot open it ({causes})", remedy)
        return result.read_bytes()


def _run(command: list[str]) -> bool:
    """Run a converter; False if it had to be stopped at the time limit."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            _stop(process)
            return False
        except BaseException:  # Ctrl-C above all: leave no LibreOffice behind
            _stop(process)
            raise
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a converter and the processes it started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)  # soffice is a script around the real program
        else:
            process.kill()
