"""Commented Word drafts: the user's own bytes, with comments at the right paragraphs."""

from __future__ import annotations

import io
import re
import subprocess
import warnings
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree

from planchecker.annotation import Scope, annotated
from planchecker.annotation.word_bytes import before_end
from planchecker.errors import PlancheckerError, UnsupportedFormatError
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.reading.office import find_libreoffice
from planchecker.reading.word_package import Package
from planchecker.result import Result, Verdict
from tests.annotation.results import evidence_in, feature, letters, result_of, result_over, spread
from tests.reading.word_files import add, cell, field, para, row, run, table, text_box, to_bytes
from tests.support import ROOT

MADE = datetime(2014, 3, 28, 9, 30, tzinfo=UTC)
REAL = ROOT.parent / "shared" / "real-files"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PUT_IN = re.compile(
    rb'<(\w+):commentRangeStart [^>]*?id="(\d+)"/>'
    rb'|<(\w+):commentRangeEnd [^>]*?id="(\d+)"/><\w+:r><\w+:commentReference [^>]*?id="(\d+)"/></\w+:r>'
)


def readable() -> list[Path]:
    found = sorted(ROOT.glob("corpus/plans/*/plan.docx"))
    for path in sorted(REAL.glob("*.docx")) if REAL.is_dir() else ():
        try:
            if read(path).format == "docx":
                found.append(path)
        except PlancheckerError:
            continue
    return found


READABLE = readable()


def named(path: Path) -> str:
    return path.parent.name if path.stem == "plan" else path.name


def members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(entry.filename, package.read(entry)) for entry in package.infolist()]


def comments_of(data: bytes) -> dict[str, str]:
    """Text of every comment by its number."""
    package = Package(data, "copy.docx")
    main = package.main_part()
    part = next(r.target for r in package.relationships(main).values() if r.kind == "comments")
    root = package.xml(part)
    assert root is not None
    return {
        c.get(f"{W}id", ""): "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in c.iter(f"{W}p")
        )
        for c in root.iter(f"{W}comment")
    }


def commented(data: bytes) -> dict[str, etree._Element]:
    """The paragraph of every comment by the comment's number."""
    package = Package(data, "copy.docx")
    root = package.xml(package.main_part())
    assert root is not None
    found = {}
    for start in root.iter(f"{W}commentRangeStart"):
        paragraph = start.getparent()
        assert paragraph is not None
        number = start.get(f"{W}id", "")
        ends = [e.get(f"{W}id") for e in paragraph.iter(f"{W}commentRangeEnd", f"{W}commentReference")]
        if ends.count(number) == 2:
            found[number] = paragraph
    return found


