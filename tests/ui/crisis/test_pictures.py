"""Pictures of every sheet and tab for people to look at, in tests/output; and that no button's
words are cut, in words a third longer too."""

import gettext

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from socialdesk import i18n
from socialdesk.domain.crisis.incident import Severity
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.crisis import (
    ListIncidents,
    ListStatements,
    ReadIncident,
    ReadStanding,
)
from socialdesk.i18n import set_language
from socialdesk.ui.crisis.ask_sheets import ask_change, ask_dismiss
from socialdesk.ui.crisis.audience_sheets import ask_audience, ask_told
from socialdesk.ui.crisis.declare import DeclareSheet
from socialdesk.ui.crisis.screen import IncidentScreen
from socialdesk.ui.crisis.tabs import TABS
from socialdesk.ui.crisis.words import severity_means, severity_word
from socialdesk.ui.theme import Mode
from socialdesk.ui.window import MainWindow
from tests.ui.compose.looks import OUTPUT, shoot
from tests.ui.crisis.conftest import a_standing, some_audiences, suspected
from tests.ui.crisis.room import a_text
from tests.ui.driving import NO_PARENT
from tests.ui.fake_desk import NOW

SIZES = ((1366, 768), (1920, 1080))
SPOKEN = ("en", "ru", "kk", "longer")
# Every language where room is short, one where there is plenty.
SHOWN = [*((code, *SIZES[0]) for code in SPOKEN), ("en", *SIZES[1])]


class Longer(gettext.NullTranslations):
    """English a third longer, as Russian is."""

    def gettext(self, message):
        return f"{message} {'шире ' * 20}"[: len(message) + 1 + len(message) // 3]

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)


@pytest.fixture(params=SPOKEN)
def speech(request):
    set_language("en" if request.param == "longer" else request.param)
    if request.param == "longer":
        i18n._Spoken.now = ("en", Longer())
    yield request.param
    set_language("en")


def speak(window, code):
    """The window asks for its language itself; the longer one is none of its own."""
    if code == "longer":
        i18n._Spoken.now = ("en", Longer())
        window.signs().banner.translate()


def cut(root):
    """Buttons that are narrower than their words."""
    return [
        b.text()
        for b in root.findChildren(QPushButton)
        if b.isVisible() and b.fontMetrics().horizontalAdvance(b.text()) > b.width()
    ]


@pytest.mark.parametrize(("speech", "width", "height"), SHOWN, indirect=["speech"])
def test_the_declare_sheet_fits(qtbot, desk, theme, speech, width, height):
    made = DeclareSheet(desk, NO_PARENT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.types.playbook is not None and made.form.commander_id == 1)
    made.resize(min(980, width - 40), min(690, height - 60))
    shoot(theme, made, f"crisis-declare-{speech}-{width}")
    assert cut(made) == []


OWN_TABS = [t.key for t in TABS if t.key not in ("texts", "facts")]


@pytest.mark.parametrize(("speech", "width", "height"), SHOWN, indirect=["speech"])
def test_every_tab_fits_in_the_window(qtbot, desk, theme, speech, width, height):
    desk.answers[ListStatements] = [a_text("first", "en", "We are sorry for what happened.")]
    desk.answers[ReadSettings] = {"language": "en" if speech == "longer" else speech}
    window = MainWindow(desk, now=lambda: NOW, title="Dala Coffee")
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    qtbot.waitUntil(lambda: window.signs().banner.isVisible())
    speak(window, speech)
    window.signs().show_incident(1)
    screen = window.screens.currentWidget()
    assert isinstance(screen, IncidentScreen)
    qtbot.waitUntil(lambda: screen.rail.next.count() > 3)
    for mode in (Mode.LIGHT, Mode.DARK):  # one change of looks is slower than all pictures
        theme.set_mode(mode)
        for key in OWN_TABS:
            screen.show_tab(key)
            table = getattr(screen.pane, "table", None)
            qtbot.waitUntil(lambda table=table: table is None or table.rows != [])
            QApplication.sendPostedEvents()  # what was laid out anew meanwhile
            picture = OUTPUT / f"crisis-{key}-{speech}-{width}-{mode.value}.png"
            assert window.grab().save(str(picture))
            assert window.width() == width
            assert cut(screen) == [], key
    window.close()


def test_a_suspicion_is_pictured(qtbot, desk, theme, speech):
    desk.answers |= {
        ReadStanding: [a_standing(suspected(), n_held=0)], ListIncidents: [suspected()],
        ReadIncident: suspected(),
    }  # fmt: skip
    desk.answers[ReadSettings] = {"language": "en" if speech == "longer" else speech}
    window = MainWindow(desk, now=lambda: NOW, title="Dala Coffee")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: window.signs().banner.isVisible())
    speak(window, speech)
    shoot(theme, window, f"crisis-suspected-{speech}")
    assert cut(window.signs().banner) == []
    window.close()


def rated() -> list[tuple[str, str]]:
    """Severities as the overview offers them."""
    return [(f"{severity_word(s)}: {severity_means(s)}", str(s.value)) for s in Severity if s]


@pytest.mark.parametrize("what", ["dismiss", "change", "told", "audience"])
def test_the_small_sheets_fit(qtbot, desk, theme, speech, what, window):
    audience = some_audiences()[0]
    make = {
        "dismiss": lambda: ask_dismiss(desk, suspected(), window, lambda: None),
        "change": lambda: ask_change("Severity", rated(), "1", lambda *_: None, window),
        "told": lambda: ask_told(audience, 1, [], "", lambda *_: None, window),
        "audience": lambda: ask_audience(audience, lambda *_: None, window),
    }
    sheet = make[what]()
    qtbot.waitExposed(sheet)
    shoot(theme, sheet, f"crisis-sheet-{what}-{speech}")
    assert cut(sheet) == []
    for scroll in sheet.findChildren(QScrollArea):
        assert (scroll.horizontalScrollBar().maximum(), scroll.verticalScrollBar().maximum()) == (
            0,
            0,
        ), "a field is out of sight"
