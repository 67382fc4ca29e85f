"""The page as a planner uses it, in Chromium: one way through everything, by mouse, by keyboard, without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.browser import chromium, violations
from tests.web.desk import Desk
from tests.web.test_jobs import Held
from tests.web.test_server import listening

pytestmark = pytest.mark.external


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    yield from chromium()


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """A page that fails the test for every error, every request elsewhere, and everything its policy blocks."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("request", lambda request: "//127.0.0.1:" in request.url or errors.append(request.url))
    yield page
    context.close()
    assert errors == []


def drafts_in(folder: Path) -> tuple[Path, Path]:
    """Two drafts of a plan in Word; the second says more."""
    paths = []
    for number, text in enumerate(("will open a hub.", "will open two hubs by March 2015."), start=1):
        document = docx.Document()
        document.add_heading("Plan of Fenwick", 1)
        document.add_paragraph(f"Dr Bell {text}")
        paths.append(folder / f"Fenwick v{number}.docx")
        document.save(str(paths[-1]))
    return paths[0], paths[1]


def fine(page: Any) -> None:
    """No violation of WCAG 2.2 AA, and nothing to scroll sideways on a narrow screen."""
    assert violations(page) == []
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_planners_way_through_the_page(opened: Any, tmp_path: Path) -> None:
    page, pool = opened, Held()
    desk = Desk(tmp_path, pool=pool)
    first, second = drafts_in(tmp_path)
    with listening(desk) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        fine(page)
        page.get_by_label("Draft", exact=True).set_input_files(first)
        page.get_by_label("Name of a new plan").fill("NHS Fenwick CCG")
        page.get_by_role("button", name="Check this draft").click()

        page.get_by_text("words against 2 features").wait_for()
        assert page.locator("[aria-current=step]").inner_text().endswith("Checking")
        fine(page)
        pool.let_go.set()
        page.get_by_role("link", name="Read the report").wait_for()
        fine(page)

        page.get_by_role("link", name="Read the report").click()
        page.get_by_role("link", name="Open the checklist beside the plan").click()
        fine(page)
        page.get_by_label("Partly met (2)").uncheck()
        assert page.locator(".list li:not([hidden])").filter(visible=True).count() == 0
        page.get_by_role("button", name="Show all").click()
        page.locator("article.feature:not([hidden]) figure a").first.click()
        assert "will open a hub" in page.locator("mark.here").first.inner_text()
        page.get_by_role("link", name="Back to the draft").click()

        for name, file in (
            ("Report in Word", "Fenwick v1-gaps.docx"),
            ("Working list in Excel", "Fenwick v1-gaps.xlsx"),
            ("Your draft with comments", "Fenwick v1-commented.docx"),
        ):
            with page.expect_download() as download:
                page.get_by_role("link", name=name).click()
            assert download.value.suggested_filename == file
            download.value.save_as(tmp_path / "got" / file)
        said = docx.Document(str(tmp_path / "got" / "Fenwick v1-commented.docx"))
        assert "Dr Bell will open a hub." in [paragraph.text for paragraph in said.paragraphs]

        page.get_by_role("link", name="Check the next draft of this plan").click()
        assert (
            page.get_by_label("Which plan is it a draft of?").input_value() == desk.storage.drafts()[0].plan
        )
        fine(page)
        page.get_by_label("Draft", exact=True).set_input_files(second)
        page.get_by_role("button", name="Check this draft").click()
        page.get_by_role("link", name="Since Fenwick v1.docx", exact=True).click()
        page.get_by_text("two hubs by March 2015").first.wait_for()
        fine(page)
        page.get_by_role("link", name="Back to the draft").click()
        page.get_by_role("link", name="All drafts of NHS Fenwick CCG").click()
        assert page.locator("article h3").all_inner_texts() == ["Fenwick v2.docx", "Fenwick v1.docx"]
        fine(page)

        page.get_by_role("link", name="Submission templates").click()
        fine(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Get the template").click()
        assert download.value.suggested_filename.endswith(".docx")

        page.get_by_role("link", name="Empty everything").click()
        fine(page)
        page.get_by_role("button", name="Remove all drafts and results").click()
        page.get_by_text("Everything was removed").wait_for()
        assert desk.storage.drafts() == ()
        fine(page)
    desk.close()


def test_a_file_is_dropped(opened: Any, desk: Desk) -> None:
    with listening(desk) as port:
        opened.goto(f"http://127.0.0.1:{port}/")
        dropped = opened.evaluate_handle(
            "() => { const all = new DataTransfer(); all.items.add(new File(['Dr Bell will act.'], 'dropped.md'));"
            " return all; }"
        )
        opened.dispatch_event("#drop", "dragenter", {"dataTransfer": dropped})
        assert "over" in opened.locator("#drop").get_attribute("class")
        opened.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
        opened.get_by_role("button", name="Check this draft").click()
        opened.get_by_role("heading", name="dropped.md").wait_for()
        opened.get_by_role("link", name="Read the report").wait_for()


def test_two_dropped_files_and_too_large_a_file_are_told_at_once(opened: Any, desk: Desk) -> None:
    with listening(desk) as port:
        opened.goto(f"http://127.0.0.1:{port}/")
        two = opened.evaluate_handle(
            "() => { const all = new DataTransfer(); for (const name of ['a.md', 'b.md'])"
            " all.items.add(new File(['x'], name)); return all; }"
        )
        opened.dispatch_event("#drop", "drop", {"dataTransfer": two})
        assert opened.locator("#draft-problem").inner_text() == "Drop one file at a time."
        opened.evaluate("document.querySelector('form.send').dataset.most = 3")
        opened.set_input_files("#draft", {"name": "a.md", "mimeType": "text/plain", "buffer": b"long"})
        opened.get_by_role("button", name="Check this draft").click()
        assert "larger than" in opened.locator("#draft-problem").inner_text()
        fine(opened)
    assert desk.storage.drafts() == ()


def test_without_script_by_keyboard_alone(browser: Any, tmp_path: Path) -> None:
    pool = Held()
    desk = Desk(tmp_path, pool=pool)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with listening(desk) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.set_input_files(
            "#draft", {"name": "plan.md", "mimeType": "text/plain", "buffer": b"Dr Bell will act."}
        )
        page.locator("#plan_name").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="See how far it is").wait_for()
        pool.let_go.set()
        desk.wait()
        page.get_by_role("link", name="See how far it is").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Read the report").focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Gap report: ").wait_for()
    context.close()
    desk.close()


