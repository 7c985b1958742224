"""The line to a mail server: where it may go, how long it waits, how much it takes, and TLS."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import requests.adapters

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.networks import http
from socialdesk.networks.imap import NETWORK, dialling, wire
from socialdesk.networks.imap.wire import Line
from tests.networks.fake_imap import PASSWORD, USER
from tests.networks.imap_kit import MENTIONS, SINCE

TLS = Path(__file__).parents[1] / "fixtures/tls"


class Pieces:
    """A socket that gives these pieces one by one, each after `step_s` of the test's clock."""

    def __init__(self, *pieces, step_s=0.0):
        self.pieces, self.step_s, self.now = list(pieces), step_s, 0.0

    def recv(self, size):
        self.now += self.step_s
        return self.pieces.pop(0) if self.pieces else b""

    def settimeout(self, value):
        assert value is None or value > 0

    def sendall(self, data):
        raise BrokenPipeError

    def close(self):
        self.pieces = []

    def line(self):
        return Line(self, "mail.example", total_s=60.0, monotonic=lambda: self.now)


def test_lines_and_literals_come_through_any_cuts():
    line = Pieces(*[bytes([byte]) for byte in b"one\r\ntwo\nabcdef\r\n"]).line()
    assert (line.read_line(), line.read_line()) == (b"one", b"two")
    assert line.read_literal(4) == b"abcd"
    assert line.read_line() == b"ef"
    with pytest.raises(UnreachableError, match="hung up"):
        line.read_line()


def test_a_server_that_drips_is_not_waited_for_for_ever():
    line = Pieces(*[b"x"] * 1000, step_s=0.5).line()
    with pytest.raises(UnreachableError, match="too slowly"):
        line.read_line()


def test_a_new_exchange_has_its_own_time():
    pieces = Pieces(*[b"x\n"] * 10, step_s=50.0)
    line = pieces.line()
    for _ in range(10):
        line.restart()
        assert line.read_line() == b"x"


def test_limits_of_a_line_a_literal_and_an_answer(monkeypatch):
    monkeypatch.setattr(wire, "MAX_LINE_BYTES", 10)
    with pytest.raises(BadAnswerError, match="without end"):
        Pieces(b"x" * 8, b"x" * 8, b"x").line().read_line()
    monkeypatch.setattr(wire, "MAX_LITERAL_BYTES", 6)
    line = Pieces(b"abcdefgh", b"ij", b")\n").line()
    assert (line.read_literal(10), line.read_line()) == (b"abcdef", b")")
    monkeypatch.setattr(wire, "MAX_ANSWER_BYTES", 20)
    line = Pieces(*[b"xxxx\n"] * 9).line()
    with pytest.raises(BadAnswerError, match="more than was asked"):
        [line.read_line() for _ in range(9)]


# Where it may go


def connector(session, host, port=993):
    settings = {"host": host, "port": str(port), "user": USER, "folder": "INBOX"}
    return NETWORK.connect(session, settings, Secret(PASSWORD), lambda _: None)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1"])
