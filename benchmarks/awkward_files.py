"""Every file of one or more folders read in a process of its own: read, or refused with one sentence?

    python benchmarks/awkward_files.py ../shared/real-files ../shared/real-plans

A line a file: elapsed seconds, processor seconds and peak memory (of the largest process) of `planchecker read`,
LibreOffice counted where it converts; and what came of it. Ends with exit code 1 if a file ends in anything else
than text or one sentence, or goes past 60 s or 600 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAX_SECONDS, MAX_MB = 60, 600
COMMAND = [sys.executable, "-c", "from planchecker.cli.main import main; main()", "read"]


def read(path: Path) -> tuple[float, float, float, int, str, str]:
    """Elapsed and processor seconds, peak MB, exit code and the two outputs of one reading."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as problems:
        began = time.perf_counter()
        process = subprocess.Popen([*COMMAND, str(path)], stdout=out, stderr=problems)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        problems.seek(0)
        work = usage.ru_utime + usage.ru_stime
        return seconds, work, usage.ru_maxrss / 1024, process.returncode, out.read(), problems.read()


def judge(code: int, out: str, problems: str) -> tuple[str, str]:
    """What came of it ("read", "refused" or "WRONG"), and the sentence or the size of the text."""
    message = problems.strip()
    if code == 0 and len(out.split()) > 0 and "Traceback" not in message:
        return "read", f"{len(out.split())} words"
    if code == 3 and message.endswith(".") and "\n" not in message and "stops reading" not in message:
        return "refused", message
    return "WRONG", f"exit code {code}: {message[-300:]}"


def main() -> None:
    files = [f for folder in sys.argv[1:] for f in sorted(Path(folder).iterdir()) if f.name != "README.md"]
    if not files:
        sys.exit(__doc__)
    counts = {"read": 0, "refused": 0, "WRONG": 0}
    most_seconds = most_work = most_memory = 0.0
    for path in files:
        seconds, work, memory, code, out, problems = read(path)
        outcome, what = judge(code, out, problems)
        if seconds > MAX_SECONDS or memory > MAX_MB:
            outcome = "WRONG"
        counts[outcome] += 1
        most_seconds, most_memory = max(most_seconds, seconds), max(most_memory, memory)
        most_work = max(most_work, work)
        print(
            f"{path.name:45} {seconds:6.1f} s {work:6.1f} s {memory:5.0f} MB  {outcome}: {what}", flush=True
        )
    most = f"{most_seconds:.1f} s elapsed, {most_work:.1f} s of processor time, {most_memory:.0f} MB"
    print(f"\n{len(files)} files: {counts}; at most {most}")
    sys.exit(1 if counts["WRONG"] else 0)


if __name__ == "__main__":
    main()
