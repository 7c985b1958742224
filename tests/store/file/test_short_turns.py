"""Turns are short from the first command to the last one, and as before after them."""

import sys
import threading

import pytest

from socialdesk.domain.changes import Area
from socialdesk.store.file import short_turns
from socialdesk.store.file.short_turns import SHORT_S, ShortTurns
from socialdesk.store.file.writer import Priority, Writer
from tests.fakes import HandClock


def test_turns_are_short_while_commands_are_under_way():
    usual = sys.getswitchinterval()
    turns = ShortTurns()
    turns.begin()
    turns.begin()
    assert sys.getswitchinterval() == pytest.approx(SHORT_S)
    turns.end()
    assert sys.getswitchinterval() == pytest.approx(SHORT_S)
    turns.end()
    assert sys.getswitchinterval() == usual
    with turns.during():
        assert sys.getswitchinterval() == pytest.approx(SHORT_S)
    assert sys.getswitchinterval() == usual


def test_a_command_has_them_and_a_page_has_not(tmp_path):
    usual = sys.getswitchinterval()
    writer = Writer(tmp_path / "workspace.db", clock=HandClock(0), announce=lambda _: None)
    writer.start()
    try:
        seen = {
            priority: writer.submit(lambda tx: sys.getswitchinterval(), priority=priority).result()
            for priority in (Priority.COMMAND, Priority.PAGE)
        }
    finally:
        writer.close()
    assert seen == {Priority.COMMAND: pytest.approx(SHORT_S), Priority.PAGE: usual}
    assert sys.getswitchinterval() == usual


def test_a_command_that_fails_gives_them_back(tmp_path):
    usual = sys.getswitchinterval()
    writer = Writer(tmp_path / "workspace.db", clock=HandClock(0), announce=lambda _: None)
    writer.start()
    assert isinstance(writer.submit(lambda tx: 1 / 0).exception(), ZeroDivisionError)
    writer.close()
    assert sys.getswitchinterval() == usual


def test_work_that_nobody_waits_for_stands_aside(monkeypatch):
    monkeypatch.setattr(short_turns, "ASIDE_S", 30.0)
    usual, turns, seen = sys.getswitchinterval(), ShortTurns(), []

    def work() -> None:
        turns.stand_aside()
        seen.append(sys.getswitchinterval())

    turns.begin()
    worker = threading.Thread(target=work)
    worker.start()
    turns.end()
    worker.join()
    assert seen == [usual]


def test_it_never_stops_for_good(monkeypatch):
    monkeypatch.setattr(short_turns, "ASIDE_S", 0.001)
    turns = ShortTurns()
    with turns.during():
        for _ in range(short_turns.MOST_VAIN):
            turns.stand_aside()
        monkeypatch.setattr(short_turns, "ASIDE_S", 1e6)
        turns.stand_aside()  # in vain for so long: at once


def test_turns_are_short_until_a_command_is_announced(tmp_path):
    usual, seen = sys.getswitchinterval(), []
    writer = Writer(
        tmp_path / "workspace.db",
        clock=HandClock(0),
        announce=lambda _: seen.append(sys.getswitchinterval()),
    )
    writer.start()
    writer.submit(lambda tx: tx.touch(Area.QUEUE)).result()
    writer.close()
    assert seen == [pytest.approx(SHORT_S)]
    assert sys.getswitchinterval() == usual
