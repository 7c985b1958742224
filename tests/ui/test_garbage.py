"""Garbage of the window dies in the UI's thread, whoever is busy; the start's is passed over."""

import gc
import sys
import threading
from types import ModuleType

import pytest
from PySide6.QtCore import QObject

from socialdesk.ui import garbage
from socialdesk.ui.collector import Collector

N_LEFT, N_MADE = 50, 20_000


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()  # as tests/conftest.py had it


def test_what_is_left_over_dies_in_the_uis_thread(qtbot):
    died: list[int] = []

    class Left(QObject):
        def __del__(self):
            died.append(threading.get_ident())

    def leave():
        left = Left()
        vars(left)["itself"] = left

    parent = QObject()
    with garbage.by_hand():
        Collector(parent).look()  # the start is over
        for _ in range(N_LEFT):
            leave()
        made: list[list[int]] = []
        reader = threading.Thread(target=lambda: made.extend([] for _ in range(N_MADE)))
        reader.start()
        reader.join()
        assert died == []
        qtbot.waitUntil(lambda: len(died) == N_LEFT)
    assert set(died) == {threading.get_ident()}


def test_nothing_is_looked_through_while_nothing_is_made(qtbot):
    parent, rounds = QObject(), []
    collector = Collector(parent)

    def note(phase, facts):
        rounds.append(facts["generation"])

    with garbage.by_hand():
        collector.look()
        gc.collect()
        gc.callbacks.append(note)
        collector.look()
        gc.callbacks.remove(note)
    assert rounds == []


def test_what_the_start_made_is_passed_over(qtbot):
    kept: list[list[int]] = [[] for _ in range(5_000)]
    before, parent = gc.get_freeze_count(), QObject()
    Collector(parent).look()
    assert gc.get_freeze_count() >= before + len(kept)


def test_what_comes_with_a_screens_modules_is_looked_through_once(monkeypatch):
    parent, died = QObject(), []
    collector = Collector(parent)

    class Left:
        def __del__(self):
            died.append(self)

    with garbage.by_hand():
        collector.look()
        left = Left()
        vars(left)["itself"] = left
        del left
        screen: list[list[int]] = [[] for _ in range(5_000)]
        before = gc.get_freeze_count()
        monkeypatch.setitem(sys.modules, "a_screen", ModuleType("a_screen"))
        collector.look()
        assert len(died) == 1
        assert gc.get_freeze_count() >= before + len(screen)
        n_passed_over = gc.get_freeze_count()
        collector.look()
        assert gc.get_freeze_count() == n_passed_over


def test_python_looks_by_itself_again_at_the_end():
    gc.enable()
    with pytest.raises(ValueError), garbage.by_hand():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
