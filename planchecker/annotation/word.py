"""Comments in a Word file: the user's own parts, byte for byte, with comments put in."""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape, quoteattr

from planchecker.annotation.remarks import AUTHOR, Note, Remark
from planchecker.annotation.word_bytes import (
    STRICT,
    USUAL,
    Scan,
    Spot,
    as_utf8,
    before_end,
    inserted,
    scan,
)
from planchecker.reading.word import paragraphs_of_blocks
from planchecker.reading.word_package import Package

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = {
    USUAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES_PART = "[Content_Types].xml"


def annotated_word(
    data: bytes, name: str, remarks: Sequence[Remark], opening: Sequence[Note], made: datetime
) -> bytes:
    """A copy of a Word file with comments; everything that is no comment is as it was.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.
        remarks: what is said at passages; those on one paragraph become one comment.
        opening: what is said on the first paragraph.
        made: the date of the comments.

    Raises:
        DamagedPlanError: a part of the file cannot be read, so it cannot be copied either.
    """
    package = Package(data, name)
    try:
        return _Commented(package, data, made).with_comments(remarks, opening)
    except ExpatError as error:
        raise package.damaged("its XML cannot be followed byte by byte") from error


class _Commented:
    """One copy on its way."""

    def __init__(self, package: Package, data: bytes, made: datetime) -> None:
        self._package, self._data, self._made = package, data, made
        self._main = package.main_part()
        self._text = as_utf8(package.read(self._main))
        self._scan: Scan = scan(self._text)

    def with_comments(self, remarks: Sequence[Remark], opening: Sequence[Note]) -> bytes:
        """The bytes of the copy."""
        noted = self._anchored(remarks, opening)
        if not noted:
            return self._data
        part = self._comments_part()
        known = (
            scan(as_utf8(self._package.read(part))).comment_ids if self._package.has(part) else frozenset()
        )
        first = max(known | self._scan.comment_ids, default=-1) + 1
        numbered = [(first + at, spot, notes) for at, (spot, notes) in enumerate(noted)]
        namespace = self._scan.spots[0].namespace
        comments = "".join(_comment(number, notes, self._made) for number, _, notes in numbered)
        changed = {self._main: self._marked(numbered), **self._listing(part, namespace)}
        changed[part] = self._extended_comments(part, comments, namespace)
        return self._package_with(changed)

    def _anchored(self, remarks: Sequence[Remark], opening: Sequence[Note]) -> list[tuple[Spot, list[Note]]]:
        """The notes by the paragraph that they stand at, in the order of the text."""
        blocks = paragraphs_of_blocks(self._data, self._package.name)
        by_host: dict[int, list[Note]] = {}
        for remark in remarks:
            places = blocks[remark.evidence.block] if remark.evidence.block < len(blocks) else ()
            host = self._host(places, remark.evidence.text)
            if host is not None:
                by_host.setdefault(host, []).append(remark.note)
        spots = self._scan.spots
        anchored = [(spots[host], notes) for host, notes in sorted(by_host.items())]
        start = next((host for b in blocks if (host := self._host(b, "")) is not None), None)
        return anchored if start is None else [(spots[start], list(opening)), *anchored]

    def _host(self, places: Iterable[int], words: str) -> int | None:
        """The paragraph for a comment: of several, the one that shares most words with a passage.

        Word has no comments inside text boxes; they stand at the paragraph that holds the box.
        """
        wanted = set(words.split())
        spots = self._scan.spots
        usable = [at for at in places if at < len(spots) and spots[spots[at].host].end is not None]
        if not usable:
            return None
        best = max(usable, key=lambda at: len(wanted & set("".join(spots[at].text).split())))
        return spots[best].host

    def _marked(self, numbered: Sequence[tuple[int, Spot, list[Note]]]) -> bytes:
        """The main part with the comments' ranges and references."""
        additions: list[tuple[int, bytes]] = []
        for number, spot, _ in numbered:
            assert spot.inner is not None and spot.end is not None
            start, end = _range(number, spot)
            additions += [(spot.inner, start), (spot.end, end)]
        return inserted(self._text, additions)

    def _comments_part(self) -> str:
        """The part that holds the file's comments, or a free name for one."""
        for relation in self._package.relationships(self._main).values():
            if relation.kind == "comments" and not relation.external:
                return relation.target
        folder = posixpath.dirname(self._main)
        names = ("comments.xml", *(f"comments{n}.xml" for n in range(2, 100)))
        free = (posixpath.join(folder, leaf) for leaf in names)
        return next(part for part in free if not self._package.has(part))

    def _extended_comments(self, part: str, comments: str, namespace: str) -> bytes:
        if self._package.has(part):
            # With the names spelt out, as the part may use any prefix for them.
            own = comments.replace("<w:comment ", f'<w:comment xmlns:w="{namespace}" ')
            return before_end(as_utf8(self._package.read(part)), _ascii(own))
        return _ascii(f'{_HEAD}<w:comments xmlns:w="{namespace}">{comments}</w:comments>')

    def _listing(self, part: str, namespace: str) -> dict[str, bytes]:
        """The lists of parts, with the comments in them where they are not yet."""
        changed = {}
        relations = self._package.relationships(self._main)
        if not any(r.kind == "comments" and r.target == part for r in relations.values()):
            folder, leaf = posixpath.split(self._main)
            rels = posixpath.join(folder, "_rels", f"{leaf}.rels")
            identifier = next(
                i for n in range(len(relations) + 1) if (i := f"rIdComments{n}") not in relations
            )
            target = posixpath.relpath(part, folder or ".")
            entry = (
                f'<Relationship xmlns="{_RELATIONSHIPS}" Id="{identifier}" '
                f'Type="{_KIND[namespace]}" Target="{target}"/>'
            )
            empty = f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
            old = as_utf8(self._package.read(rels)) if self._package.has(rels) else empty
            changed[rels] = before_end(old, _ascii(entry))
        types = as_utf8(self._package.read(_TYPES_PART))
        listed = re.compile(rf"""["']/{re.escape(part)}["']""", re.IGNORECASE)
        if not listed.search(types.decode(errors="replace")):
            entry = f'<Override xmlns="{_CONTENT_TYPES}" PartName="/{part}" ContentType="{_COMMENTS_TYPE}"/>'
            changed[_TYPES_PART] = before_end(types, _ascii(entry))
        return changed

    def _package_with(self, changed: dict[str, bytes]) -> bytes:
        """The zip with some parts changed or added and all others as they were."""
        todo = {part.lower(): (part, content) for part, content in changed.items()}
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
            warnings.catch_warnings(action="ignore"),  # a file may hold one name twice
        ):
            for entry in old.infolist():
                _, content = todo.pop(entry.filename.lstrip("/").lower(), ("", None))
                new.writestr(entry, self._package.whole(entry) if content is None else content)
            for part, content in todo.values():
                new.writestr(part, content)
        return out.getvalue()


