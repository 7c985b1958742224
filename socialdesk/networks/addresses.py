"""Which addresses of the network a program on somebody's desk may speak to: public ones only.

A feed's address or a redirect is a stranger's choice; it must not reach the router, a printer or
the cloud's metadata service. Source: OWASP ASVS 5 §1.3.6; IANA special-purpose registries.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError

Resolve = Callable[..., list[tuple[Any, ...]]]
"""The signature of `socket.getaddrinfo`."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_SPECIAL: Final = (  # not for the open internet, though Python 3.11 lets them pass
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("fec0::/10"),
)


def is_public(address: str) -> bool:
    """Whether `address` (as `getaddrinfo` writes it) belongs to the open internet.

    IPv4 hidden in IPv6 (mapped, 6to4, Teredo, NAT64) is judged by the IPv4 address too.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    hidden = _hidden(ip)
    if hidden:
        return all(is_public(str(v4)) for v4 in hidden)
    if any(ip.version == net.version and ip in net for net in _SPECIAL):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _hidden(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if ip.version == 4:
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if int(ip) >> 32 == 0:  # ::a.b.c.d, long deprecated, still routed by some systems
        found.append(ipaddress.IPv4Address(int(ip)))
    return [v4 for v4 in found if v4 is not None]


def public_addresses(
    host: str, port: int, allowed: frozenset[str], resolve: Resolve | None = None
) -> list[tuple[Any, ...]]:
    """Where `host` can be reached, as `getaddrinfo` rows; every one of them was checked.

    Connect to one of these rows and never look the name up again: a second answer could differ.
    Raises RefusedError(UNSAFE) when any of them is not public (unless `host` is `allowed`),
    and OSError when the name is unknown.
    """
    rows = (resolve or socket.getaddrinfo)(host, port, 0, socket.SOCK_STREAM)
    if host.lower().rstrip(".") not in allowed:
        for row in rows:
            if not is_public(str(row[4][0])):
                raise RefusedError(Refusal.UNSAFE, f"{host} is a private address")
    return rows
