"""From a mention to a ticket and back, on the real engine and store, with an invented HubSpot."""

import pytest

from socialdesk.domain.people.crm import CaseState
from socialdesk.engine.commands import FetchNow
from socialdesk.engine.queries import ListAccounts
from socialdesk.ui.accounts.account_pane import AccountPane
from socialdesk.ui.accounts.screen import AccountsScreen
from socialdesk.ui.crm.context_part import CrmPart
from socialdesk.ui.crm.dialog import CaseDialog
from tests.engine.crm_bench import CrmBench, crm_bench, start_crm
from tests.ui.compose.looks import shoot
from tests.ui.driving import open_real_window, type_in

__all__ = ["crm_bench", "start_crm"]

WAIT = 10_000  # ms; the commits are real


@pytest.fixture
def window(qtbot, crm_bench: CrmBench, theme):
    crm_bench.clock.advance(300)  # people write
    crm_bench.desk.do(FetchNow(wait=True)).result()
    made = open_real_window(qtbot, crm_bench.desk, crm_bench.clock)
    yield made
    made.close()


def part_of(window) -> CrmPart:
    part: CrmPart = window.inbox.context.findChild(CrmPart)
    return part


def test_from_a_mention_to_a_ticket_and_its_state(window, crm_bench, qtbot, theme):
    row = window.inbox.row
    crm_bench.mention = row.id
    type_in(window, "i")
    qtbot.waitUntil(lambda: bool(part_of(window) and part_of(window)._crms), timeout=WAIT)
    type_in(window, "t")
    dialog = window.findChild(CaseDialog)
    qtbot.waitUntil(lambda: bool(dialog.make.isEnabled() and dialog.box.name.text()), timeout=WAIT)
    name = dialog.box.name.text()
    person = crm_bench.server.add_person(name, "found@orchard.example")
    dialog.box.look.click()
    qtbot.waitUntil(lambda: dialog.box.list.count() == 2, timeout=WAIT)
    dialog.box.list.setCurrentRow(1)
    dialog.box.them.click()
    qtbot.waitUntil(lambda: bool(dialog.box.record and dialog.box.record.is_chosen), timeout=WAIT)
    subject = dialog.subject.text()
    shoot(theme, dialog, "crm-dialog-real")
    dialog.make.click()
    qtbot.waitUntil(lambda: "HubSpot 46001" in window.toast.text, timeout=WAIT)
    crm_bench.turn(30)
    assert crm_bench.case().state is CaseState.SENT
    words, whose = crm_bench.server.case_of(subject)
    assert whose == person
    assert "https://" in words
    qtbot.waitUntil(lambda: not part_of(window).check.isHidden(), timeout=WAIT)
    shoot(theme, window, "crm-window")
    crm_bench.server.close_case(subject)
    part_of(window).check.click()
    qtbot.waitUntil(lambda: crm_bench.case().remote_state == "Closed", timeout=WAIT)


def test_a_crm_among_the_accounts_watches_nothing(window, crm_bench, qtbot, theme):
    window.show_place("accounts")
    screen = window.findChild(AccountsScreen)
    pane = screen.findChild(AccountPane)
    qtbot.waitUntil(lambda: pane._title.text() != "", timeout=WAIT)
    row = next(a for a in crm_bench.desk.ask(ListAccounts()).result() if a.is_crm)
    pane.show_account(row)
    pane.show_rejects([])
    assert not pane._watches.isVisible()
    assert not pane.hours.strip.isVisible()
    shoot(theme, window, "crm-accounts")
