"""A page for tests: its work is done in this process, and its check is a light stand-in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planchecker.checklist import Checklist
from planchecker.checklist_file import load_checklist
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    Evidence,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)
from planchecker.triage.packing import packed_result, unpacked_plan
from planchecker.web import work
from planchecker.web.app import Setting, page_app
from planchecker.web.draft import Bounds
from planchecker.web.jobs import Jobs
from planchecker.web.storage import Checked, Storage
from planchecker.workers import Limits
from tests.support import MINIMAL, yaml_file

T = TypeVar("T")
TEXT = b"# Carers\n\nDr Bell will open a service for 500 carers by March 2015.\n"
OTHER_LIST = MINIMAL.replace("my-list", "other-list").replace("My list", "Another list")


def stand_in(text: bytes, name: str, checklists: Sequence[Checklist]) -> tuple[Checked, ...]:
    """Partly met, every feature, with the draft's own last block as evidence."""
    plan = unpacked_plan(text, name)
    last = plan.blocks[-1]
    evidence = (Evidence(last.text, last.page, last.heading, last.number, 0.9),)
    facts = PlanFacts(name, plan.title, plan.sha256, plan.pages, plan.words)
    found = []
    for one in checklists:
        features = tuple(
            FeatureResult(f.id, f.name, f.requirement, f.provenance, Verdict.PARTIAL, 0.7, evidence=evidence)
            for f in one.features
        )
        about = ChecklistFacts(one.id, one.version, one.title)
        result = Result(facts, about, (ElementResult("E1", "All", "", features),))
        found.append(Checked(one.id, one.title, result.summary, packed_result(result)))
    return tuple(found)


class InPlace:
    """A pool that does the work where it is asked for, with some functions replaced."""

    def __init__(
        self, count: int = 1, instead: dict[Callable[..., Any], Callable[..., Any]] | None = None
    ) -> None:
        self.count, self.limits = count, Limits()
        self.instead = {work.check_draft: stand_in} if instead is None else instead

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(self.instead.get(function, function)(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing runs when this is called."""


class Desk:
    """A page and a browser that keeps its rules."""

    def __init__(self, folder: Path, bounds: Bounds | None = None, pool: InPlace | None = None) -> None:
        self.checklists = {
            "my-list": load_checklist(yaml_file(folder, MINIMAL, "my.yaml")),
            "other-list": load_checklist(yaml_file(folder, OTHER_LIST, "other.yaml")),
        }
        self.storage = Storage(folder / "data", bounds)
        self.pool, self.making = pool or InPlace(), InPlace()
        self.jobs = Jobs(self.storage, self.checklists, self.pool, self.making)
        self.app = page_app(Setting(self.storage, self.jobs, self.checklists))
        self.client: FlaskClient = self.app.test_client()

    def close(self) -> None:
        self.jobs.close()
        self.storage.close()

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, **options)

    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def post(self, address: str, **fields: Any) -> TestResponse:
        return self.client.post(address, data={"token": self.token(), **fields})

    def send(self, data: bytes = TEXT, name: str = "draft.md", **fields: Any) -> TestResponse:
        """Send a draft."""
        form = {"checklist": "my-list", "draft": (io.BytesIO(data), name), **fields}
        return self.post("/drafts", **form)

    def sent(self, *args: Any, **fields: Any) -> str:
        """Send a draft and wait until it is done; its address."""
        response = self.send(*args, **fields)
        assert response.status_code == 303, response.text
        self.wait()
        return str(response.headers["Location"])

    def wait(self) -> None:
        """Wait until every draft is done with."""
        self.jobs._threads.submit(int).result(timeout=30)
