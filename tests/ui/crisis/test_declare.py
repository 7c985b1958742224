"""The declare sheet, by keyboard: defaults, numbers, refusals, what was on the wire."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands.crisis import Declare, DismissIncident
from socialdesk.engine.playbooks import shipped_playbook
from socialdesk.engine.queries import crisis as cq
from socialdesk.ui.crisis.ask_sheets import ask_dismiss
from socialdesk.ui.crisis.declare import DeclareSheet, will_hold
from socialdesk.ui.crisis.declare_types import TypesPane
from socialdesk.ui.crisis.declared import DeclaredSheet
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.crisis.conftest import some_linked, suspected
from tests.ui.driving import CTRL, NO_PARENT
from tests.ui.fake_desk import NOW


@pytest.fixture
def open_sheet(qtbot, desk, theme):
    def make(incident_id=0):
        made = DeclareSheet(desk, NO_PARENT, incident_id)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: made.types.playbook is not None)
        return made

    return make


@pytest.fixture
def sheet(open_sheet):
    return open_sheet()


def key(widget, pressed, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget.windowHandle(), pressed, held)


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_defaults_are_enough_to_declare(sheet, desk, qtbot):
    got: list[object] = []
    sheet.declared.connect(got.append)
    desk.outcomes[Declare] = {"incident_id": 4, "code": "INC-2026-0004", "n_held": 3}
    qtbot.waitUntil(lambda: sheet.form.commander_id == 1)
    key(sheet, Qt.Key.Key_Return, CTRL)
    (command,) = desk.did(Declare)
    assert command == Declare(
        "Service outage", "outage", 2, 1, strategy="proactive", audiences=(1, 2, 3)
    )
    qtbot.waitUntil(lambda: got == [{"incident_id": 4, "code": "INC-2026-0004", "n_held": 3}])


def test_enter_elsewhere_than_on_its_button_declares_nothing(sheet, desk):
    key(sheet, Qt.Key.Key_Return)
    for _ in range(6):
        key(sheet, Qt.Key.Key_Tab)
        focus = sheet.focusWidget()
        if not isinstance(focus, QPushButton):
            key(sheet, Qt.Key.Key_Return)
    assert desk.did(Declare) == []


def test_a_type_brings_its_title_sentence_and_severity(sheet):
    key(sheet, Qt.Key.Key_J)
    assert sheet.types.playbook.id == "recall"
    assert sheet.form.title.text() == sheet.types.playbook.title["en"]
    assert sheet.form.severity == sheet.types.playbook.sev_default
    assert any(w.startswith("Use this when: ") for w in words_of(sheet))


def test_tab_lands_on_the_severity_that_is_chosen(sheet):
    chosen = sheet.form._radios.checkedButton()
    assert sheet.form.severity == 2
    sheet.form.title.setFocus()
    key(sheet, Qt.Key.Key_Tab)
    assert sheet.focusWidget() is chosen
    key(sheet, Qt.Key.Key_Up)
    assert sheet.form.severity == 1
    assert sheet.focusWidget() is sheet.form._radios.button(1)
    key(sheet, Qt.Key.Key_Tab)
    assert sheet.focusWidget() is sheet.form.commander


def test_what_a_person_typed_stays_when_the_type_changes(sheet, qtbot):
    sheet.form.title.setFocus()
    sheet.form.title.selectAll()
    qtbot.keyClicks(sheet.form.title, "Tills are down")
    sheet.types.list.setFocus()
    key(sheet, Qt.Key.Key_Down)
    assert sheet.form.title.text() == "Tills are down"


@pytest.mark.parametrize(
    ("state", "hold", "is_held"),
    [(OutboxState.QUEUED, None, True), (OutboxState.APPROVAL, None, True),
     (OutboxState.HELD, HoldReason.UNDO, True), (OutboxState.HELD, HoldReason.SCHEDULED, True),
     (OutboxState.HELD, HoldReason.ASK, False), (OutboxState.HELD, HoldReason.CRISIS, False),
     (OutboxState.HELD, HoldReason.RESTORED, False), (OutboxState.SENDING, None, False)],
)  # fmt: skip
def test_what_a_lock_holds_is_counted_and_nothing_else(state, hold, is_held):
    assert will_hold(OutboxRow(1, 1, state, "@shop", "Ann", "Words", NOW, hold=hold)) is is_held


def test_the_effect_is_said_in_numbers(sheet, qtbot):
    qtbot.waitUntil(lambda: any("3 replies will be held" in w for w in words_of(sheet)))
    assert any("0 rules are paused" in w for w in words_of(sheet))


def test_watch_words_choose_the_type_until_a_person_does(open_sheet, desk, qtbot):
    desk.answers[cq.ReadIncident] = suspected(alert_topic="")
    rows = [r.__class__(**{**_fields(r), "words": "Is there a data leak? My data was stolen"})
            for r in some_linked()]  # fmt: skip
    desk.answers[cq.ListLinked] = rows
    sheet = open_sheet(1)
    qtbot.waitUntil(lambda: sheet.types.playbook.id == "breach")
    entry = sheet.types.list.currentItem()
    assert entry.text().endswith("(3)")
    assert "3 mentions with its words" in entry.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_alerts_topic_is_the_type(open_sheet, desk, qtbot):
    desk.answers[cq.ReadIncident] = suspected(alert_topic="recall")
    sheet = open_sheet(1)
    qtbot.waitUntil(lambda: sheet.types.playbook.id == "recall")


def test_a_refusal_is_told_in_place_and_can_be_mended(sheet, desk, qtbot):
    desk.outcomes[Declare] = CrisisRefusedError("R01", list="commander")
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Missing: commander" in sheet.talk.notice.text)
    desk.outcomes[Declare] = CrisisRefusedError("R02", id="INC-2026-0001", scope="all accounts")
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "INC-2026-0001 is already open" in sheet.talk.notice.text)
    assert len(desk.did(Declare)) == 2


def test_an_empty_scope_is_not_taken_for_all(sheet, desk, qtbot):
    qtbot.waitUntil(lambda: sheet.more._accounts.count() == 2)
    sheet.more._accounts.setFocus()
    key(sheet, Qt.Key.Key_Space)
    key(sheet, Qt.Key.Key_Down)
    key(sheet, Qt.Key.Key_Space)
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(Declare) == []
    assert "Nothing is in the scope" in sheet.talk.notice.text


def test_one_account_can_be_left_out(sheet, desk, qtbot):
    qtbot.waitUntil(lambda: sheet.more._accounts.count() == 2)
    sheet.more._accounts.setFocus()
    key(sheet, Qt.Key.Key_Space)
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(Declare)[0].accounts == (2,)


def test_every_control_has_a_name(sheet):
    assert unnamed(sheet) == []
    assert wrong_format(sheet) == []
    radios = [r.accessibleName() for r in sheet.findChildren(QRadioButton)]
    assert radios[0].startswith("SEV1: People hurt")


def test_what_was_on_the_wire_is_listed_with_its_outcome(qtbot, desk, theme):
    made = DeclaredSheet(desk, {"incident_id": 1, "code": "INC-2026-0001", "n_held": 3}, NO_PARENT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made._table.rows) == 1)
    model = made._table.model()
    line = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Ann 7" in line and "Replied" in line


def test_dismissing_wants_a_second_person_where_safety_is_linked(qtbot, desk, window):
    desk.outcomes[DismissIncident] = CrisisRefusedError("R03", n=2)
    then = []
    sheet = ask_dismiss(desk, suspected(), window, lambda: then.append(1))
    qtbot.waitExposed(sheet)
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "2 safety reports" in sheet.notice.text)
    qtbot.waitUntil(lambda: sheet.focusWidget().accessibleName().startswith("Who else looked"))
    key(sheet, Qt.Key.Key_Down)
    desk.outcomes.pop(DismissIncident)
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: then == [1])
    assert desk.did(DismissIncident)[-1] == DismissIncident(1, "false_alarm", "", 2)


def _fields(row):
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def test_a_type_nobody_read_in_this_language_says_so(qtbot, theme):
    pane = TypesPane(NO_PARENT)
    qtbot.addWidget(pane)
    outage = shipped_playbook("outage")
    for reviewed in (True, False):
        pane.fill([replace(outage, reviewed={"en": reviewed})], "outage")
        assert ("not yet read by a native speaker" in pane._when.text()) is not reviewed
