"""A whole check timed in one run: first check, re-check of an edited draft, and pdfplumber's text as the yardstick.

    python benchmarks/checking.py PLAN.pdf

Prints seconds and ratios; each check is a fresh process with a memory of its own, so imports count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
_PDFPLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text()
        page.close()
"""


def main(plan: Path) -> None:
    with tempfile.TemporaryDirectory() as memory:
        first = _seconds(_CHECK, plan, "as it is", memory)
        again = _seconds(_CHECK, plan, "edited", memory)
    plumber = _seconds(_PDFPLUMBER, plan, "", "off") if plan.suffix == ".pdf" else None
    print(f"first check     {first:6.1f} s")
    print(f"edited re-check {again:6.1f} s   {again / first:.2f} of the first")
    if plumber:
        print(f"pdfplumber text {plumber:6.1f} s   the first check takes {first / plumber:.2f} of it")


def _seconds(script: str, plan: Path, how: str, memory: str) -> float:
    started = time.perf_counter()
    environment = os.environ | {"PLANCHECKER_CACHE": memory}
    subprocess.run([sys.executable, "-c", script, str(plan), how], check=True, env=environment)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]))
