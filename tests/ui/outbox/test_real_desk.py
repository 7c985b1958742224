"""A sent reply, edited from the outbox on the real desk: the practice network has the new words."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.ui.outbox.screen import OutboxScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)


def test_new_words_reach_the_network_and_the_thread(qtbot, theme, bench):  # noqa: F811
    outbox_id = bench.reply("We open at nine.")
    bench.turn(30)
    screen = OutboxScreen(bench.desk, None)
    qtbot.addWidget(screen)
    screen.show()
    screen._with_sent.setChecked(True)
    qtbot.waitUntil(lambda: screen._sheet._can_edit)
    QCoreApplication.sendPostedEvents()
    named = {b.text(): b for b in screen._sheet.findChildren(QPushButton)}
    named["Edit on the network…"].click()
    field = screen._sheet.editing.field
    qtbot.waitUntil(field.isVisible)
    assert field.text == "We open at nine."
    field.selectAll()
    qtbot.keyClicks(field, "We open at ten.")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen._sheet._text.toPlainText() == "We open at ten.")
    (post,) = bench.network.posts_by_us()
    assert "at ten." in str(post)
    assert [(r.id, r.text) for r in bench.outbox()] == [(outbox_id, "We open at ten.")]
