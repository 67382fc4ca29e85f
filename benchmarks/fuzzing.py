"""Every input of planchecker spoiled at random: what does it say, with which exit code, and how soon?

    python benchmarks/fuzzing.py --cases 200
    python benchmarks/fuzzing.py --cases 50 --kind word --first 1200

Each case is made of its kind and number alone, so that it can be made again. A fault is a traceback, the exit code of a
defect, an exit code that the kind does not allow, a message of more than one line, a dead process, or more time than
`--limit` seconds. The documents come from `corpus/plans` and, where they lie there, from the folders named by `--more`.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as LateError
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks import mutations as spoil

ROOT = Path(__file__).resolve().parent.parent
MORE: list[Path] = []
SMALL = (
    "# Carers\n\nDr Bell will open a service for 500 carers by March 2015, at a cost of £1.2m.\n\n"
    "| a | b |\n|---|---|\n| 1 | TBC |\n"
)
_LIST = {
    "id": "mine", "title": "Mine",
    "features": [{"id": "R1", "requirement": "The plan says who leads the work."},
                 {"id": "R2", "requirement": "The plan says what it costs.",
                  "parts": [{"id": "a", "text": "Its cost.", "cues": ["cost"], "specifics": ["money"]}]}],
}  # fmt: skip
_ACCEPTED = {
    "accepted": [{"feature": "R1", "reason": "Set elsewhere", "by": "A. Planner", "date": "2014-03-01"}]
}
_DECISIONS = (
    "file;feature;your verdict;your note;your initials\na.md;R1;Met;good;AB\na.md;R2;No evidence found;;AB\n"
)
_PLANS = "file,organisation,unit_of_planning,draft_date\na.md,NHS Fenwick CCG,Fenwick,4 April 2014\n"
Argv = list[str]
Maker = Callable[[Random, Path], Argv]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case; `fault` is "" where all was as it should be."""

    kind: str
    number: int
    code: int
    said: str
    seconds: float
    fault: str


@cache
def documents(*endings: str) -> tuple[Path, ...]:
    """The documents to spoil, small ones first: large ones teach little more and take long."""
    folders = (ROOT / "corpus" / "plans", *MORE)
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in endings]
    return tuple(sorted(found, key=lambda path: path.stat().st_size)[:40])


def _write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def _own_list(folder: Path) -> str:
    return _write(folder / "own.yaml", json.dumps(_LIST).encode())


def _document(rng: Random, folder: Path, spoiled: Callable[[Random, bytes], bytes], *endings: str) -> str:
    source = rng.choice(documents(*endings))
    return _write(folder / f"plan{source.suffix}", spoiled(rng, source.read_bytes()))


def _word(rng: Random, folder: Path) -> Argv:
    return ["read", _document(rng, folder, spoil.spoiled_package, ".docx")]


def _word_checked(rng: Random, folder: Path) -> Argv:
    plan = _document(rng, folder, spoil.spoiled_package, ".docx")
    if rng.random() < 0.3:
        return ["annotate", plan, "-o", str(folder / "copy.docx"), "--checklist", _own_list(folder)]
    return _check(plan, folder)


def _check(plan: str, folder: Path) -> Argv:
    forms = "html,docx,xlsx,json,md,sarif,junit"
    return ["check", plan, "--checklist", _own_list(folder), "--format", forms, "-o", str(folder / "out")]


def _pdf(rng: Random, folder: Path) -> Argv:
    return ["read", _document(rng, folder, spoil.spoiled_pdf, ".pdf")]


def _pdf_checked(rng: Random, folder: Path) -> Argv:
    plan = _document(rng, folder, spoil.spoiled_pdf, ".pdf")
    return ["annotate", plan, "-o", str(folder / "copy.pdf"), "--checklist", _own_list(folder)]


def _plain(rng: Random, folder: Path) -> Argv:
    ending = rng.choice((".md", ".txt", ".html", ".htm", "", ".markdown"))
    text = SMALL if "htm" not in ending else _html(rng)
    plan = _write(folder / f"plan{ending}", spoil.spoiled_text(rng, text * rng.choice((1, 20))))
    return ["read", plan] if rng.random() < 0.5 else _check(plan, folder)


def _html(rng: Random) -> str:
    cells = "".join(f"<td colspan={rng.choice((1, 3, 10**9))}>{n}</td>" for n in range(4))
    body = f"<h1>Plan</h1><p>We will <b>train</b> 42 practices.<table><tr>{cells}</table><ul><li>one</ul>"
    return f"<!doctype html><html><body>\n{body}\n{'<div>' * rng.choice((0, 3000))}x</body></html>\n"


