"""Certificates are always checked: only the right one of a known authority is spoken to."""

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests.adapters

from socialdesk.domain.errors import RefusedError, UnreachableError
from socialdesk.networks import http as our_http

FOLDER = Path(__file__).parents[1] / "fixtures/tls"


@contextmanager
def secure_server(certificate: str) -> Iterator[tuple[int, list[str]]]:
    """An HTTPS server with that certificate: its port, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / certificate)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused handshake
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def session(monkeypatch) -> Iterator[requests.Session]:
    """A session that knows our test authority only, and finds shop.test on loopback."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(FOLDER / "authority.pem"))

    def resolve(_, port, *__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    allowed = frozenset({"shop.test"})
    with our_http.session(allow_private_hosts=allowed, resolve=resolve) as session:
        yield session


@pytest.mark.promise(19)
def test_the_right_certificate_is_accepted(session):
    with secure_server("good.pem") as (port, asked):
        assert our_http.post_json(session, f"https://shop.test:{port}/x", {}).data == {}
    assert asked == ["/x"]


@pytest.mark.promise(19)
@pytest.mark.parametrize("certificate", ["expired.pem", "wrong_host.pem", "self_signed.pem"])
def test_any_other_certificate_is_refused_before_anything_is_sent(session, certificate):
    with secure_server(certificate) as (port, asked):
        with pytest.raises(UnreachableError) as caught:
            our_http.post_json(session, f"https://shop.test:{port}/x", {"secret": "s"})
        assert not caught.value.maybe_done
        assert "certificate" in str(caught.value)
    assert asked == []


@pytest.mark.promise(19)
def test_an_unknown_authority_is_refused(session, monkeypatch):
    monkeypatch.undo()  # the authorities of the world: ours is not among them
    with secure_server("good.pem") as (port, asked), pytest.raises(UnreachableError):
        our_http.post_json(session, f"https://shop.test:{port}/x", {})
    assert asked == []


@pytest.mark.promise(19)
def test_checking_cannot_be_switched_off(session):
    adapter = session.get_adapter("https://shop.test")
    request = session.prepare_request(requests.Request("GET", "https://shop.test/"))
    with pytest.raises(RefusedError):
        adapter.send(request, **{"verify": False})
