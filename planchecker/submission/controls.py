"""Content controls: the boxes of a Word form, tagged so that reading/word_controls finds them again."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from planchecker.reading.word_controls import ANSWER_TAG, LABEL_TAG, WORDING_TAG
from planchecker.reports.digest import clean
from planchecker.reports.word_parts import element

_MAX_TITLE = 64  # letters that Word takes for a control's title


def as_answer(paragraphs: Sequence[Paragraph], number: int, identifier: str, title: str, empty: bool) -> None:
    """Make paragraphs an answer box, which can be filled in but not deleted.

    Args:
        paragraphs: what it holds, side by side in the document.
        number: number of the control, unique in its document.
        identifier: id of what it answers.
        title: what assistive technology announces.
        empty: whether it holds only its placeholder.
    """
    properties = [
        element("alias", val=clean(title)[:_MAX_TITLE]),
        element("tag", val=clean(f"{ANSWER_TAG}{identifier}")),
        element("id", val=str(number)),
        element("lock", val="sdtLocked"),
    ]
    _wrap(paragraphs, [*properties, element("showingPlcHdr")] if empty else properties)


def as_wording(paragraphs: Sequence[Paragraph], number: int, labels: bool = False) -> None:
    """Mark paragraphs as the form's own wording and lock them: what is typed there would not be read.

    Args:
        paragraphs: what it holds, side by side in the document.
        number: number of the control, unique in its document.
        labels: whether an answer in the same row means little without it.
    """
    tag = LABEL_TAG if labels else WORDING_TAG
    _wrap(
        paragraphs,
        [element("tag", val=tag), element("id", val=str(number)), element("lock", val="sdtContentLocked")],
    )


def _wrap(paragraphs: Sequence[Paragraph], properties: Sequence[BaseOxmlElement]) -> None:
    control, settings, content = element("sdt"), element("sdtPr"), element("sdtContent")
    settings.extend(properties)
    control.append(settings)
    control.append(content)
    paragraphs[0]._p.addprevious(control)
    content.extend([paragraph._p for paragraph in paragraphs])
