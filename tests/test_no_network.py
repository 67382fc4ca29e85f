"""Nothing leaves the machine: a whole check with every door to the network shut."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Runs before anything of planchecker is imported. The audit hook also sees calls made from C modules.
GUARD = """
import socket, sys

DOORS = {"socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind",
         "socket.sendto", "socket.sendmsg", "urllib.Request", "http.client.connect"}

def shut(event, arguments):
    if event in DOORS:
        raise ConnectionRefusedError(f"the network was used: {event} {arguments}")

def refuse(*arguments, **options):
    raise ConnectionRefusedError("the network was used")

class Refused(socket.socket):
    __init__ = connect = connect_ex = sendto = refuse

sys.addaudithook(shut)
socket.socket, socket.create_connection, socket.getaddrinfo = Refused, refuse, refuse

from planchecker.cli.main import main
main(sys.argv[1:])
"""


def guarded(*arguments: object, before: tuple[str, ...] = (), cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-c", GUARD, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_the_guard_does_shut_the_doors() -> None:
    attempt = (
        GUARD.partition("from planchecker")[0]
        + "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')"
    )
    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "the network was used" in done.stderr


def test_a_check_uses_no_network(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCHECKER_CACHE", "off")  # the models themselves must run
    reports = ("--format", "html,docx,json", "-o", tmp_path / "out")
    done = guarded("check", plan_file, "--checklist", minimal_checklist, "--json", *reports, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["schema"] == "planchecker.result/1"


def test_a_check_works_where_there_is_no_network_at_all(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path
) -> None:
    alone = ("unshare", "--map-root-user", "--net")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this system does not let a test take its network away")
    done = guarded("check", plan_file, "--checklist", minimal_checklist, "--json", before=alone, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
