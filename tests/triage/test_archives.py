"""Zip archives that lie, burst or break: nothing is written, nothing believed, nothing lost in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.errors import UnreadablePlanError
from planchecker.triage import archives
from planchecker.triage.archives import member_bytes, submissions
from tests.triage.folders import TEXT, zip_of


def problems(path: Path) -> dict[str, str]:
    return {one.name: one.problem for one in submissions(path, "in.zip").submissions if one.problem}


def test_members_become_submissions_and_the_rest_is_named(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "in.zip", {"a.md": TEXT, "b/c.txt": TEXT, "figures.xlsx": "x", "~$a.docx": "x"})
    held = submissions(path, "in.zip")
    assert [one.name for one in held.submissions] == ["in.zip/a.md", "in.zip/b/c.txt"]
    assert {one.name for one in held.left_out} == {"in.zip/figures.xlsx", "in.zip/~$a.docx"}
    first = held.submissions[0]
    assert first.member is not None
    assert member_bytes(path, first.member, first.name) == TEXT.encode()


@pytest.mark.parametrize(
    "name", ["../../../etc/plan.md", "/etc/plan.md", "C:\\plans\\plan.md", "a/../../plan.md", "..\\plan.md"]
)
def test_a_path_that_leads_out_leads_nowhere(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path / "deep" / "in.zip", {name: TEXT})
    before = sorted(tmp_path.rglob("*"))
    (one,) = submissions(path, "in.zip").submissions
    assert one.name.startswith("in.zip/")
    assert not {"..", "", "C:"} & set(one.name.split("/"))
    assert one.member is not None
    assert member_bytes(path, one.member, one.name) == TEXT.encode()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bomb_is_refused_by_its_ratio_and_the_others_are_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "in.zip", {"bomb.txt": b"0" * 30_000_000, "plan.md": TEXT})
    assert list(problems(path)) == ["in.zip/bomb.txt"]
    assert "packed more than 200 times over" in problems(path)["in.zip/bomb.txt"]


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MAX_MEMBERS", 2, "more than 2 files"), ("MAX_UNPACKED", 60, "unpack to more")],
)
def test_an_archive_that_holds_too_much_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str
) -> None:
    path = zip_of(tmp_path / "in.zip", {f"{n}.md": TEXT for n in range(3)})
    monkeypatch.setattr(archives, limit, value)
    assert list(problems(path)) == ["in.zip"]
    assert said in problems(path)["in.zip"]


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    assert problems(zip_of(tmp_path / "in.zip", {}))["in.zip"].startswith("in.zip: the archive is empty")


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "in.zip", {"plan.md": "x" * 5_000})
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")  # the unpacked size in the directory
    path.write_bytes(data)
    (one,) = submissions(path, "in.zip").submissions
    assert "cannot be taken out of its archive" in one.problem


def test_an_archive_within_an_archive_is_refused_by_name(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("plan.md", TEXT)
    path = zip_of(tmp_path / "in.zip", {"inner.zip": inner.getvalue(), "plan.md": TEXT})
    assert list(problems(path)) == ["in.zip/inner.zip"]
    assert "archive within an archive" in problems(path)["in.zip/inner.zip"]


def test_a_member_under_a_password_says_so(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "in.zip", {"plan.md": TEXT})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert "under a password" in problems(path)["in.zip/plan.md"]


@given(st.binary(max_size=200), st.integers(0, 200))
def test_a_damaged_archive_is_one_submission_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    path = zip_of(tmp_path_factory.mktemp("zip") / "in.zip", {"a.md": TEXT, "b.md": TEXT})
    data = path.read_bytes()
    path.write_bytes(data[:at] + junk + data[at + len(junk) :])
    held = submissions(path, "in.zip")
    assert held.submissions or held.left_out
    for one in held.submissions:
        if not one.problem:
            assert one.member is not None
            member_bytes(path, one.member, one.name)


def test_a_member_that_is_gone_by_then_is_an_unreadable_plan(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "in.zip", {"a.md": TEXT})
    with pytest.raises(UnreadablePlanError, match="fresh copy of the archive"):
        member_bytes(path, 7, "in.zip/a.md")