def _checklist(rng: Random, folder: Path) -> Argv:
    if rng.random() < 0.5:
        data = yaml.safe_dump(spoil.spoiled_data(rng, json.loads(json.dumps(_LIST)))).encode(errors="replace")
    else:
        sources = sorted((ROOT / "checklists").glob("*.yaml"), key=lambda path: path.stat().st_size)[:4]
        text = yaml.safe_dump(_LIST) if rng.random() < 0.5 else rng.choice(sources).read_text("utf-8")
        data = spoil.spoiled_text(rng, text)
    path = _write(folder / "list.yaml", data)
    if rng.random() < 0.2:
        npz = (ROOT / "checklists" / "everyone-counts-2014.exemplars.npz").read_bytes()
        _write(folder / "list.exemplars.npz", spoil.spoiled_package(rng, npz))
        return ["check", _write(folder / "plan.md", SMALL.encode()), "--checklist", path, "--json"]
    return rng.choice((["checklist", "validate", path], ["checklist", "show", path],
                       ["checklist", "diff", path, _own_list(folder)],
                       ["match", _write(folder / "plan.md", SMALL.encode()), "--checklist", path]))  # fmt: skip


def _new_list(rng: Random, folder: Path) -> Argv:
    from openpyxl import Workbook

    book = Workbook()
    awkward = rng.choice(spoil.AWKWARD[5:20])
    for row in (("No", "Requirement"), ("1", "Say who leads."), ("2", "Say what it costs."), ("3", awkward)):
        book.active.append(row)  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    path = _write(folder / "list.xlsx", spoil.spoiled_package(rng, held.getvalue()))
    return ["checklist", "new", path, "-o", str(folder / "made.yaml")]


def _accepted(rng: Random, folder: Path) -> Argv:
    changed = spoil.spoiled_data(rng, json.loads(json.dumps(_ACCEPTED)))
    data = (
        json.dumps(changed).encode()
        if rng.random() < 0.5
        else spoil.spoiled_text(rng, yaml.safe_dump(_ACCEPTED))
    )
    accepted = _write(folder / "accepted.yaml", data)
    return [*_check(_write(folder / "plan.md", SMALL.encode()), folder), "--accept", accepted]


@cache
def _saved() -> str:
    """A result as `check --format json` saves it."""
    from planchecker.checklist_file import load_checklist
    from planchecker.pipeline import examine
    from planchecker.reading import read_bytes
    from planchecker.reports.machine import as_json

    with tempfile.TemporaryDirectory() as folder:
        checklist = load_checklist(_own_list(Path(folder)))
    return as_json(examine(read_bytes(SMALL.encode(), "plan.md"), [checklist])[0])


def _result(rng: Random, folder: Path) -> Argv:
    changed = spoil.spoiled_data(rng, json.loads(_saved()))
    data = json.dumps(changed).encode() if rng.random() < 0.7 else spoil.spoiled_text(rng, _saved())
    both = [_write(folder / "old.json", _saved().encode()), _write(folder / "new.json", data)]
    rng.shuffle(both)
    return ["compare", *both, "--format", "html,docx", "-o", str(folder / "out")]


def _rules(rng: Random, folder: Path) -> Argv:
    source = rng.choice(sorted((ROOT / "checklists" / "rules").glob("*.yaml"))).read_text("utf-8")
    if rng.random() < 0.5:
        text = yaml.safe_dump(spoil.spoiled_data(rng, yaml.safe_load(source)))
        return ["(rules)", _write(folder / "rules.yaml", text.encode(errors="replace"))]
    return ["(rules)", _write(folder / "rules.yaml", spoil.spoiled_text(rng, source))]


def _decisions(rng: Random, folder: Path) -> Argv:
    if rng.random() < 0.5:
        return ["(decisions)", _write(folder / "decisions.csv", spoil.spoiled_text(rng, _DECISIONS))]
    from openpyxl import Workbook

    book = Workbook()
    for line in _DECISIONS.splitlines():
        book.active.append(line.split(";"))  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    return ["(decisions)", _write(folder / "triage.xlsx", spoil.spoiled_package(rng, held.getvalue()))]


def _plans_csv(rng: Random, folder: Path) -> Argv:
    return ["(plans)", _write(folder / "plans.csv", spoil.spoiled_text(rng, _PLANS))]


def _archive(rng: Random, folder: Path) -> Argv:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in (
            "a.md",
            "b/c.txt",
            "d.docx",
            *("x" + rng.choice(spoil.AWKWARD) + ".md" for _ in range(2)),
        ):
            archive.writestr(name[-60_000:], SMALL)
    return ["(archive)", _write(folder / "in.zip", spoil.spoiled_bytes(rng, held.getvalue()))]


def _gold(rng: Random, folder: Path) -> Argv:
    place = folder / "plans" / "one"
    place.mkdir(parents=True)
    source = min((ROOT / "corpus" / "plans").glob("*/gold.json"), key=lambda path: path.stat().st_size)
    _write(place / "plan.docx", b"")
    text = source.read_text("utf-8")
    changed = json.dumps(spoil.spoiled_data(rng, json.loads(text))).encode()
    _write(place / "gold.json", changed if rng.random() < 0.6 else spoil.spoiled_text(rng, text))
    return ["(gold)", str(folder / "plans")]


