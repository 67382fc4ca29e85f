"""Many people send a draft to one page at once: does each get their own result, and how long do they wait?

    python benchmarks/page_crowd.py --people 20 [--words 7000] [--jobs 2]

Starts `planchecker serve` on a folder of its own, sends so many different drafts at the same moment, with the
whole of the real check behind them, and compares the text in each report with what was sent.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from planchecker.reading import read  # noqa: E402
from tests.web.caller import Caller  # noqa: E402

LIST = "everyone-counts-2014"


def drafts(people: int, words: int) -> list[bytes]:
    """Different drafts: each the blocks of a sample plan from another place on, and one sentence of its own."""
    plans = sorted((ROOT / "corpus" / "plans").glob("*/plan.docx"))
    blocks = [block.text for block in read(plans[0]).blocks if len(block.text.split()) > 8]
    made = []
    for number in range(people):
        text, held = [], 0
        for block in islice(cycle(blocks), number * 7, None):
            text.append(block)
            held += len(block.split())
            if held >= words:
                break
        own = (
            f"Nurse {number} leads on the Mental Capacity Act and will train {number}00 staff by March 2015."
        )
        made.append("\n\n".join([f"# Plan {number}", own, *text]).encode())
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--words", type=int, default=7000)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    sent = drafts(given.people, given.words)
    code = "import sys; from planchecker.cli.main import main; main(sys.argv[1:])"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-u", "-c", code, "serve", "--no-browser", "--port", "0", "--data", folder,
                   "--jobs", str(given.jobs), "--checklist", LIST]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as page:
            assert page.stdout
            port = int(re.findall(r":(\d+)/", page.stdout.readline())[0])
            try:
                started = time.monotonic()

                def one(number: int) -> tuple[float, float, bool]:
                    caller = Caller(port)
                    draft = caller.send(sent[number], f"plan-{number}.md", LIST)
                    taken = time.monotonic() - started
                    assert "Read the report" in caller.wait(draft, 3600)
                    waited = time.monotonic() - started
                    report = caller.get(f"{draft}/{LIST}/report")[1]
                    return taken, waited, set(re.findall(r"Nurse (\d+) leads", report)) == {str(number)}

                with ThreadPoolExecutor(given.people) as crowd:
                    found = list(crowd.map(one, range(given.people)))
            finally:
                page.terminate()
    taken, waited, own = zip(*found, strict=True)
    print(f"{given.people} drafts of about {given.words} words, {given.jobs} at once")
    print(f"with their own result and no other: {sum(own)}")
    print(f"taken in after at most {max(taken):.1f} s; checked after {statistics.median(waited):.0f} s (median),"
          f" {max(waited):.0f} s (all)")  # fmt: skip
    sys.exit(0 if all(own) else 1)


if __name__ == "__main__":
    main()
