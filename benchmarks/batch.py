"""A region's plans at once: total time beside the ideal, and memory of the workers over time.

    python benchmarks/batch.py [--plans 211] [--jobs 2] [--sample 20] [--folder DIR]

Makes the plans from the corpus by a fixed rule (sections moved, blocks dropped, names and figures changed), so
that hardly a longer sentence stands in two of them; checks a sample one by one in one process with one thread
(the ideal is what all would take so, divided by the jobs) and some in a fresh process each; then runs
`planchecker batch` on all. Needs Linux for the memory figures. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from planchecker import environment
from planchecker.workers import pin_threads

ROOT = Path(__file__).resolve().parent.parent
_PLACES = ("Alder", "Birch", "Cedar", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
_ENDS = ("beck", "bridge", "combe", "dale", "field", "ford", "gate", "ham", "hurst", "lea", "mere", "ridge")
_NAME = re.compile(r"NHS (?:[A-Z][\w'’]*(?: (?:of|and|the))? ?)+CCG")
_FIGURE = re.compile(r"(?<![\d/.])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d/])")
_CHECK_ONE = "from planchecker.cli.main import main; main()"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        plans = folder / "plans"
        words = {path: make_plan(n, path) for n, path in _paths(options.plans, plans)}
        every = max(1, len(words) // options.sample)
        sample = list(words)[::every]
        print(
            f"{len(words)} plans, {sum(words.values()):,} words; a sample of {len(sample)} checked one by one"
        )
        warm, fresh = _single(sample), _fresh(sample[:5])
        per_word = warm / sum(words[path] for path in sample)
        ideal = per_word * sum(words.values()) / options.jobs
        total, memory = _batch(plans, folder / "pack", options.jobs)
        _report(len(words), options.jobs, total, ideal, fresh / len(sample[:5]), memory)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, default=211)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="keep plans and pack here")
    return parser.parse_args()


def _paths(count: int, folder: Path) -> Iterator[tuple[int, Path]]:
    folder.mkdir(parents=True, exist_ok=True)
    return ((n, folder / f"plan-{n:05}.docx") for n in range(count))


def make_plan(number: int, path: Path) -> int:
    """Write the plan of this number and return its words; the same number always gives the same text."""
    import docx

    from planchecker.plan import BlockKind
    from planchecker.reading import read

    sources = sorted((ROOT / "corpus" / "plans").glob("*/plan.docx"))
    chance = random.Random(number)
    name = f"{chance.choice(_PLACES)}{chance.choice(_ENDS)} {number}"
    document = docx.Document()
    words = 0
    for table, rows in groupby(
        _changed(read(sources[number % len(sources)]).blocks, chance), lambda block: block.table
    ):
        for block in rows:
            text = _reworded(block.text, name, chance)
            words += len(text.split())
            if table is not None:
                cells = text.split(" | ")
                for cell, content in zip(document.add_table(1, len(cells)).rows[0].cells, cells, strict=True):
                    cell.text = content
            elif block.kind is BlockKind.HEADING:
                document.add_heading(text, min(9, block.level or 1))
            else:
                style = "List Bullet" if block.kind is BlockKind.LIST_ITEM else None
                document.add_paragraph(text, style=style)
    document.save(str(path))
    return words


def _changed(blocks, chance: random.Random):  # type: ignore[no-untyped-def]
    """The sections in another order, one block in ten left out."""
    sections: list[list[object]] = [[]]
    for block in blocks:
        if block.level == 1 and block.kind == "heading":
            sections.append([])
        if block.kind == "heading" or chance.random() > 0.1:
            sections[-1].append(block)
    front, rest = sections[:2], sections[2:]
    chance.shuffle(rest)
    return [block for section in (*front, *rest) for block in section]


def _reworded(text: str, name: str, chance: random.Random) -> str:
    """Another organisation and other figures; years and references stay."""

    def other(match: re.Match[str]) -> str:
        return "".join(str(chance.randint(1, 9)) if ch.isdigit() else ch for ch in match.group())

    figured = _FIGURE.sub(lambda m: m.group() if re.fullmatch(r"20\d\d", m.group()) else other(m), text)
    renamed = _NAME.sub(f"NHS {name} CCG", figured)
    if renamed != text or len(text.split()) < 8:
        return renamed
    return f"{text.rstrip('.')}, as {name} agreed."


def _single(paths: list[Path]) -> float:
    """Seconds that one process with one thread takes for these plans, reading to report, models loaded."""
    script = (
        "import sys, time\n"
        "from planchecker.workers import pin_threads\n"
        "pin_threads()\n"
        "from pathlib import Path\n"
        "from planchecker import load_checklist, read\n"
        "from planchecker.pipeline import examine\n"
        "from planchecker.reports.html import as_html\n"
        "from planchecker.triage.work import warm_up\n"
        "checklist = load_checklist()\n"
        "warm_up(checklist)\n"
        "started = time.perf_counter()\n"
        "for path in sys.argv[1:]:\n"
        "    plan = read(path)\n"
        "    as_html(examine(plan, (checklist,))[0], plan)\n"
        "print(time.perf_counter() - started)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _fresh(paths: list[Path]) -> float:
    """Seconds that `planchecker check` takes for them, each in a process of its own with one thread."""
    environ = dict(os.environ)
    pin_threads()
    os.environ[environment.CACHE] = "off"
    try:
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as out:
            for path in paths:
                command = [sys.executable, "-c", _CHECK_ONE, "check", path, "--format", "html", "-o", out]
                subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started
    finally:
        os.environ.clear()
        os.environ.update(environ)


def _batch(plans: Path, pack: Path, jobs: int) -> tuple[float, list[list[int]]]:
    """Seconds for the whole batch, and the workers' memory in MB at each look."""
    started = time.perf_counter()
    command = [sys.executable, "-c", _CHECK_ONE, "batch", plans, "-o", pack, "--jobs", str(jobs)]
    looks: list[list[int]] = []
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            looks.append(_memory_of_children(process.pid))
            time.sleep(1)
    if process.returncode:
        sys.exit(f"the batch ended with {process.returncode}")
    return time.perf_counter() - started, looks


def _memory_of_children(parent: int) -> list[int]:
    """Resident memory of the workers, in MB; the small helper processes of Python are none."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        resident = int(fields.get("VmRSS", "0").split()[0]) // 1000
        if int(fields["PPid"]) == parent and resident > 100:
            found.append(resident)
    return found


def _report(plans: int, jobs: int, total: float, ideal: float, fresh: float, looks: list[list[int]]) -> None:
    print(f"jobs                      {jobs}")
    print(f"total                     {total:8.1f} s   {60 * plans / total:.1f} plans a minute")
    print(f"ideal                     {ideal:8.1f} s   (one thread, models loaded, divided by the jobs)")
    print(f"total / ideal             {total / ideal:8.2f}")
    print(f"one `planchecker check`   {fresh:8.1f} s   (a fresh process with one thread)")
    seen = [max(look) for look in looks if look]
    if seen:
        quarter = max(1, len(seen) // 4)
        second, last = max(seen[quarter : 2 * quarter] or seen), max(seen[-quarter:])
        print(f"largest worker            {max(seen):8d} MB  (second quarter {second}, last quarter {last})")
        tenths = [max(seen[n * len(seen) // 10 : (n + 1) * len(seen) // 10] or [0]) for n in range(10)]
        print(f"  over time, in tenths    {' '.join(map(str, tenths))} MB")


if __name__ == "__main__":
    main()
