"""Adding an account on a scripted desk: each way of signing in, each way it can fail."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QPushButton

from socialdesk.domain.errors import (
    BadAnswerError,
    CommandError,
    CommandFault,
    CredentialError,
    CredentialFault,
    UnreachableError,
)
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Done
from socialdesk.ui.accounts import add, form
from socialdesk.ui.accounts.add import BROWSER, CHOOSE, FORM, GUIDE, AddAccountDialog
from socialdesk.ui.accounts.sign_in import networks_of
from socialdesk.ui.enter import EnterPresses
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk

NETWORKS = [
    ["mastodon", "Mastodon", "oauth", [
        ["server", "Server", "The part after the second @", False, False],
        ["token", "Access token", "", True, True],
    ], True, True, True, False],
    ["bluesky", "Bluesky", "password", [
        ["handle", "Handle", "shop.bsky.example", False, False],
        ["password", "App password", "Made in the settings there", True, False],
    ], True, True, False, False],
    ["feeds", "Feed", "none", [["url", "Address", "RSS", False, False]], False, False, False, True,
     {"first_watch": "feed"}],
]  # fmt: skip
URL = "https://pond.example/oauth/authorize?x=1"


@pytest.fixture
def desk():
    made = FakeDesk()
    made.outcomes[c.ListNetworks] = {"networks": NETWORKS}
    made.outcomes[c.BeginSignIn] = {"url": URL, "ticket": "t1"}
    made.outcomes[c.AddAccount] = {"account_id": 7}
    made.outcomes[c.FinishSignIn] = {"account_id": 7}
    return made


@pytest.fixture
def opened(monkeypatch):
    urls: list[str] = []

    def open_url(url: str) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(add, "open_url", open_url)
    return urls


@pytest.fixture
def dialog(qtbot, desk, theme, opened):
    made = AddAccountDialog(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._choice.list.count() == 3)
    return made


def fill(qtbot, dialog, network, **typed):
    """Choose by the arrow keys and Enter, then type."""
    dialog._choice.list.setCurrentRow([n[0] for n in NETWORKS].index(network))
    qtbot.keyClick(dialog._choice.list, Qt.Key.Key_Return)
    assert dialog._pages.currentIndex() == FORM
    for key, text in typed.items():
        qtbot.keyClicks(dialog._form._fields[key], text)


def press(root, text):
    QCoreApplication.sendPostedEvents()  # a layout shows its new buttons by an event
    next(b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def hold_after_begin(desk):
    """The browser takes its time."""

    def begin(_):
        desk.is_holding = True
        return {"url": URL, "ticket": "t1"}

    desk.outcomes[c.BeginSignIn] = begin


def test_a_password_is_typed_used_and_forgotten(qtbot, desk, dialog):
    fill(qtbot, dialog, "bluesky", handle="shop.example", password="s3cret")
    with qtbot.waitSignal(dialog.added) as added:
        press(dialog, "Sign in")
    assert added.args == [7]
    (command,) = desk.did(c.AddAccount)
    assert dict(command.fields) == {"handle": "shop.example", "password": "s3cret"}
    assert (command.watches, command.backfill_days) == ((("mentions", "", ""),), 7)
    assert dialog._form._fields["password"].text() == ""


def test_what_must_be_filled_in_blocks_signing_in(qtbot, dialog):
    fill(qtbot, dialog, "bluesky", handle="shop.example")
    assert dialog._form.missing() == ["App password"]
    assert not dialog._go.isEnabled()


def test_the_browser_is_opened_and_waited_for(qtbot, desk, dialog, opened, theme):
    hold_after_begin(desk)
    fill(qtbot, dialog, "mastodon", server="pond.example")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: dialog._pages.currentIndex() == BROWSER)
    assert opened == [URL]
    shoot(theme, dialog, "add-browser")
    (finish,) = desk.did(c.FinishSignIn)
    assert (finish.ticket, finish.code) == ("t1", "")
    with qtbot.waitSignal(dialog.added):
        desk.release()


def test_a_pasted_code_ends_the_waiting(qtbot, desk, dialog):
    hold_after_begin(desk)
    fill(qtbot, dialog, "mastodon", server="pond.example")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: dialog._pages.currentIndex() == BROWSER)
    qtbot.keyClicks(dialog._browser.code, " abc ")
    with qtbot.waitSignal(dialog.added):
        qtbot.keyClick(dialog._browser.code, Qt.Key.Key_Return)
        desk.release()
    assert [f.code for f in desk.did(c.FinishSignIn)] == ["", "abc"]


def test_cancelling_tells_the_desk_and_keeps_nothing(qtbot, desk, dialog):
    hold_after_begin(desk)
    fill(qtbot, dialog, "mastodon", server="pond.example")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: dialog._pages.currentIndex() == BROWSER)
    seen: list[int] = []
    dialog.added.connect(seen.append)
    press(dialog, "Cancel sign-in")
    assert desk.did(c.CancelSignIn) == [c.CancelSignIn("t1")]
    desk.release()
    qtbot.waitUntil(lambda: "cancelled" in dialog._notice.text)
    QCoreApplication.sendPostedEvents()
    assert seen == []


def test_closing_the_dialog_cancels_too(qtbot, desk, dialog):
    hold_after_begin(desk)
    fill(qtbot, dialog, "mastodon", server="pond.example")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: dialog._pages.currentIndex() == BROWSER)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.did(c.CancelSignIn) == [c.CancelSignIn("t1")]


def test_without_a_browser_the_address_can_be_copied(qtbot, desk, dialog, monkeypatch):
    monkeypatch.setattr(add, "open_url", lambda url: False)
    hold_after_begin(desk)
    fill(qtbot, dialog, "mastodon", server="pond.example")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: "No browser came" in dialog._notice.text)
    assert dialog._browser.address.selectedText() == URL


def test_a_pasted_token_needs_no_browser(qtbot, desk, dialog, opened):
    fill(qtbot, dialog, "mastodon", server="pond.example", token="tok")
    with qtbot.waitSignal(dialog.added):
        press(dialog, "Sign in")
    assert opened == []
    assert dict(desk.did(c.AddAccount)[0].fields)["token"] == "tok"


def test_a_feed_is_tried_with_three_examples_before_it_is_kept(qtbot, desk, dialog, theme):
    desk.outcomes[c.TestFetch] = {
        "n": 12, "n_rejects": 1, "name": "News",
        "examples": [["Ann", "Best <b>coffee</b>"], ["Bob", "x"], ["Cy", "y"], ["Dee", "z"]],
    }  # fmt: skip
    fill(qtbot, dialog, "feeds", url="https://news.example/feed")
    dialog._form._brand.setPlainText("dala")
    qtbot.keyClick(dialog._form._fields["url"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "12 items found" in dialog._found.text())
    shoot(theme, dialog, "add-feed")
    assert dialog._found.text().count("•") == 3
    assert "Best <b>coffee</b>" in dialog._found.text()
    assert desk.did(c.TestFetch)[0].watch == ("feed", "", "dala")
    assert desk.did(c.AddAccount) == []
    assert dialog._go.hasFocus()
    with qtbot.waitSignal(dialog.added):
        qtbot.keyClick(dialog._go, Qt.Key.Key_Space)
    assert desk.did(c.AddAccount)[0].watches == (("feed", "", "dala"),)


@pytest.mark.parametrize("error", [UnreachableError(), BadAnswerError("no feed there")])
def test_a_source_that_fails_says_why_and_keeps_what_was_typed(qtbot, desk, dialog, error):
    desk.outcomes[c.TestFetch] = error
    fill(qtbot, dialog, "feeds", url="https://news.example/feed")
    press(dialog, "Try it")
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    assert dialog._form._fields["url"].text() == "https://news.example/feed"
    assert dialog._go.isEnabled()


def test_a_mistyped_server_is_named_and_the_focus_stays_on_it(qtbot, desk, dialog):
    desk.outcomes[c.BeginSignIn] = UnreachableError()
    fill(qtbot, dialog, "mastodon", server="ann@pnod.example")
    dialog._go.setFocus()
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    plain = dialog._notice.text.translate(dict.fromkeys((0x2068, 0x2069)))
    assert plain == "No answer from pnod.example. Check the spelling and your connection."
    assert dialog._form._fields["server"].hasFocus()
    assert not dialog._back.hasFocus()


# The practice brand keeps every account's token: there only an audience's address is refused.
@pytest.mark.parametrize("fault", [f for f in CredentialFault if f is not f.PRACTICE])
def test_each_keyring_trouble_has_its_reason_and_this_session_only(qtbot, desk, dialog, fault):
    desk.outcomes[c.AddAccount] = CredentialError(fault)
    fill(qtbot, dialog, "bluesky", handle="shop.example", password="s3cret")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: "keyring" in dialog._notice.text)
    assert "Nothing is written to a file" in dialog._notice.text
    desk.outcomes[c.AddAccount] = {"account_id": 7}
    with qtbot.waitSignal(dialog.added):
        press(dialog._notice, "For this session only")
    assert [a.session_only for a in desk.did(c.AddAccount)] == [False, True]


def test_an_unlocked_keyring_is_tried_again(qtbot, desk, dialog, theme):
    desk.outcomes[c.AddAccount] = CredentialError(CredentialFault.LOCKED)
    fill(qtbot, dialog, "bluesky", handle="shop.example", password="s3cret")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: "locked" in dialog._notice.text)
    shoot(theme, dialog, "add-keyring")
    desk.outcomes[c.AddAccount] = {"account_id": 7}
    with qtbot.waitSignal(dialog.added):
        press(dialog._notice, "Try again")
    assert desk.did(c.AddAccount)[-1].session_only is False


def test_a_network_not_tried_live_says_so_and_back_goes_back(qtbot, dialog):
    assert dialog._choice.list.item(2).text() == "Feed\nnot yet tried against the live service"
    fill(qtbot, dialog, "feeds")
    press(dialog, "Back")
    assert dialog._pages.currentIndex() == CHOOSE


POND = [
    "pond", "Pond", "pasted", [["client", "App id", "", False, False]], False, True, False, False,
    {
        "about": "Reviews of the pond", "can": ["FETCH", "REPLY"], "pastes": "address",
        "guide": [
            ["Make an app there.", "https://dev.pond.example/apps", "", False],
            ["Type this as its address.", "", "https://localhost/", False],
            ["An app that nobody approved ends after 7 days.", "", "", True],
        ],
        "keep_hours": 720, "first_watch": "keyword",
    },
]  # fmt: skip


@pytest.fixture
def pond(qtbot, desk, dialog):
    """A network with a guide whose sign-in is pasted, chosen by typing what it brings."""
    desk.outcomes[c.BeginSignIn] = {"url": URL, "ticket": "t1", "is_pasted": True}
    dialog._choice.show_networks(networks_of(Done(0, {"networks": [*NETWORKS, POND]})))
    qtbot.keyClicks(dialog._choice.search, "review")
    assert dialog._choice.list.count() == 1
    qtbot.keyClick(dialog._choice.search, Qt.Key.Key_Return)
    assert dialog._pages.currentIndex() == GUIDE
    return dialog


def test_the_steps_are_read_opened_and_copied_before_signing_in(qtbot, pond, opened, theme):
    shoot(theme, pond, "add-guide")
    steps = [w.accessibleName() for w in pond._guide.findChildren(QFrame) if w.accessibleName()]
    assert steps == [
        "1: Make an app there.", "2: Type this as its address.",
        "Watch out: An app that nobody approved ends after 7 days.",
    ]  # fmt: skip
    press(pond, "Open the page")
    assert opened == ["https://dev.pond.example/apps"]
    press(pond, "Copy")
    assert QGuiApplication.clipboard().text() == "https://localhost/"
    assert unnamed(pond) == []
    press(pond, "Go on")
    assert pond._pages.currentIndex() == FORM
    press(pond, "How to get these")
    assert pond._pages.currentIndex() == GUIDE


def test_a_long_address_to_copy_cuts_no_words_off(qtbot, dialog):
    wide = "https://pond.example/" + "a" * 90
    steps = (("Words that wrap. " * 9, "https://pond.example", wide, False),)
    page = dialog._guide
    page.show_network(replace(networks_of(Done(0, {"networks": [POND]}))[0], guide=steps))
    dialog._pages.setCurrentIndex(GUIDE)
    QCoreApplication.processEvents()
    inner = page._scroll.widget()
    assert inner.minimumSizeHint().width() < page._scroll.viewport().width() - 100
    assert inner.width() == page._scroll.viewport().width()
    press(page, "Copy")
    assert QGuiApplication.clipboard().text() == wide


def test_enter_presses_the_button_that_has_the_focus(qtbot, qapp, pond, opened):
    EnterPresses(qapp, pond)
    assert pond._guide._go.hasFocus()
    QTest.keyClick(pond.window().windowHandle(), Qt.Key.Key_Return)
    assert pond._pages.currentIndex() == FORM
    pond._steps.setFocus()
    QTest.keyClick(pond.window().windowHandle(), Qt.Key.Key_Return)
    assert pond._pages.currentIndex() == GUIDE
    page = next(b for b in pond._guide.findChildren(QPushButton) if b.text() == "Open the page")
    page.setFocus()
    QTest.keyClick(pond.window().windowHandle(), Qt.Key.Key_Return)
    assert (opened, pond._pages.currentIndex()) == (["https://dev.pond.example/apps"], GUIDE)


def test_the_address_bar_is_pasted_and_a_slip_can_be_mended(qtbot, desk, pond, theme):
    press(pond, "Go on")
    qtbot.keyClicks(pond._form._fields["client"], "123")
    assert pond._form.missing() == ["What to look for"]
    qtbot.keyClicks(pond._form._query, "our name")
    desk.outcomes[c.FinishSignIn] = CommandError(CommandFault.PASTED)
    press(pond, "Sign in")
    qtbot.waitUntil(lambda: pond._pages.currentIndex() == BROWSER)
    shoot(theme, pond, "add-paste")
    assert desk.did(c.FinishSignIn) == []
    qtbot.keyClicks(pond._browser.code, "https://elsewhere.example/")
    qtbot.keyClick(pond._browser.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "still open" in pond._notice.text)
    assert pond._pages.currentIndex() == BROWSER
    desk.outcomes[c.FinishSignIn] = {"account_id": 7}
    pond._browser.code.setText("https://localhost/?code=c&state=s")
    with qtbot.waitSignal(pond.added):
        press(pond, "Go on")
    finish = desk.did(c.FinishSignIn)[-1]
    assert (finish.ticket, finish.code) == ("t1", "https://localhost/?code=c&state=s")
    assert finish.watches == (("keyword", "our name", ""),)


def test_every_control_has_a_name(qtbot, dialog):
    fill(qtbot, dialog, "bluesky")
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []


def test_a_connectors_words_are_shown_in_the_language_in_use(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(form, "spoken", str.upper)  # stands for a translation
    fill(qtbot, dialog, "bluesky")
    assert dialog._form.missing() == ["HANDLE", "APP PASSWORD"]
