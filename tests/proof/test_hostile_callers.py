"""Whoever comes to the engine's pipe, and whatever they say: nobody else is harmed."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from typing import Any

import pytest

from socialdesk.engine.commands import AddPerson
from socialdesk.engine.desk import EngineState
from socialdesk.engine.process import codec
from socialdesk.engine.process.supervisor import dial
from socialdesk.engine.queries import ListPeople
from tests.proof.conftest import WAIT_S, Window, address, engine_pid, is_alive

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(
        not hasattr(socket, "AF_UNIX"), reason="these callers come by a POSIX socket"
    ),
]

LONG = b"\x7f\xff\xff\xff"  # says that two gigabytes follow
Call = Callable[[Window], None]


@pytest.fixture
def honest(window: Window) -> Iterator[Window]:
    """A linked window; after whatever happened it must still be served, by the same engine."""
    pid = window.start()
    yield window
    assert window.do(AddPerson("Ann")).seq > 0
    assert "Ann" in [p.name for p in window.ask(ListPeople())]
    assert EngineState.LOST not in window.states()
    assert engine_pid(window.place) == pid
    assert is_alive(pid)
    with dial(window.place) as another:  # and others still get in
        assert another.poll(WAIT_S)


def raw_socket(window: Window) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(WAIT_S)
    line.connect(address(window.place)["address"])
    return line


def test_a_wrong_key_is_refused(honest: Window) -> None:
    with pytest.raises(AuthenticationError):
        Client(address(honest.place)["address"], authkey=b"0" * 32)


def test_one_who_says_nothing_keeps_nobody_waiting(honest: Window) -> None:
    silent = [raw_socket(honest) for _ in range(3)]
    with dial(honest.place) as link:
        assert link.poll(WAIT_S)
    for line in silent:
        line.close()


def test_noise_instead_of_a_greeting(honest: Window) -> None:
    for noise in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 64, b"\xff" * 64, LONG + b"x" * 4096):
        with raw_socket(honest) as line:
            line.sendall(noise)


def said(raw: bytes) -> Call:
    """Says one message, as one who knows the key."""

    def call(window: Window) -> None:
        with dial(window.place) as link:
            link.send_bytes(raw)
            link.poll(0.2)

    return call


def a_length_of_two_gigabytes(window: Window) -> None:
    with dial(window.place) as link:
        os.write(link.fileno(), LONG + b"x" * 100_000)


def a_command_cut_in_the_middle(window: Window) -> None:
    with dial(window.place) as link:
        os.write(link.fileno(), b"\x00\x00\x10\x00" + b'{"id":"a","do":')


def a_command_and_gone(window: Window) -> None:
    for n in range(50):
        with dial(window.place) as link:
            link.send_bytes(codec.to_bytes(command("AddPerson", {"name": f"P{n}"}, f"c{n}")))


def command(name: Any, values: Any, command_id: Any = "x") -> dict[str, Any]:
    return {"id": command_id, "do": {"name": name, "with": values}}


def as_json(data: Any) -> bytes:
    return json.dumps(data).encode()


NONSENSE: list[Call] = [
    a_length_of_two_gigabytes,
    a_command_cut_in_the_middle,
    a_command_and_gone,
    said(b""),
    said(b"\xff\xfe garbage"),
    said(b"[" * 100_000),
    said(b"[]"),
    said(b'"bye"'),
    said(as_json({})),
    said(as_json({"id": 7})),
    said(as_json({"id": "a", "do": 7})),
    said(as_json({"id": ["a"], "do": None})),
    said(as_json(command("__class__", {}))),
    said(as_json(command("SetStatus", {"ids": "all", "status": []}))),
    said(as_json(command("SetStatus", {"ids": [1], "status": 10**30}))),
    said(as_json(command("SetPriority", {"ids": [2**70], "level": "high"}))),
    said(as_json(command("AddPerson", {"name": None}))),
    said(as_json(command("AddPerson", {"name": {"a": 1}}))),
    said(as_json(command("AddPerson", {"name": "x" * 10_000_000}))),
    said(as_json(command("AddPerson", {"name": "\udc00"}))),
    said(as_json(command("BackUp", {"path": "\x00"}))),
    said(as_json(command("InstallPack", {"name": "../../etc/passwd"}))),
    said(as_json(command("AddAccount", {"network": 5, "fields": 5}))),
]


def test_nonsense_from_one_who_knows_the_key(honest: Window) -> None:
    for number, call in enumerate(NONSENSE):
        call(honest)
        assert honest.do(AddPerson(f"After {number}")).seq > 0
        assert EngineState.LOST not in honest.states(), f"number {number} ended the engine"


def test_one_who_never_reads_keeps_nobody_waiting(honest: Window) -> None:
    """Announcements to a stopped reader fill its pipe; the others go on."""
    with dial(honest.place):
        for n in range(400):
            honest.do(AddPerson(f"Somebody with a name that is long enough {n}"))
