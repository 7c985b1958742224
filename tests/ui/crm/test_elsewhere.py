"""A CRM is an account without mentions: nobody is asked to speak through it, or watch it."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from socialdesk.domain.account import AccountState, Can, Card
from socialdesk.domain.crisis.incident import Scope
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.queries import ListAccounts
from socialdesk.ui.crisis.text.speakers import Speakers
from socialdesk.ui.temperature.dialog import TemperatureDialog
from tests.ui.fake_desk import NOW, FakeDesk

SHOP = AccountRow(id=1, network="mastodon", name="@shop@pond.example", server="pond.example",
                  state=AccountState.ON)  # fmt: skip
CARD = Card(own=Author(remote_id="9", handle="Shed"), can=Can.CRM, length=LengthRule(1000))
SHED = replace(SHOP, id=9, network="hubspot", name="HubSpot 46001", card=CARD)


def test_only_a_crm_is_one():
    assert SHED.is_crm
    assert not SHOP.is_crm


def test_nobody_plans_a_post_in_a_crm(qtbot):
    desk = FakeDesk()
    desk.answers[ListAccounts] = [SHOP, SHED]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = TemperatureDialog(desk, lambda: NOW, parent)
    qtbot.waitUntil(lambda: dialog.account.count() > 1)
    names = [dialog.account.itemText(n) for n in range(dialog.account.count())]
    assert SHED.name not in names


def test_nobody_speaks_through_a_crm(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    speakers = Speakers(parent)
    speakers.show_accounts([SHOP, SHED], Scope())
    assert [one.id for one in speakers._accounts] == [1]
