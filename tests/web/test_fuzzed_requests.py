"""Requests made at random: none brings a traceback, and what was finished before is still there afterwards.

`python -m tests.web.test_fuzzed_requests 1500` tries more of them and says how they were answered.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.web.desk import Desk

_METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
_PARTS = (
    "drafts", "my-list", "other-list", "report", "files", "html", "docx", "xlsx", "commented", "compare", "changes",
    "templates", "features", "empty", "again", "progress", "static", "..", "%2e%2e", "%00", "'", "<b>", "etc", "passwd",
    "0" * 22, "a" * 300, "é", "", "-1", "__class__",
)  # fmt: skip
_NAMES = ("token", "draft", "checklist", "plan_name", "old", "new", "kind", "unit", "years", "X" * 200, "")
_HEADERS = (
    ("Host", "example.org"), ("Host", ""), ("Origin", "http://example.org"), ("Origin", "null"),
    ("Sec-Fetch-Site", "cross-site"), ("Content-Type", "multipart/form-data"), ("Content-Type", "application/json"),
    ("Content-Type", "multipart/form-data; boundary=x"), ("Cookie", "session=" + "A" * 500), ("Range", "bytes=9-1"),
    ("If-None-Match", "*"), ("Transfer-Encoding", "chunked"), ("Accept-Language", "\xff"), ("X-Forwarded-For", "::1"),
)  # fmt: skip


def answered(desk: Desk, draft: str, rng: Random) -> tuple[int, str]:
    """The status and text that a request made at random gets."""
    start = rng.choice(("/", "/drafts/", draft, f"{draft}/", "/./"))
    address = "/" + (start + "/".join(rng.choices(_PARTS, k=rng.randrange(4)))).lstrip("/")
    query = "&".join(f"{rng.choice(_NAMES)}={rng.choice(_PARTS)}" for _ in range(rng.randrange(3)))
    values = {rng.choice(_NAMES): rng.choice((*_PARTS, desk.token())) for _ in range(rng.randrange(4))}
    body = rng.choice(
        (values, rng.randbytes(rng.randrange(300)), b"--x\r\nContent-Disposition: form-data; name=")
    )
    response = desk.client.open(
        address,
        method=rng.choice(_METHODS),
        query_string=query,
        headers=rng.sample(_HEADERS, rng.choice((0, 0, 0, 1, 2))),
        data=body,
    )
    return response.status_code, response.get_data(
        as_text=True
    ) if response.is_json or response.mimetype == "text/html" else ""


def tried(desk: Desk, cases: range) -> Counter[int]:
    """How many requests got which status; each is made of its number alone.

    Raises:
        AssertionError: an answer is a defect, or a finished draft is gone without being asked away.
    """
    statuses: Counter[int] = Counter()
    draft = desk.sent()
    for case in cases:
        status, text = answered(desk, draft, Random(case))
        assert status < 500, (case, status)
        assert "Traceback" not in text, case
        statuses[status] += 1
        if desk.get(draft).status_code == 404:  # emptied or deleted, as a request with the right token may
            draft = desk.sent()
    assert desk.get(f"{draft}/my-list/report").status_code == 200
    return statuses


def test_no_request_at_random_is_a_defect(desk: Desk) -> None:
    statuses = tried(desk, range(120))
    assert len(statuses) >= 4, "the requests must differ for this to mean anything"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(dict(tried(Desk(Path(scratch)), range(int(sys.argv[1])))))
