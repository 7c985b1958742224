"""Texts of an incident on the real desk: drafted, looked at by oneself, published, sent."""

import pytest
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import CheckFact, SaveFact
from socialdesk.engine.queries.crisis import ListFacts, ListStatements, ReadIncident
from socialdesk.ui.compose import locked, under_lock
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.crisis.text import saver
from socialdesk.ui.crisis.text.facts_panel import FactsPanel
from socialdesk.ui.crisis.text.line_look import begin_line_look
from socialdesk.ui.crisis.text.listing import LINES_ID
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.look_pages import SelfPage
from socialdesk.ui.crisis.text.panel import TextPanel
from socialdesk.ui.crisis.text.publish_dialog import PublishDialog
from tests.crisis.conftest import shop as shop
from tests.crisis.conftest import start_bench as start_bench
from tests.crisis.conftest import start_shop as start_shop
from tests.ui.driving import NO_PARENT, type_in

SAID = {"what": "Paying by card", "since": "11:40", "workaround": "cash works"}


@pytest.fixture
def incident(shop):
    return shop.declare(severity=1)


@pytest.fixture
def panel(qtbot, shop, incident, theme, monkeypatch):
    monkeypatch.setattr(saver, "IDLE_MS", 20)
    made = TextPanel(shop.desk, incident, shop.clock.now_ms, NO_PARENT)
    qtbot.addWidget(made)
    made.resize(1150, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made._known.incident is not None)
    return made


def write(qtbot, panel, **values):
    for name, value in values.items():
        panel._pane._form._fields[name].setText(value)
        panel._pane._form._fields[name].textEdited.emit(value)
    qtbot.waitUntil(lambda: panel._saver.is_settled)


def drafted(qtbot, panel):
    panel.begin("first")
    write(qtbot, panel, **SAID)
    panel._pane._next.press(2)
    qtbot.waitUntil(lambda: panel._saver.is_settled and panel._version is not None)
    qtbot.waitUntil(lambda: panel._version.text == panel._pane._preview.text())


def look_alone(qtbot, shop, dialog: LookDialog, *, rest_s: float):
    """Wait, keep every sentence, answer every question."""
    qtbot.waitUntil(lambda: dialog._kinds[2].isEnabled())
    dialog.choose(2)
    page = dialog._page
    assert isinstance(page, SelfPage)
    assert page._pages.currentIndex() == 0
    shop.pass_s(rest_s)
    qtbot.waitUntil(lambda: page._pages.currentIndex() == 1, timeout=20_000)
    while page._pages.currentIndex() == 1:
        page._walk.keep()
    with qtbot.waitSignal(dialog.given):
        for _ in range(7):
            page._checklist.answer("yes")


def open_dialog(qtbot, owner: QWidget, kind):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in owner.findChildren(kind)))
    return next(d for d in owner.findChildren(kind) if d.isVisible())


def test_a_first_statement_goes_from_a_blank_page_to_the_network(qtbot, shop, incident, panel):
    drafted(qtbot, panel)
    text = panel._pane._preview.text()
    assert "{" not in text
    panel.look()
    look_alone(qtbot, shop, open_dialog(qtbot, panel, LookDialog), rest_s=181)
    qtbot.waitUntil(lambda: "same person" in panel._foot._looks.text())
    panel.publish()
    dialog = open_dialog(qtbot, panel, PublishDialog)
    with qtbot.waitSignal(dialog.published):
        dialog._publish.click()
    shop.pass_s(30)
    assert text in shop.posts()
    assert shop.incident(incident).state is IncidentState.HOLDING
    qtbot.waitUntil(lambda: panel._pages.currentWidget() is panel._sheet, timeout=20_000)


def test_publishing_without_a_look_is_refused_and_nothing_is_lost(qtbot, shop, panel):
    drafted(qtbot, panel)
    panel.publish()
    dialog = open_dialog(qtbot, panel, PublishDialog)
    assert not dialog._glass.isHidden()
    dialog._publish.click()
    qtbot.waitUntil(lambda: "no second look" in dialog._notice.text)
    dialog.reject()
    assert panel._pane._form._fields["what"].text() == "Paying by card"
    assert shop.posts() == []


def test_a_reopened_draft_is_as_it_was_left(qtbot, shop, incident, panel, theme):
    drafted(qtbot, panel)
    again = TextPanel(shop.desk, incident, shop.clock.now_ms, NO_PARENT)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again._draft is not None)
    qtbot.waitUntil(lambda: "what" in again._pane._form._fields)
    assert again._pane._form._fields["what"].text() == "Paying by card"
    assert again._pane._speakers.chosen == panel._pane._speakers.chosen
    assert again._pane._next._at == panel._pane._next._at


def test_a_late_promise_stands_first_to_the_letter(qtbot, shop, incident, panel):
    shop.first_statement(incident)
    shop.pass_s(40 * 60)
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._known.late_at > 0)
    panel.begin("nochange")
    assert panel._pane._preview.text().startswith("We promised to write at ")
    write(qtbot, panel, doing="the payment service")
    panel._pane._next.press(0)
    qtbot.waitUntil(lambda: panel._saver.is_settled and panel._version is not None)
    qtbot.waitUntil(lambda: panel._version.text == panel._pane._preview.text())


