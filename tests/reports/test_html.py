from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from planchecker.reports.digest import words
from planchecker.reports.html import as_html, write_html
from planchecker.reports.terminal import CAVEATS
from planchecker.resources import resource_folder
from planchecker.result import Verdict
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, HOSTILE, RESULT


@pytest.fixture(scope="module")
def page() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(as_html(RESULT))


def _texts(page: lxml.html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(xpath)]


def test_golden() -> None:
    bare = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", as_html(RESULT), flags=re.S)
    assert_golden("gap-report.html", re.sub(r"sha256-[\w+/=]+", "sha256-...", bare))


def test_headings_are_ordered_under_one_h1(page: lxml.html.HtmlElement) -> None:
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page_has_language_title_landmarks_and_skip_link(page: lxml.html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert _texts(page, "//title") == ["Gap report: Draft <five> year plan"]
    assert all(len(page.xpath(f"//{tag}")) == 1 for tag in ("header", "nav", "main", "footer"))
    first_link = page.xpath("//body//a")[0]
    assert first_link.get("href") == "#" + page.xpath("//main")[0].get("id")


def test_ids_are_unique_and_every_link_leads_somewhere_in_the_page(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = page.xpath("//@href") + ["#" + name for name in page.xpath("//@for")]
    targets += [
        "#" + name for names in page.xpath("//@aria-labelledby|//@aria-describedby") for name in names.split()
    ]
    assert {target for target in targets if target[:1] != "#" or target[1:] not in ids} == set()


def test_nothing_is_fetched_and_only_the_projects_own_style_and_script_run() -> None:
    text = as_html(RESULT)
    page = lxml.html.document_fromstring(text)
    assert page.xpath("//@src") == page.xpath("//link") == page.xpath("//@style") == []
    assert not re.search(r"https?://|@import|url\(", text)
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.S)
        assert len(blocks) == 1
        assert b64encode(sha256(blocks[0].encode()).digest()).decode() in policy
    assert not [name for name in page.xpath("//@*/..") if any(key.startswith("on") for key in name.attrib)]


def test_document_text_stays_text(page: lxml.html.HtmlElement) -> None:
    assert len(page.xpath("//script")) == 1
    quotes = _texts(page, "//blockquote")
    assert "</blockquote><script>alert('x')</script> & \"quoted\" end" in quotes
    assert "Page 21, 9 Quality <b>" in _texts(page, "//figcaption/p")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", as_html(RESULT))


def test_warning_comes_before_the_summary(page: lxml.html.HtmlElement) -> None:
    headings = _texts(page, "//main//h2")
    assert headings[:3] == ["Before you rely on this report", "Summary", "Where to start"]
    warning = _texts(page, "//section[@class='warning']")[0]
    assert "The draft holds tracked changes, read as if accepted." in warning
    assert "Pages 3, 4 and 9: a picture without a text layer" in warning
    assert "An embedded spreadsheet: planchecker does not read these" in warning


def test_no_warning_without_reason() -> None:
    page = lxml.html.document_fromstring(as_html(FLAWLESS))
    assert page.xpath("//section[@class='warning']") == []
    assert "No gaps were found among the features that were assessed." in page.text_content()
    assert _texts(page, "//h1") == ["Gap report: plan.pdf"]


def test_where_to_start_links_to_gaps_elements_and_unsure_verdicts(page: lxml.html.HtmlElement) -> None:
    links = _texts(page, "//section[@aria-labelledby='section-start']//a")
    assert links[:3] == ["17.3 goal Prevent", "F99 Harm", "F40 Mental Capacity Act"]
    assert "E20 Prevention of harm" in links
    assert "E19 Safeguarding" not in links
    assert links[-1] == "F40 Partly: Mental Capacity Act"


def test_at_most_eight_gaps_at_the_start() -> None:
    gap = RESULT.elements[2].features[0]
    many = replace(RESULT.elements[2], features=tuple(replace(gap, id=f"G{n}") for n in range(12)))
    page = lxml.html.document_fromstring(as_html(replace(RESULT, elements=(many,))))
    assert len(page.xpath("//ol[@class='first']/li")) == 8
    assert "8 of 12 gaps are shown here" in page.text_content()


def test_grid_has_scoped_headers_and_a_cell_per_feature(page: lxml.html.HtmlElement) -> None:
    assert {cell.get("scope") for cell in page.xpath("//thead//th")} == {"col"}
    rows = page.xpath("//tbody/tr")
    assert len(rows) == 4
    assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in rows)
    assert _texts(rows[1], ".//a[contains(@class, 'chip')]") == [
        "F40 Partly: Mental Capacity Act",
        "17.3 goal None: Prevent",
    ]
    assert [cell.text_content().split(": ")[1] for cell in rows[1].xpath("./td[@class='count']")] == [
        "0",
        "1",
        "1",
        "0",
    ]


