"""Pictures of the board and of each report, for people to look at: in tests/output.

.venv/bin/python -m tests.tools.report_pictures
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.reports import MakeReport
from socialdesk.engine.reports.html import page
from socialdesk.engine.reports.sections import report_of
from socialdesk.engine.reports.wire import figures_from_json
from socialdesk.i18n import set_language
from socialdesk.ui import garbage
from socialdesk.ui.board.screen import BoardScreen, BoardWindow, open_board
from socialdesk.ui.printing import Page, keep_headings, paint_page
from socialdesk.ui.reports.screen import ReportsScreen
from socialdesk.ui.window import MainWindow
from tests.engine.reports.conftest import N_DAYS, NOW, desk_on
from tests.engine.reports.world import fill_world
from tests.fakes import HandClock
from tests.store.queue_file import QueueFile

OUTPUT = Path(__file__).parents[1] / "output"
SIZES = (QSize(1366, 768), QSize(1920, 1080))
SETTLE_MS = 400


def settle(app: QApplication, ms: int = SETTLE_MS) -> None:
    passed = QElapsedTimer()
    passed.start()
    while passed.elapsed() < ms:
        app.processEvents()


def take(widget: QWidget, app: QApplication, name: str) -> None:
    settle(app)
    widget.grab().save(str(OUTPUT / f"{name}.png"))


def take_scrolled(window: MainWindow, screen: ReportsScreen, app: QApplication, name: str) -> None:
    """The whole report, one screenful after the other."""
    bar = screen.page.verticalScrollBar()
    n = 0
    while True:
        bar.setValue(n * round(bar.pageStep() * 0.92))
        take(window, app, f"{name}-{n + 1}")
        if bar.value() >= bar.maximum() or n > 8:
            return
        n += 1


def paper(html: Path, name: str) -> None:
    """The pages of the PDF, as the printing child lays them out."""
    document = Page(html.read_text(encoding="utf-8"), 680)
    document.setPageSize(QSize(680, 1009).toSizeF())
    keep_headings(document)
    for n in range(document.pageCount()):
        image = QImage(680, 1009, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        paint_page(document, painter, n)
        painter.end()
        image.save(str(OUTPUT / f"{name}-{n + 1}.png"))


def main() -> None:
    app = QApplication([])
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        queue = QueueFile(home)
        fill_world(queue, 2_500, n_days=N_DAYS)
        queue.close()
        desk = desk_on(home / "workspace.db", HandClock(NOW))
        for theme in ("light", "dark"):
            for size in SIZES:
                set_language("en")
                desk.do(SetSetting("theme", theme)).result()
                window = MainWindow(desk, title="Tulip & Rye", now=lambda: NOW)
                window.resize(size)
                window.show()
                name = f"{theme}-{size.width()}"
                window.show_place("board")
                board = window.screens.currentWidget()
                assert isinstance(board, BoardScreen)
                while board.view.answer is None:
                    settle(app, 100)
                take(window, app, f"board-{name}")
                board.view.chosen.emit(board.view.pictures["numbers"].section.spots[0])
                take(window, app, f"board-mentions-{name}")
                alone = open_board(window)
                assert isinstance(alone, BoardWindow)
                alone.resize(size)
                take(alone, app, f"board-alone-{name}")
                alone.view.set_text(True)
                take(alone, app, f"board-text-{name}")
                alone.close()
                window.show_place("reports")
                screen = window.screens.currentWidget()
                assert isinstance(screen, ReportsScreen)
                while screen.figures is None:
                    settle(app, 100)
                take_scrolled(window, screen, app, f"report-{name}")
                window.close()
        set_language("kk")
        answer = desk.do(MakeReport("2026-W47")).result().answer
        figures = figures_from_json(dict(answer["figures"]))
        html = page(report_of(figures), figures, for_paper=True)
        (home / "r.html").write_text(html, encoding="utf-8")
        paper(home / "r.html", "report-paper")
        desk.close()


if __name__ == "__main__":
    with garbage.by_hand():  # a thread of the engine would destroy closed windows beside Qt
        main()
