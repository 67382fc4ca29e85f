"""Judgement comes back: verdicts filled in in the pack, in other files, kept, and never overwritten unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planchecker.errors import UsageError
from planchecker.result import Verdict
from planchecker.triage.conclude import Across
from planchecker.triage.decision_file import read_decisions
from planchecker.triage.inputs import collect
from planchecker.triage.layout import INDEX, WORKBOOK
from planchecker.triage.overview import Overview
from planchecker.triage.plans_csv import load_plans_csv
from planchecker.triage.run import run_batch
from tests.triage.folders import folder_of
from tests.triage.here import CHECKLIST, Here, files_of

TEXT = "Dr Patel leads the work from May 2014 with the whole of the community nursing team behind her."


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    return folder_of(
        tmp_path / "in", {"a.md": f"# A\n\n{TEXT}", "b.md": "# B\n\nNothing much.", "c.docx": b"PK cut"}
    )


def run(plans: Path, pack: Path, *files: Path) -> Overview:
    handed_in = collect([str(plans)])
    given = load_plans_csv(handed_in.tables, [one.name for one in handed_in.submissions])
    across = Across(decisions=tuple(map(read_decisions, files)))
    return run_batch(handed_in, CHECKLIST, pack, Here(), given, lambda _: None, across)


def standing(overview: Overview) -> dict[str, Verdict]:
    return {entry.name: next(result.features).standing for entry, result in overview.batch.results}


def fill_in(pack: Path, plan: str, verdict: str, by: str = "AB") -> None:
    book = load_workbook(pack / WORKBOOK)
    sheet = book["Features"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    row = next(n for n in range(2, sheet.max_row + 1) if sheet[f"{letters['File']}{n}"].value == plan)
    sheet[f"{letters['Your verdict']}{row}"] = verdict
    sheet[f"{letters['Your initials']}{row}"] = by
    book.save(pack / WORKBOOK)


def test_a_verdict_in_the_packs_workbook_is_taken_in_and_stays(plans: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    run(plans, pack)
    fill_in(pack, "b.md", "Met")
    assert standing(run(plans, pack))["b.md"] is Verdict.MET
    (copy,) = pack.glob("triage-filled-in-*.xlsx")
    assert load_workbook(copy)["Features"].max_row == 3
    after = files_of(pack)
    assert standing(run(plans, pack))["b.md"] is Verdict.MET
    assert files_of(pack) == after
    line = next(json.loads(one) for one in (pack / "results.jsonl").read_text().splitlines() if "b.md" in one)
    feature = line["result"]["elements"][0]["features"][0]
    assert feature["verdict"] == "missing"
    assert feature["decisions"] == [{"verdict": "met", "by": "AB", "note": "", "changed": False}]


def test_a_new_draft_under_the_same_name_keeps_the_verdict(plans: Path, tmp_path: Path) -> None:
    pack, table = tmp_path / "pack", tmp_path / "cd.csv"
    table.write_text("file,feature,verdict,initials\na.md,F01,partial,CD\n")
    run(plans, pack, table)
    (plans / "a.md").write_text(f"# A\n\nAltogether new. {TEXT}")
    overview = run(plans, pack)
    assert standing(overview)["a.md"] is Verdict.PARTIAL


def test_a_wrong_row_stops_the_run_before_it_begins_and_loses_nothing(plans: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    run(plans, pack)
    fill_in(pack, "b.md", "Perhaps")
    before = files_of(pack)
    with pytest.raises(UsageError, match=r"triage\.xlsx, sheet Features, row \d: “Perhaps” is no verdict"):
        run(plans, pack)
    assert files_of(pack) == before


def test_verdicts_on_plans_that_are_not_here_are_kept_until_they_are(plans: Path, tmp_path: Path) -> None:
    pack, table = tmp_path / "pack", tmp_path / "cd.csv"
    table.write_text("file,feature,verdict,initials\nd.md,F01,met,CD\nb.md,F77,met,CD\n")
    overview = run(plans, pack, table)
    assert len(overview.judged.apart) == 2
    assert "d.md" in (pack / INDEX).read_text()
    (plans / "d.md").write_text("# D\n\nNothing at all.")
    assert standing(run(plans, pack))["d.md"] is Verdict.MET


def test_files_of_two_assessors_differ_and_the_later_one_stands(plans: Path, tmp_path: Path) -> None:
    for name, verdict in (("ab", "met"), ("cd", "missing")):
        (tmp_path / f"{name}.csv").write_text(f"file,feature,verdict\na.md,F01,{verdict}\n")
    overview = run(plans, tmp_path / "pack", tmp_path / "ab.csv", tmp_path / "cd.csv")
    assert standing(overview)["a.md"] is Verdict.MISSING
    (differing,) = overview.judged.disagreements
    assert [decision.by for decision in differing.decisions] == ["ab", "cd"]
    assert "cd says none" in " ".join(
        (tmp_path / "pack" / INDEX).read_text().replace("<bdi>", "").replace("</bdi>", "").split()
    )


def test_a_pack_has_everything_and_lists_what_was_not_read_first(plans: Path, tmp_path: Path) -> None:
    run(plans, tmp_path / "pack")
    assert set(files_of(tmp_path / "pack")) == {
        "index.html", "triage.xlsx", "results.jsonl", "reports/a.md.html", "reports/b.md.html",
    }  # fmt: skip
    page = (tmp_path / "pack" / INDEX).read_text()
    assert page.index("c.docx") < page.index("Open these first</h2>")
