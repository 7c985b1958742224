"""The policy of `networks/http.py`, against a real server on loopback."""

import gzip
import io
import socket
from collections.abc import Iterator

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
    params: dict[str, http.Value] = {
        "limit": 40,
        "max_id": "",
        "min_id": None,
        "types[]": ["mention"],
        "resolve": True,
    }
    assert http.get_json(session, server.url + "/a", params).data == {"x": 1}
    (seen,) = server.seen
    assert seen.path == "/a?limit=40&types%5B%5D=mention&resolve=true"
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


def test_lone_surrogates_are_replaced_and_pairs_kept():
    assert http.strict_json(rb'{"a": "\ud800x", "b": "\ud83d\ude00", "\udfff": 1}') == {
        "a": "�x",
        "b": "😀",
        "�": 1,
    }


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


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_read_is_redirected_and_only_permanent_moves_are_told(server, session, status):
    server.answers("/a", status, Location="/b")
    server.answers("/b", body=b"[1]")
    answer = http.get_bytes(session, server.url + "/a", headers=http.bearer("t"))
    assert answer.body == b"[1]"
    assert answer.moved_to == (server.url + "/b" if status in (301, 308) else "")
    assert server.seen[1].headers["Authorization"] == "Bearer t"


def test_a_permanent_move_after_a_temporary_one_is_not_told(server, session):
    server.answers("/a", 302, Location="/b")
    server.answers("/b", 301, Location="/c")
    server.answers("/c")
    assert http.get_bytes(session, server.url + "/a").moved_to == ""


def test_another_host_gets_no_credentials(server, session):
    with loopback_server() as other:
        server.answers("/a", 302, Location=f"{other.url.replace('//', '//me:pw@')}/b")
        other.answers("/b")
        headers = {**http.bearer("t"), "Idempotency-Key": "k", "X-Own": "1"}
        http.get_json(session, server.url + "/a", headers=headers)
    assert not {"Authorization", "Idempotency-Key", "X-Own"} & set(other.seen[0].headers)


def test_a_write_is_never_sent_to_another_host(server, session):
    with loopback_server() as other:
        for status in (301, 302, 307, 308):
            server.answers("/a", status, Location=f"{other.url}/b")
            with pytest.raises(RefusedError):
                http.post_json(session, server.url + "/a", {"status": "hello"})
        assert other.seen == []


def test_a_write_is_repeated_on_its_own_host(server, session):
    server.answers("/a", 308, Location="/b")
    server.answers("/b", body=b"{}")
    http.post_json(session, server.url + "/a", {"status": "hello"})
    assert server.seen[1].method == "POST"
    assert server.seen[1].body == server.seen[0].body


def test_a_write_answered_with_303_is_doubtful(server, session):
    server.answers("/a", 303, Location="/b")
    with pytest.raises(UnreachableError) as caught:
        http.post_json(session, server.url + "/a", {})
    assert caught.value.maybe_done


def test_endless_redirects_end(server, session):
    server.answers("/a", 302, Location="/a")
    with pytest.raises(RefusedError):
        http.get_json(session, server.url + "/a")
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://10.0.0.1/",
     "https://169.254.169.254/latest", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
     "https://[bad", "//localhost/x"],
)  # fmt: skip
def test_a_redirect_to_an_unsafe_place_is_refused(server, session, target):
    server.answers("/a", 302, Location=target)
    with pytest.raises(RefusedError) as caught:
        http.get_json(session, server.url + "/a")
    assert caught.value.reason is Refusal.UNSAFE


def test_https_never_becomes_http():
    class Downgrade(requests.adapters.BaseAdapter):
        def send(self, request, *_, **__):
            response = requests.Response()
            response.status_code = 301
            response.headers["Location"] = "http://shop.example/feed"
            response.raw = io.BytesIO()
            return response

        def close(self):
            pass

    session = requests.Session()
    session.mount("https://", Downgrade())
    with pytest.raises(RefusedError) as caught:
        http.get_bytes(session, "https://shop.example/feed", plain_http=True)
    assert caught.value.reason is Refusal.UNSAFE


def test_http_needs_leave():
    session = http.session(resolve=_resolves_to("127.0.0.1"))
    for plain_http in (False, True):  # refused for its scheme, then for its address
        with pytest.raises(RefusedError):
            http.get_bytes(session, "http://shop.example/feed", plain_http=plain_http)


def _resolves_to(*addresses: str):
    def resolve(host, port, *_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    return resolve


def test_a_name_is_looked_up_once_and_connected_where_it_was_checked(server):
    """DNS rebinding: the second answer would be another one."""
    looked_up = []

    def resolve(host, port, *_):
        looked_up.append(host)
        return _resolves_to("127.0.0.1")(host, port)

    port = int(server.url.rpartition(":")[2])
    allowed = frozenset({"practice.test"})
    server.answers("/a", body=b"[7]")
    with http.session(allow_private_hosts=allowed, resolve=resolve) as session:
        assert http.get_json(session, f"http://practice.test:{port}/a").data == [7]
    assert looked_up == ["practice.test"]


def test_one_private_address_among_public_ones_refuses_the_name():
    session = http.session(resolve=_resolves_to("93.184.216.34", "10.0.0.5"))
    with pytest.raises(RefusedError):
        http.get_json(session, "https://mixed.example/")


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "0"])
def test_an_address_in_disguise_is_seen_through(host):
    """The system's resolver reads these as 127.0.0.1 and 0.0.0.0; so did `inet_aton` always."""

    def resolve(name, port, *_):
        return _resolves_to(socket.inet_ntoa(socket.inet_aton(name)))(name, port)

    with pytest.raises(RefusedError) as caught:
        http.get_json(http.session(resolve=resolve), f"https://{host}/")
    assert caught.value.reason is Refusal.UNSAFE


def test_the_body_of_a_redirect_is_capped_too(server, session):
    server.answers("/a", 302, body=b"0" * (http.MAX_BYTES + 1), Location="/b")
    with pytest.raises(RefusedError):
        http.get_json(session, server.url + "/a")


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


def test_a_proxy_of_the_environment_is_used_but_not_towards_local_names(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    session = http.session()
    server.routes["http://shop.example/feed"] = server.routes.setdefault(
        "x", lambda handler: handler.send_error(418)
    )
    with pytest.raises(RefusedError) as used:
        http.get_bytes(session, "http://shop.example/feed", plain_http=True)
    assert "418" in str(used.value)
    for host in ("localhost", "printer.local", "192.168.1.1", "[::1]", "0x7f.1"):
        with pytest.raises(RefusedError) as refused:
            http.get_bytes(session, f"http://{host}/", plain_http=True)
        assert refused.value.reason is Refusal.UNSAFE


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


def _unknown(*_):
    raise socket.gaierror("unknown")


def test_an_answer_never_shows_its_body_or_address(server, session):
    server.answers("/a", body=f'"{CANARY}"'.encode(), X_Token=CANARY)
    assert CANARY not in repr(http.get_json(session, f"{server.url}/a?x={CANARY}"))
