"""The report as a planner uses it: filter, search, follow evidence both ways, keyboard, links, print."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from planchecker.plan import Block, BlockKind
from planchecker.reports.html import as_html, write_html
from planchecker.result import FeatureResult
from tests.browser import chromium, violations
from tests.reports.sample import FULL, PARTIAL, PLAN, RESULT

pytestmark = pytest.mark.external

# A plan long enough to scroll, with a second passage for F40 far down.
_LATE = replace(PARTIAL.evidence[0], text="Staff train for the Act.", page=41, block=999)
_F40: FeatureResult = replace(FULL.elements[1].features[0], evidence=(*PARTIAL.evidence, _LATE))
_LONG = replace(
    FULL.elements[1].features[1], name="Prevent and the working together of all those who have a duty"
)
_E19 = replace(FULL.elements[1], features=(_F40, _LONG))
_FULL = replace(FULL, elements=(FULL.elements[0], _E19, *FULL.elements[2:]))
_PLAN = replace(
    PLAN,
    blocks=(
        *PLAN.blocks,
        *(Block(400 + n, BlockKind.PARAGRAPH, "Filling. " * 60, page=22 + n // 10) for n in range(120)),
        Block(999, BlockKind.PARAGRAPH, f"Later. {_LATE.text} More.", page=41),
    ),
)

Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    yield from chromium()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "draft plan-gaps.html"
    write_html(_FULL, path, _PLAN)
    return path


@pytest.fixture
def opened(browser: Any, report: Path) -> Iterator[Opened]:
    """Open the report at a fragment; every error in its script fails the test."""
    contexts, errors = [], []

    def open_at(
        fragment: str = "", width: int = 1366, height: int = 768, path: Path = report, **options: Any
    ) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.on("request", lambda request: request.url.startswith("file:") or errors.append(request.url))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert errors == []


def _shown(page: Any) -> list[str]:
    """The features that are shown in the middle panel."""
    return [
        article.get_attribute("id") for article in page.query_selector_all("article.feature:not([hidden])")
    ]


def _entries(page: Any) -> list[str]:
    return [
        one.inner_text().split()[0]
        for one in page.query_selector_all(".list li:not([hidden]) .entry")
        if one.is_visible()
    ]


def _in_view(page: Any, selector: str) -> bool:
    """True where the first such element lies within the window and within the panel that scrolls it."""
    return bool(page.evaluate("""(selector) => {
        const element = document.querySelector(selector), box = element.getBoundingClientRect();
        const panel = element.closest('.panel').getBoundingClientRect();
        return box.height > 0 && box.top >= Math.max(0, panel.top) - 1 && box.top < Math.min(innerHeight, panel.bottom);
    }""", selector))  # fmt: skip


def _focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.hash || '#' + document.activeElement.id"))


def test_it_opens_on_the_summary_and_leads_to_the_panels(opened: Opened) -> None:
    page = opened()
    assert page.locator("#section-summary").is_visible()
    assert not page.locator("#section-panels").is_visible()
    assert page.locator("#section-summary .warning").is_visible()
    page.get_by_role("link", name="Open the checklist beside the plan").click()
    assert page.locator("#section-panels").is_visible()
    assert not page.locator("#section-summary").is_visible()
    assert _shown(page) == ["F14"]
    assert page.locator("#section-features .warning").is_visible()  # that some of the file was not read
    assert page.locator("nav a[aria-current=page]").inner_text() == "Checklist and plan"


def test_the_three_panels_stand_side_by_side_without_scrolling_the_page(opened: Opened) -> None:
    page = opened("#F40")
    boxes = [page.locator(f"#section-{name}").bounding_box() for name in ("list", "features", "text")]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert boxes[0]["y"] == boxes[1]["y"] == boxes[2]["y"]
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight && scrollY === 0")


def test_filter_by_verdict_and_search(opened: Opened) -> None:
    page = opened("#section-panels")
    assert _entries(page) == ["F14", "F40", "17.3", "F99", "F45"]
    page.get_by_label("Met (1)", exact=True).uncheck()
    page.get_by_label("Not assessed (1)").uncheck()
    assert _entries(page) == ["F40", "17.3", "F99"]
    assert page.locator("#filter-count").inner_text() == "Showing 3 of 5 features"
    page.get_by_label("Search the features").fill("capacity TRAINED")
    assert _entries(page) == ["F40"]
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("Showing 5 of 5 features").wait_for()
    page.get_by_label("Only “look here”").check()
    assert _entries(page) == ["F40"]


def test_a_quote_leads_to_its_highlight_and_the_highlight_to_the_feature(opened: Opened) -> None:
    page = opened("#F40")
    page.locator("#F40 figure").nth(1).get_by_role("link").click()
    late = page.locator("mark", has_text=_LATE.text)
    assert late.get_attribute("class") == "partial of-feature here"
    assert _in_view(page, "mark.here")
    assert page.evaluate("document.activeElement.matches('mark.here')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('figure.here') !== null")
    page.locator("#section-text").get_by_role("link", name="F14 Primary care at scale, met").first.click()
    assert _shown(page) == ["F14"]
    assert page.evaluate("location.hash") == "#F14"
    page.locator("mark", has_text="four federations").click()  # quoted by the feature that is shown
    assert page.locator("figure.here").is_visible()
    late.click()
    assert _shown(page) == ["F40"]
    assert "here" in page.locator("#F40 figure").nth(1).get_attribute("class")
    page.go_back()
    assert _shown(page) == ["F14"]


def test_words_of_a_quote_can_be_clicked_too(opened: Opened) -> None:
    page = opened("#F14")
    page.locator("#F14 blockquote").first.click()
    assert _in_view(page, "mark.here")
    assert page.evaluate("location.hash").startswith("#passage-")


def test_choosing_a_feature_brings_its_best_passage_into_view(opened: Opened) -> None:
    page = opened("#F40")
    page.evaluate("document.getElementById('section-text').scrollTop = 1e6")
    page.locator("a.entry", has_text="F14").click()
    assert _in_view(page, "mark.here")
    assert page.locator("mark.here").inner_text().startswith("From April 2015")


def test_keyboard_alone(opened: Opened) -> None:
    page = opened("#F14")
    page.keyboard.press("j")
    assert _shown(page) == ["F40"]
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator("mark.here").first.inner_text() == _LATE.text
    page.keyboard.press("p")
    assert page.locator("mark.here").first.inner_text() != _LATE.text
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    assert _shown(page) == ["F14"]
    page.keyboard.press("/")
    page.keyboard.type("jk prevent")
    assert _shown(page) == ["F14"]
    assert _entries(page) == []
    page.get_by_role("button", name="Show all").press("Enter")
    page.get_by_text("Showing 5 of 5 features").wait_for()
    page.locator("a.entry").first.focus()
    page.keyboard.press("ArrowDown")
    assert _shown(page) == ["F40"]
    assert _focused(page) == "#F40"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('article')")


def test_the_letter_keys_are_documented_and_can_be_turned_off(opened: Opened) -> None:
    page = opened("#F14")
    page.get_by_text("Keyboard", exact=True).click()
    assert page.locator(".keys kbd").first.is_visible()
    page.get_by_label("Use the letter keys").uncheck()
    page.keyboard.press("j")
    assert _shown(page) == ["F14"]


def test_step_buttons_follow_the_filter(opened: Opened) -> None:
    page = opened("#F14")
    assert page.get_by_role("button", name="Previous feature").is_disabled()
    page.get_by_label("Partly met (1)").uncheck()
    page.get_by_role("button", name="Next feature").click()
    assert page.locator("article.feature:not([hidden]) h4").inner_text() == f"17.3 goal {_LONG.name}"


def test_a_link_to_a_feature_survives_reload_and_a_foreign_one_does_no_harm(opened: Opened) -> None:
    page = opened("#F40")
    assert _shown(page) == ["F40"]
    page.reload()
    assert _shown(page) == ["F40"]
    page.evaluate("location.hash = '#%E0%A4%A'")
    assert page.locator("#section-summary").is_visible()
    page.evaluate("location.hash = '#no-such-thing'")
    assert page.locator("#section-summary").is_visible()


def test_what_is_beyond_the_checklist_leads_into_the_plan_and_back(opened: Opened) -> None:
    page = opened("#section-beyond")
    page.locator("#rule-2").get_by_role("link").click()
    assert page.locator("mark.here").inner_text() == "£1.2m"
    page.get_by_role("link", name="Check: acronym not expanded").click()
    assert page.locator("#slip-1").is_visible()


def test_without_script_the_report_is_one_document_in_which_links_work(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    for name in ("summary", "list", "features", "text", "beyond", "about"):
        assert page.locator(f"#section-{name}").is_visible()
    assert len(_shown(page)) == 5
    assert not page.locator("#filter").is_visible()
    page.locator("#F40 figure").nth(1).get_by_role("link").click()
    assert page.locator("mark", has_text=_LATE.text).bounding_box()["y"] < 768


@pytest.mark.parametrize("fragment", ["", "#F40"])
def test_print_holds_every_feature_and_leaves_out_the_plan(opened: Opened, fragment: str) -> None:
    text = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(opened(fragment).pdf())).pages
    )
    flat = " ".join(text.split())
    assert all(f"{feature.id} {feature.name}" in flat for feature in _FULL.features)
    assert "One per cent is left over." in flat
    assert "HWB is never written out." in flat
    assert "Filling." not in flat


_SIZES = {"desktop": (1366, 768), "narrow": (320, 700), "zoomed": (683, 384)}  # zoomed: 200 % of 1366


@pytest.mark.parametrize("size", _SIZES)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(opened: Opened, size: str) -> None:
    page = opened("", *_SIZES[size])
    for fragment in ("#section-summary", "#F40", "#section-beyond", "#section-about"):
        page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
        page.locator(fragment).wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_without_the_plan_and_without_script_views(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(as_html(RESULT), encoding="utf-8")
    page = opened("#F40", path=tmp_path / "r.html")
    assert violations(page) == []
    assert page.locator("#section-text").count() == 0
    page.evaluate("document.documentElement.classList.remove('live')")
    page.evaluate("document.querySelectorAll('[hidden]').forEach((one) => one.removeAttribute('hidden'))")
    assert violations(page) == []
