"""The contract every connector passes, ours and third parties'. Needs pytest; never imported by
the program.

Subclass `ScriptedServer` with the few calls of your network that your connector makes, and
`ConnectorContract` with two fixtures and the secret; pytest does the rest:

    class TestPond(ConnectorContract):
        secret = "pond-secret-1"
        watch = Watch(WatchKind.MENTIONS)

        @pytest.fixture
        def server(self):
            return FakePond()

        @pytest.fixture
        def connector(self, server):
            settings = {"server": "pond.example"}
            return NETWORK.connect(session_with(server), settings, Secret(self.secret), keep)

The contract: the same cursor twice gives nothing new; the cursor outlives an empty answer and a
failure; a bad item is set aside and the rest kept; a bad page is a BadAnswerError; each status is
the error it should be; times are aware UTC; one post per `dedupe_key`, or `find_reply` finds what a
time-out hid, and the same for posts of our own (`testing_posts`); no secret in a log line, an
exception or a repr; nobody sleeps or starts a thread.
"""

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector, Page
from socialdesk.networks.scripted import (
    START,
    Scripted,
    ScriptedServer,
    everything,
    mutated,
    session_with,
)
from socialdesk.networks.testing_posts import PostContract

__all__ = [
    "BAD_PAGES",
    "START",
    "STATUS_ERRORS",
    "ConnectorContract",
    "Scripted",
    "ScriptedServer",
    "everything",
    "mutated",
    "read_on",
    "session_with",
]

MAX_PAGES = 50  # more than that for a handful of mentions never ends


def read_on(
    connector: Connector, watch: Watch, cursor: Cursor | None, since: datetime
) -> tuple[list[Mention], list[Page], Cursor | None]:
    """Fetch until the connector says that is all: mentions, pages, the last cursor."""
    pages: list[Page] = []
    while not pages or pages[-1].more:
        assert len(pages) < MAX_PAGES, "`more` never ends"
        pages.append(connector.fetch(watch, cursor, since=since))
        cursor = pages[-1].cursor
    return [m for page in pages for m in page.mentions], pages, cursor


STATUS_ERRORS: Mapping[int, type[ConnectorError]] = {
    401: AuthExpiredError,
    403: RefusedError,
    408: UnreachableError,
    410: RefusedError,
    429: RateLimitedError,
    500: UnreachableError,
    502: UnreachableError,
    503: UnreachableError,
    504: UnreachableError,
}
BAD_PAGES: tuple[bytes, ...] = (
    b"",
    b"null",
    b"7",
    b'"words"',
    b"NaN",
    b"{",
    b"<html><title>Just a moment</title>",
    b"[" * 50_000,
    b"\xff\xfe\x00",
)


