"""Turns are short until an answer is on the wire, and as before when nobody is there to hear it."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from socialdesk.engine.commands import SetPriority
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.process import codec, host
from socialdesk.engine.process.host import Host
from socialdesk.engine.process.supervisor import greet
from socialdesk.places import Workspace
from socialdesk.store.file.short_turns import ShortTurns

ASK = {"id": "a", "do": codec.command_to_json(SetPriority((1,), 1))}
WAIT_S = 20.0


class NoDesk:
    """Takes one command and answers it when told to."""

    def __init__(self) -> None:
        self.asked: Future[Done] = Future()
        self.is_asked = threading.Event()

    def do(self, command: object, command_id: str) -> "Future[Done]":
        self.is_asked.set()
        return self.asked

    def listen(self, listener: object) -> Callable[[], None]:
        return lambda: None


class Ended(ShortTurns):
    """Tells when a turn has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.has_ended = threading.Event()

    def end(self) -> None:
        super().end()
        self.has_ended.set()


@contextmanager
def linked(tmp_path: Path, desk: NoDesk) -> Iterator[tuple[Any, threading.Event]]:
    """The asker's pipe, and what is set once the link is over."""
    over = threading.Event()
    place = Workspace("a", tmp_path / "a", tmp_path / "logs")
    place.prepare()
    listening = Host(cast(Desk, desk), place, on_quit=lambda: None, on_alone=over.set)
    listening.start()
    try:
        yield greet(place), over
    finally:
        listening.close()


def test_they_end_once_the_answer_has_left(tmp_path, monkeypatch):
    usual, turns, desk = sys.getswitchinterval(), Ended(), NoDesk()
    monkeypatch.setattr(host, "SHORT_TURNS", turns)
    with linked(tmp_path, desk) as (pipe, _):
        pipe.send_bytes(codec.to_bytes(ASK))
        assert desk.is_asked.wait(WAIT_S)
        desk.asked.set_result(Done(7, {}))
        assert codec.from_bytes(pipe.recv_bytes()) == {"id": "a", "seq": 7, "answer": {}}
        assert turns.has_ended.wait(WAIT_S)
        assert sys.getswitchinterval() == usual
        pipe.close()


def test_an_asker_who_has_gone_leaves_none_behind(tmp_path, monkeypatch):
    usual, turns, desk = sys.getswitchinterval(), Ended(), NoDesk()
    monkeypatch.setattr(host, "SHORT_TURNS", turns)
    with linked(tmp_path, desk) as (pipe, over):
        pipe.send_bytes(codec.to_bytes(ASK))
        assert desk.is_asked.wait(WAIT_S)
        pipe.close()
        assert over.wait(WAIT_S)
        desk.asked.set_result(Done(7, {}))
        assert sys.getswitchinterval() == usual
