"""An operator's working day in the real window: prints one JSON line at its end.

    python -m tests.soak.day_window WORKSPACE_FOLDER DAY_S N_REPLIES N_DRILLS N_ERRORS FAST SLOW

The engine must be running already, on the same clock (day_clock). The operator goes from screen to
screen, decides, searches, writes replies in the composer and starts drills, each of which opens its
own window and engine. While a drill is on, the clock runs at SLOW, else at FAST. Errors that nobody
handles are thrown in while words lie unsaved in the composer.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from socialdesk.app import run_window
from socialdesk.domain.crisis.incident import DismissReason
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands.crisis import DismissIncident
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.queries import ReadDetail
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.engine.words.drills import DRILLS
from socialdesk.places import workspace
from socialdesk.ui import application
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.window import MainWindow
from tests.soak import day_start
from tests.soak.day_clock import DayClock
from tests.soak.stall_probe import StallProbe

BEAT_MS: Final = 60
PATIENCE_S: Final = 60.0  # the machine may be busy with others, and a drill starts two programs
OVERTIME: Final = 12.0  # days, on a machine that is busy with others
ALL_IN: Final = "all-in"  # a file: every mention is stored, and every reply is out
DRILL_S: Final = 4.0  # real: how long a drill is played
DRILL_PATIENCE_S: Final = 120.0
WORDS: Final = ("refund", "order", "queue", "возврат", "cold bread", "thanks")

Wait = Callable[[], bool] | None  # None: one beat


class InjectedError(Exception):
    """Thrown in by the test; nobody handles it."""


class Operator(QObject):
    """Steps through the day: each `yield` gives the event loop back for a beat, or until."""

    def __init__(self, window: MainWindow, plan: "Plan") -> None:
        super().__init__(window)
        self._window, self._plan = window, plan
        self._inbox = window.inbox
        self._desk = window._desk
        self._dice = Random("day")
        self._what = "start"
        self.n_sent = self.n_drills = self.n_injected = self.n_kept = self.n_screens = 0
        self._answered: set[int] = set()
        self.given_up: list[str] = []
        self.unhandled: list[str] = []
        self._catch()
        self._probe = StallProbe(lambda: self._what, self)
        self._steps = self._day()
        self._until: Wait = None
        self._patience = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    # --- how it goes on

    def _beat(self) -> None:
        if self._until is not None and not self._until():
            if time.monotonic() < self._patience:
                return
            self.given_up.append(self._what)
            self._tell(f"given up: {self._what}")
        try:
            self._until = next(self._steps)
        except StopIteration:
            self._timer.stop()
            self._end()
        self._patience = time.monotonic() + PATIENCE_S

    def _tell(self, text: str) -> None:
        """For who looks on."""
        print(f"{self._plan.share():.3f} {text}", file=sys.stderr, flush=True)

    def _end(self) -> None:
        worst = self._probe.worst
        facts = {
            "n_sent": self.n_sent, "n_drills": self.n_drills, "n_screens": self.n_screens,
            "n_injected": self.n_injected, "n_kept": self.n_kept, "given_up": self.given_up,
            "unhandled": self.unhandled,
            "worst": [round(worst.ms), round(worst.own_ms), worst.what],
            "gaps": [[round(g.ms), round(g.own_ms), g.what] for g in self._probe.gaps],
        }  # fmt: skip
        print(json.dumps(facts), flush=True)
        self._window.close()

    def _catch(self) -> None:
        """Every error that nobody handled, ours thrown in left out."""
        before = sys.excepthook

        def hook(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            if kind is not InjectedError:
                self.unhandled.append(f"{kind.__name__}: {error}")
            before(kind, error, trace)

        sys.excepthook = hook

    # --- the day

    def _day(self) -> Iterator[Wait]:
        yield lambda: self._inbox.pane.model.rowCount() > 0
        rounds = self._rounds()
        while (share := self._plan.share()) < 1 or not self._is_all_done():
            share = min(1.0, share)
            if self.n_drills < share * self._plan.n_drills:
                yield from self._drill()
            elif self.n_injected < share * self._plan.n_errors:
                yield from self._error()
            elif self.n_sent < share * self._plan.n_replies:
                yield from self._reply()
            else:
                yield from next(rounds)

    def _is_all_done(self) -> bool:
        plan = self._plan
        is_done = (
            self.n_sent >= plan.n_replies and self.n_drills >= plan.n_drills
            and self.n_injected >= plan.n_errors and plan.all_in.exists()
        )  # fmt: skip
        return is_done or len(self.given_up) > 200 or plan.share() > OVERTIME

    def _rounds(self) -> Iterator[Iterator[Wait]]:
        places = [view.value for view in View] + [room.key for room in ROOMS]
        while True:
            for place in places:
                yield self._go(place)
            yield self._search()
            yield self._decide()

    def _go(self, place: str) -> Iterator[Wait]:
        self._what = f"go to {place}"
        self._window.show_place(place)
        self.n_screens += 1
        yield None
        if self._window.screens.is_inbox():
            bar = self._inbox.pane.list.verticalScrollBar()
            bar.setValue(self._dice.randrange(bar.maximum() + 1))
            yield None
            QTest.keyClick(self._inbox.pane.list, Qt.Key.Key_J)
        yield None

    def _search(self) -> Iterator[Wait]:
        self._what = "search"
        self._window.show_place(View.ALL.value)
        yield None
        self._inbox.pane.field.setText(self._dice.choice(WORDS))
        for _ in range(8):
            yield None
        self._inbox.pane.clear_search()
        yield None

    def _decide(self) -> Iterator[Wait]:
        self._what = "decide"
        yield from self._to_newest()
        for key in (Qt.Key.Key_J, Qt.Key.Key_E, Qt.Key.Key_J, Qt.Key.Key_E, Qt.Key.Key_Z):
            QTest.keyClick(self._inbox.pane.list, key)
            yield None

    def _to_newest(self) -> Iterator[Wait]:
        """A mention that needs a reply, read and ready to be answered."""
        if self._window.place != View.NEEDS_REPLY.value:
            self._window.show_place(View.NEEDS_REPLY.value)
            yield None
        if self._inbox.pane.n_fresh or self._inbox.pane.model.rowCount() < 20:
            self._inbox.pane.set_order(Order.NEWEST)
            self._inbox.pane.show_view(View.NEEDS_REPLY)
            yield None
        yield lambda: self._is_ready()

    def _is_ready(self) -> bool:
        if self._inbox.pane.is_awaited:  # its first card would take the place of what is typed at
            return False
        row, detail = self._inbox.row, self._inbox.thread_pane.detail
        if row is None and self._inbox.pane.model.rowCount():
            QTest.keyClick(self._inbox.pane.list, Qt.Key.Key_J)
        composer = self._inbox.thread_pane.composer
        if row is not None and row.id in self._answered:
            QTest.keyClick(self._inbox.pane.list, Qt.Key.Key_J)
            return False
        return (
            row is not None and detail is not None and detail.row.id == row.id
            and composer.isEnabled() and not composer._submitter.mention_id
        )  # fmt: skip

    def _reply(self) -> Iterator[Wait]:
        yield from self._to_newest()
        self._what = "reply"
        composer, sent = self._inbox.thread_pane.composer, []
        self._answered.add(self._inbox.row.id if self._inbox.row else 0)
        heard = composer.sent.connect(lambda done: sent.append(done))
        composer.focus_text()
        composer._writing.field.insertPlainText(
            f"Thank you, we are looking into it ({self.n_sent})."
        )
        yield None
        composer.send()
        yield lambda: bool(sent)
        composer.sent.disconnect(heard)
        self.n_sent += len(sent)
        if not sent:
            self._tell(f"not sent: {composer._notice.text!r} {composer._writing.verdict.fate}")
            composer._writing.field.clear()
            QTest.keyClick(self._inbox.pane.list, Qt.Key.Key_J)

    def _error(self) -> Iterator[Wait]:
        """Words are typed, and before they are saved by themselves something breaks."""
        yield from self._to_newest()
        self._what = "error"
        composer, detail = self._inbox.thread_pane.composer, self._inbox.thread_pane.detail
        if detail is None:
            return
        self.n_injected += 1
        words = f"Unsaved words {self.n_injected}"
        composer._writing.field.insertPlainText(words)
        broke_at = time.monotonic()
        QTimer.singleShot(0, self._break)
        id, found = detail.row.id, []

        def is_kept() -> bool:
            read = self._desk.ask(ReadDetail(id))
            read.add_done_callback(lambda f: found.append(words in _draft_of(f.result())))
            return any(found)

        yield is_kept
        # By the handler, not by the pause of a second and more after which words save themselves.
        self.n_kept += any(found) and time.monotonic() - broke_at < self._plan.kept_within_s
        composer._writing.field.clear()
        composer.save_draft()
        yield None

    def _break(self) -> None:
        raise InjectedError("thrown in")

    def _drill(self) -> Iterator[Wait]:
        self._what = "drill"
        yield from self._calm_down()
        self._plan.clock.change_speed(self._plan.slow)
        yield from _beats(12)
        stream = DRILLS[self.n_drills % len(DRILLS)]
        started = self._desk.do(StartDrill(stream, 10))
        while not started.done():
            yield None
        if started.exception() is not None:  # a new suspicion: calm down once more
            self._plan.clock.change_speed(self._plan.fast)
            yield from _beats(12)
            return
        place = workspace(str(started.result().answer["path"]))
        child = subprocess.Popen(
            [*day_start.COMMAND, "--workspace", str(place.folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + DRILL_PATIENCE_S
        while not place.engine_address.exists() and time.monotonic() < end:
            yield from _beats(3)
        end = time.monotonic() + DRILL_S
        while time.monotonic() < end:
            yield from next(self._rounds())
        self._what = "end drill"
        ended = self._desk.do(EndDrill())
        while not ended.done():
            yield None
        self.n_drills += 1
        self._tell(f"drill {self.n_drills} ended, {self.n_sent} replies, {self.n_injected} errors")
        child.terminate()
        yield lambda: child.poll() is not None
        if child.poll() is None:
            child.kill()
        child.wait()
        self._plan.clock.change_speed(self._plan.fast)

    def _calm_down(self) -> Iterator[Wait]:
        """So many mentions raise suspicions, and while there is one no drill begins."""
        asked = self._desk.ask(ReadStanding())
        while not asked.done():
            yield None
        for standing in asked.result():
            incident = standing.incident.id
            dismissed = self._desk.do(DismissIncident(incident, DismissReason.KNOWN.value))
            yield dismissed.done


class Plan:
    """What the day holds, and how much of it is over."""

    def __init__(self, folder: Path, day_s: str, *values: str) -> None:
        self.clock = DayClock()
        self._began, self._day_ms = self.clock.now_ms(), float(day_s) * 1000
        self.n_replies, self.n_drills, self.n_errors = (int(value) for value in values[:3])
        self.fast, self.slow = (float(value) for value in values[3:])
        self.kept_within_s = 0.8
        self.all_in = folder / ALL_IN

    def share(self) -> float:
        """Of the day that is over; above 1 after its end."""
        return (self.clock.now_ms() - self._began) / self._day_ms


def _beats(n: int) -> Iterator[Wait]:
    for _ in range(n):
        yield None


def _draft_of(detail: Any) -> str:
    return detail.draft.text if detail is not None and detail.draft is not None else ""


def main(folder: str, *values: str) -> int:
    """The program's window, with an operator in it."""
    day_start.go_by_the_day()

    def manned(*args: Any, **named: Any) -> MainWindow:
        window = MainWindow(*args, **named)
        window.show()
        Operator(window, Plan(Path(folder), *values))
        return window

    vars(application)["MainWindow"] = manned
    return run_window(["--workspace", folder])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
