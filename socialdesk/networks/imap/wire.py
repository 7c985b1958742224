"""One connection to a mail server: bytes out, lines and literals in, each answer within limits.

Nothing that passes here is logged, and no error holds a byte of it: passwords, names and letters
do.
"""

import socket
import ssl
import time
from collections.abc import Callable
from typing import Final, Protocol

import requests.adapters

from socialdesk.domain.errors import BadAnswerError, ConnectorError, UnreachableError
from socialdesk.networks.pinned import READ_S, TOTAL_S

MAX_LINE_BYTES: Final = 4 * 1024 * 1024  # a SEARCH that finds 400,000 letters
MAX_LITERAL_BYTES: Final = 2 * 1024 * 1024  # no piece we ask for is as long
MAX_ANSWER_BYTES: Final = 32 * 1024 * 1024  # all lines and literals of one answer
_CHUNK: Final = 64 * 1024


class Socket(Protocol):
    """What of a connected socket is used. `recv` gives b"" at the end of the connection."""

    def sendall(self, data: bytes, /) -> None: ...

    def recv(self, size: int, /) -> bytes: ...

    def settimeout(self, value: float | None, /) -> None: ...

    def close(self) -> None: ...


class Line:
    """`host`: as the person typed it, for errors and the certificate. Raises ConnectorError."""

    def __init__(
        self,
        sock: Socket,
        host: str,
        *,
        total_s: float = TOTAL_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sock, self._host, self._total_s, self._monotonic = sock, host, total_s, monotonic
        self._buffer = bytearray()
        self.restart()

    def restart(self) -> None:
        """A new exchange begins: its time and its bytes are counted from here."""
        self._end = self._monotonic() + self._total_s
        self._n_read = 0

    def send(self, data: bytes) -> None:
        """All of `data`."""
        try:
            self._sock.settimeout(READ_S)
            self._sock.sendall(data)
        except OSError as e:
            raise failure(e, self._host) from e

    def read_line(self) -> bytes:
        """Up to the next line end, which is left out."""
        while True:
            end = self._buffer.find(b"\n")
            if end >= 0:
                line = self._take(end + 1)
                return line.rstrip(b"\r\n")
            if len(self._buffer) > MAX_LINE_BYTES:
                raise BadAnswerError(f"{self._host} sends a line without end")
            self._fill()

    def read_literal(self, n_bytes: int) -> bytes:
        """A literal of that length; of one longer than we ask for, its first MAX_LITERAL_BYTES."""
        kept = self._read_exactly(min(n_bytes, MAX_LITERAL_BYTES))
        n_left = n_bytes - len(kept)
        while n_left > 0:
            n_left -= len(self._read_exactly(min(n_left, _CHUNK)))
        return kept

    def has_news(self, wait_s: float) -> bool:
        """Whether a line can be begun to read within `wait_s`."""
        if self._buffer:
            return True
        try:
            self._sock.settimeout(wait_s)
            self._keep(self._sock.recv(_CHUNK))
        except TimeoutError:
            return False
        except OSError as e:
            raise failure(e, self._host) from e
        return True

    def secure(self) -> None:
        """Go on encrypted (STARTTLS); what came before in the clear is thrown away unread."""
        self._buffer.clear()
        assert isinstance(self._sock, socket.socket)
        self._sock = secured(self._sock, self._host)

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _read_exactly(self, n_bytes: int) -> bytes:
        while len(self._buffer) < n_bytes:
            self._fill()
        return self._take(n_bytes)

    def _fill(self) -> None:
        left_s = self._end - self._monotonic()
        if left_s <= 0:
            raise UnreachableError(f"{self._host} sends its answer too slowly", maybe_done=False)
        try:
            self._sock.settimeout(min(READ_S, left_s))
            self._keep(self._sock.recv(_CHUNK))
        except OSError as e:
            raise failure(e, self._host) from e

    def _keep(self, data: bytes) -> None:
        if not data:
            raise UnreachableError(f"{self._host} hung up", maybe_done=False)
        self._n_read += len(data)
        if self._n_read > MAX_ANSWER_BYTES:
            raise BadAnswerError(f"{self._host} sends more than was asked for")
        self._buffer += data

    def _take(self, n_bytes: int) -> bytes:
        taken = bytes(self._buffer[:n_bytes])
        del self._buffer[:n_bytes]
        return taken


def secured(sock: socket.socket, host: str) -> socket.socket:
    """The socket inside TLS, with the authorities that HTTP trusts too; closed when that fails.
    Raises UnreachableError."""
    try:
        context = ssl.create_default_context(cafile=requests.adapters.DEFAULT_CA_BUNDLE_PATH)
        return context.wrap_socket(sock, server_hostname=host)
    except (OSError, ValueError) as e:  # a host that can stand in no certificate is a ValueError
        sock.close()
        raise failure(e, host) from e


def failure(error: Exception, host: str) -> ConnectorError:
    """Our error for one of the socket's. Nothing here writes, so nothing is ever half done."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return UnreachableError(f"the certificate of {host} is not valid", maybe_done=False)
    if isinstance(error, TimeoutError):
        return UnreachableError(f"{host} did not answer in time", maybe_done=False)
    if isinstance(error, ssl.SSLError):
        return UnreachableError(f"{host} speaks no safe TLS on this port", maybe_done=False)
    if isinstance(error, socket.gaierror):
        return UnreachableError(f"{host} was not found", maybe_done=False)
    return UnreachableError(
        f"the connection to {host} broke ({type(error).__name__})", maybe_done=False
    )
