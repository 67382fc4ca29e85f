"""Headless Chromium for tests of pages; the tests are skipped where it is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

# Rules of WCAG 2.2 A and AA, and axe-core's own good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> Iterator[object]:
    """A running browser, for a fixture to yield from."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def violations(page: object) -> list[str]:
    """What axe-core finds wrong with a page as it is shown now: rule and place."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]
