"""The six steps by keyboard, offscreen, on a real engine: each one's own work, skipping, going
back, putting off and taking up again."""

import gettext
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from socialdesk import i18n
from socialdesk.domain.errors import UnreachableError
from socialdesk.domain.first_run import FirstRun, FirstStep, Stand
from socialdesk.domain.queue.rows import View
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.first_run import KeepFirstRun
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.queries import ListTemplates, ReadSettings
from socialdesk.engine.queries.first_run import FirstRunRow, ReadFirstRun
from socialdesk.networks.feeds import network as feeds
from socialdesk.ui import language
from socialdesk.ui.accounts.add import AddAccountDialog
from socialdesk.ui.drill.start import StartDrillDialog
from socialdesk.ui.first_run.beginning import PLACE, Beginning
from socialdesk.ui.first_run.drill_step import DrillStep
from socialdesk.ui.first_run.look_step import LookStep
from socialdesk.ui.first_run.notices_step import NoticesStep
from socialdesk.ui.first_run.pack_step import PackStep
from socialdesk.ui.first_run.screen import FirstRunScreen
from socialdesk.ui.first_run.setup_line import SetupLine
from socialdesk.ui.first_run.try_step import TryStep
from socialdesk.ui.first_run.words_step import WordsStep
from socialdesk.ui.window import MainWindow
from tests.languages.cuts import cut
from tests.languages.pseudo import pseudo
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.first_run.conftest import WAIT

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def row(desk: InlineDesk) -> FirstRunRow:
    return desk.ask(ReadFirstRun()).result()


def kept(desk: InlineDesk) -> FirstRun:
    return row(desk).kept or FirstRun(FirstStep.DRILL)


def settings(desk: InlineDesk) -> dict[str, str]:
    return desk.ask(ReadSettings()).result()


def press(window: MainWindow, key: Qt.Key, how=Qt.KeyboardModifier.NoModifier) -> None:
    """As the system sends it: to the window, which gives it to the focused widget."""
    QTest.keyClick(window.windowHandle(), key, how)


def type_in(window, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None and focus.window() is window
    QTest.keyClicks(focus, text)


def go_to(steps: FirstRunScreen, kind: type, qtbot: QtBot) -> None:
    """Skip on to the step of this kind."""
    while not isinstance(steps.step, kind):
        # What is made anew is shown a round of events later; a hidden button takes no click.
        qtbot.waitUntil(steps.skip.isVisible, timeout=WAIT)
        steps.skip.click()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def test_all_six_are_gone_through_by_keyboard(qtbot, desk, window, steps):
    qtbot.waitUntil(lambda: steps.step.name.hasFocus())
    type_in(window, "Dala Coffee")
    press(window, Qt.Key.Key_Return)
    assert steps.next.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert isinstance(steps.step, LookStep)
    qtbot.waitUntil(lambda: steps.step.practice.open.hasFocus())
    press(window, Qt.Key.Key_Right, ALT)  # skip
    press(window, Qt.Key.Key_Right, ALT)
    assert isinstance(steps.step, PackStep)
    qtbot.waitUntil(lambda: steps.step.yes.isEnabled(), timeout=WAIT)
    steps.step.yes.setFocus()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: steps.next.hasFocus(), timeout=WAIT)
    press(window, Qt.Key.Key_Return)
    assert isinstance(steps.step, NoticesStep)
    press(window, Qt.Key.Key_Return, CONTROL)
    assert isinstance(steps.step, DrillStep)
    press(window, Qt.Key.Key_Return, CONTROL)
    assert window.is_inbox()
    qtbot.waitUntil(lambda: kept(desk).stand is Stand.OVER, timeout=WAIT)
    assert kept(desk).n_done == 4
    assert row(desk).brand_words == "Dala Coffee"
    assert not window.findChild(SetupLine).isVisible()


def test_put_off_it_is_one_line_and_goes_on_where_it_was(qtbot, desk, window, steps):
    go_to(steps, NoticesStep, qtbot)
    press(window, Qt.Key.Key_Escape)
    line = window.findChild(SetupLine)
    assert window.is_inbox() and line.isVisible()
    assert line.accessibleName() == "Finish setting up: 0 of 6"
    qtbot.waitUntil(lambda: kept(desk).stand is Stand.LATER, timeout=WAIT)
    line._go.click()
    assert window.place == PLACE and isinstance(steps.step, NoticesStep)
    assert not line.isVisible()


@pytest.mark.parametrize("is_away", [True, False], ids=["from elsewhere", "asked for once more"])
def test_coming_back_to_the_first_step_puts_the_keys_on_the_name(qtbot, window, steps, is_away):
    qtbot.waitUntil(lambda: steps.step.name.hasFocus())
    if is_away:
        window.show_place(View.NEEDS_REPLY.value)
    else:
        steps.next.setFocus()
        window.views.setFocus()
    assert not steps.step.name.hasFocus()
    window.actions_by_id.run("go_first_steps")
    assert steps.step.name.hasFocus()


