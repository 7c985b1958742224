"""Writing a statement as somebody does it: prepared blocks, one next update, saved by itself."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import DueRow
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.engine.commands.statements import (
    ListPins,
    SaveStatement,
)
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import crisis as cq
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.ui.crisis.text import saver
from socialdesk.ui.crisis.text.listing import _ID, BEGUN_ID, LINES_ID, look_words
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.focus import focus_inside
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.text_desk import (
    a_look,
    a_statement,
    a_version,
    fill,
    shown_panel,
    writing_desk,
)
from tests.ui.driving import CTRL, answer, press, type_in
from tests.ui.fake_desk import MINUTE, NOW

VALUES = {"what": "Paying by card", "since": "13:05"}


@pytest.fixture
def desk():
    return writing_desk()


@pytest.fixture
def panel(qtbot, desk, theme, monkeypatch):
    monkeypatch.setattr(saver, "IDLE_MS", 20)
    return shown_panel(qtbot, desk)


def stored(qtbot, panel):
    qtbot.waitUntil(lambda: panel._saver.is_settled)


def test_a_first_statement_is_written_and_saved_by_itself(qtbot, desk, panel, theme):
    panel.begin("first")
    form = panel._pane._form
    assert list(form._fields)[:2] == ["what", "since"]
    assert form._fields["what"].hasFocus()
    fill(panel, **VALUES)
    stored(qtbot, panel)
    qtbot.keyClick(panel._pane, Qt.Key.Key_F9)
    stored(qtbot, panel)
    last = desk.did(SaveStatement)[-1]
    assert (last.kind, last.lang, last.statement_id) == ("first", "en", 5)
    assert [key for key, _ in last.blocks] == ["sorry", "know", "unknown", "doing", "next"]
    assert dict(last.values)["what"] == "Paying by card"
    assert last.next_update_at == NOW + 30 * MINUTE
    assert last.accounts == (1, 2)
    assert desk.did(SaveStatement)[0].statement_id == 0
    assert "Paying by card" in panel._pane._preview.text()
    shoot(theme, panel, "crisis-text-first")


def test_a_text_is_begun_filled_in_and_looked_at_by_keys_alone(qtbot, desk, panel):
    desk.outcomes[ListPins] = Done(answer={"people": [], "why": ""})
    panel._list.setFocus()
    press(panel, Qt.Key.Key_N, CTRL)
    answer(qtbot, panel, "first")
    qtbot.waitUntil(lambda: panel._draft is not None)
    panel.activateWindow()
    qtbot.waitUntil(panel._pane._form._fields["what"].hasFocus)
    type_in(panel, "Cards")
    press(panel, Qt.Key.Key_Return)
    type_in(panel, "13:05")
    press(panel, Qt.Key.Key_F9)
    fill(panel, workaround="Pay in cash")
    stored(qtbot, panel)
    desk.answers[cq.ListStatements] = [a_statement(5)]
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._version is not None)
    assert dict(desk.did(SaveStatement)[-1].values)["since"] == "13:05"
    press(panel, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: panel.findChild(LookDialog) is not None)


def test_a_text_that_was_only_begun_is_there_when_one_comes_back(qtbot, panel):
    panel.begin("first")
    panel.hide()  # to the facts, in another tab of the room
    panel.show()
    focus_inside(panel)
    assert panel._pages.currentWidget() is panel._pane
    assert panel._list.currentItem().text() == "First statement\nnot written"
    panel._list.go_to(LINES_ID)
    assert panel._pages.currentWidget() is panel._lines
    panel._list.go_to(BEGUN_ID)
    assert panel._pages.currentWidget() is panel._pane
    panel._drop()
    assert [panel._list.item(n).data(_ID) for n in range(panel._list.count())] == [LINES_ID]


def test_a_new_text_stands_in_the_list_once_while_it_is_saved(qtbot, desk, panel):
    panel.begin("first")
    desk.is_holding = True
    fill(panel, what="Cards")
    qtbot.waitUntil(lambda: bool(desk.did(SaveStatement)))
    desk.answers[cq.ListStatements] = [a_statement(5)]  # told before the answer of the save
    desk.is_holding = False
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: bool(panel._known.rows))
    assert panel._list.count() == 2
    desk.release()
    qtbot.waitUntil(lambda: panel._list.currentItem().data(_ID) == 5)
    assert panel._list.count() == 2


def test_no_look_is_begun_while_a_place_is_empty(qtbot, panel):
    panel.begin("first")
    fill(panel, what="Cards")
    press(panel, Qt.Key.Key_L, CTRL)
    assert "not filled in" in panel._notice.text and "Since when" in panel._notice.text
    assert panel._pane._form._fields["since"].hasFocus()
    assert panel.findChild(LookDialog) is None
    fill(panel, since="13:05")
    assert panel._notice.text == ""


def test_tab_goes_through_a_text_as_it_is_read_and_enter_from_place_to_place(qtbot, panel):
    panel.begin("first")
    form = panel._pane._form
    fields = form._fields
    qtbot.waitUntil(fields["workaround"].isVisible)
    form._words[0].setFocus()
    seen: list[str] = []
    seen_at: list[QWidget] = []
    for _ in range(7):
        seen.append(panel.focusWidget().accessibleName())
        press(panel, Qt.Key.Key_Tab)
    assert seen == [
        "Sorry", "What is affected", "What we know", "Since when", "What we do not know",
        "What we do", "What works meanwhile",
    ]  # fmt: skip
    while not panel._foot.isAncestorOf(now := panel.focusWidget()):
        assert panel._pane.isAncestorOf(now), "away, before what publishes"
        seen_at.append(now)
        press(panel, Qt.Key.Key_Tab)
    assert set(panel._pane._leans._boxes.values()) <= set(seen_at)
    fields["what"].setFocus()
    press(panel, Qt.Key.Key_Return)
    assert fields["since"].hasFocus()
    press(panel, Qt.Key.Key_Return)
    assert fields["workaround"].hasFocus()


@pytest.mark.parametrize(
    ("ended", "words"),
    [("changed:3", "the text was changed"), ("other_text", "the text was changed"),
     ("fact:4:false", "a fact is another now"), ("state:responding", "the incident went on"),
     ("old", "its time is over")],
)  # fmt: skip
def test_why_a_look_ended_is_said_in_words(ended, words):
    assert look_words(a_version(looks=(a_look(ended=ended),))) == f"second look ended: {words}"


def test_the_field_that_gets_the_keys_is_scrolled_to(qtbot, panel):
    panel.resize(1150, 360)
    panel.begin("first")
    fill(panel, **VALUES)
    field = panel._pane._form._fields["workaround"]
    panel._pane.focus_first()
    assert field.hasFocus()
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    panel._pane._scroll.verticalScrollBar().setValue(0)
    panel._pane._form._fields["since"].setFocus()
    press(panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())


def test_keys_in_a_row_are_one_version(qtbot, desk, panel, monkeypatch):
    panel.begin("first")
    panel._saver._idle.setInterval(1_000)
    fill(panel, what="Card payments")
    assert desk.did(SaveStatement) == []
    panel._saver.flush()
    stored(qtbot, panel)
    assert len(desk.did(SaveStatement)) == 1


def test_leaving_saves_what_was_typed(qtbot, desk, panel):
    panel.begin("first")
    panel._saver._idle.setInterval(60_000)
    fill(panel, what="Cards")
    panel.hide()
    assert dict(desk.did(SaveStatement)[-1].values) == {"what": "Cards"}


def test_a_save_that_fails_keeps_the_words_and_says_so(qtbot, desk, panel):
    desk.outcomes[SaveStatement] = StoreError(StoreFault.FULL)
    panel.begin("first")
    fill(panel, what="Cards")
    qtbot.waitUntil(lambda: bool(panel._notice.text))
    assert panel._pane._form._fields["what"].text() == "Cards"
    assert not panel._saver.is_settled
    desk.outcomes[SaveStatement] = Done(
        answer={"statement_id": 5, "version_id": 11, "hash": "ab" * 32}
    )
    fill(panel, since="13:05")
    stored(qtbot, panel)
    assert dict(desk.did(SaveStatement)[-1].values) == {"what": "Cards", "since": "13:05"}


def test_each_language_has_its_own_words_and_shares_times(qtbot, desk, panel, theme):
    panel.begin("first")
    fill(panel, **VALUES)
    panel._tabs.setCurrentIndex(2)
    fields = panel._pane._form._fields
    assert fields["since"].text() == "13:05"
    assert fields["what"].text() == ""
    assert "Кешірім" in panel._pane._preview.text()
    assert "not yet read by a native speaker" in panel._pane._warnings.accessibleName()
    fill(panel, what="Карта")
    stored(qtbot, panel)
    assert {c.lang for c in desk.did(SaveStatement)} == {"en", "kk"}
    shoot(theme, panel, "crisis-text-kk")


def test_a_playbook_nobody_read_says_so_though_the_shared_texts_were_read(qtbot, desk, panel):
    prepared = panel._known.prepared
    read = replace(prepared.common, reviewed={"en": True, "kk": True})
    unread = replace(prepared.find("outage"), reviewed={"en": True})
    desk.answers[ReadPrepared] = Prepared(read, (unread,))
    desk.tell(Changes(areas=frozenset({Area.ALL})))
    qtbot.waitUntil(lambda: panel._known.prepared.common.is_reviewed("kk"))
    panel.begin("first")
    assert "native speaker" not in panel._pane._warnings.accessibleName()
    panel._tabs.setCurrentIndex(2)
    assert "not yet read by a native speaker" in panel._pane._warnings.accessibleName()


def test_what_is_missing_is_said_while_writing(qtbot, panel):
    panel.begin("first")
    said = panel._pane._warnings.accessibleName()
    assert "not filled in" in said and "What is affected" in said
    words = panel._pane._form.findChildren(QPlainTextEdit)[0]
    words.clear()
    assert "Missing: Sorry." in panel._pane._warnings.accessibleName()


def test_lint_warns_and_refuses_nothing(qtbot, panel):
    panel.begin("first")
    fill(panel, what="just a glitch, it seems")
    said = panel._pane._warnings.accessibleName()
    assert "as if it were nothing" in said and "guesses" in said


def test_the_next_update_is_checked_at_once(qtbot, panel):
    panel.begin("update")
    assert "missing" in panel._pane._next.fault
    panel._pane._next._take(NOW - MINUTE)
    assert "in the past" in panel._pane._next.fault
    panel._pane._next._take(NOW + 31 * MINUTE)
    assert "more than 30 min away, the limit for SEV1" in panel._pane._next.fault
    panel._pane._next.press(0)
    assert panel._pane._next.fault == ""
    panel.begin("correction")
    assert panel._pane._next.isHidden()


def test_a_text_too_long_for_a_network_says_so_and_offers_the_short_form(qtbot, desk, panel):
    panel.begin("first")
    fill(panel, what="Paying by card " * 8, since="13:05")
    rooms = panel._pane._speakers._rooms
    assert "too long" in rooms[2].text()
    assert "left" in rooms[1].text()
    panel._pane._speakers._short.click()
    stored(qtbot, panel)
    assert [key for key, _ in desk.did(SaveStatement)[-1].blocks] == ["short"]


def test_an_unconfirmed_fact_is_named_and_a_confirmed_one_inserted(qtbot, desk, panel):
    panel.begin("serious")
    leans = panel._pane._leans
    leans._boxes[2].click()
    assert "not confirmed" in leans.fault
    leans._boxes[2].click()
    assert leans.fault == ""
    leans._insert(1)
    stored(qtbot, panel)
    last = desk.did(SaveStatement)[-1]
    assert last.facts == (1,)
    assert any("Paying by card does not work." in text for _, text in last.blocks)


def test_a_posture_to_avoid_asks_for_a_reason(qtbot, desk, panel):
    avoided = panel._known.prepared.find("outage").avoid[0]
    panel.begin("first")
    line = panel._pane._posture
    line._choice.setCurrentIndex(line._choice.findData(avoided))
    assert not line._reason.isHidden()
    qtbot.keyClicks(line._reason, "It is not ours")
    stored(qtbot, panel)
    last = desk.did(SaveStatement)[-1]
    assert (last.posture, last.posture_reason) == (avoided, "It is not ours")


def test_a_missed_promise_is_told_first(qtbot, desk, panel):
    desk.answers[cq.ListDues] = [DueRow(1, "public", "", NOW - 20 * MINUTE, "late")]
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: panel._known.late_at > 0)
    panel.begin("update")
    text = panel._pane._preview.text()
    assert text.startswith("We promised to write at ")
    assert "{time}" not in text.split(".")[0]


def test_what_is_being_typed_outlives_a_reading(qtbot, desk, panel):
    desk.answers[cq.ListStatements] = [a_statement()]
    panel.begin("first")
    fill(panel, what="Half a thou")
    stored(qtbot, panel)
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: len(panel._known.rows) == 1)
    assert panel._pane._form._fields["what"].text() == "Half a thou"


def test_the_list_names_the_look_and_where_it_went(qtbot, desk, panel, theme):
    out = a_version(12, looks=(a_look(),), published=((3, "@shop", "sent", NOW),))
    waiting = a_version(11, lang="kk", text="Кешірім сұраймыз.", looks=(a_look("person_away"),))
    desk.answers[cq.ListStatements] = [
        a_statement(6, kind="update"), a_statement(5, versions=(out, waiting)),
    ]  # fmt: skip
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._list.count() == 3)
    said = panel._list.item(1).text()
    assert "a1b2c3d4e5f6 · same person, second look after 3 min" in said
    assert "sent" in said and "recorded by" in said
    panel._list.go_to(5)
    assert panel._pages.currentWidget() is panel._sheet
    assert not panel._foot.look.isEnabled()
    shoot(theme, panel, "crisis-text-out")


def test_a_text_that_was_taken_back_is_a_draft_again(qtbot, desk, panel):
    back = a_version(12, published=((3, "@shop", "taken_back", 0),))
    desk.answers[cq.ListStatements] = [a_statement(5, versions=(back,))]
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._draft is not None)
    assert panel._pages.currentWidget() is panel._pane
    assert panel._foot.publish.isVisible()


def test_a_new_language_of_the_program_keeps_what_is_written(qtbot, panel):
    panel.begin("first")
    fill(panel, what="Cards")
    old = panel._pane
    QCoreApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: panel._pane is not old)
    assert panel._pane._form._fields["what"].text() == "Cards"
    assert panel._pane._speakers.chosen == (1, 2)


def test_a_correction_begins_with_the_wrong_sentence(qtbot, desk, panel):
    out = a_version(12, published=((3, "@shop", "sent", NOW),))
    desk.answers[cq.ListStatements] = [a_statement(4, versions=(out,))]
    panel._reader.refresh()
    qtbot.waitUntil(lambda: len(panel._known.rows) == 1)
    panel.begin_correction(4, "Paying does not work.", "en")
    stored(qtbot, panel)
    fill(panel, right="Only cards fail")
    stored(qtbot, panel)
    last = desk.did(SaveStatement)[-1]
    assert (last.kind, last.supersedes_id) == ("correction", 4)
    assert dict(last.values) == {"wrong": "Paying does not work", "right": "Only cards fail"}


def test_every_control_has_a_name_and_no_label_guesses_html(qtbot, panel):
    panel.begin("first")
    assert unnamed(panel) == []
    assert wrong_format(panel) == []
