"""Speaking a language: every widget hears of another one, and of the same one again none does."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from socialdesk.i18n import set_language
from socialdesk.ui.language import Speech


class Listener(QWidget):
    """Counts the changes of language that it hears of."""

    n_heard = 0

    def changeEvent(self, event):
        super().changeEvent(event)
        self.n_heard += event.type() == QEvent.Type.LanguageChange


@pytest.fixture
def speech(qapp):
    made = Speech(qapp)
    made.speak("en")
    yield made
    made.speak("en")
    made.deleteLater()
    set_language("en")


@pytest.fixture
def listener(qtbot, speech):
    QCoreApplication.processEvents()
    made = Listener()
    qtbot.addWidget(made)
    return made


def test_another_language_is_heard_of_and_so_is_the_way_back(speech, listener, qtbot):
    for code in ("ru", "kk", "en"):
        listener.n_heard = 0
        speech.speak(code)
        qtbot.waitUntil(lambda: listener.n_heard > 0)


def test_the_same_language_again_is_no_news(speech, listener):
    speech.speak("en")
    QCoreApplication.processEvents()
    assert listener.n_heard == 0
