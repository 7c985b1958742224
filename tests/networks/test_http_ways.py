"""Where a request may go: redirects, private addresses, proxies."""

import io
import socket
from collections.abc import Iterator

import pytest
import requests

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.networks import http
from tests.networks.loopback_server import LoopbackServer, loopback_server
from tests.networks.test_addresses import PRIVATE as LISTED

PRIVATE = [a for a in LISTED if a not in ("not-an-address", "1.2.3", "999.1.1.1")]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as server:
        yield server


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=1.0) as session:
        yield session


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


def _literal(address: str) -> str:
    return f"[{address.partition('%')[0]}]" if ":" in address else address


def _resolved(address: str):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    def resolve(_, port, *__):
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    return resolve


def test_300_ways_inside_open_no_connection(monkeypatch):
    """Every private address: typed, as a name, behind a redirect; https and plain http."""

    def trap(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", trap)
    n = 0
    for address in PRIVATE:
        session = http.session(resolve=_resolved(address))
        redirecting = http.session(resolve=_resolved(address))
        for scheme in ("https", "http"):
            redirecting.mount("https://start.example", _Redirects(f"{scheme}://in.example/"))
            ways = [
                (session, f"{scheme}://{_literal(address)}/"),
                (session, f"{scheme}://feed.example/rss"),
                (session, f"{scheme}://user:pw@feed.example:8443/"),
                (redirecting, "https://start.example/"),
            ]
            for asking, url in ways:
                with pytest.raises(RefusedError) as caught:
                    http.get_bytes(asking, url, plain_http=True)
                assert caught.value.reason is Refusal.UNSAFE
                n += 1
    assert n >= 300


class _Redirects(requests.adapters.BaseAdapter):
    """A public server that sends everybody on."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def send(self, *_, **__):
        response = requests.Response()
        response.status_code = 302
        response.headers["Location"] = self.target
        response.raw = io.BytesIO()
        return response

    def close(self):
        pass
