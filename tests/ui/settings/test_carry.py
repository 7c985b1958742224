"""The set-up as a file in the dialog: shown before anything changes, brought in, taken back."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.settings_file import (
    ExportSettings,
    ImportSettings,
    PreviewSettings,
    TakeBackSettings,
)
from socialdesk.engine.settings_files.file import Change
from socialdesk.ui.settings.carry_page import CarryPage, named
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk

CHANGES = [
    ["setting", "policy", "", "templates"], ["key", "next", "", "n"],
    ["view", "Money", "", "<b>refund</b>"],
]  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk()
    made.outcomes[PreviewSettings] = {"changes": CHANGES, "digest": "seen"}
    made.outcomes[ImportSettings] = {"n": 3}
    made.outcomes[ExportSettings] = lambda command: {"path": command.path}
    made.outcomes[TakeBackSettings] = {"n": 3}
    return made


@pytest.fixture
def page(qtbot, desk, theme, tmp_path):
    made = CarryPage(desk, None, lambda _: str(tmp_path / "out"), lambda _: str(tmp_path / "in"))
    qtbot.addWidget(made)
    made.resize(560, 480)
    made.show()
    return made


def lines(page):
    return [page.changes.item(n).text() for n in range(page.changes.count())]


def test_what_would_change_is_shown_in_the_words_of_the_dialog_first(qtbot, desk, page, theme):
    page.open.click()
    qtbot.waitUntil(page._preview.isVisible)
    shoot(theme, page, "settings-import")
    assert lines(page) == [
        "Reply policy: By team → Approved templates only", "Key of «next»: default → n",
        "New saved view «Money»: <b>refund</b>",
    ]  # fmt: skip
    assert desk.did(ImportSettings) == []
    assert unnamed(page) == [] and wrong_format(page) == []


def test_it_is_brought_in_as_it_was_shown_and_taken_back(qtbot, desk, page, tmp_path):
    page.open.click()
    qtbot.waitUntil(page._preview.isVisible)
    with qtbot.waitSignal(page.replaced):
        page.bring_in.click()
    assert desk.did(ImportSettings) == [ImportSettings(str(tmp_path / "in"), "seen")]
    assert "3 changes are in force" in page._notice.text
    assert not page._preview.isVisible()
    with qtbot.waitSignal(page.replaced):
        page.undo.click()
    assert "as before the last import" in page._notice.text


def test_leaving_it_changes_nothing_and_gives_the_keys_back(qtbot, desk, page):
    page.open.click()
    qtbot.waitUntil(page._preview.isVisible)
    leave = page._preview.findChildren(type(page.open))[0]
    leave.setFocus()
    qtbot.keyClick(leave, Qt.Key.Key_Space)
    assert not page._preview.isVisible() and page.focusWidget() is page.open
    assert desk.did(ImportSettings) == []


def test_a_file_that_changes_nothing_says_so(qtbot, desk, page):
    desk.outcomes[PreviewSettings] = {"changes": [], "digest": ""}
    page.open.click()
    qtbot.waitUntil(lambda: "as in the file" in page._notice.text)
    assert not page._preview.isVisible()


def test_a_bad_file_is_told_in_place(qtbot, desk, page):
    what = "«theme» cannot be «blue»"
    desk.outcomes[PreviewSettings] = CommandError(CommandFault.BAD_INPUT, what=what)
    page.open.click()
    qtbot.waitUntil(lambda: what in page._notice.text)


def test_a_name_without_an_ending_gets_one(qtbot, desk, page, tmp_path):
    page.export.click()
    qtbot.waitUntil(lambda: "out.json" in page._notice.text)
    assert desk.did(ExportSettings) == [ExportSettings(str(tmp_path / "out.json"))]


def test_no_file_chosen_asks_for_nothing(desk, qtbot, theme):
    made = CarryPage(desk, None, lambda _: "", lambda _: "")
    qtbot.addWidget(made)
    made.export.click()
    made.open.click()
    assert desk.commands == []


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (Change("setting", "hours", "", '{"zone": "UTC"}'), ("Business hours", "", "set")),
        (Change("setting", "tray", "", "no"), ("Icon in the tray", "", "off")),
        (Change("setting", "hold_s", "", "20"), ("Undo time of a reply", "", "20")),
        (Change("label", "theme", "", "20"), ("theme", "", "20")),
    ],
)
def test_a_change_has_the_name_it_has_in_the_dialog(change, shown):
    found = named(change)
    assert (found.name, found.before, found.after) == shown
