"""Signing in again: in place, as the same identity, with words for whatever was typed wrong."""

import pytest
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import AuthExpiredError, CommandError, CommandFault
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine import commands as c
from socialdesk.ui.accounts import add
from socialdesk.ui.accounts.add import FORM, AddAccountDialog
from tests.ui.fake_desk import FakeDesk

MASTODON = [
    "mastodon", "Mastodon", "oauth", [
        ["server", "Server", "", False, False], ["token", "Access token", "", True, True],
    ], True, True, True, False,
]  # fmt: skip
SIGNED_OUT = AccountRow(3, "mastodon", "@shop", "pond.example", AccountState.SIGN_IN)


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(add, "open_url", lambda url: True)
    made = FakeDesk()
    made.outcomes[c.ListNetworks] = {"networks": [MASTODON]}
    made.outcomes[c.BeginSignIn] = {"url": "https://pond.example/authorize", "ticket": "t1"}
    made.outcomes[c.FinishSignIn] = {"account_id": 3}
    return made


@pytest.fixture
def dialog(qtbot, desk):
    made = AddAccountDialog(desk, None, again=SIGNED_OUT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._pages.currentIndex() == FORM)
    return made


def sign_in(dialog):
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Sign in").click()


def test_it_stays_in_place(qtbot, desk, dialog):
    assert dialog._form._fields["server"].text() == "pond.example"
    with qtbot.waitSignal(dialog.added):
        sign_in(dialog)
    assert desk.did(c.FinishSignIn)[0].account_id == 3


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AuthExpiredError(), "does not accept this sign-in"),
        (CommandError(CommandFault.BAD_INPUT, what="account", name="@shop"), "another account"),
    ],
)
def test_a_wrong_token_is_typed_again(qtbot, desk, dialog, error, said):
    desk.outcomes[c.AddAccount] = error
    token = dialog._form._fields["token"]
    token.setText("of somebody else")
    sign_in(dialog)
    qtbot.waitUntil(lambda: said in dialog._notice.text)
    assert dialog.focusWidget() is token
