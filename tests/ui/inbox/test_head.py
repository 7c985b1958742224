"""The head of a thread where it has little room: nothing is cut inside a letter."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton

from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.chip_line import ChipLine
from socialdesk.ui.inbox.head import IN_MENU, NAME, Head
from socialdesk.ui.plain import chip
from socialdesk.ui.text_size import at_size
from tests.languages.cuts import cut
from tests.ui.driving import NO_PARENT
from tests.ui.fake_desk import NOW, a_row

WIDE, NARROW = 700, 330  # px


def nothing() -> None:
    """An act that does nothing."""


def test_done_shows_its_sign_only_where_its_words_have_no_room(qtbot, theme):
    actions = Actions()
    actions.add(Action("done", lambda: "Done and next", "e", nothing))
    head = Head(actions, lambda: NOW, NO_PARENT)
    qtbot.addWidget(head)
    head.translate()
    head.show_row(a_row(1, author="Айгүл Сәрсенбаева"))
    head.show()
    (done,) = (b for b in head.findChildren(QPushButton) if b.accessibleName() == "Done and next")
    for width, words in ((WIDE, "Done"), (NARROW, ""), (WIDE, "Done")):
        head.resize(width, head.sizeHint().height())
        qtbot.waitUntil(lambda words=words: done.text() == words)
        assert list(cut(head)) == []
    assert "(e)" in done.toolTip()


def test_the_number_of_chips_that_have_no_room_has_room_itself(qtbot, theme):
    theme.set_text_size(200)
    line = ChipLine(NO_PARENT)
    qtbot.addWidget(line)
    line.show()
    line.show_widgets([chip(f"word {n}", parent=line) for n in range(20)])
    for width in range(150, 900, 7):
        line.resize(QSize(width, line.sizeHint().height()))
        assert line._rest.isVisible() and line._rest.geometry().right() <= width
    theme.set_text_size(100)


def test_a_name_keeps_its_place_and_the_menu_has_what_has_none(qtbot, theme):
    actions = Actions()
    for action in ("snooze", "label", "priority_1", "done", "more", "context"):
        actions.add(Action(action, partial(str, action), "", nothing))
    head = Head(actions, lambda: NOW, NO_PARENT)
    qtbot.addWidget(head)
    head.translate()
    head.show_row(a_row(1, author="Айгүл Сәрсенбаева"))
    head.show()
    theme.set_text_size(150)
    shown = {}
    for width in (WIDE, *range(500, NARROW - 1, -5), WIDE):
        head.resize(width, head.sizeHint().height())
        QApplication.processEvents()
        assert head._name.width() >= at_size(NAME, head.font())
        assert list(cut(head)) == []
        shown[width] = {name for name, button in head._buttons.items() if button.isVisible()}
    theme.set_text_size(100)
    assert shown[WIDE] == set(head._buttons)
    assert shown[NARROW] == {"done", "more", "context"}
    gone = {frozenset(shown[WIDE] - buttons) for buttons in shown.values()}
    assert gone == {frozenset(IN_MENU[:n]) for n in range(len(IN_MENU) + 1)}  # one after the other
