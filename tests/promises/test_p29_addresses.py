"""Promise 29: no address of a feed, in whatever spelling and after whatever redirect, leads into
the network the computer is in: nothing is even connected to."""

import socket
from collections.abc import Iterator
from itertools import product

import pytest

from socialdesk.domain.errors import ConnectorError, Refusal, RefusedError
from socialdesk.networks import http
from tests.networks.loopback_server import LoopbackServer, loopback_server
from tests.networks.test_addresses import PRIVATE

INSIDE = [a for a in PRIVATE if a not in ("not-an-address", "1.2.3", "999.1.1.1")]
LITERAL = [a for a in INSIDE if "%" not in a]
SPELLED = (  # as inet_aton and browsers read them: decimal, octal, hexadecimal, short
    "2130706433", "0177.0.0.1", "0x7f.0.0.1", "127.1", "0x7f000001", "017700000001", "3232235777",
    "0xa9fea9fe", "2852039166", "0300.0250.0.1", "10.1", "0xc0a80101", "0", "127.0.1", "0x0.0.0.0",
)  # fmt: skip
NAMES = {f"inside-{n}.example": address for n, address in enumerate(INSIDE)}
PORTS = (80, 443, 22, 6379, 8500)
PUBLIC = "93.184.216.34"


def resolve(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
    """What the system would answer."""
    address = NAMES.get(host, host)
    try:
        address = socket.inet_ntoa(socket.inet_aton(address))
    except OSError:
        if ":" not in address and address not in NAMES.values():
            raise socket.gaierror("unknown") from None
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return [(family, socket.SOCK_STREAM, 6, "", (address, port))]


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address that anything connects to; nothing is."""
    found: list[object] = []

    def connect(self: socket.socket, address: object) -> None:
        found.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return found


def urls() -> Iterator[str]:
    for address in LITERAL:
        yield f"http://[{address}]/feed" if ":" in address else f"http://{address}/feed"
    yield from (f"http://{host}:{port}/feed" for host, port in product(SPELLED, PORTS))
    yield from (f"https://{name}/feed" for name in NAMES)
    yield from (
        f"http://user:pass@{name}:{port}/feed" for name, port in product(NAMES, (80, 6379, 9200))
    )


@pytest.mark.promise(29)
def test_three_hundred_addresses_are_not_connected_to(dialled, trials) -> None:
    session = http.session(resolve=resolve)
    for url in urls():
        with pytest.raises(ConnectorError):
            http.get_bytes(session, url, plain_http=True)
        trials.add()
    assert trials.n_tried >= 300
    assert dialled == []


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as made:
        yield made


@pytest.mark.promise(29)
def test_every_redirect_is_looked_at_again(server, trials) -> None:
    """The first address is allowed by hand; where it leads to is not."""
    session = http.session(allow_private_hosts=frozenset({"127.0.0.1"}), resolve=resolve)
    targets = [f"http://{host}:{server.url.rpartition(':')[2]}/inside"
               for host in ("127.0.0.2", *SPELLED, *NAMES)]  # fmt: skip
    server.answers("/inside", body=b"secret")
    for target in targets:
        server.answers("/feed", 302, b"", Location=target)
        with pytest.raises(ConnectorError):
            http.get_bytes(session, f"{server.url}/feed", plain_http=True)
        trials.add()
    assert {seen.path for seen in server.seen} == {"/feed"}


@pytest.mark.promise(29)
def test_a_name_that_changes_its_answer_gains_nothing(dialled, trials) -> None:
    """The address that was looked at is the one connected to; a mixed answer is refused whole."""
    answers = iter([PUBLIC, "127.0.0.1"] * 20)

    def rebinding(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
        return resolve(next(answers), port)

    for _ in range(20):
        with pytest.raises(ConnectorError):
            http.get_bytes(http.session(resolve=rebinding), "http://a.example/", plain_http=True)
        trials.add()
    assert {address[0] for address in dialled} == {PUBLIC}

    def mixed(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
        return [*resolve(PUBLIC, port), *resolve("10.0.0.1", port)]

    dialled.clear()
    with pytest.raises(RefusedError) as refused:
        http.get_bytes(http.session(resolve=mixed), "http://a.example/", plain_http=True)
    assert refused.value.reason is Refusal.UNSAFE and dialled == []


@pytest.mark.promise(29)
def test_a_person_may_allow_one_host_and_only_that(server, trials) -> None:
    server.answers("/feed", body=b"<rss/>")
    session = http.session(allow_private_hosts=frozenset({"127.0.0.1"}))
    assert http.get_bytes(session, f"{server.url}/feed", plain_http=True).body == b"<rss/>"
    with pytest.raises(RefusedError):
        http.get_bytes(session, server.url.replace("127.0.0.1", "127.0.0.2"), plain_http=True)
    trials.add(2)
