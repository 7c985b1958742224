"""The bar of what is held for some seconds, when it is no reply."""

from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.parts import now_ms


def test_a_held_statement_is_named_as_one_and_z_is_named(qtbot, desk, composer):
    now = now_ms()
    desk.answers[q.ListOutbox] = [
        OutboxRow(9, 0, OutboxState.HELD, "@dalacoffee", "", "We are sorry.", now,
                  HoldReason.UNDO, now + 60_000)
    ]  # fmt: skip
    composer._hold.refresh()
    qtbot.waitUntil(composer._hold.isVisible)
    assert composer._hold._text.text().startswith("Statement at @dalacoffee: goes out in ")
    assert composer._hold.back.text() == "Take back (z)"
    composer._hold.back.click()
    qtbot.waitUntil(lambda: desk.did(c.TakeBack) == [c.TakeBack(9)])
