"""Who may ask for what: the name the page is called by, where a request comes from, and what goes out with it."""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
import socket

from flask import Request, Response, session

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send "Origin: null" with the page's own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?")
_TOKEN = "token"
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class RefusedError(Exception):
    """A request that is not answered; the message says why."""


def host_names(host: str) -> frozenset[str]:
    """The names under which a page that listens on `host` may be asked for.

    A web page of another site can point a name of its own at this machine (DNS rebinding); it cannot
    make a browser send one of these names.
    """
    names = {"localhost", "127.0.0.1", "::1", host.lower()}
    if not is_loopback(host):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    return frozenset(names)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach this host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def refuse_strangers(request: Request, names: frozenset[str], any_address: bool) -> None:
    """Refuse a request under another name, from another site, or without this page's token.

    Args:
        request: the request.
        names: the names the page may be asked for under.
        any_address: whether a bare IP address is such a name too.

    Raises:
        RefusedError: the request is refused.
    """
    if not _is_ours(request.host, names, any_address):
        raise RefusedError(
            "This page does not answer under that name; use the address that planchecker printed."
        )
    if _is_cross_site(request):
        raise RefusedError("Another web page tried to use this one, which is not allowed.")


def refuse_without_token(request: Request) -> None:
    """Refuse a form that this page did not hand out to this browser.

    Raises:
        RefusedError: the request is refused.
    """
    if request.method not in _UNSAFE:
        return
    expected, given = session.get(_TOKEN, ""), request.form.get(_TOKEN, "")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise RefusedError("This form is out of date; go back, reload the page and send it again.")


def token() -> str:
    """The token that this browser's forms carry."""
    if _TOKEN not in session:
        session[_TOKEN] = secrets.token_urlsafe(32)
    return str(session[_TOKEN])


def secured(response: Response) -> Response:
    """The response with the headers that every answer carries."""
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    return response


def _is_ours(host: str, names: frozenset[str], any_address: bool) -> bool:
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["name"].strip("[]").lower()
    return name in names or (any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_cross_site(request: Request) -> bool:
    """Whether a page of another site is behind a request; a link that a person followed here is no matter."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    followed = (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    if site not in ("same-origin", "none") and not followed:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.host}"
