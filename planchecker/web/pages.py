"""The pages: what each shows and does, and nothing about how it is kept, checked or guarded."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from flask import Response, jsonify, request, send_file, url_for
from werkzeug.exceptions import NotFound

from planchecker.checklist import Checklist
from planchecker.errors import UsageError
from planchecker.reports.html import content_policy, environment, inlined
from planchecker.result import Verdict
from planchecker.submission.kinds import kinds, load_kind
from planchecker.submission.occasion import DEFAULT_YEARS
from planchecker.web import security, work
from planchecker.web.draft import Draft, State, file_stem
from planchecker.web.jobs import Jobs
from planchecker.web.storage import Storage

_STYLES = ("gap-report.css", "web/page.css")
_READING = 2  # drafts that are taken in at once; each is held in memory meanwhile
_LONGEST = 120  # letters of a name that is typed in
_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json",
}


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of this name (templates/web)."""
    text = environment().get_template(f"web/{template}.html.j2").render(
        **{"url": url_for, "token": security.token, "day": _day, "State": State, "Verdict": Verdict, **values}
    )  # fmt: skip
    return Response(text, status)


class Pages:
    """The pages, each a method that Flask calls."""

    def __init__(self, storage: Storage, jobs: Jobs, checklists: Mapping[str, Checklist]) -> None:
        self._storage, self._jobs, self._checklists = storage, jobs, checklists
        self._reading = threading.BoundedSemaphore(_READING)

    def home(self) -> Response:
        """The form for a draft, and all plans."""
        return self._home()

    def send(self) -> Response:
        """Take in a draft."""
        sent = request.files.get("draft")
        wanted = [one for one in self._checklists if one in request.form.getlist("checklist")]
        password = request.form.get("password") or None
        bounds = self._storage.bounds
        if sent is None or not sent.filename:
            return self._home("Choose the file of a draft.", 400)
        if not wanted:
            return self._home("Choose at least one checklist.", 400)
        if len(wanted) > bounds.checklists:
            return self._home(f"Choose no more than {bounds.checklists} checklists.", 400)
        with self._reading:
            data = sent.read(bounds.draft + 1)
            if not data or len(data) > bounds.draft:
                how = f"larger than {bounds.draft // 1_000_000} MB" if data else "empty"
                return self._home(f"The file is {how}; choose another.", 413 if data else 400)
            plan, name = request.form.get("plan", ""), _typed("plan_name")
            try:
                draft = self._storage.add(data, sent.filename, wanted, plan, name, password is not None)
            except KeyError:
                return self._home("That plan is no longer kept here; choose another, or a new one.", 400)
        self._jobs.start(draft, password)
        return _seen(url_for("GET draft", draft=draft.id))

    def plan(self, plan: str) -> Response:
        """All drafts of a plan."""
        drafts = self._storage.drafts(plan)
        if not drafts:
            raise NotFound
        return page("plan", drafts=drafts, progress=self._jobs.progress)

    def draft(self, draft: str) -> Response:
        """A draft: how far it is, or what was found and what can be done with it."""
        found = self._draft(draft)
        older = [one for one in self._storage.drafts(found.plan)
                 if one.sent < found.sent and one.state is State.DONE]  # fmt: skip
        return page("draft", draft=found, older=older, progress=self._jobs.progress(found))

    def progress(self, draft: str) -> Response:
        """How far a draft is, for the page's script."""
        progress = self._jobs.progress(self._draft(draft))
        return jsonify(
            {"step": progress.step, "words": progress.words} if progress else {"step": 4, "words": ""}
        )

    def again(self, draft: str) -> Response:
        """Check a draft again that was not checked to the end."""
        found = self._draft(draft)
        if found.state is not State.DONE:
            password = request.form.get("password") or None
            self._storage.set_unfinished(found.id, password is not None)
            self._jobs.start(found, password)
        return _seen(url_for("GET draft", draft=found.id))

    def remove(self, draft: str) -> Response:
        """Remove a draft."""
        found = self._draft(draft)
        self._storage.remove(found.id)
        left = self._storage.drafts(found.plan)
        return _seen(url_for("GET plan", plan=found.plan) if left else url_for("GET home"))

    def report(self, draft: str, checklist: str) -> Response:
        """The gap report of three panels."""
        back = url_for("GET draft", draft=draft)
        response = Response(self._file(self._draft(draft), checklist, "html", back))
        response.headers["Content-Security-Policy"] = f"{content_policy()}; frame-ancestors 'none'"
        return response

    def file(self, draft: str, checklist: str, form: str) -> Response:
        """A report in another format, or the draft with comments, to keep."""
        found = self._draft(draft)
        data = self._file(found, checklist, form)
        if form == "commented":
            ending = PurePath(found.name).suffix.lower()
            ending = ending if ending in (".docx", ".docm", ".pdf") else f".{found.format}"
            return _download(data, f"{file_stem(found.name)}-commented{ending}")
        which = f"-{checklist}" if len(found.checklists) > 1 else ""
        return _download(data, f"{file_stem(found.name)}{which}-gaps.{form}")

    def changes(self, draft: str, checklist: str, old: str) -> Response:
        """What changed since an earlier draft."""
        from planchecker.reports.comparison import comparison_policy

        back = url_for("GET draft", draft=draft)
        response = Response(self._changes(draft, checklist, old, "html", back))
        response.headers["Content-Security-Policy"] = f"{comparison_policy()}; frame-ancestors 'none'"
        return response

    def changes_file(self, draft: str, checklist: str, old: str) -> Response:
        """The same in Word, to keep."""
        data = self._changes(draft, checklist, old, "docx")
        return _download(data, f"{file_stem(self._draft(draft).name)}-changes.docx")

    def templates(self) -> Response:
        """The form for a submission template."""
        return self._templates()

    def template(self) -> Response:
        """A submission template, to keep."""
        kind, checklist = (
            request.form.get("kind", ""),
            self._checklists.get(request.form.get("checklist", "")),
        )
        if kind not in kinds() or checklist is None:
            return self._templates("Choose a template and a checklist from those on offer.", 400)
        chosen = request.form.get("draft", "")
        draft = self._draft(chosen) if chosen else None
        filled = (draft.name, self._read_text(draft)) if draft else None
        years = _typed("years") or DEFAULT_YEARS
        try:
            data = self._jobs.make(work.form_to_fill, kind, checklist, years, _typed("unit"), filled)
        except UsageError as error:
            return self._templates(str(error), 400)
        return _download(data, f"{kind}.docx")

    def ask_to_empty(self) -> Response:
        """Ask whether everything is to be removed."""
        return page("empty", drafts=len(self._storage.drafts()), size=self._storage.used())

    def empty(self) -> Response:
        """Remove everything."""
        self._storage.empty()
        return _seen(url_for("GET home", emptied=1))

    def style(self) -> Response:
        """How all pages look."""
        return Response("".join(inlined(name) for name in _STYLES), mimetype="text/css")

    def script(self) -> Response:
        """What makes the pages livelier; they work without."""
        return Response(str(inlined("web/page.js")), mimetype="text/javascript")

    def icon(self) -> Response:
        """No icon; browsers ask for one of their own accord."""
        return Response(status=204)

    def _home(self, problem: str = "", status: int = 200) -> Response:
        plans: dict[str, list[Draft]] = {}
        for draft in self._storage.drafts():
            plans.setdefault(draft.plan, []).append(draft)
        return page(
            "home", status, problem=problem, plans=plans, checklists=list(self._checklists.values()),
            bounds=self._storage.bounds, folder=self._storage.folder, progress=self._jobs.progress,
            chosen=request.values.get("plan", ""), typed=_typed("plan_name"), emptied="emptied" in request.args,
            ticked=request.form.getlist("checklist") or list(self._checklists)[:1],
        )  # fmt: skip

    def _templates(self, problem: str = "", status: int = 200) -> Response:
        drafts = [draft for draft in self._storage.drafts() if draft.state is State.DONE]
        return page(
            "templates", status, problem=problem, kinds=[load_kind(one) for one in kinds()], drafts=drafts,
            checklists=list(self._checklists.values()), years=_typed("years") or DEFAULT_YEARS, unit=_typed("unit"),
            chosen=request.values.get("draft", ""),
        )  # fmt: skip

    def _draft(self, identifier: str) -> Draft:
        try:
            return self._storage.draft(identifier)
        except KeyError as error:
            raise NotFound from error

    def _read_text(self, draft: Draft) -> bytes:
        text = self._storage.contents(draft.id)[1]
        if text is None:
            raise NotFound
        return text

    def _sheet(self, draft: Draft, checklist: str, with_data: bool = False) -> work.Sheet:
        try:
            data, text = self._storage.contents(draft.id)
            result = self._storage.result(draft.id, checklist)
        except KeyError as error:
            raise NotFound from error
        return work.Sheet(draft.name, text or b"", result, data if with_data else b"")

    def _file(self, draft: Draft, checklist: str, form: str, back: str = "") -> bytes:
        """A file made of a draft: made once, and kept."""
        key = f"{checklist} {form}"
        data = self._storage.file(draft.id, key)
        if data is None:
            sheet = self._sheet(draft, checklist, form == "commented")
            if form == "commented":
                data = self._jobs.make(work.commented, sheet)
            else:
                data = self._jobs.make(work.report, sheet, form, back)
            self._storage.keep_file(draft.id, key, data)
        return data

    def _changes(self, draft: str, checklist: str, old: str, form: str, back: str = "") -> bytes:
        sheets = [self._sheet(self._draft(one), checklist) for one in (old, draft)]
        return self._jobs.make(work.changes, *sheets, form, back)


def _typed(name: str) -> str:
    """What was typed into a field, on one line and not too long."""
    return " ".join(request.form.get(name, "").split())[:_LONGEST]


def _seen(address: str) -> Response:
    """Send the browser on, so that reloading the page sends nothing again."""
    return Response(status=303, headers={"Location": address})


def _download(data: bytes, name: str) -> Response:
    kind = _KINDS.get(PurePath(name).suffix, "application/octet-stream")
    return send_file(io.BytesIO(data), kind, as_attachment=True, download_name=name)


def _day(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds)
    return f"{moment.day} {moment:%B %Y, %H:%M}"