def _range(number: int, spot: Spot) -> tuple[bytes, bytes]:
    """The marks before and after a paragraph's content, in the words of its file."""
    prefix, declared = (spot.prefix, "") if spot.prefix else ("w", f' xmlns:w="{spot.namespace}"')
    start = f'<{prefix}:commentRangeStart{declared} {prefix}:id="{number}"/>'
    end = f'<{prefix}:commentRangeEnd{declared} {prefix}:id="{number}"/>'
    reference = f'<{prefix}:r{declared}><{prefix}:commentReference {prefix}:id="{number}"/></{prefix}:r>'
    return start.encode(), (end + reference).encode()


def _comment(number: int, notes: Sequence[Note], made: datetime) -> str:
    date = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [(text, at == 0) for note in notes for at, text in enumerate((note.title, *note.lines))]
    paragraphs = "".join(_paragraph(text, bold, at == 0) for at, (text, bold) in enumerate(lines))
    return (
        f'<w:comment w:id="{number}" w:author={quoteattr(AUTHOR)} w:date="{date}" w:initials="pc">'
        f"{paragraphs}</w:comment>"
    )


def _paragraph(text: str, bold: bool, first: bool) -> str:
    """A paragraph of a comment; its look is its own, as the file may lack Word's styles for it."""
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="20"/></w:rPr>'
    mark = "<w:r><w:annotationRef/></w:r>" if first else ""
    space = '<w:pPr><w:spacing w:before="0" w:after="40"/></w:pPr>'
    words = escape(" ".join(text.split()))
    return f'<w:p>{space}{mark}<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _ascii(text: str) -> bytes:
    """Markup that reads the same in every encoding a part may be in."""
    return text.encode("ascii", errors="xmlcharrefreplace")
