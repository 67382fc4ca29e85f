"""Plain text, Markdown and HTML; and telling the language of a plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planchecker.errors import PlancheckerError
from planchecker.plan import Plan
from planchecker.reading.draft import assemble
from planchecker.reading.language import foreign_language
from planchecker.reading.sniff import Kind, decode
from planchecker.reading.text import read_text


def read(text: str, kind: Kind) -> Plan:
    return assemble(f"plan.{kind}", "", read_text(text.encode(), f"plan.{kind}", kind))


def shown(text: str, kind: Kind) -> list[tuple[str, str, int | None]]:
    return [(b.kind.value, b.readable, b.level) for b in read(text, kind).blocks]


TEXT = """OUR FIVE-YEAR PLAN

1 Aims

We will cut waiting
to 18 weeks by March 2015.

1.1 Access
----------
- Open on Saturday,
  from May
* Telephone first
(a) Say it plainly

Done by the board."""


def test_plain_text_with_broken_lines() -> None:
    assert shown(TEXT, Kind.TEXT) == [
        ("heading", "OUR FIVE-YEAR PLAN", 1),
        ("heading", "1 Aims", 1),
        ("paragraph", "We will cut waiting to 18 weeks by March 2015.", None),
        ("heading", "1.1 Access", 2),
        ("list item", "Open on Saturday, from May", 0),
        ("list item", "Telephone first", 0),
        ("list item", "(a) Say it plainly", 0),
        ("paragraph", "Done by the board.", None),
    ]


def test_plain_text_with_a_paragraph_a_line() -> None:
    first, second = "The plan is long. " * 10, "A second paragraph on the next line. " * 5
    assert [b.text for b in read(f"{first}\r\n{second}", Kind.TEXT).blocks] == [first.strip(), second.strip()]


def test_form_feeds_number_the_pages() -> None:
    plan = read("On one.\n\fOn two.\n\f\fOn four.", Kind.TEXT)
    assert [b.page for b in plan.blocks] == [1, 2, 4] and plan.pages == 4


def test_markdown() -> None:
    text = (
        "---\nauthor: x\n---\n# Plan\n\nWe *will* act,\nsoon.\n\n## Actions\n\n- One\n  - Two\n\n"
        "| Who | When |\n|---|---|\n| Dr Hill | May |\n\n~~Gone.~~ <!-- a remark -->\n"
    )
    assert shown(text, Kind.MARKDOWN) == [
        ("heading", "Plan", 1),
        ("paragraph", "We will act, soon.", None),
        ("heading", "Actions", 2),
        ("list item", "One", 0),
        ("list item", "Two", 1),
        ("table row", "Who | When", None),
        ("table row", "Who: Dr Hill; When: May", None),
    ]


HTML = """<!doctype html><html><head><title>The plan</title><style>x</style></head><body>
<nav>Home</nav><h1>Aims</h1><p>We <b>will</b>
act<br>today.<script>no()</script></p><div>Loose <span hidden>unseen</span>words<ul><li>One<ol><li>Deep</li>
</ol></li></ul></div><table><caption>Table 1</caption><tr><th>Who<th colspan=2>When and where</tr>
<tr><td rowspan=2>Dr Hill<td>May<td>Here</tr><tr><td>June<td>There<table>
<tr><td>In<td>side</table></tr></table>
<p style="display: none">unseen</p><p>Last &amp; least</p></body></html>"""


def test_html_as_a_browser_shows_it() -> None:
    assert shown(HTML, Kind.HTML) == [
        ("heading", "Aims", 1),
        ("paragraph", "We will act\ntoday.", None),
        ("paragraph", "Loose words", None),
        ("list item", "One", 0),
        ("list item", "Deep", 1),
        ("paragraph", "Table 1", None),
        ("table row", "Who | When and where", None),
        ("table row", "Who: Dr Hill; When and where: May; When and where: Here", None),
        ("table row", "When and where: June; When and where: There", None),
        ("table row", "In; side", None),
        ("paragraph", "Last & least", None),
    ]
    assert read(HTML, Kind.HTML).title == "The plan"


@pytest.mark.parametrize("depth", [200, 5_000])
def test_deep_html_keeps_its_text_or_is_refused(depth: int) -> None:
    try:
        blocks = read("<html>" + "<div>" * depth + "At the bottom." + "</div>" * depth, Kind.HTML).blocks
    except (PlancheckerError, RecursionError):
        assert depth > 200
    else:
        assert [b.text for b in blocks] == ["At the bottom."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode("Café: £5 – “now”".encode(encoding)) == "Café: £5 – “now”"


def test_html_in_the_encoding_it_names() -> None:
    page = '<html><meta charset="windows-1251"><p>План на пять лет'.encode("cp1251")
    assert assemble("p", "", read_text(page, "p", Kind.HTML)).blocks[0].text == "План на пять лет"


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=400), kind=st.sampled_from([Kind.TEXT, Kind.MARKDOWN, Kind.HTML]))
def test_any_text_is_read_or_refused(text: str, kind: Kind) -> None:
    try:
        read(text, kind)
    except PlancheckerError as refusal:
        assert "\n" not in str(refusal)


@given(lines=st.lists(st.text("abc xyz", min_size=1, max_size=60), min_size=1))
def test_plain_text_loses_and_repeats_no_word(lines: list[str]) -> None:
    words = " ".join(lines).split()
    if words:
        assert " ".join(b.text for b in read("\n".join(lines), Kind.TEXT).blocks).split() == words


ENGLISH = (
    "The group will work with the council to improve the care of people in the town by March 2015, "
    "and it is clear that this has to be paid for from our own budget as agreed. "
)
FRENCH = (
    "Le plan quinquennal est la réponse de notre pays aux défis qui sont devant nous et il a "
    " pour but de donner à chaque famille une vie meilleure dans les villes et dans les villages. "
)
WELSH = (
    "Mae'r bwrdd iechyd yn gweithio gyda phobl leol i wella gofal ac mae hyn wedi bod yn "
    " rhan o'r cynllun ar gyfer y dyfodol gan ein bod ni am weld gwasanaethau sydd yn agos at y cartref. "
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, None), (FRENCH, "French"), (WELSH, "Welsh"), ("Le plan est court.", None),
     (ENGLISH * 3 + FRENCH, None),
     ("Наш план на пять лет готов. " * 5, "Russian or another language in Cyrillic letters"),
     ("Ward 3 | 14 | 15 | 0.7 | A&E target | 95% | " * 20, None)],
)  # fmt: skip
def test_language(text: str, language: str | None) -> None:
    assert foreign_language(text * 2 if len(text) > 100 else text) == language
