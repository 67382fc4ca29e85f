"""Word documents (.docx, .docm, .dotx, .dotm, strict ones too) -> drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planchecker.plan import ReadingConfidence
from planchecker.reading.contents import without_typed_contents
from planchecker.reading.draft import Draft, numbered
from planchecker.reading.numbering import Numbering
from planchecker.reading.word_controls import REFERENCE, SUPPORT, empty_references
from planchecker.reading.word_drawings import Drawings
from planchecker.reading.word_headings import infer_headings
from planchecker.reading.word_normalise import LeftOut, normalise
from planchecker.reading.word_package import Package, Relationship
from planchecker.reading.word_paragraphs import (
    PageCount,
    ParagraphReader,
    has_rendered_breaks,
)
from planchecker.reading.word_story import Notes, Story
from planchecker.reading.word_styles import Styles
from planchecker.reading.word_xml import (
    ANSWERS,
    ENDNOTE,
    FOOTNOTE,
    ID,
    TYPE,
    Element,
    P,
    R,
    mark_places,
    w,
    whole,
)

_BODY = w("body")
_NOTE_PARTS = (("footnotes", "footnote", FOOTNOTE), ("endnotes", "endnote", ENDNOTE))
_DUBLIN_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DUBLIN_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DUBLIN_MODIFIED = "{http://purl.org/dc/terms/}modified"
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
# Titles that programs and templates leave in the properties of a file.
_NOT_A_TITLE = re.compile(
    r"microsoft word|document ?\d*$|untitled|title$|template\b|.*\.(dot|doc)[xm]?$", re.IGNORECASE
)


def read_word(data: bytes, name: str) -> Draft:
    """Read a Word document; macros, links and embedded programs are never touched.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.

    Raises:
        DamagedPlanError: the file cannot be read safely and whole.
    """
    return _WordFile(Package(data, name)).draft()


def paragraphs_of_blocks(data: bytes, name: str) -> tuple[tuple[int, ...], ...]:
    """For every block of the plan in a Word file, the paragraphs that it was read from.

    A paragraph is named by its position among all `w:p` elements of the main part as it is in the
    file. A row has the paragraphs of its cells, a note that of the block that refers to it.
    """
    return tuple(piece.paragraphs for _, piece in numbered(read_word(data, name).pieces))


class _WordFile:
    """The parts of one file that reading needs, opened together."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main_part()
        self._relations = package.relationships(self._main)
        self._styles = Styles(self._part("styles"))
        self._left_out = LeftOut()

    def draft(self) -> Draft:
        """Read everything, in the one order in which it makes sense."""
        root = self._package.xml(self._main)
        bodies = [] if root is None else list(root.iter(_BODY))
        if root is None or not bodies:
            raise self._package.damaged("the package holds no Word text")
        has_pages = has_rendered_breaks(root)
        furniture = self._furniture(root)
        mark_places(root)
        normalise(root, self._styles, self._left_out)
        answers = self._answers(root)
        empty_references(root)
        pages = PageCount()
        numbering = Numbering(self._part("numbering"), self._styles)
        reader = ParagraphReader(self._styles, numbering, pages)
        drawings = Drawings(self._package, self._relations)
        story = Story(reader, self._notes(), drawings, has_pages)
        items = [item for body in bodies for item in story.blocks(body) if item[0].text]
        headed = infer_headings(items)
        pieces = without_typed_contents(headed)
        self._left_out.contents_words += reader.contents_words + len(headed) - len(pieces)
        return Draft(
            format="docx",
            title=" ".join(story.titles) or self._title(),
            pages=max(pages.page, self._claimed_pages()) if has_pages else None,
            pieces=pieces,
            unread=tuple(story.unread),
            notices=tuple(self._notices(answers)),
            furniture=furniture,
            comments=self._comments(),
            answers=answers,
            confidence=ReadingConfidence.MEDIUM if story.unread else ReadingConfidence.HIGH,
            author=self._core_property(_DUBLIN_CREATOR),
            saved=day.group() if (day := _DAY.match(self._core_property(_DUBLIN_MODIFIED))) else "",
        )

    def _part(self, kind: str) -> Element | None:
        """The part that the main part points to under this kind of relationship."""
        for relation in self._relations.values():
            if relation.kind == kind and not relation.external:
                return self._package.xml(relation.target)
        return None

    def _answers(self, root: Element) -> dict[str, str]:
        """What stands in each answer box of a planchecker template, by id; "" where it is empty."""
        lines: dict[str, list[str]] = {}
        for paragraph in root.iter(P):
            if identifier := paragraph.get(ANSWERS):
                lines.setdefault(identifier, []).append(self._plain(paragraph))
        return {identifier: "\n".join(filter(None, found)) for identifier, found in lines.items()}

    def _notes(self) -> Notes:
        """Texts of all foot- and endnotes, without the separators that Word keeps among them."""
        notes: Notes = {}
        for kind, tag, reference in _NOTE_PARTS:
            root = self._part(kind)
            if root is None:
                continue
            normalise(root, self._styles, self._left_out)
            for note in root.iter(w(tag)):
                if note.get(TYPE, "normal") == "normal":
                    notes[reference, note.get(ID, "")] = self._plain(note)
        return notes

    def _comments(self) -> tuple[str, ...]:
        """Reviewers' comments, each behind its author's name."""
        root = self._part("comments")
        if root is None:
            return ()
        normalise(root, self._styles, LeftOut())
        comments = []
        for comment in root.iter(w("comment")):
            text, author = self._plain(comment), comment.get(w("author"), "").strip()
            if text:
                comments.append(f"{author}: {text}" if author else text)
        return tuple(comments)

    def _furniture(self, root: Element) -> tuple[str, ...]:
        """Texts of running headers and footers, each once, in the order of the sections."""
        texts: dict[str, None] = {}
        read: set[str] = set()
        for reference in root.iter(w("headerReference"), w("footerReference")):
            relation = self._relations.get(reference.get(f"{{{R}}}id", ""))
            if relation is None or relation.external or relation.target in read:
                continue
            read.add(relation.target)
            part = self._package.xml(relation.target)
            if part is not None:
                normalise(part, self._styles, LeftOut())
                texts[self._plain(part)] = None
        return tuple(text for text in texts if text)

    def _plain(self, element: Element) -> str:
        """All paragraphs below an element as one line of text."""
        reader = ParagraphReader(self._styles, Numbering(None, self._styles), PageCount())
        paragraphs = (reader.read(paragraph) for paragraph in element.iter(P))
        return " ".join(" ".join(p.text.split()) for p in paragraphs if p and p.text)

    def _title(self) -> str | None:
        """The title in the file's properties, unless a program or a template put it there."""
        text = self._core_property(_DUBLIN_TITLE)
        return None if _NOT_A_TITLE.match(text) else text or None

    def _core_property(self, name: str) -> str:
        root = self._property_part("core-properties")
        found = next(root.iter(name), None) if root is not None else None
        return (found.text or "").strip() if found is not None else ""

    def _claimed_pages(self) -> int:
        """The number of pages that Word counted when it last saved."""
        root = self._property_part("extended-properties")
        pages = next(root.iter(_PAGES), None) if root is not None else None
        return (whole(pages.text) if pages is not None else None) or 0

    def _property_part(self, kind: str) -> Element | None:
        relations: dict[str, Relationship] = self._package.relationships("")
        for relation in relations.values():
            if relation.kind == kind and not relation.external:
                return self._package.xml(relation.target)
        return None

    def _notices(self, answers: dict[str, str]) -> Iterator[str]:
        """What was left out on purpose, for the reader of a report."""
        left_out = self._left_out
        if left_out.deleted_words:
            yield (
                "The draft has tracked changes and was read as if all were accepted: "
                f"{left_out.deleted_words} deleted or moved words were left out."
            )
        if left_out.hidden_words:
            yield f"{left_out.hidden_words} words of hidden text were left out."
        if left_out.contents_words:
            yield "The table of contents was left out: it only repeats the headings."
        if left_out.prompts:
            yield f"{len(left_out.prompts)} unfilled form fields were left out."
        asked = [name for name in answers if not name.endswith((REFERENCE, SUPPORT))]
        if asked:
            yield (
                "The draft is a planchecker template: the template's own wording was left out, and "
                f"{sum(not answers[name] for name in asked)} of {len(asked)} answer boxes are empty."
            )
        elif left_out.template.has_wording:
            yield (
                "The draft was made from a planchecker template but its answer boxes are lost, perhaps because "
                "another program saved it: its answers were read as ordinary text."
            )
        if left_out.template.unconfirmed:
            yield f"{len(left_out.template.unconfirmed)} answers still carry the mark “to be confirmed”."