def test_a_name_that_leads_inside_is_refused(address, monkeypatch):
    def resolve(host, port, *_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(RefusedError) as caught:
        connector(http.session(), "mail.shop.example").card()
    assert caught.value.reason is Refusal.UNSAFE


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.8"])
def test_a_private_host_that_nobody_typed_is_refused(host):
    with pytest.raises(RefusedError) as caught:
        connector(http.session(), host).card()
    assert caught.value.reason is Refusal.UNSAFE


def test_the_session_of_a_drill_or_the_practice_network_reaches_no_mailbox():
    class Practice(requests.adapters.BaseAdapter):
        pass

    session = requests.Session()
    session.mount("https://", Practice())
    with pytest.raises(RefusedError) as caught:
        connector(session, "imap.gmail.com").fetch(MENTIONS, None, since=SINCE)
    assert caught.value.reason is Refusal.UNSAFE


def test_a_port_where_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    session = http.session(allow_private_hosts=frozenset({"127.0.0.1"}))
    with pytest.raises(UnreachableError) as caught:
        connector(session, "127.0.0.1", port).card()
    assert not caught.value.maybe_done


def test_a_name_that_is_none(monkeypatch):
    def resolve(*_):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(UnreachableError, match="was not found"):
        connector(http.session(), "mail.shop.example").card()


# TLS


@contextmanager
def server_once(certificate: str, talk) -> Iterator[tuple[int, list[bytes]]]:
    """A server for one client, inside TLS from the start where a certificate is named: its port,
    and what it heard."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listener.accept()
        with client:
            client.settimeout(10)
            try:
                talk(client if not certificate else wrapped(client, certificate), heard)
            except (OSError, IndexError):
                pass  # the client hung up

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        thread.join(15)
        listener.close()


def wrapped(client, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / certificate)
    return context.wrap_socket(client, server_side=True)


def greets(client, heard):
    with client:
        client.sendall(b"* OK hello\r\n")
        heard.append(client.recv(1000))
        client.sendall(b"s1 BAD that is all\r\n")


@pytest.fixture
def at_shop_test(monkeypatch):
    def resolve(host, port, *_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(TLS / "authority.pem"))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return http.session(allow_private_hosts=frozenset({"shop.test"}))


def test_the_right_certificate_is_accepted(at_shop_test):
    with server_once("good.pem", greets) as (port, heard):
        with pytest.raises(BadAnswerError):  # it says no more than hello
            connector(at_shop_test, "shop.test", port).card()
    assert heard == [b"s1 CAPABILITY\r\n"]


@pytest.mark.parametrize("certificate", ["expired.pem", "wrong_host.pem", "self_signed.pem"])
def test_any_other_is_refused_before_anything_is_said(at_shop_test, certificate):
    with server_once(certificate, greets) as (port, heard):
        with pytest.raises(UnreachableError, match="certificate of shop.test is not valid"):  # noqa: RUF043
            connector(at_shop_test, "shop.test", port).card()
    assert heard == []


def test_a_server_without_tls_hears_no_password(at_shop_test):
    with server_once("", greets) as (port, heard):
        with pytest.raises(UnreachableError):
            connector(at_shop_test, "shop.test", port).card()
    assert PASSWORD.encode() not in b"".join(heard)


def test_starttls_is_a_must_where_encryption_begins_late(at_shop_test, monkeypatch):
    def refuses(client, heard):
        client.sendall(b"* OK hello\r\n")
        heard.append(client.recv(1000))
        client.sendall(b"s1 NO not today\r\n")
        heard.append(client.recv(1000))

    with server_once("", refuses) as (port, heard):
        monkeypatch.setattr(dialling, "STARTTLS_PORT", port)
        with pytest.raises(RefusedError) as caught:
            connector(at_shop_test, "shop.test", port).card()
    assert caught.value.reason is Refusal.UNSAFE
    assert heard == [b"s1 STARTTLS\r\n", b"s2 LOGOUT\r\n"]


def test_what_was_said_before_starttls_is_forgotten(at_shop_test, monkeypatch):
    """A stranger on the way may put lines in; they must not count as the server's."""

    def injects(client, heard):
        client.sendall(b"* OK hello\r\n")
        client.recv(1000)
        client.sendall(b"s1 OK begin\r\n* CAPABILITY IMAP4rev1 EVIL\r\ns2 OK injected\r\n")
        with wrapped(client, "good.pem") as safe:
            heard.append(safe.recv(1000))
            safe.sendall(b"s2 BAD no more\r\n")
            heard.append(safe.recv(1000))

    with server_once("", injects) as (port, heard):
        monkeypatch.setattr(dialling, "STARTTLS_PORT", port)
        with pytest.raises(BadAnswerError):
            connector(at_shop_test, "shop.test", port).card()
    assert heard[0] == b"s2 CAPABILITY\r\n"
    assert not any(b"LOGIN" in line for line in heard)
