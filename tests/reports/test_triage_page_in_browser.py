"""The pack's page as an area team uses it: open a cell, sort, filter, keyboard, axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planchecker.reports.triage_page import triage_page
from planchecker.triage.layout import comparison_names, report_names
from tests.browser import chromium, violations
from tests.reports.packs import overview

pytestmark = pytest.mark.external


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    yield from chromium()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = overview()
    names = report_names(entry.name for entry in told.batch.checked)
    path = tmp_path_factory.mktemp("pack") / "index.html"
    path.write_text(
        triage_page(told, names, comparison_names(pair.new for pair in told.drafts)), encoding="utf-8"
    )
    return path


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Any]:
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: errors.append(f"a dialog opened: {dialog.message}"))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert errors == []


def plans(page: Any) -> list[str]:
    """Names in the grid that can be seen, from the top."""
    found: list[str] = page.locator("#grid tbody tr:visible th bdi").all_inner_texts()
    return found


def test_a_cell_opens_its_features_with_verdict_and_quotes(page: Any) -> None:
    page.get_by_role("button", name="features met: E01 of NHS Tarn CCG").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("heading", level=2).inner_text() == "NHS Tarn CCG on E01 Leadership & care"
    text = dialog.inner_text()
    assert "The three practices of the valley" in text
    assert "Weakened by: also in NHS Wold CCG" in text
    assert "Assessor CD: " in text
    assert dialog.get_by_role("link").get_attribute("href") == "reports/tarn.docx.html#F01"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.closest('tr').innerText").startswith("NHS Tarn CCG")


def test_hostile_text_is_shown_and_does_nothing(page: Any) -> None:
    page.get_by_role("button", name="features met: E02 of =1+1 <b>Penn</b>").click()
    assert "</script><img src=x onerror=alert(1)>" in page.get_by_role("dialog").inner_text()


def test_what_to_read_first_opens_too(page: Any) -> None:
    page.locator(".read-first button").first.click()
    assert page.get_by_role("dialog").is_visible()


def test_columns_sort_both_ways(page: Any) -> None:
    order = plans(page)
    head = page.locator("#grid thead th", has_text="E02 Safety")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert plans(page)[0] == "NHS Tarn CCG"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert plans(page)[0] != "NHS Tarn CCG"
    page.locator("#grid thead .plan button").click()
    assert plans(page) == order


def test_filters_narrow_the_plans_and_are_told(page: Any) -> None:
    status = page.get_by_role("status")
    page.get_by_label("Plan", exact=True).fill("vale")
    assert status.inner_text() == "2 of 5 plans shown."
    page.get_by_label("Without older drafts").check()
    assert plans(page) == ["NHS Vale CCG (vale v2.docx)"]
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Element", exact=True).select_option("1")
    page.get_by_label("shows", exact=True).select_option("met")
    assert sorted(plans(page)) == ["NHS Vale CCG (vale v2.docx)", "NHS Wold CCG"]
    assert len(page.locator("#grid tbody tr:visible").all()) == 2


def test_arrow_keys_move_and_one_cell_is_in_the_tab_order(page: Any) -> None:
    cells = page.locator("#grid tbody td button")
    assert page.locator("#grid tbody td button[tabindex='0']").count() == 1
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    where = page.evaluate(
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]"
    )
    assert where == [2, 3]
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()


def test_axe_finds_nothing_on_the_page_or_in_a_cell(page: Any) -> None:
    assert violations(page) == []
    page.locator("#grid tbody td button").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1366, 1920])
def test_the_page_never_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
