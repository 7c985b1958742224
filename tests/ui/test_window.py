"""The window around the inbox: the engine's state, sizes, language, look, names to be heard."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.desk import EngineState
from socialdesk.i18n import set_language, tr
from socialdesk.ui.theme import DARK, tokens
from socialdesk.ui.window import MainWindow
from tests.ui.driving import current, type_in

# --- the engine ---


def test_a_lost_engine_is_told_and_reading_goes_on(window, desk, qtbot):
    desk.tell(EngineState.LOST)
    qtbot.waitUntil(window._state.isVisible)
    type_in(window, "jj")
    assert current(window) == 3
    desk.tell(EngineState.READY)
    qtbot.waitUntil(lambda: not window._state.isVisible())


def test_a_stopped_engine_is_tried_again_on_request(window, desk, qtbot):
    desk.tell(EngineState.STOPPED)
    qtbot.waitUntil(window._state.isVisible)
    with qtbot.waitSignal(window.engine_wanted):
        window._state._again.click()


def test_no_act_waits_for_a_desk_that_hangs(window, desk):
    desk.is_holding = True
    type_in(window, "jejeu!")
    assert len(desk.did(c.SetStatus)) == 4
    desk.release()


# --- settings, sizes, languages, look ---


class LargeScreen:
    """There is room for every pane; the screen of the tests is 800 px wide."""

    def availableGeometry(self):
        return QRect(0, 0, 2560, 1400)


def test_a_name_that_a_language_changes_follows_it(open_window):
    made = open_window(title=lambda _: tr("Practice brand"))
    assert made.windowTitle().endswith("Practice brand")
    set_language("ru")
    QCoreApplication.sendEvent(made, QEvent(QEvent.Type.LanguageChange))
    assert "Practice brand" not in made.windowTitle()
    shown = [label.text() for label in made.views.findChildren(QLabel)]
    assert tr("Practice brand") in shown and tr("Practice brand") in made.windowTitle()


def test_the_brands_name_stands_in_the_title_once_somebody_says_it(qtbot, desk, open_window):
    made = open_window(title=lambda brand: brand)
    assert made.windowTitle().endswith("SocialDesk")  # nobody has said it yet
    desk.answers[q.ReadSettings] = {"brand_words": "Dala Coffee\nDala\n-jobs"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: made.windowTitle().endswith("Dala Coffee"))
    assert "Dala Coffee" in [label.text() for label in made.views.findChildren(QLabel)]


def test_an_error_of_ours_is_said(window):
    window.tell_of_fault()
    assert window.toast.text.startswith("Something went wrong")


def test_sizes_and_the_open_context_are_remembered(qtbot, tmp_path, open_window, monkeypatch):
    monkeypatch.setattr(MainWindow, "screen", lambda _: LargeScreen(), raising=False)
    path = tmp_path / "window.ini"
    first = open_window(settings_path=path)
    first.inbox.thread_pane.split.setSizes([340, 380])
    type_in(first, "i")
    wanted = first.inbox.thread_pane.split.sizes()
    first.close()
    second = open_window(settings_path=path)
    # The composer has no height before the first mention is shown.
    qtbot.waitUntil(lambda: second.inbox.thread_pane.split.sizes() == wanted)
    assert not second.inbox.context.isHidden()
    assert {line.partition("=")[0] for line in path.read_text().splitlines() if "=" in line} == {
        "geometry", "views", "inbox", "thread", "context",
    }  # fmt: skip


def test_a_damaged_sizes_file_changes_nothing(tmp_path, open_window):
    path = tmp_path / "window.ini"
    path.write_bytes(b"[General]\ngeometry=@ByteArray(\x00\x01)\nviews=7\n\xff\xfe")
    assert open_window(settings_path=path).isVisible()


def test_the_language_changes_while_one_looks(window, desk, qtbot):
    desk.answers[q.ReadSettings] = {"language": "ru"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: window.views.locale().name().startswith("ru") or _speaks("ru"))
    assert window.views.keys()[0] == "needs_reply"
    desk.answers[q.ReadSettings] = {"language": "en"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: _speaks("en"))


def _speaks(code):
    from socialdesk.i18n import language

    return language() == code


def test_the_theme_follows_the_setting(window, desk, qtbot):
    desk.answers[q.ReadSettings] = {"theme": "dark"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: tokens(window.palette()) is DARK)
    desk.answers[q.ReadSettings] = {}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: tokens(window.palette()) is not DARK)


def test_it_fits_a_laptop_screen_with_everything_open(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "i")
    assert window.minimumSizeHint().width() < 1366
    assert window.minimumSizeHint().height() < 700


def test_every_control_has_a_name_to_be_heard(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    roles = {
        QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.List,
        QAccessible.Role.ComboBox, QAccessible.Role.Table, QAccessible.Role.Tree,
    }  # fmt: skip
    nameless = []
    for widget in window.findChildren(QWidget):
        heard = QAccessible.queryAccessibleInterface(widget)
        takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        if takes_keys and heard and heard.role() in roles:
            if not heard.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_no_label_anywhere_guesses_html(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    guessing = [
        w.text() for w in window.findChildren(QLabel) if w.textFormat() != Qt.TextFormat.PlainText
    ]
    assert guessing == []
