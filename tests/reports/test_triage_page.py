"""The pack's page as text: what it says, in what order, and that nothing in a plan can break out of it."""

from __future__ import annotations

import json
import re
from functools import cache

import lxml.html
import pytest

from planchecker.reports import triage_page as module
from planchecker.reports.triage_page import clipped, few, triage_page
from planchecker.triage.layout import comparison_names, report_names
from tests.reports.goldens import assert_golden
from tests.reports.packs import HOSTILE, overview, region


@cache
def page() -> str:
    told = overview()
    return triage_page(
        told,
        report_names(entry.name for entry in told.batch.checked),
        comparison_names(pair.new for pair in told.drafts),
    )


def tree() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page())


def data() -> dict[str, object]:
    (script,) = tree().xpath("//script[@type='application/json']")
    found: dict[str, object] = json.loads(script.text)
    return found


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_what_could_not_be_read_comes_before_everything_else() -> None:
    headings = [words(one) for one in tree().xpath("//main//h2")]
    assert headings[0] == "1 plan could not be read"
    assert headings[1:4] == [
        "1 line of the assessors’ files could not be placed",
        "Open these first",
        "Plans by elements",
    ]
    (listed,) = tree().xpath("//section[@class='unread']//li")
    assert words(listed) == "<scan>.pdf: no page holds readable text; add a text layer first."


def test_three_plans_are_named_with_why() -> None:
    cards = tree().xpath("//li[@class='card']")
    assert [words(card.find("h3")) for card in cards] == [
        "=1+1 <b>Penn</b>",
        "NHS Tarn CCG",
        "NHS Vale CCG (vale v2.docx)",
    ]
    assert "No evidence was found for 2 of 3 features" in words(cards[0])


def test_without_script_the_grid_is_a_table_with_words() -> None:
    rows = tree().xpath("//table[@id='grid']/tbody/tr")
    assert [words(cell) for cell in rows[0]] == ["=1+1 <b>Penn</b>", "2", "None 0/2", "Partly 0/1"]
    assert words(rows[-1][0]) == "NHS Vale CCG (vale v1.docx) older draft"
    assert not tree().xpath("//table[@id='grid']//button")


def test_shared_text_drafts_and_judgements_are_told() -> None:
    told = words(tree())
    assert "24 words, word for word: NHS Tarn CCG, page 1, Chapter; NHS Wold CCG, page 1, Chapter" in told
    assert "The newer draft shows less of 1 feature: F02 Money (met, now partly)" in told
    assert "AB says met (page 3 <i>), CD says none (=2+2)" in told
    assert "For 1 the evidence is no longer what the assessor saw" in told
    assert "mine.csv, row 9: there is no checked plan “gone.docx” here" in told
    assert "+figures.xlsx: not a kind of file" in told


def test_text_of_a_plan_stays_text() -> None:
    assert "<img" not in page()
    assert "onerror" in page()  # it is there, as text
    assert len(tree().xpath("//script")) == 2
    assert not re.search("[\x00\u2028]", page())
    (plan,) = [one for one in data()["plans"] if one["label"].startswith("=1+1")]  # type: ignore[attr-defined]
    assert plan["elements"][1][0]["e"][0][0] == " ".join(
        HOSTILE.replace("\x00", "").replace("\u2028", " ").split()
    )


def test_the_policy_allows_this_style_and_script_only() -> None:
    (policy,) = tree().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style, script = tree().xpath("//style")[0].text, tree().xpath("//script[not(@type)]")[0].text
    from planchecker.reports.html import csp_hash

    assert f"style-src '{csp_hash(style)}'" in policy
    assert f"script-src '{csp_hash(script)}'" in policy
    assert not tree().xpath("//@style | //@onclick | //link | //img")


def test_every_link_within_leads_somewhere() -> None:
    ids = set(tree().xpath("//@id"))
    assert {link[1:] for link in tree().xpath("//a/@href") if link.startswith("#")} <= ids
    assert len(tree().xpath("//@id")) == len(ids)


def test_the_page_is_what_it_was() -> None:
    said = tree().xpath("//main//*[self::h2 or self::h3 or self::p or self::li or self::tr]")
    assert_golden("pack.txt", "\n".join(words(one) for one in said) + "\n")


def test_the_same_plans_give_the_same_bytes() -> None:
    told = overview()
    names = report_names(entry.name for entry in told.batch.checked)
    assert triage_page(told, names, comparison_names(pair.new for pair in told.drafts)) == page()


def test_quotes_get_shorter_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    many = region(30)
    whole = len(triage_page(many, {}, {}))
    monkeypatch.setattr(module, "_MOST_BYTES", 15_000)
    short = triage_page(many, {}, {})
    assert len(short) < whole
    assert "…" in short


def test_names_and_texts_are_cut_at_a_word() -> None:
    assert few(["a", "b", "c"], 5) == "a, b and c"
    assert few(list("abcdefg"), 5) == "a, b, c, d, e and 2 more"
    assert clipped("one two three", 10) == "one two …"
