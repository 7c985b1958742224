"""Comments and notices of a page, answers on two levels, and the budget of calls."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import remaining
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.linkedin import NETWORK
from socialdesk.networks.linkedin.urns import Spot, spot_of
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing import START, Scripted, read_on
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_linkedin import (
    ANN,
    CLIENT,
    ERRORS,
    FOLDER,
    POST,
    SECRET,
    FakeLinkedIn,
    urn_in,
)
from tests.networks.samples.linkedin import SAMPLE

WATCH = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeLinkedIn:
    return FakeLinkedIn()


@pytest.fixture
def connector(server: FakeLinkedIn) -> Connector:
    return SAMPLE.connect(server)


def all_of(connector: Connector) -> list[Mention]:
    return read_on(connector, WATCH, None, SINCE)[0]


def an_answer(parent: Mention, text: str = "We do, from ten rolls on.") -> Outgoing:
    return Outgoing(parent.remote_id, parent.uri, text, "key-1", made_at=START)


class Recorded(FakeLinkedIn):
    """The answers of the fixtures."""

    def handle(self, request: Any) -> Scripted:
        url = str(request.url)
        name = "notifications" if "Notifications" in url else "comments"
        name = "answers" if "li%3Acomment" in urlsplit(url).path else name
        return Scripted(body=json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


# --- reading ---


def test_the_fixtures_read_as_comments_answers_and_mentions() -> None:
    found, pages, _ = read_on(SAMPLE.connect(Recorded()), WATCH, None, SINCE)
    asked, own, shop, hidden = sorted(found, key=lambda m: m.published_at)
    assert (asked.kind, asked.body) == (Kind.COMMENT, "Do you deliver to offices?")
    assert asked.published_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert asked.edited_at == datetime(2026, 11, 20, 9, 1, tzinfo=UTC)
    assert own.is_own and own.parent_uri == asked.uri
    assert (shop.kind, shop.body) == (Kind.MENTION, "The new shop of Aldanov Bakery is lovely.")
    assert hidden.body == hidden.url  # not public: only the link is known
    assert [uri[-22:-3] for page in pages for uri in page.gone] == ["7000000000000000012"]
    assert all(m.author.name == "" for m in found)  # names may not be kept


def test_answers_of_a_comment_are_read_when_their_number_changed(
    connector: Connector, server: FakeLinkedIn
) -> None:
    top = urn_in(server.comment(POST, "open on Sunday?", ANN))
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    answer = server.comment(POST, "and on Monday?", ANN, parent=top)
    found, _, cursor = read_on(connector, WATCH, cursor, SINCE)
    assert answer in {m.uri for m in found}
    server.calls.clear()
    read_on(connector, WATCH, cursor, SINCE)
    assert server.calls == ["organizationalEntityNotifications"]


def test_a_quiet_page_costs_one_call_a_poll(connector: Connector, server: FakeLinkedIn) -> None:
    server.add_mention("hello")
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    server.calls.clear()
    for _ in range(3):
        _, _, cursor = read_on(connector, WATCH, cursor, SINCE)
    assert len(server.calls) == 3


def test_many_comments_and_posts_are_all_read(connector: Connector, server: FakeLinkedIn) -> None:
    uris = {server.comment(f"urn:li:activity:{1 + n % 3}", f"n {n}", ANN) for n in range(450)}
    found, pages, _ = read_on(connector, WATCH, None, SINCE)
    assert {m.uri for m in found} == uris
    assert all(len(page.mentions) <= 200 for page in pages)


def test_a_killed_round_goes_on_where_it_was(connector: Connector, server: FakeLinkedIn) -> None:
    uris = {server.comment(f"urn:li:activity:{n}", "hello", ANN) for n in range(6)}
    page = connector.fetch(WATCH, None, since=SINCE)
    again = SAMPLE.connect(server)
    rest, _, _ = read_on(again, WATCH, page.cursor, SINCE)
    assert {m.uri for m in (*page.mentions, *rest)} == uris


def test_a_deleted_post_ends_nothing(connector: Connector, server: FakeLinkedIn) -> None:
    server.comment("urn:li:share:99", "gone soon", ANN)
    server.lost_posts.add("urn:li:share:99")
    stays = server.add_mention("stays")
    assert [m.uri for m in all_of(connector)] == [stays]


def test_a_comment_that_was_edited_comes_again(connector: Connector, server: FakeLinkedIn) -> None:
    uri = server.add_mention("first words")
    _, _, cursor = read_on(connector, WATCH, None, SINCE)
    one = server.comments[urn_in(uri)]
    one["message"]["text"], at = "other words", int((START + timedelta(hours=1)).timestamp() * 1000)
    one["lastModified"]["time"] = at
    server.notify("COMMENT_EDIT", POST, urn_in(uri), at)
    (edited,), _, _ = read_on(connector, WATCH, cursor, SINCE)
    assert (edited.uri, edited.body) == (uri, "other words")
    assert edited.edited_at == START + timedelta(hours=1)


def test_only_what_holds_a_brand_word_is_kept(connector: Connector, server: FakeLinkedIn) -> None:
    server.add_mention("nice bread")
    server.add_mention("nice weather")
    found, _, _ = read_on(connector, replace(WATCH, brand_words="bread"), None, SINCE)
    assert [m.body for m in found] == ["nice bread"]


def test_a_second_look_costs_two_calls_at_most(connector: Connector, server: FakeLinkedIn) -> None:
    uris = [server.comment(f"urn:li:activity:{1 + n % 5}", f"n {n}", ANN) for n in range(20)]
    ids = [m.remote_id for m in all_of(connector)]
    for uri in uris[:15]:
        server.remove(uri)
    server.calls.clear()
    again = connector.recheck(ids)
    assert len(server.calls) == 2
    assert again.gone == (ids[0],)


def test_a_member_s_post_keeps_no_comment_from_its_second_look(
    connector: Connector, server: FakeLinkedIn
) -> None:
    uri = server.add_mention("hello")
    (mention,) = all_of(connector)
    again = connector.recheck(["urn:li:share:55", mention.remote_id])
    assert [m.uri for m in again.mentions] == [uri]
    assert connector.recheck(["urn:li:share:55"]).mentions == ()


def test_a_second_look_finds_an_answer_too(connector: Connector, server: FakeLinkedIn) -> None:
    top = urn_in(server.add_mention("open on Sunday?"))
    server.comment(POST, "and on Monday?", ANN, parent=top)
    answer = next(m for m in all_of(connector) if m.kind is Kind.REPLY)
    assert [m.uri for m in connector.recheck([answer.remote_id]).mentions] == [answer.uri]


# --- answering ---


def test_an_answer_to_an_answer_goes_under_the_first_level(
    connector: Connector, server: FakeLinkedIn
) -> None:
    top = urn_in(server.add_mention("open on Sunday?"))
    server.comment(POST, "and on Monday?", ANN, parent=top)
    answer = next(m for m in all_of(connector) if m.kind is Kind.REPLY)
    posted = connector.reply(an_answer(answer))
    assert spot_of(posted.remote_id).top == top
    assert connector.find_reply(an_answer(answer)) == posted
    assert posted.uri in {m.uri for m in connector.thread(answer.remote_id)}


def test_a_member_s_post_that_names_the_page_is_answered_under_it(
    connector: Connector, server: FakeLinkedIn
) -> None:
    post = "urn:li:share:55"
    at = int(START.timestamp() * 1000)
    server.notify("SHARE_MENTION", post, post, at, actor=ANN)
    (named,) = all_of(connector)
    assert named.can_reply is CanReply.API
    posted = connector.reply(an_answer(named))
    assert connector.find_reply(an_answer(named)) == posted
    assert connector.thread(named.remote_id) == ()


def test_the_number_in_the_header_names_the_comment_when_the_body_does_not(
    connector: Connector, server: FakeLinkedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    create = server._create

    def bare(parent: str, body: dict[str, Any]) -> Scripted:
        made = create(parent, body)
        return Scripted(201, {}, made.headers)

    monkeypatch.setattr(server, "_create", bare)
    assert connector.reply(an_answer(mention)) == connector.find_reply(an_answer(mention))


def test_our_words_are_changed_and_deleted_once(connector: Connector, server: FakeLinkedIn) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    posted = connector.reply(an_answer(mention, "Frist!"))
    assert connector.edit(posted.remote_id, "First!") == posted
    assert server.n_posted("First!") == 1
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("First!") == 0


def test_the_same_words_of_long_ago_are_not_taken_for_ours(
    connector: Connector, server: FakeLinkedIn
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    connector.reply(an_answer(mention))
    later = replace(an_answer(mention), made_at=START + timedelta(hours=1))
    assert connector.find_reply(later) is None


def test_the_limit_is_1250_characters(connector: Connector) -> None:
    assert remaining("ж" * 1250, connector.card().length) == 0


def test_a_text_that_is_refused_says_so(connector: Connector, server: FakeLinkedIn) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    with pytest.raises(RefusedError) as caught:
        connector.reply(an_answer(mention, "x" * 1251))
    assert caught.value.reason is Refusal.TEXT


# --- errors and tokens ---


@pytest.mark.parametrize(
    ("name", "reason"),
    [("403", Refusal.NOT_APPROVED), ("403_role", Refusal.PERMISSION), ("404", Refusal.GONE),
     ("422", Refusal.TEXT), ("426", Refusal.OTHER)],
)  # fmt: skip
def test_a_refusal_has_its_reason(
    connector: Connector, server: FakeLinkedIn, name: str, reason: Refusal
) -> None:
    server.always(int(name[:3]), ERRORS[name])
    with pytest.raises(RefusedError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert caught.value.reason is reason
    assert ("update SocialDesk" in caught.value.detail) == (name == "426")


def test_a_dead_token_is_known_by_its_code_too(connector: Connector, server: FakeLinkedIn) -> None:
    server.always(400, {**ERRORS["401"], "status": 400})
    with pytest.raises(ConnectorError) as caught:
        connector.fetch(WATCH, None, since=SINCE)
    assert isinstance(caught.value, AuthExpiredError)


def test_the_day_s_ceiling_ends_at_midnight_and_a_short_one_soon(
    connector: Connector, server: FakeLinkedIn
) -> None:
    for name, wait_s in (("429_day", 15 * 3600.0), ("429", 60.0)):
        server.always(429, ERRORS[name])
        with pytest.raises(RateLimitedError) as caught:
            connector.fetch(WATCH, None, since=SINCE)
        assert caught.value.retry_after_s == wait_s


def test_a_token_that_ended_is_renewed_and_kept_before_its_use(server: FakeLinkedIn) -> None:
    kept: list[Secret] = []
    connector = NETWORK.connect(session_with(server), SAMPLE.settings, SAMPLE.secret, kept.append)
    server.access = "another"
    all_of(connector)
    assert [Tokens.unpacked(one).access for one in kept] == [server.access]


@pytest.mark.parametrize("refresh", ["", "dead-refresh-token"])
def test_without_a_live_refresh_token_the_person_signs_in_again(
    server: FakeLinkedIn, refresh: str
) -> None:
    app = {"client_id": CLIENT, "client_secret": SECRET}
    secret = Tokens("ended", refresh, app).packed()
    connector = NETWORK.connect(session_with(server), SAMPLE.settings, secret, lambda _: None)
    with pytest.raises(AuthExpiredError):
        all_of(connector)


def test_a_renewal_that_fails_before_an_answer_leaves_no_doubt(
    connector: Connector, server: FakeLinkedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add_mention("hello")
    (mention,) = all_of(connector)
    server.access = "another"
    monkeypatch.setattr(server, "_token", lambda request: Scripted(503))
    with pytest.raises(UnreachableError) as caught:
        connector.reply(an_answer(mention))
    assert not caught.value.maybe_done


def test_the_version_is_promised_for_a_year() -> None:
    (version,) = NETWORK.info.versions
    assert (version.name, version.good_until) == ("202611", date(2027, 11, 1))


# --- keeping and names ---


def test_words_stay_two_days_and_leave_by_no_export() -> None:
    keep = NETWORK.info.keep
    assert (keep.hours, keep.is_stored, keep.is_exported) == (48, True, False)
    assert keep.until_gone
    assert NETWORK.info.unverified


@pytest.mark.parametrize(
    "spot",
    [Spot("urn:li:share:1"), Spot("urn:li:activity:1", "urn:li:comment:(urn:li:activity:1,2)"),
     Spot("urn:li:activity:1", "urn:li:comment:(urn:li:activity:1,3)",
          "urn:li:comment:(urn:li:activity:1,2)")],
)  # fmt: skip
def test_a_place_survives_its_remote_id(spot: Spot) -> None:
    assert spot_of(spot.remote_id) == spot


def test_what_is_no_urn_is_never_asked_for(connector: Connector, server: FakeLinkedIn) -> None:
    with pytest.raises(RefusedError):
        connector.thread("../../admin")
    assert server.asked == []


def test_more_places_than_may_wait_are_all_read_in_one_look(
    server: FakeLinkedIn, connector: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socialdesk.networks.linkedin.walk.MANY_TODO", 3)
    monkeypatch.setattr("socialdesk.networks.linkedin.notices.PAGE", 4)
    for post in (f"urn:li:share:{n}" for n in range(6)):
        for _ in range(6):
            above = urn_in(server.comment(post, "a comment", ANN))
            server.comment(post, "an answer", ANN, parent=above)
    found, pages, cursor = read_on(connector, WATCH, None, SINCE)
    assert len({mention.uri for mention in found}) == len(server.comments) == 72
    waiting = [len(json.loads(page.cursor or "{}")["todo"]) for page in pages]
    assert 3 < max(waiting) <= 3 + 2 * (4 + 1)
    assert read_on(connector, WATCH, cursor, SINCE)[0] == []
