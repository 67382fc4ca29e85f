"""The page as a planner meets it: send, wait, read, download, compare, fill in, empty."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from planchecker.errors import EncryptedPlanError
from planchecker.web import work
from planchecker.web.draft import Bounds
from tests.web.desk import TEXT, Desk, InPlace


def test_a_draft_is_checked_and_its_report_read(desk: Desk) -> None:
    draft = desk.sent(name="Plan v1.md", plan_name="Fenwick")
    shown = desk.get(draft).text
    assert "Plan v1.md" in shown and "2 partly met" in shown and "My list" in shown
    report = desk.get(f"{draft}/my-list/report")
    assert report.status_code == 200
    assert "500 carers" in report.text and f'href="{draft}"' in report.text


def test_the_reports_own_policy_goes_with_it(desk: Desk) -> None:
    report = desk.get(f"{desk.sent()}/my-list/report")
    policy = report.headers["Content-Security-Policy"]
    assert "script-src 'sha256-" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy


def test_several_checklists_each_have_their_result(desk: Desk) -> None:
    draft = desk.sent(checklist=["my-list", "other-list"])
    shown = desk.get(draft).text
    assert "My list" in shown and "Another list" in shown
    assert desk.get(f"{draft}/other-list/report").status_code == 200
    name = desk.get(f"{draft}/other-list/files/docx").headers["Content-Disposition"]
    assert "draft-other-list-gaps.docx" in name


def test_word_excel_and_json_are_downloads_that_open(desk: Desk) -> None:
    draft = desk.sent(name="Plan v1.md")
    files = {form: desk.get(f"{draft}/my-list/files/{form}") for form in ("docx", "xlsx", "json")}
    for form, response in files.items():
        assert response.headers["Content-Disposition"] == f'attachment; filename="Plan v1-gaps.{form}"'
    assert docx.Document(io.BytesIO(files["docx"].data)).paragraphs
    assert openpyxl.load_workbook(io.BytesIO(files["xlsx"].data)).sheetnames
    assert json.loads(files["json"].data)["checklist"]["id"] == "my-list"


def test_the_commented_draft_is_the_planners_own_file_with_comments(desk: Desk, plan_file: Path) -> None:
    draft = desk.sent(plan_file.read_bytes(), "Plan.DOCX")
    copy = desk.get(f"{draft}/my-list/files/commented")
    assert copy.headers["Content-Disposition"] == "attachment; filename=Plan-commented.docx"
    with zipfile.ZipFile(io.BytesIO(copy.data)) as package:
        assert "word/comments.xml" in package.namelist()


def test_no_comments_are_offered_for_files_that_cannot_carry_them(desk: Desk) -> None:
    draft = desk.sent()
    assert "files/commented" not in desk.get(draft).text
    refused = desk.get(f"{draft}/my-list/files/commented")
    assert refused.status_code == 422 and "save the draft as .docx" in refused.text


def test_a_file_is_made_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = desk.sent()
    first = desk.get(f"{draft}/my-list/files/xlsx").data
    monkeypatch.setattr(work, "report", None)
    assert desk.get(f"{draft}/my-list/files/xlsx").data == first


def test_a_second_draft_is_compared_with_the_first(desk: Desk) -> None:
    first = desk.sent(name="v1.md", plan_name="Fenwick")
    plan = desk.storage.draft(first.rpartition("/")[2]).plan
    second = desk.sent(TEXT.replace(b"500", b"900"), "v2.md", plan=plan)
    assert [draft.name for draft in desk.storage.drafts(plan)] == ["v2.md", "v1.md"]
    address = f"{second}/my-list/since/{first.rpartition('/')[2]}"
    assert address in desk.get(second).text
    assert address not in desk.get(first).text
    changes = desk.get(address)
    assert "900 carers" in changes.text and "style-src 'sha256-" in changes.headers["Content-Security-Policy"]
    assert f'href="{second}"' in changes.text
    assert docx.Document(io.BytesIO(desk.get(f"{address}/docx").data)).paragraphs


def test_a_template_empty_and_from_a_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = desk.sent().rpartition("/")[2]
    form = {"kind": "features", "checklist": "my-list", "unit": "Fenwick & Rowe"}
    empty = desk.post("/templates", **form)
    assert empty.headers["Content-Disposition"] == "attachment; filename=features.docx"
    assert docx.Document(io.BytesIO(empty.data)).tables or docx.Document(io.BytesIO(empty.data)).paragraphs
    asked: list[object] = []
    desk.making.instead = {work.form_to_fill: lambda *given: asked.extend(given) or b"made"}
    assert desk.post("/templates", draft=draft, **form).data == b"made"
    assert asked[-1] == ("draft.md", desk.storage.contents(draft)[1])


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"kind": "../x", "checklist": "my-list"}, "from those on offer"),
        ({"kind": "features", "checklist": "nothing"}, "from those on offer"),
        ({"kind": "features", "checklist": "my-list", "years": "soon"}, "financial years"),
    ],
)
def test_a_template_that_cannot_be_made_is_asked_for_again(
    desk: Desk, form: dict[str, str], sentence: str
) -> None:
    response = desk.post("/templates", **form)
    assert response.status_code == 400
    assert "There is a problem" in response.text and sentence in response.text


def test_emptying_leaves_nothing_behind(desk: Desk) -> None:
    draft = desk.sent(name="Secret plan.md")
    desk.get(f"{draft}/my-list/report")
    assert "1 draft" in desk.get("/empty").text
    assert desk.post("/empty").headers["Location"].startswith("/?")
    assert "No draft was checked yet." in desk.get("/").text
    assert desk.get(draft).status_code == 404
    left = b"".join(path.read_bytes() for path in desk.storage.folder.iterdir())
    assert b"Secret" not in left and b"carers" not in left


def test_a_draft_is_removed_and_its_plan_with_the_last(desk: Desk) -> None:
    first = desk.sent(name="v1.md")
    plan = desk.storage.draft(first.rpartition("/")[2]).plan
    second = desk.sent(name="v2.md", plan=plan)
    assert desk.post(f"{first}/remove").headers["Location"] == f"/plans/{plan}"
    assert desk.post(f"{second}/remove").headers["Location"] == "/"
    assert desk.storage.drafts() == () and desk.get(f"/plans/{plan}").status_code == 404


def test_an_unreadable_draft_says_why_and_can_be_checked_again(desk: Desk) -> None:
    draft = desk.sent(b"PK\x03\x04broken", "plan.docx")
    shown = desk.get(draft)
    assert shown.status_code == 200
    assert "Could not be checked" in shown.text and "ask for a fresh copy" in shown.text
    assert desk.get(f"{draft}/my-list/report").status_code == 404
    assert desk.post(f"{draft}/again").headers["Location"] == draft


def test_a_locked_draft_is_opened_with_its_password_which_is_not_kept(tmp_path: Path) -> None:
    given = []

    def opened(data: bytes, name: str, password: str | None) -> work.Opened:
        given.append(password)
        if password != "open sesame":
            raise EncryptedPlanError(name, "it is under a password", "give it")
        return work.open_draft(data, name, None)

    pool = InPlace()
    pool.instead |= {work.open_draft: opened}
    desk = Desk(tmp_path, pool=pool)
    draft = desk.sent()
    assert "under a password" in desk.get(draft).text
    desk.post(f"{draft}/again", password="open sesame")
    desk.wait()
    assert "2 partly met" in desk.get(draft).text
    assert given == [None, "open sesame"]
    assert desk.storage.draft(draft.rpartition("/")[2]).locked
    assert b"open sesame" not in (desk.storage.folder / "planchecker-page.sqlite").read_bytes()
    desk.close()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"draft": (io.BytesIO(b""), "")}, "Choose the file of a draft."),
        ({"draft": (io.BytesIO(b""), "empty.md")}, "The file is empty"),
        ({"checklist": "no-such"}, "Choose at least one checklist."),
        ({"plan": "0" * 32}, "no longer kept here"),
        ({"plan": "../../etc"}, "no longer kept here"),
    ],
)
def test_what_cannot_be_taken_is_asked_for_again(
    desk: Desk, fields: dict[str, object], sentence: str
) -> None:
    response = desk.send(**fields)
    assert response.status_code == 400
    assert "There is a problem" in response.text and sentence in response.text
    assert desk.storage.drafts() == ()


def test_too_large_a_draft_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Bounds(draft=1000))
    response = desk.send(b"x" * 1001)
    assert response.status_code == 413 and "larger than" in response.text
    assert desk.send(b"x" * 3_000_000).status_code == 413
    assert desk.storage.drafts() == ()
    desk.close()


def test_a_full_page_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Bounds(drafts=1))
    kept = desk.sent()
    response = desk.send()
    assert response.status_code == 507 and "remove drafts that you no longer need" in response.text
    assert desk.get(f"{kept}/my-list/report").status_code == 200
    desk.close()


def test_a_disk_that_fails_is_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(desk.storage, "add", full)
    response = desk.send()
    assert response.status_code == 507 and "has room" in response.text and "Traceback" not in response.text


def test_a_defect_is_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(desk.storage, "drafts", broken)
    response = desk.get("/")
    assert response.status_code == 500
    assert "A defect in planchecker" in response.text and "secret detail" not in response.text


def test_progress_is_data_for_the_script(desk: Desk) -> None:
    draft = desk.sent()
    assert desk.get(f"{draft}/progress").json == {"step": 4, "words": ""}


@pytest.mark.parametrize("address", ["/", "/templates", "/empty", "/page.css", "/page.js", "/nothing"])
def test_every_answer_carries_the_headers_that_keep_it_safe(desk: Desk, address: str) -> None:
    headers = desk.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy


def test_no_page_has_style_or_script_of_its_own(desk: Desk) -> None:
    draft = desk.sent()
    plan = f"/plans/{desk.storage.drafts()[0].plan}"
    for address in ("/", draft, plan, "/templates", "/empty", "/nothing"):
        text = desk.get(address).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
        assert text.count("<script") == 1
