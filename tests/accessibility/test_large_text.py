"""Text at 200 per cent in a window that does not fill the smallest laptop, in every language: no
screen makes the window larger than it or scrolls sideways, no dialog is larger than the screen, no
words are cut, and those that end in … are whole in a tip. SOCIALDESK_PICTURES=1 keeps a picture of
each in tests/output to look at."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import SetSetting
from socialdesk.i18n import LANGUAGES, language
from socialdesk.ui.plain import Elided
from socialdesk.ui.sizes import FRAME
from tests.accessibility.tour import LAPTOP, STOPS, Stop, Tour
from tests.languages.cuts import cut
from tests.languages.rooms import keep_picture

pytestmark = [
    pytest.mark.timeout(300),  # a walk of half a minute, where others work too
    pytest.mark.qt_log_ignore("This plugin does not support"),  # offscreen: raise()
]
PATIENCE_MS = 3_000  # of laying out
ROOM = QSize(1250, LAPTOP.height() - FRAME)
# Elsewhere a page is a language.
PAGED = {View.OUTBOX.value, "incident", "faq", "contacts", "readiness"}
# Their rows are like those of the list of mentions, which is there.
ALIKE = {View.DONE.value, View.PROBLEMS.value}
# Dialogs that have nothing of their own for the other walks.
MORE = tuple(
    Stop(act, lambda tour, act=act: tour.run(act), is_dialog=True)  # type: ignore[misc]
    for act in (
        "about",
        "manual",
        "backups",
        "check_computer",
        "rename_person",
        "put_person_away",
        "bring_person_back",
    )
)


@dataclass(frozen=True, slots=True)
class Met:
    """`least`, `size`, `screen`: px, of the window or dialog that stands there. `hidden`: px at the
    side of it, that one has to scroll to. `untold`: words that end in … and have no tip."""

    place: str
    is_dialog: bool
    least: QSize
    size: QSize
    screen: QSize
    hidden: int
    cuts: tuple[str, ...]
    untold: tuple[str, ...]


@pytest.fixture(scope="module", params=LANGUAGES)
def met(tour: Tour, request: pytest.FixtureRequest) -> Iterator[list[Met]]:
    """Each place, met once in large text; those after find the text as it was."""
    before = tour.window.size()
    tour.desk.do(SetSetting("language", request.param)).result()
    tour.settle()
    tour.window.preferences.set_text_size(200)
    tour.window.resize(ROOM)
    tour.settle()
    stops = [stop for stop in (*STOPS, *MORE) if stop.name not in ALIKE]
    yield [found for stop in stops for found in _meet(tour, stop)]
    tour.leave()
    tour.window.preferences.set_text_size(100)
    tour.window.resize(before)
    tour.desk.do(SetSetting("language", "en")).result()
    tour.settle()


def _meet(tour: Tour, stop: Stop) -> Iterator[Met]:
    root = tour.visit(stop)
    yield _look(stop.name, root, stop)
    for page in tour.pages(root) if stop.name in PAGED else ():
        yield _look(f"{stop.name}-{page}", root, stop)


def _look(place: str, root: QWidget, stop: Stop) -> Met:
    cuts = _cuts_that_stay(root)
    keep_picture(root, f"large-{language()}-{place.replace(' ', '_')}")
    untold = tuple(one.text() for one in root.findChildren(Elided)
                   if one.isVisible() and one.is_cut and not one.toolTip())  # fmt: skip
    least = root.minimumSizeHint().expandedTo(root.minimumSize())
    size, screen = root.size(), root.screen().availableSize()
    hidden = _hidden_at_the_side(root)
    return Met(place, stop.is_dialog, least, size, screen, hidden, cuts, untold)


def _hidden_at_the_side(root: QWidget) -> int:
    """A dialog may be as large as the window; the screen of these tests is smaller."""
    root.resize(root.size().expandedTo(ROOM))
    areas = [area for area in root.findChildren(QScrollArea) if area.isVisible()]
    passed = QElapsedTimer()
    passed.start()
    while (
        hidden := max((area.horizontalScrollBar().maximum() for area in areas), default=0)
    ) and passed.elapsed() < PATIENCE_MS:
        QApplication.processEvents()
    return hidden


def _cuts_that_stay(root: QWidget) -> tuple[str, ...]:
    """Wrapped words are laid out in several turns of the loop."""
    passed = QElapsedTimer()
    passed.start()
    while (cuts := tuple(cut(root))) and passed.elapsed() < PATIENCE_MS:
        QApplication.processEvents()
    return cuts


def test_no_screen_makes_the_window_larger_than_a_laptop(met: list[Met]) -> None:
    windows = [one for one in met if not one.is_dialog]
    assert len(windows) > 30
    faults = [
        f"{one.place}: {one.least.toTuple()}, stands at {one.size.toTuple()}"
        for one in windows
        if one.size != ROOM or one.least.expandedTo(ROOM) != ROOM
    ]
    assert not faults, "\n".join(faults)


def test_no_screen_scrolls_sideways(met: list[Met]) -> None:
    faults = [f"{one.place}: {one.hidden} px" for one in met if one.hidden]
    assert not faults, "\n".join(faults)


def test_every_dialog_can_be_as_small_as_a_laptop(met: list[Met]) -> None:
    dialogs = [one for one in met if one.is_dialog]
    assert len(dialogs) > 10
    faults = [
        f"{one.place}: {one.least.toTuple()}"
        for one in dialogs
        if one.least.expandedTo(ROOM) != ROOM
    ]
    assert not faults, "\n".join(faults)


def test_no_dialog_opens_higher_than_the_screen(met: list[Met]) -> None:
    dialogs = [one for one in met if one.is_dialog]
    faults = [
        f"{one.place}: {one.size.toTuple()}"
        for one in dialogs
        if one.size.height() > one.screen.height()
    ]
    assert not faults, "\n".join(faults)


def test_words_that_end_in_dots_are_whole_in_a_tip(met: list[Met]) -> None:
    faults = [f"{one.place}: {words}" for one in met for words in one.untold]
    assert not faults, "\n".join(faults)


def test_no_words_are_cut(met: list[Met]) -> None:
    faults = [f"{one.place}: {words}" for one in met for words in one.cuts]
    assert not faults, "\n".join(faults)
