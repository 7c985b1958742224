"""Finding a network by typing, and rows whose words are whole at any width."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from socialdesk.domain.network_row import NetworkRow
from socialdesk.i18n import set_language
from socialdesk.networks import registry
from socialdesk.ui.accounts.choose import ChoosePage
from socialdesk.ui.accounts.network_lines import EDGE, LEFT, PAD
from tests.ui.compose.looks import shoot

WIDTHS = (420, 500, 570, 580, 590, 600, 610, 620, 700)


@pytest.fixture
def page(qtbot, theme):
    top = QWidget()
    qtbot.addWidget(top)
    made = ChoosePage(top)
    made.resize(620, 600)
    made.show_networks(ROWS)
    top.resize(720, 600)
    top.show()
    yield made  # its window lives as long


def row_of(info):
    """As the engine tells of it."""
    can = tuple(one.name for one in info.can)
    return NetworkRow(
        info.key, info.label, "oauth", (), about=info.about, can=can, unverified=info.unverified
    )


ROWS = [row_of(n.info) for n in registry.networks().values()]


def keys_of(page):
    at = range(page.list.count())
    return [page.list.item(n).data(Qt.ItemDataRole.UserRole).key for n in at]


def test_a_name_that_begins_as_typed_comes_first(qtbot, page):
    qtbot.keyClicks(page.search, "x")
    assert keys_of(page)[0] == "x"
    assert len(keys_of(page)) > 1
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert chosen.args[0].key == "x"


def test_the_order_stays_where_no_name_begins_as_typed(qtbot, page):
    before = keys_of(page)
    qtbot.keyClicks(page.search, "reviews")
    found = keys_of(page)
    assert "imap" in found and "trustpilot" in found
    assert found == [key for key in before if key in found]


def test_nothing_found_says_what_else_there_is(qtbot, page):
    assert page.nothing.isHidden()
    qtbot.keyClicks(page.search, "frogsocial")
    assert keys_of(page) == []
    assert page.nothing.isVisible()
    assert "Mailbox" in page.nothing.text()
    page.search.clear()
    assert page.nothing.isHidden()
    assert page.list.currentRow() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_is_as_high_as_its_words(qtbot, page, width):
    view = page.list
    page.show_networks(())
    page.resize(width, 500)
    QCoreApplication.processEvents()
    assert not view.verticalScrollBar().isVisible()
    page.show_networks(ROWS)
    qtbot.waitUntil(view.verticalScrollBar().isVisible)  # takes some of the width
    qtbot.waitUntil(lambda: view.visualItemRect(view.item(0)).right() < view.viewport().width())
    flags = int(Qt.TextFlag.TextWordWrap)
    for n in range(view.count()):
        rect, facts = view.visualItemRect(view.item(n)), view.item(n).text().partition("\n")[2]
        room = rect.adjusted(LEFT, 0, -EDGE, 0)
        room.setHeight(10_000)
        need = QFontMetrics(view.font()).boundingRect(room, flags, facts).height()
        name = QFontMetrics(view.font()).lineSpacing()
        assert rect.right() < view.viewport().width()
        assert need + name <= rect.height() - 2 * PAD + 2
        assert rect.height() - 2 * PAD <= need + name + 6  # and no gap below


def test_what_is_not_a_name_is_said_in_the_language_in_use(qtbot, page):
    set_language("ru")
    try:
        page.search.setText("почта")
        assert keys_of(page)[0] == "imap"
        assert page.list.item(0).text().startswith("Почтовый ящик\n")
        page.search.setText("threads")
        assert page.list.item(0).text().startswith("Threads\n")
    finally:
        set_language("en")


def test_how_the_rows_look(page, theme):
    shoot(theme, page, "add-choose")