def test_what_went_wrong_is_told_on_pages_without_violation(browser: Any, desk: Desk) -> None:
    context = browser.new_context()
    page = context.new_page()
    broken = desk.sent(b"PK\x03\x04", "plan.docx")
    left = f"/drafts/{desk.storage.add(b'x', 'left.md', ['my-list']).id}"
    with listening(desk) as port:
        for address in (broken, left, "/nothing"):
            page.goto(f"http://127.0.0.1:{port}{address}")
            fine(page)
    context.close()


def test_a_page_of_another_site_cannot_show_or_use_this_one(browser: Any, desk: Desk) -> None:
    kept = desk.sent()
    context = browser.new_context()
    page = context.new_page()
    with listening(desk) as port:
        here = f"http://127.0.0.1:{port}"
        page.goto(f"{here}/")  # so that the browser has the cookie
        page.route("http://evil.example/", lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe src="{here}/"></iframe>'
                 f'<form method="post" action="{here}/empty"><button>Win</button></form>',
        ))  # fmt: skip
        page.goto("http://evil.example/")
        assert not [frame for frame in page.frames[1:] if frame.query_selector("form")]
        page.get_by_role("button", name="Win").click()
        page.get_by_text("That was not done").wait_for()
        assert desk.get(kept).status_code == 200
    context.close()
