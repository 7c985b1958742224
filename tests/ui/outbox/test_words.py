"""The outbox tells the truth, in words, and offers what can be done."""

from dataclasses import replace

import pytest

from socialdesk.domain.errors import Refusal
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.ui.outbox.words import Act, act_name, spoken, told, whom
from tests.ui.fake_desk import NOW


def a_reply(state=OutboxState.QUEUED, **changes):
    base = {"account": "@shop", "to": "Ann", "text": "Hi", "made_at": NOW}
    return OutboxRow(1, 1, state, **{**base, **changes})


@pytest.mark.parametrize("state", list(OutboxState))
def test_every_state_has_words_and_something_to_do(state):
    said = told(a_reply(state, sent_at=NOW), NOW)
    assert said.state
    assert said.text.endswith(".")
    assert said.acts
    assert all(act_name(act, state) for act in said.acts)


def test_only_what_the_network_has_is_called_sent():
    words = {s: told(a_reply(s, sent_at=NOW), NOW) for s in OutboxState}
    assert [s for s, said in words.items() if said.state == "Sent"] == [OutboxState.SENT]


def test_a_held_reply_counts_down():
    held = a_reply(OutboxState.HELD, hold=HoldReason.UNDO, held_until=NOW + 7_000)
    assert told(held, NOW).text == "Goes out in 7 seconds."
    assert told(held, NOW + 6_500).text == "Goes out in 1 second."
    assert told(held, NOW).acts[:2] == (Act.TAKE_BACK, Act.SEND_NOW)


def test_a_queued_reply_of_an_account_that_is_off_waits_for_it():
    later = a_reply(reason="AuthExpiredError", next_at=NOW + 60_000)
    assert "tried at" in told(later, NOW).text
    said = told(replace(later, is_account_on=False), NOW).text
    assert "waits until @shop is on again" in said and "tried at" not in said


def test_an_uncertain_reply_is_never_simply_sent_again():
    looking = a_reply(OutboxState.UNCERTAIN, next_at=NOW + 20_000, reason="UnreachableError")
    said = told(looking, NOW)
    assert "never answered" in said.text
    assert "look for it again at" in said.text
    assert Act.SEND_AGAIN not in said.acts and Act.SEND_NOW not in said.acts
    assert {Act.OPEN, Act.IS_THERE, Act.NOT_THERE} <= set(said.acts)
    alone = told(a_reply(OutboxState.UNCERTAIN), NOW)
    assert "please look yourself" in alone.text


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_has_a_reason_and_a_next_step(refusal):
    said = told(a_reply(OutboxState.FAILED, reason=refusal.value), NOW)
    assert "It was not posted." in said.text
    assert said.acts[0] is not Act.SHOW


def test_a_refused_text_offers_to_change_it_first():
    assert told(a_reply(OutboxState.FAILED, reason="text"), NOW).acts[0] is Act.EDIT
    assert told(a_reply(OutboxState.FAILED, reason="gone"), NOW).acts[0] is Act.DISCARD


@pytest.mark.parametrize("code", ["damaged", "interrupted", "UnreachableError"])
def test_reasons_of_our_own_have_words(code):
    text = told(a_reply(OutboxState.FAILED, reason=code), NOW).text
    assert text.endswith("It was not posted.")
    assert code not in text


def test_what_was_answered_by_hand_says_so():
    by_hand = a_reply(OutboxState.SENT, sent_at=NOW, reason="by_hand")
    assert "by hand" in told(by_hand, NOW).text


def test_a_policy_that_tightened_asks_for_a_look():
    stopped = a_reply(OutboxState.HELD, hold=HoldReason.ASK, reason="not_approved")
    assert told(stopped, NOW).acts[0] is Act.APPROVE


def test_what_an_incident_holds_is_offered_no_way_out_that_is_refused():
    said = told(a_reply(OutboxState.HELD, hold=HoldReason.CRISIS), NOW)
    assert said.text.startswith("Held by crisis mode.")
    assert said.acts == (Act.DECIDE, Act.SHOW, Act.DISCARD)


@pytest.mark.parametrize("hold", [HoldReason.RESTORED, HoldReason.ASK])
def test_every_reason_to_hold_is_told_and_leaves_the_choice(hold):
    said = told(a_reply(OutboxState.HELD, hold=hold), NOW)
    assert said.text.startswith("Held")
    assert {Act.SEND_NOW, Act.TAKE_BACK} <= set(said.acts)


def test_a_scheduled_reply_says_when_it_goes():
    scheduled = a_reply(OutboxState.HELD, hold=HoldReason.SCHEDULED, held_until=NOW + 3_600_000)
    assert "also when they write first" in told(scheduled, NOW).text
    dropped = replace(scheduled, is_dropped_if_written=True)
    assert "unless they write first" in told(dropped, NOW).text


def test_a_row_can_be_heard():
    assert spoken(a_reply(OutboxState.SENT, sent_at=NOW), NOW).startswith("Sent. To Ann, ")


@pytest.mark.parametrize("state", list(OutboxState))
def test_a_post_of_our_own_offers_nothing_that_needs_a_mention(state):
    row = replace(
        a_reply(state, sent_at=NOW, url="https://pond.example/9", reason=""), mention_id=0, to=""
    )
    offered = set(told(row, NOW, can_edit=True).acts)
    assert not offered & {Act.SHOW, Act.EDIT, Act.EDIT_SENT, Act.DELETE}
    assert (Act.OPEN in offered) is (state is OutboxState.SENT)
    assert "A post of our own" in spoken(row, NOW)
    assert whom(row) == "a post of our own"


def test_a_scheduled_text_can_be_checked():
    row = a_reply(OutboxState.HELD, hold=HoldReason.SCHEDULED, held_until=NOW + 60_000)
    assert Act.CHECK in told(row, NOW).acts
    assert act_name(Act.CHECK, OutboxState.HELD) == "Check it…"


def test_a_moderated_reply_is_not_called_public_before_it_is():
    waits = told(a_reply(OutboxState.SENT, sent_at=NOW, is_moderated=True), NOW)
    assert "Not yet seen public" in waits.text and waits.tone == "warn"
    seen = told(a_reply(OutboxState.SENT, sent_at=NOW, is_moderated=True, seen_public_at=NOW), NOW)
    assert "Not yet" not in seen.text and seen.tone == "ok"
    assert "Not yet" not in told(a_reply(OutboxState.SENT, sent_at=NOW), NOW).text
