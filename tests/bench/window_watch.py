"""The real window under a stop watch; `window_probe` starts it so."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from socialdesk.domain.job import JobRow
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine.commands import AddLabel
from socialdesk.store.file.sqlite import open_reader
from socialdesk.ui import application
from socialdesk.ui.inbox.aim import Aim
from socialdesk.ui.window import MainWindow
from tests.bench.bare_cards import BareCards
from tests.bench.children import FLAG, memory_mb
from tests.bench.harness import percentile

TICK_MS: Final = 16
PRESS_EVERY_MS: Final = 250
PATIENCE_S: Final = 60.0
WAKE_MS: Final = 20  # where nothing else wakes the one who waits
STILL_S: Final = 10.0  # nothing happens: the floor of an act on all
N_JUMPS: Final = 1_000  # before memory is read
WORDS: Final = ("refund", "order", "queue", "возврат")  # searched for


Took = tuple[float, float]  # ms by the clock, and of the processor in the window's own thread


class Watch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def end(self) -> Took:
        return (time.perf_counter() - self._wall) * 1000, (time.thread_time() - self._cpu) * 1000


class Stopwatch(QObject):
    """Waits for the window to be ready, then measures `what` and ends the program."""

    def __init__(self, window: MainWindow, folder: Path, what: str, rounds: int) -> None:
        super().__init__(window)
        self._window, self._folder, self._rounds = window, folder, rounds
        self._pane, self._list = window.inbox.pane, window.inbox.pane.list
        self._dice, self._waking = Random("probe"), QTimer(self)
        measures = {"hands": self._hands, "calm": self._calm, "flood": self._flood,
                    "bulk": self._bulk}  # fmt: skip
        self._measure = measures[what]
        QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        self._until(lambda: self._pane.model.rowCount() > 0)
        self._settle(1.0)
        print(json.dumps(self._measure()), flush=True)
        self._window.close()

    # --- an operator's hands

    def _hands(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"next": [self._press_next() for _ in range(self._rounds)]}
        facts["done"], facts["acknowledged"] = self._decide()
        facts["view"] = [self._show(v) for v in (View.DONE, View.SPAM, View.NEEDS_REPLY) * 7]
        facts["search"] = [self._search(word) for word in WORDS * 5]
        self._show(View.ALL)
        self._settle(2.0)
        facts["n_rows"] = self._pane.model.rowCount()
        facts["scroll"] = [self._jump() for _ in range(self._rounds * 3)]
        for _ in range(N_JUMPS):
            self._jump()
        facts["memory"] = memory_mb()
        facts["scroll_floor"] = self._scroll_floor()  # last: it keeps rows of its own in memory
        return facts

    def _press_next(self) -> Took:
        before = self._list.current()
        return self._effect(
            lambda: QTest.keyClick(self._list, Qt.Key.Key_J),
            lambda: self._list.current() != before,
        )

    def _decide(self) -> tuple[list[Took], list[Took]]:
        """From the key to the card's going, and to the engine's answer."""
        shown, answered = [], []
        desk = self._window._desk
        for _ in range(self._rounds):
            n = self._pane.model.rowCount()
            watch = Watch()
            shown.append(
                self._effect(
                    lambda: QTest.keyClick(self._list, Qt.Key.Key_E),
                    lambda n=n: self._pane.model.rowCount() < n,  # type: ignore[misc]
                )
            )
            self._until(lambda: desk.n_waiting() == 0)  # type: ignore[attr-defined]
            answered.append(watch.end())
            self._settle(0.05)
        return shown, answered

    def _show(self, view: View) -> Took:
        listed: list[bool] = []
        self._pane.listed.connect(lambda: listed.append(True))
        took = self._effect(lambda: self._window.show_place(view.value), lambda: bool(listed))
        self._settle(0.5)
        return took

    def _search(self, word: str) -> Took:
        """From the last letter to the painted cards."""
        self._pane.field.setText(word[:-1])
        self._settle(0.5)
        listed: list[bool] = []
        self._pane.listed.connect(lambda: listed.append(True))
        took = self._effect(lambda: self._pane.field.setText(word), lambda: bool(listed))
        self._pane.clear_search()
        self._settle(0.5)
        return took

    def _jump(self, area: QAbstractScrollArea | None = None) -> Took:
        """To anywhere in the list (or another), painted."""
        shown = area or self._list
        watch, bar = Watch(), shown.verticalScrollBar()
        bar.setValue(self._dice.randrange(bar.maximum() + 1))
        shown.viewport().repaint()
        took = watch.end()
        QApplication.processEvents()
        return took

    def _scroll_floor(self) -> list[Took]:
        conn = open_reader(self._folder / "workspace.db")
        bare = BareCards(conn, self._pane.model.all_ids(), self._list.rowHeight(0))
        bare.resize(self._list.size())
        bare.show()
        taken = [self._jump(bare) for _ in range(self._rounds * 3)]
        bare.close()
        conn.close()
        return taken

    # --- how late the window's own timer comes

    def _calm(self) -> dict[str, Any]:
        return self._lateness()

    def _flood(self) -> dict[str, Any]:
        self._pane.set_order(Order.NEWEST)
        before = self._pane.n_fresh
        (self._folder / FLAG).touch()
        began = time.monotonic()
        facts = self._lateness()
        n_seen = self._pane.n_fresh - before
        return facts | {"n_per_s": n_seen / (time.monotonic() - began), "memory": memory_mb()}

    # --- an act on all that match

    def _bulk(self) -> dict[str, Any]:
        self._show(View.ALL)
        self._settle(2.0)
        before = memory_mb()
        aim = Aim((), is_all=True, view=View.ALL)
        triage = self._window.inbox.acting.triage
        label = Step(StepKind.LABEL, "bulk")
        acts = {
            "label": lambda: triage._do(AddLabel((), "bulk"), aim, label),
            "label_undo": self._window.turns.undo,
            "status": lambda: triage.set_status(aim, Status.WAITING, View.ALL),
            "status_undo": self._window.turns.undo,
        }
        still = time.monotonic() + STILL_S
        facts: dict[str, Any] = {"calm": self._lateness(lambda: time.monotonic() > still)}
        facts |= {name: self._job(act) for name, act in acts.items()}
        return facts | {"before": before, "memory": memory_mb()}

    def _job(self, act: Callable[[], object]) -> dict[str, Any]:
        """From the key to the last slice, as the window tells of it."""
        ended: list[JobRow] = []
        bar = self._window.job_bar
        hear = bar.ended.connect(ended.append)
        began = time.perf_counter()
        act()
        facts = self._lateness(lambda: bool(ended))
        bar.ended.disconnect(hear)
        took = time.perf_counter() - began
        self._settle(1.5)
        return facts | {"seconds": took, "n": ended[0].n_done}

    def _lateness(self, is_over: Callable[[], bool] = bool) -> dict[str, Any]:
        """A timer of TICK_MS for ROUNDS seconds, or until it `is_over`, while somebody leafs
        through the list; "press" = how long a key took to its effect."""
        late: list[float] = []
        loop, timer, press = QEventLoop(), QTimer(self), QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        due = time.perf_counter() + TICK_MS / 1000
        end = time.monotonic() + self._rounds

        def tick() -> None:
            nonlocal due
            late.append(max(0.0, time.perf_counter() - due) * 1000)
            if is_over() or time.monotonic() > end:
                loop.quit()
                return
            due = time.perf_counter() + TICK_MS / 1000
            timer.start(TICK_MS)

        timer.timeout.connect(tick)
        pressed: list[float] = []

        def leaf() -> None:
            watch = Watch()
            QTest.keyClick(self._list, Qt.Key.Key_J)
            self._list.viewport().repaint()
            pressed.append(watch.end()[0])

        press.timeout.connect(leaf)
        press.start(PRESS_EVERY_MS)
        timer.start(TICK_MS)
        loop.exec()
        press.stop()
        shares = {"p50": 0.5, "p99": 0.99}
        return {name: percentile(late, share) for name, share in shares.items()} | {
            "worst": max(late),
            "press": max(pressed, default=0.0),
        }

    # --- waiting

    def _effect(self, act: Callable[[], object], is_done: Callable[[], bool]) -> Took:
        """From `act` to the list painted anew with its effect."""
        watch = Watch()
        act()
        self._until(is_done)
        self._list.viewport().repaint()
        return watch.end()

    def _until(self, is_done: Callable[[], bool]) -> None:
        """Waits asleep, as a window does: one that only asks again and again takes the processor
        from the engine, and the time is counted as its own."""
        end = time.monotonic() + PATIENCE_S
        self._waking.start(WAKE_MS)
        while not is_done():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > end:
                raise TimeoutError("the window did not do it")
        self._waking.stop()

    def _settle(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()


def install(folder: Path, what: str, rounds: int) -> None:
    """On the next window that is made; `what`: see `window_probe`."""

    def watched(*args: Any, **named: Any) -> MainWindow:
        window = MainWindow(*args, **named)
        window.show()
        Stopwatch(window, folder, what, rounds)
        return window

    vars(application)["MainWindow"] = watched
