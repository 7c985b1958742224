"""Templates on the real desk: written, looked at, approved, used."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import queries as q
from socialdesk.ui.templates.screen import TemplatesScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)


@pytest.fixture
def screen(qtbot, theme, bench):  # noqa: F811
    made = TemplatesScreen(bench.desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() > 3)
    return made


def stored(bench, name):  # noqa: F811
    return next(t for t in bench.desk.ask(q.ListTemplates()).result() if t.name == name)


def test_words_are_written_looked_at_and_approved(qtbot, screen, bench):  # noqa: F811
    screen._new.click()
    qtbot.keyClicks(screen._editor._name, "Parking")
    qtbot.keyClicks(screen._editor._body, "Dear {first_name}, park behind the house.")
    qtbot.waitUntil(screen._editor.save.isEnabled)
    screen._editor.save.click()
    qtbot.waitUntil(lambda: bool(screen._list.findItems("Parking", Qt.MatchFlag.MatchStartsWith)))
    (version,) = stored(bench, "Parking").versions
    assert version.state is TemplateState.DRAFT
    qtbot.waitUntil(screen._approve.isEnabled)
    screen._approve.click()
    assert screen._approval._text.toPlainText() == "Dear {first_name}, park behind the house."
    screen._approval.yes.click()
    qtbot.waitUntil(lambda: screen._pages.currentIndex() == 0)
    qtbot.waitUntil(lambda: "same person" in screen._versions._list.item(0).text())
    assert stored(bench, "Parking").versions[0].state is TemplateState.APPROVED


def test_an_edit_leaves_the_approved_words_in_use(qtbot, screen, bench):  # noqa: F811
    name = bench.desk.ask(q.ListTemplates()).result()[0].name
    (entry,) = screen._list.findItems(f"{name}\n", Qt.MatchFlag.MatchStartsWith)
    screen._list.setCurrentItem(entry)
    lang, before = screen._editor.lang, screen._editor.text
    qtbot.keyClicks(screen._editor._body, "Oh. ")
    qtbot.waitUntil(screen._editor.save.isEnabled)
    screen._editor.save.click()
    qtbot.waitUntil(lambda: "once it is approved" in screen._notice.text)
    states = {v.state: v.body for v in stored(bench, name).versions if v.lang == lang}
    assert states[TemplateState.APPROVED] == before
    assert states[TemplateState.DRAFT] == screen._editor.text


def test_search_finds_by_words_in_the_store(qtbot, screen, bench):  # noqa: F811
    n = screen._list.count()
    qtbot.keyClicks(screen._search, "zzzzzz")
    qtbot.waitUntil(lambda: screen._list.count() == 0)
    screen._search.clear()
    qtbot.waitUntil(lambda: screen._list.count() == n)
