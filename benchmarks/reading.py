"""How fast planchecker reads a PDF, beside pdfplumber's extract_text in the same run.

    python benchmarks/reading.py FILE.pdf [--rounds 1]    time, peak memory and their ratio

Each reader runs in a process of its own, so that neither pays for the other's imports or memory.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_MEASURE = """
import resource, sys, time
began = time.perf_counter()
{read}
took = time.perf_counter() - began
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_OURS = """
from pathlib import Path
from planchecker.reading.pdf import read_pdf
read_pdf(Path(sys.argv[1]).read_bytes(), sys.argv[1], None)
"""
CONTROL = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_text()
        page.close()
"""


def measure(read: str, path: Path) -> tuple[float, float]:
    """Seconds (imports included) and peak MB of a fresh process that reads a file."""
    command = [sys.executable, "-c", _MEASURE.format(read=read), str(path.resolve())]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, memory = output.split()
    return float(seconds), float(memory)


def speed(path: Path, rounds: int) -> None:
    ours = min(measure(_OURS, path) for _ in range(rounds))
    control = min(measure(CONTROL, path) for _ in range(rounds))
    print(f"planchecker   {ours[0]:8.2f} s {ours[1]:8.0f} MB")
    print(f"extract_text  {control[0]:8.2f} s {control[1]:8.0f} MB")
    print(f"ratio         {ours[0] / control[0]:8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    speed(arguments.pdf, arguments.rounds)


if __name__ == "__main__":
    main()
