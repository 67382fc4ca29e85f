"""What is kept stays whole: bounds, restarts, two pages on one folder, names that are never paths."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from planchecker.errors import UsageError
from planchecker.result import Verdict
from planchecker.web.draft import Bounds, State
from planchecker.web.storage import FILE, Checked, FullError, Storage

FOUND = (Checked("my-list", "My list", {Verdict.MET: 2, Verdict.MISSING: 1}, b"result"),)


def test_a_draft_and_what_came_of_it_survive_a_restart(tmp_path: Path) -> None:
    first = Storage(tmp_path / "data")
    draft = first.add(b"bytes", "a/b/Plan.docx", ["my-list"], plan_name="Fenwick")
    assert draft.state is State.UNFINISHED and draft.name == "Plan.docx" and draft.plan_name == "Fenwick"
    first.keep(draft.id, b"text", "docx", 12, 345, FOUND)
    first.close()
    again = Storage(tmp_path / "data")
    kept = again.draft(draft.id)
    assert (kept.state, kept.pages, kept.words, kept.format) == (State.DONE, 12, 345, "docx")
    assert kept.counts["my-list"][Verdict.MET] == 2 and kept.titles == {"my-list": "My list"}
    assert again.contents(draft.id) == (b"bytes", b"text") and again.result(draft.id, "my-list") == b"result"
    again.close()


def test_a_result_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    draft = storage.add(b"bytes", "plan.md", ["my-list"])
    broken = (*FOUND, Checked("other", "Other", {}, None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        storage.keep(draft.id, b"text", "md", None, 1, broken)
    assert storage.draft(draft.id).state is State.UNFINISHED and storage.contents(draft.id)[1] is None
    with pytest.raises(KeyError):
        storage.result(draft.id, "my-list")
    storage.close()


def test_what_comes_of_a_removed_draft_is_dropped(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    draft = storage.add(b"bytes", "plan.md", ["my-list"])
    storage.empty()
    storage.keep(draft.id, b"text", "md", None, 1, FOUND)
    storage.keep_problem(draft.id, "late")
    storage.keep_file(draft.id, "my-list html", b"late")
    assert storage.drafts() == () and storage.file(draft.id, "my-list html") is None
    storage.close()


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        (Bounds(drafts=2), "as many as it may"),
        (Bounds(unfinished=2), "wait to be checked already"),
        (Bounds(total=120_000), "as much as it may"),
    ],
)
def test_bounds_hold_and_the_rest_stays(tmp_path: Path, bounds: Bounds, sentence: str) -> None:
    storage = Storage(tmp_path, bounds)
    kept = [storage.add(b"x" * 10_000, "plan.md", ["my-list"]) for _ in range(2)]
    with pytest.raises(FullError, match=sentence):
        storage.add(b"x" * 100_000, "plan.md", ["my-list"])
    assert {draft.id for draft in storage.drafts()} == {draft.id for draft in kept}
    storage.close()


def test_a_made_file_beyond_the_bound_is_not_kept(tmp_path: Path) -> None:
    storage = Storage(tmp_path, Bounds(total=100_000))
    draft = storage.add(b"x", "plan.md", ["my-list"])
    storage.keep_file(draft.id, "small", b"y")
    storage.keep_file(draft.id, "large", b"y" * 100_000)
    assert storage.file(draft.id, "small") == b"y" and storage.file(draft.id, "large") is None
    storage.close()


def test_the_folder_belongs_to_one_page_at_a_time(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with pytest.raises(UsageError, match="another planchecker page is using this folder"):
        Storage(tmp_path)
    storage.close()
    Storage(tmp_path).close()


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UsageError, match="no drafts can be kept here"):
        Storage(tmp_path / "file")
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(UsageError, match="no drafts can be kept here"):
        Storage(tmp_path)


def test_drafts_of_another_version_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("PRAGMA user_version=99")
    with pytest.raises(UsageError, match="another version of planchecker"):
        Storage(tmp_path)


def test_only_this_user_can_read_the_folder(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o077 == 0
    storage.close()
