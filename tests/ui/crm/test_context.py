"""Cases and records beside the thread."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import RateLimitedError
from socialdesk.domain.people.crm import NOT_TIED, CaseKind, CaseRow, CaseState
from socialdesk.engine.commands.crm import (
    CheckCases,
    ChooseRecord,
    LetLookUp,
    LookUpPerson,
    SettleCase,
    TakeCaseBack,
)
from socialdesk.engine.queries.contacts import ListSaid
from socialdesk.engine.queries.crm import ListCases, ListCrms, ListRecords
from socialdesk.ui.crm.context_part import CrmPart
from socialdesk.ui.crm.words import state_line
from socialdesk.ui.inbox.context import ContextPane
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crm.test_dialog import BARN, DANA, KNOWN, OTHER, ROW, SHED, desk
from tests.ui.fake_desk import MINUTE, NOW, an_author

__all__ = ["desk"]

SENT = CaseRow(
    31, 1, 9, SHED.name, CaseKind.CASE, "Order 1204 never came", CaseState.SENT, NOW - MINUTE,
    "Ann", url="https://app.hubspot.com/t/31", remote_state="Waiting on us", checked_at=NOW,
)  # fmt: skip
HELD = replace(SENT, id=32, kind=CaseKind.TASK, subject="Call them", state=CaseState.QUEUED,
               url="", remote_state="", next_at=NOW + 9_000)  # fmt: skip
ASKED = replace(HELD, id=33, state=CaseState.UNCERTAIN, next_at=0, n_tries=1)
FAILED = replace(HELD, id=34, state=CaseState.FAILED, next_at=0, n_tries=1, reason="permission",
                 detail="missing scopes: tickets")  # fmt: skip


@pytest.fixture
def pane(qtbot, desk, theme):
    desk.answers[ListSaid] = []
    made = ContextPane(desk, lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(270, 1400)
    made.show()

    def show() -> CrmPart:
        made.show_card(an_author(ROW))
        part = part_of(made)
        qtbot.waitUntil(lambda: bool(part._crms) or not part.isHidden())
        qtbot.waitUntil(lambda: part._is_known)
        return part

    return show


def part_of(made: ContextPane) -> CrmPart:
    body = made._scroll.widget()
    part = body.findChild(CrmPart) if body else None
    assert isinstance(part, CrmPart)
    return part


def said(part) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def button(part, text):
    return next(b for b in part.findChildren(QPushButton)
                if b.text() == text and not b.isHidden())  # fmt: skip


def test_cases_are_shown_with_their_state_and_what_can_be_done(qtbot, desk, pane):
    desk.answers[ListCases] = [HELD, FAILED, ASKED, SENT]
    part = pane()
    qtbot.waitUntil(lambda: "Waiting on us" in said(part))
    assert "missing scopes: tickets" in said(part)
    button(part, "Take back").click()
    button(part, "It is there").click()
    button(part, "It is not: make it again").click()
    button(part, "Try again").click()
    assert desk.did(TakeCaseBack) == [TakeCaseBack(32)]
    assert desk.did(SettleCase) == [
        SettleCase(33, True), SettleCase(33, False), SettleCase(34, False),
    ]  # fmt: skip
    with qtbot.waitSignal(part.link_asked) as opened:
        button(part, "Open it").click()
    assert opened.args == ["https://app.hubspot.com/t/31"]
    button(part, "Ask how they are doing").click()
    assert desk.did(CheckCases) == [CheckCases(1)]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (HELD, "leaves"),
        (replace(HELD, n_tries=1, reason="RateLimitedError", next_at=NOW + 90 * MINUTE),
         "slow down"),
        (replace(HELD, state=CaseState.SENDING), "on its way"),
        (SENT, "Waiting on us"),
        (replace(SENT, reason=NOT_TIED), "could not be joined"),
        (replace(HELD, state=CaseState.UNCERTAIN), "we are looking"),
        (ASKED, "Please look there"),
        (FAILED, "may not do this"),
        (replace(FAILED, reason="not_approved"), "edition"),
    ],
)  # fmt: skip
def test_every_state_is_a_sentence(case, words):
    assert words in state_line(case, NOW)[0]


def test_a_chosen_record_stands_with_its_facts(qtbot, desk, pane, theme):
    desk.answers[ListCases] = [SENT, HELD, FAILED]
    desk.answers[ListRecords] = [replace(DANA, is_chosen=True)]
    part = pane()
    qtbot.waitUntil(lambda: "customer" in said(part))
    shoot(theme, part.window(), "crm-context")
    button(part, "Not them").click()
    assert desk.did(ChooseRecord) == [ChooseRecord(1, 9, "901", False)]
    assert unnamed(part) == []
    assert wrong_format(part) == []


def test_a_person_says_which_of_them_it_is(qtbot, desk, pane):
    desk.answers[ListRecords] = [DANA, OTHER]
    part = pane()
    qtbot.waitUntil(lambda: "D. Flint" in said(part))
    button(part, "This is them").click()
    assert desk.did(ChooseRecord) == [ChooseRecord(1, 9, "901", True)]


def test_a_look_up_needs_a_click_and_says_what_it_asks_for(qtbot, desk, pane):
    desk.answers[ListCrms] = [SHED]
    part = pane()
    qtbot.waitUntil(lambda: "dana@orchard.example" in said(part))
    assert desk.did(LookUpPerson) == []
    desk.outcomes[LookUpPerson] = {"n": 0, "asked": True}
    button(part, "Look up").click()
    asked = LookUpPerson(1, 9, KNOWN.profile.name, "dana@orchard.example", ROW.handle)
    assert desk.did(LookUpPerson) == [asked]
    qtbot.waitUntil(lambda: "Nobody was found" in part._notice.text)


def test_by_itself_only_where_that_is_on(qtbot, desk, pane):
    part = pane()
    qtbot.waitUntil(lambda: bool(desk.did(LookUpPerson)))
    (asked,) = desk.did(LookUpPerson)
    assert (asked.account_id, asked.by_itself) == (BARN.id, True)
    desk.tell(Changes(areas=frozenset({Area.CRM})))
    qtbot.waitUntil(lambda: len(desk.asked(ListCrms)) > 1)
    assert len(desk.did(LookUpPerson)) == 1
    boxes = [b for b in part.findChildren(type(part._lines.itemAt(0).widget().by_itself))]
    boxes[0].click()
    assert desk.did(LetLookUp) == [LetLookUp(SHED.id, True)]


def test_without_a_crm_there_is_nothing(qtbot, desk, pane):
    desk.answers[ListCrms] = []
    made = ContextPane(desk, lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    made.show_card(an_author(ROW))
    part = part_of(made)
    qtbot.waitUntil(lambda: bool(desk.asked(ListCases)) and part._is_known)
    assert part.isHidden()


def test_a_failed_look_up_is_told(qtbot, desk, pane):
    desk.answers[ListCrms] = [SHED]
    part = pane()
    desk.outcomes[LookUpPerson] = RateLimitedError(90)
    button(part, "Look up").click()
    qtbot.waitUntil(lambda: "90 s" in part._notice.text)
