"""Pictures: every spot is reached by keys, told in words, opened by Enter or a click."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from socialdesk.domain.figures import Figure, Shape
from socialdesk.engine.reports.board_sections import board_of
from socialdesk.engine.reports.sections import busiest, report_of
from socialdesk.ui.board.picture import Picture
from socialdesk.ui.theme import DARK, LIGHT, Mode
from tests.ui.board.conftest import EVIL, some_figures

WEEK = some_figures(spec="2026-11-21", zone="UTC")
SECTIONS = {s.key: s for s in (*board_of(some_figures()), *report_of(WEEK).sections)}


@pytest.fixture
def show(qtbot, theme):
    homes = []

    def make(section, width=640, height=320, *, is_fixed=False, mirrored=False):
        home = QWidget()
        homes.append(home)  # Python's, or it is gone with this function
        qtbot.addWidget(home)
        picture = Picture(home, unit=14, is_fixed=is_fixed)
        if mirrored:
            picture.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        home.resize(width, height)
        picture.resize(width, height)
        picture.show_section(section)
        home.show()
        qtbot.waitExposed(home)
        home.activateWindow()
        picture.setFocus()
        return picture

    return make


def colors(picture):
    image = picture.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)}  # fmt: skip


@pytest.mark.parametrize("key", SECTIONS)
def test_every_section_is_painted_with_its_words(show, key):
    picture = show(SECTIONS[key])
    assert len(colors(picture)) > 3
    found = QAccessible.queryAccessibleInterface(picture)
    assert found.text(QAccessible.Text.Name)
    description = found.text(QAccessible.Text.Description)
    section = SECTIONS[key]
    assert section.empty in description if section.empty else section.spots[0].text in description


def test_large_numbers_on_a_low_wall_stand_in_one_row_and_stay_larger_than_their_names(show):
    """Two rows in 90 px left them 8 px high."""
    low = show(SECTIONS["numbers"], width=640, height=90)
    tops = {round(rect.top()) for rect in low._drawing.rects}
    assert len(tops) == 1
    high = show(SECTIONS["numbers"], width=640, height=300)
    assert len({round(rect.top()) for rect in high._drawing.rects}) > 1


@pytest.mark.parametrize("key", [k for k, s in SECTIONS.items() if s.spots and not s.empty])
def test_arrows_reach_every_spot_and_each_is_told(show, key):
    picture = show(SECTIONS[key])
    seen = [picture.spot]
    for _ in range(len(picture.section.spots) + 30):
        QTest.keyClick(picture, Qt.Key.Key_Right)
        if picture.spot is seen[-1]:
            break
        seen.append(picture.spot)
        assert picture.spot.text in picture.accessibleDescription()
    assert seen == list(picture.section.spots)
    QTest.keyClick(picture, Qt.Key.Key_Home)
    assert picture.spot is picture.section.spots[0]
    QTest.keyClick(picture, Qt.Key.Key_End)
    assert picture.spot is picture.section.spots[-1]


def test_enter_and_a_click_open_the_mentions_of_a_spot(show, qtbot):
    picture = show(SECTIONS["numbers"])
    with qtbot.waitSignal(picture.chosen) as by_key:
        QTest.keyClick(picture, Qt.Key.Key_Return)
    with qtbot.waitSignal(picture.chosen) as by_mouse:
        at = picture.rect_of(1).center()
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at)
    assert [s.args[0].label for s in (by_key, by_mouse)] == ["Need a reply", "Overdue"]


def test_nothing_opens_where_there_is_nothing(show, qtbot):
    picture = show(SECTIONS["volume"])
    for _ in range(3):
        QTest.keyClick(picture, Qt.Key.Key_Right)
    assert picture.spot.is_gap
    with qtbot.assertNotEmitted(picture.chosen):
        QTest.keyClick(picture, Qt.Key.Key_Return)


def test_down_in_the_heat_goes_a_day_on(show):
    picture = show(SECTIONS["busiest"] if not SECTIONS["busiest"].empty else _heat())
    QTest.keyClick(picture, Qt.Key.Key_Down)
    assert picture.spot is picture.section.spots[24]


def _heat():
    slot = Figure("slot", 3, value="2-9", ref=some_figures().numbers[0].ref)
    return busiest(some_figures(spec="2026-11-21", numbers=(slot,)))


def test_in_a_mirrored_layout_the_first_is_at_the_right_and_left_goes_on(show):
    picture = show(SECTIONS["numbers"], mirrored=True)
    assert picture.rect_of(0).x() > picture.rect_of(3).x()
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.spot is picture.section.spots[1]


def test_a_gap_is_hatched_and_said(show):
    picture = show(SECTIONS["volume"])
    gap, busy = picture.rect_of(3), picture.rect_of(20)
    image = picture.grab().toImage()

    def inks(rect):
        return {image.pixel(x, y) for x in range(rect.left() + 3, rect.right() - 3)
                for y in range(rect.top() + 40, rect.bottom() - 4)}  # fmt: skip

    assert QColor(LIGHT.accent).rgb() in inks(busy)
    assert QColor(LIGHT.accent).rgb() not in inks(gap)
    assert len(inks(gap)) > 2, "hatched, not empty"
    assert picture.section.spots[3].text == "not watched"


def test_a_strangers_words_stay_words(show, qtbot, monkeypatch):
    picture = show(SECTIONS["authors"])
    tips = []
    monkeypatch.setattr(QToolTip, "showText", lambda pos, text, w: tips.append(text))
    at = picture.rect_of(0).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, picture.mapToGlobal(at))
    picture.event(event)
    assert EVIL.split(">")[0] in picture.accessibleDescription()
    assert tips and "<img" not in tips[0] and "&lt;img" in tips[0]


def test_a_picture_follows_light_and_dark(show, qapp, theme):
    picture = show(SECTIONS["networks"])
    assert QColor(LIGHT.base).rgb() in colors(picture)
    theme.set_mode(Mode.DARK)
    assert QColor(DARK.base).rgb() in colors(picture)


@pytest.mark.parametrize("size", [QSize(300, 140), QSize(1900, 500), QSize(40, 20), QSize(1, 1)])
@pytest.mark.parametrize("shape", list(Shape))
def test_no_size_breaks_a_picture(show, shape, size):
    section = next((s for s in SECTIONS.values() if s.shape is shape and s.spots), _heat())
    picture = show(section, size.width(), size.height())
    picture.grab()
    QTest.keyClick(picture, Qt.Key.Key_Down)
    QTest.mouseMove(picture, QPoint(0, 0))
