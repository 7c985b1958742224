"""The reports: a period is chosen, read, opened and saved, by keys."""

from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.reports import ExportReport, MakeReport
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries import reports as q
from socialdesk.engine.reports.wire import figures_to_json
from socialdesk.ui.reports.screen import ReportsScreen
from tests.ui.board.conftest import EVIL, some_figures
from tests.ui.fake_desk import NOW


def made(command):
    figures = some_figures(spec=command.period, zone="UTC")
    return Done(answer={"figures": figures_to_json(figures)})


@pytest.fixture
def report_desk(desk):
    desk.outcomes[MakeReport] = made
    desk.outcomes[ExportReport] = lambda c: Done(answer={"files": [c.path], "n": 6})
    desk.answers[q.ListFigure] = lambda query: array("q", [3, 2, 1])
    return desk


@pytest.fixture
def chosen():
    """What the save dialog answers; what it was asked."""
    return {"path": "", "asked": []}


@pytest.fixture
def screen(qtbot, report_desk, theme, chosen):
    def ask(parent, name, kinds):
        chosen["asked"].append(name)
        return chosen["path"]

    widget = ReportsScreen(report_desk, lambda: NOW, None, ask)
    qtbot.addWidget(widget)
    widget.resize(1160, 700)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    qtbot.waitUntil(lambda: bool(widget.page.cards))
    return widget


def test_it_begins_with_this_week_and_goes_to_others(qtbot, report_desk, screen):
    QTest.keyClick(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    screen.bar._kind.setCurrentIndex(2)
    screen.bar._kind.setCurrentIndex(0)
    asked = [command.period for command in report_desk.did(MakeReport)]
    assert asked == ["2026-W47", "2026-W46", "2026-W47", "2026-11", "2026-11-21"]


def test_own_days_are_taken_once_they_are_the_right_way_round(qtbot, report_desk, screen):
    screen.bar._kind.setCurrentIndex(3)
    screen.bar._last.setDate(QDate(2026, 11, 1))
    screen.bar._last.editingFinished.emit()
    assert report_desk.did(MakeReport)[-1].period == "2026-11-16..2026-11-22"
    screen.bar._first.setDate(QDate(2026, 10, 1))
    screen.bar._first.editingFinished.emit()
    assert report_desk.did(MakeReport)[-1].period == "2026-10-01..2026-11-01"


def test_by_keys_from_a_number_to_its_mentions_and_into_the_inbox(qtbot, report_desk, screen):
    picture = screen.page.cards[0].picture
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.mentions.list.hasFocus())
    assert report_desk.asked(q.ListFigure)[-1].ref.question == "received"
    with qtbot.waitSignal(screen.mention_asked) as asked:
        QTest.keyClick(screen.mentions.list, Qt.Key.Key_Return)
    assert asked.args == [3]


def test_tab_goes_from_picture_to_picture(qtbot, screen):
    screen.page.cards[0].picture.setFocus()
    visited = set()
    for _ in range(60):
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        visited.add(screen.focusWidget())
    assert {card.picture for card in screen.page.cards} <= visited


def test_how_it_is_counted_is_said_on_demand(qtbot, screen):
    card = screen.page.cards[0]
    assert not card._how.isVisible()
    QTest.keyClick(card.findChild(QPushButton), Qt.Key.Key_Space)
    assert card._how.isVisible() and "business hours" in card._how.text()


@pytest.mark.parametrize("shape", ["csv", "html", "pdf"])
def test_a_report_is_saved_where_one_says(qtbot, report_desk, screen, chosen, shape, tmp_path):
    chosen["path"] = str(tmp_path / "mine")
    screen.save(shape)
    [command] = report_desk.did(ExportReport)
    assert (Path(command.path), command.shape) == (tmp_path / f"mine.{shape}", shape)
    assert chosen["asked"] == [f"socialdesk-2026-W47.{shape}"]
    qtbot.waitUntil(lambda: f"mine.{shape}" in screen.state.text())


def test_leaving_the_dialog_writes_nothing(report_desk, screen):
    screen.save("pdf")
    assert report_desk.did(ExportReport) == []


def test_a_report_that_is_not_printed_says_why_and_what_else_works(
    qtbot, report_desk, screen, chosen, tmp_path
):
    chosen["path"] = str(tmp_path / "x.pdf")
    report_desk.outcomes[ExportReport] = CommandError(CommandFault.NOT_PRINTED, why="slow")
    screen.save("pdf")
    qtbot.waitUntil(lambda: "took too long" in screen.state.text())
    assert "HTML" in screen.state.text()
    assert all(button.isEnabled() for button in screen.saving)


def test_the_weekly_page_is_switched_on_here(qtbot, report_desk, screen):
    QTest.keyClick(screen.weekly, Qt.Key.Key_Space)
    assert report_desk.did(SetSetting) == [SetSetting("weekly_report", "on")]
    report_desk.answers[ReadSettings] = {"weekly_report": "on"}


def test_no_label_of_a_report_guesses_html(screen):
    labels = screen.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    quote = next(c for c in screen.page.cards if c.picture.section.key == "topics").picture
    assert EVIL.split(">")[0] in quote.section.spots[0].note


def test_a_narrow_page_has_one_column(qtbot, screen):
    wide = {card.x() for card in screen.page.cards}
    screen.resize(620, 700)
    qtbot.waitUntil(lambda: len({card.x() for card in screen.page.cards}) == 1)
    assert len(wide) == 2


def test_tab_reaches_the_files_before_the_pictures(screen):
    screen.bar.last_way().setFocus()
    names = []
    for _ in range(4):
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        names.append(screen.focusWidget().accessibleName() or screen.focusWidget().text())
    assert names[:3] == ["Save as CSV", "Save as HTML", "Save as PDF"]
    assert names[3] == "Every Monday, a page about the week"


def test_coming_back_counts_again(qtbot, report_desk, screen):
    n = len(report_desk.did(MakeReport))
    screen.hide()
    screen.show()
    qtbot.waitUntil(lambda: len(report_desk.did(MakeReport)) == n + 1)


def test_every_number_stays_inside_its_picture_when_it_is_counted_again(qtbot, report_desk, screen):
    for _ in range(2):
        was = screen.page.cards
        screen.hide()
        screen.show()
        qtbot.waitUntil(lambda was=was: screen.page.cards is not was)
        qtbot.waitUntil(lambda: screen.page.cards[0].picture.width() > 700)
        for card in screen.page.cards:
            picture = card.picture
            spots = [picture.rect_of(n) for n in range(len(picture._drawing.rects))]
            assert all(picture.rect().contains(spot) for spot in spots), card.picture.section.key