def test_dismissed_it_never_comes_back_by_itself_but_by_hand(qtbot, desk, window, steps, start):
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)  # the first one left the field
    window.findChild(SetupLine)._no.click()
    assert not window.findChild(SetupLine).isVisible()
    qtbot.waitUntil(lambda: kept(desk).stand is Stand.OVER, timeout=WAIT)
    window.close()
    again = start()
    qtbot.waitUntil(lambda: again.inbox.pane._was_listed, timeout=WAIT)
    assert again.is_inbox() and not again.findChild(SetupLine).isVisible()
    again.actions_by_id.run("go_first_steps")
    assert again.place == PLACE
    again.show_place(View.NEEDS_REPLY.value)
    assert not again.findChild(SetupLine).isVisible()


@pytest.mark.parametrize("goes_back", [True, False])
def test_who_opens_them_before_it_is_known_how_far_they_are_loses_nothing(
    qtbot, desk, window, steps, start, monkeypatch, goes_back
):
    go_to(steps, NoticesStep, qtbot)
    press(window, Qt.Key.Key_Escape)
    window.findChild(SetupLine)._no.click()
    qtbot.waitUntil(lambda: kept(desk).stand is Stand.OVER, timeout=WAIT)
    window.close()
    ask = desk.ask
    held: list[tuple[Future[FirstRunRow], Future[FirstRunRow]]] = []

    def ask_late(query):
        asked = ask(query)
        if not isinstance(query, ReadFirstRun):
            return asked
        late = Future[FirstRunRow]()
        held.append((asked, late))
        return late

    monkeypatch.setattr(desk, "ask", ask_late)
    again = start()
    monkeypatch.setattr(desk, "ask", ask)
    again.actions_by_id.run("go_first_steps")
    if goes_back:
        again.show_place(View.NEEDS_REPLY.value)
    for asked, late in held:
        late.set_result(asked.result())
    qtbot.waitUntil(lambda: again.findChild(Beginning).row.kept is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: kept(desk).at is (FirstStep.NOTICES if goes_back else FirstStep.WORDS))
    assert kept(desk).stand is Stand.OVER
    assert not again.findChild(SetupLine).isVisible()
    if not goes_back:
        assert isinstance(again.screens.currentWidget().step, WordsStep)


def test_the_program_closed_in_the_midst_of_it_opens_there_again(qtbot, desk, window, steps, start):
    go_to(steps, PackStep, qtbot)
    qtbot.waitUntil(lambda: kept(desk) == FirstRun(FirstStep.PACK), timeout=WAIT)
    window.close()
    assert kept(desk) == FirstRun(FirstStep.PACK)
    again = start()
    qtbot.waitUntil(lambda: again.place == PLACE, timeout=WAIT)
    assert isinstance(again.screens.currentWidget().step, PackStep)


def test_a_workspace_with_an_account_sees_nothing_of_it(qtbot, bench_window):
    qtbot.waitUntil(lambda: bench_window.inbox.pane.model.rowCount() > 0, timeout=WAIT)
    assert bench_window.is_inbox() and not bench_window.findChild(SetupLine).isVisible()


def test_back_shows_what_was_typed(qtbot, desk, window, steps):
    steps.step.name.setText("Dala Coffee")
    steps.step.never.setText("jobs, hiring")
    steps.next.click()
    qtbot.waitUntil(lambda: row(desk).brand_words != "", timeout=WAIT)
    press(window, Qt.Key.Key_Left, ALT)
    assert isinstance(steps.step, WordsStep)
    qtbot.waitUntil(lambda: steps.step.name.text() == "Dala Coffee", timeout=WAIT)
    assert steps.step.never.text() == "jobs, hiring"


def test_the_words_are_tried_on_what_is_stored_too(qtbot, bench_window):
    bench_window.show_place(PLACE)
    found = bench_window.findChild(FirstRunScreen)
    found.step.name.setText("bread")
    qtbot.waitUntil(lambda: "newest mentions stored here" in found.step._trial.text, timeout=WAIT)


def test_the_preview_says_what_is_kept(steps):
    steps.step.name.setText("Dala")
    steps.step.never.setText("jobs")
    steps.step.own.setText("I love DALA!")
    said = [steps.step.examples.item(n).text() for n in range(steps.step.examples.count())]
    assert any(s.startswith("Kept") and "I love DALA!" in s for s in said)
    assert any(s.startswith("Left out") and "jobs" in s for s in said)
    assert any(s.startswith("Left out") and "Dalaville" in s for s in said)
    steps.step.name.clear()
    assert not steps.next.isEnabled()


def test_no_network_is_a_sentence_and_no_dead_end(qtbot, desk, window, steps, monkeypatch):
    def silent(*_: object) -> None:
        raise UnreachableError("no route")

    monkeypatch.setattr(feeds, "find_feed", silent)
    go_to(steps, LookStep, qtbot)
    steps.step.address.setText("shop.example/feed")
    press_test = steps.step.test
    press_test.click()
    assert isinstance(steps.step, TryStep)
    qtbot.waitUntil(lambda: steps.step.notice.text != "", timeout=WAIT)
    assert "No answer from" in steps.step.notice.text and "skip" in steps.step.notice.text
    assert steps.step.change.hasFocus() and not steps.next.isEnabled()
    steps.skip.click()
    assert isinstance(steps.step, PackStep)


