"""A drill's window: marked on every screen, its clipboard too, and its score at the end."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QProgressBar, QWidget

from socialdesk.domain.crisis.drill import DrillFacts, DrillNow, score
from socialdesk.domain.crisis.incident import MINUTE_MS, Severity
from socialdesk.engine.commands.drills import EndDrill
from socialdesk.engine.desk import Notice
from socialdesk.engine.queries.drills import ReadDrill
from socialdesk.engine.words.drills import MARK
from socialdesk.i18n import set_language
from socialdesk.ui.drill.clipboard import mark
from socialdesk.ui.drill.frame import Border
from socialdesk.ui.drill.score import ScoreDialog
from socialdesk.ui.drill.stage import Stage
from tests.ui.fake_desk import NOW

BEGAN = NOW - 12 * MINUTE_MS
PLAYED = DrillNow("recall", 4, began_at=BEGAN)
FACTS = DrillFacts(
    onset_at=BEGAN, declared_at=BEGAN + 4 * MINUTE_MS, statement_at=BEGAN + 10 * MINUTE_MS,
    severity=Severity.SEV1, n_skipped=1, n_promises_due=2, n_promises_kept=1, n_held=3,
)  # fmt: skip
OVER = replace(
    PLAYED, ended_at=NOW, why_ended="declared", score=score(FACTS), past=(40, 80)
)  # fmt: skip


@pytest.fixture
def drill(desk, monkeypatch):
    """What the desk says of the drill; a test changes `now`."""

    class Told:
        now = PLAYED

    told, ask = Told(), desk.ask

    def answer(query):
        if isinstance(query, ReadDrill):
            from concurrent.futures import Future

            future: Future[DrillNow] = Future()
            future.set_result(told.now)
            return future
        return ask(query)

    monkeypatch.setattr(desk, "ask", answer)
    return told


@pytest.fixture
def stage(qapp, qtbot, theme, desk, drill, open_window):
    window = open_window(title="DRILL · main")
    made = Stage(qapp, desk, window, lambda: NOW)
    qtbot.waitUntil(lambda: "12" in made.bar.accessibleName())
    yield made
    qapp.removeEventFilter(made.frames)
    set_language("en")


def test_the_window_is_framed_and_says_minute_and_speed(stage, window_of):
    window = window_of(stage)
    assert window.windowTitle().startswith(MARK)
    border = window.findChild(Border)
    assert border.geometry() == window.rect()
    assert "Minute 12 of 40 · speed ×4" in stage.bar.accessibleName()
    window.resize(window.width() - 40, window.height() - 10)
    assert border.geometry() == window.rect()


@pytest.fixture
def window_of():
    return lambda stage: stage.parent()


def test_every_dialog_of_the_process_is_marked(stage, window_of, qtbot):
    dialog = QDialog(window_of(stage))
    dialog.setWindowTitle("Settings")
    dialog.show()
    qtbot.waitUntil(lambda: dialog.findChild(Border) is not None)
    assert dialog.windowTitle() == "DRILL · Settings"
    dialog.setWindowTitle("Templates")
    assert dialog.windowTitle() == "DRILL · Templates"
    dialog.close()


def test_a_window_beside_it_is_marked_and_a_menu_is_not(stage, qtbot):
    board, menu = QWidget(), QMenu()
    for widget in (board, menu):
        qtbot.addWidget(widget)
    board.show()
    stage.frames.dress(menu)
    qtbot.waitUntil(lambda: board.findChild(Border) is not None)
    assert board.windowTitle() == MARK
    assert menu.findChild(Border) is None


def test_the_word_stands_once_and_in_front_of_an_incident(stage, window_of):
    window_of(stage).setWindowTitle("(3) INC-2026-0001 · SEV1 · DRILL · main")
    assert window_of(stage).windowTitle() == "DRILL · (3) INC-2026-0001 · SEV1 · main"


def test_counts_in_the_title_keep_the_word_in_front(stage, window_of):
    window_of(stage).show_count(12)
    assert window_of(stage).windowTitle().startswith(MARK)


class OwnBoard:
    """A clipboard; offscreen Qt's own never says that a text is ours."""

    def __init__(self, text: str, *, is_ours: bool) -> None:
        self.kept, self.is_ours = text, is_ours

    def ownsClipboard(self) -> bool:
        return self.is_ours

    def text(self) -> str:
        return self.kept

    def setText(self, text: str) -> None:
        self.kept = text


def test_what_is_copied_here_says_that_it_is_a_drill_and_nothing_else_is_touched():
    ours, theirs = OwnBoard("We are sorry.", is_ours=True), OwnBoard("Their words", is_ours=False)
    for _ in range(2):
        mark(ours)
        mark(theirs)
    assert (ours.kept, theirs.kept) == ("DRILL · We are sorry.", "Their words")


def test_the_end_is_asked_of_the_desk_and_shows_the_score_once(stage, desk, drill, qtbot):
    drill.now = OVER
    stage.end()
    qtbot.waitUntil(lambda: len(scores()) == 1)
    assert desk.did(EndDrill) == [EndDrill()]
    desk.tell(Notice("drill_ended", {"text": "over"}))
    qtbot.waitUntil(lambda: "is over" in stage.bar.accessibleName())
    assert len(scores()) == 1
    scores()[0].close()
    stage.end()
    qtbot.waitUntil(lambda: len(scores()) == 1)


def scores() -> list[ScoreDialog]:
    tops = QApplication.topLevelWidgets()
    return [top for top in tops if isinstance(top, ScoreDialog) and top.isVisible()]


def test_every_part_of_the_score_is_shown_with_its_reason(qtbot, theme):
    assert OVER.score is not None
    dialog = ScoreDialog(OVER, None)
    qtbot.addWidget(dialog)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert f"{OVER.score.total} of 100 points" in said
    assert [m.value() for m in dialog.findChildren(QProgressBar)] == [
        part.points for part in OVER.score.parts
    ]
    assert "after 4 min; full up to 5 min, none from 30" in said
    assert "1 of 2 kept in time" in said
    assert "Before: 2 drills, best 80, last 40, on average 60 points." in said
    assert dialog.text().startswith(MARK)
