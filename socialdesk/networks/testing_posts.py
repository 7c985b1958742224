"""The contract of connectors that make posts of our own (Can.POST); `testing.ConnectorContract`
holds it too, so that no connector can promise them and never prove it.

The server has `parent_of` besides, and `n_posted` as for replies.

The contract: one post per `dedupe_key`, or `find_post` finds what a time-out, a 5xx or a web page
hid after it was stored; it answers nobody; a reply with the same words, other words and a post of
long ago are not taken for it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import UnreachableError
from socialdesk.domain.replies.reply import LOOK_BACK_S, Outgoing
from socialdesk.networks.base import Connector, TakesPosts
from socialdesk.networks.scripted import START, ScriptedServer

WORDS = (
    "We are sorry: the oven in Abai street is out of order & nobody was hurt.\n"
    "\n"
    "Кешірім сұраймыз 👩🏽‍🍳. What we know: https://shop.example/now?a=1&b=<2>\n"
    "Next update: 14:30."
)
KEY = "3b0d6c54-1f0e-4a57-9c43-50c4f6a1d2e7"


class PostContract:
    """See the module's docstring. Needs the fixtures `server` and `connector`."""

    watch: ClassVar[Watch] = Watch(WatchKind.MENTIONS)

    @pytest.fixture
    def server(self) -> ScriptedServer:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, server: ScriptedServer) -> Connector:
        raise NotImplementedError

    def test_a_post_of_our_own_answers_nobody_and_is_found(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        assert takes.find_post(outgoing) is None
        posted = takes.post(outgoing)
        assert posted.remote_id and posted.uri
        assert server.n_posted(WORDS) == 1
        assert server.parent_of(WORDS) == ""
        assert takes.find_post(outgoing) == posted

    def test_a_lost_answer_to_a_post_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        server.lose_answers()
        _doubtful(takes, outgoing)
        _found_once(server, connector, outgoing)

    @pytest.mark.parametrize(
        ("status", "body"),
        [(200, b"<html><title>Just a moment</title>"), (200, b""), (200, b"{}"), (200, b"[7]"),
         (500, b'{"error":"?"}'), (502, b"<html>"), (503, b""), (504, b"")],
    )  # fmt: skip
    def test_a_wrong_answer_after_the_post_was_stored_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector, status: int, body: bytes
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        server.garble_answers(status, body)
        try:
            takes.post(outgoing)  # where the address is known before, a 200 is enough
        except UnreachableError as e:
            assert e.maybe_done
        else:
            assert status == 200
        _found_once(server, connector, outgoing)

    def test_an_answer_to_a_post_that_was_not_stored_is_doubtful_and_nothing_is_found(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        for status, body in ((500, b""), (502, b"<html>"), (200, b"<html>"), (200, b"")):
            server.always_to_writes(status, body)
            _doubtful(takes, outgoing)
        server.recover()
        assert takes.find_post(outgoing) is None
        assert server.n_posted(WORDS) == 0

    def test_a_cut_before_a_post_left_is_no_doubt_for_ever(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        server.cut()
        with pytest.raises(UnreachableError):
            takes.post(outgoing)
        server.recover()
        assert takes.find_post(outgoing) is None
        takes.post(outgoing)
        assert server.n_posted(WORDS) == 1

    def test_other_words_are_not_taken_for_a_post(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        takes.post(outgoing)
        other = replace(outgoing, text=WORDS.replace("14:30", "14:31"), dedupe_key="k2")
        assert takes.find_post(other) is None

    def test_a_post_of_long_ago_is_not_taken_for_the_new_one(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        takes.post(outgoing)
        server.now += timedelta(seconds=3 * LOOK_BACK_S)
        again = replace(outgoing, dedupe_key="k2", made_at=server.now)
        assert takes.find_post(again) is None
        takes.post(again)
        assert server.n_posted(WORDS) == 2

    def test_a_reply_and_a_post_with_the_same_words_are_two(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        takes, outgoing = _taker(connector), _own(server)
        if Can.REPLY not in connector.card().can:
            pytest.skip("this network cannot: REPLY")
        uri = server.add_mention("what happened?")
        page = connector.fetch(self.watch, None, since=START - timedelta(days=30))
        parent = next(m for m in page.mentions if m.uri == uri)
        answer = replace(
            outgoing, parent_remote_id=parent.remote_id, parent_uri=uri, dedupe_key="k2"
        )
        posted = takes.post(outgoing)
        assert connector.find_reply(answer) is None
        replied = connector.reply(answer)
        assert replied != posted
        assert takes.find_post(outgoing) == posted
        assert connector.find_reply(answer) == replied


def _own(server: ScriptedServer) -> Outgoing:
    return Outgoing("", "", WORDS, KEY, made_at=server.now, lang="en")


def _taker(connector: Connector) -> TakesPosts:
    if Can.POST not in connector.card().can:
        pytest.skip("this network cannot: POST")
    assert isinstance(connector, TakesPosts)
    return connector


def _doubtful(takes: TakesPosts, outgoing: Outgoing) -> None:
    with pytest.raises(UnreachableError) as caught:
        takes.post(outgoing)
    assert caught.value.maybe_done


def _found_once(server: ScriptedServer, connector: Connector, outgoing: Outgoing) -> None:
    """Read back, and repeated only where a repeat is known to be harmless."""
    takes = _taker(connector)
    found = takes.find_post(outgoing)
    assert found is not None
    if connector.card().repeat_safe_s:
        assert takes.post(outgoing) == found
    assert server.n_posted(WORDS) == 1
