"""Promise 46: eight hours of work, compressed, and what is written when something breaks.

Here: an error that nobody handles saves what is being written. In `soak`: the day of
tests/soak/day.py, with its table.
"""

import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from socialdesk.engine.commands import SaveDraft
from socialdesk.engine.desk import Done
from socialdesk.ui.compose.keeper import DraftKeeper
from socialdesk.ui.last_resort import LastResort
from tests.promises.plugin import Trials
from tests.soak import day

MAX_GROWTH_MB, MAX_GAP_MS = 50, 200


class SavingDesk:
    """Notes what is saved."""

    def __init__(self) -> None:
        self.saved: list[SaveDraft] = []

    def do(self, command: SaveDraft) -> "Future[Done]":
        self.saved.append(command)
        done: Future[Done] = Future()
        done.set_result(Done(1, {}))
        return done


@pytest.mark.promise(46)
def test_an_error_nobody_handled_saves_what_is_being_written(qtbot, monkeypatch) -> None:
    logged = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: logged.append(kind))
    window, desk = QWidget(), SavingDesk()
    qtbot.addWidget(window)
    keeper = DraftKeeper(desk, lambda: SaveDraft(7, "Unsaved words", lang="en"), QWidget(window))  # type: ignore[arg-type]
    told: list[str] = []
    resort = LastResort(window, lambda: told.append("told"))
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert desk.saved == []  # nothing was typed
    keeper.touch()
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert [draft.text for draft in desk.saved] == ["Unsaved words"]
    assert logged == [ZeroDivisionError] * 2 and len(told) == 2
    resort.end()


@pytest.mark.soak
@pytest.mark.promise(46)
@pytest.mark.timeout(7_200)
def test_the_window_stays_alive_for_a_working_day(tmp_path: Path, trials: Trials) -> None:
    facts = day.play(tmp_path)
    print(day.table(facts))
    wrong = (
        facts["n_mentions"] < day.N_MENTIONS,
        facts["n_replies"] < day.N_REPLIES,
        facts["n_drills_kept"] < day.N_DRILLS,
        facts["n_kept"] < facts["n_injected"],
        facts["engine_growth"] > MAX_GROWTH_MB,
        facts["window_growth"] > MAX_GROWTH_MB,
        facts["worst"][1] > MAX_GAP_MS,
        bool(facts["unhandled"] or facts["log"]),
    )
    trials.add(len(wrong), failed=sum(wrong))
    assert not any(wrong), (wrong, facts["unhandled"], facts["log"], facts["given_up"][:20])
    assert facts["n_injected"] == day.N_ERRORS
