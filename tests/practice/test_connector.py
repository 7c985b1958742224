"""The real Mastodon connector on the practice network: nothing lost, nothing sent twice."""

import socket
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import Mention, Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.testing import read_on
from socialdesk.practice.brand import account_fields, account_secret, watches
from socialdesk.practice.content import HOST
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind

MENTIONS = Watch(WatchKind.MENTIONS)
LOOSE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)


def connect(world):
    signed = NETWORK.sign_in(world.http, account_fields())
    return NETWORK.connect(world.http, signed.settings, signed.secret, lambda secret: None)


def since(world) -> datetime:
    return datetime.fromtimestamp(world.now_ms / 1000, UTC) - timedelta(days=30)


def fetch_all(world, connector, cursor=None, watch: Watch = MENTIONS):
    return read_on(connector, watch, cursor, since(world))


def reply_to(world, mention: Mention, key: str = "key-1") -> Outgoing:
    made_at = datetime.fromtimestamp(world.now_ms / 1000, UTC)
    return Outgoing(mention.remote_id, mention.uri, "Thank you, we are on it.", key, made_at)


def named(world) -> set[str]:
    """The uris of all posts there that name the brand, as the network has them."""
    return {one["status"]["uri"] for one in world.mentions(limit=80)}


@pytest.mark.parametrize("kind", list(Kind))
def test_all_mentions_of_the_first_ten_minutes_arrive(make_world, kind: Kind):
    world = make_world(kind)
    connector = connect(world)
    met, _, cursor = fetch_all(world, connector)
    for _ in range(60):
        world.pass_s(10)
        new, _, cursor = fetch_all(world, connector, cursor)
        met += new
    for _ in range(6):  # a late one is found by the re-read of every fifth poll
        new, _, cursor = fetch_all(world, connector, cursor)
        met += new
    assert named(world) <= {mention.uri for mention in met}
    assert {mention.lang for mention in met} >= {"en", "ru", "kk"}
    assert not [mention for mention in met if mention.is_own]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8), st.integers(0, 1000))
@LOOSE
def test_no_mention_is_lost_whenever_one_looks(make_world, pauses_s: list[int], seed: int):
    world = make_world(seed=seed)
    connector = connect(world)
    met, _, cursor = fetch_all(world, connector)
    for pause_s in pauses_s:
        world.pass_s(pause_s)
        new, _, cursor = fetch_all(world, connector, cursor)
        met += new
    for _ in range(6):
        new, _, cursor = fetch_all(world, connector, cursor)
        met += new
    assert named(world) <= {mention.uri for mention in met}


def test_the_three_watches_of_the_brand_all_bring_something(world, content):
    connector = connect(world)
    for watch in watches(content):
        met, _, _ = fetch_all(world, connector, None, watch)
        assert [mention for mention in met if not mention.is_own], watch


def test_hostile_post_is_plain_text_and_nothing_of_it_is_asked(world):
    met, _, _ = fetch_all(world, connect(world))
    hostile = next(mention for mention in met if mention.author.handle.startswith("mallory"))
    assert "<script" not in hostile.body and "<img" not in hostile.body
    assert "Dear owner" in hostile.body


def test_far_reach_visibility_and_warning_are_told(world):
    met, _, _ = fetch_all(world, connect(world))
    assert max(mention.author.n_followers or 0 for mention in met) >= 250_000
    assert {mention.visibility for mention in met} >= {Visibility.PUBLIC, Visibility.DIRECT}
    assert "food, mould" in {mention.warning for mention in met}
    assert max(mention.n_reposts for mention in met) == 5


def test_the_edit_and_the_deletion_are_seen_when_looked_at_again(make_world):
    world = make_world()
    connector = connect(world)
    world.pass_s(300)
    met, _, _ = fetch_all(world, connector)
    edited = next(mention for mention in met if "TR-4149" in mention.body)
    gone = next(mention for mention in met if "laughed at me" in mention.body)
    world.pass_s(300)
    again = connector.recheck([edited.remote_id, gone.remote_id])
    assert again.gone == (gone.remote_id,)
    assert ["TR-4419" in mention.body for mention in again.mentions] == [True]
    assert again.mentions[0].edited_at is not None