def words_in(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def without(data: bytes, numbers: set[str]) -> bytes:
    """A part without the marks of these comments."""

    def gone(match: re.Match[bytes]) -> bytes:
        number = next(g for g in (match[2], match[4]) if g).decode()
        return b"" if number in numbers else match[0]

    return _PUT_IN.sub(gone, data)


def copy_of(data: bytes, result: Result, plan: Plan, scope: Scope = Scope.GAPS) -> bytes:
    return annotated(data, plan, result, scope, MADE)


def reread(data: bytes, folder: Path, name: str = "copy.docx") -> Plan:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def drafted(folder: Path, xml: str) -> tuple[bytes, Plan]:
    document = docx.Document()
    add(document, xml)
    data = to_bytes(document)
    return data, reread(data, folder, "draft.docx")


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_the_text_stays_and_the_comments_stand_where_the_evidence_is(path: Path, tmp_path: Path) -> None:
    data, plan = path.read_bytes(), read(path)
    blocks = spread(plan)
    copy = copy_of(data, result_over(plan, blocks), plan)
    again = reread(copy, tmp_path)
    assert (again.blocks, again.furniture, again.notices, again.unread, again.pages) == (
        plan.blocks, plan.furniture, plan.notices, plan.unread, plan.pages,
    )  # fmt: skip
    texts, places = comments_of(copy), commented(copy)
    for block in blocks:
        number = next(n for n, text in texts.items() if re.search(rf"^P{block.number} ", text, re.M))
        assert not letters(block.text) or _belongs(places[number], block.text), block
    assert sum("M1 Name of M1" in text for text in texts.values()) == 1


def _belongs(paragraph: etree._Element, text: str) -> bool:
    """Whether a block was read from this paragraph, from one in its row, or from what hangs on it."""
    here, wanted = letters(words_in(paragraph)), letters(text)
    row_or_self = next(paragraph.iterancestors(f"{W}tr"), paragraph)
    hung = (f"{W}drawing", f"{W}pict", f"{W}footnoteReference", f"{W}endnoteReference")
    holds = next(row_or_self.iter(*hung), None) is not None
    # A symbol, a formula or an automatic number may stand at either end of a block.
    return (bool(here) and (here in wanted or wanted in here or wanted[-15:-3] in here)) or holds


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_nothing_but_comments_is_touched(path: Path) -> None:
    data, plan = path.read_bytes(), read(path)
    before, copy = members(data), copy_of(data, result_over(plan, spread(plan)), plan)
    after = members(copy)
    assert [name for name, _ in after][: len(before)] == [name for name, _ in before]
    main = Package(data, path.name).main_part()
    mine = {number for number, text in comments_of(copy).items() if re.search(r"^(P\d+ |0 of)", text)}
    for (name, old), (_, new) in zip(before, after[: len(before)], strict=True):
        if name.lower() == main.lower():
            assert without(new, mine) == old
        elif name == "[Content_Types].xml" or name.endswith((".rels", "comments.xml")):
            assert new == old or new.startswith(old[: old.rindex(b"<")].removesuffix(b"/>"))
        else:
            assert new == old, name
    assert {Path(name).name for name, _ in after[len(before) :]} <= {"comments.xml", "document.xml.rels"}


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_the_copy_opens_wherever_the_draft_opens(path: Path) -> None:
    data = path.read_bytes()
    try:
        docx.Document(io.BytesIO(data))
    except Exception:  # python-docx stops at files that Word opens
        pytest.skip("python-docx does not open the draft itself")
    plan = read(path)
    blocks = spread(plan)
    document = docx.Document(io.BytesIO(copy_of(data, result_over(plan, blocks), plan)))
    mine = [comment for comment in document.comments if comment.author == "planchecker"]
    assert 1 < len(mine) <= len(blocks) + 1
    assert all(comment.text.strip() and comment.initials == "pc" for comment in mine)


EVERYTHING = (
    para(run("Five year plan"))
    + para(f'<w:ins w:id="1" w:author="A">{run("We will pool £6m.")}</w:ins><w:del w:id="2" w:author="A">'
           '<w:r><w:delText>We may pool.</w:delText></w:r></w:del>')
    + para(run("Half of "), '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>') + para(run("one sentence."))
    + f"<w:sdt><w:sdtPr/><w:sdtContent>{para(run('In a control.'))}</w:sdtContent></w:sdt>"
    + table(row(cell(para(run("Scheme"))), cell(para(run("Owner")))),
            row(cell(para(run("Care homes support team"))), cell(para("") + para(run("Head of Integration")))))
    + para(run("Beside a box.") + text_box("Inside the box."))
    + para(field("REF x", run("A field’s result.")))
    + "<w:p/>" + para(run("The end."))
)  # fmt: skip


def test_tracked_changes_controls_boxes_and_cells(tmp_path: Path) -> None:
    data, plan = drafted(tmp_path, EVERYTHING)
    copy = copy_of(data, result_over(plan, plan.blocks), plan)
    texts, places = comments_of(copy), commented(copy)
    where = {}
    for block in plan.blocks:
        number = next(n for n, text in texts.items() if f"P{block.number} " in text)
        where[block.text] = words_in(places[number])
    assert where["We will pool £6m."] == "We will pool £6m."
    assert where["Half of one sentence."] in ("Half of ", "one sentence.")
    assert where["In a control."] == "In a control."
    assert where["Care homes support team | Head of Integration"] == "Care homes support team"
    assert where["Inside the box."].startswith("Beside a box.")  # Word has no comments in a box
    assert where["A field’s result."] == "A field’s result."
    assert reread(copy, tmp_path).blocks == plan.blocks


def test_a_cell_of_its_own_gets_the_comment_on_its_words(tmp_path: Path) -> None:
    data, plan = drafted(tmp_path, EVERYTHING)
    block = next(b for b in plan.blocks if "Head of" in b.text)
    found = feature("F1", Verdict.PARTIAL, evidence_in(block, "Head of Integration"))
    places = commented(copy_of(data, result_of(plan, found), plan))
    assert "Head of Integration" in [words_in(p) for p in places.values()]


def test_features_at_one_paragraph_share_a_comment(tmp_path: Path) -> None:
    data, plan = drafted(tmp_path, para(run("A plan.")) + para(run("We will pool £6m by March 2015.")))
    here = evidence_in(plan.blocks[-1])
    result = result_of(
        plan,
        feature("F1", Verdict.PARTIAL, here),
        feature("F2", Verdict.PARTIAL, here, gaps=["Names no owner."]),
    )
    opening, shared = comments_of(copy_of(data, result, plan)).values()
    assert shared.split("\n") == [
        "F1 Name of F1: partly met", "Gives no date.", "F2 Name of F2: partly met", "Names no owner.",
    ]  # fmt: skip
    assert opening.startswith("0 of 2 features met, 2 partly met")


def test_earlier_comments_are_kept_and_numbers_do_not_clash(tmp_path: Path) -> None:
    document = docx.Document()
    noted = document.add_paragraph("Is this all of it?")
    document.add_comment(noted.runs, "Please check – Zoë", author="Zoë", initials="Z")
    data = to_bytes(document)
    plan = reread(data, tmp_path, "draft.docx")
    copy = copy_of(data, result_over(plan, plan.blocks), plan)
    again = docx.Document(io.BytesIO(copy))
    assert [(c.author, c.comment_id) for c in again.comments] == [
        ("Zoë", 0), ("planchecker", 1), ("planchecker", 2),
    ]  # fmt: skip
    twice = copy_of(copy, result_over(plan, plan.blocks), reread(copy, tmp_path))
    assert [c.comment_id for c in docx.Document(io.BytesIO(twice)).comments] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("scope", "said", "silent"),
    [
        (Scope.GAPS, ["P1 ", "M1 "], ["G1 "]),
        (Scope.PARTIAL, ["P1 "], ["G1 ", "M1 "]),
        (Scope.ALL, ["P1 ", "M1 ", "G1 "], []),
    ],
)
def test_what_is_commented_on_can_be_chosen(
    scope: Scope, said: list[str], silent: list[str], tmp_path: Path
) -> None:
    data, plan = drafted(tmp_path, para(run("One thing.")) + para(run("Another thing.")))
    one, other = (evidence_in(block) for block in plan.blocks)
    result = result_of(
        plan,
        feature("P1", Verdict.PARTIAL, one),
        feature("G1", Verdict.MET, other),
        feature("M1", Verdict.MISSING),
    )
    everything = "\n".join(comments_of(copy_of(data, result, plan, scope)).values())
    assert all(name in everything for name in said)
    assert not any(name in everything for name in silent)


