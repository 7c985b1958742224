"""The check of a planned post on the screen: as one types, every number with its mentions."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.domain.temperature import (
    Example,
    Flag,
    Ground,
    Mood,
    Temperature,
    Verdict,
    Which,
)
from socialdesk.engine import queries as q
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.temperature import KeepCheck
from socialdesk.engine.desk import Done
from socialdesk.engine.queries.temperature import CheckTemperature, ListTopic
from socialdesk.engine.words.temperature import last_sentence, plain_lines
from socialdesk.ui.temperature.days import DaysDialog
from socialdesk.ui.temperature.dialog import TemperatureDialog, open_check
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.driving import press, type_in
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row

POST = "Ask our director anything #AskBank"
SAID = (
    "your bank lost my money again, this is terrible and nobody answers",
    "the worst bank ever <b>awful</b> service and rude staff",
    "банк третий день не отвечает, карта заблокирована",
    "I hate this bank, my card is broken and I am furious",
    "банк қызметі өте нашар",
)
RED = Temperature(
    verdict=Verdict.RED, grounds=(Ground.NEGATIVE, Ground.INVITATION_NEGATIVE),
    terms=("askbank*", "bank*", "director*"), month=Mood(40, 40, 28), lately=Mood(14, 14, 11),
    n_unresolved=6, flags=(Flag.INVITATION,),
    examples=tuple(
        Example(n, f"Ann {n}", words, NOW - n * 90 * MINUTE) for n, words in enumerate(SAID, 1)
    ),
)  # fmt: skip
GREEN = Temperature(
    verdict=Verdict.GREEN, grounds=(), terms=("bread*",), month=Mood(52, 48, 3),
    lately=Mood(6, 6, 0), n_unresolved=1,
)  # fmt: skip
LITTLE = replace(
    GREEN, verdict=Verdict.LITTLE, grounds=(Ground.FEW,), month=Mood(6, 6, 4), lately=Mood()
)
LOCKED = replace(
    RED, grounds=(Ground.INCIDENT,), incidents=(("INC-2026-0001", "Card payments fail"),),
    lock="INC-2026-0001", lock_id=1, account="@shop@pond.example",
)  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk([a_row(n) for n in range(1, 8)])
    shop = AccountRow(
        id=1, network="mastodon", name="@shop@pond.example", server="pond.example",
        state=AccountState.ON, card=None,
    )  # fmt: skip
    made.answers |= {
        q.ListAccounts: [shop], CheckTemperature: RED, ListTopic: array("q", [3, 2, 1]),
    }  # fmt: skip
    return made


@pytest.fixture
def open_dialog(qtbot, desk, theme):
    under = QWidget()
    qtbot.addWidget(under)

    def make(text: str = POST, **more) -> TemperatureDialog:
        made = TemperatureDialog(desk, lambda: NOW, under, text, **more)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        if text:
            qtbot.waitUntil(lambda: made.findings.found is not None)
        return made

    yield make


def said(dialog) -> str:
    QApplication.processEvents()  # a layout shows what it was given once the events come round
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def buttons(dialog) -> dict[str, QPushButton]:
    QApplication.processEvents()
    return {b.text(): b for b in dialog.findings.findChildren(QPushButton) if b.isVisible()}


def test_a_red_check_shows_its_numbers_reasons_and_worst_examples(open_dialog):
    dialog = open_dialog()
    shown = said(dialog)
    assert "Red" in shown and "Open invitation: it asks everybody to write." in shown
    assert "50 % or more of the mentions are negative." in shown
    assert [text for text in buttons(dialog) if text != "Show"] == [
        "40 mentions in 30 days", "of these 70 % negative (28 of 40 rated)",
        "14 mentions in 72 hours", "of these 79 % negative (11 of 14 rated)",
        "6 complaints unresolved",
    ]  # fmt: skip
    assert all(words in shown for words in SAID)
    assert "askbank*, bank*, director*" in shown
    assert last_sentence() in shown
    assert wrong_format(dialog) == [] and unnamed(dialog) == []


@pytest.mark.parametrize("found", [RED, GREEN, LITTLE, LOCKED])
def test_the_last_sentence_always_stands_there(open_dialog, desk, found):
    desk.answers[CheckTemperature] = found
    dialog = open_dialog()
    assert last_sentence() in said(dialog)
    assert plain_lines(found)[-1] == last_sentence()


def test_too_little_is_neither_green_nor_a_share(open_dialog, desk):
    desk.answers[CheckTemperature] = LITTLE
    dialog = open_dialog()
    assert "Too little to say" in said(dialog) and "Green" not in said(dialog)
    assert "of these 4 negative of 6 rated" in buttons(dialog)
    assert dialog.keep.isEnabled() and dialog.reason.isHidden()


def test_every_number_opens_its_mentions(open_dialog, desk, qtbot):
    dialog = open_dialog()
    asked: list[int] = []
    dialog.mention_asked.connect(asked.append)
    for text, which in (("of these 70 % negative (28 of 40 rated)", Which.NEGATIVE),
                        ("6 complaints unresolved", Which.UNRESOLVED),
                        ("40 mentions in 30 days", Which.MONTH)):  # fmt: skip
        buttons(dialog)[text].click()
        assert desk.asked(ListTopic)[-1] == ListTopic(POST, which)
    qtbot.waitUntil(lambda: dialog.mentions.list.model().rowCount() == 3)
    dialog.mentions.list.go_to(0)
    QTest.keyClick(dialog.mentions.list, Qt.Key.Key_Return)
    assert asked == [3]


def test_an_example_opens_in_the_inbox(open_dialog):
    dialog = open_dialog()
    asked: list[int] = []
    dialog.mention_asked.connect(asked.append)
    buttons(dialog)["Show"].click()
    assert len(asked) == 1


def test_red_is_kept_only_with_a_reason(open_dialog, desk, qtbot):
    dialog = open_dialog()
    assert dialog.reason.isVisible() and not dialog.keep.isEnabled()
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.did(KeepCheck) == []
    dialog.reason.setPlainText("  The director has prepared answers. ")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.did(KeepCheck) == [
        KeepCheck(POST, 0, 0, "The director has prepared answers.")
    ]  # fmt: skip
    qtbot.waitUntil(lambda: dialog._notice.isVisible())
    assert dialog._notice.accessibleName() == "The check is in the journal."


def test_under_a_lock_it_is_refused_in_its_own_words(open_dialog, desk, qtbot):
    desk.answers[CheckTemperature] = LOCKED
    dialog = open_dialog(account="@shop@pond.example")
    qtbot.waitUntil(lambda: dialog._notice.isVisible())
    assert "Planned posts for" in dialog._notice.accessibleName()
    assert "INC-2026-0001" in dialog._notice.accessibleName()
    assert "Not now: planned posts are stopped." in said(dialog)
    assert not dialog.keep.isEnabled() and dialog.reason.isHidden()


def test_account_and_time_are_asked_with_the_words(open_dialog, desk):
    dialog = open_dialog(account="@shop@pond.example", at=NOW + 90 * MINUTE)
    assert desk.asked(CheckTemperature)[-1] == CheckTemperature(POST, 1, NOW + 90 * MINUTE)
    dialog.account.setCurrentIndex(0)
    assert desk.asked(CheckTemperature)[-1].account_id == 0
    dialog._set_time(0)
    assert desk.asked(CheckTemperature)[-1].at == 0


def test_it_is_checked_as_one_types_and_an_empty_text_not_at_all(open_dialog, desk, qtbot):
    dialog = open_dialog("")
    assert desk.asked(CheckTemperature) == [] and not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.text, "Fresh bread")
    qtbot.waitUntil(lambda: dialog.findings.found is not None)
    assert desk.asked(CheckTemperature)[-1].text == "Fresh bread"
    dialog.text.clear()
    qtbot.waitUntil(lambda: dialog.findings.found is None)
    assert "Write or paste what you plan to post" in said(dialog)


def test_what_went_wrong_is_told_in_place(open_dialog, desk, qtbot):
    desk.answers[CheckTemperature] = GREEN
    desk.outcomes[KeepCheck] = CommandError(CommandFault.BAD_INPUT, what="reason")
    dialog = open_dialog()
    dialog.keep.click()
    qtbot.waitUntil(lambda: dialog._notice.isVisible())
    assert dialog.keep.isEnabled()


def test_the_palette_opens_it_over_the_window(window, desk, qtbot):
    window.actions_by_id["check_planned"].run()
    (dialog,) = window.findChildren(TemperatureDialog)
    assert dialog.isVisible()
    dialog.close()


def test_a_planned_text_comes_with_its_account_and_time(window, desk, qtbot):
    open_check(window, "Fresh bread", "@shop@pond.example", NOW + MINUTE)
    (dialog,) = window.findChildren(TemperatureDialog)
    qtbot.waitUntil(lambda: bool(desk.asked(CheckTemperature)))
    assert desk.asked(CheckTemperature)[-1] == CheckTemperature("Fresh bread", 1, NOW + MINUTE)
    dialog.close()


def test_by_keyboard_alone(open_dialog, desk, qtbot):
    dialog = open_dialog("")
    type_in(dialog, POST)
    qtbot.waitUntil(lambda: dialog.findings.found is not None)
    for _ in range(4):
        press(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.reason
    type_in(dialog, "They wait for it.")
    press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.did(KeepCheck)[-1].reason == "They wait for it."


def test_the_days_to_be_careful_on_are_ones_own(open_dialog, desk, qtbot, theme):
    desk.answers[q.ReadSettings] = {"careful_days": "12-16 Independence Day"}
    dialog = open_dialog()
    n_before = len(desk.asked(CheckTemperature))
    next(b for b in dialog.findChildren(QPushButton) if "careful" in b.text()).click()
    days = dialog.findChild(DaysDialog)
    qtbot.waitUntil(lambda: days.save.isEnabled())
    assert days.text.toPlainText() == "12-16 Independence Day"
    assert unnamed(days) == []
    shoot(theme, days, "temperature-days")
    desk.outcomes[SetSetting] = CommandError(CommandFault.BAD_INPUT, what="careful_days")
    days.text.setPlainText("tomorrow")
    QTest.keyClick(days.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: days._notice.isVisible())
    desk.outcomes[SetSetting] = Done()
    days.text.setPlainText("12-16 Independence Day\n2026-02-13 The fire\n")
    QTest.keyClick(days.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(desk.asked(CheckTemperature)) > n_before)
    saved = "12-16 Independence Day\n2026-02-13 The fire"
    assert desk.did(SetSetting)[-1] == SetSetting("careful_days", saved)


@pytest.mark.parametrize(
    ("name", "found", "lists"),
    [("red", RED, False), ("list", RED, True), ("green", GREEN, False), ("little", LITTLE, False),
     ("locked", LOCKED, False)],
)  # fmt: skip
def test_pictures(open_dialog, desk, qtbot, theme, name, found, lists):
    desk.answers[CheckTemperature] = found
    dialog = open_dialog(account="@shop@pond.example")
    if lists:
        buttons(dialog)["of these 70 % negative (28 of 40 rated)"].click()
        qtbot.waitUntil(lambda: dialog.mentions.list.model().rowCount() == 3)
    qtbot.waitUntil(dialog.findings.is_settled)
    for path in shoot(theme, dialog, f"temperature-{name}"):
        assert path.stat().st_size > 10_000
