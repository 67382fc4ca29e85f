"""Writing a submission template: a kind and an occasion in, an accessible Word form out."""

from __future__ import annotations

from pathlib import Path

from docx.shared import Cm

from planchecker.checklist import Feature
from planchecker.errors import UsageError
from planchecker.files import save_document, whole
from planchecker.reading.word_controls import REFERENCE, SUPPORT
from planchecker.reports.word_parts import add_contents, add_row, add_table
from planchecker.submission.kinds import Kind, Layout, Question, Segment, form_words
from planchecker.submission.occasion import Occasion
from planchecker.submission.paper import HINT, SMALL, Paper

_WIDE = 25.7  # centimetres between the margins of a landscape page
_ONE_PAGE = 27.1  # the same for the plan on a page, which has narrow margins
_BOX = 3.3  # height of its rows of boxes: together with the rest they fill the page


def write_template(kind: Kind, occasion: Occasion, path: Path) -> None:
    """Write the form; a file that is there already may hold answers and is never replaced.

    Raises:
        UsageError: there is a file already, or it cannot be written there.
    """
    if path.exists():
        raise UsageError(f"{path} is there already and may hold answers; name another file with -o.")
    layouts = {Layout.RETURN: _return, Layout.PAGE: _page, Layout.CHECKLIST: _checklist}
    document = layouts[kind.layout](kind, occasion).document
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as fresh:
            save_document(document, fresh)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written ({reason}); name another place with -o.") from error


def answer_id(kind: Kind, question: Question) -> str:
    """Id of a question's answer, which no feature's id can be taken for."""
    return f"{kind.id}:{question.id}"


def _return(kind: Kind, occasion: Occasion) -> Paper:
    """A table a segment: question, response, supported by."""
    paper = Paper(occasion.say(kind.heading), kind.title, landscape=True)
    paper.heading(1, form_words()["how_to"])
    paper.wording(*_intro(kind, occasion))
    for segment in kind.segments:
        paper.heading(1, segment.title)
        _question_table(paper, kind, segment, occasion)
        for question in segment.questions:
            _figures(paper, kind, question, occasion)
            _blocks(paper, kind, question)
    return paper


def _intro(kind: Kind, occasion: Occasion) -> list[str]:
    texts = [occasion.say(text) for text in kind.intro]
    if occasion.draft:
        texts.append(form_words()["prefilled"].format(plan=occasion.draft))
    return texts


def _question_table(paper: Paper, kind: Kind, segment: Segment, occasion: Occasion) -> None:
    say = form_words()
    table = add_table(paper.document, kind.columns, (8.2, 12, 5.5), segment.title)
    for question in segment.questions:
        asked, answer, support = add_row(table, [], [], [])
        paper.wording_in(asked, f"{question.id}  {question.ask}", _hints(kind, question))
        identifier = answer_id(kind, question)
        filling = occasion.unit if question.fill == "unit" else occasion.fillings.get(identifier)
        paper.answer_in(answer, identifier, f"{question.id} {question.ask}", say["placeholder"], filling)
        example = say["for_example"].format(support=question.support) if question.support else ""
        title = f"{question.id} {say['support']}"
        paper.answer_in(support, f"{identifier}{SUPPORT}", title, example or say["placeholder_short"])


def _hints(kind: Kind, question: Question) -> tuple[str, ...]:
    """What makes a good answer and, where it is not as sure as the rest, how sure the question is."""
    differs = (question.sure.meaning,) if question.sure is not kind.sure else ()
    return (*question.hints, *differs)


def _figures(paper: Paper, kind: Kind, question: Question, occasion: Occasion) -> None:
    figures = question.figures
    if figures is None:
        return
    paper.heading(2, figures.title)
    columns = [figures.baseline, *occasion.years]
    width = (_WIDE - 11.5) / len(columns)
    titles, widths = [*figures.columns, *columns], [4.5, 7.0, *(width for _ in columns)]
    table = add_table(paper.document, titles, widths, figures.title)
    for row in figures.rows:
        name, measure, *cells = add_row(table, *([] for _ in titles))
        paper.wording_in(name, "", label=row.name)
        paper.wording_in(measure, row.measure)
        for column, cell in zip(columns, cells, strict=True):
            identifier = f"{answer_id(kind, question)}.{row.id}.{column.lower()}"
            paper.answer_in(cell, identifier, f"{row.name}, {column}", form_words()["placeholder_figure"])