def test_a_place_is_suggested_by_the_heading_that_fits(tmp_path: Path) -> None:
    document = docx.Document()
    for heading in ("Money", "Mental health services", "Buildings"):
        document.add_heading(heading, 1)
        document.add_paragraph(f"What we say about {heading.lower()} is still short.")
    data = to_bytes(document)
    plan = reread(data, tmp_path, "draft.docx")
    missing = feature("F8", Verdict.MISSING)
    missing = type(missing)(
        **{**{n: getattr(missing, n) for n in missing.__slots__}, "name": "Young people’s mental health"}
    )
    (opening,) = comments_of(copy_of(data, result_of(plan, missing), plan)).values()
    assert "F8 Young people’s mental health: under “Mental health services”." in opening


def test_markup_in_a_plan_stays_text(tmp_path: Path) -> None:
    data, plan = drafted(tmp_path, para(run("First.")) + para(run("Second.")))
    nasty = '</w:t><w:p> & "quotes" ]]> \x00\x0b'
    result = result_of(plan, feature("F1", Verdict.PARTIAL, evidence_in(plan.blocks[1]), gaps=[nasty]))
    assert '</w:t><w:p> & "quotes" ]]>' in comments_of(copy_of(data, result, plan))["1"]


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members(data):
            package.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_a_macro_file_stays_one(tmp_path: Path) -> None:
    data, _ = drafted(tmp_path, para(run("A plan.")))
    kind = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = rewritten(data, "[Content_Types].xml", kind, b"vnd.ms-word.document.macroEnabled.main+xml")
    plan = reread(data, tmp_path, "draft.docm")
    copy = copy_of(data, result_over(plan, plan.blocks), plan)
    assert b"macroEnabled.main+xml" in dict(members(copy))["[Content_Types].xml"]
    assert reread(copy, tmp_path, "copy.docm").blocks == plan.blocks


