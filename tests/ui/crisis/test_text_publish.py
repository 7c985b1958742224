"""Publishing a statement that was looked at: where it goes, by hand too, and the glass."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.engine.commands.statements import (
    NotePublishedByHand,
    PublishStatement,
    SaveStatement,
)
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import crisis as cq
from socialdesk.ui.crisis.text import saver
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.publish_dialog import PublishDialog
from tests.ui.compose.looks import shoot
from tests.ui.crisis.text_desk import (
    a_look,
    a_statement,
    a_version,
    an_audience,
    an_incident,
    fill,
    shown_panel,
    writing_desk,
)
from tests.ui.driving import CTRL, press
from tests.ui.fake_desk import NOW


@pytest.fixture
def desk():
    return writing_desk()


@pytest.fixture
def panel(qtbot, desk, theme, monkeypatch):
    monkeypatch.setattr(saver, "IDLE_MS", 20)
    return shown_panel(qtbot, desk)


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if b.text() == text and not b.isHidden())


@pytest.fixture
def approved(qtbot, desk, panel):
    version = a_version(11, looks=(a_look(),), accounts=(1, 3))
    desk.answers[cq.ListStatements] = [a_statement(5, versions=(version,))]
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._foot.publish.isEnabled())
    return panel


def publishing(panel):
    panel.publish()
    return panel.findChild(PublishDialog)


def test_what_was_stored_a_moment_ago_is_read_before_it_is_published(qtbot, desk, approved):
    def save(_):
        desk.is_holding = True  # what is asked from now on is not answered yet
        return Done(answer={"statement_id": 5, "version_id": 12, "hash": "cd" * 32})

    desk.outcomes[SaveStatement] = save
    approved._draft.lang("en").is_dirty = True
    approved._saver.flush()
    qtbot.waitUntil(lambda: desk.is_holding and approved._saver.is_settled)
    assert publishing(approved) is None
    approved.look()
    assert approved.findChild(LookDialog) is None
    newer = a_version(12, n=2, looks=(a_look(),), accounts=(1, 3))
    desk.answers[cq.ListStatements] = [a_statement(5, versions=(a_version(11), newer))]
    approved._reader.refresh()  # as a change that came meanwhile would
    desk.release()
    qtbot.waitUntil(lambda: approved.findChild(PublishDialog) is not None)
    assert approved.findChild(PublishDialog)._version.version_id == 12


def test_publishing_shows_what_goes_where_and_takes_links_back(qtbot, desk, approved, theme):
    desk.outcomes[PublishStatement] = Done(answer={"outbox": [9], "by_hand": [3]})
    dialog = publishing(approved)
    words = [w.text() for w in dialog._body.children() if hasattr(w, "text")]
    assert "Employees will read it first elsewhere" in words
    assert any("cannot publish from here" in w for w in words)
    shoot(theme, dialog, "crisis-publish")
    dialog._publish.click()
    qtbot.waitUntil(lambda: not dialog._hand.isHidden())
    shoot(theme, dialog, "crisis-publish-by-hand")
    button(dialog._hand, "Copy the text").click()
    assert QGuiApplication.clipboard().text() == "We are sorry. Paying does not work."
    (link,) = dialog._hand.findChildren(type(dialog._glass.reason))
    link.setText("https://blog.example/1")
    with qtbot.waitSignal(dialog.finished):
        link.returnPressed.emit()
    assert desk.did(PublishStatement) == [PublishStatement(11)]
    assert desk.did(NotePublishedByHand) == [NotePublishedByHand(11, 3, "https://blog.example/1")]


def test_ctrl_enter_on_the_list_publishes_and_enter_goes_on_writing(approved):
    approved._list.setFocus()
    press(approved, Qt.Key.Key_Return, CTRL)
    assert approved.findChild(PublishDialog).isVisible()
    approved.findChild(PublishDialog).reject()
    approved._list.setFocus()
    press(approved, Qt.Key.Key_Return)
    assert approved._pane.isAncestorOf(approved.focusWidget())


def test_employees_who_were_told_need_no_warning(qtbot, desk, approved):
    desk.answers[cq.ListAudiences] = [an_audience(told_at=NOW)]
    approved._reader.refresh()
    qtbot.waitUntil(lambda: approved._known.is_staff_told)
    dialog = publishing(approved)
    words = [w.text() for w in dialog._body.children() if hasattr(w, "text")]
    assert "Employees will read it first elsewhere" not in words


def test_a_drill_copies_its_mark_first(qtbot, desk, approved):
    desk.answers[cq.ReadIncident] = an_incident(is_drill=True)
    approved._reader.refresh()
    qtbot.waitUntil(lambda: approved._known.incident.is_drill)
    dialog = publishing(approved)
    assert dialog._hand.text.startswith("DRILL")


def test_the_glass_is_broken_only_with_a_reason_and_only_here(qtbot, desk, approved, theme):
    desk.outcomes[PublishStatement] = CrisisRefusedError("R24", fact="Cards", k=2, n=3)
    dialog = publishing(approved)
    assert dialog._glass.isHidden()
    dialog._publish.click()
    qtbot.waitUntil(lambda: not dialog._glass.isHidden())
    shoot(theme, dialog, "crisis-publish-glass")
    assert "2 of 3" in dialog._notice.text
    dialog._glass.reason.setText("Too short")
    assert not dialog._glass.skip.isEnabled()
    desk.outcomes[PublishStatement] = Done(answer={"outbox": [9], "by_hand": []})
    dialog._glass.reason.setText("People may be hurt within minutes")
    dialog._glass.skip.click()
    assert desk.did(PublishStatement)[-1].skip_reason == "People may be hurt within minutes"


def shown(qtbot, desk, panel, *versions):
    """Publishing the newest of these."""
    desk.answers[cq.ListStatements] = [a_statement(5, versions=versions)]
    panel._reader.refresh()
    qtbot.waitUntil(lambda: [r.versions for r in panel._known.rows] == [versions])
    qtbot.waitUntil(lambda: panel._foot.publish.isEnabled())
    return publishing(panel)


def test_a_text_changed_after_its_look_offers_no_glass(qtbot, desk, panel):
    seen, changed = a_version(11, looks=(a_look(),)), a_version(12, n=2)
    assert shown(qtbot, desk, panel, seen, changed)._glass.isHidden()


@pytest.mark.parametrize(("code", "is_kept"), [("R25", True), ("R26", False)])
def test_a_refusal_leads_to_the_way_that_is_left(qtbot, desk, panel, code, is_kept):
    desk.outcomes[PublishStatement] = CrisisRefusedError(code, old12="a", new12="b")
    dialog = shown(qtbot, desk, panel, a_version(12))
    assert not dialog._glass.isHidden()
    dialog._publish.click()
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    assert dialog._glass.isHidden() is not is_kept
    assert dialog.focusWidget() is (dialog._glass.reason if is_kept else dialog._close)


@pytest.mark.parametrize(
    ("severity", "kind", "code"),
    [(Severity.SEV2, "first", "R25"), (Severity.SEV1, "serious", "R24"),
     (Severity.SEV1, "first", "R23")],
)  # fmt: skip
def test_the_glass_stays_whole_elsewhere(qtbot, desk, approved, severity, kind, code):
    desk.answers[cq.ReadIncident] = an_incident(severity=severity)
    version = a_version(11, looks=(a_look(),))
    desk.answers[cq.ListStatements] = [a_statement(5, kind=kind, versions=(version,))]
    approved._reader.refresh()
    qtbot.waitUntil(lambda: approved._known.incident.severity is severity)
    qtbot.waitUntil(lambda: approved._known.rows[0].kind == kind)
    desk.outcomes[PublishStatement] = CrisisRefusedError(code, n=1, list="x", fact="x", k=1)
    dialog = publishing(approved)
    dialog._publish.click()
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    assert dialog._glass.isHidden()


def test_changing_an_approved_text_says_what_it_costs(qtbot, desk, approved):
    approved._saver._idle.setInterval(60_000)
    fill(approved, what="Cards")
    assert "new second look" in approved._foot._looks.text()
    assert not approved._foot.publish.isEnabled()
    desk.answers[cq.ListStatements] = [
        a_statement(5, versions=(replace(a_version(13), n=2, values=(("what", "Cards"),)),))
    ]
