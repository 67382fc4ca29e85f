"""The page on a real port: many at once, slow and broken clients, killed and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from waitress import wasyncore

from planchecker.errors import UsageError
from planchecker.web import server
from planchecker.web.app import Setting
from planchecker.web.draft import Bounds
from tests.support import MINIMAL, yaml_file
from tests.web.caller import Caller
from tests.web.desk import Desk, InPlace


@contextmanager
def listening(desk: Desk) -> Iterator[int]:
    """The desk on a port."""
    setting = Setting(desk.storage, desk.jobs, desk.checklists)
    made = server._listening(setting, "127.0.0.1", 0)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield int(made.effective_port)
    made.trigger.pull_trigger(lambda: wasyncore.close_all(made._map))
    thread.join(30)
    made.task_dispatcher.shutdown()


@pytest.fixture
def port(desk: Desk) -> Iterator[int]:
    with listening(desk) as number:
        yield number


def raw(port: int, request: bytes, end: bool = True) -> bytes:
    """What comes back for these bytes, to the end of the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        if end:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
        answer = b""
        with suppress(ConnectionResetError):  # by a server that has heard enough
            while more := connection.recv(65_536):
                answer += more
        return answer


def test_twenty_people_at_once_each_get_their_own_result(tmp_path: Path) -> None:
    desk = Desk(tmp_path, pool=InPlace(2))

    def one(number: int) -> tuple[str, str]:
        caller = Caller(port)
        draft = caller.send(
            f"# Plan {number}\n\nNurse {number} will visit {number}00 homes.\n".encode(), f"{number}.md"
        )
        caller.wait(draft)
        return draft, caller.get(f"{draft}/my-list/report")[1]

    with listening(desk) as port, ThreadPoolExecutor(20) as crowd:
        found = list(crowd.map(one, range(20)))
    assert len({draft for draft, _ in found}) == 20
    for number, (_, report) in enumerate(found):
        assert set(re.findall(r"Nurse (\d+) will visit", report)) == {str(number)}
    desk.close()


def test_far_too_much_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Bounds(draft=1000))
    with listening(desk) as port:
        answer = raw(
            port,
            b"POST /drafts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n",
            end=False,
        )
        assert answer.startswith(b"HTTP/1.1 413 ")
    desk.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 33_000, b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"403"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"403"),
        (b"GET / HTTP/1.0\r\n\r\n", b"403"),
        (b"POST /empty HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"
         b"\r\nzzz\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"400"),
    ],
)  # fmt: skip
def test_requests_that_no_browser_sends(port: int, request_: bytes, status: bytes) -> None:
    answer = raw(port, request_)
    assert answer.split(b" ")[1] == status, answer[:300]
    assert b"Traceback" not in answer


def test_an_upload_that_breaks_off_leaves_nothing(desk: Desk, port: int) -> None:
    head = b"POST /drafts HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    assert raw(port, head + b"Content-Length: 5000\r\n\r\n--x\r\n") == b""
    assert desk.storage.drafts() == () and Caller(port).get("/")[0] == 200


def test_a_client_that_falls_silent_is_let_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_SILENCE", 1)
    with listening(desk) as port:
        head = b"POST /drafts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nslow"
        assert raw(port, head, end=False) == b""


def test_silent_clients_do_not_keep_others_waiting(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(30)]
    for connection in held:
        connection.sendall(b"POST /drafts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nslow")
    assert Caller(port).get("/templates")[0] == 200
    for connection in held:
        connection.close()


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    setting = Setting(desk.storage, desk.jobs, desk.checklists)
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, pytest.raises(UsageError, match="name another with --port"):
        server._listening(setting, "127.0.0.1", taken.getsockname()[1])
    desk.close()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The real command in a process of its own; its port."""
    checklist = yaml_file(folder, MINIMAL)
    code = "import sys; from planchecker.cli.main import main; main(sys.argv[1:])"
    command = [sys.executable, "-u", "-c", code, "serve", "--no-browser", "--port", "0", "--jobs", "1",
               "--data", str(folder / "data"), "--checklist", str(checklist)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line + process.stdout.read()
        try:
            yield process, int(found[1])
        finally:
            process.kill()


@pytest.mark.slow
def test_killed_in_the_middle_it_has_every_finished_result_when_it_comes_back(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        caller = Caller(port)
        done = caller.send(b"Dr Bell leads the work and will open two hubs by March 2015.", "done.md")
        assert "Read the report" in caller.wait(done)
        cut = caller.send(b"Dr Bell leads the work.", "cut.md")
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    with serving(tmp_path) as (process, port):
        caller = Caller(port)
        assert "Read the report" in caller.get(done)[1]
        assert "Dr Bell leads the work" in caller.get(f"{done}/my-list/report")[1]
        assert "Not checked to the end" in caller.get(cut)[1]
        assert caller.post(f"{cut}/again") == (303, cut)
        assert "Read the report" in caller.wait(cut)
        process.send_signal(signal.SIGTERM if os.name == "posix" else signal.CTRL_C_EVENT)  # type: ignore[attr-defined]
        assert process.wait(30) == 0
        assert process.stdout and "The page is closed." in process.stdout.read()
