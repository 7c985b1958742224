"""Pictures of the inbox for people to look at, in tests/output; and that nothing in them is cut."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import Badge, Earlier, Note, SavedView, ThreadPost
from socialdesk.engine import queries as q
from socialdesk.i18n import set_language
from socialdesk.ui.theme import DARK, LIGHT, tokens
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_detail, a_row

OUTPUT = Path(__file__).parents[1] / "output"
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE

ROWS = [
    a_row(1, author="Айгүл Сәрсенбаева", handle="@aigul@pond.example", due_at=NOW - 12 * MINUTE,
          body="Тапсырысым 5 күн кешігіп жатыр, ешкім жауап бермейді. Ақшамды қайтарыңыз! 😡",
          status=Status.OPEN, labels=("delivery",), priority=1, at=NOW - 19 * MINUTE),
    a_row(2, author="Дмитрий Ким", at=NOW - 30 * MINUTE,
          body="Кофе отличный, но очередь 40 минут. Поставьте второго бариста, пожалуйста"),
    a_row(3, author="Sarah O'Neill", network="bluesky", is_vip=True, due_at=NOW - 3 * MINUTE,
          body="Is it true your Abay Ave branch sold spoiled milk to a child?", at=NOW - HOUR),
    a_row(4, author="李明", network="bluesky", body="你们的外卖什么时候支持支付宝? 服务很好👍",
          due_at=NOW + 2 * HOUR),
    a_row(5, author="سارة الأحمد", body="هل لديكم فرع في أستانا؟ أحب قهوتكم كثيرا ☕",
          due_at=NOW + 3 * HOUR),
    a_row(6, author="Brand watch", network="feed", status=Status.DONE, at=NOW - 2 * DAY,
          disposition=Disposition.NO_REPLY_NEEDED, body="“Ten best coffee chains in Almaty”"),
    a_row(7, author="Нұрлан Т.", status=Status.WAITING, assignee="Aliya", at=NOW - 20 * DAY,
          body="Рахмет! Қызмет көрсету өте жақсы, бариста Әсел керемет"),
]  # fmt: skip


def _thread(row):
    return a_detail(
        row, lang="kk", notes=(Note(1, NOW - 5 * MINUTE, "Aliya", "The courier has it."),),
        thread=(
            ThreadPost(901, row.author, row.handle, "Сәлем! Тапсырыс қашан келеді?", NOW - 3 * DAY),
            ThreadPost(902, "Dala Coffee", "@dala", "Сәлеметсіз бе! Ертең 12:00-ге дейін "
                       "жеткіземіз: https://dala.example/track/48213", NOW - 3 * DAY, is_own=True,
                       by="Aliya"),
            ThreadPost(903, row.author, row.handle, "Әлі келген жоқ. Не болып жатыр?", NOW - DAY,
                       is_edited=True, earlier=(Earlier(NOW - DAY, "Әлі жоқ"),)),
            ThreadPost(row.id, row.author, row.handle, row.body + "\n\nЗаказ №48213", row.at),
        ),
    )  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk(ROWS)
    made.answers[q.ReadDetail] = lambda query: _thread(made.rows_by_id[query.mention_id])
    made.answers[q.CountViews] = [
        Badge("needs_reply", 7), Badge("new", 3), Badge("waiting", 2), Badge("saved:1", 12),
    ]  # fmt: skip
    made.answers[q.ListSavedViews] = [SavedView(1, "Late delivery", "label:delivery")]
    made.answers[q.CountPerHour] = [2, 3, 2, 4, 3, -1, 5, 4, 3, 6, 5, 8, 14, 20]
    return made


@pytest.mark.parametrize(
    ("theme", "width", "height", "code"),
    [("light", 1252, 720, "en"), ("dark", 1252, 720, "en"), ("light", 1366, 768, "ru"),
     ("dark", 1366, 768, "kk")],
)  # fmt: skip
def test_the_inbox_fits_and_is_pictured(qtbot, qapp, desk, theme, width, height, code):
    desk.answers[q.ReadSettings] = {"theme": theme, "language": code}
    window = MainWindow(desk, now=lambda: NOW, title="Dala Coffee")
    qtbot.addWidget(window)
    window.resize(width, height)
    if width == 1366:
        window.inbox.turn_context()
    window.show()
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    qtbot.waitUntil(lambda: tokens(qapp.palette()) is (DARK if theme == "dark" else LIGHT))
    assert window.width() == width, "the window grew: something needs more room than there is"
    _keep(window, f"inbox-{theme}-{width}-{code}")
    set_language("en")


def test_a_mirrored_layout_is_pictured(qtbot, qapp, desk):
    desk.answers[q.ReadSettings] = {"theme": "light", "language": "en"}
    window = MainWindow(desk, now=lambda: NOW, title="Dala Coffee")
    qtbot.addWidget(window)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.resize(1252, 720)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    assert window.views.mapTo(window, window.views.rect().topLeft()).x() > window.width() // 2
    done = next(b for b in window.inbox.findChildren(QPushButton) if b.text() == "Done")
    assert done.mapTo(window, done.rect().center()).x() < window.width() // 2
    _keep(window, "inbox-mirrored")


def _keep(window, name):
    OUTPUT.mkdir(exist_ok=True)
    picture = window.grab()
    assert picture.save(str(OUTPUT / f"{name}.png"))
    colors = {picture.toImage().pixel(x, y) for x in range(0, 1200, 7) for y in range(0, 700, 7)}
    assert len(colors) > 20
