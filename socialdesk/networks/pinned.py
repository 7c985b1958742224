"""Connections that go to a checked address and end in time.

Two things `requests` does not do: the address that was checked is the one connected to, so a name
that changes its answer (DNS rebinding) gains nothing; and a deadline for the whole exchange, so a
server that drips one byte before each read time-out holds nobody.
"""

import io
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.networks.addresses import Resolve, is_public, public_addresses

READ_S: Final = 30.0  # silence on the line
TOTAL_S: Final = 60.0  # one exchange, from the first byte sent to the last one read


class _Deadline:
    """When the exchange on one connection must be over."""

    def __init__(self, total_s: float, monotonic: Callable[[], float]) -> None:
        self._total_s, self._monotonic = total_s, monotonic
        self._end = monotonic() + total_s

    def restart(self) -> None:
        self._end = self._monotonic() + self._total_s

    def left_s(self) -> float:
        return self._end - self._monotonic()


class _TimedReader(io.RawIOBase):
    """A socket's raw reader that gives up at the deadline, however often bytes drip in."""

    def __init__(self, raw: Any, sock: Any, deadline: _Deadline) -> None:
        super().__init__()
        self._raw, self._sock, self._deadline = raw, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline.left_s()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(min(READ_S, left))
        n: int | None = self._raw.readinto(buffer)
        return n

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """A connected socket whose readers are `_TimedReader`s; all else is the socket's own."""

    def __init__(self, sock: Any, deadline: _Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        raw = self._sock.makefile("rb", buffering=0)
        return io.BufferedReader(_TimedReader(raw, self._sock, self._deadline))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _Rules:
    """What an adapter's connections share."""

    def __init__(
        self,
        allowed: frozenset[str],
        total_s: float,
        resolve: Resolve | None,
        monotonic: Callable[[], float],
    ) -> None:
        self.allowed, self.resolve = allowed, resolve
        self._total_s, self._monotonic = total_s, monotonic

    def deadline(self) -> _Deadline:
        return _Deadline(self._total_s, self._monotonic)

    def open(self, conn: HTTPConnection) -> socket.socket:
        """A socket to a checked address of the connection's host. Raises urllib3's errors."""
        try:
            rows = public_addresses(conn.host, conn.port, self.allowed, self.resolve)
        except (OSError, UnicodeError) as e:
            raise NameResolutionError(conn.host, conn, socket.gaierror(str(e))) from e
        last: OSError = OSError("no address")
        for row in rows:
            try:
                return _dial(row, conn)
            except OSError as e:
                last = e
        if isinstance(last, TimeoutError):
            raise ConnectTimeoutError(conn, "connecting timed out") from last
        raise NewConnectionError(conn, type(last).__name__) from last


def _dial(row: tuple[Any, ...], conn: HTTPConnection) -> socket.socket:
    family, kind, proto, _, address = row
    sock = socket.socket(family, kind, proto)
    try:
        for option in conn.socket_options or ():
            sock.setsockopt(*option)
        timeout = conn.timeout
        sock.settimeout(timeout if isinstance(timeout, int | float) else READ_S)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


class _Plain(HTTPConnection):
    rules: _Rules

    def _new_conn(self) -> socket.socket:
        return self.rules.open(self)

    def connect(self) -> None:
        super().connect()
        _time_limit(self, self.rules)

    def request(self, *args: Any, **named: Any) -> None:
        _restart(self)
        super().request(*args, **named)


class _Secure(_Plain, HTTPSConnection):
    """The same, over TLS."""


def _time_limit(conn: Any, rules: _Rules) -> None:
    conn.sock = _TimedSocket(conn.sock, rules.deadline())


def _restart(conn: Any) -> None:
    if isinstance(conn.sock, _TimedSocket):
        conn.sock._deadline.restart()


class PinnedAdapter(HTTPAdapter):
    """The adapter of our sessions. `allowed`: lower-case hosts that may be private."""

    def __init__(
        self,
        allowed: frozenset[str] = frozenset(),
        *,
        total_s: float = TOTAL_S,
        resolve: Resolve | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.allowed, self.total_s = allowed, total_s
        rules = {"rules": _Rules(allowed, total_s, resolve, monotonic)}
        self._plain = type("PinnedHTTPConnection", (_Plain,), rules)
        self._secure = type("PinnedHTTPSConnection", (_Secure,), rules)
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> ConnectionPool:
        """The pool for one request; its connections are pinned unless a proxy makes them."""
        if not verify:
            raise RefusedError(Refusal.UNSAFE, "certificates are always checked")
        pool = super().get_connection_with_tls_context(
            request, verify, dict(proxies) if proxies else None, cert
        )
        if select_proxy(request.url or "", proxies):
            self._check_literal(urlsplit(request.url or "").hostname or "")
        elif isinstance(pool, HTTPConnectionPool):
            secure = pool.scheme == "https"
            pool.ConnectionCls = self._secure if secure else self._plain
        return pool

    def _check_literal(self, host: str) -> None:
        """Behind a proxy names are the proxy's to look up; what is plainly local is refused."""
        name = host.lower().rstrip(".")
        if name in self.allowed:
            return
        local = name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
        if local or (_is_address(name) and not is_public(name)):
            raise RefusedError(Refusal.UNSAFE, f"{name} is a private address")


def _is_address(name: str) -> bool:
    return ":" in name or not name.rpartition(".")[2].strip("0123456789abcdefx")
