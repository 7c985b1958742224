"""A new workspace with its real engine, and the window that meets it."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.i18n import set_language
from socialdesk.networks import http, registry
from socialdesk.places import workspace
from socialdesk.practice.brand import account_secret
from socialdesk.ui.first_run.beginning import PLACE, Beginning
from socialdesk.ui.first_run.screen import FirstRunScreen
from socialdesk.ui.window import MainWindow
from tests.engine.conftest import Bench, bench, start_bench  # noqa: F401
from tests.fakes import HandClock

WAIT = 20_000  # ms; the commits are real


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[InlineDesk]:
    """Nobody has used it. The network is there, and no test reaches it."""
    monkeypatch.setenv("SOCIALDESK_HOME", str(tmp_path / "home"))
    place = workspace()
    place.prepare()
    outside = Outside(registry.networks(), http.session, lambda _: NoKeyring(account_secret()))
    made = InlineDesk(place.database, place.backups, HandClock(), outside)
    yield made
    made.close()


@pytest.fixture
def start(qtbot: QtBot, desk: InlineDesk, theme: object) -> Iterator[Callable[[], MainWindow]]:
    """Starts the program on this workspace, as often as one likes."""
    made: list[MainWindow] = []

    def begin() -> MainWindow:
        window = MainWindow(desk, title="main")
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        Beginning(desk, window)
        made.append(window)
        return window

    yield begin
    for window in made:
        window.close()
    set_language("en")


@pytest.fixture
def window(qtbot: QtBot, start: Callable[[], MainWindow]) -> MainWindow:
    """A new workspace: the steps have opened by themselves."""
    made = start()
    qtbot.waitUntil(lambda: made.place == PLACE, timeout=WAIT)
    return made


@pytest.fixture
def steps(window: MainWindow) -> FirstRunScreen:
    shown = window.screens.currentWidget()
    assert isinstance(shown, FirstRunScreen)
    return shown


@pytest.fixture
def bench_window(
    qtbot: QtBot,
    bench: Bench,  # noqa: F811
    theme: object,
) -> Iterator[MainWindow]:
    """Of a workspace that was used before there were first steps."""
    made = MainWindow(bench.desk, now=bench.clock.now_ms)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    Beginning(bench.desk, made)
    yield made
    made.close()