def test_facts_are_checked_and_a_false_one_has_its_correction_ready(
    qtbot, shop, incident, panel, theme
):
    facts = FactsPanel(shop.desk, incident, NO_PARENT)
    qtbot.addWidget(facts)
    facts.show()
    qtbot.waitUntil(lambda: facts._list.count() > 2)
    fact = shop.ask(ListFacts(incident))[0]
    claim = "Paying by card does not work."
    shop.do(SaveFact(incident, fact.id, fact.question, "cards", claim, fact.gate))
    facts.show_fact(fact.id)
    for n in range(3):
        facts._sheet.checks.reference.setText(f"log {n}")
        facts._sheet.checks._ask("yes")
        wanted = f"{n + 1} of 3"
        qtbot.waitUntil(lambda wanted=wanted: wanted in facts._sheet._counted.text())
    assert facts._sheet._state.text() == "Confirmed"
    made = shop.statement(incident, facts=(fact.id,), text="", values=shop.update_values())
    shop.publish(made)
    shop.do(CheckFact(fact.id, "document", "the report", "no"))
    qtbot.waitUntil(lambda: not facts._sheet.leaning.isHidden())
    facts.correction_asked.connect(panel.begin_correction)
    qtbot.waitUntil(lambda: panel._known.correction_of(made["statement_id"]) is not None)
    panel.begin_correction(made["statement_id"], claim, "en")
    assert panel._draft.kind == "correction"
    assert panel._pane._form._fields["wrong"].text() == claim.rstrip(".")


def test_long_lines_wrap(qtbot, panel):
    panel.resize(820, 640)
    panel._list.go_to(LINES_ID)
    lines = panel._lines._list
    qtbot.waitUntil(lambda: lines.count() > 0)

    def heights():
        return {lines.visualItemRect(lines.item(n)).height() for n in range(lines.count())}

    qtbot.waitUntil(lambda: len(heights()) > 1)
    assert not lines.horizontalScrollBar().isVisible()


def test_a_line_is_looked_at_and_sent_from_the_composer(qtbot, shop, incident, panel, monkeypatch):
    for module in (under_lock, locked):
        monkeypatch.setattr(module, "now_ms", shop.clock.now_ms, raising=False)
    shop.first_statement(incident)
    panel._reader.refresh()
    qtbot.waitUntil(lambda: panel._known.incident.state is IncidentState.HOLDING)
    lines = panel._lines
    lines.know(panel._known)
    lines.show_lang("en")
    qtbot.waitUntil(lambda: bool(lines._lines))
    ack = next(line for line in lines._lines if line.key == "ack")
    begin_line_look(shop.desk, panel._known.incident, ack, (), panel._known, shop.clock.now_ms,
                    panel, panel._fail)  # fmt: skip
    look_alone(qtbot, shop, open_dialog(qtbot, panel, LookDialog), rest_s=15 * 60)
    composer = Composer(shop.desk, None)
    qtbot.addWidget(composer)
    composer.show()
    qtbot.waitExposed(composer)
    composer.activateWindow()
    detail = first_to_answer(shop, "en")
    composer.show_detail(detail)
    chooser = composer._locked.pane.chooser
    qtbot.waitUntil(lambda: bool(chooser._strips))
    composer.focus_text()
    at = next(n for n, x in enumerate(chooser._lines) if x.key == "ack")
    assert not chooser._lines[at].missing
    type_in(composer, "123456789"[at])
    assert composer._locked.pane.missing == ["next_update_at"]  # the time promised has passed
    composer._locked.pane._on_typed("next_update_at", "15:30")
    text = composer._locked.pane._text.text()
    with qtbot.waitSignal(composer.sent):
        composer.send()
    shop.pass_s(30)
    assert any(text in post for post in shop.posts())


def first_to_answer(shop, lang=""):
    for row in shop.bench.rows():
        found = shop.ask(q.ReadDetail(row.id))
        if found is None or lang not in ("", found.lang):
            continue
        if found.can_reply is CanReply.API and row.outbox is None:
            return found
    raise AssertionError("nothing to answer")


def test_own_words_go_the_way_of_a_second_look(qtbot, shop, incident, theme, monkeypatch):
    monkeypatch.setattr(under_lock, "now_ms", shop.clock.now_ms)
    composer = Composer(shop.desk, None)
    qtbot.addWidget(composer)
    composer.show()
    detail = first_to_answer(shop)
    composer.show_detail(detail)
    qtbot.waitUntil(lambda: composer._under.lock is not None)
    composer._locked.turn_own()
    composer._writing.field.setPlainText("Your order is safe with us.")
    composer.send()
    look_alone(qtbot, shop, open_dialog(qtbot, composer, LookDialog), rest_s=15 * 60)
    qtbot.waitUntil(lambda: "second look is given" in composer._notice.text)
    with qtbot.waitSignal(composer.sent):
        composer._under.publish(detail.row.id)
    shop.pass_s(30)
    assert any("Your order is safe with us." in post for post in shop.posts())
    (row,) = shop.ask(ListStatements(incident))
    assert (row.kind, row.mention_id) == ("oneoff", detail.row.id)
    assert shop.ask(ReadIncident(incident)).state is IncidentState.DECLARED


def test_a_lock_that_comes_while_somebody_sends_refuses_in_place(qtbot, shop, theme):
    composer = Composer(shop.desk, None)
    qtbot.addWidget(composer)
    composer.show()
    composer.show_detail(first_to_answer(shop))
    composer._writing.field.setPlainText("Your order comes today.")
    shop.declare(severity=1)  # the composer has not heard of it yet
    composer.send()
    qtbot.waitUntil(lambda: composer._under.lock is not None)
    composer._locked.turn_own()
    assert composer._writing.field.text == "Your order comes today."
    shop.pass_s(30)
    assert shop.posts() == []
