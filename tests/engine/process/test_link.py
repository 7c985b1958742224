"""The window's end of the pipe: it keeps what was asked until it is answered, and no more than it
may."""

from collections.abc import Iterator
from multiprocessing import Pipe
from typing import Any

import pytest

from socialdesk.domain.errors import EngineDeafError
from socialdesk.engine.commands import SetPriority
from socialdesk.engine.process import codec, link
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.store.file.reader import Readers
from tests.fakes import HandClock

COMMAND = SetPriority((1,), 1)
WAIT_S = 20.0


@pytest.fixture
def desk(tmp_path: Any) -> Iterator[LinkedDesk]:
    made = LinkedDesk(Readers(tmp_path / "none.db"), HandClock(0))
    yield made
    made.close()


@pytest.fixture
def engine(desk: LinkedDesk) -> Iterator[Any]:
    """The other end of its pipe."""
    ours, theirs = Pipe()
    desk.attach(ours)
    yield theirs
    theirs.close()


def asked(engine: Any) -> str:
    """The id of what is asked next."""
    assert engine.poll(WAIT_S)
    return str(codec.from_bytes(engine.recv_bytes())["id"])


def test_what_waits_is_sent_in_the_order_it_was_asked_also_to_the_next_engine(desk, engine):
    ids = [f"{n}" for n in range(20)]
    first, *_ = [desk.do(COMMAND, id) for id in ids]
    assert [asked(engine) for _ in ids] == ids
    engine.send_bytes(codec.to_bytes({"id": ids[0], "seq": 1, "answer": {}}))
    assert first.result(WAIT_S).seq == 1
    engine.close()
    ours, theirs = Pipe()
    desk.attach(ours)
    assert [asked(theirs) for _ in ids[1:]] == ids[1:]
    theirs.close()


def test_a_command_that_waits_is_not_asked_twice(desk, engine):
    first = desk.do(COMMAND, "a")
    assert desk.do(COMMAND, "a") is first
    assert asked(engine) == "a" and not engine.poll()


def test_more_than_may_wait_is_refused_until_there_is_room(desk, engine, monkeypatch):
    monkeypatch.setattr(link, "MAX_WAITING_BYTES", 3 * link.BESIDE_BYTES)
    first, second, third = (desk.do(COMMAND, id) for id in "abc")
    assert isinstance(third.exception(WAIT_S), EngineDeafError)
    assert desk.n_waiting() == 2
    engine.send_bytes(codec.to_bytes({"id": "a", "seq": 1, "answer": {}}))
    assert first.result(WAIT_S).seq == 1 and not second.done()
    desk.do(COMMAND, "d")
    assert [asked(engine) for _ in range(3)] == ["a", "b", "d"]
