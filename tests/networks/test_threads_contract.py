"""Threads keeps the contract of connectors."""

import os
from dataclasses import replace

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import UnreachableError
from socialdesk.networks.base import Connector, TakesPosts
from socialdesk.networks.scripted import ScriptedServer
from socialdesk.networks.testing import ConnectorContract
from socialdesk.networks.testing_posts import KEY, WORDS
from tests.networks.fake_threads import ANN, TOKEN, FakeThreads
from tests.networks.samples.threads import SAMPLE

HUNTS = os.environ.get("HYPOTHESIS_PROFILE") == "hunt"


class AnsweredThreads(FakeThreads):
    """Where people answer the account's own post."""

    def add_mention(self, text: str) -> str:
        return f"urn:threads:{self.write(ANN, text, self.post_id)}"

    def add_bad_item(self) -> None:
        self.posts[self.write(ANN, "broken", self.post_id)]["timestamp"] = "yesterday"


class TestThreads(ConnectorContract):
    """A lost answer to the publishing is gone on with at once: the container tells what became of
    it. So nothing is left in doubt that the contract would look for."""

    secret = TOKEN
    n_mutations = 2000 if HUNTS else 300

    @pytest.fixture
    def server(self) -> FakeThreads:
        return AnsweredThreads()

    @pytest.fixture
    def connector(self, server: FakeThreads) -> Connector:
        return SAMPLE.connect(server)

    def test_a_time_out_after_the_post_was_stored_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "We are on it.")
        server.lose_answers()
        posted = connector.reply(outgoing)
        assert connector.find_reply(outgoing) == posted
        assert server.n_posted(outgoing.text) == 1

    def test_a_lost_answer_to_a_post_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        assert isinstance(connector, TakesPosts)
        outgoing = replace(
            self._outgoing(server, connector, WORDS),
            parent_remote_id="",
            parent_uri="",
            dedupe_key=KEY,
        )
        server.lose_answers()
        posted = connector.post(outgoing)
        assert connector.find_post(outgoing) == posted
        assert server.n_posted(WORDS) == 1

    @pytest.mark.parametrize(
        ("status", "body"), [(200, b"<html>"), (200, b"{}"), (500, b""), (502, b"<html>")]
    )
    def test_a_wrong_answer_after_the_post_was_stored_makes_no_second_one(
        self, server: ScriptedServer, connector: Connector, status: int, body: bytes
    ) -> None:
        outgoing = self._outgoing(server, connector, "We are on it.")
        server.garble_answers(status, body)
        posted = connector.reply(outgoing)
        assert connector.find_reply(outgoing) == posted
        assert server.n_posted(outgoing.text) == 1

    def test_a_cut_before_a_post_left_is_no_doubt_for_ever(
        self, server: ScriptedServer, connector: Connector
    ) -> None:
        outgoing = self._outgoing(server, connector, "We are on it.")
        server.cut()
        with pytest.raises(UnreachableError) as caught:
            connector.reply(outgoing)
        assert not caught.value.maybe_done
        server.recover()
        assert connector.find_reply(outgoing) is None
        connector.reply(outgoing)
        assert server.n_posted(outgoing.text) == 1


class FoundThreads(FakeThreads):
    """Where people write a word without naming the account."""

    def add_mention(self, text: str) -> str:
        return f"urn:threads:{self.write(ANN, f'acme {text}')}"

    def add_bad_item(self) -> None:
        self.posts[self.write(ANN, "acme broken")]["timestamp"] = "yesterday"


class TestThreadsSearch(TestThreads):
    watch = Watch(WatchKind.KEYWORD, "acme")

    @pytest.fixture
    def server(self) -> FakeThreads:
        return FoundThreads()
