"""Ages, timers and states as the operator reads them."""

from datetime import datetime

import pytest

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.i18n import set_language
from socialdesk.ui import words
from socialdesk.ui.inbox.belonging import belongs, stays
from socialdesk.ui.inbox.questions import label_choices, snooze_choices
from socialdesk.ui.plain import isolated
from tests.ui.fake_desk import MINUTE, NOW, a_row

HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE


@pytest.fixture(autouse=True)
def english():
    set_language("en")


@pytest.mark.parametrize(
    ("passed", "text"),
    [(0, "now"), (59_000, "now"), (-5 * MINUTE, "now"), (MINUTE, "1 min"), (59 * MINUTE, "59 min"),
     (HOUR, "1 h"), (47 * HOUR, "47 h"), (2 * DAY, "2 d"), (13 * DAY, "13 d")],
)  # fmt: skip
def test_an_age_is_told_in_its_largest_unit(passed, text):
    assert words.age(NOW - passed, NOW) == text


def test_an_old_age_is_a_date():
    assert words.age(NOW - 20 * DAY, NOW) == "1 Nov"
    assert "2024" in words.age(NOW - 800 * DAY, NOW)


@pytest.mark.parametrize(
    ("left", "text", "tone"),
    [(-12 * MINUTE, "Overdue 12 min", "danger"), (0, "Overdue 1 min", "danger"),
     (15 * MINUTE, "Due in 15 min", "warn"), (16 * MINUTE, "Due in 16 min", "ok"),
     (65 * MINUTE, "Due in 1 h 5 min", "ok"), (2 * HOUR, "Due in 2 h", "ok")],
)  # fmt: skip
def test_a_timer_says_in_words_what_its_colour_says(left, text, tone):
    chip = words.due(NOW + left, NOW)
    assert (chip.text, chip.tone) == (text, tone)


def test_a_card_tells_everything_that_counts():
    row = a_row(priority=1, is_vip=True, is_edited=True, deleted_at=NOW, has_draft=True,
                assignee="Aliya", labels=("late", "\u202eabc"), n_reposts=3, is_woken=True,
                outbox=OutboxState.FAILED, is_damaged=True)  # fmt: skip
    texts = [chip.text for chip in words.chips(row, NOW)]
    assert texts[:3] == ["Mastodon", "Due in 18 min", "Reply failed"]
    for text in ("P1", "VIP", "Edited", f"Deleted {words.clock(NOW)}", "Draft",
                 isolated("Aliya"), isolated("late"), "3", "Back from snooze", "Damaged",
                 isolated("abc")):  # fmt: skip
        assert text in texts


def test_a_settled_reply_is_not_told_twice():
    row = a_row(status=Status.DONE, disposition=Disposition.REPLIED, outbox=OutboxState.SENT)
    assert [c.text for c in words.chips(row, NOW)] == ["Mastodon", "Replied"]


def test_a_scheduled_reply_says_when_it_goes_out():
    row = a_row(outbox=OutboxState.HELD, leaves_at=NOW + 90 * words.MINUTE)
    said = words.outbox_chip(OutboxState.HELD, row.leaves_at, NOW).text
    assert said.startswith("Goes out") and said.endswith(words.clock(row.leaves_at))
    assert said in [chip.text for chip in words.chips(row, NOW)]
    assert said in words.spoken(row, NOW)
    held = words.chips(a_row(outbox=OutboxState.HELD), NOW)
    assert "Reply held" in [chip.text for chip in held]


def test_every_state_has_words():
    assert all(words.status_word(x) for x in Status)
    assert all(words.disposition_word(x) for x in Disposition)
    assert all(words.outbox_chip(x, 0, NOW).text for x in OutboxState)
    assert all(words.view_word(x) for x in View)
    assert all(words.order_word(x) for x in Order)
    assert all(words.empty_words(x, "")[1] for x in ORDERS)


def test_a_network_of_a_third_party_has_a_name():
    assert words.network_label("pond") == "Pond"
    assert words.network_icon("pond") == "globe"


@pytest.mark.parametrize("view", list(ORDERS))
def test_what_belongs_into_a_view_stays_in_it(view):
    for status in Status:
        row = a_row(status=status)
        assert not belongs(view, row) or stays(view, status)


def test_snooze_presets_lie_ahead():
    choices = snooze_choices("", NOW)
    assert len(choices) >= 5
    assert all(choice.value > NOW for choice in choices)
    assert [c.value for c in snooze_choices("30 мин", NOW)] == [NOW + 30 * MINUTE]


def test_a_label_known_in_another_case_is_not_made_twice():
    from socialdesk.domain.queue.rows import LabelRow

    labels = [LabelRow(1, "Delivery", 3)]
    assert [c.value for c in label_choices("delivery", labels, a_row())] == ["Delivery"]
    assert [c.value for c in label_choices("deliver", labels, a_row())] == ["Delivery", "deliver"]


def test_a_day_and_time_is_short_today_and_whole_else():
    at = datetime(2026, 11, 18, 9, 41).timestamp() * 1000
    assert words.moment(int(at), NOW) == "18 Nov, 09:41"
    assert words.moment(NOW, NOW) == words.clock(NOW)
