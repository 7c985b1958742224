"""Whatever a server answers, only our own errors come out, and only the fitting ones."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.testing import START, session_with
from tests.networks.fake_mastodon import ANN, BRAND, HOST, FakeMastodon
from tests.networks.test_mastodon_contract import SECRET, connect

KEYS = st.sampled_from(
    ["id", "uri", "account", "status", "type", "content", "created_at", "statuses", "accounts",
     "descendants", "ancestors", "acct", "mentions", "in_reply_to_id", "configuration"]
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)
OUTGOING = Outgoing("1", "https://a.example/1", "hello", "k", START)


@given(ANY_JSON, st.sampled_from([WatchKind.MENTIONS, WatchKind.HASHTAG, WatchKind.KEYWORD]))
def test_a_fetch_of_any_json_is_a_page_or_a_bad_answer(data, kind):
    server = FakeMastodon(token=SECRET)
    server.always(200, json.dumps(data).encode())
    try:
        page = connect(server).fetch(Watch(kind, "tea"), None, since=START)
    except BadAnswerError:
        return
    for mention in page.mentions:
        assert mention.uri and mention.remote_id
        mention.body.encode()


def _calls(connector: Connector):
    yield lambda: connector.thread("1")
    yield lambda: connector.recheck(["1"])
    yield lambda: connector.profile(str(ANN["url"]))
    yield lambda: connector.find_reply(OUTGOING)
    yield lambda: connector.reply(OUTGOING)
    yield lambda: connector.edit("1", "hello")
    yield connector.card


@given(ANY_JSON)
@settings(max_examples=60)
def test_every_other_call_bears_any_json(data):
    server = FakeMastodon(token=SECRET)
    server.always(200, json.dumps(data).encode())
    for call in _calls(connect(server)):
        try:
            call()
        except (BadAnswerError, UnreachableError, RefusedError):
            continue


@pytest.mark.parametrize("seed", range(40))
def test_every_other_call_bears_mutated_answers(seed):
    server = FakeMastodon(token=SECRET)
    parent = server.notify(server.post(ANN, "@brand help"))
    server.post(BRAND, "hello", in_reply_to_id=parent["id"])
    server.mutate(Random(seed))
    outgoing = Outgoing(parent["id"], parent["uri"], "hello", "k", START)
    connector = connect(server)
    for call in (
        lambda: connector.thread(parent["id"]),
        lambda: connector.recheck([parent["id"]]),
        lambda: connector.profile(str(ANN["url"])),
        lambda: connector.find_reply(outgoing),
        lambda: connector.reply(outgoing),
        lambda: connector.edit(parent["id"], "hello"),
        connector.card,
    ):
        try:
            call()
        except (BadAnswerError, UnreachableError, RefusedError):
            continue


@given(st.binary(max_size=200) | st.text().map(str.encode))
@settings(max_examples=60)
def test_a_sign_in_bears_any_bytes(body):
    server = FakeMastodon(token=SECRET)
    server.always(200, body)
    with pytest.raises((BadAnswerError, UnreachableError, RefusedError, AuthExpiredError)):
        NETWORK.begin_oauth(session_with(server), {"server": HOST}, "http://127.0.0.1:1/callback")
