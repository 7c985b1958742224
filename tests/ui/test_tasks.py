"""Answers come back once, on the UI thread, and never to a widget that is gone."""

import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.ui.tasks import Latest, Waiter

ROOT = Path(__file__).parents[2]


def pending() -> tuple[QObject, "Future[Any]", list[Any]]:
    """An owner, a question not yet answered, and where the answer is put."""
    return QObject(), Future(), []


def never(*_: object) -> None:
    raise AssertionError("must not be called")


class Dialog:
    """Stands for what an answer is for; puts down on which thread it dies."""

    def __init__(self, died_on: list[int]) -> None:
        self._died_on = died_on

    def done(self, _: object) -> None:
        """An answer came."""

    def __del__(self) -> None:
        self._died_on.append(threading.get_ident())


def delete_what_is_due() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_answer_from_another_thread_arrives_on_the_ui_thread(qtbot):
    owner, future, seen = pending()
    Waiter(owner, future, lambda v: seen.append((v, QThread.currentThread())), never)
    thread = threading.Thread(target=future.set_result, args=(7,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, owner.thread())]


def test_a_settled_future_is_told_after_the_constructor(qtbot):
    owner, future, seen = pending()
    future.set_result(1)
    Waiter(owner, future, seen.append, never)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [1])


def test_a_refusal_goes_to_failed(qtbot):
    owner, future, seen = pending()
    Waiter(owner, future, never, seen.append)
    refusal = CommandError(CommandFault.TOO_LATE)
    future.set_exception(refusal)
    qtbot.waitUntil(lambda: seen == [refusal])


def test_a_bug_reaches_the_top_of_the_ui_thread(qtbot):
    owner, future, _ = pending()
    Waiter(owner, future, never, never)
    with qtbot.captureExceptions() as raised:
        future.set_exception(ZeroDivisionError())
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_an_owner_that_is_gone_hears_nothing(qtbot):
    owner, future, _ = pending()
    Waiter(owner, future, never, never)
    owner.deleteLater()
    delete_what_is_due()
    future.set_result(1)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("is_owner_gone_first", [False, True])
def test_what_an_answer_is_for_dies_on_the_ui_thread(qtbot, is_owner_gone_first):
    owner, future, died_on = pending()
    Waiter(owner, future, Dialog(died_on).done, never)
    may_settle, is_settled, may_end = (threading.Event() for _ in range(3))

    def read(future: "Future[Any]") -> None:
        """As a reader's thread does: the last to hold the future."""
        may_settle.wait()
        future.set_result(1)
        is_settled.set()
        may_end.wait()

    thread = threading.Thread(target=read, args=(future,))
    thread.start()
    del future
    if is_owner_gone_first:
        owner.deleteLater()
        delete_what_is_due()
    may_settle.set()
    is_settled.wait()
    QCoreApplication.processEvents()
    delete_what_is_due()
    may_end.set()
    thread.join()
    assert died_on == [threading.get_ident()]


def test_no_answer_touches_a_screen_that_is_just_being_deleted():
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.dying_owners"], cwd=ROOT, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 0


def test_a_cancelled_question_is_silent(qtbot):
    owner, future, ended = pending()
    waiter = Waiter(owner, future, never, never)
    waiter.destroyed.connect(lambda: ended.append(True))
    future.cancel()
    qtbot.waitUntil(lambda: bool(ended))


def test_only_the_newest_of_two_questions_is_answered(qtbot):
    (owner, first, seen), (_, second, _) = pending(), pending()
    latest = Latest(owner)
    latest.wait(first, never, never)
    latest.wait(second, seen.append, never)
    second.set_result("second")
    first.set_result("first")
    qtbot.waitUntil(lambda: seen == ["second"])
