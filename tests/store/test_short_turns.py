"""Turns are short from the first command to the last one, and as before after them."""

import sys

import pytest

from socialdesk.store.short_turns import SHORT_S, ShortTurns
from socialdesk.store.writer import Priority, Writer
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