MAKERS: dict[str, tuple[Maker, frozenset[int]]] = {
    "word": (_word, frozenset({0, 3})),
    "word checked": (_word_checked, frozenset({0, 3})),
    "pdf": (_pdf, frozenset({0, 3})),
    "pdf annotated": (_pdf_checked, frozenset({0, 3})),
    "text and html": (_plain, frozenset({0, 3})),
    "checklist": (_checklist, frozenset({0, 4})),
    "checklist from a workbook": (_new_list, frozenset({0, 3})),
    "accepted gaps": (_accepted, frozenset({0, 2})),
    "saved result": (_result, frozenset({0, 2, 3})),
    "rules": (_rules, frozenset({0, 4})),
    "decisions": (_decisions, frozenset({0, 2})),
    "plans.csv": (_plans_csv, frozenset({0, 4})),
    "archive": (_archive, frozenset({0, 2})),
    "gold": (_gold, frozenset({0, 2, 3, 4})),
}


def _called(words: Argv) -> int:
    """Run a command line, or the one function that stands behind an input without a command of its own."""
    from planchecker.cli.main import run
    from planchecker.errors import PlancheckerError

    if not words[0].startswith("("):
        return int(run(words))
    try:
        _functions()[words[0]](Path(words[1]))
    except PlancheckerError as error:
        print(f"planchecker: {error}", file=sys.stderr)
        return int(error.exit_code)
    return 0


def _functions() -> dict[str, Callable[[Path], Any]]:
    from planchecker.evaluation.gold import gold_plans
    from planchecker.rules.rule_file import load_rules
    from planchecker.triage.decision_file import read_decisions
    from planchecker.triage.inputs import collect
    from planchecker.triage.plans_csv import load_plans_csv

    return {
        "(rules)": load_rules,
        "(decisions)": read_decisions,
        "(plans)": lambda path: load_plans_csv([path], ["a.md"]),
        "(archive)": lambda path: collect([str(path)]),
        "(gold)": lambda path: list(gold_plans(path)),
    }


def tried(kind: str, number: int) -> Outcome:
    """Make a case, try it in this process, and judge what came of it."""
    maker, allowed = MAKERS[kind]
    said, told = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as place:
        words = maker(Random(f"{kind} {number}"), Path(place))
        started = time.perf_counter()
        try:
            with redirect_stdout(told), redirect_stderr(said):
                code = _called(words)
        except BaseException as error:
            code, fault = -1, f"raised {type(error).__name__}: {error}"
        else:
            fault = _fault(code, said.getvalue(), allowed)
        seconds = time.perf_counter() - started
    return Outcome(kind, number, code, said.getvalue(), seconds, fault)


def _fault(code: int, said: str, allowed: frozenset[int]) -> str:
    lines = [line for line in said.splitlines() if not line.startswith("Report: ")]
    if "Traceback" in said:
        return "a traceback: " + lines[-2][:200]
    if code not in allowed:
        return f"exit code {code}: {said[:200]}"
    if code and (len(lines) != 1 or not said.startswith("planchecker: ")):
        return f"not one sentence: {said[:300]!r}"
    if any(ord(ch) < 32 and ch not in "\n" for ch in said):
        return f"control characters: {said[:200]!r}"
    return f"a message of {len(said)} letters: {said[:120]!r}" if len(said) > 1500 else ""


def outcomes(kinds: Sequence[str], numbers: range, limit: float, jobs: int) -> Iterator[Outcome]:
    """Try cases in processes of their own, so that a dead or endless one is an outcome too."""
    from pebble import ProcessPool

    with ProcessPool(max_workers=jobs, max_tasks=200) as pool:
        cases = [
            (kind, n, pool.schedule(tried, args=(kind, n), timeout=limit)) for kind in kinds for n in numbers
        ]
        for kind, number, future in cases:
            try:
                yield future.result()
            except LateError:
                yield Outcome(kind, number, -1, "", limit, f"not done after {limit:g} s")
            except Exception as error:
                yield Outcome(kind, number, -1, "", 0.0, f"the process died: {error!r}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100, help="cases of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--kind", action="append", choices=list(MAKERS))
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a case may take")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--more", type=Path, action="append", default=[], help="folder of more documents")
    options = parser.parse_args()
    MORE.extend(options.more)
    for kind in options.kind or MAKERS:
        numbers = range(options.first, options.first + options.cases)
        found = list(outcomes([kind], numbers, options.limit, options.jobs))
        faults = [one for one in found if one.fault]
        done, slowest = sum(one.code == 0 for one in found), max(one.seconds for one in found)
        print(f"{kind:28} {len(found):5} tried, {done} taken, {len(found) - done - len(faults)} refused in a sentence,"
              f" {len(faults)} faults, slowest {slowest:.1f} s", flush=True)  # fmt: skip
        for one in faults:
            print(f"    {one.kind} {one.number}: {one.fault}", flush=True)


if __name__ == "__main__":
    main()
