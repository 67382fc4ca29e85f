"""Word files: every sentence once, in order, whatever it is wrapped in."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planchecker.errors import DamagedPlanError, NoTextError, PlancheckerError
from planchecker.plan import BlockKind, Plan
from planchecker.reading.draft import assemble
from planchecker.reading.numbering import spell
from planchecker.reading.word import read_word
from planchecker.reading.word_package import MAX_ENTRIES

from . import word_files as make
from .word_constructs import ABSENT, LOST, NOT_TEXT, STORY, S, everything
from .word_files import cell, para, raw_file, row, run, table

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="module")
def data() -> bytes:
    return everything()


@pytest.fixture(scope="module")
def plan(data: bytes) -> Plan:
    return read(data)


def read(data: bytes) -> Plan:
    return assemble("plan.docx", "", read_word(data, "plan.docx"))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def test_every_sentence_once_and_in_order(plan: Plan) -> None:
    whole = "\n".join(block.text for block in plan.blocks)
    assert {name: whole.count(text) for name, text in S.items()} == dict.fromkeys(S, 1)
    order = [name for name in S if name != "nested cell"]  # a nested table follows its row
    places = [whole.index(S[name]) for name in order]
    assert places == sorted(places)
    assert whole.index(S["merged"]) < whole.index(S["nested cell"]) < whole.index(S["below"])
    assert not [word for word in ABSENT if word in whole]


def test_nothing_is_added_to_what_the_file_says(plan: Plan) -> None:
    whole = " ".join(" ".join(block.text.replace(" | ", " ") for block in plan.blocks).split())
    assert whole == " ".join(text for _, text in STORY)
    assert not [text for _, text in NOT_TEXT if text in whole]


def test_control_python_docx_loses_what_we_return(data: bytes) -> None:
    document = docx.Document(io.BytesIO(data))
    control = [paragraph.text for paragraph in document.paragraphs]
    control += [c.text for t in document.tables for r in t.rows for c in r.cells]
    whole = "\n".join(control)
    lost = {name for name, text in S.items() if text not in whole}
    assert lost == {name for name, text in S.items() if text.startswith(LOST)}
    assert whole.count(S["merged"]) == 2


def test_headings_are_numbered_nested_and_told_apart(plan: Plan) -> None:
    headings = [b for b in plan.blocks if b.kind is BlockKind.HEADING]
    assert [(h.text, h.level, h.inferred) for h in headings] == [
        ("Our Five-Year Plan", 1, False),
        ("1 Aims", 1, False),
        ("1.1 Where we stand", 2, False),
        ("An outline heading", 3, False),
        ("2 Actions", 1, False),
        ("What happens next", 2, True),
    ]
    note = next(b for b in plan.blocks if b.kind is BlockKind.NOTE)
    assert note.heading == ("1 Aims", "1.1 Where we stand")
    assert plan.title == "Our Five-Year Plan"


def test_lists_carry_their_numbers(plan: Plan) -> None:
    items = [b for b in plan.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(i.text, i.level) for i in items] == [
        (S["bullet"], 0),
        (f"(a) {S['lettered']}", 0),
        (f"i. {S['roman']}", 1),
    ]


def test_notes_follow_the_block_that_refers_to_them(plan: Plan) -> None:
    at = next(b.number for b in plan.blocks if b.text == S["footnote"])
    assert plan.blocks[at - 1].text == f"{S['noted']}."
    assert plan.blocks[at].kind is BlockKind.NOTE


def test_rows_name_their_columns(plan: Plan) -> None:
    rows = [b for b in plan.blocks if b.kind is BlockKind.TABLE_ROW]
    assert [r.readable for r in rows] == [
        "Area | Lead | By when",
        f"Area: {S['cell']}; Lead / By when: {S['merged']}",
        f"{S['nested cell']}; Inner right",
        f"Area: {S['below']}; Lead: Dr Hill; By when: March 2015",
        f"Lead: Dr Dale; By when: {S['last']}",
        f"Area: {S['row control']}",
        f"{S['inserted row']}; Dr Marsh",
        f"Beside it:\n{S['box in a cell']}",
    ]
    assert [r.table for r in rows] == [0, 0, 1, 0, 0, 0, 2, 2]


def test_furniture_comments_and_what_was_left_out_are_told(plan: Plan) -> None:
    assert plan.furniture == ("Running header", "Running footer")
    assert plan.comments == ("A Reviewer: Is this right?",)
    told = " ".join(plan.notices)
    for words in ("tracked changes", "7 words of hidden text", "table of contents", "1 unfilled"):
        assert words in told
    assert plan.pages is None and all(block.page is None for block in plan.blocks)


def test_strict_and_macro_files_read_the_same(data: bytes, plan: Plan) -> None:
    assert texts(make.as_strict(data)) == [block.text for block in plan.blocks]
    main = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for kind in (
        b"vnd.ms-word.document.macroEnabled.main+xml",
        b"vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ):
        other = make.repack(data, lambda _, xml, kind=kind: xml.replace(main, kind))
        assert texts(other) == [block.text for block in plan.blocks]


def test_pages_come_from_rendered_breaks_only() -> None:
    rendered, forced = "<w:r><w:lastRenderedPageBreak/></w:r>", '<w:r><w:br w:type="page"/></w:r>'
    with_both = raw_file(
        para(run("One.") + forced) + para(rendered + run("Two.")) + para(rendered + run("Three."))
    )
    assert [(b.text, b.page) for b in read(with_both).blocks] == [("One.", 1), ("Two.", 2), ("Three.", 3)]
    assert read(with_both).pages == 3
    assert [b.page for b in read(raw_file(para(run("One.") + forced) + para(run("Two.")))).blocks] == [
        None
    ] * 2


def test_a_break_in_deleted_or_generated_text_still_counts() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/><w:delText>old</w:delText></w:r>"
    data = raw_file(para(run("One.") + f"<w:del>{rendered}</w:del>") + para(run("Two.")))
    assert [b.page for b in read(data).blocks] == [1, 2]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(raw_file(para(run("First half, "), mark) + para(run("second half.")))) == [
        "First half, second half."
    ]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    data = raw_file(para(begin + run("Kept.")) + para(run("Kept too.")))
    assert texts(data) == ["Kept.", "Kept too."]


def test_form_fields_show_their_tick_and_choice() -> None:
    def form(content: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{content}</w:ffData></w:fldChar></w:r>'
        return begin + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>'
    box = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
    assert texts(raw_file(para(run("Agreed: ") + form(box)) + para(form(choice)))) == [
        "Agreed: \u2612",
        "Yes",
    ]


def test_lists_restart_where_word_restarts_them() -> None:
    shared = SHARED / "real-files" / "ComplexNumberedLists.docx"
    if not shared.exists():
        pytest.skip("no shared files here")
    labels = [text.split()[0] for text in texts(shared.read_bytes()) if re.match(r"\w+\. ", text)]
    assert labels == ["1.", "2.", "a.", "b.", "c.", "3.", "4.", "1.", "2.", "3.", "10.", "11.", "12.", "13."]


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [(27, "lowerLetter", "aa"), (53, "upperLetter", "AAA"), (1994, "upperRoman", "MCMXCIV"),
     (0, "lowerRoman", "0"), (11, "ordinal", "11th"), (22, "ordinal", "22nd"), (7, "decimalZero", "07")],
)  # fmt: skip
def test_numbers_are_spelled_as_word_does(count: int, form: str, shown: str) -> None:
    assert spell(count, form) == shown


def test_bold_labels_in_the_first_column_are_facts_not_headers() -> None:
    def fact(label: str, text: str) -> str:
        return row(cell(para(run(label, "<w:b/>"))), cell(para(run(text))))

    rows = read(raw_file(table(fact("Lead", "Dr Hill"), fact("Starts", "May 2014")))).blocks
    assert [b.readable for b in rows] == ["Lead; Dr Hill", "Starts; May 2014"]


def test_a_table_of_one_cell_is_a_box_around_ordinary_text() -> None:
    inside = para(run("Case study", "<w:b/>")) + para(run("A box tells a story."))
    blocks = read(raw_file(table(row(cell(inside))))).blocks
    assert [(b.text, b.kind) for b in blocks] == [
        ("Case study", BlockKind.PARAGRAPH), ("A box tells a story.", BlockKind.PARAGRAPH),
    ]  # fmt: skip


def test_a_typed_table_of_contents_is_left_out() -> None:
    document = docx.Document()
    document.add_heading("Contents", 1)
    for text in ("Aims .... 3", "Money \t 9", "People 12"):
        document.add_paragraph(text)
    for text in ("Aims", "Money", "People"):
        document.add_heading(text, 1)
        document.add_paragraph(f"What we say about {text}.")
    found = texts(make.to_bytes(document))
    assert found[0] == "Aims" and len(found) == 6


def test_external_entities_are_refused_and_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    doctype = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name: str, xml: bytes) -> bytes:
        if name != "word/document.xml":
            return xml
        return doctype + xml[xml.index(b"<w:document") :].replace(b"Words.", b"&leak;")

    with pytest.raises(DamagedPlanError) as refusal:
        read(make.repack(make.simple_file("Words."), change))
    assert "the secret" not in str(refusal.value) and "\n" not in str(refusal.value)


def test_zip_bombs_are_refused_before_unpacking() -> None:
    filler = b"<w:document>" + b" " * 60_000_000
    bomb = make.repack(make.simple_file("Words."), lambda n, x: filler if n == "word/document.xml" else x)
    many = make.repack(
        make.simple_file("Words."), lambda _, x: x, **{f"x/{n}": b"" for n in range(MAX_ENTRIES)}
    )
    for data in (bomb, many):
        started = time.perf_counter()
        with pytest.raises(DamagedPlanError, match="unpacks to far more"):
            read(data)
        assert time.perf_counter() - started < 2


def document_file(body: str) -> bytes:
    """A file with this body, put in without python-docx, which is slow or refuses."""
    xml = f"<w:document {make.NAMES}><w:body>{body}</w:body></w:document>".encode()
    return make.repack(make.simple_file("x"), lambda n, x: xml if n == "word/document.xml" else x)


@pytest.mark.parametrize("depth", [20, 60, 5_000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    inner = para(run("At the bottom."))
    nested = "<w:tbl><w:tr><w:tc>" * depth + inner + f"</w:tc></w:tr></w:tbl>{para('')}" * depth
    data = document_file(nested)
    if depth == 5_000:
        with pytest.raises(DamagedPlanError, match="not readable XML"):
            read(data)
    else:
        assert texts(data) == ["At the bottom."]


def test_ten_thousand_rows_in_bounded_time() -> None:
    rows = "".join(row(*(cell(para(run(f"r{n} c{c}"))) for c in range(4))) for n in range(10_000))
    data = document_file(table(rows))
    started = time.process_time()  # what the machine does besides is not the reader's
    assert len(read(data).blocks) == 10_000
    assert time.process_time() - started < 30


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), cut=st.booleans())
def test_mutated_files_are_read_or_refused_in_one_sentence(data: bytes, seed: int, cut: bool) -> None:
    chance = random.Random(seed)
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    assert_read_or_refused(bytes(broken[: chance.randrange(len(broken))] if cut else broken))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_mutated_xml_is_read_or_refused_in_one_sentence(data: bytes, seed: int) -> None:
    """Elements removed, repeated, renamed and given wild values, inside a sound package."""
    chance = random.Random(seed)

    def change(name: str, xml: bytes) -> bytes:
        if name not in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"):
            return xml
        tags = [m.span() for m in re.finditer(rb"<[^>]*/>|\"[^\"]*\"", xml)]
        for start, end in sorted(chance.sample(tags, min(8, len(tags))), reverse=True):
            old = xml[start:end]
            wild = b'"%s"' % chance.choice((b"-1", b"99999999999", b"", b"zz", b"1e9", b"5"))
            new = wild if old.startswith(b'"') and b"http" not in old else old * chance.choice((0, 2))
            xml = xml[:start] + (new if not old.startswith(b'"') or new == wild else old) + xml[end:]
        return xml

    assert_read_or_refused(make.repack(data, change))


def assert_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except PlancheckerError as refusal:
        assert_one_sentence(str(refusal))


def assert_one_sentence(message: str) -> None:
    assert "\n" not in message and message.endswith(".") and "Traceback" not in message


def test_a_lying_zip_is_refused() -> None:
    data = bytearray(make.simple_file("Words."))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo("word/document.xml").header_offset
    data[start + 60 : start + 90] = b"\xff" * 30
    with pytest.raises(DamagedPlanError):
        read(bytes(data))


def test_a_table_that_lays_out_sections_is_read_as_text() -> None:
    def section(name: str) -> str:
        return cell(para(run(name), '<w:pStyle w:val="Heading1"/>') + para(run(f"What we do about {name}.")))

    blocks = read(raw_file(table(row(section("Carers"), section("Money")), row(section("Staff"))))).blocks
    assert [(b.text, b.heading) for b in blocks if b.kind is BlockKind.PARAGRAPH] == [
        (f"What we do about {name}.", (name,)) for name in ("Carers", "Money", "Staff")
    ]
    labels = [row(cell(para(run(n), '<w:pStyle w:val="Heading3"/>')), cell(para(run("x")))) for n in "ABC"]
    assert {b.kind for b in read(raw_file(table(*labels))).blocks} == {BlockKind.TABLE_ROW}


def test_the_lead_of_a_programme_is_no_heading() -> None:
    lines = (
        "Programme B: Live actively",
        "Lead: Director of Strategy",
        "SRO (interim): Dr Hill. Manager: vacant",
    )
    blocks = read(raw_file("".join(para(run(t, "<w:b/>")) for t in lines) + para(run("We act.")))).blocks
    assert [b.kind for b in blocks] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]


def test_old_word_art_is_read() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="Better care by the sea"/></v:shape></w:pict></w:r>'
    assert texts(raw_file(para(shape))) == ["Better care by the sea"]


def test_a_picture_says_under_which_heading_it_stands() -> None:
    size = '<wp:inline><wp:extent cx="6000000" cy="8000000"/><a:blip/></wp:inline>'
    picture = para(f"<w:r><w:drawing>{size}</w:drawing></w:r>")
    (skipped,) = read(raw_file(para(run("Carers"), '<w:pStyle w:val="Heading1"/>') + picture)).unread
    assert (skipped.heading, skipped.page) == ("Carers", None)


def test_a_file_of_headers_alone_says_so() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running header"
    with pytest.raises(NoTextError, match="beside its running headers and footers"):
        read(make.to_bytes(document))
