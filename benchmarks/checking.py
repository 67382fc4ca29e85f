"""A whole check timed in one run, with pdfplumber's text as the yardstick.

    python benchmarks/checking.py PLAN.pdf [--rounds 3]

The command as a planner runs it (Word and HTML reports written, nothing remembered), the verdicts alone, the
verdicts on an edited draft. Prints the best of the rounds in seconds, and ratios; each is a fresh process, so
imports count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reading import CONTROL

_COMMAND = """
import sys
from planchecker.cli.main import main
main(["check", sys.argv[1], "-o", sys.argv[2]])
"""
_CHECK = """
import sys
from dataclasses import replace
from planchecker import check, load_checklist, read
plan = read(sys.argv[1])
if sys.argv[2] == "edited":  # every twentieth block reworded, as between two drafts
    plan = replace(plan, blocks=tuple(
        replace(b, text=b.text + " This was revised in May.", cells=()) if b.number % 20 == 0 else b
        for b in plan.blocks))
check(plan, load_checklist())
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("plan", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rounds = [_round(arguments.plan) for _ in range(arguments.rounds)]
    command, first, again, plumber = (min(times) for times in zip(*rounds, strict=True))
    print(f"whole command   {command:6.1f} s")
    print(f"verdicts alone  {first:6.1f} s")
    print(f"edited re-check {again:6.1f} s   {again / first:.2f} of them")
    if plumber:
        print(f"pdfplumber text {plumber:6.1f} s   the command takes {command / plumber:.2f} of it")


def _round(plan: Path) -> tuple[float, float, float, float]:
    with tempfile.TemporaryDirectory() as memory, tempfile.TemporaryDirectory() as reports:
        command = _seconds(_COMMAND, plan, reports, "off")
        first = _seconds(_CHECK, plan, "as it is", memory)
        again = _seconds(_CHECK, plan, "edited", memory)
    return command, first, again, _seconds(CONTROL, plan, "", "off") if plan.suffix == ".pdf" else 0.0


def _seconds(script: str, plan: Path, how: str, memory: str) -> float:
    started = time.perf_counter()
    environment = os.environ | {"PLANCHECKER_CACHE": memory}
    command = [sys.executable, "-c", script, str(plan), how]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
