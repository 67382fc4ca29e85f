"""The line that says how far a batch has come."""

from __future__ import annotations

import pytest

from planchecker.cli.progress import ProgressLine, progress_text
from planchecker.triage.run import Progress


@pytest.mark.parametrize(
    ("progress", "seconds", "text"),
    [
        (Progress(211, 0, 0, 0), 3, "0 of 211 plans done"),
        (Progress(211, 11, 0, 1), 5, "11 of 211 plans done, about 17 min left"),
        (Progress(10, 4, 1, 2), 20, "4 of 10 plans done, 1 could not be read, about 60 s left"),
        (Progress(1000, 10, 0, 10), 100, "10 of 1000 plans done, about 2 h 45 min left"),
        (Progress(10, 10, 2, 8), 99, "10 of 10 plans done, 2 could not be read"),
    ],
)
def test_it_says_what_is_done_and_how_long_the_rest_takes(
    progress: Progress, seconds: float, text: str
) -> None:
    assert progress_text(progress, seconds) == text


def test_nothing_is_shown_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine() as line:
        line.show(Progress(2, 1, 0, 1))
    assert capsys.readouterr() == ("", "")


def test_a_watched_line_is_written_over_and_ended(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with ProgressLine() as line:
        line.show(Progress(2, 0, 0, 0))
        line.show(Progress(2, 2, 0, 2))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "\r0 of 2 plans done\r2 of 2 plans done\n"
