"""The Bluesky connector against a small PDS in this process."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    CredentialError,
    CredentialFault,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mention import CanReply, Kind
from socialdesk.domain.reply import Outgoing
from socialdesk.networks.base import OAuthStart, Page
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.testing import START, Scripted, session_with
from tests.networks.fake_pds import (
    ANN,
    HOST,
    OWN,
    PASSWORD,
    POST,
    FakePds,
    as_text,
    refused,
)

MENTIONS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=7)
MADE_AT = START + timedelta(hours=3)


@pytest.fixture
def pds():
    return FakePds()


@pytest.fixture
def http(pds):
    return session_with(pds)


@pytest.fixture
def kept():
    return []


@pytest.fixture
def connector(pds, http, kept):
    secret = Secret(json.dumps({"access": pds.access, "refresh": pds.refresh}))
    settings = {"did": OWN, "pds": f"https://{HOST}"}
    return NETWORK.connect(http, settings, secret, kept.append)


def a_reply(parent, text="Sorry! We open at 9.", **changes):
    outgoing = Outgoing(parent, parent, text, dedupe_key="key-1", made_at=MADE_AT, lang="en")
    return replace(outgoing, **changes)


def walk(connector, cursor=None, watch=MENTIONS, since=LONG_AGO):
    """All mentions of one walk in the order they came, and the cursor after it."""
    mentions = []
    for _ in range(200):
        page = connector.fetch(watch, cursor, since=since)
        mentions += page.mentions
        cursor = page.cursor
        if not page.more:
            return mentions, cursor
    raise AssertionError("the walk does not end")


# Signing in


def sign_in(http, **fields):
    return NETWORK.sign_in(http, {"handle": "@brand.example", "password": PASSWORD, **fields})


def test_sign_in_goes_to_the_server_that_was_named(http, pds):
    signed_in = sign_in(http, server=f"{HOST}/")
    assert signed_in.settings == {"did": OWN, "pds": f"https://{HOST}"}
    assert signed_in.card.own.handle == "brand.example"
    assert signed_in.card.own.n_followers == 7
    assert json.loads(signed_in.secret.value) == {"access": pds.access, "refresh": pds.refresh}
    assert pds.bodies[0]["identifier"] == "brand.example"


def test_the_did_document_names_the_server_to_speak_to(http, pds):
    services = [
        {"id": "#other"},
        {"id": "#atproto_pds", "serviceEndpoint": "https://morel.example/"},
    ]
    pds.did_doc = {"service": services}
    assert sign_in(http).settings["pds"] == "https://morel.example"


def test_a_bare_name_is_one_of_bsky_social(http, pds):
    sign_in(http, handle="shop")
    assert pds.bodies[0]["identifier"] == "shop.bsky.social"


def test_the_main_password_is_noticed(http, pds):
    pds.password_scope = "com.atproto.access"
    assert sign_in(http).settings["main_password"] == "1"


def test_a_wrong_password_is_said_once_and_not_tried_again(http, pds):
    with pytest.raises(AuthExpiredError):
        sign_in(http, password="nope")
    assert pds.calls == ["com.atproto.server.createSession"]


def test_a_code_by_mail_asks_for_an_app_password(http, pds):
    pds.faults = [lambda nsid: refused(401, "AuthFactorTokenRequired", "")]
    with pytest.raises(RefusedError, match="app password"):
        sign_in(http)


def test_signing_out_ends_the_session_with_the_refresh_token(connector, pds):
    connector.sign_out()
    assert pds.calls == ["com.atproto.server.deleteSession"]


def test_signing_out_twice_is_no_error(connector, pds):
    pds.refresh = "another"
    connector.sign_out()


# Tokens


def test_a_dead_access_token_is_renewed_and_kept_before_its_first_use(connector, pds, kept):
    pds.expire_access()
    pds.write(ANN, "hello")
    n_calls_when_kept = []

    def keep(secret):
        kept.append(secret)
        n_calls_when_kept.append(len(pds.calls))

    connector._xrpc._keep_secret = keep
    mentions, _ = walk(connector)
    assert [mention.body for mention in mentions] == ["hello"]
    assert json.loads(kept[0].value) == {"access": pds.access, "refresh": pds.refresh}
    assert pds.calls[:2] == ["app.bsky.notification.listNotifications",
                             "com.atproto.server.refreshSession"]  # fmt: skip
    assert n_calls_when_kept == [2]


def test_a_renewal_that_cannot_be_kept_is_not_used(connector, pds):
    def locked(secret):
        raise CredentialError(CredentialFault.LOCKED)

    pds.expire_access()
    connector._xrpc._keep_secret = locked
    with pytest.raises(CredentialError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert pds.calls[-1] == "com.atproto.server.refreshSession"


def test_dead_tokens_ask_to_sign_in_again_after_one_try(connector, pds):
    pds.access = pds.refresh = "revoked"
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert pds.calls.count("com.atproto.server.refreshSession") == 1
    assert "com.atproto.server.createSession" not in pds.calls


def test_a_server_that_refuses_every_new_token_is_not_asked_for_ever(connector, pds):
    pds.faults = [lambda nsid: refused(400, "InvalidToken", "")
                  if "refresh" not in nsid else None] * 9  # fmt: skip
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert len(pds.calls) == 3


def test_no_secret_or_a_damaged_one_asks_to_sign_in(http):
    settings = {"did": OWN, "pds": f"https://{HOST}"}
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(http, settings, None, print).card()
    with pytest.raises(AuthExpiredError) as caught:
        NETWORK.connect(http, settings, Secret("s3cret{"), print)
    assert "s3cret" not in str(caught.value) and caught.value.__context__ is None


# Reading


def test_a_mention_has_all_that_its_post_tells(connector, pds):
    text = "Ünïcode ☕ @brand.example see shop.exa…"
    facet = {"index": {"byteStart": 33, "byteEnd": 44},
             "features": [{"$type": "app.bsky.richtext.facet#link",
                           "uri": "https://shop.example/x"}]}  # fmt: skip
    labels = {"values": [{"val": "graphic-media"}]}
    uri = pds.write(ANN, text, 1, facets=[facet], labels=labels)
    pds.posts[uri] |= {"labels": [{"val": "spam"}, {"val": "!no-unauthenticated"}],
                       "embed": {"images": [{"fullsize": "https://cdn.example/1", "alt": "cup"}]},
                       "repostCount": 3}  # fmt: skip
    ((mention,), _) = walk(connector)
    assert mention.body == "Ünïcode ☕ @brand.example see https://shop.example/x"
    assert mention.uri == mention.remote_id == uri
    assert mention.url == f"https://bsky.app/profile/{ANN}/post/{uri[-13:]}"
    assert mention.author.remote_id == ANN and mention.author.handle == "ann.example"
    assert mention.published_at == START + timedelta(minutes=1)
    assert mention.warning == "spam, graphic-media"
    assert mention.lang == "en" and mention.n_reposts == 3 and mention.kind is Kind.MENTION
    assert mention.attachments[0].alt == "cup"
    assert mention.can_reply is CanReply.API


def test_replies_and_quotes_come_and_likes_do_not(connector, pds):
    for n, reason in enumerate(["mention", "reply", "quote", "like", "follow"]):
        pds.write(ANN, reason, n, reason=reason)
    mentions, _ = walk(connector)
    assert [(m.body, m.kind) for m in mentions] == [
        ("mention", Kind.MENTION), ("reply", Kind.REPLY), ("quote", Kind.MENTION)]  # fmt: skip


@pytest.mark.parametrize(("viewer", "author_viewer", "note"), [
    ({"replyDisabled": True}, {}, "replies_closed"),
    ({}, {"blockedBy": True}, "blocked"),
    ({}, {"blocking": "at://x"}, "blocked"),
])  # fmt: skip
def test_posts_closed_to_us_are_shown_and_cannot_be_answered(
    connector, pds, viewer, author_viewer, note
):
    uri = pds.write(ANN, "hello")
    pds.posts[uri]["viewer"] = viewer
    pds.posts[uri]["author"]["viewer"] = author_viewer
    ((mention,), _) = walk(connector)
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, note)
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(uri))
    assert caught.value.reason is Refusal.PERMISSION
    assert not pds.own_posts()


@pytest.mark.parametrize("claimed", ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "soon", 7])
def test_a_claimed_date_that_cannot_be_is_the_servers(connector, pds, claimed):
    pds.write(ANN, "hello", 5, createdAt=claimed)
    ((mention,), _) = walk(connector)
    assert mention.published_at == START + timedelta(minutes=5)


def test_a_long_list_is_walked_back_page_by_page_and_once(connector, pds):
    written = [pds.write(ANN, f"n{n}", n) for n in range(230)]
    pages: list[Page] = []
    cursor = None
    while not pages or pages[-1].more:
        pages.append(connector.fetch(MENTIONS, cursor, since=LONG_AGO))
        cursor = pages[-1].cursor
    assert len(pages) == 3
    found = dict.fromkeys(m.uri for page in reversed(pages) for m in page.mentions)
    assert list(found) == written


@pytest.mark.parametrize("n_ties", [1, 40, 99])
def test_posts_of_one_moment_are_not_lost_between_two_pages(connector, pds, n_ties):
    written = {pds.write(ANN, f"n{n}", n // n_ties) for n in range(210)}
    assert {m.uri for m in walk(connector)[0]} == written


def test_more_posts_of_one_moment_than_a_page_holds_do_not_keep_us_for_ever(connector, pds):
    for n in range(250):
        pds.write(ANN, f"n{n}", 1)
    assert len(walk(connector)[0]) >= 100


def test_the_next_walk_goes_back_ten_minutes_and_no_further(connector, pds):
    for n in range(230):
        pds.write(ANN, f"n{n}", n)
    _, cursor = walk(connector)
    pds.write(ANN, "new", 231)
    asked = len(pds.calls)
    page = connector.fetch(MENTIONS, cursor, since=LONG_AGO)
    assert {m.body for m in page.mentions} == {"new", *(f"n{n}" for n in range(219, 230))}
    assert not page.more and len(pds.calls) == asked + 2


def test_nothing_new_leaves_the_cursor_as_it_was(connector, pds):
    pds.write(ANN, "hello")
    _, cursor = walk(connector)
    assert connector.fetch(MENTIONS, cursor, since=LONG_AGO).cursor == cursor


def test_a_walk_killed_after_any_page_loses_nothing(connector, pds):
    written = {pds.write(ANN, f"n{n}", n) for n in range(250)}
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    late = {pds.write(ANN, f"late{n}", 251 + n) for n in range(120)}
    rest, cursor = walk(connector, page.cursor)
    seen = {m.uri for m in (*page.mentions, *rest)}
    assert seen == written
    more, _ = walk(connector, cursor)
    assert late <= {m.uri for m in more}


def test_empty_pages_of_likes_are_passed_and_end_at_the_floor(connector, pds):
    pds.write(ANN, "hello", 0)
    for n in range(320):
        pds.write(ANN, "like", 1 + n, reason="like")
    mentions, cursor = walk(connector)
    assert [m.body for m in mentions] == ["hello"]
    for n in range(320):
        pds.write(ANN, "like", 500 + n, reason="like")
    asked = pds.calls.count("app.bsky.notification.listNotifications")
    assert walk(connector, cursor, since=LONG_AGO)[0] == []
    assert pds.calls.count("app.bsky.notification.listNotifications") - asked <= 8


def test_what_is_older_than_asked_for_is_left_out(connector, pds):
    pds.write(ANN, "old", -60)
    pds.write(ANN, "new", 60)
    mentions, _ = walk(connector, since=START)
    assert [m.body for m in mentions] == ["new"]


def test_one_broken_notification_is_set_aside_and_the_rest_kept(connector, pds):
    good = pds.write(ANN, "good", 1)
    broken = pds.write(ANN, "bad", 2)
    del pds.posts[broken]["record"]["text"]
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert [m.uri for m in page.mentions] == [good]
    assert len(page.rejects) == 1 and b"bad" not in page.rejects[0].raw


def test_keywords_are_searched_newest_first_down_to_the_floor(connector, pds):
    for n in range(130):
        pds.write(ANN, f"coffee {n}", n, reason="")
    pds.write(OWN, "our coffee", 131, reason="")
    watch = Watch(WatchKind.KEYWORD, "coffee")
    mentions, cursor = walk(connector, watch=watch)
    assert len(mentions) == 131
    assert {m.kind for m in mentions} == {Kind.POST}
    assert [m.body for m in mentions if m.is_own] == ["our coffee"]
    again = connector.fetch(watch, cursor, since=LONG_AGO)
    assert len(again.mentions) == 10 and not again.more


def test_hashtags_are_asked_for_as_tags(connector, pds):
    pds.write(ANN, "I love #coffee", reason="")
    mentions, _ = walk(connector, watch=Watch(WatchKind.HASHTAG, "coffee"))
    assert [m.body for m in mentions] == ["I love #coffee"]


def test_brand_words_filter_what_a_search_finds(connector, pds):
    pds.write(ANN, "coffee at Nord", 1, reason="")
    pds.write(ANN, "coffee jobs at Nord", 2, reason="")
    watch = Watch(WatchKind.KEYWORD, "coffee", brand_words="nord\n-jobs")
    assert [m.body for m in walk(connector, watch=watch)[0]] == ["coffee at Nord"]


def test_a_feed_watch_is_refused(connector):
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.FEED, "https://x.example"), None, since=LONG_AGO)


def test_a_thread_has_parents_and_replies_in_order_of_time(connector, pds):
    root = pds.write(ANN, "root", 0)
    ref = {"root": {"uri": root, "cid": "x"}, "parent": {"uri": root, "cid": "x"}}
    middle = pds.write(ANN, "middle", 1, reply=ref)
    below = {**ref, "parent": {"uri": middle, "cid": "x"}}
    pds.write(OWN, "ours", 2, reply=below, reason="")
    thread = connector.thread(middle)
    assert [(m.body, m.is_own, m.kind) for m in thread] == [
        ("root", False, Kind.CONTEXT), ("ours", True, Kind.CONTEXT)]  # fmt: skip
    assert thread[1].parent_uri == middle and thread[1].root_uri == root


def test_the_thread_of_a_deleted_post_is_empty(connector):
    assert connector.thread(f"at://{ANN}/{POST}/gone") == ()


def test_posts_looked_at_again_are_there_or_gone(connector, pds):
    there = [pds.write(ANN, f"n{n}", n) for n in range(30)]
    gone = f"at://{ANN}/{POST}/gone"
    looked = connector.recheck([*there, gone])
    assert {m.uri for m in looked.mentions} == set(there) and looked.gone == (gone,)
    assert pds.calls == ["app.bsky.feed.getPosts"] * 2


def test_a_profile_has_followers_and_a_lost_one_is_gone(connector):
    assert connector.profile(ANN).n_followers == 7
    with pytest.raises(RefusedError) as caught:
        connector.profile("did:plc:nobody")
    assert caught.value.reason is Refusal.GONE


def test_the_card_says_what_bluesky_can(connector):
    card = connector.card()
    assert card.length.limit == 300 and card.length.max_bytes == 3000
    assert Can.REPLY in card.can and Can.EDIT not in card.can
    assert card.repeat_safe_s > 86_400 and card.server == HOST


# Replying


def test_a_reply_is_written_under_its_own_key_with_its_refs(connector, pds):
    uri = pds.write(ANN, "hello?")
    posted = connector.reply(a_reply(uri, "Hi @ann.example, see https://shop.example"))
    (own,) = pds.own_posts()
    record = pds.posts[own]["record"]
    assert posted.uri == own and posted.url.endswith(own[-13:])
    ref = {"uri": uri, "cid": pds.posts[uri]["cid"]}
    assert record["reply"] == {"root": ref, "parent": ref}
    assert record["createdAt"] == as_text(MADE_AT) and record["langs"] == ["en"]
    assert [f["features"][0].get("did") for f in record["facets"]] == [ANN, None]


def test_a_reply_deep_in_a_thread_names_the_root(connector, pds):
    root = {"uri": f"at://{ANN}/{POST}/root", "cid": "c0"}
    uri = pds.write(ANN, "deep", reply={"root": root, "parent": root})
    connector.reply(a_reply(uri))
    (own,) = pds.own_posts()
    assert pds.posts[own]["record"]["reply"]["root"] == root


def test_a_time_out_after_the_post_was_stored_gives_one_reply(connector, pds):
    uri = pds.write(ANN, "hello?")

    pds.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(uri))
    assert caught.value.maybe_done
    assert connector.find_reply(a_reply(uri)) == connector.reply(a_reply(uri))
    assert len(pds.own_posts()) == 1


def test_a_repeat_after_the_parent_was_edited_finds_the_first(connector, pds):
    uri = pds.write(ANN, "hello?")
    first = connector.reply(a_reply(uri))
    pds.posts[uri]["cid"] = "another"
    assert connector.reply(a_reply(uri)) == first
    assert len(pds.own_posts()) == 1


def test_a_key_taken_by_other_words_is_a_refusal(connector, pds):
    uri = pds.write(ANN, "hello?")
    connector.reply(a_reply(uri))
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(uri, "other words"))
    assert caught.value.reason is Refusal.DUPLICATE
    assert connector.find_reply(a_reply(uri, "other words")) is None


def test_trouble_before_the_write_is_known_to_have_done_nothing(connector, pds):
    uri = pds.write(ANN, "hello?")
    pds.faults = [lambda nsid: Scripted(502, b"<html>")]
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(uri))
    assert not caught.value.maybe_done and not pds.own_posts()


def test_a_5xx_on_the_write_may_have_done_it(connector, pds):
    uri = pds.write(ANN, "hello?")
    pds.faults = [lambda nsid: None,
                  lambda nsid: refused(500, "InternalServerError", "")]  # fmt: skip
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(uri))
    assert caught.value.maybe_done


def test_a_deleted_parent_a_long_text_and_an_edit_are_refused(connector, pds):
    with pytest.raises(RefusedError) as gone:
        connector.reply(a_reply(f"at://{ANN}/{POST}/gone"))
    with pytest.raises(RefusedError) as text:
        connector.reply(a_reply(pds.write(ANN, "hello?"), "x" * 301))
    with pytest.raises(RefusedError):
        connector.edit("at://x", "new")
    assert gone.value.reason is Refusal.GONE and text.value.reason is Refusal.TEXT


def test_two_replies_of_one_moment_have_two_keys(connector, pds):
    uri = pds.write(ANN, "hello?")
    connector.reply(a_reply(uri))
    connector.reply(a_reply(uri, dedupe_key="key-2"))
    assert len(pds.own_posts()) == 2


def test_deleting_twice_is_no_error(connector, pds):
    posted = connector.reply(a_reply(pds.write(ANN, "hello?")))
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert not pds.own_posts() and connector.find_reply(a_reply("at://x")) is None


# Trouble


def test_a_rate_limit_waits_until_the_epoch_second_it_names(connector, pds):
    reset = str(int(pds.now.timestamp()) + 77)
    pds.faults = [lambda nsid: refused(429, "RateLimitExceeded", RateLimit_Reset=reset)]
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert caught.value.retry_after_s == 77


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"notifications": 7}', b"\xff",
                                  b'{"notifications": [], "cursor": [7]}'])  # fmt: skip
def test_a_page_that_cannot_be_read_is_a_bad_answer(connector, pds, body):
    pds.faults = [lambda nsid: Scripted(200, body)]
    with pytest.raises(BadAnswerError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)


def test_an_unknown_call_is_a_refusal(connector, pds):
    pds.faults = [lambda nsid: refused(501, "MethodNotImplemented", "")]
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.KEYWORD, "x"), None, since=LONG_AGO)


@pytest.mark.parametrize("cursor", ["", "{", "[]", '{"at": "x"}', '{"seen": "soon"}', '{"a": 1}'])
def test_a_damaged_cursor_starts_anew(connector, pds, cursor):
    pds.write(ANN, "hello")
    assert [m.body for m in walk(connector, cursor)[0]] == ["hello"]


def test_oauth_is_refused_in_words(http):
    with pytest.raises(ConnectorError):
        NETWORK.begin_oauth(http, {}, "http://127.0.0.1/")
    with pytest.raises(ConnectorError):
        NETWORK.finish_oauth(http, OAuthStart("", "", {}), "", "")
