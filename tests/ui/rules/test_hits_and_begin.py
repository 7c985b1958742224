"""What rules did, in the thread; and rules begun from a mention."""

import pytest
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.rules.rule import Do, Field
from socialdesk.engine.commands.rules import ApplyRule
from socialdesk.engine.queries.rules import RuleHits
from socialdesk.ui.palette import Picker
from socialdesk.ui.rules.begin import begun, choices, telling_words
from socialdesk.ui.rules.hits_line import RuleHitsLine
from socialdesk.ui.rules.screen import RulesScreen
from socialdesk.ui.window import MainWindow
from tests.engine.errands.test_rule_runs import Filled
from tests.fakes import NOON
from tests.rule_makers import a_rule, do, is_, label, words
from tests.ui.fake_desk import a_row

WAIT = 10_000


@pytest.fixture
def filled(tmp_path):
    made = Filled(tmp_path)
    yield made
    made.desk.close()


def a_line(qtbot, filled):
    made = RuleHitsLine(filled.desk, None)
    qtbot.addWidget(made)
    return made


def test_the_thread_says_which_rule_did_what_and_takes_it_back(qtbot, theme, filled):
    then = (label("refund"), do(Do.PRIORITY, 1), do(Do.ASSIGN, 2))
    id = filled.keep(a_rule(then=then, name="Refunds"))
    filled.do(ApplyRule(id))
    line = a_line(qtbot, filled)
    line.show_mention(filled.ids[0])
    wanted = ["Rule Refunds: label refund, priority 1, hand over to Ben"]
    qtbot.waitUntil(lambda: line.lines == wanted, timeout=WAIT)
    button = next(b for b in line.findChildren(QPushButton) if b.isEnabled())
    with qtbot.waitSignal(line.told) as told:
        button.click()
    assert told.args == ["Taken back on 1 mention."]
    qtbot.waitUntil(lambda: line.lines == [f"{wanted[0]} (taken back)"], timeout=WAIT)


def test_where_no_rule_did_anything_there_is_no_line(qtbot, theme, filled):
    line = a_line(qtbot, filled)
    line.show_mention(filled.ids[0])
    asked = filled.desk.ask(RuleHits(filled.ids[0]))
    qtbot.waitUntil(asked.done, timeout=WAIT)
    assert line.isHidden()


def test_the_line_stands_under_the_head_of_the_thread(qtbot, theme, filled):
    id = filled.keep(a_rule(name="Refunds"))
    filled.do(ApplyRule(id))
    window = MainWindow(filled.desk, now=lambda: NOON)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.pane.model.rowCount() > 0, timeout=WAIT)
    window.inbox.show_mention(filled.ids[0])
    qtbot.waitUntil(lambda: window.inbox.thread_pane._rules is not None, timeout=WAIT)
    line = window.inbox.thread_pane._rules
    assert line is not None
    qtbot.waitUntil(lambda: line.lines == ["Rule Refunds: label hit"], timeout=WAIT)
    assert line.isVisible()
    window.inbox.show_mention(filled.ids[1])
    qtbot.waitUntil(lambda: line.isHidden(), timeout=WAIT)
    window.close()


def test_the_palette_begins_a_rule_from_a_mention(qtbot, theme, filled):
    window = MainWindow(filled.desk, now=lambda: NOON)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.pane.model.rowCount() > 0, timeout=WAIT)
    window.inbox.pane.list.go_to(0)
    qtbot.waitUntil(window.inbox.has_current, timeout=WAIT)
    row = window.inbox.row
    assert window.actions_by_id.run("make_rule")
    (picker,) = window.findChildren(Picker)
    picker._choose(picker._list.topLevelItem(0))
    screen = window.screens.currentWidget()
    assert isinstance(screen, RulesScreen)
    assert row is not None
    assert screen.editor.rule.groups[0].conditions == (is_(Field.HANDLE, row.handle),)
    window.close()


def test_words_that_tell_something_are_offered():
    text = "@shop my cake from https://pond.example/1 was broken, broken! #cake бракованный торт"
    assert telling_words(text) == ["cake", "broken", "бракованный"]
    assert telling_words("@a #b https://pond.example") == []


def test_a_mention_without_words_offers_its_author_only():
    assert [c.value for c in choices(a_row(1, body="👍"))] == [
        begun(is_(Field.HANDLE, "@ann1@pond.example"))
    ]


def test_author_words_and_both_are_offered():
    offered = [c.value for c in choices(a_row(1, body="Where is my refund"))]
    author, found = is_(Field.HANDLE, "@ann1@pond.example"), words("where\nrefund")
    assert offered == [begun(author), begun(found), begun(author, found)]
