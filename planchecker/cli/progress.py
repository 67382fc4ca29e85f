"""One line on standard error that says how far a batch has come, where somebody watches."""

from __future__ import annotations

import sys
from time import monotonic

import click

from planchecker.triage.run import Progress


class ProgressLine:
    """Shows progress on one line of a terminal, and nothing anywhere else; a `with` block ends the line."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._started = monotonic()
        self._width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the line, so that what follows stands on its own."""
        if self._width:
            click.echo(err=True)
        self._width = 0

    def show(self, progress: Progress) -> None:
        """Write the line anew."""
        if not self._watched:
            return
        text = progress_text(progress, monotonic() - self._started)
        click.echo("\r" + text.ljust(self._width), nl=False, err=True)
        self._width = len(text)


def progress_text(progress: Progress, seconds: float) -> str:
    """How far a run has come and how long the rest will take.

    Args:
        progress: so many plans.
        seconds: since the run began.
    """
    text = f"{progress.done} of {progress.total} plans done"
    if progress.unread:
        text += f", {progress.unread} could not be read"
    left = progress.total - progress.done
    if left and progress.new:
        text += f", about {_duration(seconds / progress.new * left)} left"
    return text


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
