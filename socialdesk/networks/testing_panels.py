"""The contract of connectors that show words and keep none (Can.PANEL). Needs pytest.

Subclass `PanelContract` with the fixtures `server` and `connector`, `secret` and `watch` as for
`testing.ConnectorContract`; the server's `add_mention` makes a review. They have no queue, so that
contract is not theirs.

The contract: the panel shows what is there and nothing of it comes by `fetch`, neither as a mention
nor as a reject; a bad review is left out; a bad page is a BadAnswerError; each status is the error
it should be, without the server's words; no secret in a log line, an exception or a repr; nobody
sleeps or starts a thread; it takes no replies.
"""

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random
from typing import Any, ClassVar

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError, RefusedError, UnreachableError
from socialdesk.domain.mentions.mention import CanReply, Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector, ShowsPanel
from socialdesk.networks.panels import GivesCredit
from socialdesk.networks.scripted import START, ScriptedServer, everything
from socialdesk.networks.testing import BAD_PAGES, STATUS_ERRORS

CANARY = "zebra-canary words of a stranger"


class PanelContract:
    """See the module's docstring."""

    secret: ClassVar[str]
    watch: ClassVar[Watch] = Watch(WatchKind.MENTIONS)
    status_errors: ClassVar[Mapping[int, type[ConnectorError]]] = STATUS_ERRORS
    bad_pages: ClassVar[Iterable[bytes]] = BAD_PAGES
    n_mutations: ClassVar[int] = 300

    @pytest.fixture
    def server(self) -> ScriptedServer:
        raise NotImplementedError

    @pytest.fixture
    def connector(self, server: ScriptedServer) -> Connector:
        raise NotImplementedError

    def test_what_is_there_is_shown_with_stars_and_the_way_to_its_page(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        uris = {server.add_mention(f"number {n}") for n in range(3)}
        shown = [m for m in panel_of(connector) if not m.is_own]
        assert {m.uri for m in shown} == uris
        for mention in shown:
            assert mention.published_at.utcoffset() == timedelta(0)
            assert mention.n_stars in range(1, 6)
            assert mention.url.startswith("https://")
            assert mention.can_reply is CanReply.BROWSER

    def test_an_empty_place_is_no_error(self, connector: Connector) -> None:
        assert panel_of(connector) == ()

    def test_nothing_of_it_is_ever_fetched(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.add_mention(CANARY)
        server.add_bad_item()
        page = connector.fetch(self.watch, None, since=START - timedelta(days=30))
        assert (page.mentions, page.rejects, page.more) == ((), (), False)
        again = connector.fetch(self.watch, page.cursor, since=START)
        assert again.cursor == page.cursor
        assert CANARY not in repr((page, connector.card()))

    def test_a_bad_review_is_left_out(self, server: ScriptedServer, connector: Connector) -> None:
        good = server.add_mention("good")
        server.add_bad_item()
        assert [m.uri for m in panel_of(connector)] == [good]

    def test_a_bad_page_is_a_bad_answer(self, server: ScriptedServer, connector: Connector) -> None:
        for body in self.bad_pages:
            server.always(200, body)
            for ask in (lambda: panel_of(connector), lambda: self._fetch(connector)):
                with pytest.raises(BadAnswerError):
                    ask()

    def test_mutated_answers_are_reviews_or_errors_with_a_name(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        for n in range(3):
            server.add_mention(f"number {n}")
        n_shown = 0
        for seed in range(self.n_mutations):
            server.mutate(Random(seed))
            try:
                n_shown += len(panel_of(connector))
            except ConnectorError:
                continue
        assert n_shown > self.n_mutations

    def test_each_status_is_the_error_it_should_be_and_quotes_nobody(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        words = {"message": CANARY, "error": {"description": CANARY, "message": CANARY}}
        for status, error in self.status_errors.items():
            server.always(status, json.dumps(words).encode())
            for ask in (lambda: panel_of(connector), lambda: self._fetch(connector)):
                with pytest.raises(error) as caught:
                    ask()
                assert CANARY not in everything(caught.value)

    def test_a_lost_connection_is_unreachable(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        server.cut()
        with pytest.raises(UnreachableError):
            panel_of(connector)

    def test_no_reply_is_taken(self, server: ScriptedServer, connector: Connector) -> None:
        uri = server.add_mention("can you help me?")
        assert not connector.card().can & (Can.REPLY | Can.FETCH)
        with pytest.raises(RefusedError):
            connector.reply(Outgoing(uri, uri, "Yes.", "key-1", START))
        assert all(request.method == "GET" for request in server.asked)

    def test_the_rules_of_the_network_stand_beside_its_words(self, connector: Connector) -> None:
        assert isinstance(connector, GivesCredit)
        credit = connector.credit()
        assert credit.text
        assert credit.url.startswith("https://")
        assert credit.inbox_url.startswith("https://")

    def test_no_secret_and_no_words_in_any_log_line_exception_or_repr(
        self, server: ScriptedServer, connector: Connector, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        server.add_mention(CANARY)
        panel_of(connector)
        shown = [repr(connector)]
        echo = json.dumps({"error": self.secret, "message": self.secret}).encode()
        for status in (200, 400, 401, 403, 404, 429, 500):
            server.always(status, echo)
            with pytest.raises(ConnectorError) as caught:
                panel_of(connector)
            shown.append(everything(caught.value))
        server.recover()
        server.cut()
        with pytest.raises(ConnectorError) as caught:
            panel_of(connector)
        shown += [everything(caught.value), caplog.text]
        assert self.secret not in "\n".join(shown)
        assert CANARY not in "\n".join(shown)

    def test_nobody_sleeps_or_starts_a_thread(
        self, server: ScriptedServer, connector: Connector, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forbidden(*_: Any) -> None:
            raise AssertionError("a connector neither sleeps nor starts threads")

        monkeypatch.setattr("time.sleep", forbidden)
        monkeypatch.setattr(threading.Thread, "start", forbidden)
        server.add_mention("hush")
        assert panel_of(connector)
        server.always(503, b"")
        with pytest.raises(ConnectorError):
            panel_of(connector)

    def _fetch(self, connector: Connector) -> None:
        connector.fetch(self.watch, None, since=START)


def panel_of(connector: Connector) -> tuple[Mention, ...]:
    """What it shows now."""
    assert isinstance(connector, ShowsPanel)
    return connector.panel()
