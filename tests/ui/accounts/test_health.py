"""An account's health in plain words, and its last 48 hours with their gaps."""

import pytest

from socialdesk.domain import errors
from socialdesk.domain.account import AccountState, Can, Card, Watch, WatchKind
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.ui.accounts.coverage import HOUR_MS, HOURS, Hour, hours, summary
from socialdesk.ui.accounts.health import (
    Act,
    health,
    is_fetched,
    kinds_to_add,
    sign_in_warning,
    watch_health,
    watch_name,
)
from tests.ui.fake_desk import MINUTE, NOW


def a_watch(**changes):
    base = {"last_ok_at": NOW - 3 * MINUTE, "next_at": NOW + MINUTE}
    return WatchHealth(1, Watch(WatchKind.MENTIONS), **{"is_on": True, **base, **changes})


def an_account(*watches, state=AccountState.ON, **changes):
    return AccountRow(1, "mastodon", "@shop", "pond.example", state, watches=watches, **changes)


def test_all_well_says_when_it_was_read():
    said = health(an_account(a_watch()), NOW)
    assert (said.text, said.tone) == ("Last read 3 min ago.", "ok")


@pytest.mark.parametrize(
    "fault", [e.__name__ for e in errors.ConnectorError.__subclasses__()] + ["CredentialError"]
)
def test_every_fault_has_a_reason_and_a_button(fault):
    said = health(an_account(a_watch(fault=fault, n_failures=2)), NOW)
    assert said.tone in ("danger", "warn")
    assert fault not in said.text
    assert said.acts
    text, _ = watch_health(a_watch(fault=fault, n_failures=2), NOW)
    assert "Failed 2 times in a row." in text
    assert "Next try at" in text


@pytest.mark.parametrize("others", [(), (a_watch(),), (a_watch(fault="UnreachableError"),)])
def test_a_watch_that_was_refused_says_why_and_what_to_do(others):
    refused = a_watch(fault="RefusedError", detail="permission: HTTP 401 from h", is_on=False)
    said = health(an_account(*others, refused), NOW)
    assert said.tone == "danger"
    text, tone = watch_health(refused, NOW)
    assert tone == "danger"
    for words in (said.text, text):
        assert "does not allow this" in words and "HTTP 401" in words
    assert "Fetch all now" in said.text


@pytest.mark.parametrize(
    ("detail", "why"),
    [
        ("HTTP 404 from h", "Nothing was found at its address for 7 days."),
        ("HTTP 410 from h", "The site says that it is gone for good."),
    ],
)
def test_a_source_that_is_gone_says_so_and_how_it_is_tried_again(detail, why):
    gone = a_watch(fault="RefusedError", detail=f"gone: {detail}", is_on=False)
    text = watch_health(gone, NOW)[0]
    assert why in text and detail in text
    said = health(an_account(gone), NOW)
    assert why in said.text and "Fetch all now" in said.text


def test_a_dead_sign_in_offers_to_sign_in_first():
    said = health(an_account(state=AccountState.SIGN_IN, fault="AuthExpiredError"), NOW)
    assert said.acts[0] is Act.SIGN_IN
    assert "Nothing is lost" in said.text


def test_a_paused_account_says_that_it_leaves_a_gap():
    said = health(an_account(a_watch(), state=AccountState.PAUSED), NOW)
    assert "gap" in said.text
    assert said.acts[0] is Act.GO_ON


def test_a_disconnected_account_keeps_what_it_brought():
    assert "stays readable" in health(an_account(state=AccountState.STOPPED), NOW).text


@pytest.mark.parametrize("fault", ["", "AuthExpiredError"])
def test_a_main_password_is_warned_of_with_one_button_to_change_it(fault):
    a = an_account(a_watch(fault=fault), has_main_password=True)
    assert "app password" in sign_in_warning(a)
    assert health(a, NOW).acts.count(Act.SIGN_IN) == 1


def test_who_is_signed_in_well_or_not_at_all_is_not_warned():
    assert sign_in_warning(an_account(a_watch())) == ""
    gone = an_account(state=AccountState.STOPPED, has_main_password=True)
    assert sign_in_warning(gone) == ""


def test_an_account_that_watches_nothing_says_so():
    assert "watches nothing" in health(an_account(), NOW).text


def test_set_aside_items_are_counted():
    assert "2 malformed items set aside." in watch_health(a_watch(n_rejects=2), NOW)[0]


@pytest.mark.parametrize("kind", list(WatchKind))
def test_every_watch_has_a_name(kind):
    assert watch_name(Watch(kind, "dala"))


def test_only_what_the_network_can_is_offered():
    can = Can.FETCH | Can.HASHTAG
    card = Card(Author("1", "shop"), can, LengthRule(500))
    assert kinds_to_add(an_account(a_watch(), card=card)) == [WatchKind.HASHTAG]


THIS_HOUR = NOW // HOUR_MS * HOUR_MS


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ((5, 0, 0), Hour.READ), ((5, 1, 0), Hour.PARTLY), ((0, 3, 1), Hour.FAILED),
        ((0, 0, 2), Hour.WAITED), ((0, 0, 0), Hour.GAP),
    ],
)  # fmt: skip
def test_an_hour_is_what_happened_in_it(counts, kind):
    assert hours([(1, THIS_HOUR, *counts)], 1, NOW)[-1] is kind


def test_an_hour_without_a_row_is_a_gap_and_other_accounts_do_not_fill_it():
    found = hours([(2, THIS_HOUR, 9, 0, 0), (1, THIS_HOUR - HOUR_MS, 9, 0, 0)], 1, NOW)
    assert len(found) == HOURS
    assert found[-2:] == [Hour.READ, Hour.GAP]
    assert found.count(Hour.GAP) == HOURS - 1


def test_older_and_future_hours_are_left_out():
    found = hours([(1, THIS_HOUR - HOURS * HOUR_MS, 1, 0, 0), (1, THIS_HOUR + HOUR_MS, 1, 0, 0)],
                  1, NOW)  # fmt: skip
    assert set(found) == {Hour.GAP}


def test_the_strip_can_be_heard():
    found = [Hour.READ] * 40 + [Hour.GAP] * 6 + [Hour.FAILED] * 2
    assert summary(found) == "Read in 40 of the last 48 hours, 6 hours not running, 2 hours failed."
    assert summary(found, is_last=False).startswith("Read in 40 of these 48 hours, 6 hours")


@pytest.mark.parametrize(("can", "fetched"), [
    (Can(0), False), (Can.CRM, False), (Can.PANEL, False), (Can.FETCH | Can.REPLY, True),
])  # fmt: skip
def test_what_is_not_fetched_from_has_no_hours(can, fetched):
    card = Card(Author("1", "f", "F"), can, LengthRule(100), "file", "")
    a = an_account(card=card)
    assert is_fetched(a) is fetched
    assert is_fetched(an_account(a_watch(), card=card))


def test_a_file_has_nobody_to_ask_and_nothing_to_pause():
    card = Card(Author("1", "f", "F"), Can(0), LengthRule(100), "file", "")
    said = health(AccountRow(1, "import", "CSV", "", AccountState.ON, card=card), NOW)
    assert said.acts == (Act.DISCONNECT,)
    assert said.tone == "ok"
