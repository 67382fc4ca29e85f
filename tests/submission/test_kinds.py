"""Kinds of templates: the installed ones are whole, every mistake in one is located."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planchecker.errors import ExitCode, TemplateError, UsageError
from planchecker.submission.kinds import kind_schema, kinds, load_kind, read_kind
from planchecker.submission.occasion import financial_years
from tests.submission.forms import occasion
from tests.support import checklist_of, part, yaml_file

FORM = """\
    id: form
    title: A form
    heading: "{{ unit }} {{ years }}"
    layout: page
    segments:
      - id: a
        title: Vision
        questions:
          - id: a1
            ask: What is the vision?
"""


def refusal(folder: Path, text: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        read_kind(yaml_file(folder, text))
    assert caught.value.exit_code is ExitCode.BAD_CHECKLIST
    return caught.value


def test_the_three_kinds_are_installed_under_their_own_ids() -> None:
    assert set(kinds()) == {"kloe", "plan-on-a-page", "features"}
    assert all(load_kind(identifier).id == identifier for identifier in kinds())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(kind_schema())


def test_segments_of_the_return_are_those_of_published_returns() -> None:
    titles = [segment.title for segment in load_kind("kloe").segments]
    assert titles[1:4] == ["System vision", "Current position", "Improving quality and outcomes"]
    assert len(titles) == 8


def test_a_kind_is_read_from_its_file(tmp_path: Path) -> None:
    (question,) = read_kind(yaml_file(tmp_path, FORM)).questions
    assert (question.id, question.ask) == ("a1", "What is the vision?")


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (FORM.replace("layout: page", "layout: scroll"), 4, "layout"),
        (FORM.replace("ask:", "aks:"), 10, "segments[0].questions[0].aks"),
        (FORM + "            colour: red\n", 11, "segments[0].questions[0].colour"),
        (FORM + "          - {id: A1, ask: Again}\n", 11, "segments[0].questions[1].id"),
        (FORM.replace("layout: page", "layout: return"), 1, ""),
    ],
)
def test_a_mistake_is_located(text: str, line: int, key: str, tmp_path: Path) -> None:
    error = refusal(tmp_path, text)
    assert (error.line, error.key) == (line, key)
    assert "a correct example" in str(error)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="kloe"):
        load_kind("haiku")


def test_text_that_asks_for_something_unknown_is_refused() -> None:
    with pytest.raises(TemplateError, match="colour"):
        occasion(checklist_of(part("x"))).say("{{ colour }}")


def test_text_cannot_reach_beyond_what_it_is_given() -> None:
    with pytest.raises(TemplateError):
        occasion(checklist_of(part("x"))).say("{{ checklist.__class__.__mro__[1].__subclasses__() }}")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2014/15 to 2018/19", ("2014/15", "2015/16", "2016/17", "2017/18", "2018/19")),
        ("2015-16", ("2015/16",)),
        ("1999/00 to 2000/01", ("1999/00", "2000/01")),
    ],
)
def test_years_run_from_the_first_to_the_last(text: str, years: tuple[str, ...]) -> None:
    assert financial_years(text) == years


@pytest.mark.parametrize("text", ["", "five years", "2014/16", "2018/19 to 2014/15", "1990/91 to 2018/19"])
def test_what_are_no_years_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="--years"):
        financial_years(text)
