"""Light and dark: readable pairs, icons that follow, one dress for the whole program."""

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QRadioButton, QWidget

from socialdesk.places import resource
from socialdesk.ui.icons import GAP, icon, pixmap, set_icon
from socialdesk.ui.theme import DARK, LIGHT, Mode, Theme, Tokens, palette, tokens
from tests.languages.cuts import cut


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(name: str) -> float:
        color = QColor(name)
        parts = (color.redF(), color.greenF(), color.blueF())
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(t: Tokens):
    grounds = {
        t.text: (t.window, t.base, t.chip, t.accent_back, t.warn_back), t.dim: (t.window, t.base),
        t.accent: (t.accent_back, t.base), t.danger: (t.danger_back, t.base),
        t.warn: (t.warn_back,), t.ok: (t.ok_back,), t.on_accent: (t.accent,),
    }  # fmt: skip
    weak = [(a, b) for a, all_b in grounds.items() for b in all_b if contrast(a, b) < 4.5]
    assert weak == []


def test_the_palette_tells_its_tokens():
    assert tokens(palette(LIGHT)) is LIGHT
    assert tokens(palette(DARK)) is DARK


def test_the_mode_turns_palette_and_icons(qtbot, qapp):
    theme = Theme(qapp, Mode.LIGHT)
    button = QPushButton("Done")
    qtbot.addWidget(button)
    set_icon(button, "circle-check")
    light = button.icon().pixmap(16).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(Mode.DARK)
    assert tokens(button.palette()) is DARK
    assert button.icon().pixmap(16).toImage() != light
    theme.set_mode(Mode.SYSTEM)  # unknown offscreen: light
    assert tokens(button.palette()) is LIGHT


def test_a_chosen_line_keeps_the_colour_of_its_icon(qapp):
    made = icon("triangle-alert", LIGHT.warn)
    plain, chosen = (made.pixmap(16, mode).toImage() for mode in (
        QIcon.Mode.Normal, QIcon.Mode.Selected))  # fmt: skip
    assert plain == chosen


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_words_keep_off_the_icon_beside_them(qtbot, is_mirrored):
    way = Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight
    button, alone = QPushButton(), QPushButton()
    for made in (button, alone):
        qtbot.addWidget(made)
        set_icon(made, "circle-check")
        made.setLayoutDirection(way)
    button.setText("Done")
    for made in (button, alone):
        made.show()
    assert button.iconSize() == alone.iconSize() + QSize(GAP, 0)
    image = button.icon().pixmap(button.iconSize()).toImage()
    free = range(GAP) if is_mirrored else range(image.width() - GAP, image.width())
    assert all(image.pixelColor(x, y).alpha() == 0 for x in free for y in range(image.height()))


def test_every_icon_file_can_be_drawn(qapp):
    for path in resource("icons").glob("*.svg"):
        image = pixmap(path.stem, LIGHT.text).toImage()
        assert any(
            image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(32)
        ), path.name


def test_icons_name_no_file_that_is_missing():
    source = resource("..", "socialdesk", "ui").resolve()
    used = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r"set_icon\([^,]+, \"([a-z0-9-]+)\"", path.read_text("utf-8"))
    }
    assert [n for n in used if not resource("icons", f"{n}.svg").is_file()] == []


def test_no_icon_file_is_there_for_nothing():
    """The arrows of the style sheet are named by their direction."""
    source = resource("..", "socialdesk").resolve()
    text = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    shipped = {path.stem for path in resource("icons").glob("*.svg")}
    arrows = {name for name in shipped if name.startswith("chevron-")}
    assert [name for name in shipped - arrows if f'"{name}"' not in text] == []


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup, offscreen
@pytest.mark.parametrize("current", [0, 2])
def test_a_list_of_choices_shows_its_last_one_whole(qtbot, theme, current: int):
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["English", "Русский", "Қазақша"])
    combo.setCurrentIndex(current)
    combo.show()
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    whole = view.viewport().rect()
    last = combo.count() - 1
    qtbot.waitUntil(lambda: view.visualRect(combo.model().index(last, 0)).height() > 0)
    outside = [
        n for n in range(combo.count())
        if not whole.contains(view.visualRect(combo.model().index(n, 0)))
    ]  # fmt: skip
    assert outside == []
    combo.hidePopup()


def test_the_icon_of_a_primary_button_is_seen_when_it_has_the_keys(qtbot, theme):
    button = QPushButton()
    qtbot.addWidget(button)
    set_icon(button, "play", "on_accent")
    size = button.icon().availableSizes(QIcon.Mode.Active)[0]
    drawn = button.icon().pixmap(size, 2.0, QIcon.Mode.Active).toImage()
    assert drawn == pixmap("play", LIGHT.accent).toImage()


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QPushButton])
def test_a_control_that_has_the_keys_shows_all_its_words(qtbot, theme, kind):
    room = QWidget()
    qtbot.addWidget(room)
    button = kind("Show what was sent", room)
    with qtbot.waitExposed(room):
        room.show()
    button.adjustSize()
    button.setFocus()
    assert list(cut(room)) == []
