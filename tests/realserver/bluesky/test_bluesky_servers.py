"""Our Bluesky connector against the reference servers: `make bluesky-servers realserver`."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.bluesky.replies import reply_record
from socialdesk.networks.bluesky.tid import tid_of
from socialdesk.networks.bluesky.xrpc import checked, error_name
from socialdesk.networks.http import session
from tests.realserver.bluesky.servers import bluesky, missing, new_person

pytestmark = [pytest.mark.realserver, pytest.mark.timeout(300)]

Kept = list[Secret]
MENTIONS = Watch(WatchKind.MENTIONS)
MENTION_FACET = "app.bsky.richtext.facet#mention"
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"


@pytest.fixture(scope="module")
def pds_alone(tmp_path_factory):
    if why := missing(with_appview=False):
        pytest.skip(why)
    with bluesky(tmp_path_factory.mktemp("pds"), with_appview=False) as pds:
        yield pds


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    if why := missing(with_appview=True):
        pytest.skip(why)
    with bluesky(tmp_path_factory.mktemp("network"), with_appview=True) as pds:
        yield pds


def app_password(person):
    body = {"name": "socialdesk"}
    return person.call("com.atproto.server.createAppPassword", body)["password"]


def http():
    return session(allow_private_hosts=frozenset({"localhost"}))


def signed_in(person, kept):
    """A connector from createSession alone: without an AppView there is no profile to show."""
    body = {"identifier": person.handle, "password": app_password(person)}
    made = person.call("com.atproto.server.createSession", body)
    secret = Secret(json.dumps({"access": made["accessJwt"], "refresh": made["refreshJwt"]}))
    settings = {"did": person.did, "pds": person.pds}
    return NETWORK.connect(http(), settings, secret, kept.append)


def now():
    return datetime.now(UTC)


def until(look, wait_s=30.0):
    """What `look` gives as soon as it gives something: the AppView follows the PDS."""
    end = time.monotonic() + wait_s
    while not (found := look()):
        assert time.monotonic() < end, "the AppView did not follow"
    return found


# The PDS alone


def test_a_key_is_good_for_one_record(pds_alone):
    brand, kept = new_person(pds_alone, "onekey"), Kept()
    connector = signed_in(brand, kept)
    parent = brand.call("com.atproto.repo.getRecord", None, repo=brand.did,
                        collection="app.bsky.feed.post",
                        rkey=brand.post("hello").rpartition("/")[2])  # fmt: skip
    view = {**parent, "record": parent["value"], "indexedAt": now().isoformat(),
            "author": {"did": brand.did, "handle": brand.handle}}  # fmt: skip
    outgoing = Outgoing(parent["uri"], parent["uri"], FAMILY * 120, "key", now(), "en")
    place = {"repo": brand.did, "collection": "app.bsky.feed.post",
             "rkey": tid_of(outgoing.made_at, "key"), "swapRecord": None}  # fmt: skip

    def put(text):
        record = reply_record(replace(outgoing, text=text), view, lambda handle: None)
        return connector._xrpc.call(
            "POST", "com.atproto.repo.putRecord", body={**place, "record": record}
        )

    assert connector.find_reply(outgoing) is None
    first, again = checked(put(outgoing.text)), checked(put(outgoing.text))
    assert first["uri"] == again["uri"] and first["cid"] == again["cid"]
    assert error_name(put("other words")) == "InvalidSwap"
    assert connector.find_reply(outgoing).uri == first["uri"]
    assert connector.find_reply(replace(outgoing, text="other words")) is None
    connector.delete(first["uri"])
    connector.delete(first["uri"])
    assert connector.find_reply(outgoing) is None


def test_a_post_of_our_own_is_made_once_and_answers_nobody(pds_alone):
    brand, kept = new_person(pds_alone, "owncrisis"), Kept()
    connector = signed_in(brand, kept)
    text = "Кешірім сұраймыз ☕\n\nhttps://shop.test/now Next update: 14:30. #open"
    outgoing = Outgoing("", "", text, "key", now(), "kk")
    assert connector.find_post(outgoing) is None
    posted = connector.post(outgoing)
    assert connector.post(outgoing) == posted == connector.find_post(outgoing)
    records = brand.call("com.atproto.repo.listRecords", None, repo=brand.did,
                         collection="app.bsky.feed.post")["records"]  # fmt: skip
    (one,) = records
    assert one["uri"] == posted.uri and one["value"]["text"] == text
    assert "reply" not in one["value"] and len(one["value"]["facets"]) == 2
    with pytest.raises(RefusedError) as caught:
        connector.post(replace(outgoing, text="other words"))
    assert caught.value.reason is Refusal.DUPLICATE
    with pytest.raises(RefusedError) as caught:
        connector.post(replace(outgoing, text="x" * 301, dedupe_key="key-2"))
    assert caught.value.reason is Refusal.TEXT
    connector.delete(posted.remote_id)
    assert connector.find_post(outgoing) is None


def test_301_graphemes_are_refused_and_300_are_not(pds_alone):
    brand = new_person(pds_alone, "longtext")
    connector = signed_in(brand, [])

    def put(n, key):
        record = {"$type": "app.bsky.feed.post", "text": "x" * n, "createdAt": now().isoformat()}
        place = {"repo": brand.did, "collection": "app.bsky.feed.post", "rkey": tid_of(now(), key)}
        return connector._xrpc.call(
            "POST", "com.atproto.repo.putRecord", body={**place, "record": record}
        )

    assert error_name(put(300, "a")) == ""
    assert error_name(put(301, "b")) == "InvalidRequest"


def test_a_dead_token_is_renewed_once_and_a_signed_out_one_is_not(pds_alone):
    brand, kept = new_person(pds_alone, "tokens"), Kept()
    connector = signed_in(brand, kept)
    tokens = connector._xrpc._tokens
    connector._xrpc._tokens = replace(tokens, access="garbage")
    never_written = f"at://{brand.did}/app.bsky.feed.post/{tid_of(now(), 'key')}"
    connector.delete(never_written)
    assert len(kept) == 1 and connector._xrpc._tokens.refresh != tokens.refresh
    connector.sign_out()
    connector._xrpc._tokens = replace(connector._xrpc._tokens, access="garbage")
    with pytest.raises(AuthExpiredError):
        connector.delete(never_written)


def test_a_wrong_password_asks_to_sign_in(pds_alone):
    brand = new_person(pds_alone, "wrongpw")
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(http(), {"handle": brand.handle, "password": "nope", "server": pds_alone})


# With the AppView


def test_a_mention_is_fetched_answered_once_and_seen_by_its_author(network):
    brand, ann = new_person(network, "brand"), new_person(network, "ann")
    fields = {"handle": "@brand.test", "password": app_password(brand), "server": network}
    made = until(lambda: sign_in_when_indexed(fields))
    assert "main_password" not in made.settings and made.card.own.remote_id == brand.did
    kept = Kept()
    connector = NETWORK.connect(http(), made.settings, made.secret, kept.append)

    text = "Ünïcode ☕ @brand.test your shop was closed!"
    start = len("Ünïcode ☕ ".encode())
    mention_facet = {"$type": MENTION_FACET, "did": brand.did}
    index = {"byteStart": start, "byteEnd": start + len("@brand.test")}
    began = time.monotonic()
    uri = ann.post(text, langs=["en"], facets=[{"index": index, "features": [mention_facet]}])
    since = now() - timedelta(days=1)
    page = until(lambda: with_mentions(connector.fetch(MENTIONS, None, since=since)))
    print(f"mention fetched {time.monotonic() - began:.2f} s after it was posted")
    (mention,) = page.mentions
    assert (mention.uri, mention.body, mention.kind) == (uri, text, Kind.MENTION)
    assert not page.rejects and not page.more

    reply = Outgoing(uri, uri, "Sorry @ann.test! We open at 9: https://shop.test/hours #open",
                     "key-1", now(), "en")  # fmt: skip
    posted = connector.reply(reply)
    assert connector.reply(reply) == posted == connector.find_reply(reply)
    seen = until(lambda: ann.call("app.bsky.notification.listNotifications")["notifications"])
    assert [n["uri"] for n in seen] == [posted.uri]
    assert len(seen[0]["record"]["facets"]) == 3
    thread = until(lambda: connector.thread(uri))
    assert [(m.uri, m.is_own, m.parent_uri) for m in thread] == [(posted.uri, True, uri)]

    assert connector.profile(ann.did).handle == "ann.test"
    again = connector.fetch(MENTIONS, page.cursor, since=since)
    assert {m.uri for m in again.mentions} <= {uri}

    found = connector.fetch(Watch(WatchKind.KEYWORD, "your shop was"), None, since=since)
    assert [m.uri for m in found.mentions] == [uri]

    ann.call("com.atproto.repo.deleteRecord", {"repo": ann.did, "collection": "app.bsky.feed.post",
                                               "rkey": uri.rpartition("/")[2]})  # fmt: skip
    until(lambda: connector.recheck([uri]).gone)
    with pytest.raises(RefusedError) as caught:
        connector.reply(replace(reply, dedupe_key="key-2"))
    assert caught.value.reason is Refusal.GONE
    connector.delete(posted.remote_id)
    assert connector.find_reply(reply) is None


def test_a_list_longer_than_a_page_is_walked_to_its_end(network):
    brand, bea = new_person(network, "busy"), new_person(network, "bea")
    connector = signed_in(brand, [])
    facet = {"index": {"byteStart": 0, "byteEnd": 10},
             "features": [{"$type": MENTION_FACET, "did": brand.did}]}  # fmt: skip
    written = {bea.post(f"@busy.test {n}", facets=[facet]) for n in range(110)}
    since = now() - timedelta(days=1)

    def walk():
        uris, cursor, is_more = set(), None, True
        while is_more:
            page = connector.fetch(MENTIONS, cursor, since=since)
            uris |= {m.uri for m in page.mentions}
            cursor, is_more = page.cursor, page.more
        return uris if len(uris) == len(written) else None

    assert until(walk) == written


def sign_in_when_indexed(fields):
    """The AppView knows a new account a moment after its PDS does."""
    try:
        return NETWORK.sign_in(http(), fields)
    except RefusedError as e:
        assert e.reason is Refusal.GONE
        return None


def with_mentions(page):
    return page if page.mentions else None
