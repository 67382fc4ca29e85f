"""Checks in the background: turns, stops, and what is left when planchecker goes away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from planchecker.errors import LimitReachedError
from planchecker.web import work
from planchecker.web.draft import State
from planchecker.web.jobs import BusyError
from tests.web.desk import Desk, InPlace, stand_in


class Held(InPlace):
    """A pool whose checks wait to be let go."""

    def __init__(self) -> None:
        super().__init__()
        self.started, self.let_go = threading.Event(), threading.Event()
        self.instead = {work.check_draft: self._held}

    def _held(self, *arguments: Any) -> Any:
        self.started.set()
        assert self.let_go.wait(30)
        return stand_in(*arguments)


def test_drafts_wait_their_turn_and_say_how_far_they_are(tmp_path: Path) -> None:
    desk = Desk(tmp_path, pool=(pool := Held()))
    first, second, third = (desk.send(name=f"{n}.md").headers["Location"] for n in range(3))
    assert pool.started.wait(30)
    told = [desk.get(f"{draft}/progress").json for draft in (first, second, third)]
    assert [one["step"] for one in told] == [3, 1, 1]
    assert told[0]["words"] == "Checking 13 words against 2 features."
    assert "One draft is ahead" in told[1]["words"] and "2 drafts are ahead" in told[2]["words"]
    assert 'aria-current="step">Checking' in desk.get(first).text
    pool.let_go.set()
    desk.wait()
    assert {draft.state for draft in desk.storage.drafts()} == {State.DONE}
    desk.close()


def test_asking_twice_checks_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path, pool=(pool := Held()))
    draft = desk.send().headers["Location"]
    assert pool.started.wait(30)
    desk.post(f"{draft}/again")
    assert list(desk.jobs._progress) == [draft.rpartition("/")[2]]
    pool.let_go.set()
    desk.close()


def test_emptying_while_a_draft_is_checked_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, pool=(pool := Held()))
    desk.send()
    assert pool.started.wait(30)
    desk.post("/empty")
    pool.let_go.set()
    desk.wait()
    assert desk.storage.drafts() == ()
    desk.close()


def test_a_check_at_its_limit_says_so(tmp_path: Path) -> None:
    def too_long(*_: object) -> None:
        raise LimitReachedError("The check was stopped at its limit of 300 s; look at the file.")

    pool = InPlace()
    pool.instead = {work.check_draft: too_long}
    desk = Desk(tmp_path, pool=pool)
    shown = desk.get(desk.sent()).text
    assert "Could not be checked" in shown and "limit of 300 s" in shown
    desk.close()


def test_what_was_unfinished_says_so_after_a_restart_and_is_checked_on_request(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    done = desk.sent(name="done.md")
    desk.jobs._threads.shutdown()  # as if planchecker were killed: the draft is kept, nobody checks it
    left = f"/drafts/{desk.storage.add(b'Dr Bell will act.', 'left.md', ['my-list']).id}"
    desk.storage.close()
    again = Desk(tmp_path)
    assert "2 partly met" in again.get(done).text
    assert "Not checked to the end" in again.get(left).text and "Check it again" in again.get(left).text
    assert again.get(f"{left}/progress").json["step"] == 0
    again.post(f"{left}/again")
    again.wait()
    assert "2 partly met" in again.get(left).text
    again.close()


def test_closing_leaves_the_unfinished_unfinished(tmp_path: Path) -> None:
    class Stopped(Held):
        def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
            if function is not work.check_draft:
                return super().submit(function, *arguments)
            self.future: Future[Any] = Future()
            self.started.set()
            return self.future

        def close(self) -> None:
            self.future.cancel()

    desk = Desk(tmp_path, pool=(pool := Stopped()))
    draft = desk.send().headers["Location"].rpartition("/")[2]
    assert pool.started.wait(30)
    desk.jobs.close()
    assert desk.storage.draft(draft).state is State.UNFINISHED
    desk.storage.close()


def test_a_draft_whose_checklist_is_no_longer_on_offer_says_so(desk: Desk) -> None:
    draft = desk.storage.add(b"Dr Bell will act.", "plan.md", ["gone"])
    desk.jobs.start(draft)
    desk.wait()
    assert "no longer on offer" in desk.storage.draft(draft.id).problem


def test_only_so_many_wait_for_files_at_once(desk: Desk) -> None:
    taken = []
    while desk.jobs._seats.acquire(blocking=False):
        taken.append(1)
    assert len(taken) == 24
    with pytest.raises(BusyError):
        desk.jobs.make(bytes)
    response = desk.get(f"{desk.sent()}/my-list/report")
    assert response.status_code == 503 and "try again in a minute" in response.text
