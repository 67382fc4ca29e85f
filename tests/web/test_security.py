"""What a hostile page, name, document or client tries on the page, and what each gets."""

from __future__ import annotations

import io
from typing import Any

import pytest

from planchecker.web import work
from planchecker.web.draft import display_name, file_stem
from planchecker.web.security import host_names, is_loopback
from tests.web.desk import Desk

OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FOLLOWED = {**OWN, "Sec-Fetch-Site": "cross-site"}
FRAMED = {**FOLLOWED, "Sec-Fetch-Dest": "iframe"}
FETCHED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
NEIGHBOUR = {**OWN, "Sec-Fetch-Site": "same-site"}
_ID = "0" * 32


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8047", 200),
        ("LOCALHOST:8047", 200),
        ("[::1]:8047", 200),
        ("evil.example", 403),
        ("evil.example:8047", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost.evil.example", 403),
        ("localhost.", 403),
        ("0.0.0.0:8047", 403),
        ("192.168.0.7", 403),
        ("2130706433", 403),
        ("user@localhost", 403),
        ("localhost@evil.example", 403),
        ("localhost/evil", 403),
        ("localhost:8047:1", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
def test_the_page_answers_under_its_own_names_only(desk: Desk, host: str, status: int) -> None:
    response = desk.get("/", headers={"Host": host})
    assert response.status_code == status
    assert "Check this draft" not in response.text or status == 200


def test_on_a_network_addresses_are_names_too_but_no_other_name_is(tmp_path: Any) -> None:
    from planchecker.web.app import Setting, page_app

    desk = Desk(tmp_path)
    setting = Setting(desk.storage, desk.jobs, desk.checklists, host_names("0.0.0.0"), any_address=True)
    client = page_app(setting).test_client()
    for host, status in (("192.168.0.7:8047", 200), ("[fe80::1]", 200), ("evil.example", 403)):
        assert client.get("/", headers={"Host": host}).status_code == status
    desk.close()


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.168.0.7", False), ("planner-pc", False)],
)  # fmt: skip
def test_which_hosts_only_this_computer_reaches(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        (OWN, 200),
        ({**OWN, "Sec-Fetch-Site": "none"}, 200),
        (FOLLOWED, 200),  # a link that a person followed
        (FRAMED, 403),
        (FETCHED, 403),
        (NEIGHBOUR | {"Sec-Fetch-Dest": "script"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_other_sites_can_link_here_and_no_more(desk: Desk, headers: dict[str, str], status: int) -> None:
    assert desk.get("/", headers=headers).status_code == status


@pytest.mark.parametrize(
    "headers",
    [FOLLOWED, FETCHED, NEIGHBOUR, {"Origin": "http://evil.example"}, {"Origin": "null"},
     {"Origin": "https://localhost"}, {"Origin": "http://localhost:9"}],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/empty", "/drafts", f"/drafts/{_ID}/remove", "/templates"])
def test_no_other_site_can_have_anything_done_even_with_the_token(
    desk: Desk, address: str, headers: dict[str, str]
) -> None:
    kept = desk.sent()
    assert desk.client.post(address, data={"token": desk.token()}, headers=headers).status_code == 403
    assert desk.get(kept).status_code == 200


@pytest.mark.parametrize("token", [None, "", "x" * 43, "é", "\x00"])
@pytest.mark.parametrize(
    "address", ["/empty", "/drafts", "/templates", "/drafts/{}/remove", "/drafts/{}/again"]
)
def test_nothing_is_done_without_this_browsers_token(desk: Desk, address: str, token: str | None) -> None:
    kept = desk.sent()
    form = {} if token is None else {"token": token}
    response = desk.client.post(address.format(kept.rpartition("/")[2]), data=form, headers=OWN)
    assert response.status_code == 403 and "out of date" in response.text
    assert desk.get(kept).status_code == 200


def test_the_token_of_another_browser_is_worth_nothing(desk: Desk) -> None:
    kept, other = desk.sent(), desk.app.test_client()
    other.get("/")
    assert other.post("/empty", data={"token": desk.token()}).status_code == 403
    assert desk.get(kept).status_code == 200


def test_the_cookie_is_for_this_page_alone(desk: Desk) -> None:
    cookie = desk.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/drafts/../../etc/passwd", 404),
        ("/drafts/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        ("/drafts/..%5c..%5cwindows", 404),
        ("/drafts/1", 404),
        (f"/drafts/{'A' * 32}", 404),
        (f"/drafts/{_ID}", 404),
        (f"/drafts/{_ID}%00", 404),
        (f"/drafts/{_ID}' OR 1=1 --", 404),
        (f"/drafts/{_ID}/my-list/report", 404),
        (f"/drafts/{_ID}/../report", 404),
        ("/drafts", 405),
        ("/drafts/", 404),
        ("/plans", 404),
        ("/plans/", 404),
        (f"/plans/{_ID}", 404),
        ("/data", 404),
        ("/planchecker-page.sqlite", 404),
        ("/static/page.css", 404),
        ("/page.css/..", 404),
        ("/\\evil.example", 404),
        ("/%0d%0aSet-Cookie:x=1", 404),
        ("/<script>alert(1)</script>", 404),
        ("/" + "a" * 20_000, 404),
    ],
)
def test_addresses_that_are_tried(desk: Desk, address: str, status: int) -> None:
    response = desk.get(address)
    assert response.status_code == status, response.text
    assert (
        "<script>alert" not in response.text
        and "Traceback" not in response.text
        and "root:" not in response.text
    )
    assert response.headers["Content-Security-Policy"] and response.text.count("<h1>") == 1


@pytest.mark.parametrize(
    "what", ["nothing", "../my-list", "my-list/../../x", "%2e%2e", "other-list", "MY-LIST"]
)
@pytest.mark.parametrize("page", ["report", "files/docx", f"since/{_ID}"])
def test_only_checklists_of_this_draft_lead_anywhere(desk: Desk, what: str, page: str) -> None:
    assert desk.get(f"{desk.sent()}/{what}/{page}").status_code == 404


@pytest.mark.parametrize("form", ["exe", "html", "../docx", "sqlite", ""])
def test_only_files_on_offer_are_made(desk: Desk, form: str) -> None:
    assert desk.get(f"{desk.sent()}/my-list/files/{form}").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_do_nothing(desk: Desk, method: str) -> None:
    kept = desk.sent()
    response = desk.client.open(kept, method=method.upper())
    assert response.status_code in (403, 405)
    assert desk.get(kept).status_code == 200


NAMES = [  # as a browser sends it, as it is shown, as a download begins
    ("plan.docx", "plan.docx", "plan"),
    ("C:\\Users\\planner\\Plan v2.docx", "Plan v2.docx", "Plan v2"),
    ("../../etc/passwd", "passwd", "passwd"),
    ("..\\..\\boot.ini", "boot.ini", "boot"),
    ("/", "draft", "draft"),
    ("..", "draft", "draft"),
    ("<script>alert(1)<!-- .docx", "<script>alert(1)<!--.docx", "-script-alert(1)-!--"),
    (
        '"><img src=x onerror=alert(1)>.md',
        '"><img src=x onerror=alert(1)>.md',
        "-img src=x onerror=alert(1)-",
    ),
    ("plan\r\nSet-Cookie: a=b.docx", "planSet-Cookie: a=b.docx", "planSet-Cookie- a=b"),
    ("plan\x00.docx", "plan.docx", "plan"),
    ("exe\u202excod.docx", "exexcod.docx", "exexcod"),
    ("Cynllun iechyd – Ynys Môn.docx", "Cynllun iechyd – Ynys Môn.docx", "Cynllun iechyd – Ynys Môn"),
    ("計画.pdf", "計画.pdf", "計画"),
    ("x" * 300 + ".docx", "x" * 115 + ".docx", "x" * 115),
    ("CON.docx", "CON.docx", "CON"),
    ("   .docx", "docx", "docx"),
    ("", "draft", "draft"),
]


@pytest.mark.parametrize(("given", "shown", "stem"), NAMES)
def test_names_as_they_are_shown_and_downloaded(given: str, shown: str, stem: str) -> None:
    assert display_name(given) == shown
    assert file_stem(shown) == stem


@pytest.mark.parametrize("given", [name for name, _, _ in NAMES if name and "\r" not in name])
def test_a_hostile_name_is_text_wherever_it_is_shown(desk: Desk, given: str) -> None:
    desk.pool.instead[work.open_draft] = lambda data, name, password: work.open_draft(data, "x.md", password)
    draft = desk.sent(name=given.replace('"', "%22"))  # as browsers write it in a form
    plan = f"/plans/{desk.storage.drafts()[0].plan}"
    for address in (draft, plan, "/", "/templates"):
        response = desk.get(address)
        assert response.status_code == 200
        assert "<script>alert" not in response.text and "<img" not in response.text
    download = desk.get(f"{draft}/my-list/files/json").headers["Content-Disposition"]
    assert download.startswith("attachment; filename=") and "\n" not in download and "/" not in download
    assert sorted(path.name for path in desk.storage.folder.iterdir()) == [
        "planchecker-page.lock",
        "planchecker-page.sqlite",
    ]


def test_a_name_beyond_ascii_is_sent_as_rfc_5987_asks(desk: Desk) -> None:
    draft = desk.sent(name="Môn.md")
    download = desk.get(f"{draft}/my-list/files/json").headers["Content-Disposition"]
    assert download == "attachment; filename=Mon-gaps.json; filename*=UTF-8''M%C3%B4n-gaps.json"


def test_a_hostile_plan_name_and_document_are_text(desk: Desk) -> None:
    bad = "<script>alert(1)</script>"
    draft = desk.sent(f"# {bad}\n\nDr Bell {bad} will act.\n".encode(), plan_name=bad + "\x00\u202e")
    for address in (draft, "/", f"{draft}/my-list/report"):
        assert bad not in desk.get(address).text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data", 403),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 403),
        (b"token=" + b"x" * 200_000, "application/x-www-form-urlencoded", 413),
        (b"--x\r\nContent-Disposition: form-data; name=token\r\n\r\n" + b"y" * 200_000 + b"\r\n--x--",
         "multipart/form-data; boundary=x", 413),
        (b"".join(b"--x\r\nContent-Disposition: form-data; name=a%d\r\n\r\n1\r\n" % n for n in range(99)) + b"--x--",
         "multipart/form-data; boundary=x", 413),
        (b'{"token": 1}', "application/json", 403),
    ],
)  # fmt: skip
def test_broken_and_swollen_forms(desk: Desk, body: bytes, kind: str, status: int) -> None:
    response = desk.client.post("/drafts", data=body, content_type=kind)
    assert response.status_code == status and "Traceback" not in response.text
    assert desk.storage.drafts() == ()


def test_several_files_in_one_form_are_one_draft(desk: Desk) -> None:
    files = [(io.BytesIO(b"first"), "a.md"), (io.BytesIO(b"second"), "b.md")]
    assert desk.send(draft=files).status_code == 303
    assert [draft.name for draft in desk.storage.drafts()] == ["a.md"]
