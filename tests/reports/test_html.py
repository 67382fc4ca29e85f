from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from planchecker.plan import Block, BlockKind
from planchecker.reports.digest import words
from planchecker.reports.html import as_html, content_policy, write_html
from planchecker.reports.terminal import CAVEATS
from planchecker.resources import resource_folder
from planchecker.result import Evidence, Verdict
from planchecker.scrutiny import Ruling
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, FULL, HOSTILE, MET, PARTIAL, PLAN, RESULT


@pytest.fixture(scope="module")
def page() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(as_html(RESULT))


@pytest.fixture(scope="module")
def full() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(as_html(FULL, PLAN))


def _texts(page: lxml.html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(xpath)]


def test_golden() -> None:
    bare = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", as_html(FULL, PLAN), flags=re.S)
    assert_golden("gap-report.html", re.sub(r"sha256-[\w+/=]+", "sha256-...", bare))


@pytest.mark.parametrize("which", ["page", "full"])
def test_headings_are_ordered_under_one_h1(which: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(which)
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


@pytest.mark.parametrize("which", ["page", "full"])
def test_ids_are_unique_and_every_link_leads_somewhere_in_the_page(
    which: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(which)
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
    assert page.xpath("//*[@onclick]|//b") == []
    quotes = _texts(page, "//blockquote")
    assert "</blockquote><script>alert('x')</script> & \"quoted\" end" in quotes
    assert "Page 21, 9 Quality <b>" in _texts(page, "//figcaption/p")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", as_html(RESULT))


def test_warning_comes_before_the_summary(page: lxml.html.HtmlElement) -> None:
    headings = _texts(page, "//main//h2")
    assert headings[:3] == ["Before you rely on this report", "Summary", "What to do first"]
    warning = _texts(page, "//section[@class='warning']")[0]
    assert "The draft holds tracked changes, read as if accepted." in warning
    assert "Pages 3, 4 and 9: a picture without a text layer" in warning
    assert "An embedded spreadsheet: planchecker does not read these" in warning


def test_no_warning_without_reason() -> None:
    page = lxml.html.document_fromstring(as_html(FLAWLESS))
    assert page.xpath("//section[@class='warning']") == []
    assert "No gaps were found among the features that were assessed." in page.text_content()
    assert _texts(page, "//h1") == ["Gap report: plan.pdf"]


def test_what_to_do_first_links_to_elements_gaps_and_unsure_verdicts(page: lxml.html.HtmlElement) -> None:
    links = _texts(page, "//section[@aria-labelledby='section-start']//a")
    assert links == [
        "E20 Prevention of harm",
        "17.3 goal No evidence found: Prevent",
        "F40 Partly met: Mental Capacity Act",
    ]


def test_the_gaps_that_are_cheapest_to_close_come_first() -> None:
    near = replace(PARTIAL, id="NEAR", sure=True, evidence=(MET.evidence[0],), gaps=PARTIAL.gaps[:1])
    blank = replace(near, id="BLANK", evidence=(replace(MET.evidence[1], weakened_by=("to be confirmed",)),))
    far = replace(near, id="FAR", gaps=PARTIAL.gaps)
    hedged = replace(near, id="HEDGED", evidence=PARTIAL.evidence)
    many = replace(RESULT.elements[1], features=(hedged, far, blank, near))
    page = lxml.html.document_fromstring(as_html(replace(RESULT, elements=(many,))))
    assert [text.split()[0] for text in _texts(page, "//ol[@class='first']/li/a")] == ["NEAR", "BLANK", "FAR"]
    assert _texts(page, "//ol[@class='first']/li[3]/p") == list(PARTIAL.gaps)


def test_glance_has_scoped_headers_a_cell_per_feature_and_says_where_evidence_lies(
    page: lxml.html.HtmlElement,
) -> None:
    table = "//table[@class='grid']"
    assert {cell.get("scope") for cell in page.xpath(f"{table}//thead//th")} == {"col"}
    rows = page.xpath(f"{table}/tbody/tr")
    assert len(rows) == 4
    assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in rows)
    assert _texts(rows[1], ".//a[contains(@class, 'chip')]") == [
        "F40 Partly: Mental Capacity Act",
        "17.3 goal None: Prevent",
    ]
    assert _texts(page, f"{table}//td[@class='along']") == [
        "Evidence on page 7", "Evidence on page 21", "No evidence", "No evidence",
    ]  # fmt: skip
    assert page.xpath(f"{table}//td[@class='along']//use/@x") == ["15.9%", "50.0%"]


def test_every_feature_says_verdict_confidence_and_provenance(page: lxml.html.HtmlElement) -> None:
    verdicts = _texts(page, "//article/p[@class='verdict']")
    assert verdicts == [
        "Met Confidence: high (91%)",
        "Partly met Look here: confidence is low (48%)",
        "No evidence found Confidence: high (83%)",
        "No evidence found Confidence: high (90%)",
        "Not assessed",
    ]
    assert _texts(page, "//li/a[@class='entry']/span[contains(@class, 'tag')][1]") == [
        "Met", "Partly met", "No evidence found", "No evidence found", "Not assessed",
    ]  # fmt: skip
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
    assert _texts(page, "//article//summary") == ["1 more passage for F14"]
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


def test_a_feature_says_what_is_lacking_and_what_would_meet_it(page: lxml.html.HtmlElement) -> None:
    article = page.get_element_by_id("F40")
    terms = {
        dt.text_content(): " ".join(dt.getnext().text_content().split()) for dt in article.xpath(".//dt")
    }
    assert terms["What is lacking"] == "The passage on page 21 names no owner and gives no date."
    assert terms["What would meet it"] == "Say who leads on the Act and by when staff are trained."
    assert "Evidence in the plan" in terms


def test_quotes_and_the_plans_text_lead_to_each_other(full: lxml.html.HtmlElement) -> None:
    link = full.xpath("//article[@id='F14']//figure[1]//a/@href")[0]
    mark = full.get_element_by_id(link[1:])
    assert mark.text_content() == RESULT.elements[0].features[0].evidence[0].text
    assert mark.tag == "mark"
    assert mark.get("class") == "met"
    assert mark.getnext().get("href") == "#F14"
    assert " ".join(mark.getnext().text_content().split()) == "F14 Primary care at scale, met"
    cell = full.xpath("//td/mark")[0]
    assert cell.text_content() == "£1.2m"
    assert [flag.get("href") for flag in cell.itersiblings("a")] == ["#rule-2", "#slip-1", "#slip-2"]


def test_the_plans_text_is_there_once_in_order_with_its_pages(full: lxml.html.HtmlElement) -> None:
    text = full.xpath("//div[@class='text']")[0]
    for flag in text.xpath(".//a"):
        flag.drop_tree()
    assert _texts(text, "./*|.//li|.//tr|.//th|.//td")[:4] == [
        "Page 6", "3 Primary care", "Page 7", "3.2 At scale",
    ]  # fmt: skip
    assert [node.tag for node in text] == [
        "p", "h4", "p", "h5", "p", "ul", "p", "table", "p", "p", "p",
    ]  # fmt: skip
    assert _texts(text, ".//tr/*") == ["Scheme", "Saving", "Page 9", "", "£1.2m"]
    assert _texts(text, ".//li") == ["first <point>", "deeper"]


def test_without_the_plan_or_with_another_the_report_has_two_panels(page: lxml.html.HtmlElement) -> None:
    other = lxml.html.document_fromstring(as_html(RESULT, replace(PLAN, sha256="f" * 64)))
    for one in (page, other):
        assert one.xpath("//mark|//*[@id='section-text']") == []
        assert "The plan’s text is not part of this report." in one.text_content()


def test_markup_of_a_long_plan_stays_small_beside_its_words() -> None:
    blocks = tuple(
        Block(n, BlockKind.PARAGRAPH, f"Paragraph {n} says what the team will do. " * 4, page=n // 14 + 1)
        for n in range(2100)
    )
    plan = replace(PLAN, blocks=blocks, pages=150)
    quoted = tuple(Evidence(b.text, b.page, (), b.number, 0.5) for b in blocks[::12])
    features = tuple(replace(MET, id=f"F{n}", evidence=quoted[n::47]) for n in range(47))
    result = replace(RESULT, elements=(replace(RESULT.elements[0], features=features),))
    words = sum(len(block.text) for block in blocks)
    assert len(as_html(result, plan)) < 2 * words + 300_000 < 3_000_000


def test_scrutiny_shows_rulings_sources_and_advice_as_advice(full: lxml.html.HtmlElement) -> None:
    rules = _texts(full, "//section[@aria-labelledby='heading-rules']//tbody/tr")
    assert len(rules) == 1
    assert "One per cent is left over. Holds for 2014/15." in rules[0]
    assert "Source: Planning guidance (seen in a public source) Differs The plan gives half" in rules[0]
    advice = _texts(full, "//section[@aria-labelledby='heading-advice']//tbody/tr")
    assert len(advice) == 1
    assert "Source: recollection (recollection; no source confirms it) Not found" in advice[0]
    assert _texts(full, "//section[@aria-labelledby='heading-loud']//h3") == ["Figures differ"]
    assert _texts(full, "//section[@aria-labelledby='heading-quiet']/details//h3") == ["Acronym not expanded"]
    summary = " ".join(full.get_element_by_id("section-summary").text_content().split())
    assert (
        "Of 1 dated rules the plan agrees with 0 and differs from 1; 0 could not be compared."
        " The plan does not agree with itself, or leaves something loose, in 1 place."
    ) in summary


def test_rules_that_the_plan_agrees_with_are_folded_away() -> None:
    assert FULL.scrutiny is not None
    agreeing = tuple(replace(rule, ruling=Ruling.AGREES) for rule in FULL.scrutiny.rules)
    page = lxml.html.document_fromstring(
        as_html(replace(FULL, scrutiny=replace(FULL.scrutiny, rules=agreeing)))
    )
    assert _texts(page, "//div[@id='section-beyond']//details/summary")[:2] == [
        "Dated rules that the plan agrees with: 1", "Advice that the plan agrees with: 1",
    ]  # fmt: skip


def test_what_was_not_looked_at_is_not_shown(page: lxml.html.HtmlElement) -> None:
    text = page.xpath("//main")[0].text_content()
    assert not re.search(r"Beyond the checklist|Assessor|Accepted gap|no longer apply", text)


def test_accepted_gaps_and_decisions_stand_beside_the_verdict(full: lxml.html.HtmlElement) -> None:
    standing = {
        article.get("id"): _texts(article, ".//div[@class='standing']")
        for article in full.xpath("//article[@data-verdict]")
    }
    assert standing["F14"][0].startswith("Assessor’s verdict: Partly met Decided by CD.")
    assert "The evidence has changed since this was decided." in standing["F14"][0]
    assert standing["F40"][0].startswith("Accepted gap: Led elsewhere.")
    assert "(A. Bell, 2014-02-11)" in standing["F40"][0]
    accepted = _texts(full, "//ul[@class='accepted']/li")
    assert accepted[0].startswith("F40 Mental Capacity Act: Led elsewhere.")
    assert accepted[1] == "F77: No longer on the list. (A. Bell, 2013-12-01)"
    assert "Judged once for other-list/R3" in full.text_content()


@pytest.mark.parametrize("value", [HOSTILE, "{{ 7 * 7 }}{% raw %}", "</style></script><!--", '" onload="x'])
def test_hostile_words_in_any_field_stay_words(value: str) -> None:
    harmless = as_html(FULL, PLAN)
    result, plan = _poisoned(FULL, value), _poisoned(PLAN, value)
    text = as_html(replace(result, plan=replace(result.plan, sha256=plan.sha256)), plan)
    page = lxml.html.document_fromstring(text)
    tags = {node.tag for node in page.iter() if isinstance(node.tag, str)}
    assert tags == {node.tag for node in lxml.html.document_fromstring(harmless).iter()}
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not [key for node in page.iter() for key in node.attrib if key.startswith("on")]
    assert page.xpath("//comment()") == []
    assert "49" not in re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.S)


def _poisoned(value: Any, poison: str) -> Any:
    """The value with every text in it replaced, whatever it is nested in."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _poisoned(getattr(value, f.name), poison) for f in fields(value)})
    if isinstance(value, tuple):
        return tuple(_poisoned(one, poison) for one in value)
    return poison if type(value) is str else value


def test_ids_that_the_report_uses_itself_are_not_taken_from_a_checklist() -> None:
    names = ("passage-1", "section-summary", "name-F14", "x y", "E06")
    features = tuple(replace(MET, id=name) for name in names)
    result = replace(FULL, elements=(replace(FULL.elements[0], features=features),))
    ids = lxml.html.document_fromstring(as_html(result, PLAN)).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_policy_of_the_page_can_be_sent_by_a_server_too(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//meta[@http-equiv]/@content") == [content_policy()]


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
