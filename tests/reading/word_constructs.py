"""One Word file with every construct that readers lose or repeat, and what it says, in order."""

from __future__ import annotations

import docx

from . import word_files as make
from .word_files import cell, field, para, row, run, table, text_box

# What each construct says; python-docx's `paragraph.text` loses those marked LOST.
LOST = "LOST"
SENTENCES = {
    "plain": "Plain words stand here.",
    "insertion": f"{LOST} An inserted sentence is kept.",
    "moved": f"{LOST} A moved sentence is kept where it went.",
    "inline control": f"{LOST} An inline control holds this.",
    "nested control": f"{LOST} A control within a control holds this.",
    "smart tag": f"{LOST} A smart tag marks this.",
    "custom xml": f"{LOST} Custom markup wraps this.",
    "simple field": f"{LOST} A simple field shows this.",
    "complex field": "A complex field shows this.",
    "hyperlink": "A link carries this.",
    "block control": f"{LOST} A block control holds this.",
    "anchor": "The box hangs here.",
    "text box": f"{LOST} A text box says this.",
    "noted": "The target has a source",
    "footnote": f"{LOST} The footnote names the source.",
    "endnote": f"{LOST} The endnote closes the list.",
    "bullet": "A bullet says this.",
    "lettered": "A lettered item says this.",
    "roman": "A nested item says this.",
    "cell": "North locality", "merged": "Shared by both columns.", "below": "Down two rows.",
    "last": "In the last cell.", "nested cell": f"{LOST} A nested table says this.",
    "row control": f"{LOST} A row in a control says this.",
    "inserted row": "An inserted row says this.", "box in a cell": f"{LOST} A box in a cell says this.",
    "insertion in a box": f"{LOST} A box that a colleague inserted and changed says this.",
    "joined": "A sentence whose paragraph mark was deleted", "symbols": f"{LOST} A long-term aim ≤ five.",
    "end": "The end is here.",
}  # fmt: skip
ABSENT = ("deleted sentence", "moved away", "HYPERLINK", "hidden", "never shown", "Click here", "prompt")
S = SENTENCES
# The whole file as it should be read: each construct with its text, in order.
STORY = (
    ("title", "Our Five-Year Plan"),
    ("number of a heading", "1 Aims"),
    ("plain paragraph", S["plain"]),
    ("tracked insertion", S["insertion"]),
    ("text moved to", S["moved"]),
    ("inline content control", S["inline control"]),
    ("content control in another", S["nested control"]),
    ("smart tag", S["smart tag"]),
    ("custom XML", S["custom xml"]),
    ("simple field", S["simple field"]),
    ("complex field", S["complex field"]),
    ("hyperlink", S["hyperlink"]),
    ("number of a heading by inheritance", "1.1 Where we stand"),
    ("block content control", S["block control"]),
    ("plain paragraph", S["anchor"]),
    ("text box", S["text box"]),
    ("plain paragraph", f"{S['noted']}."),
    ("footnote, at its reference", S["footnote"]),
    ("heading by outline level", "An outline heading"),
    ("plain paragraph", "It ends"),
    ("endnote, at its reference", S["endnote"]),
    ("number of a heading", "2 Actions"),
    ("bulleted item", S["bullet"]),
    ("number of a list item", f"(a) {S['lettered']}"),
    ("number of a list item", f"i. {S['roman']}"),
    ("table row", "Area Lead By when"),
    ("table row", S["cell"]),
    ("cell merged across columns", S["merged"]),
    ("nested table", f"{S['nested cell']} Inner right"),
    ("cell merged down rows", S["below"]),
    ("table row", f"Dr Hill March 2015 Dr Dale {S['last']}"),
    ("table row in a content control", S["row control"]),
    ("tracked insertion of a row", f"{S['inserted row']} Dr Marsh"),
    ("text box in a table cell", f"Beside it: {S['box in a cell']}"),
    ("inserted text box with a revision", S["insertion in a box"]),
    ("deleted paragraph mark", f"{S['joined']} goes on here."),
    ("symbols, hyphens that do not break", S["symbols"]),
    ("heading by its look", "What happens next"),
    ("plain paragraph", S["end"]),
)
# What the file holds and the page does not show, or shows apart from the text.
NOT_TEXT = (
    ("table of contents", "Aims 4"),
    ("tracked deletion", "A deleted sentence."),
    ("tracked deletion of a row", "A deleted row."),
    ("text moved from", "This was moved away."),
    ("prompt of an unfilled control", "Click here to enter text, says the prompt."),
    ("hidden text", "This is hidden."),
    ("text hidden by its style", "So is this hidden."),
    ("field code", "HYPERLINK"),
    ("header", "Running header"),
    ("footer", "Running footer"),
    ("comment", "Is this right?"),
)