def test_without_a_source_the_third_step_says_so_and_leads_back(qtbot, steps):
    go_to(steps, TryStep, qtbot)
    assert not steps.next.isEnabled()
    steps.step.change.click()
    assert isinstance(steps.step, LookStep)


def test_only_the_texts_that_were_shown_are_approved(qtbot, desk, steps):
    go_to(steps, PackStep, qtbot)
    qtbot.waitUntil(lambda: steps.step.yes.isEnabled(), timeout=WAIT)
    shown = {text.digest for text in steps.step.shown()}
    assert all(text.text in steps.step.texts.toPlainText() for text in steps.step.shown())
    steps.step.yes.click()
    qtbot.waitUntil(lambda: steps.next.isEnabled(), timeout=WAIT)
    versions = [v for t in desk.ask(ListTemplates()).result() for v in t.versions]
    assert {v.hash for v in versions if v.state is TemplateState.APPROVED} == shown
    assert len(versions) == 3 * len(shown)


def test_what_is_ticked_about_notices_is_kept_and_shown_again(qtbot, desk, steps):
    go_to(steps, NoticesStep, qtbot)
    qtbot.waitUntil(lambda: steps.step.notices.isChecked(), timeout=WAIT)
    steps.step.quiet.click()
    steps.step.watching.click()
    steps.step.release.click()
    steps.step.notices.click()
    wanted = {"notices": "off", "keep_watching": "yes", "release_check": "weekly"}
    qtbot.waitUntil(lambda: wanted.items() <= settings(desk).items(), timeout=WAIT)
    assert settings(desk)["quiet_hours"].count("22:00-08:00") == 7
    steps.next.click()
    steps.back.click()
    qtbot.waitUntil(lambda: steps.step.release.isChecked(), timeout=WAIT)
    assert steps.step.quiet.isChecked() and not steps.step.notices.isChecked()
    steps.step.quiet.click()
    qtbot.waitUntil(lambda: "quiet_hours" not in settings(desk), timeout=WAIT)


def test_the_weekly_question_is_off_until_somebody_says_yes(qtbot, desk, steps):
    go_to(steps, NoticesStep, qtbot)
    steps.next.click()
    assert isinstance(steps.step, DrillStep) and "release_check" not in settings(desk)


def test_the_drill_is_offered_by_its_own_dialog(qtbot, window, steps):
    go_to(steps, DrillStep, qtbot)
    steps.step.start.click()
    dialog = window.findChild(StartDrillDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.reject()


def test_all_networks_are_one_press_away(qtbot, steps):
    go_to(steps, LookStep, qtbot)
    steps.step.more.click()
    dialog = steps.step.findChild(AddAccountDialog)
    qtbot.waitUntil(lambda: dialog._choice.list.count() > 10, timeout=WAIT)
    dialog.reject()


@pytest.mark.parametrize("kind", [WordsStep, LookStep, TryStep, PackStep, NoticesStep, DrillStep])
def test_every_control_has_a_name_and_no_label_guesses(qtbot, steps, kind):
    go_to(steps, kind, qtbot)
    assert unnamed(steps) == []
    assert wrong_format(steps) == []


def test_what_was_put_off_is_a_line_at_the_next_start(qtbot, desk, start):
    desk.do(KeepFirstRun(FirstRun().stands(Stand.LATER).packed())).result()
    window = start()
    qtbot.waitUntil(lambda: window.findChild(SetupLine).isVisible(), timeout=WAIT)
    assert window.is_inbox()


def test_another_language_is_spoken_at_once_at_the_same_step(qtbot, desk, window, steps):
    go_to(steps, PackStep, qtbot)
    desk.do(SetSetting("language", "ru")).result()
    qtbot.waitUntil(lambda: steps.next.text() == "Дальше", timeout=WAIT)
    assert isinstance(steps.step, PackStep)
    qtbot.waitUntil(lambda: bool(steps.step.shown()), timeout=WAIT)
    assert {text.lang for text in steps.step.shown()} == {"ru"}


class Longer(gettext.NullTranslations):
    """Two fifths longer than English, as no real language is."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


def test_nothing_is_cut_in_a_language_that_is_much_longer(qtbot, window, steps, monkeypatch):
    monkeypatch.setattr(language, "set_language", lambda code=None: "en")
    monkeypatch.setattr(i18n._Spoken, "now", ("en", Longer()))
    window.resize(1366, 700)
    QApplication.sendEvent(steps, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: steps.next.text() != "Next", timeout=WAIT)
    for kind in (WordsStep, LookStep, TryStep, PackStep, NoticesStep, DrillStep):
        go_to(steps, kind, qtbot)
        # Words that come from the workspace take their room one round of events later.
        qtbot.waitUntil(lambda: list(cut(steps)) == [], timeout=WAIT)
