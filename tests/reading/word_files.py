"""Word files built for the reading tests: every construct that readers lose or repeat."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + result + mark("end")


def text_box(text: str, in_runs: bool = False) -> str:
    """A text box as Word writes it, new way and old; its text may be runs already."""
    box = f"<w:txbxContent>{para(text if in_runs else run(text))}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def add(document: Document, xml: str) -> None:
    """Append raw XML to the body, before its section properties."""
    body = document.element.body
    for element in parse_xml(f"<w:body {NAMES}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)


def to_bytes(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def simple_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return to_bytes(document)


def raw_file(body: str) -> bytes:
    """A small Word file with this XML in its body."""
    document = docx.Document()
    add(document, body)
    return to_bytes(document)


def repack(data: bytes, change: Callable[[str, bytes], bytes | None], **extra: bytes) -> bytes:
    """The same package with parts changed (None drops one) and parts added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in extra.items():
            new.writestr(name, content)
    return stream.getvalue()


def with_notes(data: bytes, footnotes: dict[int, str], endnotes: dict[int, str]) -> bytes:
    """Add the parts that hold foot- and endnotes, which python-docx cannot write."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def notes(tag: str, texts: dict[int, str]) -> bytes:
        separator = f'<w:{tag} w:type="separator" w:id="-1">{para(run("never shown"))}</w:{tag}>'
        items = (f'<w:{tag} w:id="{n}">{para(run(t))}</w:{tag}>' for n, t in texts.items())
        return f"<w:{tag}s {NAMES}>{separator}{''.join(items)}</w:{tag}s>".encode()

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            more = "".join(
                f'<Override PartName="/word/{t}s.xml" ContentType="{kind}.{t}s+xml"/>'
                for t in ("footnote", "endnote")
            )
            return content.replace(b"</Types>", more.encode() + b"</Types>")
        if name == "word/_rels/document.xml.rels":
            more = "".join(
                f'<Relationship Id="n{t}" Type="{base}/{t}s" Target="{t}s.xml"/>'
                for t in ("footnote", "endnote")
            )
            return content.replace(b"</Relationships>", more.encode() + b"</Relationships>")
        return content

    parts = {
        "word/footnotes.xml": notes("footnote", footnotes),
        "word/endnotes.xml": notes("endnote", endnotes),
    }
    return repack(data, change, **parts)


def as_strict(data: bytes) -> bytes:
    """The same file with the names that ISO 29500 Strict gives to its elements."""
    name = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?=main|relationships)")
    return repack(data, lambda part, xml: name.sub(rb"http://purl.oclc.org/ooxml/\1/", xml)
                  if part.startswith("word/") or part == "_rels/.rels" else xml)  # fmt: skip


def number_headings(document: Document) -> None:
    """Let Word number the headings of a document: 1, 1.1; and add a lettered list, id 91."""
    numbering = document.part.numbering_part.element

    def level(at: int, form: str, pattern: str, style: str = "") -> str:
        tied = f'<w:pStyle w:val="{style}"/>' if style else ""
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tied}'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )

    families = {
        90: level(0, "decimal", "%1", "Heading1") + level(1, "decimal", "%1.%2", "Heading2"),
        91: level(0, "lowerLetter", "(%1)") + level(1, "lowerRoman", "%2."),
    }
    for at, levels in families.items():
        family = f'<w:abstractNum {NAMES} w:abstractNumId="{at}">{levels}</w:abstractNum>'
        numbering.insert(0, parse_xml(family))
        numbering.append(parse_xml(f'<w:num {NAMES} w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'))
    for at, style in enumerate(("Heading 1", "Heading 2")):
        properties = document.styles[style].element.get_or_add_pPr()
        link = f'<w:numPr {NAMES}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>'
        properties.append(parse_xml(link))


def hide_style(document: Document, name: str) -> None:
    """Add a character style that hides its text."""
    style = document.styles.add_style(name, 2)
    style.element.get_or_add_rPr().append(parse_xml(f"<w:vanish {NAMES}/>"))


def outline_style(document: Document, name: str, based_on: str) -> None:
    """Add a paragraph style based on another."""
    style = document.styles.add_style(name, 1)
    style.base_style = document.styles[based_on]
    assert style.element.tag == qn("w:style")