def everything() -> bytes:
    """One file with every construct."""
    document = docx.Document()
    make.number_headings(document)
    make.hide_style(document, "Unseen")
    make.outline_style(document, "House Heading", "Heading 2")
    document.sections[0].header.paragraphs[0].text = "Running header"
    document.sections[0].footer.paragraphs[0].text = "Running footer"
    document.add_paragraph("Our Five-Year Plan", style="Title")
    contents = para(run("Aims") + "<w:r><w:tab/></w:r>" + run("4"), '<w:pStyle w:val="TOC1"/>')
    make.add(document, contents + para(field(' TOC \\o "1-3" ', run("Aims 4"))))
    document.add_heading("Aims", 1)
    commented = document.add_paragraph(S["plain"])
    document.add_comment(commented.runs, text="Is this right?", author="A Reviewer")
    make.add(document, _inline())
    document.add_paragraph("Where we stand", style="House Heading")
    make.add(document, _blocks())
    document.add_heading("Actions", 1)
    document.add_paragraph(S["bullet"], style="List Bullet")
    make.add(document, _lists() + _tables() + _mixed())
    make.add(document, para(run("What happens next", "<w:b/>")) + para(run(S["end"])))
    return make.with_notes(make.to_bytes(document), {2: S["footnote"]}, {3: S["endnote"]})


def _inline() -> str:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    gone = "<w:r><w:delText>A deleted sentence.</w:delText></w:r>"
    return "".join(
        (
            para(f"<w:ins>{run(S['insertion'])}</w:ins><w:del>{gone}</w:del>"),
            para(f"<w:moveFrom>{run('This was moved away.')}</w:moveFrom>"),
            para(f"<w:moveTo>{run(S['moved'])}</w:moveTo>"),
            para(control(run(S["inline control"]))),
            para(control(control(run(S["nested control"])))),
            para(f'<w:smartTag w:element="place">{run(S["smart tag"])}</w:smartTag>'),
            para(f'<w:customXml w:element="x">{run(S["custom xml"])}</w:customXml>'),
            para(f'<w:fldSimple w:instr="DOCPROPERTY x">{run(S["simple field"])}</w:fldSimple>'),
            para(field(' HYPERLINK "http://nowhere.example" ', run(S["complex field"]))),
            para(f'<w:hyperlink w:anchor="x">{run(S["hyperlink"])}</w:hyperlink>'),
        )
    )


def _blocks() -> str:
    unfilled = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{para(run('Click here to enter text, says the prompt.'))}</w:sdtContent></w:sdt>"
    )
    notes = '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")
    return "".join(
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{para(run(S['block control']))}</w:sdtContent></w:sdt>",
            unfilled,
            para(run("This is hidden.", "<w:vanish/>")),
            para(run("So is this hidden.", '<w:rStyle w:val="Unseen"/>')),
            para(run(S["anchor"]) + text_box(S["text box"])),
            para(run(S["noted"]) + notes),
            para(run("An outline heading"), '<w:outlineLvl w:val="2"/>'),
            para(run("It ends") + '<w:r><w:endnoteReference w:id="3"/></w:r>'),
        )
    )


def _lists() -> str:
    def numbered(level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'

    return para(run(S["lettered"]), numbered(0)) + para(run(S["roman"]), numbered(1))


def _tables() -> str:
    nested = table(row(cell(para(run(S["nested cell"]))), cell(para(run("Inner right")))))
    head = row(
        cell(para(run("Area"))), cell(para(run("Lead"))), cell(para(run("By when"))),
        properties="<w:tblHeader/>",
    )  # fmt: skip
    wrapped = row(cell(para(run(S["row control"]))), cell(para("")), cell(para("")))
    return table(
        head,
        row(
            cell(para(run(S["cell"])) + nested + para("")),
            cell(para(run(S["merged"])), '<w:gridSpan w:val="2"/>'),
        ),
        row(
            cell(para(run(S["below"])), '<w:vMerge w:val="restart"/>'),
            cell(para(run("Dr Hill"))), cell(para(run("March 2015"))),
        ),
        row(
            cell(para(""), "<w:vMerge/>"), cell(para(run("Dr Dale"))),
            cell(para(run(S["last"]))),
        ),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{wrapped}</w:sdtContent></w:sdt>",
    )  # fmt: skip


def _mixed() -> str:
    """Constructs inside each other, as a template that several people have edited holds them."""
    gone = "<w:del><w:r><w:delText>A deleted row.</w:delText></w:r></w:del>"
    boxed = para(run("Beside it: ") + text_box(S["box in a cell"]))
    before, after = S["insertion in a box"].split(" and changed")
    changed = run(before) + f"<w:ins>{run(' and changed')}</w:ins>" + run(after)
    kept = "<w:rPr><w:del/></w:rPr>"
    symbols = (
        run(f"{LOST} A long") + "<w:r><w:noBreakHyphen/></w:r>" + run("term aim ")
        + '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>' + run(" five.")
    )  # fmt: skip
    return "".join(
        (
            table(
                row(cell(para(run(S["inserted row"]))), cell(para(run("Dr Marsh"))), properties="<w:ins/>"),
                row(cell(para(gone)), cell(para("")), properties="<w:del/>"),
                row(cell(boxed), cell(para(""))),
            ),
            para(f"<w:ins>{text_box(changed, in_runs=True)}</w:ins>"),
            para(run(f"{S['joined']} "), kept) + para(run("goes on here.")),
            para(symbols),
        )
    )
