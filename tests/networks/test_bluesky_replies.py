"""Replies on Bluesky: once, under a key fixed before the first try; and trouble."""

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.testing import Scripted
from tests.networks.bluesky_kit import LONG_AGO, MADE_AT, MENTIONS, a_reply, connected, walk
from tests.networks.fake_pds import ANN, POST, FakePds, as_text, refused


@pytest.fixture
def pds():
    return FakePds()


@pytest.fixture
def connector(pds):
    return connected(pds)


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
