"""About: what it is, where the data lies, licences, and whether there is a newer version."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from socialdesk import __version__
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine import queries as q
from socialdesk.engine.commands.releases import CheckRelease
from socialdesk.engine.queries.about import About, ReadAbout
from socialdesk.ui.about.dialog import AboutDialog
from socialdesk.ui.about.licences import LicencesDialog, licence_files
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

FOLDER = "/home/aliya/SocialDesk/workspaces/main"
NEWER = {
    "state": "newer", "at": NOW, "version": "99.1", "page": "https://desk.example/new",
    "date": "", "summary": "<b>Mends</b> the clock.", "what": "",
}  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[ReadAbout] = About(__version__, "3.99.1", FOLDER, 18_345_678)
    made.outcomes[CheckRelease] = NEWER
    return made


@pytest.fixture
def dialog(qtbot, desk, theme):
    made = AboutDialog(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._about.folder == FOLDER)
    return made


def test_it_says_what_it_is_and_where_the_data_lies(dialog, theme):
    shoot(theme, dialog, "about")
    facts = dict(dialog.facts())
    assert facts["Version"] == __version__
    assert facts["Database"] == "SQLite 3.99.1"
    assert FOLDER in facts["Data"] and "MiB" in facts["Data"]
    assert facts["Window"].startswith("Qt 6.")
    assert [shown.text() for shown in dialog._values] == list(facts.values())
    assert unnamed(dialog) == [] and wrong_format(dialog) == []


def test_a_long_path_is_shown_whole(qtbot, desk, dialog):
    long = FOLDER.replace("aliya", "aliya-of-the-bakery-at-the-corner-of-the-green-market")
    dialog._show(About(__version__, "3.99.1", long, 18_345_678))
    shown = dialog._values[-1]
    assert long in shown.text()
    qtbot.waitUntil(lambda: shown.width() >= shown.fontMetrics().horizontalAdvance(long))


def test_it_can_be_copied(dialog):
    dialog.copy_folder.click()
    assert QGuiApplication.clipboard().text() == FOLDER
    dialog.copy_all.click()
    assert f"Version: {__version__}\nDatabase: SQLite 3.99.1" in QGuiApplication.clipboard().text()


def test_nothing_is_asked_until_the_button_is_pressed(qtbot, desk, dialog, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("socialdesk.ui.settings.updates_page.open_url", opened.append)
    assert desk.commands == [] and not dialog.releases.page.isVisible()
    dialog.releases.check.click()
    assert not dialog.releases.check.isEnabled()
    qtbot.waitUntil(dialog.releases.page.isVisible)
    assert "99.1" in dialog.releases.text and "Nothing was downloaded" in dialog.releases.text
    assert "<b>Mends</b>" in dialog.releases._summary.text()  # as typed
    assert wrong_format(dialog) == []
    dialog.releases.page.click()
    assert opened == ["https://desk.example/new"]


def test_what_was_found_last_is_there_at_once(qtbot, desk, theme):
    desk.answers[q.ReadSettings] = {"release_seen": '{"state": "same", "at": 1}'}
    made = AboutDialog(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "newest version" in made.releases.text)
    assert desk.commands == []


def test_an_engine_that_does_not_answer_is_told(qtbot, desk, dialog):
    desk.outcomes[CheckRelease] = StoreError(StoreFault.CLOSED)
    dialog.releases.check.click()
    qtbot.waitUntil(dialog.releases.check.isEnabled)
    assert dialog.releases.text == "The workspace is closed."


def test_it_speaks_another_language_at_once(qtbot, dialog):
    old = dialog.releases
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog.releases is not old)
    assert FOLDER in dict(dialog.facts())["Data"]


def test_every_licence_can_be_read(qtbot, theme):
    made = LicencesDialog(None)
    qtbot.addWidget(made)
    made.show()
    shoot(theme, made, "about-licences")
    assert len(licence_files()) >= 5
    for number in range(made.names.count()):
        made.names.setCurrentRow(number)
        assert len(made.text.toPlainText()) > 200
        assert made.text.isReadOnly()
    assert unnamed(made) == []


def test_the_desk_answers_it(tmp_path):
    from socialdesk.engine.answers.about import read_about
    from socialdesk.store.file.reader import Readers
    from socialdesk.store.file.writer import Writer
    from tests.fakes import HandClock

    writer = Writer(tmp_path / "workspace.db", clock=HandClock(), announce=lambda _: None)
    writer.start()
    readers = Readers(tmp_path / "workspace.db")
    about = readers.here(read_about)
    assert (about.folder, about.version) == (str(tmp_path), __version__)
    assert about.size_bytes > 4096
    readers.close()
    writer.close()
