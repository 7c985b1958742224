"""The policy of `networks/http.py`, against a real server on loopback."""

import gzip
import json
import socket
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest
import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks import http
from tests.networks.loopback_server import LoopbackServer, loopback_server

CANARY = "canary-5e1f0c7a"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as server:
        yield server


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=1.0) as session:
        yield session


def test_a_request_names_us_and_sends_no_empty_value(server, session):
    server.answers("/a", body=b'{"x": 1}')
    params: dict[str, http.Value] = {"limit": 40, "max_id": "", "min_id": None, "resolve": True}
    params["types[]"] = ["mention"]
    assert http.get_json(session, server.url + "/a", params).data == {"x": 1}
    (seen,) = server.seen
    assert seen.path == "/a?limit=40&resolve=true&types%5B%5D=mention"
    assert seen.headers["User-Agent"].startswith("SocialDesk/")


def test_cookies_are_not_kept(server, session):
    server.answers("/a", Set_Cookie="track=1; Path=/")
    http.get_json(session, server.url + "/a")
    http.get_json(session, server.url + "/a")
    assert "Cookie" not in server.seen[1].headers


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AuthExpiredError),
        (403, RefusedError),
        (404, RefusedError),
        (410, RefusedError),
        (408, UnreachableError),
        (422, RefusedError),
        (429, RateLimitedError),
        (500, UnreachableError),
        (502, UnreachableError),
        (503, UnreachableError),
        (599, UnreachableError),
        (304, BadAnswerError),
    ],
)
def test_a_status_becomes_its_error(server, session, status, error):
    server.answers("/a", status)
    with pytest.raises(error):
        http.get_json(session, server.url + "/a")


def test_503_with_a_wait_is_a_rate_limit_when_reading_and_doubtful_when_writing(server, session):
    server.answers("/a", 503, Retry_After="30")
    with pytest.raises(RateLimitedError) as read:
        http.get_json(session, server.url + "/a")
    with pytest.raises(UnreachableError) as written:
        http.post_json(session, server.url + "/a", {})
    assert read.value.retry_after_s == 30
    assert written.value.maybe_done


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b"[" * 100_000,
        b"9" * 5000,
        b"\xff\xfe\xfa",
        b'{"a": "\x00"}',
    ],
)
def test_an_unreadable_answer_is_a_bad_answer_and_after_a_write_it_is_doubtful(
    server, session, body
):
    server.answers("/a", body=body)
    with pytest.raises(BadAnswerError):
        http.get_json(session, server.url + "/a")
    with pytest.raises(UnreachableError) as written:
        http.post_json(session, server.url + "/a", {})
    assert written.value.maybe_done


def test_a_web_page_instead_of_json_is_told_apart(server, session):
    server.answers("/a", body=b"<!DOCTYPE html><p>maintenance", Content_Type="text/html")
    with pytest.raises(BadAnswerError) as caught:
        http.get_json(session, server.url + "/a")
    assert caught.value.is_html


@pytest.mark.parametrize("spelled", [str.lower, str.upper])
def test_lone_surrogates_are_replaced_and_pairs_kept(spelled):
    digits = {name: spelled(name) for name in ("d800", "d83d", "de00", "dfff")}
    body = r'{{"a": "\u{d800}x", "b": "\u{d83d}\u{de00}", "\u{dfff}": 1}}'.format(**digits)
    whole = {"a": "�x", "b": "😀", "�": 1}
    assert http.strict_json(body) == http.strict_json(body.encode()) == whole


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_of_more_than_the_cap_is_not_read(server, session, packed):
    plain = b"0" * 30_000_000
    if packed:
        server.answers("/a", body=gzip.compress(plain), Content_Encoding="gzip")
    else:
        server.answers("/a", body=plain[: http.MAX_BYTES + 1])
    with pytest.raises(RefusedError) as caught:
        http.get_bytes(session, server.url + "/a")
    assert caught.value.reason is Refusal.UNSAFE


def test_an_answer_of_exactly_the_cap_is_read(server, session):
    server.answers("/a", body=b"0" * 1000)
    assert len(http.get_bytes(session, server.url + "/a", max_bytes=1000).body) == 1000