def test_every_feature_says_verdict_confidence_and_provenance(page: lxml.html.HtmlElement) -> None:
    verdicts = _texts(page, "//article/p[@class='verdict']")
    assert verdicts == [
        "Met Confidence: high (91%)",
        "Partly met Look here: confidence is low (48%)",
        "No evidence found Confidence: high (83%)",
        "No evidence found Confidence: high (90%)",
        "Not assessed",
    ]
    assert _texts(page, "//p[@class='wording']")[0] == (
        "Source of the wording: quoted. Part of its wording was seen in a public source."
    )


def test_evidence_says_where_it_stands_what_it_shows_and_what_found_it(page: lxml.html.HtmlElement) -> None:
    captions = _texts(page, "//article[@id='F14']//figcaption")
    assert captions == [
        "Page 7, 3 Primary care › 3.2 At scale For part a of the requirement Shows: commitment, date and number"
        " Found by: the terms “federations” and “at scale”, similar words and similar meaning",
        "No page or heading known For part b of the requirement Shows: owner Found by: the reading model",
    ]
    assert _texts(page, "//summary") == ["1 more passage for F14"]
    assert "Weakened by: hedged" in _texts(page, "//article[@id='F40']//li")


def test_caveats_checklist_and_plan_facts_close_the_report(page: lxml.html.HtmlElement) -> None:
    text = " ".join(page.text_content().split())
    assert all(caveat in text for caveat in CAVEATS)
    assert "A small checklist (small, version 1.0). Written for the tests." in text
    assert "Draft <five> year plan.docx" in text
    assert "planner" not in re.sub(r"planning|planchecker", "", text)
    assert RESULT.plan.sha256 in text
    assert "15,203" in text


def test_tone_is_never_failure(page: lxml.html.HtmlElement) -> None:
    assert not re.search(r"\bfail", page.text_content().replace(HOSTILE, ""), re.I)


def test_wording_names_every_verdict() -> None:
    for table in ("verdicts", "short", "symbols"):
        assert set(words()[table]) == {verdict.value for verdict in Verdict}
    assert {Verdict(key).words: text for key, text in words()["verdicts"].items()} == {
        verdict.words: verdict.words for verdict in Verdict
    }


def test_written_file_is_utf8_with_unix_lines(tmp_path: Path) -> None:
    write_html(RESULT, tmp_path / "r.html")
    data = (tmp_path / "r.html").read_bytes()
    assert b"\r" not in data
    assert data.decode("utf-8") == as_html(RESULT)
    assert data.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("--text", "--page"), ("--muted", "--page"), ("--blue", "--page"), ("--dark-blue", "--page"),
        ("--met-dark", "--met-pale"), ("--partial-dark", "--partial-pale"), ("--missing-dark", "--missing-pale"),
        ("--none-dark", "--none-pale"), ("#ffffff", "--blue"), ("#ffffff", "--dark-blue"), ("#ffffff", "--met"),
        ("#ffffff", "--missing"), ("--text", "--partial"), ("--text", "--focus"), ("--blue", "#fff9c4"),
    ],
)  # fmt: skip
def test_contrast_is_at_least_four_and_a_half_to_one(ink: str, paper: str) -> None:
    style = (resource_folder("templates") / "gap-report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", style))
    lighter, darker = sorted((_luminance(colours.get(c, c)) for c in (ink, paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
