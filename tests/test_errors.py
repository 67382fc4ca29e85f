"""Messages are one line, whatever the file is called or holds."""

from __future__ import annotations

import pickle

from planchecker.errors import ChecklistError, PlanNotFoundError, UsageError


def test_nothing_in_a_name_ends_the_line_or_commands_the_terminal() -> None:
    error = PlanNotFoundError("a\nb\x1b[31m\u202e\udcff.md", "there is\r\nno such file", "check")
    assert str(error) == "a b�[31m��.md: there is no such file; check."


def test_the_rest_stays_as_it_is() -> None:
    assert str(UsageError("Cynllun Môn “£1.2m” 計画: no.")) == "Cynllun Môn “£1.2m” 計画: no."


def test_errors_come_whole_from_worker_processes() -> None:
    error = pickle.loads(pickle.dumps(ChecklistError("l.yaml", 3, "features", "wrong", "{}")))
    assert (error.line, error.key) == (3, "features")
    assert str(error) == "l.yaml:3 at 'features': wrong; a correct example: {}"
