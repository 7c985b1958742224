"""Answers come back once, on the UI thread, and never to a widget that is gone."""

import threading
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.ui.tasks import Latest, Waiter


def pending() -> tuple[QObject, "Future[Any]", list[Any]]:
    """An owner, a question not yet answered, and where the answer is put."""
    return QObject(), Future(), []


def never(*_: object) -> None:
    raise AssertionError("must not be called")


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
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    future.set_result(1)
    QCoreApplication.processEvents()


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
