"""Make the pictures in docs/pictures from the version that is installed: report, pack and page.

python tools/pictures.py

Needs Chromium and the extra 'dev'. Sample plans are checked for real; nothing is drawn by hand.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "corpus" / "plans"
PICTURES = ROOT / "docs" / "pictures"
PLANCHECKER = Path(sys.executable).with_name("planchecker")
_PLAN = "ashcombe-forest"
_FEATURE = "F18"  # the verdict that docs/verdicts.md takes apart
_MANY = (_PLAN, "lindenmere", "withy-valley", "millgate", "thornwick-moor", "whitlow-sands")
_MOST = 150_000  # bytes a picture
_SIZE = {"width": 1280, "height": 800}
# Scrolls the panel that holds an element back to its beginning, and nothing else.
_TO_TOP = """element => {
    for (let one = element.parentElement; one; one = one.parentElement)
        if (one.scrollHeight > one.clientHeight && one.scrollTop) { one.scrollTop = 0; return; }
}"""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(*words: object) -> None:
    """Run a planchecker command that must succeed."""
    subprocess.run([PLANCHECKER, *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def shoot(page: Any, name: str) -> None:
    """Save what the browser shows, in no more colours than it needs."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = PICTURES / f"{name}.png"
    shown.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > _MOST:
        raise SystemExit(f"{path} is larger than {_MOST} bytes")
    print(path.relative_to(ROOT), path.stat().st_size)


def report(page: Any, folder: Path) -> None:
    """The three panels of the HTML report, at one feature."""
    run("check", PLANS / _PLAN / "plan.docx", "--format", "html", "-o", folder)
    page.goto(f"{(folder / 'plan-gaps.html').as_uri()}#{_FEATURE}")
    page.locator("article.feature:not([hidden]) figure a").first.click()
    page.locator("mark.here").first.wait_for()
    page.wait_for_timeout(500)  # until the panels have come to rest
    page.locator("article.feature:not([hidden])").first.evaluate(_TO_TOP)
    shoot(page, "report")


def pack(page: Any, folder: Path) -> None:
    """The overview of a pack of several plans, from what to open first on."""
    for name in _MANY:
        (folder / "submissions" / name).mkdir(parents=True)
        shutil.copy(PLANS / name / "plan.docx", folder / "submissions" / name)
    run("batch", folder / "submissions", "-o", folder / "pack")
    page.goto((folder / "pack" / "index.html").as_uri())
    page.get_by_role("heading", name=re.compile("Open these first")).first.scroll_into_view_if_needed()
    shoot(page, "pack")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A page of its own, and its address."""
    words = [PLANCHECKER, "serve", "--no-browser", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[-1]
        server.terminate()


def first_page(page: Any, folder: Path) -> None:
    """The first page, before anything was checked on it."""
    with serving(folder / "data") as address:
        page.goto(address)
        page.set_viewport_size({"width": 960, "height": 920})
        page.get_by_role("button", name="Check this draft").wait_for()
        shoot(page, "page")
        page.set_viewport_size(_SIZE)


def main() -> None:
    """Make every picture."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=_SIZE)
        for make in (report, first_page, pack):
            folder = Path(kept, make.__name__)
            folder.mkdir()
            make(page, folder)
        browser.close()


if __name__ == "__main__":
    main()