def _blocks(paper: Paper, kind: Kind, question: Question) -> None:
    blocks = question.blocks
    if blocks is None:
        return
    for number in range(1, blocks.count + 1):
        title = f"{blocks.title} {number}"
        paper.heading(2, title, new_page=True)
        table = add_table(paper.document, blocks.columns, (8.2, _WIDE - 8.2), title)
        for attribute in blocks.attributes:
            asked, answer = add_row(table, [], [])
            paper.wording_in(asked, "", (attribute.hint,), label=attribute.name)
            identifier = f"{answer_id(kind, question)}.{number}.{attribute.id}"
            name = f"{title}, {attribute.name.lower()}"
            paper.answer_in(answer, identifier, name, form_words()["placeholder_short"])


def _page(kind: Kind, occasion: Occasion) -> Paper:
    """One landscape page: a segment of one question is a box across, of several a row of boxes."""
    title = occasion.say(kind.heading)
    paper = Paper(title, kind.title, landscape=True, margin=1.3, running=False)
    for segment in kind.segments:
        paper.heading(1, segment.title)
        if len(segment.questions) == 1:
            question = segment.questions[0]
            paper.wording(*question.hints, style=SMALL)
            _box(paper, kind, question, occasion)
            continue
        widths = [_ONE_PAGE / len(segment.questions)] * len(segment.questions)
        table = add_table(paper.document, [q.ask for q in segment.questions], widths, segment.title)
        hints = add_row(table, *([] for _ in segment.questions))
        cells = add_row(table, *([] for _ in segment.questions))
        for question, hint, cell in zip(segment.questions, hints, cells, strict=True):
            paper.wording_in(hint, "", question.hints)
            identifier = answer_id(kind, question)
            say, filling = form_words()["placeholder"], occasion.fillings.get(identifier)
            paper.answer_in(cell, identifier, question.ask, say, filling)
        table.rows[-1].height = Cm(_BOX)
    paper.wording(kind.closing, style=SMALL)
    return paper


def _box(paper: Paper, kind: Kind, question: Question, occasion: Occasion) -> None:
    identifier = answer_id(kind, question)
    filling = occasion.fillings.get(identifier)
    paper.answer(identifier, question.ask, form_words()["placeholder"], filling)


def _checklist(kind: Kind, occasion: Occasion) -> Paper:
    """A section an element, an answer box a feature."""
    say, checklist = form_words(), occasion.checklist
    paper = Paper(occasion.say(kind.heading), checklist.title)
    paper.wording(occasion.say(kind.subtitle), style=SMALL)
    paper.heading(1, say["how_to"])
    paper.wording(*_intro(kind, occasion))
    paper.heading(1, say["about"])
    paper.wording(say["unit"])
    paper.answer(f"{kind.id}:unit", say["unit"], say["placeholder_short"], occasion.unit)
    contents = paper.document.add_paragraph(say["contents"], style="TOC Heading")
    contents.paragraph_format.page_break_before = True
    below_contents = paper.document.add_paragraph(say["contents_note"], style=SMALL)
    for element in checklist.elements:
        paper.heading(1, f"{element.id} {element.name}", new_page=True)
        for feature in element.features:
            _feature(paper, kind, feature, occasion)
    add_contents(below_contents, paper.headings)
    return paper


def _feature(paper: Paper, kind: Kind, feature: Feature, occasion: Occasion) -> None:
    say = form_words()
    paper.heading(2, f"{feature.id} {feature.name}")
    gloss = say["read_as"].format(gloss=feature.gloss) if feature.gloss else ""
    paper.wording(say["asks"].format(requirement=feature.requirement), gloss)
    paper.wording(say["wording"].format(meaning=feature.provenance.meaning), style=SMALL)
    advice = [part.advice for part in feature.parts if part.advice]
    paper.wording(*(advice or kind.hints), style=HINT)
    answer = f"{feature.id} {say['answer'].lower()}"
    paper.answer(feature.id, answer, say["placeholder"], occasion.fillings.get(feature.id))
    paper.wording(say["reference"], style=SMALL)
    reference = f"{feature.id} {say['reference'].lower()}"
    filling = occasion.fillings.get(feature.id)
    places = "; ".join(dict.fromkeys(quote.place for quote in filling.quotes)) if filling else ""
    paper.answer(f"{feature.id}{REFERENCE}", reference, say["placeholder_reference"], places)
