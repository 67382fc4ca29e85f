"""The page as a Flask application: what guards it, what every answer carries, and what errors look like."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from planchecker.checklist import Checklist
from planchecker.errors import PlancheckerError
from planchecker.web import security
from planchecker.web.jobs import BusyError, Jobs
from planchecker.web.pages import Pages, page
from planchecker.web.storage import FullError, Storage

_FORM = 100_000  # bytes of a request beside the draft itself
_SAID = {
    400: "The request cannot be understood; go back and try again.",
    404: "There is nothing here; it may have been removed.",
    405: "This address cannot be used in that way; start from the first page.",
    413: "What was sent is larger than this page takes; save the draft with smaller pictures and send that.",
}
_ROUTES = (
    ("/", "GET", "home"),
    ("/drafts", "POST", "send"),
    ("/plans/<hex:plan>", "GET", "plan"),
    ("/drafts/<hex:draft>", "GET", "draft"),
    ("/drafts/<hex:draft>/progress", "GET", "progress"),
    ("/drafts/<hex:draft>/again", "POST", "again"),
    ("/drafts/<hex:draft>/remove", "POST", "remove"),
    ("/drafts/<hex:draft>/<list:checklist>/report", "GET", "report"),
    ("/drafts/<hex:draft>/<list:checklist>/files/<any(docx,xlsx,json,commented):form>", "GET", "file"),
    ("/drafts/<hex:draft>/<list:checklist>/since/<hex:old>", "GET", "changes"),
    ("/drafts/<hex:draft>/<list:checklist>/since/<hex:old>/docx", "GET", "changes_file"),
    ("/templates", "GET", "templates"),
    ("/templates", "POST", "template"),
    ("/empty", "GET", "ask_to_empty"),
    ("/empty", "POST", "empty"),
    ("/page.css", "GET", "style"),
    ("/page.js", "GET", "script"),
    ("/favicon.ico", "GET", "icon"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and with what a page runs.

    Attributes:
        storage: what it keeps.
        jobs: what it has done in the background.
        checklists: those on offer, by id, the first one ticked.
        names: the names it may be asked for under.
        any_address: whether a bare IP address is such a name too.
        cookie: name of its cookie.
    """

    storage: Storage
    jobs: Jobs
    checklists: Mapping[str, Checklist]
    names: frozenset[str] = field(default_factory=lambda: security.host_names("127.0.0.1"))
    any_address: bool = False
    cookie: str = "planchecker"


class _Hex(BaseConverter):
    regex = "[0-9a-f]{32}"


class _List(BaseConverter):
    regex = "[a-z0-9][a-z0-9-]{0,99}"


def page_app(setting: Setting) -> Flask:
    """The application."""
    app = Flask("planchecker.web", static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),  # a new one each time: forms of an earlier run count for nothing
        SESSION_COOKIE_NAME=setting.cookie,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=setting.storage.bounds.draft + _FORM,
        MAX_FORM_MEMORY_SIZE=_FORM,
        MAX_FORM_PARTS=50,
    )
    app.url_map.converters |= {"hex": _Hex, "list": _List}
    pages = Pages(setting.storage, setting.jobs, setting.checklists)
    for rule, method, name in _ROUTES:
        app.add_url_rule(rule, f"{method} {name}", getattr(pages, name), methods=[method])
    app.before_request(lambda: _guard(setting))
    app.after_request(security.secured)
    _tell_errors(app)
    return app


def _guard(setting: Setting) -> None:
    security.refuse_strangers(request, setting.names, setting.any_address)
    if request.endpoint != "POST send" or request.mimetype != "multipart/form-data":
        request.max_content_length = _FORM
    security.refuse_without_token(request)


def _tell_errors(app: Flask) -> None:
    """Every error is a page of one sentence, with its status."""

    @app.errorhandler(security.RefusedError)
    def refused(error: security.RefusedError) -> Response:
        return page("error", 403, said=str(error))

    @app.errorhandler(PlancheckerError)
    def on_purpose(error: PlancheckerError) -> Response:
        status = 503 if isinstance(error, BusyError) else 507 if isinstance(error, FullError) else 422
        return page("error", status, said=str(error))

    @app.errorhandler(sqlite3.Error)
    @app.errorhandler(OSError)
    def disk(error: Exception) -> Response:
        app.logger.error("The data folder cannot be used: %s", error)
        said = "The folder of this page cannot be read or written; see that its disk is there and has room."
        return page("error", 507, said=said)

    @app.errorhandler(HTTPException)
    def usual(error: HTTPException) -> Response:
        status = error.code or 500
        return page("error", status, said=_SAID.get(status, "The request cannot be answered; try again."))

    @app.errorhandler(Exception)
    def defect(error: Exception) -> Response:
        app.logger.exception("A defect in planchecker")
        said = "A defect in planchecker stopped this; please report what its window says. Nothing was lost."
        return page("error", 500, said=said)
