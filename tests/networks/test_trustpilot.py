"""Reviews, the one reply of each, and what Trustpilot's refusals mean."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialdesk.domain.account import Can, Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing import START, Scripted, everything, read_on
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.trustpilot import NETWORK
from tests.networks.fake_trustpilot import (
    AUTHOR,
    DOMAIN,
    ERRORS,
    FOLDER,
    KEY,
    SECRET,
    FakeTrustpilot,
)
from tests.networks.samples.trustpilot import SAMPLE

WATCH = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeTrustpilot:
    made = FakeTrustpilot()
    made.reviews = json.loads((FOLDER / "reviews.json").read_text("utf-8"))["reviews"]
    return made


@pytest.fixture
def connector(server: FakeTrustpilot) -> Connector:
    return SAMPLE.connect(server)


def all_of(connector: Connector) -> list[Mention]:
    return read_on(connector, WATCH, None, SINCE)[0]


def a_reply(mention: Mention, text: str = "We are sorry.") -> Outgoing:
    return Outgoing(mention.remote_id, mention.uri, text, "key-1", made_at=START)


# --- reading ---


def test_a_review_has_stars_title_words_and_its_time_of_change(connector: Connector) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    assert (review.kind, review.title) == (Kind.REVIEW, "Cake never came")
    assert review.author.name == "Dana Mukhtarova"
    assert review.published_at == datetime(2026, 11, 20, 18, 4, 11, tzinfo=UTC)
    assert review.edited_at == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    assert review.can_reply is CanReply.API


def test_order_number_and_e_mail_of_the_reviewer_are_never_read(connector: Connector) -> None:
    shown = repr(all_of(connector))
    assert "4711" not in shown
    assert "customer.example" not in shown


def test_what_the_business_answered_comes_as_its_own_post(connector: Connector) -> None:
    review, answer = [m for m in all_of(connector) if m.root_uri.endswith("0002")]
    assert (review.can_reply, review.reply_note) == (CanReply.BROWSER, "one_reply")
    assert answer.is_own
    assert (answer.parent_uri, answer.body) == (review.uri, "Thank you, Piotr!")


def test_a_reported_review_is_not_shown_and_told_as_gone(connector: Connector) -> None:
    page = connector.fetch(WATCH, None, since=SINCE)
    assert all(m.title != "They stole my bicycle" for m in page.mentions)
    assert [uri[-4:] for uri in page.gone] == ["0001"]


def test_more_than_a_page_is_read_to_its_end(connector: Connector, server: FakeTrustpilot) -> None:
    server.reviews = []
    for n in range(230):
        server.add_review(f"{n:024}", f"number {n}")
    mentions, pages, _ = read_on(connector, WATCH, None, SINCE)
    assert (len(mentions), len(pages)) == (230, 3)


def test_a_review_that_is_published_late_is_still_found(
    connector: Connector, server: FakeTrustpilot
) -> None:
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    late = server.add_review("9" * 24, "held back", createdAt="2026-11-19T00:00:00Z")
    server.reviews.sort(key=lambda one: str(one["createdAt"]), reverse=True)
    mentions, _, _ = read_on(connector, WATCH, cursor, SINCE)
    assert late["id"] in {m.remote_id for m in mentions}


def test_only_what_holds_a_brand_word_is_kept(connector: Connector) -> None:
    found, _, _ = read_on(connector, replace(WATCH, brand_words="bread"), None, SINCE)
    assert [m.title for m in found if not m.is_own] == ["Best bread in town"]


def test_looking_again_finds_edits_removals_and_what_is_reported_by_now(
    connector: Connector, server: FakeTrustpilot
) -> None:
    cake, bread = [m for m in all_of(connector) if not m.is_own][::-1]
    server.reviews[0] |= {"text": "It came on Sunday.", "updatedAt": "2026-11-21T08:00:00Z"}
    server.reviews[1]["status"] = "underModeration"
    again = connector.recheck([cake.remote_id, bread.remote_id, "0" * 24])
    assert [m.body for m in again.mentions] == ["It came on Sunday."]
    assert again.gone == (bread.remote_id, "0" * 24)


def test_the_thread_is_the_review_and_its_reply(connector: Connector) -> None:
    review, answer = [m for m in all_of(connector) if m.root_uri.endswith("0002")]
    assert connector.thread(review.remote_id) == (answer,)
    assert connector.thread(answer.remote_id) == (review,)


# --- replying ---


def test_a_second_reply_is_never_sent_over_the_first(
    connector: Connector, server: FakeTrustpilot
) -> None:
    answered = next(m for m in all_of(connector) if m.n_stars == 5)
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(answered))
    assert caught.value.reason is Refusal.DUPLICATE
    assert server.posted == []


def test_a_colleague_s_answer_that_came_meanwhile_is_kept(
    connector: Connector, server: FakeTrustpilot
) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    connector.reply(a_reply(review))
    server.reviews[0]["companyReply"] |= {"authorBusinessUserId": "bu-8", "text": "Call us."}
    for act in (lambda: connector.edit(f"{review.remote_id}/reply", "Sorry!"),
                lambda: connector.delete(f"{review.remote_id}/reply")):  # fmt: skip
        with pytest.raises(RefusedError) as caught:
            act()
        assert caught.value.reason is Refusal.DUPLICATE
    assert server.reviews[0]["companyReply"]["text"] == "Call us."


def test_our_reply_is_changed_in_its_place_and_deleted_once(
    connector: Connector, server: FakeTrustpilot
) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    posted = connector.reply(a_reply(review))
    assert connector.edit(posted.remote_id, "We are very sorry.") == posted
    assert server.reviews[0]["companyReply"]["text"] == "We are very sorry."
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.reviews[0]["companyReply"] is None
    with pytest.raises(RefusedError) as caught:
        connector.edit(posted.remote_id, "Hello?")
    assert caught.value.reason is Refusal.GONE


def test_the_same_words_of_long_ago_are_not_taken_for_ours(
    connector: Connector, server: FakeTrustpilot
) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    connector.reply(a_reply(review))
    later = replace(a_reply(review), made_at=START + timedelta(hours=1))
    assert connector.find_reply(later) is None


def test_a_reading_before_the_reply_that_fails_leaves_no_doubt(
    connector: Connector, server: FakeTrustpilot
) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    server.cut()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(review))
    assert not caught.value.maybe_done


def test_a_refused_text_is_told_with_the_number_support_asks_for(
    connector: Connector, server: FakeTrustpilot
) -> None:
    review = next(m for m in all_of(connector) if m.n_stars == 1)
    server.always_to_writes(422, ERRORS["422"])
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(review))
    assert caught.value.reason is Refusal.TEXT
    assert ERRORS["422"]["correlationId"] in caught.value.detail


def test_without_a_user_to_speak_for_reviews_are_only_read(server: FakeTrustpilot) -> None:
    silent = NETWORK.connect(
        session_with(server), {**SAMPLE.settings, "author": ""}, SAMPLE.secret, lambda _: None
    )
    assert Can.REPLY not in silent.card().can
    review = next(m for m in all_of(silent) if m.n_stars == 1)
    assert (review.can_reply, review.reply_note) == (CanReply.BROWSER, "no_access")
    with pytest.raises(RefusedError):
        silent.reply(a_reply(review))


# --- tokens and errors ---


def test_a_token_that_ended_is_renewed_once_and_kept_before_its_use(
    server: FakeTrustpilot,
) -> None:
    kept: list[Secret] = []
    connector = NETWORK.connect(session_with(server), SAMPLE.settings, SAMPLE.secret, kept.append)
    server.access = "another"
    all_of(connector)
    all_of(connector)
    assert server.n_tokens == 1
    assert [Tokens.unpacked(one).access for one in kept] == [server.access]


def test_a_secret_that_was_taken_back_asks_to_sign_in_again(server: FakeTrustpilot) -> None:
    dead = Tokens("old", rest={"key": KEY, "secret": "another"}).packed()
    connector = NETWORK.connect(session_with(server), SAMPLE.settings, dead, lambda _: None)
    with pytest.raises(AuthExpiredError):
        all_of(connector)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(402, Refusal.NO_CREDIT), (403, Refusal.NOT_APPROVED), (404, Refusal.GONE),
     (409, Refusal.DUPLICATE), (422, Refusal.TEXT)],
)  # fmt: skip
def test_a_refusal_has_its_reason(
    connector: Connector, server: FakeTrustpilot, status: int, reason: Refusal
) -> None:
    server.always(status, ERRORS.get(str(status), {}))
    with pytest.raises(RefusedError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert caught.value.reason is reason


def test_too_many_calls_are_waited_out(connector: Connector, server: FakeTrustpilot) -> None:
    server.always(429, ERRORS["429"], Retry_After="120")
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert caught.value.retry_after_s == 120.0


# --- signing in ---


def typed(**changes: str) -> dict[str, str]:
    return {"domain": f"https://{DOMAIN}/", "key": KEY, "secret": SECRET, **changes}


def test_signing_in_finds_the_business_and_its_only_user(server: FakeTrustpilot) -> None:
    signed = NETWORK.sign_in(session_with(server), typed())
    assert signed.settings["author"] == AUTHOR
    assert signed.card.own.name == "Aldanov Bakery"
    assert signed.secret is not None
    shown = f"{dict(signed.settings)} {signed!r}"
    assert KEY not in shown
    assert SECRET not in shown


def test_with_several_users_nobody_is_chosen(server: FakeTrustpilot) -> None:
    server.users = [AUTHOR, "bu-8"]
    signed = NETWORK.sign_in(session_with(server), typed())
    assert (signed.settings["author"], Can.REPLY in signed.card.can) == ("", False)


def test_a_website_that_stands_there_with_www_is_found(server: FakeTrustpilot) -> None:
    server.names = [f"www.{DOMAIN}"]
    signed = NETWORK.sign_in(session_with(server), typed())
    assert signed.settings["domain"] == f"www.{DOMAIN}"


def test_a_plan_without_the_module_is_told_at_sign_in(server: FakeTrustpilot) -> None:
    server.has_connect = False
    with pytest.raises(RefusedError) as caught:
        NETWORK.sign_in(session_with(server), typed())
    assert caught.value.reason is Refusal.NOT_APPROVED


@pytest.mark.parametrize("wrong", [{"key": "two words"}, {"secret": ""}, {"domain": "bakery"}])
def test_what_cannot_be_a_key_or_a_website_is_never_sent(
    server: FakeTrustpilot, wrong: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(server), typed(**wrong))
    assert server.n_tokens == 0


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500])
def test_no_key_shows_in_an_error_of_the_token_endpoint(
    server: FakeTrustpilot, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    echo = Scripted(status, {"error": "invalid_client", "message": f"bad {KEY} {SECRET}"})
    monkeypatch.setattr(server, "_token", lambda _: echo)
    with pytest.raises(ConnectorError) as caught:
        NETWORK.sign_in(session_with(server), typed())
    shown = everything(caught.value)
    assert KEY not in shown
    assert SECRET not in shown


def test_words_are_confirmed_daily_and_go_with_their_review() -> None:
    keep = NETWORK.info.keep
    assert (keep.hours, keep.until_gone, keep.is_exported) == (24, True, True)
    assert NETWORK.info.unverified
