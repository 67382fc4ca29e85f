"""A client that speaks to a page over its port, as a browser without script would."""

from __future__ import annotations

import http.client
import re
import time
import uuid

TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Caller:
    """One browser: its cookie and token."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""
        found = TOKEN.search(self.get("/")[1])
        assert found
        self.token = found[1]

    def get(self, address: str) -> tuple[int, str]:
        status, _, body = self._ask("GET", address)
        return status, body.decode()

    def post(self, address: str, **fields: str) -> tuple[int, str]:
        status, location, _ = self._ask("POST", address, *_form({"token": self.token, **fields}))
        return status, location

    def send(self, data: bytes, name: str, checklist: str = "my-list") -> str:
        """Send a draft; its address."""
        form = _form({"token": self.token, "checklist": checklist}, data, name)
        status, location, body = self._ask("POST", "/drafts", *form)
        assert status == 303, body.decode()
        return location

    def wait(self, draft: str, seconds: float = 120) -> str:
        """The page of a draft once it is done with."""
        until = time.monotonic() + seconds
        while '"step":4' not in self.get(f"{draft}/progress")[1].replace(" ", ""):
            assert time.monotonic() < until, "the check takes too long"
            time.sleep(0.2)
        return self.get(draft)[1]

    def _ask(self, method: str, address: str, body: bytes = b"", kind: str = "") -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} | ({"Content-Type": kind} if kind else {})
        connection.request(method, address, body, headers)
        response = connection.getresponse()
        given = response.getheader("Set-Cookie")
        self.cookie = given.partition(";")[0] if given else self.cookie
        answer = response.status, response.getheader("Location", ""), response.read()
        connection.close()
        return answer


def _form(fields: dict[str, str], data: bytes = b"", name: str = "") -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    if name:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="draft"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
