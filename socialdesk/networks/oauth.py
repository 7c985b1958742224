"""The two ends of a sign-in in the browser: PKCE, and a listener for the way back.

Source: RFC 8252 §7.3, §8.3 (loopback), RFC 7636 (PKCE), RFC 9700 §2.1. Some servers check no PKCE
(GoToSocial 0.20 took any verifier), so `state` and the loopback address are the protection.
"""

import base64
import errno
import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.networks.base import OAuthStart
from socialdesk.networks.info import Redirect

OPEN_S: Final = 300.0  # then the listener closes by itself
PATH: Final = "/callback"
MAX_CODE: Final = 4096  # characters

_POLL_S: Final = 0.25
_IDLE_S: Final = 5.0  # a connection that says nothing


def new_state() -> str:
    """A fresh unguessable value, 256 bits."""
    return secrets.token_urlsafe(32)


def new_verifier() -> str:
    """A PKCE code verifier, 64 characters."""
    return secrets.token_urlsafe(48)


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier. Source: RFC 7636 §4.2."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def asking(
    address: str,
    query: Mapping[str, str],
    context: Mapping[str, str],
    *,
    with_pkce: bool = False,
) -> OAuthStart:
    """A sign-in that asks at `address` for a code. `query`: the client, the scope, the redirect
    address and what a network wants besides. `with_pkce`: the verifier stands in the context then.
    Source: RFC 6749 §4.1.1, RFC 7636 §4.3."""
    state = new_state()
    asked = {"response_type": "code", "state": state, **query}
    if with_pkce:
        verifier = new_verifier()
        asked |= {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
        context = {**context, "verifier": verifier}
    return OAuthStart(f"{address}?{urlencode(asked)}", state, context)


def code_of(pasted: str, state: str) -> str:
    """The code in an address bar that a person pasted; it must bring our `state` back. A bare code
    is taken as it is: some networks show just that. Raises RefusedError."""
    pasted = pasted.strip()
    if "://" not in pasted and "?" not in pasted and "=" not in pasted:
        return _checked(pasted)
    try:
        query = parse_qs(urlsplit(pasted).query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        query = {}
    states, codes = query.get("state", []), query.get("code", [])
    if query.get("error"):
        raise RefusedError(Refusal.PERMISSION, "the sign-in was refused in the browser")
    if len(states) != 1 or not secrets.compare_digest(states[0].encode(), state.encode()):
        raise RefusedError(Refusal.OTHER, "this address is of another sign-in")
    return _checked(codes[0] if len(codes) == 1 else "")


def _checked(code: str) -> str:
    if not 0 < len(code) <= MAX_CODE or not code.isprintable() or " " in code:
        raise RefusedError(Refusal.OTHER, "there is no code in what was pasted")
    return code


class PortsTakenError(OSError):
    """Other programs listen on every port that a sign-in may come back to."""


class Loopback:
    """Listens on 127.0.0.1 for one sign-in. The port is bound at once, `start` begins to answer.

    `redirect`: which ports, and how the host is written. Raises PortsTakenError.
    `done`: the words that the browser then shows. Takes the first request that has our path, our
    Host and our `state`; every other one gets an error and the listener goes on waiting.
    """

    def __init__(
        self,
        done: str = "You are signed in. You can close this window.",
        *,
        redirect: Redirect | None = None,
        open_s: float = OPEN_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        redirect = redirect or Redirect()
        self._httpd = _bound(redirect.ports or (0,))
        self._httpd.timeout = _POLL_S
        self._httpd.visit = _Visit(f"{redirect.host}:{self._httpd.server_port}", done)
        self._open_s, self._monotonic = open_s, monotonic
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def redirect_uri(self) -> str:
        """Where the server shall send the browser, port included."""
        return f"http://{self._httpd.visit.host}{PATH}"

    def start(self, state: str) -> None:
        """Answer requests, on a thread of its own, until one brings `state` back."""
        self._httpd.visit.state = state
        self._thread = threading.Thread(target=self._serve, name="sign-in listener", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> str:
        """The code; "" when none came in time or `close` was called.

        Raises RefusedError(PERMISSION) when the person or the server said no.
        """
        visit = self._httpd.visit
        visit.over.wait(timeout_s)
        code, refused = visit.outcome()
        if refused:
            raise RefusedError(Refusal.PERMISSION, "the sign-in was refused in the browser")
        return code

    def close(self) -> None:
        """Stop listening; a `wait` under way ends."""
        self._closing.set()
        self._httpd.visit.over.set()
        if self._thread is not None:
            self._thread.join()
        self._httpd.server_close()

    def _serve(self) -> None:
        end = self._monotonic() + self._open_s
        while not self._httpd.visit.over.is_set() and self._monotonic() < end:
            if self._closing.is_set():
                break
            self._httpd.handle_request()
        self._httpd.visit.over.set()
        self._httpd.server_close()


def _bound(ports: Sequence[int]) -> "_Server":
    """A server on the first free port."""
    for port in ports:
        try:
            return _Server(("127.0.0.1", port), _Handler)
        except OSError as e:
            if e.errno not in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEACCES", 0)):
                raise
    raise PortsTakenError(errno.EADDRINUSE, "every port of this sign-in is taken")


class _Visit:
    """What one sign-in waits for and got. Shared by the request threads."""

    def __init__(self, host: str, done: str) -> None:
        self.host, self.done = host, done
        self.state = ""
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._code, self._refused = "", False

    def take(self, path: str) -> bool:
        """Whether this request is the one; only the first is."""
        query = parse_qs(urlsplit(path).query, keep_blank_values=True, max_num_fields=20)
        state, code, error = (query.get(name, []) for name in ("state", "code", "error"))
        if len(state) != 1 or not self.state or len(code) + len(error) != 1:
            return False
        if not secrets.compare_digest(state[0].encode(), self.state.encode()):
            return False
        if code and not 0 < len(code[0]) <= MAX_CODE:
            return False
        with self._lock:
            if self.over.is_set():
                return False
            self._code, self._refused = (code[0], False) if code else ("", True)
            self.over.set()
        return True

    def outcome(self) -> tuple[str, bool]:
        """The code, and whether the answer was no."""
        with self._lock:
            return self._code, self._refused


class _Server(ThreadingHTTPServer):
    """A thread per connection, so that one silent client blocks nobody."""

    # On Windows reuse would let another program take our port. Elsewhere it lets us listen again
    # within the minute that the last sign-in is remembered (Reddit's apps have one port).
    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    block_on_close = False
    visit: _Visit

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the traceback could show the request."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _IDLE_S
    server: _Server

    def do_GET(self) -> None:
        visit = self.server.visit
        if self.headers.get_all("Host") != [visit.host]:
            self._say(400, "")
        elif self.path.partition("?")[0] != PATH:
            self._say(404, "")
        elif visit.take(self.path):
            self._say(200, visit.done)
        else:
            self._say(400, "")

    def _say(self, status: int, words: str) -> None:
        body = words.encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Log nothing: the request line has the code and the state."""
