"""The wall around a drill's engine: no internet socket is made, no name is looked up.

An audit hook sees every way there is (Python's `socket`, `urllib3`, `ssl`), cannot be taken out
again, and stands before any module of ours that could open one is imported. What remains is the
local pipe: a Unix socket, on Windows a named pipe. Source: Python documentation, audit events.
"""

import socket
import sys
from typing import Any, Final

_LOOKUPS: Final = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.getservbyname",
        "urllib.Request",
        "http.client.connect",
        "smtplib.connect",
        "ftplib.connect",
    }
)
_WITH_SOCKET: Final = frozenset(
    {"socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"}
)
_UNKNOWN: Final = -1  # the family of a handle that was given, not made: the calls on it are seen


class DrillGuardError(PermissionError):
    """Something in the drill reached for the network. A PermissionError: a connector takes it for
    a network that cannot be reached, and the drill goes on."""


def install() -> None:
    """For the rest of this process. Called before anything that may open a socket is imported."""
    sys.addaudithook(_check)


def _check(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith(("socket.", "urllib.", "http.", "smtplib.", "ftplib.")):
        return
    if event in _LOOKUPS:
        raise DrillGuardError(f"drill: {event} refused")
    if event == "socket.__new__":
        _require_local(event, args[1], may_be_unknown=True)
    elif event in _WITH_SOCKET:
        _require_local(event, args[0].family, may_be_unknown=False)


def _require_local(event: str, family: int, *, may_be_unknown: bool) -> None:
    local = getattr(socket, "AF_UNIX", None)
    if family == local or (may_be_unknown and family == _UNKNOWN):
        return
    raise DrillGuardError(f"drill: {event} refused")