def _drip(server, *, header: bool):
    """Bytes that come often enough for the read time-out, for ever."""

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"X: " if header else b"\r\n"))
        while not server.finished.wait(0.05):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    server.routes["/a"] = drip


@pytest.mark.parametrize("header", [True, False])
def test_a_dripping_answer_ends_at_the_deadline(server, header):
    _drip(server, header=header)
    session = http.session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=0.3)
    with session, pytest.raises(UnreachableError) as caught:
        http.post_json(session, server.url + "/a", {})
    assert caught.value.maybe_done


def test_what_never_left_is_not_doubtful():
    def unknown(*_):
        raise socket.gaierror("unknown")

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    refused = http.session(allow_private_hosts=frozenset({"127.0.0.1"}))
    for session, url in [
        (http.session(resolve=unknown), "https://nowhere.example/"),
        (refused, f"http://127.0.0.1:{port}/"),
    ]:
        with pytest.raises(UnreachableError) as caught:
            http.post_json(session, url, {})
        assert not caught.value.maybe_done


def test_a_connection_that_breaks_after_the_request_is_doubtful(server, session):
    server.routes["/a"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    with pytest.raises(UnreachableError) as caught:
        http.post_json(session, server.url + "/a", {})
    assert caught.value.maybe_done


@pytest.mark.parametrize("address", ["", "shop", "https://", "https://[::1", "https://a b/", "x:y"])
def test_what_is_no_web_address_is_refused(address):
    with pytest.raises(RefusedError):
        http.get_bytes(http.session(), address, plain_http=True)


def _everything(error: BaseException | None) -> str:
    """What any log or report could show of an error: its text, and all it was made of."""
    text = ""
    while error is not None:
        text += repr(error) + str(error.__dict__)
        error = error.__cause__ or error.__context__
    return text


@pytest.mark.promise(39)
def test_no_secret_in_any_error_or_log(server, session, caplog):
    caplog.set_level("DEBUG")
    server.answers("/echo", 422, body=f'{{"error": "no {CANARY} \\u001b[31m\\nx"}}'.encode())
    server.answers("/html", body=b"<html>")
    server.routes["/break"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    shown = ""
    for url in (
        f"{server.url}/echo", f"{server.url}/html", f"{server.url}/break", "https://127.0.0.1:1",
        "https://nowhere.invalid", f"https://me:{CANARY}@127.0.0.1:1/{CANARY}", f"x{CANARY}://y",
    ):  # fmt: skip
        for ask in (http.get_json, http.post_form, http.post_json):
            try:
                ask(
                    session if "invalid" not in url else http.session(resolve=_unknown),
                    f"{url}?key={CANARY}" if ask is http.get_json else url,
                    {"secret": CANARY},
                    headers=http.bearer(CANARY),
                )
            except ConnectorError as e:
                shown += _everything(e)
    assert "echo" not in shown or "***" in shown
    assert CANARY not in shown
    assert CANARY not in caplog.text
    assert "\x1b" not in shown and "\n" not in shown


@pytest.mark.promise(39)
@pytest.mark.parametrize("form", [str, quote, quote_plus, lambda s: quote_plus(s).lower()])
def test_a_server_that_quotes_the_address_shows_no_secret_of_it(server, session, form):
    secret = "canary((key)) of/77"
    said = f"no such thing: /echo?key={form(secret)}"
    server.answers("/echo", 400, body=json.dumps({"message": said}).encode())
    with pytest.raises(ConnectorError) as caught:
        http.get_json(session, f"{server.url}/echo", {"key": secret})
    assert "no such thing: /echo?key=***" in _everything(caught.value)


def _unknown(*_):
    raise socket.gaierror("unknown")


def test_an_answer_never_shows_its_body_or_address(server, session):
    server.answers("/a", body=f'"{CANARY}"'.encode(), X_Token=CANARY)
    assert CANARY not in repr(http.get_json(session, f"{server.url}/a?x={CANARY}"))


@pytest.mark.promise(39)
def test_an_answer_with_broken_headers_logs_no_address(server, session, caplog):
    caplog.set_level("DEBUG")

    def broken(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 2\r\n\r\n{}")
        handler.close_connection = True

    server.routes["/a"] = broken
    http.get_bytes(session, f"{server.url}/a?key={CANARY}")
    assert CANARY not in caplog.text
