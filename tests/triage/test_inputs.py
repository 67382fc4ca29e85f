"""What was handed in: every file is a submission or is named with the reason why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.errors import UnreadablePlanError, UsageError
from planchecker.triage.batch import Submission
from planchecker.triage.choice import why_left_out
from planchecker.triage.inputs import _distinct, collect, submitted_bytes
from planchecker.triage.layout import STORE
from tests.triage.folders import TEXT, folder_of, zip_of


def names(*paths: Path | str) -> list[str]:
    return [one.name for one in collect([str(path) for path in paths]).submissions]


def left_out(*paths: Path | str) -> dict[str, str]:
    return {one.name: one.why for one in collect([str(path) for path in paths]).left_out}


def test_a_folder_is_searched_whole_and_names_are_places_below_it(tmp_path: Path) -> None:
    folder_of(tmp_path, {"b.md": TEXT, "north/a.txt": TEXT, "north/deep/c.pdf": b"%PDF-"})
    assert names(tmp_path) == ["b.md", "north/a.txt", "north/deep/c.pdf"]


def test_the_name_is_the_same_wherever_the_folder_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path, {"in/north/a.md": TEXT})
    monkeypatch.chdir(tmp_path / "in")
    assert names(tmp_path / "in") == names(".") == names("../in") == ["north/a.md"]


def test_what_is_no_plan_is_named_with_the_reason(tmp_path: Path) -> None:
    files = ["~$a.docx", ".b.md", "__MACOSX/c.docx", "d.xlsx", "e", "README.md", "f-gaps.docx", ".git/g.md"]
    folder_of(tmp_path, dict.fromkeys([*files, "plan.md"], TEXT))
    assert names(tmp_path) == ["plan.md"]
    whys = left_out(tmp_path)
    assert set(whys) == set(files)
    assert "lock file" in whys["~$a.docx"]
    assert "hidden" in whys[".b.md"]
    assert "hidden" in whys[".git/g.md"]
    assert "written in" in whys["d.xlsx"]


def test_a_file_that_was_named_itself_is_taken_whatever_its_name(tmp_path: Path) -> None:
    folder_of(tmp_path, {"README.md": TEXT, "plan.odd": TEXT})
    assert names(tmp_path / "README.md", tmp_path / "plan.odd") == ["README.md", "plan.odd"]


def test_files_of_one_name_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    folder_of(tmp_path, {"x/north/plan.md": TEXT, "x/south/plan.md": TEXT, "x/other.md": TEXT})
    found = names(*(tmp_path / "x" / name for name in ("north/plan.md", "south/plan.md", "other.md")))
    assert found == ["north/plan.md", "other.md", "south/plan.md"]


def test_a_file_counts_once_however_often_it_is_named(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.md": TEXT})
    assert names(tmp_path, tmp_path / "a.md", tmp_path / "*.md") == ["a.md"]


def test_a_pattern_leaves_out_what_a_folder_would(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.md": TEXT, "b.xlsx": "x", "in/c.md": TEXT})
    assert names(tmp_path / "*.*") == ["a.md"]
    assert names(tmp_path / "**" / "*.md") == ["a.md", "c.md"]
    assert "b.xlsx" in left_out(tmp_path / "*.*")


def test_a_name_with_brackets_is_no_pattern(tmp_path: Path) -> None:
    folder_of(tmp_path, {"plan [final].md": TEXT})
    assert names(tmp_path / "plan [final].md") == ["plan [final].md"]


def test_a_file_that_is_not_there_is_listed_with_its_sentence(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.md": TEXT})
    missing, there = sorted(
        collect([str(tmp_path / "a.md"), str(tmp_path / "b.md")]).submissions,
        key=lambda one: bool(one.sha256),
    )
    assert "no such file" in missing.problem
    assert there.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_nothing_that_can_be_a_plan_is_wrong_usage(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.xlsx": "x"})
    with pytest.raises(UsageError, match="there is no plan in"):
        collect([str(tmp_path)])


def test_a_pack_among_the_plans_is_left_alone(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.md": TEXT, f"pack/{STORE}": b"", "pack/reports/a.html": "<p>x</p>"})
    assert names(tmp_path) == ["a.md"]
    assert "pack that planchecker made" in left_out(tmp_path)["pack"]


def test_a_link_that_goes_round_is_not_followed(tmp_path: Path) -> None:
    folder_of(tmp_path, {"in/a.md": TEXT})
    try:
        (tmp_path / "in" / "again").symlink_to(tmp_path / "in", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert names(tmp_path / "in") == ["a.md"]
    assert "link" in left_out(tmp_path / "in")["again"]


def test_a_table_at_the_top_is_read_not_checked(tmp_path: Path) -> None:
    folder_of(tmp_path, {"plans.csv": "file\n", "a.md": TEXT, "north/plans.csv": "file\n"})
    found = collect([str(tmp_path)])
    assert [path.relative_to(tmp_path).as_posix() for path in found.tables] == ["plans.csv"]
    assert [one.name for one in found.left_out] == ["north/plans.csv"]


def test_a_file_that_changes_during_the_run_is_noticed(tmp_path: Path) -> None:
    (one,) = collect([str(folder_of(tmp_path, {"a.md": TEXT}))]).submissions
    assert submitted_bytes(one) == TEXT.encode()
    (tmp_path / "a.md").write_text("Other words.")
    with pytest.raises(UnreadablePlanError, match="changed during the run; run the batch again"):
        submitted_bytes(one)


def test_archives_are_opened_wherever_they_lie(tmp_path: Path) -> None:
    zip_of(tmp_path / "north" / "returns.zip", {"a.md": TEXT, "in/b.md": TEXT})
    (first, second) = collect([str(tmp_path)]).submissions
    assert (first.name, second.name) == ("north/returns.zip/a.md", "north/returns.zip/in/b.md")
    assert submitted_bytes(second) == TEXT.encode()


@given(st.lists(st.sampled_from("ab"), max_size=6))
def test_no_two_submissions_share_a_name_and_none_is_lost(given_names: list[str]) -> None:
    made = [Submission(name, str(n)) for n, name in enumerate(given_names)]
    found = list(_distinct(made))
    assert [one.path for one in found] == [one.path for one in made]
    assert len({one.name for one in found}) == len(made)


@given(st.text(max_size=12), st.sampled_from([".docx", ".PDF", ".md", ".xlsx", ""]))
def test_a_lock_file_or_hidden_file_is_never_a_plan(stem: str, ending: str) -> None:
    from pathlib import PurePosixPath

    stem = stem.replace("/", "").replace("\0", "")
    assert why_left_out(PurePosixPath(f"in/~${stem}{ending}"))
    assert why_left_out(PurePosixPath(f"in/.x{stem}{ending}"))
