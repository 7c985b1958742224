"""The report on the screen: every section by keys, every file through the engine."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from socialdesk.engine.commands.crisis import AddLogNote
from socialdesk.ui.after_action.dialog import SHAPES, AfterActionDialog
from socialdesk.ui.theme import Mode
from tests.crisis.conftest import Shop, shop, start_bench, start_shop  # noqa: F401

OUTPUT = Path(__file__).parents[2] / "output"


@pytest.fixture
def incident(shop: Shop) -> int:  # noqa: F811
    made = shop.declare(severity=2)
    shop.do(AddLogNote(made, "phoned the bank"))
    return made


@pytest.fixture
def open_dialog(qtbot, shop, incident, tmp_path):  # noqa: F811
    def make(ask=lambda parent, name, kinds: str(tmp_path / name)):
        dialog = AfterActionDialog(shop.desk, incident, None, ask)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.report is not None)
        return dialog

    return make


def test_every_section_is_reached_by_keys(open_dialog) -> None:
    dialog = open_dialog()
    for n in range(dialog.sections.count()):
        assert dialog.pages.currentIndex() == n
        QTest.keyClick(dialog.sections, Qt.Key.Key_Down)
    assert dialog.pages.count() == dialog.sections.count() == 14


def test_tab_goes_from_the_sections_to_the_page_and_then_to_the_files(open_dialog) -> None:
    dialog = open_dialog()
    dialog.activateWindow()
    seen = []
    for _ in range(3):
        seen.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert seen[0] is dialog.sections
    assert dialog.pages.currentWidget().isAncestorOf(seen[1])
    assert seen[2] is dialog.saving["md"]


@pytest.mark.parametrize("shape", [s for s in SHAPES if s != "pdf"])
def test_each_file_is_written_by_the_engine(qtbot, open_dialog, tmp_path, shape) -> None:
    dialog = open_dialog()
    dialog.save(shape)
    qtbot.waitUntil(lambda: dialog.saving[shape].isEnabled())
    (file,) = tmp_path.glob("INC-*")
    assert "INC-2026-0001" in file.read_text("utf-8-sig")


def test_the_keys_come_back_to_the_file_that_was_written(qtbot, open_dialog) -> None:
    dialog = open_dialog()
    dialog.activateWindow()
    button = dialog.saving["json"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Saved" in dialog._notice.text)
    assert dialog.focusWidget() is button


def test_a_place_that_cannot_be_written_is_told(qtbot, open_dialog, tmp_path) -> None:
    dialog = open_dialog(lambda parent, name, kinds: str(tmp_path / "gone" / name))
    dialog.save("md")
    qtbot.waitUntil(lambda: dialog._notice.isVisible())
    assert dialog.saving["md"].isEnabled()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_how_it_looks(theme, open_dialog, mode) -> None:
    theme.set_mode(mode)
    dialog = open_dialog()
    OUTPUT.mkdir(exist_ok=True)
    for n, name in ((0, "summary"), (2, "timeline")):
        dialog.sections.setCurrentRow(n)
        assert dialog.grab().save(str(OUTPUT / f"after-action-{name}-{mode.value}.png"))