class ConnectorContract(PostContract):
    """Subclass it with fixtures `server` and `connector`; see the module's docstring."""

    secret: ClassVar[str]
    watch: ClassVar[Watch] = Watch(WatchKind.MENTIONS)
    since: ClassVar[datetime] = START - timedelta(days=30)
    status_errors: ClassVar[Mapping[int, type[ConnectorError]]] = STATUS_ERRORS
    bad_pages: ClassVar[Iterable[bytes]] = BAD_PAGES
    n_mutations: ClassVar[int] = 300

    @pytest.fixture
    def server(self) -> ScriptedServer:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, server: ScriptedServer) -> Connector:
        raise NotImplementedError

    # --- fetching ---

    def _first(self, connector: Connector) -> tuple[list[Mention], Cursor | None]:
        mentions, _, cursor = read_on(connector, self.watch, None, self.since)
        return mentions, cursor

    def _next(
        self, connector: Connector, cursor: Cursor | None
    ) -> tuple[list[Mention], Cursor | None]:
        mentions, _, after = read_on(connector, self.watch, cursor, self.since)
        return mentions, after

    def test_everything_is_fetched_once_or_more(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        uris = [server.add_mention(f"number {n}") for n in range(7)]
        mentions, _ = self._first(connector)
        assert {m.uri for m in mentions} == set(uris)

    def test_a_page_is_oldest_first_and_of_at_most_200(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        for n in range(5):
            server.add_mention(f"number {n}")
        _, pages, _ = read_on(connector, self.watch, None, self.since)
        for page in pages:
            times = [m.published_at for m in page.mentions]
            assert times == sorted(times)
            assert len(page.mentions) <= 200

    def test_times_are_aware_utc(self, server: ScriptedServer, connector: Connector) -> None:
        server.add_mention("what time is it")
        mentions, _ = self._first(connector)
        assert mentions
        for mention in mentions:
            assert mention.published_at.utcoffset() == timedelta(0)
            assert mention.edited_at is None or mention.edited_at.utcoffset() == timedelta(0)

    def test_the_same_cursor_twice_gives_nothing_new(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.add_mention("one")
        mentions, cursor = self._first(connector)
        known = {m.uri for m in mentions}
        once, _ = self._next(connector, cursor)
        twice, _ = self._next(connector, cursor)
        assert {m.uri for m in (*once, *twice)} <= known

    def test_what_comes_later_is_found_from_the_cursor(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.add_mention("before")
        _, cursor = self._first(connector)
        later = {server.add_mention(f"later {n}") for n in range(3)}
        mentions, _ = self._next(connector, cursor)
        assert later <= {m.uri for m in mentions}

    def test_the_cursor_outlives_empty_answers(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        _, cursor = self._first(connector)
        for _ in range(3):
            _, cursor = self._next(connector, cursor)
        later = server.add_mention("at last")
        mentions, _ = self._next(connector, cursor)
        assert later in {m.uri for m in mentions}

    def test_the_cursor_outlives_a_failure(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.add_mention("before")
        _, cursor = self._first(connector)
        later = server.add_mention("during")
        for fail in (server.cut, lambda: server.always(500), lambda: server.always(200, b"<html")):
            fail()
            with pytest.raises(ConnectorError):
                connector.fetch(self.watch, cursor, since=self.since)
            server.recover()
        mentions, _ = self._next(connector, cursor)
        assert later in {m.uri for m in mentions}

    def test_a_bad_item_is_set_aside_and_the_rest_kept(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        before = server.add_mention("before")
        server.add_bad_item()
        after = server.add_mention("after")
        mentions, pages, _ = read_on(connector, self.watch, None, self.since)
        rejects = [reject for page in pages for reject in page.rejects]
        assert {before, after} <= {m.uri for m in mentions}
        assert rejects
        assert all(reject.raw and reject.reason for reject in rejects)

    def test_a_bad_page_is_a_bad_answer(self, server: ScriptedServer, connector: Connector) -> None:
        for body in self.bad_pages:
            server.always(200, body)
            with pytest.raises(BadAnswerError):
                connector.fetch(self.watch, None, since=self.since)

    def test_mutated_answers_are_bad_answers_or_bad_items(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        for n in range(5):
            server.add_mention(f"number {n}")
        n_read = 0
        for seed in range(self.n_mutations):
            server.mutate(Random(seed))
            try:
                n_read += len(connector.fetch(self.watch, None, since=self.since).mentions)
            except BadAnswerError:
                continue
        assert n_read > self.n_mutations  # else a single fault costs whole pages

    def test_each_status_is_the_error_it_should_be(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        for status, error in self.status_errors.items():
            server.always(status, b"{}")
            with pytest.raises(error):
                connector.fetch(self.watch, None, since=self.since)

    def test_the_wait_a_network_asks_for_is_told(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        for header, wait_s in (("77", 77.0), ("-5", 5.0), ("1000000000", 3600.0)):
            server.always(429, b"{}", Retry_After=header)
            with pytest.raises(RateLimitedError) as caught:
                connector.fetch(self.watch, None, since=self.since)
            assert caught.value.retry_after_s == wait_s

    def test_a_lost_connection_is_unreachable(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.cut()
        with pytest.raises(UnreachableError):
            connector.fetch(self.watch, None, since=self.since)

    def test_a_deleted_post_is_told(self, server: ScriptedServer, connector: Connector) -> None:
        _needs(connector, Can.RECHECK)
        stays, goes = server.add_mention("stays"), server.add_mention("goes")
        mentions, _ = self._first(connector)
        remote = {m.uri: m.remote_id for m in mentions}
        server.remove(goes)
        again = connector.recheck([remote[stays], remote[goes]])
        assert again.gone == (remote[goes],)
        assert [m.uri for m in again.mentions] == [stays]

    # --- replying ---

    def _outgoing(self, server: ScriptedServer, connector: Connector, text: str) -> Outgoing:
        _needs(connector, Can.REPLY)
        uri = server.add_mention("can you help me?")
        mentions, _ = self._first(connector)
        parent = next(m for m in mentions if m.uri == uri)
        key = "6f1c2a90-6b0e-4f6c-9a53-0d7c9a1b2c3d"
        return Outgoing(parent.remote_id, parent.uri, text, key, made_at=server.now)

    def test_a_reply_is_posted_and_found(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "Yes, we can: zażółć 👍🏽")
        assert connector.find_reply(outgoing) is None
        posted = connector.reply(outgoing)
        assert server.n_posted(outgoing.text) == 1
        assert connector.find_reply(outgoing) == posted

    def test_a_time_out_after_the_post_was_stored_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "We are on it.")
        server.lose_answers()
        with pytest.raises(UnreachableError) as caught:
            connector.reply(outgoing)
        assert caught.value.maybe_done
        found = connector.find_reply(outgoing)
        assert found is not None
        if connector.card().repeat_safe_s:
            assert connector.reply(outgoing) == found
        assert server.n_posted(outgoing.text) == 1

    def test_a_reply_with_another_text_is_not_taken_for_it(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "The first answer.")
        connector.reply(outgoing)
        other = Outgoing(
            outgoing.parent_remote_id, outgoing.parent_uri, "The second.", "k2", server.now
        )
        assert connector.find_reply(other) is None

    def test_an_unreadable_answer_to_a_reply_is_doubtful(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "Thank you!")
        for status, body in ((200, b"<html>"), (200, b""), (500, b""), (502, b"<html>")):
            server.always_to_writes(status, body)
            with pytest.raises(UnreachableError) as caught:
                connector.reply(outgoing)
            assert caught.value.maybe_done

    # --- manners ---

    def test_no_secret_in_any_log_line_exception_or_repr(
        self,
        server: ScriptedServer,
        connector: Connector,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        echo = json.dumps({"error": self.secret, "message": self.secret}).encode()
        shown = [repr(connector)]
        for status in (200, 400, 401, 403, 404, 422, 429, 500):
            server.always(status, echo)
            try:
                shown.append(repr(connector.fetch(self.watch, None, since=self.since)))
            except ConnectorError as e:
                shown.append(everything(e))
        server.recover()
        server.cut()
        with pytest.raises(ConnectorError) as caught:
            connector.fetch(self.watch, None, since=self.since)
        shown += [everything(caught.value), caplog.text]
        assert self.secret not in "\n".join(shown)

    def test_nobody_sleeps_or_starts_a_thread(
        self, server: ScriptedServer, connector: Connector, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forbidden(*_: Any) -> None:
            raise AssertionError("a connector neither sleeps nor starts threads")

        monkeypatch.setattr("time.sleep", forbidden)
        monkeypatch.setattr(threading.Thread, "start", forbidden)
        server.add_mention("hush")
        self._first(connector)
        server.always(503, b"")
        with pytest.raises(ConnectorError):
            connector.fetch(self.watch, None, since=self.since)


def _needs(connector: Connector, can: Can) -> None:
    if can not in connector.card().can:
        pytest.skip(f"this network cannot: {can.name}")
