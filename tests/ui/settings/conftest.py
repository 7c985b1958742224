"""A settings dialog on a scripted desk, and ways to its parts."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.learning import Learning
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands.owning import ListCopies, ListKeeps, ListSignIns, ReadDisk
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.engine.queries.notices import ListViewNotices
from socialdesk.i18n import set_language
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.settings.dialog import SettingsDialog
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ReadSettings] = {"theme": "dark", "hold_s": "20"}
    made.answers[q.ListAccounts] = []
    made.answers[q.ListLabels] = []
    made.answers[ListViewNotices] = []
    made.answers[ReadLearning] = Learning()
    for asked in (ListCopies, ReadDisk, ListKeeps, ListSignIns):  # tests/ui/settings/test_data…
        made.outcomes[asked] = CommandError(CommandFault.NOT_FOUND)
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya"), PersonRow(2, "Bolat", is_here=True)]
    return made


@pytest.fixture
def actions():
    made = Actions()
    made.add(
        Action("next", lambda: "Next mention", "j, Down", lambda: None),
        Action("done", lambda: "Done and next", "e", lambda: None),
    )
    return made


@pytest.fixture
def open_dialog(qtbot, desk, actions, theme):
    """Opens one; its pages go on being made."""

    def make(actions=actions):
        made = SettingsDialog(desk, None, actions)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: made._is_read)
        return made

    yield make
    set_language("en")


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()