def test_the_thread_of_a_mention_is_given(world):
    connector = connect(world)
    met, _, _ = fetch_all(world, connector)
    last = next(mention for mention in met if "12:40" in mention.body)
    assert [("TR-4412" in m.body) for m in connector.thread(last.remote_id)][:1] == [True]


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble.LIMIT_RESET, RateLimitedError),
        (Trouble.LIMIT_SECONDS, RateLimitedError),
        (Trouble.LIMIT_DATE, RateLimitedError),
        (Trouble.LIMIT_BARE, RateLimitedError),
        (Trouble.WEB_PAGE, ConnectorError),
        (Trouble.NO_ROUTE, UnreachableError),
        (Trouble.TIME_OUT, UnreachableError),
        (Trouble.BROKEN, UnreachableError),
        (Trouble.CUT_OFF, UnreachableError),
        (Trouble.MALFORMED, BadAnswerError),
        (Trouble.TRUNCATED, BadAnswerError),
        (Trouble.DRIP, UnreachableError),
        (Trouble.SIGNED_OUT, AuthExpiredError),
    ],
)
def test_a_failed_fetch_is_typed_and_costs_no_mention(
    make_world, trouble: Trouble, error: type[ConnectorError]
):
    world = make_world()
    connector = connect(world)
    met, _, cursor = fetch_all(world, connector)
    world.pass_s(600)
    world.adapter.faults.add(Fault(trouble, remaining=None, wait_s=90))
    with pytest.raises(error) as caught:
        connector.fetch(MENTIONS, cursor, since=since(world))
    if isinstance(caught.value, RateLimitedError):
        assert 60 <= caught.value.retry_after_s <= 91
    world.adapter.faults.clear()
    new, _, _ = fetch_all(world, connector, cursor)
    assert named(world) <= {mention.uri for mention in (*met, *new)}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "trouble", [Trouble.TIME_OUT, Trouble.BROKEN, Trouble.CUT_OFF, Trouble.WEB_PAGE, Trouble.DRIP]
)
def test_a_reply_stored_before_the_line_broke_can_be_looked_up(
    make_world, kind: Kind, trouble: Trouble
):
    world = make_world(kind)
    world.pass_s(600)
    connector = connect(world)
    met, _, _ = fetch_all(world, connector)
    outgoing = reply_to(world, met[-1])
    world.adapter.faults.add(Fault(trouble, "POST", "/api/v1/statuses", is_stored=True))
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    world.pass_s(10)
    found = connector.find_reply(outgoing)
    assert (found is None) == (kind is Kind.NEITHER)
    assert bool(connector.card().repeat_safe_s) == (kind is Kind.HONOURS_KEY)
    if kind is Kind.HONOURS_KEY:
        assert connector.reply(outgoing).remote_id == found.remote_id
    assert world.adapter.n_posts_by_us() == 1


def test_a_reply_names_the_author_who_then_may_answer(world):
    connector = connect(world)
    met, _, cursor = fetch_all(world, connector)
    for n, mention in enumerate(met[-12:]):
        connector.reply(reply_to(world, mention, f"key-{n}"))
    ours = {post.id for post in world.adapter.posts_by_us()}
    world.pass_s(125)
    new, _, _ = fetch_all(world, connector, cursor)
    parents = {world.get(f"/api/v1/statuses/{m.remote_id}")["in_reply_to_id"] for m in new}
    assert parents & ours


def test_nothing_is_sent_under_a_post_that_was_deleted(make_world):
    world = make_world()
    world.pass_s(300)
    connector = connect(world)
    met, _, _ = fetch_all(world, connector)
    regret = next(mention for mention in met if "laughed at me" in mention.body)
    world.pass_s(300)
    with pytest.raises(RefusedError):
        connector.reply(reply_to(world, regret))
    assert world.adapter.n_posts_by_us() == 0


def test_signing_in_by_browser_works_on_the_practice_network(world):
    redirect = "http://127.0.0.1:49152/callback"
    start = NETWORK.begin_oauth(world.http, {"server": HOST}, redirect)
    back = world.http.get(start.url, allow_redirects=False).headers["Location"]
    query = parse_qs(urlsplit(back).query)
    assert query["state"] == [start.state]
    signed = NETWORK.finish_oauth(world.http, start, query["code"][0], redirect)
    connector = NETWORK.connect(world.http, signed.settings, signed.secret, lambda secret: None)
    assert fetch_all(world, connector)[0]
    connector.sign_out()
    with pytest.raises(AuthExpiredError):
        fetch_all(world, connector)


def test_the_secret_is_what_a_sign_in_gives(world):
    signed = NETWORK.sign_in(world.http, account_fields())
    assert signed.secret == account_secret()


def test_no_socket_is_opened_and_no_name_looked_up(world, monkeypatch: pytest.MonkeyPatch):
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the practice network opened a socket")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    connector = connect(world)
    met, _, _ = fetch_all(world, connector)
    connector.reply(reply_to(world, met[-1]))
    assert world.adapter.n_posts_by_us() == 1
