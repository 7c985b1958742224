"""Facts as somebody checks them: by keyboard, with what leans on a fact that turns false."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.statements import CheckFact, SaveFact
from socialdesk.engine.desk import Done
from socialdesk.engine.queries.crisis import ListFacts, ListStatements
from socialdesk.ui.crisis.text.facts_panel import FactsPanel
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.text_desk import a_check, a_fact, a_statement, a_version, text_desk
from tests.ui.driving import NO_PARENT

FACTS = [
    a_fact(1, question="Which product is down, and since when?", n_checks=2,
           answer="Card payments, 13:05", claim="Paying by card does not work.",
           checks=(a_check(1), a_check(2), a_check(3, says="unclear", source_kind="post"))),
    a_fact(2, question="Is any data lost?"),
    a_fact(3, question="What caused it?", gate="serious", state="unknowable"),
]  # fmt: skip


@pytest.fixture
def desk():
    made = text_desk()
    made.answers[ListFacts] = FACTS
    return made


@pytest.fixture
def panel(qtbot, desk, theme):
    made = FactsPanel(desk, 7, NO_PARENT)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 5)
    return made


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if b.text() == text)


def test_facts_stand_by_what_waits_for_them_with_their_checks(panel, theme):
    rows = [panel._list.item(n).text() for n in range(5)]
    assert rows[0] == "Before the first statement"
    assert rows[1].splitlines()[1] == "Open · 2 of 3 checks · Unclear"
    assert rows[4].splitlines()[1].startswith("Cannot be known")
    shoot(theme, panel, "crisis-facts")


def test_a_check_is_added_by_keyboard(qtbot, desk, panel):
    desk.outcomes[CheckFact] = Done(
        answer={"check_id": 9, "state": "confirmed", "n_checks": 3, "n_needed": 3}
    )
    panel._list.setFocus()
    qtbot.keyClick(panel._list, Qt.Key.Key_Return)
    reference = panel._sheet.checks.reference
    qtbot.keyClicks(reference, "status page")
    qtbot.keyClick(reference, Qt.Key.Key_Return)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    assert desk.did(CheckFact) == [CheckFact(1, "seen", "status page", "yes")]
    qtbot.waitUntil(lambda: "3 of 3" in panel._notice.text)
    assert reference.text() == ""


def test_a_check_without_a_source_is_not_taken(qtbot, desk, panel):
    button(panel._sheet.checks, "No").click()
    assert desk.did(CheckFact) == []
    assert "source" in panel._notice.text


def test_an_answer_is_saved_when_its_field_is_left(qtbot, desk, panel):
    panel._sheet._answer.setText("Cards and transfers")
    panel._sheet._claim.setFocus()
    panel._sheet._answer.editingFinished.emit()
    (saved,) = desk.did(SaveFact)
    assert (saved.fact_id, saved.answer, saved.state) == (1, "Cards and transfers", "")
    assert saved.claim == "Paying by card does not work."


def test_what_is_typed_outlives_a_reading(qtbot, desk, panel):
    panel._sheet._answer.setText("Half a thou")
    desk.answers[ListFacts] = [replace(FACTS[0], n_checks=3), *FACTS[1:]]
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: panel._sheet._counted.text() == "3 of 3 checks")
    assert panel._sheet._answer.text() == "Half a thou"


def test_a_refused_answer_stays_in_its_field(qtbot, desk, panel):
    desk.outcomes[SaveFact] = CommandError(CommandFault.EMPTY)
    panel._sheet._answer.setText("Cards")
    panel._sheet.save()
    qtbot.waitUntil(lambda: bool(panel._notice.text))
    assert panel._sheet._answer.text() == "Cards"


def test_a_false_fact_shows_what_leans_on_it_and_begins_its_correction(qtbot, desk, panel, theme):
    text = "We are sorry. Paying by card does not work. Next update: 14:30."
    desk.answers[ListStatements] = [a_statement(versions=(a_version(11, text=text),))]
    desk.answers[ListFacts] = [replace(FACTS[0], state="false", leaning=(11,)), *FACTS[1:]]
    panel.refresh()
    qtbot.waitUntil(lambda: not panel._sheet.leaning.isHidden())
    shoot(theme, panel, "crisis-facts-false")
    with qtbot.waitSignal(panel.correction_asked) as asked:
        button(panel._sheet.leaning, "Begin the correction").click()
    assert asked.args == [5, "Paying by card does not work.", "en"]


def test_a_fact_is_set_by_hand_and_a_question_of_ones_own_added(qtbot, desk, panel):
    button(panel._sheet, "It cannot be known").click()
    panel._own.setText("Who called the press?")
    qtbot.keyClick(panel._own, Qt.Key.Key_Return)
    set_, added = desk.did(SaveFact)
    assert (set_.fact_id, set_.state) == (1, "unknowable")
    assert (added.fact_id, added.question, added.gate) == (0, "Who called the press?", "serious")
    qtbot.waitUntil(lambda: panel._own.text() == "")


def test_every_control_has_a_name_and_no_label_guesses_html(panel):
    assert unnamed(panel) == []
    assert wrong_format(panel) == []


def test_a_new_language_keeps_what_is_being_written(qtbot, panel):
    old = panel._sheet
    panel._own.setText("Is the shop open?")
    panel._own_gate.setCurrentIndex(0)
    old._claim.setText("Cash is taken.")
    old.checks.reference.setText("The bank's page")
    old.checks.reference.setFocus()
    QCoreApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: panel._sheet is not old)
    assert (panel._own.text(), panel._own_gate.currentIndex()) == ("Is the shop open?", 0)
    assert panel._sheet._claim.text() == "Cash is taken."
    assert panel._sheet.checks.reference.text() == "The bank's page"
    qtbot.waitUntil(panel._sheet.checks.reference.hasFocus)
