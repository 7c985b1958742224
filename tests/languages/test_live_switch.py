"""Another language without a restart: every open screen says everything anew, and nothing that
somebody typed, chose or scrolled to is lost.

Each catalogue signs its texts with a mark of its own, so that a text of the language before is
found wherever it stands, whatever was filled into it.
"""

import gettext
from itertools import cycle
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from socialdesk import i18n
from socialdesk.engine.commands import SetSetting
from socialdesk.i18n import LANGUAGES, language
from socialdesk.places import resource
from socialdesk.ui.contacts.context_part import PersonPart
from tests.languages.rooms import Tour
from tests.languages.texts import texts_of

SIZE = QSize(1366, 768)
MARKS = {code: chr(0xE000 + n) for n, code in enumerate(LANGUAGES)}  # private use: in no real text

WITH_FORMS = ("needs_reply", "templates", "rules")


class Signed(gettext.NullTranslations):
    """The catalogue of a language; each text ends in its mark."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._mark = MARKS[code]
        is_source = code == i18n.SOURCE_LANGUAGE
        self._real = gettext.translation(i18n.DOMAIN, resource("i18n"), [code], fallback=is_source)

    def gettext(self, message: str) -> str:
        return self._real.gettext(message) + self._mark

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._real.ngettext(msgid1, msgid2, n) + self._mark


def set_signed(code: str | None = None) -> str:
    """In place of set_language; "system" is English here."""
    known = code or i18n.SOURCE_LANGUAGE
    i18n._Spoken.now = (known, Signed(known))
    return known


@pytest.fixture
def tour(world, qtbot, monkeypatch):
    monkeypatch.setattr("socialdesk.ui.language.set_language", set_signed)
    made = Tour(world, lambda done: qtbot.waitUntil(done, timeout=15_000), SIZE)
    yield made
    made.close()


def speak(tour: Any, qtbot: Any, code: str) -> None:
    """As somebody does it: in the settings."""
    tour.world.do(SetSetting("language", code))
    qtbot.waitUntil(lambda: language() == code, timeout=10_000)
    tour.settle()


def left(tour: Any, code: str) -> set[str]:
    """Texts on the screen that another language signed."""
    others = [mark for other, mark in MARKS.items() if other != code]
    return {
        f"{t.where}: {t.text[:90]!r}"
        for t in texts_of(tour.window)
        if any(mark in t.text for mark in others)
    }


@pytest.mark.timeout(300)  # a minute on a machine that does other things too
def test_every_screen_changes_its_language_in_place_and_when_it_is_shown_again(tour, qtbot) -> None:
    faults: list[str] = []
    codes = cycle(("ru", "kk", "en"))
    for place in tour.places():
        code = next(codes)
        speak(tour, qtbot, code)
        faults += [f"{code}, {place}: {text}" for text in left(tour, code)]
    for place in tour.places():  # each was made in one of three languages
        faults += [f"{code}, {place} again: {text}" for text in left(tour, code)]
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.mark.timeout(300)
def test_typed_words_focus_and_place_in_the_list_stay(tour, qtbot) -> None:
    window = tour.window
    window.show_place("all")
    tour.settle()
    bar = window.inbox.pane.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum() // 2)
    field = note_field(window)
    field.setText("half written")
    field.setFocus()
    before = (bar.value(), window.inbox.row.id)
    for code in ("ru", "kk", "en"):
        speak(tour, qtbot, code)
        assert (bar.value(), window.inbox.row.id) == before
        assert note_field(window).text() == "half written"
        qtbot.waitUntil(lambda: note_field(window).hasFocus())


def note_field(window: Any) -> QLineEdit:
    """Beside the thread: a note about who wrote it."""
    fields: list[QLineEdit] = window.findChild(PersonPart).findChildren(QLineEdit)
    return next(f for f in fields if f.isVisible())


@pytest.mark.timeout(300)
def test_half_filled_forms_stay_as_they_are(tour, qtbot) -> None:
    faults: list[str] = []
    for place, code in zip(WITH_FORMS, cycle(("ru", "en")), strict=False):
        tour.window.show_place(place)
        tour.settle()
        for field in forms(tour.window):
            field.setText("half written")
        typed = len(half_written(tour.window))
        speak(tour, qtbot, code)
        kept = len(half_written(tour.window))
        if kept != typed or not typed:
            faults.append(f"{place}: {kept} of {typed} fields kept their words")
    assert faults == []


def forms(window: Any) -> list[QLineEdit]:
    """Empty fields on the screen, but for those that search as one types."""
    fields = [f for f in window.findChildren(QLineEdit) if f.isVisible() and f.isEnabled()]
    return [
        f for f in fields
        if not f.text() and not f.isReadOnly() and "earch" not in f.placeholderText()
    ]  # fmt: skip


def half_written(window: Any) -> list[QLineEdit]:
    fields = window.findChildren(QLineEdit)
    return [f for f in fields if f.isVisible() and f.text() == "half written"]
