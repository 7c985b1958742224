"""The listener of a sign-in takes the one right answer and nothing else."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest

from socialdesk.domain.errors import RefusedError
from socialdesk.networks.info import Redirect
from socialdesk.networks.oauth import Loopback, asking, challenge, new_state, new_verifier

STATE, CODE = "state-canary-1f2e", "code-canary-9a8b"


@contextmanager
def listening(**named) -> Iterator[Loopback]:
    loopback = Loopback(**named)
    loopback.start(STATE)
    try:
        yield loopback
    finally:
        loopback.close()


def ask(loopback: Loopback, request: bytes) -> bytes:
    """Send raw bytes; the status line and all that came."""
    port = int(loopback.redirect_uri.rpartition(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        answer = b""
        try:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            while chunk := sock.recv(65536):
                answer += chunk
        except OSError:  # the listener hung up on us in the middle, as it may
            pass
        return answer


def get(loopback: Loopback, path: str, host: str = "", method: str = "GET") -> bytes:
    host = host or loopback.redirect_uri.partition("//")[2].partition("/")[0]
    return ask(loopback, f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("latin-1"))


@pytest.mark.promise(17)
def test_the_right_answer_gives_the_code_once():
    with listening(done="Signed in.") as loopback:
        assert loopback.redirect_uri.startswith("http://127.0.0.1:")
        answer = get(loopback, f"/callback?state={STATE}&code={CODE}")
        assert answer.startswith(b"HTTP/1.0 200") and answer.endswith(b"Signed in.")
        assert loopback.wait(5) == CODE
        with suppress(ConnectionError):  # closed by now, or about to
            assert b" 200 " not in get(loopback, f"/callback?state={STATE}&code=replayed")
        assert loopback.wait(5) == CODE


def test_a_no_of_the_person_is_told():
    with listening() as loopback:
        get(loopback, f"/callback?state={STATE}&error=access_denied")
        with pytest.raises(RefusedError):
            loopback.wait(5)


@pytest.mark.promise(17)
def test_a_no_without_our_state_is_not_believed():
    with listening() as loopback:
        assert b" 400 " in get(loopback, "/callback?state=x&error=access_denied")
        assert loopback.wait(0) == ""


def hostile(random: Random) -> tuple[str, str, str]:
    """(path, host, method) of a callback that must not be taken."""
    right = f"/callback?state={STATE}&code={CODE}"
    return random.choice(
        [
            (f"/callback?state={STATE[:-1]}{random.randrange(10)}x&code={CODE}", "", "GET"),
            (f"/callback?code={CODE}", "", "GET"),
            (f"/callback?state=&code={CODE}", "", "GET"),
            (f"/callback?state={STATE}&state={STATE}&code={CODE}", "", "GET"),
            (f"/callback?state={STATE}&code={CODE}&code=other", "", "GET"),
            (f"/callback?state={STATE}&code={CODE}&error=no", "", "GET"),
            (f"/callback?state={STATE}", "", "GET"),
            (f"/callback?state={STATE}&code=", "", "GET"),
            (f"/callback?state={STATE}&code={'9' * random.randrange(4097, 60_000)}", "", "GET"),
            (f"/callback?state={STATE}&code={'9' * 1_000_000}", "", "GET"),
            (f"/callback?{'a=1&' * 50}state={STATE}&code={CODE}", "", "GET"),
            (f"/{random.choice(['', 'callback/', 'Callback', 'favicon.ico', '../callback'])}"
             f"?state={STATE}&code={CODE}", "", "GET"),
            (f"//evil.example/callback?state={STATE}&code={CODE}", "", "GET"),
            (right, "evil.example", "GET"),
            (right, "127.0.0.1:1", "GET"),
            (right, "localhost", "GET"),
            (right, "", random.choice(["POST", "PUT", "HEAD", "OPTIONS", "X" * 5000])),
            (f"/callback?state=\xff\xfe&code={CODE}", "", "GET"),
        ]
    )  # fmt: skip


@pytest.mark.promise(17)
def test_200_hostile_callbacks_are_all_refused_and_nothing_is_logged(caplog, capfd, trials):
    caplog.set_level("DEBUG")
    random = Random(8252)
    with listening() as loopback:
        for _ in range(200):
            path, host, method = hostile(random)
            answer = get(loopback, path, host, method)
            assert b" 200 " not in answer.partition(b"\r\n")[0]
        ask(loopback, b"\x16\x03\x01" + random.randbytes(500))  # TLS to a plain port
        ask(loopback, b"GET " + b"A" * 1_000_000)
        ask(loopback, b"")
        assert loopback.wait(0) == ""
        get(loopback, f"/callback?code={CODE}&state={STATE}")  # and the right one still works
        assert loopback.wait(5) == CODE
    shown = caplog.text + "".join(capfd.readouterr())
    assert STATE not in shown and CODE not in shown
    trials.add(200)


@pytest.mark.promise(17)
def test_a_cross_site_form_cannot_answer():
    with listening() as loopback:
        host = loopback.redirect_uri.partition("//")[2].partition("/")[0]
        body = f"state={STATE}&code={CODE}"
        request = f"POST /callback HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n\r\n"
        assert b" 200 " not in ask(loopback, (request + body).encode())
        assert loopback.wait(0) == ""


def test_a_silent_client_does_not_block_the_browser():
    with listening() as loopback:
        port = int(loopback.redirect_uri.rpartition(":")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(b"GET /cal")
            get(loopback, f"/callback?state={STATE}&code={CODE}")
            assert loopback.wait(3) == CODE


def test_nothing_is_taken_before_the_state_is_known():
    loopback = Loopback()
    assert loopback.wait(0) == ""
    loopback.close()


@pytest.mark.promise(17)
def test_the_listener_closes_by_itself():
    with listening(open_s=0.01) as loopback:
        assert loopback.wait(5) == ""


def test_close_ends_the_wait():
    loopback = Loopback()
    loopback.start(STATE)
    loopback.close()
    assert loopback.wait(5) == ""


@pytest.mark.promise(17)
@pytest.mark.parametrize("with_pkce", [False, True])
def test_the_address_asks_for_a_code_and_brings_our_state_back(with_pkce):
    made = asking("https://a.example/auth", {"scope": "read me"}, {"id": "7"}, with_pkce=with_pkce)
    asked = dict(parse_qsl(urlsplit(made.url).query))
    expected = {"response_type": "code", "scope": "read me", "state": made.state}
    if with_pkce:
        verifier = made.context["verifier"]
        expected |= {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
        assert verifier not in made.url
    assert asked == expected
    assert made.context["id"] == "7" and ("verifier" in made.context) == with_pkce


def test_pkce_is_as_the_rfc_shows_it():
    """The example of RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert 43 <= len(new_verifier()) <= 128
    assert new_verifier() != new_verifier() and new_state() != new_state()


def test_a_fixed_port_is_free_again_right_after_a_sign_in() -> None:
    """The connection that we ended is remembered for a minute; Reddit's apps have one port."""
    for _ in range(2):
        with listening(redirect=Redirect(ports=(47641,))) as loopback:
            with socket.create_connection(("127.0.0.1", 47641), timeout=10) as sock:
                path = f"/callback?state={STATE}&code={CODE}"
                sock.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:47641\r\n\r\n".encode())
                while sock.recv(65536):
                    pass
            assert loopback.wait(5) == CODE
