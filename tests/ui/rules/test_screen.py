"""The rules on the real desk: written by keys, tried, switched on, moved, taken back."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from socialdesk.domain.rules.rule import ALL_DAYS, Do, Field, Group, Match
from socialdesk.engine.commands import SetPriority
from socialdesk.engine.commands.rules import SaveRule, SetRuleOn
from socialdesk.engine.errands import rules as rule_runs
from socialdesk.engine.queries.rules import ListRules
from socialdesk.ui.rules.editor import RuleEditor
from socialdesk.ui.rules.screen import RulesScreen
from tests.engine.errands.test_rule_runs import Filled, N, texts
from tests.rule_makers import a_rule, do, is_, label, words
from tests.ui.compose.looks import unnamed, wrong_format

WAIT = 10_000


@pytest.fixture
def filled(tmp_path):
    made = Filled(tmp_path)
    yield made
    made.desk.close()


@pytest.fixture
def screen(qtbot, theme, filled):
    made = RulesScreen(filled.desk, None)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    qtbot.waitExposed(made)
    known = made._knowing
    qtbot.waitUntil(lambda: known.n_awaited == 0 and made._rows_read, timeout=WAIT)
    return made


def stored(filled):
    return filled.desk.ask(ListRules()).result()


def shown(qtbot, screen, n):
    """Until so many rules are in the list."""
    qtbot.waitUntil(lambda: len([i for i in screen.list.ids() if i]) == n, timeout=WAIT)


def keep(qtbot, screen, filled, *rules):
    ids = [filled.keep(rule) for rule in rules]
    shown(qtbot, screen, len(stored(filled)))
    return ids


def choose(screen, n):
    screen.list.setCurrentRow(n)


def test_a_rule_is_written_by_keys_tried_and_switched_on(qtbot, screen, filled):
    screen._new.click()
    qtbot.keyClicks(screen.editor.name, "Refunds")
    condition = screen.editor.boxes[0].rows[0]
    qtbot.keyClicks(condition.value.edit, "refund, -thanks")
    qtbot.keyClicks(screen.editor.action_rows[0].value, "Money")
    assert screen.editor.sentence == "If the words contain refund, -thanks: label Money."
    screen.save.click()
    shown(qtbot, screen, 1)
    (row,) = stored(filled)
    assert (row.name, row.is_on) == ("Refunds", False)
    assert row.rule is not None
    assert row.rule.groups[0].conditions == (words("refund\n-thanks"),)
    qtbot.waitUntil(screen.turn.isEnabled, timeout=WAIT)
    screen.turn.click()
    qtbot.waitUntil(lambda: "was not tried" in screen.notice.text, timeout=WAIT)
    screen.notice.chosen.emit("dry_run")
    qtbot.waitUntil(lambda: stored(filled)[0].is_tried, timeout=WAIT)
    qtbot.waitUntil(lambda: texts_in(screen.trial, "It would have caught 10 of 40"), timeout=WAIT)
    screen.turn.click()
    qtbot.waitUntil(lambda: stored(filled)[0].is_on, timeout=WAIT)
    qtbot.waitUntil(lambda: screen.turn.text() == "Switch off", timeout=WAIT)


def texts_in(widget, text):
    return any(text in one.text() for one in widget.findChildren(QLabel))


def test_it_goes_on_untried_when_somebody_is_sure(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule())
    qtbot.waitUntil(screen.turn.isEnabled, timeout=WAIT)
    screen.turn.click()
    qtbot.waitUntil(lambda: bool(screen.notice.text), timeout=WAIT)
    screen.notice.chosen.emit("sure")
    qtbot.waitUntil(lambda: stored(filled)[0].is_on, timeout=WAIT)


def test_what_makes_no_sense_is_said_in_place_and_not_stored(qtbot, screen, filled):
    screen._new.click()
    screen.editor.show_rule(
        a_rule(words("refund"), is_(Field.PATTERN, "(refund"), id=0), screen._knowing.known
    )
    screen.save_rule()
    row = screen.editor.boxes[0].rows[1]
    assert row.fault.startswith("The expression cannot be read: missing )")
    qtbot.waitUntil(lambda: "cannot be read" in screen.notice.text, timeout=WAIT)
    assert stored(filled) == []
    row.value.edit.setText("refund")
    row.value.edit.textEdited.emit("refund")
    qtbot.waitUntil(lambda: row.fault == "", timeout=WAIT)


EVERY = (
    words("refund\n+order"), is_(Field.PATTERN, r"\d{4}"), is_(Field.NETWORK, "mastodon"),
    is_(Field.SOURCE, "review"), is_(Field.HANDLE, "@ann", "ben"), is_(Field.NAME, "ann*"),
    is_(Field.VIP), is_(Field.BOT, is_not=True), is_(Field.REACH, 100, -1),
    is_(Field.LANG, "kk", "ru"), is_(Field.SENTIMENT, "negative"), is_(Field.INTENT, "press"),
    is_(Field.STARS, -1, 2), is_(Field.TIME, 0b11, 1320, 1440), is_(Field.COPIES, 3, -1),
    is_(Field.LABEL, "press"), is_(Field.TIME, ALL_DAYS, 0, 1440), is_(Field.ACCOUNT, 1),
    is_(Field.WATCH, 7),
)  # fmt: skip
THEN = (
    label("a b"), do(Do.PRIORITY, 3), do(Do.SNOOZE, 120), do(Do.ASSIGN, 9), do(Do.VIP),
    do(Do.TEMPLATE, 5), do(Do.NOTIFY, "look"), do(Do.ALERT), do(Do.STOP),
)  # fmt: skip


def test_the_editor_gives_back_what_it_shows(qtbot, screen):
    groups = (Group(EVERY[:9]), Group(EVERY[9:], Match.ANY))
    rule = a_rule(then=THEN, groups=groups, match=Match.ANY, with_filed=True, name="All of it")
    screen.editor.show_rule(rule, screen._knowing.known)
    assert screen.editor.rule == rule


def test_another_condition_and_another_field(qtbot, screen):
    screen.new_rule()
    box = screen.editor.boxes[0]
    box.add()
    second = box.rows[1]
    second.field.setCurrentIndex(second.field.findData(Field.REACH))
    second.value.low.setValue(1000)
    assert screen.editor.rule.groups[0].conditions[1] == is_(Field.REACH, 1000, -1)
    assert "reach ≥ 1\u202f000" in screen.editor.sentence
    box.rows[0].removed.emit()
    assert [c.field for c in screen.editor.rule.groups[0].conditions] == [Field.REACH]


def test_what_is_written_stays_while_another_rule_is_looked_at(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule(name="One"), a_rule(name="Two"))
    choose(screen, 0)
    qtbot.keyClicks(screen.editor.name, " more")
    choose(screen, 1)
    assert screen.editor.name.text() == "Two"
    choose(screen, 0)
    assert screen.editor.name.text() == "One more"
    assert screen.list.item(0).text().startswith("1. One •")


def test_rules_are_moved_and_switched_by_keys(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule(name="One"), a_rule(name="Two"))
    filled.do(SetRuleOn(stored(filled)[1].id, True, is_sure=True))
    choose(screen, 1)
    qtbot.keyClick(screen.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [r.name for r in stored(filled)] == ["Two", "One"], timeout=WAIT)
    qtbot.waitUntil(lambda: screen.list.item(0).text().startswith("1. Two"), timeout=WAIT)
    assert screen.list.currentRow() == 0
    qtbot.keyClick(screen.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not stored(filled)[0].is_on, timeout=WAIT)


def test_it_is_applied_to_the_queue_and_taken_back(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule(then=(do(Do.PRIORITY, 1),)))
    qtbot.waitUntil(screen.more.isEnabled, timeout=WAIT)
    screen.more.click()
    qtbot.waitUntil(lambda: "Applied to 10 mentions" in screen.notice.text, timeout=WAIT)
    qtbot.waitUntil(screen.undo.isVisible, timeout=WAIT)
    assert "(10)" in screen.undo.text()
    assert "did 10 things" in screen.list.item(0).text()
    filled.do(SetPriority((filled.ids[0],), 3))
    screen.undo_since(0)
    qtbot.waitUntil(
        lambda: (
            screen.notice.text == "Taken back on 9 mentions. 1 was changed since and left alone."
        ),
        timeout=WAIT,
    )


def test_a_change_of_a_running_rule_switches_it_off_and_says_so(qtbot, screen, filled):
    (id,) = keep(qtbot, screen, filled, a_rule())
    filled.do(SetRuleOn(id, True, is_sure=True))
    qtbot.waitUntil(lambda: screen.turn.text() == "Switch off", timeout=WAIT)
    screen.editor.boxes[0].rows[0].value.edit.setText("late")
    screen.editor.boxes[0].rows[0].value.edit.textEdited.emit("late")
    screen.save.click()
    qtbot.waitUntil(lambda: "switched off" in screen.notice.text, timeout=WAIT)
    assert not stored(filled)[0].is_on


def test_a_deleted_rule_comes_back(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule(name="One"))
    screen.delete.click()
    shown(qtbot, screen, 0)
    screen.notice.chosen.emit("undo")
    shown(qtbot, screen, 1)


def test_a_rule_of_a_later_program_is_shown_and_cannot_be_edited(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule(name="Later"))
    filled.desk._writer.submit(
        lambda tx: tx.conn.execute("UPDATE rule SET conditions = '{}'").close()
    ).result()
    screen.refresh()
    qtbot.waitUntil(lambda: "Cannot be read" in screen.list.item(0).text(), timeout=WAIT)
    qtbot.waitUntil(lambda: not screen.editor.isVisible(), timeout=WAIT)
    assert not screen.turn.isEnabled()


def test_a_dry_run_is_stopped_by_its_button(qtbot, screen, filled, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(rule_runs, "READ", 1)
    monkeypatch.setattr(rule_runs, "finds", lambda pattern, text: go_on.wait(30) and False)
    screen.new_rule(a_rule(is_(Field.PATTERN, "x"), id=0))
    screen.try_it(0)
    qtbot.waitUntil(screen.trial.stop.isVisible, timeout=WAIT)
    assert not screen.trial.start.isEnabled()
    runs = filled.desk._errands._rule_runs._runs
    qtbot.waitUntil(lambda: bool(runs), timeout=WAIT)
    screen.trial.stop.click()
    qtbot.waitUntil(lambda: all(run.stop.is_set() for run in runs.values()), timeout=WAIT)
    go_on.set()
    stopped = "Stopped. It would have caught 0 of 1 mention."
    qtbot.waitUntil(lambda: texts_in(screen.trial, stopped), timeout=WAIT)
    assert screen.trial.start.isEnabled()


def test_a_catch_leads_to_its_mention(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule())
    screen.try_it(8)
    qtbot.waitUntil(lambda: texts_in(screen.trial, "caught 2 of 8"), timeout=WAIT)
    link = next(b for b in screen.trial.findChildren(QPushButton) if b.property("kind") == "link")
    with qtbot.waitSignal(screen.mention_asked) as asked:
        link.click()
    assert asked.args == [filled.ids[36]]


def test_everything_has_a_name_and_no_text_guesses_its_format(qtbot, screen, filled):
    there = tuple(a for a in THEN if a.do not in (Do.ASSIGN, Do.TEMPLATE))
    keep(qtbot, screen, filled, replace(a_rule(*EVERY, then=there), name="<b>Bold</b>"))
    choose(screen, 0)
    screen.try_it(0)
    qtbot.waitUntil(lambda: texts_in(screen.trial, f"of {N} mentions"), timeout=WAIT)
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_it_is_mirrored(qtbot, screen, filled):
    keep(qtbot, screen, filled, a_rule())
    screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    choose(screen, 0)
    row = screen.editor.boxes[0].rows[0]
    qtbot.waitUntil(lambda: row.field.x() > row.value.x(), timeout=WAIT)


def test_a_command_is_what_the_keys_say(filled):
    rule = a_rule(name="One")
    assert filled.do(SaveRule("One", *texts(rule)))["rule_id"] == 1


def test_tab_goes_through_a_rule_as_one_reads_it(qtbot, screen):
    screen.new_rule()
    screen.editor.add_action()
    screen.activateWindow()
    screen.editor.name.setFocus()
    qtbot.waitUntil(screen.editor.name.hasFocus)
    qtbot.waitUntil(screen.editor.action_rows[1].do.isVisible)
    stops = [screen.editor.name]
    while stops[-1] is not screen.editor.with_filed and len(stops) < 30:
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        stops.append(screen.focusWidget())
    heights = [stop.mapTo(screen, stop.rect().center()).y() for stop in stops]
    assert heights == sorted(heights)
    assert {screen.editor.boxes[0].rows[0].field, screen.editor.action_rows[1].do} <= {*stops}


def test_the_keys_stay_with_the_dry_run(qtbot, screen):
    screen.new_rule()
    qtbot.keyClicks(screen.editor.boxes[0].rows[0].value.edit, "refund")
    qtbot.keyClicks(screen.editor.action_rows[0].value, "Money")
    screen.trial.start.setFocus()
    QTest.keyClick(screen.trial.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: texts_in(screen.trial, "It would have caught"), timeout=WAIT)
    assert screen.trial.start.hasFocus()


def test_the_editor_is_built_a_few_times_at_most_when_the_screen_opens(
    qtbot, theme, filled, monkeypatch
):
    built, real = [], RuleEditor.show_rule

    def show_rule(self, rule, known):
        built.append(known)
        real(self, rule, known)

    monkeypatch.setattr(RuleEditor, "show_rule", show_rule)
    filled.keep(a_rule())
    made = RulesScreen(filled.desk, None)
    qtbot.addWidget(made)
    known = made._knowing
    qtbot.waitUntil(lambda: known.n_awaited == 0 and made._rows_read, timeout=WAIT)
    assert len(built) <= 3  # empty, the rule, and once more where names came after it
    assert made.editor.known == known.known