def test_a_part_in_two_byte_letters(tmp_path: Path) -> None:
    data, _ = drafted(tmp_path, para(run("Été in a plan.")) + para(run("More.")))
    main = dict(members(data))["word/document.xml"]
    wide = re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', main.decode()).encode(
        "utf-16"
    )
    plan = reread(wide := rewritten(data, "word/document.xml", main, wide), tmp_path, "draft.docx")
    copy = copy_of(wide, result_over(plan, plan.blocks), plan)
    assert reread(copy, tmp_path).blocks == plan.blocks
    assert len(commented(copy)) == 3


def test_another_prefix_and_none_at_all(tmp_path: Path) -> None:
    plain = b'<document xmlns="%s"><body><p><r><t>A plan.</t></r></p></body></document>' % W[1:-1].encode()
    data, _ = drafted(tmp_path, para(run("x")))
    for main in (plain, re.sub(rb"(</?)(?=\w)", rb"\1q:", plain).replace(b"xmlns=", b"xmlns:q=")):
        file = rewritten(data, "word/document.xml", dict(members(data))["word/document.xml"], main)
        plan = reread(file, tmp_path, "draft.docx")
        copy = copy_of(file, result_over(plan, plan.blocks), plan)
        assert reread(copy, tmp_path).blocks == plan.blocks
        assert len(commented(copy)) == 2


def test_other_formats_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("We will do it by March 2015.", encoding="utf-8")
    plan = read(path)
    with pytest.raises(UnsupportedFormatError, match=r"save the draft as \.docx"):
        copy_of(path.read_bytes(), result_over(plan, plan.blocks), plan)


@pytest.mark.external
@pytest.mark.parametrize(
    "path",
    [p for p in READABLE if named(p) in ("ashcombe-forest", "delins.docx", "testComment.docx")],
    ids=named,
)
def test_libreoffice_sees_every_comment(path: Path, tmp_path: Path) -> None:
    program = find_libreoffice()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    data, plan = path.read_bytes(), read(path)
    copy = copy_of(data, result_over(plan, spread(plan)), plan)
    (tmp_path / "copy.docx").write_bytes(copy)
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(tmp_path / "copy.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = dict(members((tmp_path / "copy.odt").read_bytes()))["content.xml"]
    assert content.count(b"<office:annotation ") == len(comments_of(copy))


@pytest.fixture(autouse=True)
def _quiet() -> None:
    warnings.simplefilter("ignore")


def test_a_strict_file_gets_strict_comments(tmp_path: Path) -> None:
    data, _ = drafted(tmp_path, para(run("A plan.")) + para(run("More of it.")))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = rewritten(data, "word/document.xml", W[1:-1].encode(), strict)
    plan = reread(data, tmp_path, "draft.docx")
    copy = copy_of(data, result_over(plan, plan.blocks), plan)
    assert reread(copy, tmp_path).blocks == plan.blocks
    parts = dict(members(copy))
    assert strict in parts["word/comments.xml"]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in parts["word/_rels/document.xml.rels"]
    )
    assert len(comments_of(copy)) == len(commented(copy)) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<a><b/></a>", b"<a><b/><c/></a>"),
        (b"<a></a>\n", b"<a><c/></a>\n"),
        (b'<x:a xmlns:x="u"/>', b'<x:a xmlns:x="u"><c/></x:a>'),
        (b"<?xml version='1.0'?><a k='/>' />", b"<?xml version='1.0'?><a k='/>' ><c/></a>"),
    ],
)
def test_an_addition_at_the_end_of_a_part(old: bytes, new: bytes) -> None:
    assert before_end(old, b"<c/>") == new
