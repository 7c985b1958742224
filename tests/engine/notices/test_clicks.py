"""A click on a notice while there is no window, one, or one that comes too late."""

import pytest

from socialdesk.engine.commands.notices import TakeClick
from socialdesk.engine.notices.telling import OPEN
from tests.engine.notices.notice_bench import Engine
from tests.fakes import HandClock
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

MIN = 60  # s


@pytest.fixture
def engine(tmp_path):
    QueueFile(tmp_path).close()
    made = Engine(tmp_path, HandClock())
    made.set(notice_due_soon="no", fetching="off")
    yield made
    made.desk.close()


@pytest.fixture
def clicked(engine):
    """The mention whose notice was clicked."""
    (id,) = engine.bring(a_mention(at=engine.clock.now - 70 * MIN * 1000))
    engine.turn(1)
    engine.desktop.click(engine.desktop.shown[0], OPEN)
    return id


def test_a_click_that_no_window_takes_opens_one_which_goes_there(engine, clicked):
    engine.turn(0.5)
    assert engine.n_windows == 0  # one that is there is given a moment
    engine.turn(1)
    engine.turn(30)
    assert engine.n_windows == 1
    assert engine.do(TakeClick())["mention"] == clicked


def test_a_click_that_a_window_takes_opens_no_other(engine, clicked):
    assert engine.do(TakeClick())
    engine.turn(60)
    assert engine.n_windows == 0


def test_a_window_that_comes_much_later_is_not_about_the_click(engine, clicked):
    engine.turn(3 * MIN)
    assert engine.n_windows == 1
    assert engine.do(TakeClick()) == {}
