"""From an account's HTTP session to a line to its mail server.

2026-11: a mailbox is no HTTP, but `connect` hands every connector a session, and its adapter is
what says where this program may go: which private hosts the person typed, or that we are in the
practice network or a drill, from which nothing leaves. So the adapter decides here too. One with a
method `dial` is asked for the connection (tests); any other than our guarded one reaches nothing.
"""

import ipaddress
import socket
from typing import Any, Final, Protocol, runtime_checkable

import requests

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.addresses import public_addresses
from socialdesk.networks.imap.wire import Line, Socket, failure, secured
from socialdesk.networks.pinned import PinnedAdapter

CONNECT_S: Final = 10.0
TLS_PORT: Final = 993
STARTTLS_PORT: Final = 143


@frozen
class Place:
    """Where the mailbox is."""

    host: str
    port: int


@runtime_checkable
class Dials(Protocol):
    """An adapter that makes the connection itself: a mail server in this process."""

    def dial(self, place: Place) -> Socket:
        """A connected, ready socket. Raises OSError."""
        ...


def open_line(http: requests.Session, place: Place) -> tuple[Line, bool]:
    """A connected line, and whether it must be made safe by STARTTLS before anything is said.

    Raises RefusedError(UNSAFE) for private addresses that nobody typed, UnreachableError.
    """
    adapter = http.adapters.get("https://")
    try:
        if isinstance(adapter, PinnedAdapter):
            return _guarded(adapter, place)
        if isinstance(adapter, Dials):
            return Line(adapter.dial(place), place.host), False
    except (OSError, UnicodeError) as e:
        raise failure(e, place.host) from e
    raise RefusedError(Refusal.UNSAFE, "no mail server can be reached from here")


def _guarded(adapter: PinnedAdapter, place: Place) -> tuple[Line, bool]:
    sock = _connected(public_addresses(place.host, place.port, adapter.allowed))
    is_plain = _is_loopback(place.host) and place.port != TLS_PORT
    waits_for_tls = place.port == STARTTLS_PORT
    if not is_plain and not waits_for_tls:
        sock = secured(sock, place.host)
    line = Line(sock, place.host, total_s=adapter.total_s)
    return line, waits_for_tls and not is_plain


def _connected(rows: list[tuple[Any, ...]]) -> socket.socket:
    """A socket to the first of the checked addresses that answers."""
    last: OSError = OSError("no address")
    for family, kind, proto, _, address in rows:
        sock = socket.socket(family, kind, proto)
        try:
            sock.settimeout(CONNECT_S)
            sock.connect(address)
        except OSError as e:
            sock.close()
            last = e
        else:
            return sock
    raise last


def _is_loopback(host: str) -> bool:
    """Whether nobody but this machine can listen in. The guard has seen that a person typed it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
